"""Take in the rows that a collector holds beside the database, once, without forgotten ones."""

import json
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from collectors.facts.screen import Activity
from disconnect.clock import instant, milliseconds
from disconnect.store.held import (
    BODY,
    NO_LINK,
    Held,
    LastLook,
    Row,
    content_of,
    header,
    header_at,
    key_of,
    length_of,
    parse,
)
from disconnect.store.writing import Writer

try:
    import fcntl
except ImportError:  # Windows has no flock, and no daemon of ours yet
    fcntl = None  # type: ignore[assignment]

LAST_LOOK = "last_look"
_SHORTER = """
    UPDATE {table} SET length = min(length, ?) WHERE start = ? AND source = (
      SELECT source.id FROM source JOIN device ON device.id = source.device
      WHERE source.name = ? AND device.name = ?)
"""
_STANDS = """
    SELECT length FROM {table} WHERE start = ? AND source = (
      SELECT source.id FROM source JOIN device ON device.id = source.device
      WHERE source.name = ? AND device.name = ?)
"""


def last_look(connection: sqlite3.Connection) -> LastLook | None:
    """Return the newest look that the database knows of; None if no collector has written yet."""
    found = connection.execute(
        "SELECT value FROM fact_of_home WHERE name = ?", (LAST_LOOK,)
    ).fetchone()
    try:
        told = json.loads(found[0]) if found else None
        return _look(told) if told else None
    except (ValueError, TypeError, KeyError, OverflowError):
        return None  # a backup that was restored says what it likes


def _look(told: dict[str, Any]) -> LastLook:
    words = {name: str(told[name]) for name in ("id", "boot", "ended")}
    return LastLook(sequence=int(told["sequence"]), until=instant(int(told["until"])), **words)


def remember_look(connection: sqlite3.Connection, look: LastLook) -> None:
    """Note that the rows up to this look are in the database."""
    told = {name: getattr(look, name) for name in LastLook.__slots__}
    connection.execute(
        "INSERT OR REPLACE INTO fact_of_home VALUES (?, ?)",
        (LAST_LOOK, json.dumps(told | {"until": milliseconds(look.until)})),
    )


def forget_look(connection: sqlite3.Connection) -> None:
    """Note that nothing is known to be in the database: what was, may be lost."""
    connection.execute("DELETE FROM fact_of_home WHERE name = ?", (LAST_LOOK,))


def shorten(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Take back the ends of rows that turned out to end earlier: a writer only lengthens."""
    for row in rows:
        where = (milliseconds(row.start), row.source, row.device)
        connection.execute(_SHORTER.format(table=_table(row)), (length_of(row), *where))


def is_forgotten(connection: sqlite3.Connection, row: Row, known: int) -> bool:
    """True if a row that stood in the database is gone by now, or shorter than it was.

    Args:
        connection: The database.
        row: The row as it is now.
        known: The length with which it stood there [ms]; 0: it never did.
    """
    if known <= 0:
        return False
    where = (milliseconds(row.start), row.source, row.device)
    found = connection.execute(_STANDS.format(table=_table(row)), where).fetchone()
    return found is None or found[0] < known


def known_length(known: LastLook | None, collector: str, row: Row, since: int) -> int:
    """Return the length [ms] with which a row was taken in up to a look; 0: it was not.

    Args:
        known: The newest look that the database knows of.
        collector: The id of the collector that holds the row.
        row: The row as it is now.
        since: The sequence of the look that saw it first.
    """
    if known is None or known.id != collector or since > known.sequence:
        return 0
    return max(0, milliseconds(min(row.end, known.until)) - milliseconds(row.start))


def take_in(connection: sqlite3.Connection, path: Path) -> int:
    """Write what a file holds into the database; a file whose collector ended is emptied.

    Doing it twice changes nothing; killed between, nothing is lost.

    Returns:
        How many rows it held that the database had not taken in yet.

    Raises:
        sqlite3.Error: The database cannot take it now; the file stays as it is.
        OSError: The file cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | NO_LINK)
    except FileNotFoundError:
        return 0
    try:
        held = parse(content_of(descriptor))
        if held is None:
            return 0
        written = _write(connection, held) if _is_news(last_look(connection), held) else 0
        _empty_if_left(descriptor, held)
        return written
    finally:
        os.close(descriptor)


def _is_news(known: LastLook | None, held: Held) -> bool:
    return known is None or known.id != held.look.id or known.sequence < held.look.sequence


def _write(connection: sqlite3.Connection, held: Held) -> int:
    writer = Writer(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        known = last_look(connection)
        if _is_news(known, held):  # nobody was quicker
            shorten(connection, (row for row in held.rows if key_of(row) in held.cut))
            for row in held.rows:
                stood = known_length(known, held.look.id, row, held.since[key_of(row)])
                if not is_forgotten(connection, row, stood):
                    writer.add(row)
            remember_look(connection, held.look)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return len(held.rows)


def _empty_if_left(descriptor: int, held: Held) -> None:
    """Take the rows out of the file, unless its collector runs or has written since."""
    if not lock(descriptor):
        return
    again = parse(content_of(descriptor))
    if again is not None and again.look == held.look and again.rows:
        os.pwrite(descriptor, header(held.look, held.generation + 1, 0), header_at(held.look))
        os.ftruncate(descriptor, BODY)


def lock(descriptor: int) -> bool:
    """Hold the file, as its collector does; False if another process does."""
    if not hasattr(fcntl, "flock"):
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _table(row: Row) -> str:
    return "activity" if isinstance(row, Activity) else "presence"
