"""Deleting, truly: afterwards the bytes are in none of the database's files."""

import datetime as dt
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from disconnect.clock import milliseconds
from disconnect.errors import UsageProblemError
from disconnect.store import marks
from disconnect.store.cutting import CHOSEN, Cut
from disconnect.store.people import find_person, forget_lost
from disconnect.store.scrubbing import scrub
from disconnect.store.sweeping import prepare, suspect_all, sweep
from disconnect.store.turns import Turns, roll_back

_TEXTS = ("app", "site", "title", "person")
_MOMENTS = ("since", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """What to forget; all that is given must hold of an activity for it to go."""

    app: str | None = None
    site: str | None = None
    title: str | None = None
    person: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def in_words(self) -> dict[str, str]:
        """It as plain texts, for the mark that says what is under way."""
        told = {name: getattr(self, name) for name in _TEXTS if getattr(self, name) is not None}
        moments = {name: getattr(self, name) for name in _MOMENTS}
        return told | {name: at.isoformat() for name, at in moments.items() if at is not None}

    @classmethod
    def of_words(cls, told: Mapping[str, Any]) -> "What | None":
        """What the texts say; None where they say nothing that can be deleted."""
        try:
            known: dict[str, Any] = {name: str(told[name]) for name in _TEXTS if name in told}
            moments = {
                name: datetime.fromisoformat(told[name]) for name in _MOMENTS if name in told
            }
            what = cls(**(known | moments))
            _check(what)
        except (TypeError, ValueError, UsageProblemError):
            return None
        return what

    @property
    def is_period_alone(self) -> bool:
        """Whether everything in a period goes: presence and what was logged, too."""
        return self.app is self.site is self.title is self.person is None


@dataclass(slots=True)
class Forgotten:
    """How many rows went."""

    activities: int = 0
    presences: int = 0
    encounters: int = 0
    opportunities: int = 0
    checkins: int = 0
    people: int = 0
    named_elsewhere: int = 0
    """Rows that stay and have the person's name in their words; none of those that went."""
    titled: int = 0
    """Titles of activities that stay and have the person's name in them."""
    met_then_only: tuple[str, ...] = ()
    """People whom nothing names any more that was logged."""

    @property
    def total(self) -> int:
        """All rows that went."""
        logged = self.encounters + self.opportunities + self.checkins + self.people
        return self.activities + self.presences + logged


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
    _check(what)
    with marks.alone(connection):
        turns = Turns(connection)
        with turns.turn():
            gone = _at_once(connection, what, people_too=people_too)
            marks.note(connection, what.in_words())
            if now:
                connection.execute(
                    "INSERT OR REPLACE INTO fact_of_home VALUES (?, ?)",
                    (FORGOTTEN_AT, str(milliseconds(now))),
                )
        prepare(connection)
        _rows(turns, what, gone)
        _finish(turns)
    return gone


def go_on(connection: sqlite3.Connection, told: Mapping[str, Any]) -> None:
    """Finish what was cut short; the caller is the only one that deletes."""
    turns = Turns(connection)
    what = What.of_words(told)
    if what is None:  # all rows are gone
        scrub(connection)
        return
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
    _check(what)
    connection.execute("BEGIN IMMEDIATE")
    try:
        gone = _at_once(connection, what, people_too=False)
    finally:
        roll_back(connection)
    for cut in _cuts(connection, what):
        number = cut.count(connection)
        if cut.table == "activity":
            gone.activities += number
        else:
            gone.presences += number
    return gone


def _at_once(connection: sqlite3.Connection, what: What, *, people_too: bool) -> Forgotten:
    """Delete what was logged: a few rows, in the caller's transaction."""
    connection.create_function("folded", 1, str.casefold, deterministic=True)
    gone = Forgotten()
    if what.person is not None:
        _person(connection, what, gone)
    elif what.is_period_alone:
        _logged(connection, what, gone, people_too=people_too)
    connection.execute(
        "DELETE FROM entry WHERE encounter IS NULL AND opportunity IS NULL AND checkin IS NULL"
    )
    return gone


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


def _check(what: What) -> None:
    """Refuse what could be read in two ways: what is deleted does not come back."""
    if what == What():
        raise UsageProblemError("say what to forget: --app, --site, --title, --person, or a period")
    for name in ("app", "site", "title", "person"):
        text = getattr(what, name)
        if text is not None and not text.strip():
            raise UsageProblemError(f"--{name} is empty; say which {name}, or leave it out")
    if what.person is not None and (what.app or what.site or what.title):
        raise UsageProblemError("--person goes with a period only; forget the rest by itself")


def _span(what: What) -> tuple[int, int]:
    since = milliseconds(what.since) if what.since else -(1 << 62)
    until = milliseconds(what.until) if what.until else 1 << 62
    return since, until


def _cuts(connection: sqlite3.Connection, what: What) -> list[Cut]:
    """What is to be taken out of each source's rows; contexts are chosen now."""
    if what.person is not None:
        return []
    tables = ("activity", "presence") if what.is_period_alone else ("activity",)
    if not what.is_period_alone:
        _choose(connection, what)
    since, until = _span(what)
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


def _logged(
    connection: sqlite3.Connection, what: What, gone: Forgotten, *, people_too: bool
) -> None:
    span = _span(what)
    named = {number for (number,) in connection.execute(_NAMED)}
    gone.encounters = connection.execute(
        "DELETE FROM encounter WHERE start + length > ? AND start < ?", span
    ).rowcount
    gone.opportunities = _of_days(connection, what, "opportunity", "1", ())
    gone.checkins = _of_days(connection, what, "checkin", "1", ())
    _of_days(connection, what, "reach", "1", ())
    left = {number for (number,) in connection.execute(_NAMED)}
    alone = [(number,) for number in sorted(named - left)]
    gone.met_then_only = tuple(
        connection.execute("SELECT name FROM person WHERE id = ?", one).fetchone()[0]
        for one in alone
    )
    if people_too:
        connection.executemany("DELETE FROM person WHERE id = ?", alone)
        forget_lost(connection)
        gone.people = len(alone)


_NAMED = "SELECT person FROM encounter_person UNION SELECT person FROM opportunity"
"""People whom something that was logged names."""


def _of_days(
    connection: sqlite3.Connection, what: What, table: str, whose: str, known: tuple[int, ...]
) -> int:
    """Delete what belongs to a day whose noon lies in the period."""
    days = connection.execute(f"SELECT DISTINCT day FROM {table}").fetchall()  # noqa: S608 - ours
    return sum(
        connection.execute(
            f"DELETE FROM {table} WHERE day = ? AND {whose}",  # noqa: S608 - ours
            (day, *known),
        ).rowcount
        for (day,) in days
        if _has_noon_of(what, dt.date.fromisoformat(day))
    )


def _has_noon_of(what: What, day: dt.date) -> bool:
    def noon(like: dt.datetime) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(12), tzinfo=like.tzinfo)

    begun = what.since is None or what.since <= noon(what.since)
    return begun and (what.until is None or noon(what.until) < what.until)


