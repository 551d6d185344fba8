"""Everything in open formats, consistent copies, and putting one back."""

import contextlib
import csv
import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

from collectors.cells import guarded
from disconnect import files
from disconnect.errors import DisconnectError
from disconnect.store import migrating
from disconnect.store.opening import CorruptDatabaseError, connect, damage

VIEWS = (
    "activities", "presences", "encounters", "people", "opportunities", "checkins", "reaches",
    "experiments",
)  # fmt: skip
_README = """disconnect export

One CSV and one JSON Lines file for each table: activities, presences, encounters, people,
opportunities, checkins, reaches, experiments. `words` is what was typed, `logged` when. Times are ISO 8601 in UTC; `zone` is the IANA zone the row happened in; hours are
hours; an empty cell (null in JSON) is not known. In CSV an apostrophe stands before a text that
a spreadsheet would run as a formula; disconnect import csv takes it off again.
"""


def export(connection: sqlite3.Connection, path: Path) -> dict[str, int]:
    """Write everything into a zip archive, whole or not at all; rows by table.

    Raises:
        DisconnectError: It cannot be written.
    """
    _refuse_itself(connection, path)
    rows: dict[str, int] = {}
    try:
        with (
            files.fresh(path) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            archive.writestr("README.txt", _README)
            connection.execute("BEGIN")
            for view in VIEWS:
                rows[view] = _table(connection, archive, view)
            connection.execute("COMMIT")
    except OSError as error:
        raise DisconnectError(f"cannot write {path}: {error.strerror}") from error
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return rows


def _refuse_itself(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse to write over the database, or the files beside it, that is being copied."""
    (_, _, file) = connection.execute("PRAGMA database_list").fetchone()
    ours = {Path(file + ending).resolve() for ending in ("", "-wal", "-shm")}
    if path.resolve() in ours:
        raise DisconnectError(f"{path} is the database itself; choose another name")


def _table(connection: sqlite3.Connection, archive: zipfile.ZipFile, view: str) -> int:
    count = 0
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({view})")]
    for ending in ("csv", "jsonl"):
        count = 0
        with (
            archive.open(f"{view}.{ending}", "w", force_zip64=True) as raw,
            io.TextIOWrapper(raw, "utf-8", newline="") as text,
        ):
            if ending == "csv":
                csv.writer(text).writerow(map(guarded, columns))
            for row in connection.execute(f"SELECT * FROM {view}"):  # noqa: S608 - one of VIEWS
                count += 1
                if ending == "csv":
                    csv.writer(text).writerow(map(guarded, row))
                else:
                    record = dict(zip(columns, row, strict=True))
                    text.write(json.dumps(record, ensure_ascii=False) + "\n")
    return count


def backup(connection: sqlite3.Connection, path: Path) -> None:
    """Write a consistent copy of the database, while others may write to it.

    Raises:
        DisconnectError: It cannot be written, or the database is damaged: a copy of it could not
            be restored.
    """
    _refuse_itself(connection, path)
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


def restore(backed_up: Path, database: Path) -> None:
    """Put a backup in the database's place, after looking that it is whole.

    What is in the database now is kept beside it (`.before-restore`).

    Raises:
        DisconnectError: It is no database of ours, damaged, or of a newer disconnect.
    """
    if not backed_up.is_file():
        raise DisconnectError(f"there is no file {backed_up}")
    try:
        with contextlib.closing(
            sqlite3.connect(f"{backed_up.absolute().as_uri()}?mode=ro", uri=True)
        ) as copy:
            _look_over(copy, backed_up)
            with _kept(database), contextlib.closing(connect(database)) as target:
                copy.backup(target)
    except sqlite3.Error as error:
        raise DisconnectError(f"{backed_up} is no backup of disconnect: {error}") from error
    connect(database).close()


def _look_over(copy: sqlite3.Connection, path: Path) -> None:
    """Refuse what is damaged, somebody else's, or newer."""
    (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise DisconnectError(f"{path} is damaged: {' '.join(verdict.split())}")
    migrating.refuse_newer(copy, path)
    ours = "SELECT count(*) FROM sqlite_schema WHERE name IN ('activity', 'context', 'entry')"
    if not migrating.version(copy) or copy.execute(ours).fetchone() != (3,):
        raise DisconnectError(f"{path} is no backup of disconnect")


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
