"""Rows on their way into the database: kept in memory while it cannot take them."""

import logging
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from collectors.facts.screen import Activity, Presence
from collectors.source import Fact
from disconnect.clock import milliseconds
from disconnect.daemon import memory
from disconnect.daemon.sessionizer import Changes, Row, Span
from disconnect.errors import DisconnectError
from disconnect.store.opening import is_damaged
from disconnect.store.writing import Writer

MOST_KEPT = 20_000
"""Rows kept while the disk is full: days of looks, about 10 MB."""

_CUT = """
    UPDATE {table} SET length = ? WHERE start = ? AND source = (
      SELECT source.id FROM source JOIN device ON device.id = source.device
      WHERE source.name = ? AND device.name = ?)
"""
_STANDS = """
    SELECT length FROM {table} WHERE start = ? AND source = (
      SELECT source.id FROM source JOIN device ON device.id = source.device
      WHERE source.name = ? AND device.name = ?)
"""
_Key = tuple[type, str, datetime]
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Ledger:
    """Writes what changed; what could not be written is tried again with the next look."""

    reopen: Callable[[], sqlite3.Connection]
    """Opens the database, and recovers it where it is damaged or gone."""
    detail: str = "working"
    lost: int = 0
    connection: sqlite3.Connection = field(init=False)
    _path: str = field(init=False)
    _file: tuple[int, int] | None = field(init=False)
    _writer: Writer = field(init=False)
    _waiting: dict[_Key, Row] = field(default_factory=dict, init=False)
    _cut: set[_Key] = field(default_factory=set, init=False)
    _lengths: dict[_Key, int] = field(default_factory=dict, init=False)
    _taken_away: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        """Open the database."""
        self._open()

    @property
    def works(self) -> bool:
        """Whether everything seen so far has been written, and nothing was lost."""
        return self.detail == "working"

    def put(self, changes: Changes) -> bool:
        """Write the changes, with what is still waiting; never raises for a full or busy disk.

        Returns:
            Whether an open row has been forgotten by the person meanwhile: it must not grow on.
        """
        for row in changes.cut:
            self._cut.add(_key(row))
            self._waiting[_key(row)] = row
        for row in changes.grown:
            self._waiting[_key(row)] = row
        if not self._waiting:
            return False
        self._taken_away = False
        if _file_at(self._path) != self._file:  # what is written to a file nobody can name is lost
            self._mend()
        try:
            self._write()
        except (sqlite3.Error, OSError) as error:
            self._keep(error)
            return False
        self._lengths = {key: _length(row) for key, row in self._waiting.items()}
        self._waiting.clear()
        self._cut.clear()
        self._note("working")
        return self._taken_away

    def remember_run(self, name: str, now: datetime, detail: str) -> None:
        """Note that a job ran; the log keeps what the database cannot take."""
        try:
            memory.remember_run(self.connection, name, now, detail)
        except sqlite3.Error as error:
            _log.warning("could not note that %s ran: %s", name, error)

    def recorded_after(self, device: str, wall: datetime) -> list[Span]:
        """Stretches recorded after an instant; none where the database cannot say."""
        try:
            return memory.recorded_after(self.connection, device, wall)
        except sqlite3.Error as error:
            _log.warning("could not read what is recorded: %s", error)
            return []

    def look_for_damage(self) -> None:
        """Put the file aside where it was torn: an open connection reads its own copy of pages."""
        if is_damaged(self._path):
            self._mend()

    def close(self) -> None:
        """Let go of the database."""
        try:
            self.connection.close()
        except sqlite3.Error as error:
            _log.warning("the database did not close cleanly: %s", error)

    def _write(self) -> None:
        for key in self._cut:
            if key in self._waiting:
                self._shorten(self._waiting[key])
        self._writer.write(list(self._waiting.values()), unless=self._is_forgotten)

    def _is_forgotten(self, fact: Fact) -> bool:
        """Whether a row that was written before is gone by now, or shorter than it was."""
        if not isinstance(fact, Activity | Presence) or _key(fact) not in self._lengths:
            return False
        found = self.connection.execute(
            _STANDS.format(table=_table(fact)), (milliseconds(fact.start), fact.source, fact.device)
        ).fetchone()
        gone = found is None or found[0] < self._lengths[_key(fact)]
        self._taken_away |= gone
        return gone

    def _shorten(self, row: Row) -> None:
        """Take back the end of a pause that turned out to be one: a writer only lengthens."""
        where = (milliseconds(row.start), row.source, row.device)
        self.connection.execute(_CUT.format(table=_table(row)), (_length(row), *where))
        self._lengths.pop(_key(row), None)

    def _open(self) -> None:
        self.connection = self.reopen()
        self._writer = Writer(self.connection)
        self._path = self.connection.execute("PRAGMA database_list").fetchone()[2]
        self._file = _file_at(self._path)

    def _mend(self) -> None:
        """Open the database anew, which puts a damaged one aside and saves what can be read."""
        try:
            self.close()
            self._open()
            self._lengths.clear()  # a row that is not in the new file was lost, not forgotten
        except (sqlite3.Error, OSError, DisconnectError) as error:
            _log.error("database: %s", error)

    def _keep(self, error: Exception) -> None:
        too_many = len(self._waiting) - MOST_KEPT
        for key in list(self._waiting)[: max(too_many, 0)]:
            del self._waiting[key]
            self.lost += 1
        if _is_damage(error):
            self._mend()
        lost = f", {self.lost} lost" if self.lost else ""
        self._note(f"cannot write ({error}); kept in memory and tried again{lost}")

    def _note(self, detail: str) -> None:
        if detail != self.detail:
            _log.log(logging.INFO if detail == "working" else logging.ERROR, "database: %s", detail)
        self.detail = detail


def _key(row: Row) -> _Key:
    return (type(row), row.source, row.start)


def _table(row: Row) -> str:
    return "activity" if isinstance(row, Activity) else "presence"


def _length(row: Row) -> int:
    return milliseconds(row.end) - milliseconds(row.start)


def _file_at(path: str) -> tuple[int, int] | None:
    """Which file a path leads to; None: to none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - every look asks
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_damage(error: Exception) -> bool:
    """Whether the file itself is broken, not merely full, busy or read-only."""
    ours = (sqlite3.OperationalError, sqlite3.IntegrityError, sqlite3.ProgrammingError)
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, ours)
