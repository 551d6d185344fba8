"""Marks in the database that a deletion is under way, so that whoever comes next finishes it."""

import contextlib
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from disconnect import files
from disconnect.errors import DisconnectError

if sys.platform != "win32":
    import fcntl

UNDER_WAY = "deleting"
"""The fact that holds what is being deleted (JSON); `{}`: rows are gone, bytes are not yet."""
PROGRESS = "deleting_pages"
_IN_USE = "in_use:"
LOCK = "forgetting.lock"


def is_under_way(connection: sqlite3.Connection) -> bool:
    """True while something is being deleted, or a deletion was cut short."""
    found = connection.execute("SELECT 1 FROM fact_of_home WHERE name = ?", (UNDER_WAY,))
    return found.fetchone() is not None


def under_way(connection: sqlite3.Connection) -> dict[str, Any] | None:
    """What is being deleted; empty: only bytes are left to overwrite; None: nothing."""
    found = connection.execute(
        "SELECT value FROM fact_of_home WHERE name = ?", (UNDER_WAY,)
    ).fetchone()
    if found is None:
        return None
    try:
        told = json.loads(found[0])
    except (TypeError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def note(connection: sqlite3.Connection, what: dict[str, Any]) -> None:
    """Note what is being deleted; the caller holds the transaction."""
    connection.execute(
        "INSERT OR REPLACE INTO fact_of_home VALUES (?, ?)", (UNDER_WAY, json.dumps(what))
    )


def note_progress(connection: sqlite3.Connection, page: int) -> None:
    """Note how far bytes are overwritten; the caller holds the transaction."""
    connection.execute("INSERT OR REPLACE INTO fact_of_home VALUES (?, ?)", (PROGRESS, str(page)))


def note_done(connection: sqlite3.Connection) -> None:
    """Take all marks away."""
    connection.execute(
        "DELETE FROM fact_of_home WHERE name IN (?, ?) OR (name >= ? AND name < ?)",
        (UNDER_WAY, PROGRESS, _IN_USE, _IN_USE[:-1] + ";"),
    )


def note_in_use(connection: sqlite3.Connection, context: int) -> None:
    """Note that a writer uses a context again that a deletion may hold for needless."""
    connection.execute(
        "INSERT OR IGNORE INTO fact_of_home VALUES (?, '')", (f"{_IN_USE}{context}",)
    )


IN_USE = (
    f"SELECT CAST(substr(name, {len(_IN_USE) + 1}) AS INTEGER) FROM fact_of_home"  # noqa: S608 - ours
    f" WHERE name >= '{_IN_USE}' AND name < '{_IN_USE[:-1]};'"
)
"""The contexts that were noted so."""


@contextlib.contextmanager
def alone(connection: sqlite3.Connection) -> Iterator[None]:
    """Let nobody else delete meanwhile; the kernel lets go of it when the process ends.

    Raises:
        DisconnectError: Another program is deleting.
    """
    (_, _, file) = connection.execute("PRAGMA database_list").fetchone()
    lock = Path(file).with_name(LOCK)
    if sys.platform == "win32":  # it has no such lock
        yield
        return
    handle = _locked(lock)
    if handle is None:
        raise DisconnectError(
            "another disconnect is deleting; wait until it is done, and try again"
        )
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(handle)


def _locked(lock: Path) -> int | None:
    """Open and lock the file; None: another process has it."""
    while True:
        try:
            handle = files.made(lock)
        except FileExistsError:
            try:
                handle = os.open(lock, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
            except FileNotFoundError:
                continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(handle), lock.lstat()):
                return handle
        except BlockingIOError:
            os.close(handle)
            return None
        except FileNotFoundError:  # whoever had it took it away
            pass
        os.close(handle)
