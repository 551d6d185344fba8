"""The only place that asks what time it is."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

Clock = Callable[[], dt.datetime]
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MILLISECOND = dt.timedelta(milliseconds=1)


def system() -> dt.datetime:
    """Now, aware, in UTC."""
    return dt.datetime.now(dt.UTC)  # noqa: TID251 - the one place that may


def milliseconds(instant: dt.datetime) -> int:
    """Whole milliseconds since 1970 (UTC) of an aware instant."""
    return (instant - _EPOCH) // _MILLISECOND


def instant(milliseconds_since_1970: int) -> dt.datetime:
    """The aware UTC instant of whole milliseconds since 1970."""
    return _EPOCH + milliseconds_since_1970 * _MILLISECOND


def local_zone() -> str:
    """The IANA name of the zone this machine is in now; `UTC` when it cannot be told."""
    named = os.environ.get("TZ", "").removeprefix(":")
    if named and _known(named):
        return named
    link = Path("/etc/localtime")
    if link.is_symlink():
        target = str(link.resolve())
        _, found, name = target.partition("zoneinfo/")
        if found and _known(name):
            return name
    try:
        import tzlocal
    except ImportError:
        return "UTC"
    return str(tzlocal.get_localzone_name() or "UTC")


def _known(name: str) -> bool:
    import zoneinfo

    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
