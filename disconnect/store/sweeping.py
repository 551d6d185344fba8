"""Deleting names that no row needs any more: in turns, each as long as a blink.

Nothing finds the activities of a context (an index would cost a third more on the disk), so
which contexts are needless is read in one pass that holds no lock. A writer that takes one up
again meanwhile notes it (`marks.note_in_use`), within the transaction that does.
"""

import contextlib
import sqlite3
from collections.abc import Iterator

from disconnect.store import marks
from disconnect.store.turns import Turns

PARTS = ("title", "page", "site", "app")


def prepare(connection: sqlite3.Connection) -> None:
    """Make the lists, for this connection only, of what may be needless afterwards."""
    connection.execute("PRAGMA temp_store = MEMORY")
    for name in ("leaving", *(f"loose_{part}" for part in PARTS)):
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
        connection.execute(f"CREATE TEMP TABLE {name} (id INTEGER PRIMARY KEY)")


def suspect_all(connection: sqlite3.Connection) -> None:
    """Put everything on the lists: it is not known any more what went."""
    connection.execute("INSERT OR IGNORE INTO temp.leaving SELECT id FROM context")
    for part in PARTS:
        connection.execute(f"INSERT OR IGNORE INTO temp.loose_{part} SELECT id FROM {part}")  # noqa: S608


def sweep(turns: Turns) -> None:
    """Delete contexts on the list `leaving` that no activity has, and names that nothing has."""
    connection = turns.connection
    # A context's deletion would look through all activities, once for each.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        _contexts(turns)
        for part in PARTS:
            _names(turns, part)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    _sources(turns)
    _zones(turns)


def _contexts(turns: Turns) -> None:
    execute = turns.connection.execute
    execute("DROP TABLE IF EXISTS temp.unused")
    execute("CREATE TEMP TABLE unused (id INTEGER PRIMARY KEY)")
    execute(
        "INSERT INTO temp.unused SELECT id FROM temp.leaving WHERE id NOT IN"
        " (SELECT context FROM activity WHERE context IN (SELECT id FROM temp.leaving))"
    )
    for low, high in _portions(turns, "unused"):
        with turns.turn():
            execute(f"DELETE FROM temp.unused WHERE id IN ({marks.IN_USE})")  # noqa: S608 - ours
            these = "(SELECT id FROM temp.unused WHERE id >= ? AND id < ?)"
            for part in PARTS:
                execute(
                    f"INSERT OR IGNORE INTO temp.loose_{part}"  # noqa: S608 - names of ours
                    f" SELECT {part} FROM context WHERE id IN {these}",
                    (low, high),
                )
            execute(f"DELETE FROM context WHERE id IN {these}", (low, high))  # noqa: S608 - ours


def _names(turns: Turns, part: str) -> None:
    """Delete names that no context has; one made meanwhile has a number above all there were."""
    execute = turns.connection.execute
    (newest,) = execute("SELECT coalesce(max(id), 0) FROM context").fetchone()
    execute("DROP TABLE IF EXISTS temp.needless")
    execute("CREATE TEMP TABLE needless (id INTEGER PRIMARY KEY)")
    execute(
        f"INSERT INTO temp.needless SELECT id FROM temp.loose_{part} WHERE id NOT IN"  # noqa: S608
        f" (SELECT {part} FROM context WHERE {part} IN (SELECT id FROM temp.loose_{part}))"
    )
    for low, high in _portions(turns, "needless"):
        with turns.turn():
            execute(
                f"DELETE FROM {part} WHERE id IN"  # noqa: S608 - names of ours
                " (SELECT id FROM temp.needless WHERE id >= ? AND id < ?)"
                f" AND id NOT IN (SELECT {part} FROM context WHERE id > ?)",
                (low, high, newest),
            )


def _sources(turns: Turns) -> None:
    """Delete sources without rows, and devices without sources."""
    with turns.turn():
        turns.connection.execute(
            "DELETE FROM source WHERE"
            " NOT EXISTS (SELECT 1 FROM activity WHERE activity.source = source.id)"
            " AND NOT EXISTS (SELECT 1 FROM presence WHERE presence.source = source.id)"
        )
        turns.connection.execute("DELETE FROM device WHERE id NOT IN (SELECT device FROM source)")


def _zones(turns: Turns) -> None:
    """Delete zones in which nothing happened: they tell where somebody was."""
    execute = turns.connection.execute
    unused = " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {table} WHERE zone = zones.id)"  # noqa: S608 - names of ours
        for table in ("encounter", "checkin", "presence", "activity")
    )
    needless = execute(f"SELECT id FROM zone AS zones WHERE {unused}").fetchall()  # noqa: S608
    for (zone,) in needless:
        with turns.turn(), contextlib.suppress(sqlite3.IntegrityError):  # it is in use by now
            execute("DELETE FROM zone WHERE id = ?", (zone,))


def _portions(turns: Turns, table: str) -> Iterator[tuple[int, int]]:
    known = {"low": 1, "high": 1 << 62}
    return turns.stretches(f"temp.{table}", "id", "1", known)
