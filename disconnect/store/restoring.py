"""Putting a backup back: its rows alone, each looked at, into a fresh database of our own schema.

A backup may come from anywhere. Nothing of its schema is taken – no view, trigger or table of
somebody else's – and nothing it could compute is run. Only when all its rows are in the fresh
database, and can be read by what reads them every day, does that take the old one's place.
"""

import contextlib
import dataclasses
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from disconnect import files
from disconnect.errors import DisconnectError
from disconnect.store import lived, migrating
from disconnect.store.backups import backup
from disconnect.store.entries import current_meeting, entries
from disconnect.store.experiments import experiments
from disconnect.store.opening import CorruptDatabaseError, connect
from disconnect.store.plausible import TABLES, implausible
from disconnect.store.recovering import put_in_place, remove
from disconnect.store.texts import clean

_LONGEST_TEXT = 1 << 20
_STEPS = 100_000
"""Steps of SQLite's machine between two looks at the clock."""
_SECONDS = 30.0
_BYTES_A_SECOND = 1_000_000
"""A backup of ten years takes a tenth of the time that this gives it."""
_ALL = 1 << 40


@dataclasses.dataclass(frozen=True, slots=True)
class Restored:
    """What was taken from a backup."""

    rows: int
    left_out: tuple[str, ...]
    """Tables, views and triggers that are none of ours, by name."""


class _ImplausibleError(Exception):
    """A row that cannot be ours; the message says which."""


def restore(backed_up: Path, database: Path) -> Restored:
    """Put a backup's rows in the database's place, after looking at each.

    What is in the database now is kept beside it (`.before-restore`).

    Raises:
        DisconnectError: It is no database of ours, damaged, of a newer disconnect, or holds what
            cannot be; nothing has changed then.
    """
    if not backed_up.is_file():
        raise DisconnectError(f"there is no file {backed_up}")
    draft = files.new_name(database)
    try:
        with contextlib.closing(connect(draft)) as fresh:
            restored = _taken(fresh, backed_up)
            fresh.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with _kept(database):
            put_in_place(draft, database)
    except (sqlite3.Error, UnicodeDecodeError, _ImplausibleError) as error:
        why = clean(" ".join(str(error).split()), 160)
        raise DisconnectError(f"{backed_up} is no backup of disconnect: {why}") from error
    finally:
        remove(draft)
    return restored


def _taken(fresh: sqlite3.Connection, backed_up: Path) -> Restored:
    """Take over all rows, within limits of time and memory."""
    allowed = _SECONDS + backed_up.stat().st_size / _BYTES_A_SECOND
    until = time.monotonic() + allowed
    fresh.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    fresh.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_TEXT)
    fresh.execute("PRAGMA trusted_schema = OFF")
    fresh.execute("PRAGMA cell_size_check = ON")
    fresh.execute("ATTACH ? AS old", (f"{backed_up.absolute().as_uri()}?mode=ro",))
    try:
        _look_over(fresh, backed_up)
        fresh.execute("PRAGMA foreign_keys = OFF")  # all are looked at in the end
        fresh.execute("BEGIN IMMEDIATE")
        rows = sum(_copied(fresh, table) for table in TABLES)
        _look_at_references(fresh)
        fresh.execute("COMMIT")
        _read_all(fresh)
        return Restored(rows, _left_out(fresh))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise _ImplausibleError(f"it cannot be read within {allowed:.0f} s") from error
        raise
    finally:
        if fresh.in_transaction:
            fresh.execute("ROLLBACK")
        fresh.set_progress_handler(None, 0)
        fresh.execute("DETACH old")


