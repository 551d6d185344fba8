"""Saving what can be read of a damaged database, and keeping the damaged file aside."""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from disconnect import files
from disconnect.errors import DisconnectError
from disconnect.store.opening import connect
from disconnect.store.redescribing import describe_anew, knows_its_tables
from disconnect.store.salvaging import salvage
from disconnect.store.taking_in import forget_look

_HEADER = 100
"""Bytes at the start of the file that tell SQLite how to read the rest."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of a damaged database."""

    aside: Path
    rows: int
    tables_damaged: tuple[str, ...]

    def __str__(self) -> str:
        """One line for the log and `status`."""
        lost = ""
        if self.tables_damaged:
            lost = f"; parts of {', '.join(self.tables_damaged)} may be lost"
        return (
            f"the database was damaged: {self.rows} rows were saved into a new one{lost};"
            f" the damaged file is kept as {self.aside}"
        )


def recover(path: Path, now: datetime) -> Recovered:
    """Keep a copy of a damaged database aside, and put what can be read in its place.

    Raises:
        DisconnectError: The new one cannot be written; the damaged one is where it was.
    """
    aside = path.with_name(f"{path.name}.corrupt-{now:%Y%m%d-%H%M%S}")
    draft = path.with_name(f"{path.name}.recovering")
    try:
        copy_as_it_is(path, aside)
        remove(draft)
        with contextlib.closing(connect(draft)) as fresh:
            with _readable(aside, draft) as old:
                rows, damaged = salvage(old, fresh, aside.stat().st_size)
            forget_look(fresh)  # a collector's file is taken in whole: what was lost may be in it
            fresh.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except (sqlite3.Error, OSError, UnicodeDecodeError, DisconnectError) as error:
        for half_done in (draft, aside):
            with contextlib.suppress(OSError):  # what stopped us may stop this, too
                remove(half_done)
        raise DisconnectError(f"cannot save what is left of {path}: {error}") from error
    put_in_place(draft, path)
    return Recovered(aside, rows, damaged)


def put_in_place(draft: Path, path: Path) -> None:
    """Let one database take the place of another, which is gone then.

    The old log goes first: SQLite would replay it into the new file.
    """
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    draft.replace(path)
    remove(draft)


def remove(path: Path) -> None:
    """Remove a database with the files beside it, as far as they are there."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def copy_as_it_is(path: Path, target: Path) -> None:
    """Copy file and log byte by byte: SQLite would change what is damaged while it reads."""
    for ending in ("", "-wal"):
        source = path.with_name(path.name + ending)
        if source.exists():
            copy = target.with_name(target.name + ending)
            copy.unlink(missing_ok=True)  # never into what stands there
            os.close(files.made(copy))
            shutil.copyfile(source, copy)


@contextlib.contextmanager
def _readable(aside: Path, like: Path) -> Iterator[sqlite3.Connection]:
    """Open a scratch copy of the damaged file, its header mended where that is what is wrong."""
    scratch = aside.with_name(f"{aside.name}.reading")
    copy_as_it_is(aside, scratch)
    try:
        if not (_opens(scratch) and _is_laid_out_like(scratch, like)):
            _mend_header(scratch, like)
        if not knows_its_tables(scratch, like):
            describe_anew(scratch, like)
        with contextlib.closing(sqlite3.connect(scratch, isolation_level=None)) as old:
            with contextlib.suppress(sqlite3.Error):  # the header cannot be mended: nothing opens
                # One table whose description is nonsense does not keep the others from being read.
                old.execute("PRAGMA writable_schema = ON")
                # A page that contradicts itself counts as torn, before it leads anywhere.
                old.execute("PRAGMA cell_size_check = ON")
            # A torn length may claim a gigabyte; no text of ours comes near a megabyte.
            old.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1 << 20)
            old.text_factory = lambda raw: raw.decode("utf-8", "replace")
            yield old
    finally:
        remove(scratch)


def _opens(path: Path) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False
    return True


def _is_laid_out_like(path: Path, like: Path) -> bool:
    """True if the header tells the size of pages, and of what is on them, as ours does."""
    (ours, torn) = (file.read_bytes()[:_HEADER] for file in (like, path))
    return (ours[16:18], ours[20:24]) == (torn[16:18], torn[20:24])


def _mend_header(path: Path, like: Path) -> None:
    """Give the file the header of a new database; the size in it is found from the file."""
    with contextlib.closing(sqlite3.connect(like)) as fresh:
        fresh.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = fresh.execute("PRAGMA page_size").fetchone()
    header = bytearray(like.read_bytes()[:_HEADER])
    header[28:32] = (path.stat().st_size // page).to_bytes(4, "big")
    header[32:40] = bytes(8)  # no list of free pages: what stood there is not to be trusted
    header[92:96] = header[24:28]  # so that the size above counts
    with path.open("r+b") as file:
        file.write(header)
