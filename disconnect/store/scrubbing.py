"""What deleting leaves to do: bytes in the write-ahead log, and between the rows of pages."""

import contextlib
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from disconnect.errors import DisconnectError
from disconnect.store import blanking, marks
from disconnect.store.turns import LONGEST_TURN, Turns, roll_back

_REWRITTEN_AT_MOST = 4_000_000
"""Bytes in use up to which a file is rewritten where that makes it smaller: below 50 ms."""
_WORTH_REWRITING = 0.25
"""The share of pages that hold nothing any more from which on that is worth it."""
_A_TRY = 100
"""Milliseconds that emptying the log waits at once: it holds the write lock meanwhile."""
_BETWEEN_TRIES = 0.1
_CAN_BLANK = hasattr(os, "pwrite")
"""Windows has no such call; there the file is rewritten whole."""


def scrub(connection: sqlite3.Connection) -> None:
    """Overwrite what was deleted wherever it still is, and take the marks of it away.

    Deleted rows are overwritten as they are deleted (`secure_delete`). What is left are copies
    of them in the log and in the gaps between a page's rows. Nobody waits long for the lock.

    Raises:
        DisconnectError: Another program is reading, so the log cannot be emptied; the marks stay.
    """
    if _is_worth_rewriting(connection):
        connection.execute("PRAGMA temp_store = MEMORY")  # a file would keep what it reads
        connection.execute("VACUUM")
    empty_log(connection)
    if _CAN_BLANK:
        (_, _, file) = connection.execute("PRAGMA database_list").fetchone()
        with _helper(file) as ask:
            page = _blanked(connection, Path(file), 0, ask)
            while page:
                time.sleep(LONGEST_TURN)
                empty_log(connection)
                page = _blanked(connection, Path(file), page, ask)
    with Turns(connection).turn():
        marks.note_done(connection)
    empty_log(connection)


def empty_log(connection: sqlite3.Connection) -> None:
    """Bring the log into the file and cut it to nothing.

    Raises:
        DisconnectError: Another program is reading all the time.
    """
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    until = time.monotonic() + patience / 1000
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {min(_A_TRY, patience)}")
    try:
        while True:
            (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return
            if time.monotonic() > until:
                raise DisconnectError(
                    "it is deleted, but another program is reading the database: its bytes stay"
                    " in the file beside it (-wal) until that program ends and the next"
                    " disconnect command overwrites them"
                )
            time.sleep(_BETWEEN_TRIES)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")


def _is_worth_rewriting(connection: sqlite3.Connection) -> bool:
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    if not _CAN_BLANK:
        return True
    small = (pages - free) * size <= _REWRITTEN_AT_MOST
    return bool(small and free > _WORTH_REWRITING * pages)


def _blanked(
    connection: sqlite3.Connection, file: Path, first: int, ask: Callable[[int], int]
) -> int:
    """Overwrite gaps from a page on, for one turn; the next page, 0 at the end.

    Each turn has a connection of its own, which has read no page before and so writes none back
    as it was. What it notes makes all others read pages anew.
    """
    log = file.with_name(f"{file.name}-wal")
    while True:
        with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as lock:
            lock.execute("PRAGMA secure_delete = ON")
            lock.execute("BEGIN IMMEDIATE")
            if log.exists() and log.stat().st_size:  # pages that are newer than those of the file
                roll_back(lock)
                empty_log(connection)
                continue
            try:
                page = ask(first)
                marks.note_progress(lock, page)
                lock.execute("COMMIT")
            except BaseException:
                roll_back(lock)
                raise
        return page


@contextlib.contextmanager
def _helper(file: str) -> Iterator[Callable[[int], int]]:
    """Start the program that overwrites gaps; yields how it is asked, page by page."""
    import subprocess  # only where something is deleted

    program = [sys.executable, "-I", "-S", blanking.__file__, file]
    with subprocess.Popen(  # noqa: S603 - our own program
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as helper:
        words, answers = helper.stdin, helper.stdout

        def ask(page: int) -> int:
            if words is None or answers is None:
                raise DisconnectError("cannot talk to the program that overwrites bytes")
            words.write(f"{page} {LONGEST_TURN}\n")
            words.flush()
            answer = answers.readline()
            if not answer.strip().isdigit():
                raise DisconnectError(
                    "it is deleted, but its bytes could not be overwritten everywhere; the next"
                    " disconnect command tries again"
                )
            return int(answer)

        yield ask
