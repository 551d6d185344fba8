"""The schema's version and the way from an older one: one SQL file a step."""

import contextlib
import os
import sqlite3
from pathlib import Path

from disconnect import files
from disconnect.errors import DisconnectError
from disconnect.store.turns import roll_back

NEWEST = 2
"""`user_version` of schema.sql; migrations/0002.sql leads from 1 to 2."""

_FARTHEST = 99
"""Schemas are numbered one by one: a number beyond, over the tables of today, is a torn one."""


def version(connection: sqlite3.Connection) -> int:
    """The schema's version in this file; 0 for a new one."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)


def malformed(what: str) -> sqlite3.DatabaseError:
    """Make an error as SQLite raises it for a damaged file."""
    error = sqlite3.DatabaseError(f"malformed: {what}")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that a newer disconnect wrote.

    Raises:
        DisconnectError: The schema is newer than this program knows.
        sqlite3.DatabaseError: The number cannot be that of its tables: it is torn.
    """
    found = version(connection)
    if found < 0 or (found > _FARTHEST and _has_the_newest_tables(connection)):
        raise malformed("the number of its schema is torn")
    if found > NEWEST:
        raise DisconnectError(
            f"{path} was written by a newer disconnect (schema {found}, this one knows {NEWEST});"
            " update disconnect"
        )


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file to the newest schema, each step whole or not at all.

    A file with data is copied beside itself first (`disconnect.sqlite.before-2`).
    """
    refuse_newer(connection, path)
    if version(connection) == NEWEST:
        return
    if version(connection) == 0:
        if connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
            raise malformed("it has tables, and no number of a schema")
        _step(connection, 0, "schema.sql", NEWEST)
    while (found := version(connection)) < NEWEST:
        _keep_copy(connection, path, found + 1)
        _step(connection, found, f"migrations/{found + 1:04}.sql", found + 1)


def _step(connection: sqlite3.Connection, expected: int, file: str, reached: int) -> None:
    """Run one file; another process that was quicker is fine."""
    from importlib import resources  # only where there is something to do

    room = resources.files("disconnect.store")
    script = room.joinpath(file).read_text("utf-8")
    views = room.joinpath("views.sql").read_text("utf-8")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version(connection) == expected:
            for statement in [*_statements(script), *_dropped(connection), *_statements(views)]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {reached}")
        connection.execute("COMMIT")
    except BaseException as error:
        roll_back(connection)
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
            raise malformed("its tables are not those of its schema's number") from error
        raise


def _has_the_newest_tables(connection: sqlite3.Connection) -> bool:
    """True if all tables, indexes and triggers are as this program makes them."""
    from importlib import resources  # only where there is something to do

    script = resources.files("disconnect.store").joinpath("schema.sql").read_text("utf-8")
    with contextlib.closing(sqlite3.connect(":memory:")) as fresh:
        for statement in _statements(script):
            fresh.execute(statement)
        return _described(fresh) == _described(connection)


def _described(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("SELECT sql FROM sqlite_schema WHERE type != 'view' AND sql NOTNULL")
    return {" ".join(sql.split()) for (sql,) in rows}


def _dropped(connection: sqlite3.Connection) -> list[str]:
    """Views are made anew with each step, so that they fit its tables."""
    views = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall()
    return [f'DROP VIEW "{name}"' for (name,) in views]


def _statements(script: str) -> list[str]:
    """Split a script; `executescript` would commit half-way."""
    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found


def _keep_copy(connection: sqlite3.Connection, path: Path, upcoming: int) -> None:
    copy = path.with_name(f"{path.name}.before-{upcoming}")
    copy.unlink(missing_ok=True)  # never into what stands there
    os.close(files.made(copy))
    with contextlib.closing(sqlite3.connect(copy)) as beside:
        connection.backup(beside)
