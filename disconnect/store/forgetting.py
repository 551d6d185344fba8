"""Deleting, truly: afterwards the bytes are in none of the database's files."""

import dataclasses
import datetime as dt
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from disconnect.clock import milliseconds
from disconnect.errors import UsageProblemError
from disconnect.store.people import find_person, forget_lost
from disconnect.store.scrubbing import roll_back, scrub, sweep


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """What to forget; all that is given must hold of an activity for it to go."""

    app: str | None = None
    site: str | None = None
    title: str | None = None
    person: str | None = None
    since: datetime | None = None
    until: datetime | None = None

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

    @property
    def total(self) -> int:
        """All of them."""
        return int(sum(dataclasses.astuple(self))) - self.named_elsewhere


FORGOTTEN_AT = "forgotten_at"
"""When something was forgotten last [ms]: histories are read from then on only."""


def forget(connection: sqlite3.Connection, what: What, *, now: datetime | None = None) -> Forgotten:
    """Delete what is asked, in one transaction, then rewrite the file without it.

    Activities and presence are cut at the edges of a period; an encounter that reaches into it
    goes whole.

    Args:
        connection: The database.
        what: What to delete.
        now: When it is asked, so that no history read later brings it back.

    Raises:
        DisconnectError: It is not clear what to forget, or another program reads on.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        gone = _delete(connection, what)
        sweep(connection)
        if now:
            connection.execute(
                "INSERT OR REPLACE INTO fact_of_home VALUES (?, ?)",
                (FORGOTTEN_AT, str(milliseconds(now))),
            )
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise
    scrub(connection)
    return gone


def count(connection: sqlite3.Connection, what: What) -> Forgotten:
    """What `forget` would delete; nothing is deleted."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        return _delete(connection, what)
    finally:
        roll_back(connection)


def _delete(connection: sqlite3.Connection, what: What) -> Forgotten:
    _check(what)
    connection.create_function("folded", 1, str.casefold, deterministic=True)
    gone = Forgotten()
    if what.person is not None:
        _person(connection, what, gone)
        return gone
    gone.activities = _activities(connection, what)
    if what.is_period_alone:
        _logged(connection, what, gone)
    return gone


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


def _activities(connection: sqlite3.Connection, what: What) -> int:
    conditions = []
    if what.app is not None:
        conditions.append(_context_of("app", "folded(name) = :app"))
    if what.site is not None:
        # A site goes with all below it: example.org takes mail.example.org along.
        below = "substr('.' || name, -length('.' || :site)) = '.' || :site"
        conditions.append(_context_of("site", below))
    if what.title is not None:
        conditions.append(_context_of("title", "instr(folded(name), :title)"))
    names = {
        "app": (what.app or "").strip().casefold(),
        "site": (what.site or "").strip().lower().removeprefix("www."),
        "title": (what.title or "").casefold(),
    }
    return _cut_out(connection, "activity", conditions, _span(what), names)


def _cut_out(
    connection: sqlite3.Connection,
    table: str,
    conditions: list[str],
    span: tuple[int, int],
    names: dict[str, str],
) -> int:
    """Take a period out of rows; what lies before and after it stays. Returns how many had any."""
    known: dict[str, int | str] = {"since": span[0], "until": span[1]} | names
    which = " AND ".join(["start < :until", "start + length > :since", *conditions])
    what = "context" if table == "activity" else "state"
    execute = connection.execute
    (touched,) = execute(f"SELECT count(*) FROM {table} WHERE {which}", known).fetchone()  # noqa: S608
    execute(
        f"INSERT INTO {table} (source, start, length, {what}, zone)"  # noqa: S608 - names of ours
        f" SELECT source, :until, start + length - :until, {what}, zone FROM {table}"
        f" WHERE {which} AND start + length > :until"
        " ON CONFLICT DO UPDATE SET length = max(length, excluded.length)",
        known,
    )
    execute(
        f"UPDATE {table} SET length = :since - start WHERE {which} AND start < :since",  # noqa: S608
        known,
    )
    execute(f"DELETE FROM {table} WHERE {which}", known)  # noqa: S608
    return int(touched)


def _context_of(part: str, condition: str) -> str:
    return (
        f"context IN (SELECT id FROM context WHERE {part} IN"  # noqa: S608 - names of ours
        f" (SELECT id FROM {part} WHERE {condition}))"
    )


def _logged(connection: sqlite3.Connection, what: What, gone: Forgotten) -> None:
    span = _span(what)
    gone.presences = _cut_out(connection, "presence", [], span, {})
    gone.encounters = connection.execute(
        "DELETE FROM encounter WHERE start + length > ? AND start < ?", span
    ).rowcount
    gone.opportunities = _of_days(connection, what, "opportunity", "1", ())
    gone.checkins = _of_days(connection, what, "checkin", "1", ())
    _of_days(connection, what, "reach", "1", ())


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