def _look_over(fresh: sqlite3.Connection, path: Path) -> None:
    """Refuse what is damaged, somebody else's, or newer."""
    (version,) = fresh.execute("PRAGMA old.user_version").fetchone()
    if version > migrating.NEWEST:
        raise DisconnectError(
            f"{path} was written by a newer disconnect (schema {version}, this one knows"
            f" {migrating.NEWEST}); update disconnect"
        )
    if version <= 0:
        raise _ImplausibleError("it has no schema of ours")
    for table in TABLES:
        found = fresh.execute(
            "SELECT type, rootpage FROM old.sqlite_schema WHERE lower(name) = ?", (table,)
        ).fetchall()
        if [kind for kind, page in found if page] != ["table"]:
            raise _ImplausibleError(f"{table} is no table in it")
        if fresh.execute(
            "SELECT 1 FROM pragma_table_xinfo(?, 'old') WHERE hidden != 0", (table,)
        ).fetchone():
            raise _ImplausibleError(f"{table} has computed columns")
    (verdict,) = fresh.execute("PRAGMA old.integrity_check(1)").fetchone()
    if verdict != "ok":
        raise DisconnectError(f"{path} is damaged: {clean(' '.join(verdict.split()), 160)}")


def _copied(fresh: sqlite3.Connection, table: str) -> int:
    """Look at the rows of a table and take them over; how many there are."""
    theirs = {
        row[0] for row in fresh.execute("SELECT name FROM pragma_table_info(?, 'old')", (table,))
    }
    columns = [
        (name, kind, bool(needed))
        for _, name, kind, needed, *_ in fresh.execute(f"PRAGMA main.table_info({table})")
        if name in theirs
    ]
    wrong = fresh.execute(implausible(table, columns)).fetchone()
    if wrong:
        raise _ImplausibleError(f"{table} has a row whose {wrong[0]} cannot be")
    names = ", ".join(name for name, *_ in columns)
    taken = fresh.execute(
        f"INSERT INTO main.{table} ({names}) SELECT {names} FROM old.{table} NOT INDEXED"  # noqa: S608 - names of ours
    )
    return taken.rowcount


def _look_at_references(fresh: sqlite3.Connection) -> None:
    stray = fresh.execute("PRAGMA main.foreign_key_check").fetchone()
    if stray:
        raise _ImplausibleError(f"rows of {stray[0]} belong to a {stray[2]} that is not there")
    if fresh.execute("SELECT 1 FROM context WHERE app NOT IN (SELECT id FROM app)").fetchone():
        raise _ImplausibleError("rows of context belong to an app that is not there")


def _read_all(fresh: sqlite3.Connection) -> None:
    """Read what was logged as it is read every day: what is no channel, day or zone shows."""
    try:
        for (name,) in fresh.execute("SELECT name FROM zone"):
            ZoneInfo(name)
        running = current_meeting(fresh)
        if running:
            ZoneInfo(running.zone)
        entries(fresh, _ALL)
        lived.checkins(fresh)
        experiments(fresh)
    except (ValueError, TypeError, KeyError, OverflowError, OSError, DisconnectError) as error:
        raise _ImplausibleError(f"it holds what cannot be: {error}") from error


def _left_out(fresh: sqlite3.Connection) -> tuple[str, ...]:
    ours = "SELECT name FROM main.sqlite_schema"
    rows = fresh.execute(
        "SELECT type || ' ' || name FROM old.sqlite_schema WHERE name NOT LIKE 'sqlite_%'"  # noqa: S608 - ours
        f" AND name NOT IN ({ours}) ORDER BY 1 LIMIT 9"
    )
    return tuple(clean(name, 60) for (name,) in rows)


@contextlib.contextmanager
def _kept(database: Path) -> Iterator[None]:
    """Keep what is there beside it; what is damaged makes room, and comes back on failure."""
    aside = database.with_name(f"{database.name}.before-restore")
    try:
        if database.exists():
            with contextlib.closing(connect(database)) as now:
                backup(now, aside)
    except CorruptDatabaseError:
        _move(database, aside)
        try:
            yield
        except BaseException:
            _move(aside, database)
            raise
        return
    yield


def _move(database: Path, target: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError):
            database.with_name(database.name + ending).replace(
                target.with_name(target.name + ending)
            )
