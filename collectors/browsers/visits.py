"""What every browser's visits have in common: addresses, bounds, and facts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from collectors.facts.screen import Activity, BadRecord

UNKNOWN_VIEW = timedelta(minutes=5)
"""The longest a visit without a record of its time in view counts: a page read, then left open."""
LONGEST_VIEW = timedelta(hours=12)
"""A record longer than that is a broken one."""
EARLIEST = datetime(1993, 1, 1, tzinfo=UTC)
"""Before the first browsers: an epoch misread."""
SCHEMES = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit as a browser recorded it; `in_view` None: not recorded."""

    number: int
    start: datetime
    address: str
    title: str | None
    in_view: timedelta | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose visits they are."""

    source: str
    product: str
    device: str
    zone: str


def address(url: str) -> tuple[str, str] | None:
    """Host and path of a page; None when it is no page of the web.

    Query, fragment, port and credentials are left behind.

    Raises:
        ValueError: The address cannot be read.
    """
    parts = urlsplit(url)
    if parts.scheme.lower() not in SCHEMES:
        return None
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    if not host:
        raise ValueError("no host")
    return host, parts.path or "/"


def instant(epoch: datetime, microseconds: int, now: datetime | None = None) -> datetime:
    """The UTC instant so many microseconds after an epoch.

    Raises:
        ValueError: It lies before there were browsers, or after the calendar.
    """
    try:
        found = epoch + timedelta(microseconds=microseconds)
    except OverflowError as error:
        raise ValueError(f"time out of range: {microseconds}") from error
    if found < EARLIEST or (now is not None and found > now):
        raise ValueError(f"time out of range: {found.isoformat()}")
    return found


def facts(visits: Iterable[Visit], reader: Reader) -> Iterator[Activity | BadRecord]:
    """Visits, oldest first, as activities: bounded by their time in view, or by the next visit."""
    held: Visit | None = None
    for visit in visits:
        if held is not None:
            yield from _fact(held, visit.start, reader)
        held = visit
    if held is not None:
        yield from _fact(held, None, reader)


def _fact(
    visit: Visit, following: datetime | None, reader: Reader
) -> Iterator[Activity | BadRecord]:
    try:
        found = address(visit.address)
    except ValueError as error:
        yield BadRecord(f"{reader.source}, visit {visit.number}", f"address: {error}")
        return
    if found is None:
        return
    end = visit.start + (visit.in_view if visit.in_view is not None else UNKNOWN_VIEW)
    if visit.in_view is None and following is not None:
        end = min(end, following)
    end = min(end, visit.start + LONGEST_VIEW)
    if end <= visit.start:
        return
    site, page = found
    yield Activity(
        start=_milliseconds(visit.start),
        end=_milliseconds(end),
        device=reader.device,
        source=reader.source,
        app=reader.product,
        title=visit.title or None,
        site=site,
        page=page,
        zone=reader.zone,
    )


def _milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
