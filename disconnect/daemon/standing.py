"""Rows known to stand in the database: one that is gone from it was forgotten."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from disconnect.daemon.holding import Holding
from disconnect.store import taking_in
from disconnect.store.held import Key, LastLook, Row, key_of, length_of


@dataclass(slots=True)
class Standing:
    """The lengths with which rows were written, by this collector or by whoever took them in.

    Args:
        holding: The file that others take in; None: nobody can.
    """

    holding: Holding | None
    _lengths: dict[Key, int] = field(default_factory=dict, init=False)
    _known: LastLook | None = field(default=None, init=False)
    _version: int = field(default=-1, init=False)

    def read(self, connection: sqlite3.Connection) -> None:
        """Read up to which look the rows were taken in."""
        self._known = taking_in.last_look(connection) if self.holding else None

    def has_changed(self, connection: sqlite3.Connection) -> bool:
        """True if another program has written since this was asked last."""
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        changed = bool(version != self._version)
        self._version = version
        return changed

    def wrote(self, rows: Iterable[Row]) -> None:
        """Remember the rows that were written just now; those before are done with."""
        self._lengths = {key_of(row): length_of(row) for row in rows}

    def shortened(self, row: Row) -> None:
        """Forget the length of a row whose end was taken back."""
        self._lengths.pop(key_of(row), None)

    def lost(self, connection: sqlite3.Connection) -> None:
        """Know of nothing any more: the file is another one, and what it lacks was not forgotten."""
        self._lengths.clear()
        self._known = None
        taking_in.forget_look(connection)

    def is_forgotten(self, connection: sqlite3.Connection, row: Row) -> bool:
        """True if a row that stood in the database is gone by now, or shorter than it was."""
        known = self._lengths.get(key_of(row), 0)
        if self.holding:
            known = max(known, self.holding.taken_in(self._known, row))
        return taking_in.is_forgotten(connection, row, known)
