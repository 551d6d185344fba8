"""Finishing a deletion that was cut short: whoever opens the database next does it."""

import contextlib
import sqlite3
from typing import Any

from disconnect.errors import DisconnectError
from disconnect.store import forgetting, marks, retiring

_LATER = (
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN,
)  # fmt: skip
"""What may be otherwise next time."""


def finish(connection: sqlite3.Connection) -> None:
    """Finish it, unless another program is at it right now.

    Where that cannot be done (a full disk, another program that reads on), the mark stays and
    the next one tries again; `status` and `doctor` say so.
    """
    try:
        with contextlib.suppress(DisconnectError, OSError), marks.alone(connection):
            told = marks.under_way(connection)
            if told is not None:
                _go_on(connection, told)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _LATER:
            raise


def _go_on(connection: sqlite3.Connection, told: dict[str, Any]) -> None:
    limits = told.get("retire")
    if isinstance(limits, dict):
        known = {name: at for name, at in limits.items() if isinstance(at, int)}
        retiring.go_on(connection, known)
    else:
        forgetting.go_on(connection, told)
