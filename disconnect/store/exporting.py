"""Everything in open formats, consistent copies, and putting one back."""

import contextlib
import csv
import io
import json
import os
import sqlite3
import zipfile
from pathlib import Path

from disconnect.errors import DisconnectError
from disconnect.store import migrating
from disconnect.store.opening import connect

VIEWS = ("activities", "presences", "encounters", "people", "opportunities")
_README = """disconnect export

One CSV and one JSON Lines file for each table: activities, presences, encounters, people,
opportunities. Times are ISO 8601 in UTC; `zone` is the IANA zone the row happened in; hours are
hours; an empty cell (null in JSON) is not known.
"""


def export(connection: sqlite3.Connection, path: Path) -> dict[str, int]:
    """Write everything into a zip archive, whole or not at all; rows by table.

    Raises:
        DisconnectError: It cannot be written.
    """
    draft = path.with_name(f".{path.name}.draft")
    rows: dict[str, int] = {}
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with (
            os.fdopen(handle, "wb") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            archive.writestr("README.txt", _README)
            connection.execute("BEGIN")
            for view in VIEWS:
                rows[view] = _table(connection, archive, view)
            connection.execute("COMMIT")
        draft.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise DisconnectError(f"cannot write {path}: {error.strerror}") from error
    return rows


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
                csv.writer(text).writerow(columns)
            for row in connection.execute(f"SELECT * FROM {view}"):  # noqa: S608 - one of VIEWS
                count += 1
                if ending == "csv":
                    csv.writer(text).writerow(row)
                else:
                    record = dict(zip(columns, row, strict=True))
                    text.write(json.dumps(record, ensure_ascii=False) + "\n")
    return count


def backup(connection: sqlite3.Connection, path: Path) -> None:
    """Write a consistent copy of the database, while others may write to it.

    Raises:
        DisconnectError: It cannot be written.
    """
    draft = path.with_name(f".{path.name}.draft")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        with contextlib.closing(sqlite3.connect(draft)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        draft.replace(path)
    except (OSError, sqlite3.Error) as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise DisconnectError(f"cannot write {path}: {error}") from error


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
            (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
            found = migrating.version(copy)
            migrating.refuse_newer(copy, backed_up)
            if verdict != "ok" or not found:
                raise DisconnectError(f"{backed_up} is no whole backup of disconnect: {verdict}")
            if database.exists():
                with contextlib.closing(connect(database)) as now:
                    backup(now, database.with_name(f"{database.name}.before-restore"))
            with contextlib.closing(connect(database)) as target:
                copy.backup(target)
    except sqlite3.Error as error:
        raise DisconnectError(f"{backed_up} is no backup of disconnect: {error}") from error
    connect(database).close()
