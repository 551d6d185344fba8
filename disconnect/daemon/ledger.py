"""Rows on their way into the database: held beside it until it takes them."""

import logging
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from collectors.facts.screen import Activity, Presence
from collectors.source import Fact
from disconnect.daemon import memory
from disconnect.daemon.database import Database, is_damage
from disconnect.daemon.holding import WORTH_WRITING, Holding
from disconnect.daemon.sessionizer import Changes, Row, Span
from disconnect.daemon.standing import Standing
from disconnect.store import taking_in
from disconnect.store.held import NAME, Key, LastLook, key_of
from disconnect.store.opening import is_damaged

MOST_KEPT = 20_000
"""Rows kept in memory while the database takes none: days of looks, about 10 MB."""
CLOSED_AFTER = 30.0
"""Seconds after which a row that has ended goes into the database."""
OPEN_AFTER = 900.0
"""Seconds after which one that has not ended does."""
TRIED_AFTER = 5.0
"""Seconds between two tries while the database takes nothing."""
LAST_TRIES = 8

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Ledger:
    """Writes what changed, some at a time; what the database cannot take is held and tried again.

    Args:
        reopen: Opens the database, and recovers it where it is damaged or gone.
        holding: The file beside it; None: every change is written at once.
        steady: Seconds on a clock that is never set.
    """

    reopen: Callable[[], sqlite3.Connection]
    holding: Holding | None = None
    steady: Callable[[], float] = time.monotonic
    detail: str = "working"
    lost: int = 0
    before: LastLook | None = field(default=None, init=False)
    """The newest look of the collector before this one."""
    _database: Database = field(init=False)
    _waiting: dict[Key, Row] = field(default_factory=dict, init=False)
    _cut: set[Key] = field(default_factory=set, init=False)
    _open: dict[Key, Row] = field(default_factory=dict, init=False)
    _described: set[Key] = field(default_factory=set, init=False)
    _standing: Standing = field(init=False)
    _ended_at: float | None = field(default=None, init=False)
    """Seconds (steady) at which the oldest row that ended and is not written was seen to end."""
    _written_at: float = field(default=float("-inf"), init=False)
    _tried_at: float = field(default=float("-inf"), init=False)
    _taken_away: bool = field(default=False, init=False)
    _spilled: int = field(default=0, init=False)
    """Rows that are in the file beside the database and no longer in memory."""

    def __post_init__(self) -> None:
        """Open the database, and take over what another collector left behind."""
        self._database = Database(self.reopen)
        self._standing = Standing(self.holding)
        self.before = taking_in.last_look(self.connection)
        if self.holding is None:
            return
        left = self.holding.left
        if left and (self.before is None or self.before != left.look):
            # The database could not take it in when it was opened: it may be full, or busy.
            self.before = left.look
            self._waiting = {key_of(row): row for row in left.rows}
            self._cut = set(left.cut)
        self.holding.reset(self._waiting.values(), self.holding.look.until, cut=self._cut)

    @property
    def connection(self) -> sqlite3.Connection:
        """The open database.

        Raises:
            sqlite3.OperationalError: It could not be opened again after it was damaged or gone.
        """
        return self._database.connection

    @property
    def works(self) -> bool:
        """Whether everything seen so far is where it should be, and nothing was lost."""
        return self.detail == "working"

    def put(self, changes: Changes, now: datetime | None = None) -> bool:
        """Take in what a look changed; never raises for a full or busy disk.

        Args:
            changes: The rows that grew, or were cut.
            now: When the look was made; None: when the newest row ends.

        Returns:
            Whether an open row has been forgotten by the person meanwhile: it must not grow on.
        """
        every = (*changes.cut, *changes.grown)
        at = _whole(now) if now else max((row.end for row in every), default=None)
        self._take(changes, at)
        self._taken_away = False
        forgotten = self.refresh()
        if at:
            told = (*every, *self._described_rows())
            self._hold([row for row in told if key_of(row) in self._waiting], at)
        if self._is_due():
            self._write_through(at)
        self._bound()
        return forgotten or self._taken_away

    def refresh(self) -> bool:
        """Let go of rows that were forgotten meanwhile; True if an open one was among them."""
        if not self._database.is_open:
            return False
        every = self._open | self._waiting
        try:
            if not self._standing.has_changed(self.connection):
                return False
            self._standing.read(self.connection)
            gone = {key for key, row in every.items() if self._is_forgotten(row)}
        except sqlite3.Error as error:
            if self._waiting or not is_damage(error):
                self._keep(error)
            else:
                self._mend()
            return False
        if not gone:
            return False
        was_open = bool(gone & self._open.keys())
        for key in gone:
            self._waiting.pop(key, None)
            self._open.pop(key, None)
        if self.holding:
            kept = (self._open | self._waiting).values()
            self.holding.reset(kept, self.holding.look.until, cut=self._cut)
        return was_open

    def flush(self, at: datetime | None = None) -> bool:
        """Write all that waits; True if nothing waits any more."""
        if self._waiting:
            self._write_through(at)
        return not self._waiting

    def describe(self, rows: list[Activity]) -> bool:
        """Say what rows that were written before show; never brings back one that is gone.

        Returns:
            Whether it could be written.
        """
        known = {key_of(row): row for row in rows}
        for rows_held in (self._waiting, self._open):
            for key in known.keys() & rows_held.keys():
                rows_held[key] = _described(rows_held[key], known[key])
        self._described |= known.keys()
        try:
            if rows:
                self._database.writer.describe(rows)
        except (sqlite3.Error, OSError) as error:
            _log.warning("what pages showed is written later: %s", error)
            return False
        return True

    def remember_run(self, name: str, now: datetime, detail: str) -> None:
        """Note that a job ran; the log keeps what the database cannot take."""
        try:
            memory.remember_run(self.connection, name, now, detail)
        except sqlite3.Error as error:
            _log.warning("could not note that %s ran: %s", name, error)

    def recorded_after(self, device: str, wall: datetime) -> list[Span]:
        """Stretches recorded after an instant; none where the database cannot say."""
        self.flush()
        try:
            return memory.recorded_after(self.connection, device, wall)
        except sqlite3.Error as error:
            _log.warning("could not read what is recorded: %s", error)
            return []

    def look_for_damage(self) -> None:
        """Put the file aside where it was torn: an open connection reads its own copy of pages."""
        if is_damaged(self._database.path):
            self._mend()

    def close(self, ended: str = "") -> None:
        """Write what waits, or leave it in the file beside the database; then let go of both.

        Args:
            ended: Why the collector ends, as `LastLook` has it.
        """
        for _ in range(LAST_TRIES):
            if self.flush():
                break
        kept = 0 if self.holding is None or self.holding.detail else len(self._waiting)
        self.lost += len(self._waiting) - kept
        if kept:
            _log.warning("%d rows wait in %s for the next start", kept, NAME)
        if self.lost:
            _log.error("%d rows are lost: %s", self.lost, self.detail)
        if self.holding:
            self.holding.end(ended, self.lost)
        self._database.close()

    def _described_rows(self) -> list[Row]:
        """The rows that were described since the last look, once."""
        keys, self._described = self._described, set()
        return [self._waiting[key] for key in keys - self._open.keys() if key in self._waiting]

    def _take(self, changes: Changes, at: datetime | None) -> None:
        for row in changes.cut:
            self._cut.add(key_of(row))
            self._waiting[key_of(row)] = row
        for row in changes.grown:
            self._waiting[key_of(row)] = row
        still = {key_of(row): row for row in changes.grown if row.end == at}
        ended = (self._open.keys() - still.keys()) & self._waiting.keys()
        if self._ended_at is None and (changes.cut or ended):
            self._ended_at = self.steady()
        self._open = still

    def _hold(self, rows: list[Row], at: datetime) -> None:
        """Put the rows beside the database; all that wait where that failed before."""
        if self.holding is None:
            return
        if self.holding.detail:
            self.lost, self._spilled = self.lost + self._spilled, 0  # they are not in it any more
            self.holding.reset((self._open | self._waiting).values(), at, cut=self._cut)
        else:
            self.holding.note(rows, self._cut, at)

    def _is_due(self) -> bool:
        """True if the database should have the waiting rows by now."""
        if not self._waiting:
            return False
        now = self.steady()
        if not self.works:
            return now - self._tried_at >= TRIED_AFTER or self.holding is None
        if self.holding is None or self.holding.detail or self.holding.size > WORTH_WRITING:
            return True
        if self._database.is_elsewhere:
            return True
        ended = self._ended_at is not None and now - self._ended_at >= CLOSED_AFTER
        return ended or now - self._written_at >= OPEN_AFTER

    def _write_through(self, at: datetime | None) -> None:
        self._tried_at = self.steady()
        if not self._database.is_open or self._database.is_elsewhere:
            self._mend()  # what is written to a file nobody can name is lost
        try:
            if self._spilled and self.holding:
                taking_in.take_in(self.connection, self.holding.path)
            self._write()
        except (sqlite3.Error, OSError) as error:
            self._keep(error)
            return
        self._standing.wrote(self._waiting.values())
        open_rows = [row for key, row in self._open.items() if key in self._waiting]
        self._waiting.clear()
        self._cut.clear()
        self._written_at, self._ended_at, self._spilled = self._tried_at, None, 0
        if self.holding:
            at = at or self.holding.look.until
            self.holding.reset(open_rows, at, all_written=True)
        self._note("working")

    def _write(self) -> None:
        def first() -> None:
            cut = [self._waiting[key] for key in self._cut if key in self._waiting]
            taking_in.shorten(self.connection, cut)
            for row in cut:
                self._standing.shortened(row)
            if self.holding:
                self._standing.read(self.connection)
                taking_in.remember_look(self.connection, self.holding.look)

        self._database.writer.write(
            list(self._waiting.values()), unless=self._is_forgotten, first=first
        )

    def _is_forgotten(self, fact: Fact) -> bool:
        """True if a row that was written before is gone by now, or shorter than it was."""
        if not isinstance(fact, Activity | Presence):
            return False
        gone = self._standing.is_forgotten(self.connection, fact)
        self._taken_away |= gone and key_of(fact) in self._open
        return gone

    def _bound(self) -> None:
        """Keep no more in memory than fits; the file beside the database has it all."""
        too_many = len(self._waiting) - MOST_KEPT
        if too_many <= 0:
            return
        ended = [key for key in self._waiting if key not in self._open][:too_many]
        for key in ended:
            del self._waiting[key]
        if self.holding and not self.holding.detail:
            self._spilled += len(ended)
        else:
            self.lost += len(ended)
            self._note(f"{self.detail.partition(', ')[0]}, {self.lost} lost")

    def _keep(self, error: Exception) -> None:
        if is_damage(error):
            self._mend()
        place = "memory" if self.holding is None or self.holding.detail else NAME
        lost = f", {self.lost} lost" if self.lost else ""
        self._note(f"cannot write ({error}); kept in {place} and tried again{lost}")

    def _mend(self) -> None:
        """Open it anew; a row that is not in it then was lost, not forgotten."""
        if not self._database.mend():
            return
        try:
            self._standing.lost(self.connection)
        except sqlite3.Error as error:
            _log.warning("could not note that the database is a new one: %s", error)

    def _note(self, detail: str) -> None:
        if detail != self.detail:
            _log.log(logging.INFO if detail == "working" else logging.ERROR, "database: %s", detail)
        self.detail = detail


def _whole(instant: datetime) -> datetime:
    """The instant in whole milliseconds, as rows have it."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def _described(row: Row, known: Activity) -> Row:
    """A row that is held, with what is known of it by now."""
    if not isinstance(row, Activity):
        return row
    return replace(row, title=known.title, site=known.site, page=known.page)
