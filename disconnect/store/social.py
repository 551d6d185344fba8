"""Putting what a person tells into the database; the caller holds the transaction."""

import json
import sqlite3
from datetime import date

from collectors.facts.checkin import CheckIn
from collectors.facts.social import LONGEST_NAME, Encounter, Opportunity, Person, Reach
from disconnect.clock import milliseconds
from disconnect.store.texts import clean


def person_id(connection: sqlite3.Connection, person: Person) -> int:
    """The id of a person by name (whatever its case); made with what is known when new."""
    name = clean(person.name, LONGEST_NAME)
    found = connection.execute("SELECT id FROM person WHERE name = ?", (name,)).fetchone()
    if found is None:
        found = connection.execute(
            "INSERT INTO person (name, met, how, since, closeness, note)"
            " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (name, person.met, person.how, _day(person.since), person.closeness, person.note),
        ).fetchone()
    return int(found[0])


def insert_encounter(
    connection: sqlite3.Connection, encounter: Encounter, *, words: str, zone: int
) -> int:
    """Add an encounter and its people; returns its id."""
    start = milliseconds(encounter.start)
    (added,) = connection.execute(
        "INSERT INTO encounter (start, length, zone, channel, place, chance, initiator, meaning,"
        " disclosure, energy, support, note, words)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            start,
            milliseconds(encounter.end) - start,
            zone,
            encounter.channel.value,
            clean(encounter.place) if encounter.place else None,
            int(encounter.chance),
            encounter.initiator,
            encounter.meaning,
            encounter.disclosure,
            encounter.energy,
            encounter.support,
            clean(encounter.note) if encounter.note else None,
            clean(words) or None,
        ),
    ).fetchone()
    for name in encounter.people:
        connection.execute(
            "INSERT OR IGNORE INTO encounter_person (encounter, person) VALUES (?, ?)",
            (added, person_id(connection, Person(name=name))),
        )
    return int(added)


def insert_opportunity(connection: sqlite3.Connection, opportunity: Opportunity) -> int | None:
    """Add an opportunity; returns its id, None when the very same is there already."""
    person = person_id(connection, Person(name=opportunity.person))
    row = (
        opportunity.day.isoformat(),
        person,
        clean(opportunity.what),
        opportunity.kind,
        opportunity.via.value if opportunity.via else None,
        opportunity.value,
    )
    same = connection.execute(
        "SELECT 1 FROM opportunity WHERE day = ? AND person = ? AND what = ? AND kind = ?", row[:4]
    ).fetchone()
    if same:
        return None
    (added,) = connection.execute(
        "INSERT INTO opportunity (day, person, what, kind, via, value)"
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        row,
    ).fetchone()
    return int(added)


def insert_checkin(connection: sqlite3.Connection, checkin: CheckIn, *, zone: int) -> int | None:
    """Add a check-in; a later one of the same day takes the place of the earlier.

    Returns:
        Its id; None when the very same, or a later one, is there already.
    """
    answers = json.dumps(checkin.answers)
    at = milliseconds(checkin.at)
    found = connection.execute(
        "INSERT INTO checkin (at, zone, day, instrument, answers, score)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (instrument, day) DO UPDATE SET"
        " at = excluded.at, zone = excluded.zone, answers = excluded.answers,"
        " score = excluded.score WHERE excluded.at > at RETURNING id",
        (at, zone, checkin.day.isoformat(), checkin.instrument, answers, checkin.score),
    ).fetchone()
    return None if found is None else int(found[0])


def insert_reach(connection: sqlite3.Connection, reach: Reach) -> int | None:
    """Note how many a platform reached on a day, in place of what was noted for that day.

    Returns:
        The number it replaces; its own where the very same was noted, None where nothing was.
    """
    row = (reach.day.isoformat(), clean(reach.platform, 100))
    found = connection.execute(
        "SELECT people FROM reach WHERE day = ? AND platform = ?", row
    ).fetchone()
    connection.execute(
        "INSERT INTO reach (day, platform, people) VALUES (?, ?, ?)"
        " ON CONFLICT (day, platform) DO UPDATE SET people = excluded.people",
        (*row, reach.people),
    )
    return None if found is None else int(found[0])


def remove_reach(connection: sqlite3.Connection, day: date, platform: str) -> bool:
    """Take back what was noted of a platform for a day; False where nothing was."""
    row = (day.isoformat(), clean(platform, 100))
    return bool(
        connection.execute("DELETE FROM reach WHERE day = ? AND platform = ?", row).rowcount
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
