"""Deleting what is older than the person wants it kept."""

import sqlite3
from datetime import datetime

from disconnect.clock import milliseconds
from disconnect.store.scrubbing import roll_back, scrub, sweep


def retire(
    connection: sqlite3.Connection,
    *,
    activities_before: datetime | None,
    titles_before: datetime | None,
) -> tuple[int, int]:
    """Delete what is older than the person wants kept.

    Args:
        connection: The database.
        activities_before: Activities and presence that ended before go; None: none do.
        titles_before: Activities that ended before lose title and page; None: none do.

    Returns:
        How many rows went, and how many lost their title or page.
    """
    gone = bared = 0
    connection.execute("BEGIN IMMEDIATE")
    try:
        if activities_before:
            limit = (milliseconds(activities_before),)
            for table in ("activity", "presence"):
                gone += connection.execute(
                    f"DELETE FROM {table} WHERE start + length <= ?",  # noqa: S608 - names of ours
                    limit,
                ).rowcount
        if titles_before:
            bared = _without_titles(connection, milliseconds(titles_before))
        if gone or bared:
            sweep(connection)
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise
    if gone or bared:
        scrub(connection, only_if_worth_it=True)
    return gone, bared


def _without_titles(connection: sqlite3.Connection, limit: int) -> int:
    """Point old activities to contexts of the same app and site without title and page."""
    connection.execute(
        "INSERT OR IGNORE INTO context (app, site, title, page)"
        " SELECT DISTINCT app, site, 0, 0 FROM context WHERE title != 0 OR page != 0"
    )
    return connection.execute(
        "UPDATE activity SET context = (SELECT bare.id FROM context bare, context told"
        "   WHERE told.id = activity.context AND bare.app = told.app AND bare.site = told.site"
        "   AND bare.title = 0 AND bare.page = 0)"
        " WHERE start + length <= ? AND context IN"
        "   (SELECT id FROM context WHERE title != 0 OR page != 0)",
        (limit,),
    ).rowcount
