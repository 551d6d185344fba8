"""Opening the one SQLite file: private, in WAL mode, at the newest schema."""

import contextlib
import errno
import os
import sqlite3
import stat
from pathlib import Path
from typing import Any

from disconnect.errors import DisconnectError, NothingThereError
from disconnect.store import marks, migrating, taking_in
from disconnect.store.held import BESIDE, NAME
from disconnect.store.texts import clean

BUSY_MILLISECONDS = 5000
TAKING_IN_MILLISECONDS = 500
LEAST_ROOM = 1 << 17
"""Bytes SQLite wants at once: its shared memory grows by 32 kB, the log by pages."""
NOTHING_YET = (
    "there is no data yet; collect some with disconnect start, or bring in history"
    " with disconnect import browsers"
)
_DAMAGE = ("malformed", "not a database", "encrypted", "corrupt", "unsupported file format")
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_SCHEMA, sqlite3.SQLITE_FULL)
"""What keeps SQLite from looking at a file says nothing of the file."""


class Database(sqlite3.Connection):
    """A connection that calls nonsense in the file damage, whatever its letters are.

    SQLite quotes what it finds in its errors; where that is no text, Python raises an error about
    letters instead, which no caller would take for one of the database.
    """

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run one statement.

        Raises:
            sqlite3.Error: It cannot be run; the base class says more.
        """
        try:
            return super().execute(sql, parameters)
        except UnicodeDecodeError as error:
            raise migrating.malformed("it describes its tables in no text") from error


class CorruptDatabaseError(DisconnectError):
    """The file is damaged; `recovering.recover` saves what can be read."""


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open the database; for writing it is made where it is missing, and migrated.

    Transactions are explicit (`BEGIN IMMEDIATE`). What a collector holds beside the database and has
    not written yet is taken in first, so that whoever asks knows all up to the last look.

    Raises:
        NothingThereError: Opened for reading, and there is none yet.
        CorruptDatabaseError: The file is no database, or damaged.
        DisconnectError: It was written by a newer disconnect, or cannot be opened.
    """
    _refuse_no_file(path)
    try:
        if read_only and not path.exists():
            raise NothingThereError(NOTHING_YET)
        return _up_to_date(_opened(path, read_only=read_only), path, read_only=read_only)
    except sqlite3.DatabaseError as error:
        raise explained(path, error) from error
    except OSError as error:
        raise DisconnectError(
            f"cannot {'read' if read_only else 'write'} the database {path} ({error.strerror});"
            " choose a folder you can write with --home"
        ) from error


