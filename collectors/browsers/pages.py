"""Pages that a browser's history knows, found by what their titles end with."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from collectors.browsers.copying import columns, copied
from collectors.browsers.places import Family
from collectors.browsers.profiles import Profile
from collectors.browsers.visits import address

COUNTERS = "0123456789+()[] "
"""Signs of a counter behind a title, which comes and goes."""
LONGEST_TITLE = 4096
"""Letters beyond which no browser keeps a title."""
_PLACES: dict[Family, tuple[str, str, str]] = {
    "chromium": (
        "urls",
        "last_visit_time",
        "(SELECT max(visit_time) FROM visits WHERE visits.url = urls.id)",
    ),
    "firefox": (
        "moz_places",
        "last_visit_date",
        "(SELECT max(visit_date) FROM moz_historyvisits WHERE place_id = moz_places.id)",
    ),
}
"""The table of pages, the column of a page's last visit, and how versions without it tell that."""


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page of a history: `visited` orders pages of one browser by their last visit.

    `site` and `page` are as in an `Activity`, None where the address is none of the web.
    """

    title: str
    site: str | None
    page: str | None
    visited: int


def ending(title: str) -> str:
    """Return a title without the counter behind it, as `pages_ending` compares titles."""
    return title.rstrip(COUNTERS)


def pages_ending(
    profile: Profile, endings: Iterable[str], fits: Callable[[str], bool]
) -> Iterator[KnownPage]:
    """Yield the pages of a profile's whole history whose titles end in one of these texts, and fit.

    Args:
        profile: Whose history is asked.
        endings: As `ending` returns them; empty ones find nothing.
        fits: Asked of those titles; addresses of the others are not even read.

    Raises:
        UnreadableError: The history is not there, may not be read, or is damaged.
    """
    by_length: dict[int, set[str]] = defaultdict(set)
    for text in endings:
        if text:
            by_length[len(text)].add(text)
    if not by_length:
        return
    wanted = " OR ".join(
        f"substr(rtrim(title, ?), -{length}) IN ({', '.join('?' * len(texts))})"
        for length, texts in by_length.items()
    )
    values = [value for texts in by_length.values() for value in (COUNTERS, *texts)]
    with copied(profile.path, briefly=True) as connection:
        question = (
            f"SELECT url, title, visited FROM ({_pages(connection, profile.family)})"  # noqa: S608 - ours
            f" WHERE typeof(title) = 'text' AND length(title) <= {LONGEST_TITLE} AND ({wanted})"
        )
        for url, title, visited in connection.execute(question, values):
            if fits(title):
                yield _page(str(url), title, visited)


def _pages(connection: sqlite3.Connection, family: Family) -> str:
    """The question for all visited pages, in the words of this version's schema."""
    table, last, otherwise = _PLACES[family]
    known = columns(connection, table)
    visited = last if last in known else otherwise
    conditions = ["hidden = 0"] if "hidden" in known else []
    if family == "firefox":  # a bookmark that was never visited has a place, too
        conditions.append(f"{visited} IS NOT NULL")
    where = " AND ".join(conditions) or "1"
    return f"SELECT url, title, {visited} AS visited FROM {table} WHERE {where}"  # noqa: S608 - ours


def _page(url: str, title: str, visited: object) -> KnownPage:
    try:
        where = address(url)
    except ValueError:
        where = None
    site, page = where or (None, None)
    return KnownPage(title, site, page, visited if isinstance(visited, int) else 0)
