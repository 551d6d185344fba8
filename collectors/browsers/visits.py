"""What every browser's visits have in common: addresses, bounds, and facts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from collectors.browsers.spreading import spread
from collectors.facts.screen import Activity, BadRecord

LONGEST_VIEW = timedelta(hours=12)
"""A record longer than that is a broken one."""
LONGEST_OPEN = timedelta(days=30)
"""A tab that stays open longer is taken as left after that."""
AT_ONCE = 100_000
"""Visits that are held in memory; what remains of a page's view is not carried past them."""
EARLIEST = datetime(1993, 1, 1, tzinfo=UTC)
"""Before the first browsers: an epoch misread."""
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""After that: another unit misread."""
MICROSECOND = timedelta(microseconds=1)
SCHEMES = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit as a browser recorded it.

    `in_view` None: not recorded. `left` is the latest moment that it can have been in view; None:
    not recorded, or it is open still.
    """

    number: int
    start: datetime
    address: str
    title: str | None
    in_view: timedelta | None
    left: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose visits they are."""

    source: str
    product: str
    device: str
    zone: str


_Page = tuple[Visit, tuple[str, str] | None]
"""A visit, with its host and path if it is a page of the web."""


def address(url: str) -> tuple[str, str] | None:
    """Host and path of a page; None when it is no page of the web.

    Query, fragment, port and credentials are left behind; a host of other letters is in its
    ASCII form, as browsers store it.

    Raises:
        ValueError: The address cannot be read; the message quotes nothing of it.
    """
    if url.partition(":")[0].strip().lower() not in SCHEMES:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        host = host if host.isascii() else host.encode("idna").decode().lower()
        _ = parts.port  # an odd one hides credentials in what looks like the path
    except ValueError:
        raise ValueError("address that cannot be read") from None  # it may hold a password
    host = host.rstrip(".").removeprefix("www.")
    if not host or not host.isprintable() or " " in host:
        raise ValueError("address without a host")
    return host, parts.path or "/"


def numbered(number: object) -> int:
    """The number of a visit; 0 where something else stands in its place."""
    return number if isinstance(number, int) else 0


def microseconds(epoch: datetime, since: datetime) -> int:
    """From which count on visits are asked for; all of them when there is no history before."""
    return (since - epoch) // MICROSECOND if since > EARLIEST else -(2**63)


def instant(epoch: datetime, microseconds: object) -> datetime:
    """The UTC instant so many microseconds after an epoch.

    Raises:
        ValueError: It is no number, or lies before there were browsers or far ahead.
    """
    if not isinstance(microseconds, int):
        raise ValueError("time that is no number")  # noqa: TRY004 - a bad record, not a bad call
    try:
        found = epoch + timedelta(microseconds=microseconds)
    except OverflowError as error:
        raise ValueError(f"time out of range: {microseconds}") from error
    if not EARLIEST <= found < LATEST:
        raise ValueError(f"time out of range: {found.isoformat()}")
    return found


def length(units: object, unit: timedelta, most: timedelta = LONGEST_VIEW) -> timedelta | None:
    """A browser's record of a time, such as in view; None when it has none (missing, or negative)."""
    if not isinstance(units, int) or units < 0:
        return None
    return min(units, most // unit) * unit


def facts(
    visits: Iterable[Visit | BadRecord], reader: Reader, until: datetime, since: datetime = EARLIEST
) -> Iterator[Activity | BadRecord]:
    """Yield visits, oldest first, as activities: one for each stretch that a page was in view.

    ```
    in view known     |=====|    |===|   as long as known: at first, and in gaps that others leave
    not known         |========|         until the next visit or its end, at most UNKNOWN_VIEW
    not known, last   |===|              until the history was last written: it grows when read again
    ```

    Args:
        visits: What the browser recorded.
        reader: Whose they are.
        until: When the history was last written.
        since: Stretches up to then are left out: they were read before.
    """
    held: list[_Page] = []
    for visit in visits:
        if isinstance(visit, BadRecord):
            yield visit
            continue
        if len(held) >= AT_ONCE:
            yield from _facts(held, reader, visit.start, since)
            held = []
        try:
            held.append((visit, address(visit.address)))
        except ValueError as error:
            held.append((visit, None))
            if visit.start > since:
                yield BadRecord(f"{reader.source}, visit {visit.number}", str(error))
    yield from _facts(held, reader, until, since)


def _facts(
    held: list[_Page], reader: Reader, until: datetime, since: datetime
) -> Iterator[Activity]:
    for start, end, number in spread([visit for visit, _ in held], until):
        visit, place = held[number]
        if place is not None and start > since:
            yield from _fact(visit, (start, end), place, reader)


def _fact(
    visit: Visit, span: tuple[datetime, datetime], place: tuple[str, str], reader: Reader
) -> Iterator[Activity]:
    start, end = (_milliseconds(moment) for moment in span)
    if end <= start:
        return
    site, page = place
    yield Activity(
        start=start,
        end=end,
        device=reader.device,
        source=reader.source,
        app=reader.product,
        # a damaged row can hold bytes where the title should be
        title=visit.title if isinstance(visit.title, str) and visit.title else None,
        site=site,
        page=page,
        zone=reader.zone,
    )


def _milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
