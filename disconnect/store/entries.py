"""What a person logs: encounters, opportunities, the running timer, and taking it back."""

import dataclasses
import json
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from collectors.facts.checkin import CheckIn
from collectors.facts.social import Channel, Encounter, Opportunity
from disconnect.clock import instant, milliseconds
from disconnect.errors import DisconnectError
from disconnect.store.people import remove_lonely
from disconnect.store.sittings import remove_sitting, sitting, whole
from disconnect.store.social import insert_encounter, insert_opportunity


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One thing that was logged: an encounter, an opportunity, or one sitting's check-ins."""

    id: int
    logged: datetime
    encounter: Encounter | None
    opportunity: Opportunity | None
    checkins: tuple[CheckIn, ...] = ()
    words: str | None = None
    """What the person typed."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The running timer of `meet`."""

    start: datetime
    zone: str
    words: str


def add_encounter(
    connection: sqlite3.Connection,
    encounter: Encounter,
    *,
    words: str,
    now: datetime,
    ends_meeting: bool = False,
) -> int:
    """Log an encounter, with people who are new; returns the entry's id.

    Args:
        connection: The database.
        encounter: What to log.
        words: What the person typed.
        now: When it is logged.
        ends_meeting: It is the timer's: both are written, or neither.

    Raises:
        DisconnectError: The timer has been ended by somebody else meanwhile.
    """
    with whole(connection):
        if ends_meeting and not connection.execute("DELETE FROM meeting").rowcount:
            raise DisconnectError("the timer has been ended already; disconnect entries has it")
        before = _newest_person(connection)
        added = insert_encounter(
            connection, encounter, words=words, zone=_zone(connection, encounter.zone)
        )
        return _entry(connection, "encounter", added, before, now)


def add_opportunity(
    connection: sqlite3.Connection, opportunity: Opportunity, *, now: datetime
) -> int:
    """Log an opportunity; returns the entry's id.

    Raises:
        DisconnectError: The very same is logged already.
    """
    with whole(connection):
        before = _newest_person(connection)
        added = insert_opportunity(connection, opportunity)
        if added is None:
            raise DisconnectError(f"{opportunity.what!r} of {opportunity.person} is logged already")
        return _entry(connection, "opportunity", added, before, now)


def overlapping(connection: sqlite3.Connection, entry_id: int) -> list[EntryRow]:
    """Other encounters in person that share time with this one, which is in person, too."""
    rows = connection.execute(
        "SELECT other_entry.id FROM entry JOIN encounter mine ON mine.id = entry.encounter"
        " JOIN encounter other ON other.id != mine.id AND other.start < mine.start + mine.length"
        "   AND other.start + other.length > mine.start"
        " JOIN entry other_entry ON other_entry.encounter = other.id"
        " WHERE entry.id = ? AND mine.channel = 'in_person' AND other.channel = 'in_person'"
        " ORDER BY other.start",
        (entry_id,),
    ).fetchall()
    return [entry(connection, number) for (number,) in rows]


def _newest_person(connection: sqlite3.Connection) -> int:
    (newest,) = connection.execute("SELECT coalesce(max(id), 0) FROM person").fetchone()
    return int(newest)


def _entry(
    connection: sqlite3.Connection, kind: str, added: int, newest_before: int, now: datetime
) -> int:
    new = _people_since(connection, newest_before)
    (entry,) = connection.execute(
        f"INSERT INTO entry (logged, {kind}, people_added) VALUES (?, ?, ?) RETURNING id",  # noqa: S608 - a column of ours
        (milliseconds(now), added, json.dumps(new)),
    ).fetchone()
    return int(entry)


def _people_since(connection: sqlite3.Connection, newest_before: int) -> list[int]:
    found = connection.execute("SELECT id FROM person WHERE id > ?", (newest_before,))
    return [number for (number,) in found]


def _zone(connection: sqlite3.Connection, name: str) -> int:
    connection.execute("INSERT OR IGNORE INTO zone (name) VALUES (?)", (name,))
    (found,) = connection.execute("SELECT id FROM zone WHERE name = ?", (name,)).fetchone()
    return int(found)


def entries(connection: sqlite3.Connection, limit: int = 20) -> list[EntryRow]:
    """The newest entries first; the check-ins of one sitting are one entry."""
    rows = connection.execute(
        "SELECT max(id), logged, encounter, opportunity FROM entry"
        " GROUP BY iif(checkin IS NULL, id, -logged) ORDER BY max(id) DESC LIMIT ?",
        (limit,),
    ).fetchall()
    return [_entry_row(connection, *row) for row in rows]


def entry(connection: sqlite3.Connection, entry_id: int) -> EntryRow:
    """One entry.

    Raises:
        DisconnectError: There is none of that number.
    """
    row = connection.execute(
        "SELECT id, logged, encounter, opportunity FROM entry WHERE id = ?", (entry_id,)
    ).fetchone()
    if row is None:
        raise DisconnectError(f"there is no entry {entry_id}; disconnect entries list has them")
    return _entry_row(connection, *row)


def _entry_row(
    connection: sqlite3.Connection,
    entry_id: int,
    logged: int,
    encounter: int | None,
    opportunity: int | None,
) -> EntryRow:
    logged_alone = encounter is not None or opportunity is not None
    return EntryRow(
        id=entry_id,
        logged=instant(logged),
        encounter=None if encounter is None else _encounter(connection, encounter),
        opportunity=None if opportunity is None else _opportunity(connection, opportunity),
        checkins=() if logged_alone else sitting(connection, logged),
        words=_words(connection, encounter),
    )


