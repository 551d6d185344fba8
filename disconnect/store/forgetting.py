"""Deleting, truly: afterwards the bytes are in none of the database's files."""

import contextlib
import dataclasses
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from disconnect.clock import instant, milliseconds
from disconnect.store import marks
from disconnect.store.asked import Forgotten, What, check, span
from disconnect.store.cutting import CHOSEN, Cut
from disconnect.store.scrubbing import scrub
from disconnect.store.striking import strike
from disconnect.store.sweeping import prepare, suspect_all, sweep
from disconnect.store.turns import Turns, roll_back

__all__ = ["FORGOTTEN_AT", "Forgotten", "What", "count", "forget", "go_on"]

FORGOTTEN_AT = "forgotten_at"
"""When something was forgotten last [ms]: histories are read from then on only."""


def forget(
    connection: sqlite3.Connection,
    what: What,
    *,
    now: datetime | None = None,
    people_too: bool = False,
) -> Forgotten:
    """Delete what is asked, then overwrite what is left of its bytes.

    What was logged goes at once; activities and presence go in turns, so that a collector can
    write in between. A mark in the database says that it is under way: where it is cut short,
    whoever opens the database next finishes it. Activities and presence are cut at the edges of
    a period; an encounter that reaches into it goes whole.

    Args:
        connection: The database.
        what: What to delete.
        now: When it is asked, so that no history read later brings it back.
        people_too: With a period, people whom nothing names any more go, too.

    Raises:
        DisconnectError: It is not clear what to forget, another program reads on, or another
            one is deleting.
    """
    check(what)
    with marks.alone(connection):
        turns = Turns(connection)
        with _without_cascades(connection), turns.turn():
            gone = strike(connection, what, people_too=people_too)
            marks.note(connection, what.in_words())
            if now:
                connection.execute(
                    "INSERT OR REPLACE INTO fact_of_home VALUES (?, ?)",
                    (FORGOTTEN_AT, str(milliseconds(now))),
                )
        prepare(connection)
        _rows(turns, what, gone)
        _finish(turns)
    if what.person is not None:
        gone.titled = _titled(connection, what.person)
    return gone


def go_on(connection: sqlite3.Connection, told: Mapping[str, Any]) -> None:
    """Finish what was cut short; the caller is the only one that deletes."""
    turns = Turns(connection)
    what = What.of_words(told)
    if what is None:  # all rows are gone
        scrub(connection)
        return
    if what.until is None:  # what came since it was asked was not meant
        what = dataclasses.replace(what, until=_asked_at(connection))
    prepare(connection)
    suspect_all(connection)  # what went before the cut is not known any more
    _rows(turns, what, Forgotten())
    _finish(turns)


def _finish(turns: Turns) -> None:
    sweep(turns)
    with turns.turn():
        marks.note(turns.connection, {})  # its words would be the last place where they stand
    scrub(turns.connection)


def count(connection: sqlite3.Connection, what: What) -> Forgotten:
    """What `forget` would delete; nothing is deleted."""
    check(what)
    with _without_cascades(connection):
        connection.execute("BEGIN IMMEDIATE")
        try:
            gone = strike(connection, what, people_too=False)
        finally:
            roll_back(connection)
    for cut in _cuts(connection, what):
        number = cut.count(connection)
        if cut.table == "activity":
            gone.activities += number
        else:
            gone.presences += number
    return gone


@contextlib.contextmanager
def _without_cascades(connection: sqlite3.Connection) -> Iterator[None]:
    """Switch foreign keys off: what belongs to a deleted row is deleted at once, not row by row."""
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _asked_at(connection: sqlite3.Connection) -> datetime | None:
    """When something was forgotten last; None where nobody told the time."""
    found = connection.execute(
        "SELECT value FROM fact_of_home WHERE name = ?", (FORGOTTEN_AT,)
    ).fetchone()
    return instant(int(found[0])) if found and str(found[0]).isdigit() else None


def _titled(connection: sqlite3.Connection, name: str) -> int:
    """How many titles of windows and pages have a name in them."""
    (number,) = connection.execute(
        "SELECT count(*) FROM title WHERE instr(folded(name), ?)", (name.strip().casefold(),)
    ).fetchone()
    return int(number)


def _rows(turns: Turns, what: What, gone: Forgotten) -> None:
    """Take activities and presence out, a stretch of one source at each turn."""
    for cut in _cuts(turns.connection, what):
        for low, high in turns.stretches(cut.table, "start", cut.which, cut.known):
            with turns.turn():
                number = cut.out(turns.connection, low, high)
            if cut.table == "activity":
                gone.activities += number
            else:
                gone.presences += number


def _cuts(connection: sqlite3.Connection, what: What) -> list[Cut]:
    """What is to be taken out of each source's rows; contexts are chosen now."""
    if what.person is not None:
        return []
    tables = ("activity", "presence") if what.is_period_alone else ("activity",)
    if not what.is_period_alone:
        _choose(connection, what)
    since, until = span(what)
    return [
        Cut(table, source, since, until, longest, chosen=not what.is_period_alone)
        for source, longest in connection.execute("SELECT id, longest FROM source ORDER BY id")
        for table in tables
    ]


def _choose(connection: sqlite3.Connection, what: What) -> None:
    """Note the contexts that are meant, for this connection only."""
    connection.create_function("folded", 1, str.casefold, deterministic=True)
    conditions = []
    if what.app is not None:
        conditions.append(_having("app", "folded(name) = :app"))
    if what.site is not None:
        # A site goes with all below it: example.org takes mail.example.org along.
        conditions.append(
            _having("site", "substr('.' || name, -length('.' || :site)) = '.' || :site")
        )
    if what.title is not None:
        conditions.append(_having("title", "instr(folded(name), :title)"))
    names = {
        "app": (what.app or "").strip().casefold(),
        "site": (what.site or "").strip().lower().removeprefix("www."),
        "title": (what.title or "").casefold(),
    }
    connection.execute(f"DROP TABLE IF EXISTS temp.{CHOSEN}")
    connection.execute(f"CREATE TEMP TABLE {CHOSEN} (id INTEGER PRIMARY KEY)")
    connection.execute(
        f"INSERT INTO temp.{CHOSEN} SELECT id FROM context WHERE {' AND '.join(conditions)}",  # noqa: S608 - ours
        names,
    )


def _having(part: str, condition: str) -> str:
    return f"{part} IN (SELECT id FROM {part} WHERE {condition})"  # noqa: S608 - names of ours
