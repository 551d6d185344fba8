"""A readable copy of a SQLite file that a running browser holds locked."""

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from collectors.browsers.guarding import LARGEST, guard

TRIES = 3
"""A copy taken under writes can be torn; in over a thousand tries the second was always whole."""

BESIDE = ("-wal", "-journal")
PREFIX = "disconnect-history-"
_LONGEST_REASON = 160
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of ours is made in it, 0700
LEFT_BEHIND = 3600.0
"""A copy lives for seconds; one an hour older than a new one belongs to a killed process [s]."""


class UnreadableError(Exception):
    """The history cannot be read; the message says why."""


@contextlib.contextmanager
def copied(history: Path, *, briefly: bool = False) -> Iterator[sqlite3.Connection]:
    """Open a private copy of a history, and remove it afterwards.

    The main file is copied first, then its `-wal` and `-journal`: the other order copies a
    journal that the main file has already outrun.

    Args:
        history: The browser's file.
        briefly: Whether it is asked one question only, and often: the copy lies in memory where it
            fits, and counts as whole if the browser wrote nothing meanwhile. Checking every page
            of it, as is done otherwise, takes longer than the question.

    Raises:
        UnreadableError: It is not there, may not be read, or is damaged.
    """
    with tempfile.TemporaryDirectory(
        prefix=PREFIX, dir=_roomy(history) if briefly else None
    ) as folder:
        _remove_left_behind(Path(folder))  # the folder is 0700
        connection = _whole_copy(history, Path(folder), briefly=briefly)
        try:
            yield connection
        except sqlite3.DatabaseError as error:
            raise UnreadableError(f"cannot be read: {_told(error)}") from error
        finally:
            connection.close()


def last_written(history: Path) -> datetime:
    """When the browser last wrote its history: until then it can speak of what was open.

    Raises:
        UnreadableError: It is not there, or may not be asked.
    """
    moments = []
    try:
        moments.append(history.stat().st_mtime)
    except OSError as error:
        raise UnreadableError(f"cannot be copied: {error.strerror}") from error
    for ending in BESIDE:
        with contextlib.suppress(FileNotFoundError):  # either, or none, is there
            moments.append(history.with_name(history.name + ending).stat().st_mtime)
    return datetime.fromtimestamp(max(moments), UTC)


def stamp(history: Path) -> list[int]:
    """Return what changes whenever the browser writes: times [ns] and sizes of its files.

    Raises:
        UnreadableError: It is not there, or may not be asked.
    """
    try:
        found = [history.stat()]
    except OSError as error:
        raise UnreadableError(f"cannot be copied: {error.strerror}") from error
    for ending in BESIDE:
        with contextlib.suppress(OSError):  # either, or none, is there
            found.append(history.with_name(history.name + ending).stat())
    return [number for one in found for number in (one.st_mtime_ns, one.st_size)]


def _roomy(history: Path) -> Path | None:
    """The folder of files in memory, where it has room to spare; None: the usual one."""
    try:
        free = shutil.disk_usage(IN_MEMORY).free
        needed = sum(stamp(history)[1::2])
    except (OSError, UnreadableError):
        return None
    return IN_MEMORY if needed * 2 < free and os.access(IN_MEMORY, os.W_OK) else None


def _remove_left_behind(own: Path) -> None:
    now = own.stat().st_mtime
    for folder in own.parent.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # another reader has just removed its own
            if folder.stat().st_mtime < now - LEFT_BEHIND:
                shutil.rmtree(folder, ignore_errors=True)


def _whole_copy(history: Path, folder: Path, *, briefly: bool) -> sqlite3.Connection:
    why = ""
    for attempt in range(TRIES):
        copy = folder / f"copy-{attempt}"
        before = stamp(history)
        if sum(before[1::2]) > LARGEST:
            raise UnreadableError(f"has more than {LARGEST >> 20} MB: it is no browser's history")
        try:
            shutil.copyfile(history, copy)
            for ending in BESIDE:
                beside = history.with_name(history.name + ending)
                with contextlib.suppress(FileNotFoundError):  # either, or none, is there
                    shutil.copyfile(beside, copy.with_name(copy.name + ending))
        except OSError as error:
            raise UnreadableError(f"cannot be copied: {error.strerror}") from error
        connection = sqlite3.connect(copy)
        try:
            guard(connection, sum(before[1::2]))
            if briefly and stamp(history) == before:
                return connection
            (why,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if why == "ok":
                return connection
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            why = _told(error)
        connection.close()
    raise UnreadableError(f"is damaged: {why}")


def _told(error: Exception) -> str:
    """The error in a line, without the nonsense that SQLite quotes from the file."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
        return "it takes too long for a file of its size"
    return " ".join(str(error).split())[:_LONGEST_REASON]


def columns(connection: sqlite3.Connection, table: str) -> set[str]:
    """The columns that this version's table has; none when there is no such table."""
    return {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