def _words(connection: sqlite3.Connection, encounter: int | None) -> str | None:
    found = connection.execute("SELECT words FROM encounter WHERE id = ?", (encounter,)).fetchone()
    return found[0] if found else None


def _encounter(connection: sqlite3.Connection, encounter_id: int) -> Encounter:
    row = connection.execute(
        "SELECT start, start + length, channel, place, chance, initiator, meaning, disclosure,"
        " energy, support, note, zone.name FROM encounter JOIN zone ON zone.id = zone"
        " WHERE encounter.id = ?",
        (encounter_id,),
    ).fetchone()
    names = connection.execute(
        "SELECT name FROM person JOIN encounter_person ON person.id = person"
        " WHERE encounter = ? ORDER BY person.id",
        (encounter_id,),
    )
    return Encounter(
        start=instant(row[0]),
        end=instant(row[1]),
        people=tuple(name for (name,) in names),
        channel=Channel(row[2]),
        place=row[3],
        chance=bool(row[4]),
        initiator=row[5],
        meaning=row[6],
        disclosure=row[7],
        energy=row[8],
        support=row[9],
        note=row[10],
        zone=row[11],
    )


def _opportunity(connection: sqlite3.Connection, opportunity_id: int) -> Opportunity:
    row = connection.execute(
        "SELECT day, person.name, what, kind, via, value FROM opportunity"
        " JOIN person ON person.id = person WHERE opportunity.id = ?",
        (opportunity_id,),
    ).fetchone()
    return Opportunity(
        day=date.fromisoformat(row[0]),
        person=row[1],
        what=row[2],
        kind=row[3],
        via=Channel(row[4]) if row[4] else None,
        value=row[5],
    )


def edit_encounter(connection: sqlite3.Connection, entry_id: int, **changes: Any) -> Encounter:
    """Change an encounter's fields; returns it as it is then.

    Raises:
        DisconnectError: There is no such entry, it is no encounter, or a value cannot be.
    """
    with whole(connection):
        old = entry(connection, entry_id).encounter
        if old is None:
            raise DisconnectError(f"entry {entry_id} is no encounter; delete it and log it anew")
        try:
            new = dataclasses.replace(old, **changes)
        except (TypeError, ValueError) as error:
            raise DisconnectError(f"entry {entry_id} is unchanged: {error}") from error
        (gone, words, brought) = connection.execute(
            "SELECT encounter.id, coalesce(words, ''), people_added FROM entry"
            " JOIN encounter ON encounter.id = entry.encounter WHERE entry.id = ?",
            (entry_id,),
        ).fetchone()
        before = _newest_person(connection)
        added = insert_encounter(connection, new, words=words, zone=_zone(connection, new.zone))
        brought = json.dumps(json.loads(brought) + _people_since(connection, before))
        connection.execute(
            "UPDATE entry SET encounter = ?, people_added = ? WHERE id = ?",
            (added, brought, entry_id),
        )
        connection.execute("DELETE FROM encounter WHERE id = ?", (gone,))
        remove_lonely(connection, brought)
    return new


def delete_entry(connection: sqlite3.Connection, entry_id: int) -> EntryRow:
    """Delete an entry, and people it brought in whom nothing else names; returns what it was.

    Raises:
        DisconnectError: There is none of that number.
    """
    with whole(connection):
        return _deleted(connection, entry(connection, entry_id))


def undo(connection: sqlite3.Connection) -> EntryRow | None:
    """Take the last entry back; returns what it was, None when there is nothing to undo."""
    with whole(connection):
        newest = entries(connection, 1)
        return _deleted(connection, newest[0]) if newest else None


def _deleted(connection: sqlite3.Connection, old: EntryRow) -> EntryRow:
    (added,) = connection.execute(
        "SELECT people_added FROM entry WHERE id = ?", (old.id,)
    ).fetchone()
    if old.checkins:
        remove_sitting(connection, milliseconds(old.logged))
    for part in ("encounter", "opportunity"):
        connection.execute(
            f"DELETE FROM {part} WHERE id = (SELECT {part} FROM entry WHERE id = ?)",  # noqa: S608 - ours
            (old.id,),
        )
    connection.execute("DELETE FROM entry WHERE id = ?", (old.id,))
    remove_lonely(connection, added)
    return old


def start_meeting(connection: sqlite3.Connection, meeting: Meeting) -> None:
    """Start the timer.

    Raises:
        DisconnectError: One is running already.
    """
    with whole(connection):
        running = current_meeting(connection)
        if running:
            raise DisconnectError(
                f"a meeting is running since {running.start.isoformat(timespec='minutes')}"
                f" ({running.words or 'no words'}); disconnect done ends it"
            )
        connection.execute(
            "INSERT INTO meeting (one, start, zone, words) VALUES (1, ?, ?, ?)",
            (milliseconds(meeting.start), meeting.zone, meeting.words),
        )


def current_meeting(connection: sqlite3.Connection) -> Meeting | None:
    """The running timer, None when there is none."""
    row = connection.execute("SELECT start, zone, words FROM meeting").fetchone()
    return Meeting(instant(row[0]), row[1], row[2]) if row else None


def clear_meeting(connection: sqlite3.Connection) -> None:
    """Stop the timer."""
    connection.execute("DELETE FROM meeting")
