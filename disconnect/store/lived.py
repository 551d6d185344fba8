"""What was logged and answered, as plain rows: encounters, people, opportunities, check-ins."""

import json
import sqlite3
from typing import Any

_ENCOUNTERS = (
    "id", "start", "end", "zone", "channel", "chance", "place", "initiator", "meaning",
    "disclosure", "energy", "support",
)  # fmt: skip


def encounters(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Every encounter, oldest first: times in ms UTC, `zone` by number, ratings or None."""
    rows = connection.execute(
        "SELECT id, start, start + length, zone, channel, chance, place, initiator, meaning,"
        " disclosure, energy, support FROM encounter ORDER BY start, id"
    )
    return [dict(zip(_ENCOUNTERS, row, strict=True)) for row in rows]


def who_met(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """Which person was at which encounter: encounter, person."""
    return connection.execute("SELECT encounter, person FROM encounter_person").fetchall()


def people(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Everybody: `person` (id), `name`, `met`, `how`, `since` (ISO 8601), `closeness`."""
    rows = connection.execute(
        "SELECT id, name, met, how, since, closeness FROM person ORDER BY name"
    )
    keys = ("person", "name", "met", "how", "since", "closeness")
    return [dict(zip(keys, row, strict=True)) for row in rows]


def opportunities(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Every opportunity, oldest first: `day` (ISO 8601), `person` (id), `kind`, `via`, `value`."""
    rows = connection.execute(
        "SELECT day, person, kind, via, value FROM opportunity ORDER BY day, id"
    )
    keys = ("day", "person", "kind", "via", "value")
    return [dict(zip(keys, row, strict=True)) for row in rows]


def checkins(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Every check-in, oldest first: `day` (ISO 8601), `instrument`, `answers` (list), `score`."""
    rows = connection.execute(
        "SELECT day, instrument, answers, score FROM checkin ORDER BY day, instrument"
    )
    return [
        {"day": day, "instrument": instrument, "answers": json.loads(answers), "score": score}
        for day, instrument, answers, score in rows
    ]


def reach(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """How many could be reached: `day` (ISO 8601), `platform`, `people`; oldest first."""
    rows = connection.execute("SELECT day, platform, people FROM reach ORDER BY day, platform")
    return [dict(zip(("day", "platform", "people"), row, strict=True)) for row in rows]
