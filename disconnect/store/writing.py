"""Writing facts: keyed by source and start, so that the same twice changes nothing."""

import sqlite3
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from collectors.facts.checkin import CheckIn
from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.facts.social import Encounter, Opportunity, Person, Reach
from collectors.source import Fact
from disconnect.clock import milliseconds
from disconnect.store import marks
from disconnect.store.social import (
    insert_checkin,
    insert_encounter,
    insert_opportunity,
    insert_reach,
    person_id,
)
from disconnect.store.texts import clean

STATES = tuple(PresenceState)
"""The order in which presence states are numbered in the database."""

_LONGER = """
    UPDATE {table} SET length = :length, {what} = :what, zone = :zone
    WHERE source = :source AND start = :start AND length < :length
"""
_ACTIVITY = _LONGER.format(table="activity", what="context")
_PRESENCE = _LONGER.format(table="presence", what="state")
_READ_AGAIN = """
    UPDATE activity SET length = :length, context = :what, zone = :zone
    WHERE source = :source AND start = :start AND (length != :length OR context != :what)
"""
"""For histories: what was an estimate while a page was open is known once it was left."""

_UNTITLED = """
    SELECT activity.source, app.name FROM activity
    JOIN context ON context.id = activity.context JOIN app ON app.id = context.app
    WHERE context.title = 0 AND activity.start = ? AND activity.source = (
      SELECT source.id FROM source JOIN device ON device.id = source.device
      WHERE source.name = ? AND device.name = ?)
"""


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows were new, how many grew, and how many were there already."""

    added: int = 0
    extended: int = 0
    unchanged: int = 0


class Writer:
    """Writes facts into an open database; remembers the ids of names it has seen."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._ids: dict[tuple[str, str], int] = {}
        self._sources: dict[tuple[str, str], tuple[int, int]] = {}
        self._contexts: dict[tuple[str, str | None, str | None, str | None], int] = {}
        self._version = -1
        self._others_delete: bool | None = None

    def write(
        self,
        facts: Iterable[Fact],
        *,
        unless: Callable[[Fact], bool] | None = None,
        first: Callable[[], None] | None = None,
    ) -> Written:
        """Write them in one transaction: all of them, or, when one fails, none.

        Args:
            facts: What to write.
            unless: Where another program has written meanwhile, asked within the transaction
                of each fact whether it must be left out.
            first: Called within the transaction before the first fact is written.
        """
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            others = self._notice_others()
            if first:
                first()
            counts = {"added": 0, "extended": 0, "unchanged": 0}
            for fact in facts:
                if not (others and unless and unless(fact)):
                    counts[self.add(fact)] += 1
            self.connection.execute("COMMIT")
        except BaseException:
            # Ids handed out in this transaction are gone with it.
            self._forget_ids()
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise
        return Written(**counts)

    def describe(self, activities: Iterable[Activity]) -> int:
        """Say of rows that stand without a title what they show; how many, in one transaction.

        A row that is gone, or shows another app by now, stays as it is.
        """
        described = 0
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            self._notice_others()
            for activity in activities:
                described += self._describe(activity)
            self.connection.execute("COMMIT")
        except BaseException:
            self._forget_ids()
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise
        return described

    def _describe(self, activity: Activity) -> int:
        where = (milliseconds(activity.start), activity.source, activity.device)
        stands = self.connection.execute(_UNTITLED, where).fetchone()
        if stands is None or stands[1] != clean(activity.app):
            return 0
        return self.connection.execute(
            "UPDATE activity SET context = ? WHERE source = ? AND start = ? AND context != ?1",
            (self._context(activity), stands[0], where[0]),
        ).rowcount

    def _notice_others(self) -> bool:
        """What another connection wrote may have been `forget`: ids known here may be gone."""
        (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return False
        self._forget_ids()
        self._version = version
        self._others_delete = marks.is_under_way(self.connection)
        return True

    def _is_deleted_from(self) -> bool:
        if self._others_delete is None:  # in somebody else's transaction nobody has looked yet
            self._others_delete = marks.is_under_way(self.connection)
        return self._others_delete

    def _forget_ids(self) -> None:
        self._ids.clear()
        self._sources.clear()
        self._contexts.clear()

    def add(self, fact: Fact) -> str:
        """Write one within the caller's transaction: `added`, `extended` or `unchanged`."""
        if isinstance(fact, Activity):
            statement = _READ_AGAIN if fact.source.startswith("browsers/") else _ACTIVITY
            return self._span(statement, fact, self._context(fact))
        if isinstance(fact, Presence):
            return self._span(_PRESENCE, fact, STATES.index(fact.state))
        if isinstance(fact, Person):
            return self._person(fact)
        if isinstance(fact, Encounter):
            return self._encounter(fact)
        if isinstance(fact, Opportunity):
            return "added" if insert_opportunity(self.connection, fact) else "unchanged"
        return self._reach(fact) if isinstance(fact, Reach) else self._checkin(fact)

    def _checkin(self, fact: CheckIn) -> str:
        zone = self._id("zone", fact.zone)
        return "added" if insert_checkin(self.connection, fact, zone=zone) else "unchanged"

    def _reach(self, fact: Reach) -> str:
        before = insert_reach(self.connection, fact)
        if before is None:
            return "added"
        return "unchanged" if before == fact.people else "extended"

    def _span(self, statement: str, fact: Activity | Presence, what: int) -> str:
        start = milliseconds(fact.start)
        length = milliseconds(fact.end) - start
        source = self._source(fact.source, fact.device, length)
        zone = self._id("zone", fact.zone)
        table = "activity" if isinstance(fact, Activity) else "presence"
        # Inserting is tried first: the row is nearly always new, and a look would cost as much.
        if self.connection.execute(
            f"INSERT OR IGNORE INTO {table} VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - a table of ours
            (source, start, length, what, zone),
        ).rowcount:
            return "added"
        changed = self.connection.execute(
            statement,
            {"source": source, "start": start, "length": length, "what": what, "zone": zone},
        )
        return "extended" if changed.rowcount else "unchanged"

    def _id(self, table: str, name: str) -> int:
        known = self._ids.get((table, name))
        if known is not None:
            return known
        text = clean(name)
        execute = self.connection.execute
        found = execute(f"SELECT id FROM {table} WHERE name = ?", (text,)).fetchone()  # noqa: S608 - a table of ours
        if found is None:
            found = execute(
                f"INSERT INTO {table} (name) VALUES (?) RETURNING id",  # noqa: S608
                (text,),
            ).fetchone()
        self._ids[table, name] = int(found[0])
        return int(found[0])

    def _long_id(self, table: str, name: str | None) -> int:
        """The id of a long text, found by its hash; 0 for none."""
        text = clean(name) if name else ""
        if not text:
            return 0
        digest = zlib.crc32(text.encode())
        execute = self.connection.execute
        found = execute(
            f"SELECT id FROM {table} WHERE hash = ? AND name = ?",  # noqa: S608
            (digest, text),
        ).fetchone()
        if found is None:
            found = execute(
                f"INSERT INTO {table} (hash, name) VALUES (?, ?) RETURNING id",  # noqa: S608
                (digest, text),
            ).fetchone()
        return int(found[0])

    def _context(self, fact: Activity) -> int:
        key = (fact.app, fact.title, fact.site, fact.page)
        known = self._contexts.get(key)
        if known is not None:
            return known
        parts = (
            self._long_id("title", fact.title),
            self._long_id("page", fact.page),
            self._id("app", fact.app),
            self._id("site", fact.site) if fact.site else 0,
        )
        execute = self.connection.execute
        found = execute(
            "SELECT id FROM context WHERE title = ? AND page = ? AND app = ? AND site = ?", parts
        ).fetchone()
        if found is None:
            found = execute(
                "INSERT INTO context (title, page, app, site) VALUES (?, ?, ?, ?) RETURNING id",
                parts,
            ).fetchone()
        elif self._is_deleted_from():
            marks.note_in_use(self.connection, int(found[0]))
        if len(self._contexts) >= MOST_REMEMBERED:
            self._contexts.clear()
        self._contexts[key] = int(found[0])
        return int(found[0])

    def _source(self, name: str, device: str, length: int) -> int:
        known = self._sources.get((name, device))
        execute = self.connection.execute
        if known is None:
            device_id = self._id("device", device)
            execute("INSERT OR IGNORE INTO source (name, device) VALUES (?, ?)", (name, device_id))
            known = execute(
                "SELECT id, longest FROM source WHERE name = ? AND device = ?", (name, device_id)
            ).fetchone()
        source, longest = known
        if length > longest:
            # Stretched by a half, so that a row that grows does not write this each time.
            longest = max(length * 3 // 2, 3_600_000)
            execute("UPDATE source SET longest = ? WHERE id = ?", (longest, source))
        self._sources[name, device] = (source, longest)
        return int(source)

    def _person(self, person: Person) -> str:
        before = self.connection.total_changes
        person_id(self.connection, person)
        return "added" if self.connection.total_changes > before else "unchanged"

    def _encounter(self, encounter: Encounter) -> str:
        same = self.connection.execute(
            "SELECT id FROM encounter WHERE start = ? AND length = ? AND channel = ?"
            " AND coalesce(place, '') = ?",
            (
                milliseconds(encounter.start),
                milliseconds(encounter.end) - milliseconds(encounter.start),
                encounter.channel.value,
                clean(encounter.place or ""),
            ),
        ).fetchall()
        people = {person_id(self.connection, Person(name=name)) for name in encounter.people}
        if any(people == self._people_of(number) for (number,) in same):
            return "unchanged"
        insert_encounter(
            self.connection, encounter, words="", zone=self._id("zone", encounter.zone)
        )
        return "added"

    def _people_of(self, encounter: int) -> set[int]:
        found = self.connection.execute(
            "SELECT person FROM encounter_person WHERE encounter = ?", (encounter,)
        )
        return {person for (person,) in found}


MOST_REMEMBERED = 50_000
"""Contexts whose ids a writer remembers: about 10 MB at most, in a daemon that runs for weeks."""
