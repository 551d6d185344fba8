"""What deleting leaves to do: names nobody needs, pages that hold nothing, bytes in the log."""

import sqlite3

from disconnect.errors import DisconnectError

WORTH_REWRITING = 0.25
"""The share of pages that hold nothing any more from which on the daily job rewrites the file."""


def roll_back(connection: sqlite3.Connection) -> None:
    """Undo the transaction, unless SQLite has done so itself (a full disk)."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def sweep(connection: sqlite3.Connection) -> None:
    """Delete names that no row needs any more; what was kept of days that changed is gone."""
    execute = connection.execute
    execute("DELETE FROM context WHERE id NOT IN (SELECT context FROM activity)")
    for part in ("title", "page", "site", "app"):
        execute(f"DELETE FROM {part} WHERE id NOT IN (SELECT {part} FROM context)")  # noqa: S608
    execute("DELETE FROM entry WHERE encounter IS NULL AND opportunity IS NULL AND checkin IS NULL")


def scrub(connection: sqlite3.Connection, *, only_if_worth_it: bool = False) -> None:
    """Rewrite the file without what was deleted, and empty the write-ahead log.

    Deleted bytes are overwritten as they are deleted (`secure_delete`); rewriting makes the file
    smaller, and takes as long as the file is large. `only_if_worth_it`: not for a few pages.

    Raises:
        DisconnectError: Another program is reading, so the log cannot be emptied.
    """
    try:
        if not only_if_worth_it or _share_free(connection) > WORTH_REWRITING:
            connection.execute("VACUUM")
    finally:  # where there is no room to rewrite it, deleted bytes are overwritten all the same
        (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise DisconnectError(
            "it is deleted, but another program is reading the database: its bytes stay in the"
            " file beside it (-wal) until that program ends"
        )


def _share_free(connection: sqlite3.Connection) -> float:
    pages, free = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count")
    )
    return float(free / max(pages, 1))