def _person(connection: sqlite3.Connection, what: What, gone: Forgotten) -> None:
    """A person with what was logged with them; in a period only what was logged then."""
    row = find_person(connection, what.person or "")
    known = {"person": row.id, "since": _span(what)[0], "until": _span(what)[1]}
    then = "start < :until AND start + length > :since"
    gone.opportunities = _of_days(connection, what, "opportunity", "person = ?", (row.id,))
    gone.encounters = connection.execute(
        f"DELETE FROM encounter WHERE {then} AND id IN (SELECT encounter FROM encounter_person"  # noqa: S608 - ours
        " WHERE person = :person) AND id NOT IN (SELECT encounter FROM encounter_person"
        " WHERE person != :person)",
        known,
    ).rowcount
    # Shared encounters stay for the others; their words may name the one who goes.
    shared = (
        f"(SELECT id FROM encounter WHERE {then} AND id IN (SELECT encounter"  # noqa: S608 - ours
        " FROM encounter_person WHERE person = :person))"
    )
    connection.execute(
        f"UPDATE encounter SET words = NULL, note = NULL WHERE id IN {shared}",  # noqa: S608 - ours
        known,
    )
    if what.since or what.until:
        gone.encounters += connection.execute(
            f"DELETE FROM encounter_person WHERE person = :person AND encounter IN {shared}",  # noqa: S608 - ours
            known,
        ).rowcount
        return
    gone.people = connection.execute("DELETE FROM person WHERE id = ?", (row.id,)).rowcount
    connection.execute(
        "UPDATE meeting SET words = '' WHERE instr(folded(words), ?)", (row.name.casefold(),)
    )
    forget_lost(connection)
    gone.named_elsewhere = _naming(connection, row.name.casefold())
    (gone.titled,) = connection.execute(
        "SELECT count(*) FROM title WHERE instr(folded(name), ?)", (row.name.casefold(),)
    ).fetchone()


def _naming(connection: sqlite3.Connection, name: str) -> int:
    """How many texts that a person wrote of others have the name in them."""
    texts = (
        ("encounter", "words"),
        ("encounter", "note"),
        ("opportunity", "what"),
        ("person", "note"),
    )
    counts = (
        f"SELECT count(*) FROM {table} WHERE instr(folded(coalesce({column}, '')), ?)"  # noqa: S608 - ours
        for table, column in texts
    )
    return sum(int(connection.execute(count, (name,)).fetchone()[0]) for count in counts)
