"""People in the database: found by name, edited, merged."""

import difflib
import json
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from collectors.facts.social import Met, Person
from disconnect.clock import instant
from disconnect.errors import DisconnectError
from disconnect.store.social import person_id
from disconnect.store.texts import clean

EDITABLE = ("name", "met", "how", "since", "closeness", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person, with what has been logged: hours by logged encounter, last met in person."""

    id: int
    name: str
    met: Met | None
    how: str | None
    since: date | None
    closeness: int | None
    note: str | None
    encounters: int
    in_person_hours: float
    online_hours: float
    last_met: datetime | None
    """The last moment in person, in the zone they were in; None: never met."""


# Time that two entries with a person share counts once (`own`): so do `pipeline.overlaps` and the
# view `people`.
_ROWS = """
    WITH met_with AS (
      SELECT person, id, channel, start + length AS until, start,
        max(start + length) OVER (
          PARTITION BY person, channel ORDER BY start, id
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS before
      FROM encounter_person JOIN encounter ON encounter.id = encounter_person.encounter
    ), e AS (
      SELECT *, max(0, until - max(start, coalesce(before, start))) AS own FROM met_with
    )
    SELECT person.id, person.name, met, how, since, closeness, person.note,
      count(e.id),
      coalesce(sum(own) FILTER (WHERE e.channel = 'in_person'), 0) / 3600000.0,
      coalesce(sum(own) FILTER (WHERE e.channel != 'in_person'), 0) / 3600000.0
    FROM person
    LEFT JOIN e ON e.person = person.id
    GROUP BY person.id
    ORDER BY 9 DESC, person.name COLLATE NOCASE
"""


# SQLite takes the zone from the row that has the maximum.
_LAST_MET = """
    SELECT person, max(start + max(length - 1, 0)), zone.name
    FROM encounter_person JOIN encounter ON encounter.id = encounter_person.encounter
    JOIN zone ON zone.id = encounter.zone
    WHERE channel = 'in_person'
    GROUP BY person
"""


def people(connection: sqlite3.Connection) -> list[PersonRow]:
    """Everyone, the most time in person first."""
    last_met = {
        person: instant(at).astimezone(ZoneInfo(zone))
        for person, at, zone in connection.execute(_LAST_MET)
    }
    return [
        PersonRow(
            id=row[0],
            name=row[1],
            met=row[2],
            how=row[3],
            since=date.fromisoformat(row[4]) if row[4] else None,
            closeness=row[5],
            note=row[6],
            encounters=row[7],
            in_person_hours=row[8],
            online_hours=row[9],
            last_met=last_met.get(row[0]),
        )
        for row in connection.execute(_ROWS)
    ]


def names(connection: sqlite3.Connection) -> list[str]:
    """Everyone's name."""
    return [name for (name,) in connection.execute("SELECT name FROM person ORDER BY name")]


def near(connection: sqlite3.Connection, name: str) -> list[str]:
    """Names that look like this one, the nearest first."""
    known = {one.casefold(): one for one in names(connection)}
    found = difflib.get_close_matches(name.casefold(), known, n=3, cutoff=0.6)
    return [known[one] for one in found]


def find_person(connection: sqlite3.Connection, name: str) -> PersonRow:
    """The person of that name, whatever its case.

    Raises:
        DisconnectError: Nobody has it; the message names the near ones.
    """
    for row in people(connection):
        if row.name.casefold() == name.strip().casefold():
            return row
    alike = near(connection, name)
    hint = f"; did you mean {' or '.join(alike)}?" if alike else "; disconnect people list has all"
    raise DisconnectError(f"nobody here is called {name!r}{hint}")


def add_person(connection: sqlite3.Connection, person: Person) -> int:
    """Add somebody; returns the id.

    Raises:
        DisconnectError: There is somebody of that name already.
    """
    if person.name.casefold() in {name.casefold() for name in names(connection)}:
        raise DisconnectError(
            f"there is a {person.name} already; disconnect people edit '{person.name}' changes"
            f" them, and another {person.name} needs a longer name"
        )
    return person_id(connection, person)


def edit_person(connection: sqlite3.Connection, name: str, /, **changes: Any) -> None:
    """Change what is known of somebody (`EDITABLE`); the rest stays.

    Raises:
        DisconnectError: Nobody is called so, the new name is taken, or a value is off its scale.
    """
    row = find_person(connection, name)
    wanted = str(changes.get("name") or row.name)
    taken = DisconnectError(f"{wanted} is taken; disconnect people merge makes one of two")
    # SQLite's own NOCASE folds ASCII only: Östen and östen would be two.
    if wanted.casefold() in {one.casefold() for one in names(connection) if one != row.name}:
        raise taken
    try:
        Person(
            name=changes.get("name", row.name),
            closeness=changes.get("closeness", row.closeness),
        )
        for key in EDITABLE:
            if key not in changes:
                continue
            value = changes[key]
            stored = value.isoformat() if isinstance(value, date) else value
            if isinstance(stored, str):
                stored = clean(stored)
            connection.execute(
                f"UPDATE person SET {key} = ? WHERE id = ?",  # noqa: S608 - one of EDITABLE
                (stored, row.id),
            )
    except ValueError as error:
        raise DisconnectError(f"{row.name} is unchanged: {error}") from error
    except sqlite3.IntegrityError as error:
        raise taken from error


def merge_people(connection: sqlite3.Connection, keep: str, other: str) -> None:
    """Make one person of two: `keep` takes over what `other` has, and `other` is gone.

    Raises:
        DisconnectError: One is unknown, or both are the same.
    """
    kept, gone = find_person(connection, keep), find_person(connection, other)
    if kept.id == gone.id:
        raise DisconnectError(f"{keep} and {other} are the same person")
    ids = (kept.id, gone.id)
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in (
            "UPDATE OR IGNORE encounter_person SET person = ? WHERE person = ?",
            "UPDATE opportunity SET person = ? WHERE person = ?",
        ):
            connection.execute(statement, ids)
        for key in ("met", "how", "since", "closeness", "note"):
            connection.execute(
                f"UPDATE person SET {key} = coalesce({key}, (SELECT {key} FROM person WHERE id = ?2))"  # noqa: S608 - names of ours
                " WHERE id = ?1",
                ids,
            )
        connection.execute("DELETE FROM person WHERE id = ?", (gone.id,))
        forget_lost(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def remove_lonely(connection: sqlite3.Connection, added: str) -> None:
    """Take back people that an entry brought in (JSON ids), where nothing else names them."""
    for person in json.loads(added):
        connection.execute(
            "DELETE FROM person WHERE id = ?1"
            " AND NOT EXISTS (SELECT 1 FROM encounter_person WHERE person = ?1)"
            " AND NOT EXISTS (SELECT 1 FROM opportunity WHERE person = ?1)",
            (person,),
        )
    forget_lost(connection)


def forget_lost(connection: sqlite3.Connection) -> None:
    """Strike people who are gone from what entries brought in: their numbers are given anew."""
    connection.execute(
        "UPDATE entry SET people_added = (SELECT json_group_array(value)"
        "   FROM json_each(people_added) WHERE value IN (SELECT id FROM person))"
        " WHERE people_added != '[]'"
    )
