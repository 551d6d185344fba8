"""Consistent copies of the database, while others write to it."""

import contextlib
import os
import sqlite3
from pathlib import Path

from disconnect import files
from disconnect.errors import DisconnectError
from disconnect.store.opening import CorruptDatabaseError, damage


def backup(connection: sqlite3.Connection, path: Path) -> None:
    """Write a consistent copy of the database, while others may write to it.

    Raises:
        DisconnectError: It cannot be written, or the database is damaged: a copy of it could not
            be restored.
    """
    refuse_itself(connection, path)
    files.refuse_what_stands_there(path)
    draft = _draft(connection, path)
    try:
        os.close(files.made(draft))
        with contextlib.closing(sqlite3.connect(draft)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            torn = damage(copy)
        if torn:
            raise CorruptDatabaseError(
                f"the database is damaged ({torn}), and so would be its copy; disconnect start"
                " saves what can be read, then back it up"
            )
        files.put_in_place(draft, path)
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise DisconnectError(f"cannot write {path}: {why}") from error
    finally:
        for ending in ("", "-journal"):
            with contextlib.suppress(OSError):  # there is none where all went well
                draft.with_name(draft.name + ending).unlink()


def _draft(connection: sqlite3.Connection, path: Path) -> Path:
    """Where a copy is made: at home, where `forget` finds what a killed process left of it."""
    (_, _, file) = connection.execute("PRAGMA database_list").fetchone()
    home = Path(file).parent
    return files.new_name(Path(file) if os.access(home, os.W_OK) else path)


def refuse_itself(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse to write over the database, or the files beside it, that is being copied."""
    (_, _, file) = connection.execute("PRAGMA database_list").fetchone()
    ours = {Path(file + ending).resolve() for ending in ("", "-wal", "-shm")}
    if path.resolve() in ours:
        raise DisconnectError(f"{path} is the database itself; choose another name")
