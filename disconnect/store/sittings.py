"""Check-ins as a person gives them: several instruments at one sitting, taken back as one."""

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from collectors.facts.checkin import CheckIn
from disconnect.clock import instant, milliseconds
from disconnect.store.social import insert_checkin


@contextlib.contextmanager
def whole(connection: sqlite3.Connection) -> Iterator[None]:
    """All that happens inside is written, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def add_sitting(
    connection: sqlite3.Connection, checkins: Sequence[CheckIn], *, now: datetime
) -> None:
    """Write what was answered at one sitting.

    An answer of the same instrument and day takes the place of the earlier one, entry and all:
    the person says it now, whichever time it is about.
    """
    with whole(connection):
        logged = _an_instant_of_its_own(connection, milliseconds(now))
        for checkin in checkins:
            connection.execute(
                "DELETE FROM checkin WHERE instrument = ? AND day = ?",
                (checkin.instrument, checkin.day.isoformat()),
            )
            connection.execute("INSERT OR IGNORE INTO zone (name) VALUES (?)", (checkin.zone,))
            (zone,) = connection.execute(
                "SELECT id FROM zone WHERE name = ?", (checkin.zone,)
            ).fetchone()
            added = insert_checkin(connection, checkin, zone=zone)
            connection.execute("INSERT INTO entry (logged, checkin) VALUES (?, ?)", (logged, added))


def _an_instant_of_its_own(connection: sqlite3.Connection, logged: int) -> int:
    """When the sitting was: it is told from others by that, so no two have the same."""
    taken = "SELECT 1 FROM entry WHERE checkin IS NOT NULL AND logged = ?"
    while connection.execute(taken, (logged,)).fetchone():
        logged += 1
    return logged


def sitting(connection: sqlite3.Connection, logged: int) -> tuple[CheckIn, ...]:
    """The check-ins of the sitting that was logged at an instant [ms], as they were asked."""
    rows = connection.execute(
        "SELECT at, day, instrument, answers, score, zone.name FROM entry"
        " JOIN checkin ON checkin.id = entry.checkin JOIN zone ON zone.id = checkin.zone"
        " WHERE logged = ? ORDER BY entry.id",
        (logged,),
    )
    return tuple(
        CheckIn(
            at=instant(at),
            day=date.fromisoformat(day),
            instrument=instrument,
            answers=tuple(json.loads(answers)),
            score=score,
            zone=zone,
        )
        for at, day, instrument, answers, score, zone in rows
    )


def remove_sitting(connection: sqlite3.Connection, logged: int) -> None:
    """Delete the check-ins of the sitting that was logged at an instant [ms], entries and all."""
    connection.execute(
        "DELETE FROM checkin WHERE id IN"
        " (SELECT checkin FROM entry WHERE checkin IS NOT NULL AND logged = ?)",
        (logged,),
    )


def last_days(connection: sqlite3.Connection, until: date) -> dict[str, date]:
    """The last day, up to and with `until`, on which each instrument was answered."""
    rows = connection.execute(
        "SELECT instrument, max(day) FROM checkin WHERE day <= ? GROUP BY instrument",
        (until.isoformat(),),
    )
    return {instrument: date.fromisoformat(day) for instrument, day in rows}


def scores(
    connection: sqlite3.Connection, instrument: str, until: date
) -> list[tuple[date, float | None]]:
    """The days, up to and with `until`, on which an instrument was answered, with its scores."""
    rows = connection.execute(
        "SELECT day, score FROM checkin WHERE instrument = ? AND day <= ? ORDER BY day",
        (instrument, until.isoformat()),
    )
    return [(date.fromisoformat(day), score) for day, score in rows]


def answers_of(
    connection: sqlite3.Connection, instrument: str, day: date
) -> tuple[float | None, ...]:
    """What was answered on a day; empty where nothing was."""
    found = connection.execute(
        "SELECT answers FROM checkin WHERE instrument = ? AND day = ?",
        (instrument, day.isoformat()),
    ).fetchone()
    return tuple(json.loads(found[0])) if found else ()
