"""The daemon's connection: opened anew, as often as it takes, where its file is torn or gone."""

import logging
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field

from disconnect.errors import DisconnectError
from disconnect.store.writing import Writer

BUSY_MILLISECONDS = 500
"""Longest wait of a look for another writer: rows that are held are not lost."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Database:
    """The open database, or none while it cannot be opened.

    Args:
        reopen: Opens it, and recovers it where it is damaged or gone.
    """

    reopen: Callable[[], sqlite3.Connection]
    path: str = field(default="", init=False)
    writer: Writer = field(init=False)
    _connection: sqlite3.Connection | None = field(default=None, init=False)
    _file: tuple[int, int] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Open it."""
        self._open()

    @property
    def connection(self) -> sqlite3.Connection:
        """The open connection.

        Raises:
            sqlite3.OperationalError: It could not be opened again after it was damaged or gone.
        """
        if self._connection is None:
            raise sqlite3.OperationalError("it is not open")
        return self._connection

    @property
    def is_open(self) -> bool:
        """True unless the last try to open it anew failed."""
        return self._connection is not None

    @property
    def is_elsewhere(self) -> bool:
        """True if its path leads to another file by now, or to none."""
        return _file_at(self.path) != self._file

    def mend(self) -> bool:
        """Open it anew, which puts a damaged file aside and saves what can be read.

        Returns:
            Whether it is open; if not, the next call tries again.
        """
        self.close()
        try:
            self._open()
        except (sqlite3.Error, OSError, DisconnectError) as error:
            _log.error("database: %s", error)
        return self.is_open

    def close(self) -> None:
        """Let go of it."""
        opened, self._connection = self._connection, None
        try:
            if opened:
                opened.close()
        except sqlite3.Error as error:
            _log.warning("the database did not close cleanly: %s", error)

    def _open(self) -> None:
        opened = self.reopen()
        opened.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        self.writer = Writer(opened)
        self.path = opened.execute("PRAGMA database_list").fetchone()[2]
        self._file = _file_at(self.path)
        self._connection = opened


def is_damage(error: Exception) -> bool:
    """True if the file itself is broken, not merely full, busy or read-only."""
    ours = (sqlite3.OperationalError, sqlite3.IntegrityError, sqlite3.ProgrammingError)
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, ours)


def _file_at(path: str) -> tuple[int, int] | None:
    """Which file a path leads to; None: to none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - every look asks
    except OSError:
        return None
    return found.st_dev, found.st_ino
