"""Where the file's own description of its tables is torn: ours is written in its place.

The description (`sqlite_schema`) begins on the file's first page. Which page each table begins on
follows from the order in which our schema makes them, so one torn page need not cost them all.
"""

import contextlib
import sqlite3
from pathlib import Path

_HEADER = 100
"""Bytes at the start of the file that tell SQLite how to read the rest."""
_TABLE_PAGES = (0x05, 0x0D)
_INDEX_PAGES = (0x02, 0x0A)
"""The first byte of a page that belongs to a table by rowid, and to any other tree."""
_UNREADABLE = (sqlite3.Error, UnicodeDecodeError)

Row = tuple[str, str, str, int, str | None]
"""One line of the description: type, name, table, first page, SQL."""


def knows_its_tables(path: Path, like: Path) -> bool:
    """Whether the damaged file still knows every table that a new one has."""
    tables = [row[1] for row in _described(like) if row[0] == "table"]
    with contextlib.closing(sqlite3.connect(path)) as connection:
        try:
            connection.execute("PRAGMA writable_schema = ON")
            for table in tables:
                connection.execute(f'SELECT * FROM "{table}" WHERE 0')  # noqa: S608 - names of ours
        except _UNREADABLE:
            return False
    return True


def describe_anew(path: Path, like: Path) -> None:
    """Give the file an empty first page and write our description onto new pages at its end.

    Args:
        path: The damaged file; its header is in order. It stays as it is where hardly a page of
            it looks like ours.
        like: A new database.
    """
    with contextlib.closing(sqlite3.connect(path)) as connection, contextlib.suppress(*_UNREADABLE):
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with contextlib.closing(sqlite3.connect(like)) as fresh:
        (page,) = fresh.execute("PRAGMA page_size").fetchone()
    rows, fitting = _likeliest(path.read_bytes(), page, like)
    if 2 * fitting <= len(rows):
        return  # it never was a file of ours, or nothing is left of it
    with path.open("r+b") as file:
        file.seek(_HEADER)
        empty = b"\x0d" + bytes(4) + (page % 65536).to_bytes(2, "big") + b"\0"
        file.write(empty.ljust(page - _HEADER, b"\0"))
    path.with_name(f"{path.name}-wal").unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(path)) as connection, contextlib.suppress(*_UNREADABLE):
        connection.execute("PRAGMA writable_schema = ON")
        connection.executemany("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", rows)
        connection.commit()


def _likeliest(pages: bytes, size: int, like: Path) -> tuple[list[Row], int]:
    """Our description with the first pages as they were made, or as VACUUM lays them.

    Returns:
        It, and how many of its trees begin on a page that looks like it.
    """
    rewritten = like.with_name(f"{like.name}.rewritten")
    try:
        with contextlib.closing(sqlite3.connect(like)) as fresh:
            fresh.execute("VACUUM INTO ?", (str(rewritten),))
        layouts = [_described(like), _described(rewritten)]
    finally:
        rewritten.unlink(missing_ok=True)

    def fitting(rows: list[Row]) -> int:
        return sum(
            pages[(row[3] - 1) * size : (row[3] - 1) * size + 1] in _kinds(row) for row in rows
        )

    likeliest = max(layouts, key=fitting)
    return likeliest, fitting(likeliest)


def _kinds(row: Row) -> list[bytes]:
    by_rowid = row[0] == "table" and "WITHOUT ROWID" not in (row[4] or "")
    return [bytes([kind]) for kind in (_TABLE_PAGES if by_rowid else _INDEX_PAGES)]


def _described(path: Path) -> list[Row]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM sqlite_schema WHERE rootpage").fetchall()
