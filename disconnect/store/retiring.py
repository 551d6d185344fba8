"""Deleting what is older than the person wants it kept."""

import sqlite3
from datetime import datetime

from disconnect.clock import milliseconds
from disconnect.store import marks
from disconnect.store.scrubbing import scrub
from disconnect.store.sweeping import prepare, suspect_all, sweep
from disconnect.store.turns import Turns

_ENDED = "source = :source AND start + length <= :limit"
_TOLD = f"{_ENDED} AND context IN (SELECT id FROM temp.told)"  # noqa: S608 - ours
_HERE = " AND start >= :low AND start < :high"
_BARE = """
    SELECT bare.id FROM context AS told JOIN context AS bare ON bare.title = 0 AND bare.page = 0
      AND bare.app = told.app AND bare.site = told.site WHERE told.id = activity.context
"""
"""The context of the same app and site without title and page."""


def retire(
    connection: sqlite3.Connection,
    *,
    activities_before: datetime | None,
    titles_before: datetime | None,
) -> tuple[int, int]:
    """Delete what is older than the person wants kept, in turns that let a collector write.

    Args:
        connection: The database.
        activities_before: Activities and presence that ended before go; None: none do.
        titles_before: Activities that ended before lose title and page; None: none do.

    Returns:
        How many rows went, and how many lost their title or page.

    Raises:
        DisconnectError: Another program is deleting, or reads on.
    """
    limits = {
        name: milliseconds(moment)
        for name, moment in (("activities", activities_before), ("titles", titles_before))
        if moment
    }
    with marks.alone(connection):
        turns = Turns(connection)
        return _retired(turns, limits, known=True)


def go_on(connection: sqlite3.Connection, limits: dict[str, int]) -> None:
    """Finish what was cut short; the caller is the only one that deletes."""
    _retired(Turns(connection), limits, known=False)


def _retired(turns: Turns, limits: dict[str, int], *, known: bool) -> tuple[int, int]:
    """Retire, sweep and scrub; `known`: nothing of it has been done before."""
    connection = turns.connection
    prepare(connection)
    if not known:
        suspect_all(connection)
    gone = bared = 0
    if "activities" in limits:
        gone = sum(_old_rows(turns, table, limits) for table in ("activity", "presence"))
    if "titles" in limits:
        bared = _old_titles(turns, limits)
    if gone or bared or not known:
        sweep(turns)
        with turns.turn():
            marks.note(connection, {})
        scrub(connection)
    return gone, bared


def _old_rows(turns: Turns, table: str, limits: dict[str, int]) -> int:
    """Delete rows that ended before the limit; returns how many."""
    execute, gone = turns.connection.execute, 0
    for known in _sources(turns, limits["activities"]):
        for low, high in turns.stretches(table, "start", _ENDED, known):
            these = {**known, "low": low, "high": high}
            with turns.turn():
                marks.note(turns.connection, {"retire": limits})
                if table == "activity":
                    _suspect(turns, _ENDED, these)
                gone += execute(f"DELETE FROM {table} WHERE {_ENDED}{_HERE}", these).rowcount  # noqa: S608
    return gone


def _old_titles(turns: Turns, limits: dict[str, int]) -> int:
    """Point old activities to contexts of the same app and site without title and page."""
    execute, bared = turns.connection.execute, 0
    execute("DROP TABLE IF EXISTS temp.told")
    execute("CREATE TEMP TABLE told (id INTEGER PRIMARY KEY)")
    execute("INSERT INTO temp.told SELECT id FROM context WHERE title != 0 OR page != 0")
    for known in _sources(turns, limits["titles"]):
        for low, high in turns.stretches("activity", "start", _TOLD, known):
            these = {**known, "low": low, "high": high}
            with turns.turn():
                marks.note(turns.connection, {"retire": limits})
                _suspect(turns, _TOLD, these)
                execute(
                    "INSERT OR IGNORE INTO context (app, site, title, page)"  # noqa: S608 - ours
                    " SELECT DISTINCT app, site, 0, 0 FROM context WHERE id IN"
                    f" (SELECT context FROM activity WHERE {_TOLD}{_HERE})",
                    these,
                )
                bared += execute(
                    f"UPDATE activity SET context = ({_BARE}) WHERE {_TOLD}{_HERE}",  # noqa: S608
                    these,
                ).rowcount
    return bared


def _suspect(turns: Turns, condition: str, these: dict[str, int]) -> None:
    """Put the contexts of rows that are about to change on the list of those to look after."""
    turns.connection.execute(
        "INSERT OR IGNORE INTO temp.leaving"  # noqa: S608 - names of ours
        f" SELECT context FROM activity WHERE {condition}{_HERE}",
        these,
    )


def _sources(turns: Turns, limit: int) -> list[dict[str, int]]:
    sources = turns.connection.execute("SELECT id FROM source ORDER BY id").fetchall()
    return [
        {"source": source, "limit": limit, "low": -(1 << 62), "high": limit + 1}
        for (source,) in sources
    ]
