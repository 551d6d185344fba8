"""Everything in open formats; and, by the same name, consistent copies and putting one back."""

import csv
import io
import json
import sqlite3
import zipfile
from pathlib import Path

from collectors.cells import guarded
from disconnect import files
from disconnect.errors import DisconnectError
from disconnect.store.backups import backup, refuse_itself
from disconnect.store.restoring import restore

__all__ = ["VIEWS", "backup", "export", "restore"]

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
    refuse_itself(connection, path)
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