def _refuse_no_file(path: Path) -> None:
    """Refuse what SQLite would wait for, or call unwritable: a folder, a pipe, a link to itself."""
    for ending in ("", "-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        try:
            is_one = stat.S_ISREG(beside.stat().st_mode)
        except FileNotFoundError:
            continue
        except OSError as error:
            if error.errno != errno.ELOOP:
                continue  # opening it says what is the matter
            is_one = False
        if not is_one:
            raise DisconnectError(
                f"{beside} stands where the database should, and is no file; move it away and"
                " try again"
            )


def _opened(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if not read_only:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made private before SQLite touches it; -wal and -shm take over its mode.
        handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            if os.fstat(handle).st_mode & 0o077:
                os.fchmod(handle, 0o600)  # copied here by hand, perhaps
        finally:
            os.close(handle)
    # Where nobody can write, the log's shared memory cannot be made, and nobody changes the file.
    frozen = read_only and not os.access(path.parent, os.W_OK)
    how = "mode=ro&immutable=1" if frozen else "mode=rw"
    address = f"{path.absolute().as_uri()}?{how}"
    connection = sqlite3.connect(
        address,
        uri=True,
        isolation_level=None,
        timeout=BUSY_MILLISECONDS / 1000,
        factory=Database,
    )
    try:
        if read_only:
            migrating.refuse_newer(connection, path)
            _refuse_empty(connection)
            connection.execute("PRAGMA query_only = ON")
        else:
            _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _up_to_date(
    connection: sqlite3.Connection, path: Path, *, read_only: bool
) -> sqlite3.Connection:
    """Take in what a collector holds beside the database, then finish what is being deleted.

    A question is answered without the newest minutes rather than not at all: a database that is
    busy, full or not ours takes them in another time. Returns the connection, in any case.
    """
    beside = path.with_name(NAME)
    is_held = path.name == BESIDE and beside.exists()
    try:
        if not is_held and not marks.is_under_way(connection):
            return connection
        if not read_only:
            _bring_up_to_date(connection, beside if is_held else None)
        elif os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
            with contextlib.closing(_opened(path, read_only=False)) as writing:
                _bring_up_to_date(writing, beside if is_held else None)
    except (DisconnectError, OSError):
        return connection
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, beside: Path | None) -> None:
    if beside:
        with contextlib.suppress(sqlite3.Error, OSError, DisconnectError):
            _take_in(connection, beside)
    if marks.is_under_way(connection):
        from disconnect.store.finishing import finish  # only where there is something to do

        finish(connection)


def _take_in(connection: sqlite3.Connection, beside: Path) -> None:
    connection.execute(f"PRAGMA busy_timeout = {TAKING_IN_MILLISECONDS}")
    try:
        taking_in.take_in(connection, beside)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")


def _refuse_empty(connection: sqlite3.Connection) -> None:
    """A file that was made, and never written to, has no tables to ask."""
    if not migrating.version(connection):
        raise NothingThereError(NOTHING_YET)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    # What is deleted is overwritten, so that forgetting is forgetting.
    connection.execute("PRAGMA secure_delete = ON")
    migrating.migrate(connection, path)


def damage(connection: sqlite3.Connection) -> str | None:
    """What is torn in the file, or points at what is not there; None: it is sound, or busy."""
    try:
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        stray = connection.execute("PRAGMA foreign_key_check").fetchone()
    except UnicodeDecodeError:
        return "it describes its tables in no text"
    except sqlite3.DatabaseError as error:
        return None if error.sqlite_errorcode & 0xFF in _BUSY else _in_one_line(error)
    if verdict != "ok":
        return " ".join(verdict.split())
    return f"rows of {stray[0]} belong to a {stray[2]} that is not there" if stray else None


def is_damaged(path: str | Path) -> bool:
    """Whether the file as it lies on the disk is torn; one that is not there is not."""
    try:
        connection = connect(Path(path), read_only=True)
    except CorruptDatabaseError:
        return True
    except DisconnectError:
        return False
    try:
        return damage(connection) is not None
    finally:
        connection.close()


def damaged(path: Path, how: str) -> CorruptDatabaseError:
    """What a damaged database means for a person, and what to do."""
    return CorruptDatabaseError(
        f"the database {path} is damaged ({how}); disconnect start puts it aside and saves"
        " what can be read"
    )


def explained(path: Path, error: Exception) -> DisconnectError:
    """What SQLite's error means for a person, and what to do."""
    words = _in_one_line(error)
    if any(sign in words for sign in _DAMAGE):
        return damaged(path, words)
    if "full" in words or ("I/O error" in words and no_room(path.parent)):
        return DisconnectError(f"no room on the disk for {path}: free some and try again")
    if "unable to open" in words:
        return DisconnectError(
            f"cannot open the database {path}: it, or its folder, is not yours to open; choose"
            " another home with --home"
        )
    if "readonly" in words:
        return DisconnectError(
            f"cannot write the database {path} ({words}); choose a folder you can write with --home"
        )
    return DisconnectError(f"cannot use the database {path}: {words}")


def _in_one_line(error: Exception) -> str:
    """SQLite's error without the nonsense, of many lines perhaps, that it quotes from the file."""
    return clean(" ".join(str(error).split()), 120)


def no_room(folder: Path) -> bool:
    """Whether the disk is so full that the log's shared memory cannot grow."""
    import shutil  # its archive formats cost the background process a megabyte

    try:
        return shutil.disk_usage(folder).free < LEAST_ROOM
    except OSError:
        return False
