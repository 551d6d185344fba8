"""The daemon put together: lock, log, database and sources; then it runs until it is stopped."""

import logging
import signal
import sqlite3
from dataclasses import dataclass, field

from collectors.registry import live
from disconnect import settings as settings_file
from disconnect.clock import Clock
from disconnect.daemon import boots, logs
from disconnect.daemon.holding import Holding
from disconnect.daemon.ledger import Ledger
from disconnect.daemon.lock import alone_in
from disconnect.daemon.looking import Looking
from disconnect.daemon.loop import Daemon
from disconnect.errors import DisconnectError
from disconnect.home import Home
from disconnect.store.opening import CorruptDatabaseError, connect, damage, damaged, explained
from disconnect.store.recovering import recover

_log = logging.getLogger(__name__)


def run_here(home: Home, clock: Clock) -> None:
    """Watch in this process until it is told to stop.

    Raises:
        AlreadyRunningError: A daemon watches in this home already.
        DisconnectError: The settings are wrong, or the home cannot be written.
    """
    settings = settings_file.load(home.settings)
    # Whoever finds the lock held may ask how it is before the loop can answer.
    for question in (signal.SIGUSR1, signal.SIGUSR2):
        signal.signal(question, signal.SIG_IGN)
    with alone_in(home) as holds:
        logs.begin(home.log)
        opening = Opening(home, clock)
        try:
            ledger = Ledger(opening, _holding(home, clock))
            daemon = Daemon(
                home, clock, settings, ledger, _looking(opening.notes), opening.notes, holds
            )
            daemon.run()
        except DisconnectError:
            raise
        except sqlite3.Error as error:
            raise explained(home.database, error) from error
        except Exception:
            _log.exception("stopped by an error of its own")
            raise


@dataclass(slots=True)
class Opening:
    """Opens the database; a damaged one is put aside, and what can be read of it is kept."""

    home: Home
    clock: Clock
    notes: list[str] = field(default_factory=list)
    """What was put aside and kept, or is gone, for `status`."""
    _was_there: bool = field(default=False, init=False)

    def __call__(self) -> sqlite3.Connection:
        """Open it."""
        if self._was_there and not self.home.database.exists():
            gone = f"{self.home.database} was taken away; a new one was begun"
            self.notes.append(gone)
            _log.warning("%s", gone)
        self._was_there = True
        try:
            return self._sound()
        except CorruptDatabaseError:
            recovered = recover(self.home.database, self.clock())
            self.notes.append(str(recovered))
            _log.warning("%s", recovered)
            return connect(self.home.database)

    def _sound(self) -> sqlite3.Connection:
        connection = connect(self.home.database)
        torn = damage(connection)
        if torn is None:
            return connection
        connection.close()
        raise damaged(self.home.database, torn)


def _holding(home: Home, clock: Clock) -> Holding | None:
    """The file beside the database; without it every change is written at once."""
    holding = Holding(home.held, boots.boot_id())
    try:
        holding.begin(clock())
    except OSError as error:
        _log.error("cannot use %s: %s", home.held, error.strerror or error)
        return None
    return holding


def _looking(notes: list[str]) -> Looking:
    sources = live()
    for name, why in sources.left_out.items():
        notes.append(f"source {name} is left out: {why}")
        _log.warning("%s", notes[-1])
    return Looking.over(sources.desktops, sources.programs, sources.attendances)
