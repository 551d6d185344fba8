"""Rows as arrays: a range of time at once, read as whole numbers only."""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
DAY = 86_400_000
_MOST_IDS = 20_000  # in one statement


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source of rows on one device, and how long its longest row is at most [ms]."""

    id: int
    name: str
    device: int
    longest: int


def sources(connection: sqlite3.Connection) -> list[SourceRow]:
    """Every source, in the order it was first seen."""
    rows = connection.execute("SELECT id, name, device, longest FROM source ORDER BY id")
    return [SourceRow(*row) for row in rows]


def names(connection: sqlite3.Connection, table: str) -> dict[int, str]:
    """The names of a dimension table (`device`, `zone`, `app`, `site`) by id."""
    return dict(connection.execute(f"SELECT id, name FROM {table}"))  # noqa: S608 - ours


def extent(connection: sqlite3.Connection) -> tuple[int, int] | None:
    """The first instant and the last that any row touches [ms UTC]; None without rows."""
    firsts, lasts = [], []
    for source in sources(connection):
        for table in ("activity", "presence"):
            # Two questions: asked for both at once, SQLite reads every row instead of two.
            found = connection.execute(
                f"SELECT (SELECT min(start) FROM {table} WHERE source = ?1),"  # noqa: S608
                f" (SELECT max(start) FROM {table} WHERE source = ?1)",
                (source.id,),
            ).fetchone()
            if found[0] is not None:
                firsts.append(found[0])
                lasts.append(found[1] + source.longest)
    found = connection.execute("SELECT min(start), max(start + length) FROM encounter").fetchone()
    if found[0] is not None:
        firsts.append(found[0])
        lasts.append(found[1])
    return (min(firsts), max(lasts)) if firsts else None


def first_seen(connection: sqlite3.Connection, lo: int, hi: int) -> int | None:
    """Return the first instant in [lo, hi) [ms UTC] about which a source has a row; None: none."""
    found = []
    for source in sources(connection):
        for table in ("activity", "presence"):
            row = connection.execute(
                f"SELECT start FROM {table} WHERE source = ? AND start >= ? AND start < ?"  # noqa: S608 - ours
                " AND start + length > ? ORDER BY start LIMIT 1",
                (source.id, lo - source.longest, hi, lo),
            ).fetchone()
            found += [max(lo, row[0])] if row else []
    return min(found, default=None)


def presence_on(connection: sqlite3.Connection, utc_day: int) -> bool:
    """Tell whether presence was recorded at any time of a UTC day (since 1970)."""
    lo, hi = utc_day * DAY, (utc_day + 1) * DAY
    return any(
        connection.execute(
            "SELECT 1 FROM presence WHERE source = ? AND start >= ? AND start < ?"
            " AND start + length > ? LIMIT 1",
            (source.id, lo - source.longest, hi, lo),
        ).fetchone()
        for source in sources(connection)
    )


def zone_at(connection: sqlite3.Connection, at: int) -> str | None:
    """The zone of the row that began last, up to an instant [ms UTC]; before all, of the first.

    None without any row.
    """
    found = _nearest(connection, "<= ?1 ORDER BY start DESC", at)
    found = found or _nearest(connection, "> ?1 ORDER BY start", at)
    return names(connection, "zone")[found] if found else None


def _nearest(connection: sqlite3.Connection, which: str, at: int) -> int | None:
    """The number of the zone of the row nearest to an instant, on one side of it."""
    questions = [
        (f"SELECT start, zone FROM {table} WHERE source = ?2 AND start {which}", source.id)  # noqa: S608
        for source in sources(connection)
        for table in ("activity", "presence")
    ]
    questions.append((f"SELECT start, zone FROM encounter WHERE ?2 = 0 AND start {which}", 0))  # noqa: S608
    rows = [
        connection.execute(f"{question} LIMIT 1", (at, source)).fetchone()
        for question, source in questions
    ]
    nearest = min((row for row in rows if row), key=lambda row: abs(row[0] - at), default=None)
    return int(nearest[1]) if nearest else None


def instant_there(
    connection: sqlite3.Connection, when: dt.datetime, otherwise: str
) -> tuple[int, ZoneInfo]:
    """The instant [ms UTC] that a date and time mean, and the zone the person was in then.

    A time without an offset is one of where the person was; `otherwise`: where nothing tells.
    """
    if when.tzinfo is not None:
        at = _since_1970(when)
        return at, ZoneInfo(zone_at(connection, at) or otherwise)
    near = _since_1970(when.replace(tzinfo=dt.UTC))
    zone = ZoneInfo(zone_at(connection, near) or otherwise)
    for _ in range(3):  # the zone hangs on the instant, and the instant on the zone
        at = _since_1970(when.replace(tzinfo=zone))
        there = ZoneInfo(zone_at(connection, at) or otherwise)
        if there.key == zone.key:
            break
        zone = there
    return _since_1970(when.replace(tzinfo=zone)), zone


def _since_1970(when: dt.datetime) -> int:
    return (when - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(milliseconds=1)


def spans(
    connection: sqlite3.Connection, table: str, source: SourceRow, lo: int, hi: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """Rows of `activity` or `presence` that may touch [lo, hi): start, end, what, zone.

    A few that end before `lo` come too: they are found by their start.
    """
    what = "context" if table == "activity" else "state"
    cursor = connection.execute(
        f"SELECT start, start + length, {what}, zone FROM {table}"  # noqa: S608
        " WHERE source = ? AND start >= ? AND start < ?",
        (source.id, lo - source.longest, hi),
    )
    start, end, whats, zone = _columns(cursor, 4)
    return start, end, whats, zone


def context_parts(connection: sqlite3.Connection, ids: Iterable[int]) -> tuple[Ints, ...]:
    """The contexts with those ids: id, app, title, site (ids; 0: none), ordered by id."""
    select = "SELECT id, app, title, site FROM context WHERE id IN (SELECT value FROM json_each(?))"
    return _by_ids(connection, select, ids, 4)


def every_context(connection: sqlite3.Connection) -> tuple[Ints, ...]:
    """All contexts: id, app, site (ids; 0: none), ordered by id."""
    return _columns(connection.execute("SELECT id, app, site FROM context ORDER BY id"), 3)


def title_texts(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, str]:
    """The texts of titles by id."""
    found: dict[int, str] = {}
    for some in _portions(ids):
        rows = connection.execute(
            "SELECT id, name FROM title WHERE id IN (SELECT value FROM json_each(?))", (some,)
        )
        found.update(rows)
    return found


def contexts_to_sort(
    connection: sqlite3.Connection, first: int
) -> Iterator[tuple[int, str, str | None, str | None, str | None]]:
    """Contexts from an id on, as a sorter wants them: id, app, title, site, page."""
    # Apps and sites are few: looking them up here spares half of the joins.
    app, site = names(connection, "app"), names(connection, "site")
    rows = connection.execute(
        "SELECT context.id, app, title.name, site, page.name FROM context"
        " LEFT JOIN title ON title.id = context.title"
        " LEFT JOIN page ON page.id = context.page"
        " WHERE context.id >= ? ORDER BY context.id",
        (first,),
    )
    for number, of_app, title, of_site, page in rows:
        yield number, app[of_app], title, site.get(of_site), page


def version_of_others(connection: sqlite3.Connection) -> int:
    """A number that changes when another connection has written; inside a transaction it stays."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def last_context(connection: sqlite3.Connection) -> int:
    """The highest id of a context; 0 without any."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM context").fetchone()[0])


def instant(milliseconds: int) -> dt.datetime:
    """A stored time as an aware one."""
    return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=milliseconds)


def _columns(cursor: sqlite3.Cursor, width: int) -> tuple[Ints, ...]:
    flat = np.fromiter(chain.from_iterable(cursor), dtype=np.int64)
    return tuple(np.ascontiguousarray(column) for column in flat.reshape(-1, width).T)


def _by_ids(
    connection: sqlite3.Connection, select: str, ids: Iterable[int], width: int
) -> tuple[Ints, ...]:
    """What a statement that ends in `json_each(?)` selects; ordered by its first column."""
    parts = [_columns(connection.execute(select, (some,)), width) for some in _portions(ids)]
    if not parts:
        return tuple(np.zeros(0, dtype=np.int64) for _ in range(width))
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.argsort(joined[0])
    return tuple(column[order] for column in joined)


def _portions(ids: Iterable[int]) -> Iterator[str]:
    every = [int(number) for number in ids]
    for first in range(0, len(every), _MOST_IDS):
        yield json.dumps(every[first : first + _MOST_IDS])
