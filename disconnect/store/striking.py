"""Deleting what was logged: encounters, people, opportunities and check-ins."""

import datetime as dt
import json
import sqlite3

from disconnect.store.asked import Forgotten, What, span
from disconnect.store.people import find_person, forget_lost


def strike(connection: sqlite3.Connection, what: What, *, people_too: bool) -> Forgotten:
    """Delete what was logged: a few rows, in the caller's transaction.

    The caller has switched foreign keys off: each row's deletion would look through all others
    that may belong to it. What belonged to what is gone is deleted here, all at once.
    """
    connection.create_function("folded", 1, str.casefold, deterministic=True)
    gone = Forgotten()
    if what.person is not None:
        _person(connection, what, gone)
    elif what.is_period_alone:
        _logged(connection, what, gone, people_too=people_too)
    return gone


def _logged(
    connection: sqlite3.Connection, what: What, gone: Forgotten, *, people_too: bool
) -> None:
    within = span(what)
    named = {number for (number,) in connection.execute(_NAMED)}
    gone.encounters = connection.execute(
        "DELETE FROM encounter WHERE start + length > ? AND start < ?", within
    ).rowcount
    gone.opportunities = _of_days(connection, what, "opportunity", "1", ())
    gone.checkins = _of_days(connection, what, "checkin", "1", ())
    _of_days(connection, what, "reach", "1", ())
    _cascade(connection)
    left = {number for (number,) in connection.execute(_NAMED)}
    alone = [(number,) for number in sorted(named - left)]
    gone.met_then_only = tuple(
        connection.execute("SELECT name FROM person WHERE id = ?", one).fetchone()[0]
        for one in alone
    )
    if people_too:
        connection.executemany("DELETE FROM person WHERE id = ?", alone)
        _cascade(connection)
        forget_lost(connection)
        gone.people = len(alone)


_NAMED = "SELECT person FROM encounter_person UNION SELECT person FROM opportunity"
"""People whom something that was logged names."""


def _of_days(
    connection: sqlite3.Connection, what: What, table: str, whose: str, known: tuple[int, ...]
) -> int:
    """Delete what belongs to a day whose noon lies in the period."""
    every = connection.execute(f"SELECT DISTINCT day FROM {table}").fetchall()  # noqa: S608 - ours
    days = [day for (day,) in every if _has_noon_of(what, dt.date.fromisoformat(day))]
    return connection.execute(
        f"DELETE FROM {table} WHERE day IN (SELECT value FROM json_each(?)) AND {whose}",  # noqa: S608 - ours
        (json.dumps(days), *known),
    ).rowcount


def _has_noon_of(what: What, day: dt.date) -> bool:
    def noon(like: dt.datetime) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(12), tzinfo=like.tzinfo)

    begun = what.since is None or what.since <= noon(what.since)
    return begun and (what.until is None or noon(what.until) < what.until)


def _person(connection: sqlite3.Connection, what: What, gone: Forgotten) -> None:
    """A person with what was logged with them; in a period only what was logged then."""
    row = find_person(connection, what.person or "")
    known = {"person": row.id, "since": span(what)[0], "until": span(what)[1]}
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
        _cascade(connection)
        return
    gone.people = connection.execute("DELETE FROM person WHERE id = ?", (row.id,)).rowcount
    _cascade(connection)
    connection.execute(
        "UPDATE meeting SET words = '' WHERE instr(folded(words), ?)", (row.name.casefold(),)
    )
    forget_lost(connection)
    gone.named_elsewhere = _naming(connection, row.name.casefold())


_BELONGING = (
    "DELETE FROM opportunity WHERE person NOT IN (SELECT id FROM person)",
    (
        "DELETE FROM encounter_person WHERE person NOT IN (SELECT id FROM person)"
        " OR encounter NOT IN (SELECT id FROM encounter)"
    ),
    (
        # (Nothing is not in an empty table, too: NULL must be told apart first.)
        "DELETE FROM entry WHERE"
        " (encounter IS NOT NULL AND encounter NOT IN (SELECT id FROM encounter))"
        " OR (opportunity IS NOT NULL AND opportunity NOT IN (SELECT id FROM opportunity))"
        " OR (checkin IS NOT NULL AND checkin NOT IN (SELECT id FROM checkin))"
        " OR (encounter IS NULL AND opportunity IS NULL AND checkin IS NULL)"
    ),
)


def _cascade(connection: sqlite3.Connection) -> None:
    """Delete what belonged to rows that are gone."""
    for statement in _BELONGING:
        connection.execute(statement)


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
