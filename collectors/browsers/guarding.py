"""Reading a file that anybody may have made: within limits of time and memory, and tables only.

A history is a file that other programs write. A view where a table should be can go on for ever, a
number's place can hold megabytes, and an index can compute what it likes. What is read here is
plain tables, texts are cut, and whoever takes too many steps is stopped.
"""

import sqlite3

PLAIN = (
    "visits", "urls", "context_annotations", "moz_historyvisits", "moz_places",
    "moz_places_metadata", "moz_origins",
)  # fmt: skip
"""The tables that are asked, of whichever browser."""
LARGEST = 1 << 31
"""Bytes of a history: ten times those of people who never delete any."""
LONGEST_VALUE = 1 << 24
"""Bytes that a value may have to be read at all: browsers keep addresses of up to 2 MB."""
LONGEST_TEXT = 8192
"""Bytes of a text that are kept of it: nothing that is longer is stored as it is."""
_STEPS = 100_000
"""Steps of SQLite's machine between two looks at how many there were."""
_AT_LEAST = 2_000
"""Looks that even the smallest file gets: some seconds of processor."""
_BYTES_A_LOOK = 10_000
"""A history of 100 MB takes about a hundredth of what this gives it."""


class ForeignError(sqlite3.DatabaseError):
    """What should be a table is something else."""


def guard(connection: sqlite3.Connection, size: int) -> None:
    """Limit what reading a file of that size [bytes] may take.

    Raises:
        ForeignError: One of the tables that are asked is a view, or computes its columns.
        sqlite3.DatabaseError: It is no database.
    """
    left = _AT_LEAST + size // _BYTES_A_LOOK

    def is_too_much() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    connection.set_progress_handler(is_too_much, _STEPS)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    # One title that is no UTF-8 must not cost the whole history.
    connection.text_factory = _text
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    for table in PLAIN:
        found = connection.execute(
            "SELECT type, rootpage FROM sqlite_schema WHERE lower(name) = ?", (table,)
        ).fetchall()
        if any(kind != "table" or not page for kind, page in found):
            raise ForeignError(f"{table} is no plain table")
        computed = connection.execute(
            "SELECT 1 FROM pragma_table_xinfo(?) WHERE hidden != 0", (table,)
        )
        if computed.fetchone():
            raise ForeignError(f"{table} computes its columns")


def _text(raw: bytes) -> str:
    return raw[:LONGEST_TEXT].decode(errors="replace")
