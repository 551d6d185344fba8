"""Deleting, truly: afterwards the bytes are in none of the database's files."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from disconnect.clock import milliseconds
from disconnect.errors import DisconnectError


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """What to forget; all that is given must hold of an activity for it to go."""

    app: str | None = None
    site: str | None = None
    title: str | None = None
    person: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_period_alone(self) -> bool:
        """Whether everything in a period goes: presence and what was logged, too."""
        return not (self.app or self.site or self.title or self.person)


@dataclass(slots=True)
class Forgotten:
    """How many rows went."""

    activities: int = 0
    presences: int = 0
    encounters: int = 0
    opportunities: int = 0
    people: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.activities + self.presences + self.encounters + self.opportunities + self.people


def forget(connection: sqlite3.Connection, what: What) -> Forgotten:
    """Delete what is asked, in one transaction, then rewrite the file without it.

    Raises:
        DisconnectError: Nothing is said to forget.
    """
    gone = Forgotten()
    if what == What():
        raise DisconnectError("say what to forget: --app, --site, --title, --person, or a period")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if what.person:
            _person(connection, what, gone)
        else:
            gone.activities = _activities(connection, what)
            if what.is_period_alone:
                _logged(connection, what, gone)
        sweep(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    scrub(connection)
    return gone


def count(connection: sqlite3.Connection, what: What) -> Forgotten:
    """What `forget` would delete; nothing is deleted."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        gone = Forgotten()
        if what.person:
            _person(connection, what, gone)
        else:
            gone.activities = _activities(connection, what)
            if what.is_period_alone:
                _logged(connection, what, gone)
        return gone
    finally:
        connection.execute("ROLLBACK")


def _span(what: What) -> tuple[int, int]:
    since = milliseconds(what.since) if what.since else -(1 << 62)
    until = milliseconds(what.until) if what.until else 1 << 62
    return since, until


def _activities(connection: sqlite3.Connection, what: What) -> int:
    conditions = ["start < :until", "start + length > :since"]
    if what.app:
        conditions.append(_context_of("app", "name = :app COLLATE NOCASE"))
    if what.site:
        # A site goes with all below it: example.org takes mail.example.org along.
        conditions.append(_context_of("site", "name = :site OR name LIKE '%.' || :site"))
    if what.title:
        conditions.append(_context_of("title", "instr(lower(name), lower(:title))"))
    since, until = _span(what)
    return connection.execute(
        f"DELETE FROM activity WHERE {' AND '.join(conditions)}",  # noqa: S608 - parts of ours
        {
            "since": since,
            "until": until,
            "app": what.app,
            "site": what.site,
            "title": what.title,
        },
    ).rowcount


def _context_of(part: str, condition: str) -> str:
    return (
        f"context IN (SELECT id FROM context WHERE {part} IN"  # noqa: S608 - names of ours
        f" (SELECT id FROM {part} WHERE {condition}))"
    )


def _logged(connection: sqlite3.Connection, what: What, gone: Forgotten) -> None:
    span = _span(what)
    gone.presences = connection.execute(
        "DELETE FROM presence WHERE start + length > ? AND start < ?", span
    ).rowcount
    gone.encounters = connection.execute(
        "DELETE FROM encounter WHERE start + length > ? AND start < ?", span
    ).rowcount


def _person(connection: sqlite3.Connection, what: What, gone: Forgotten) -> None:
    found = connection.execute("SELECT id FROM person WHERE name = ?", (what.person,)).fetchone()
    if found is None:
        from disconnect.store.people import find_person

        find_person(connection, what.person or "")
        return
    gone.opportunities = connection.execute(
        "DELETE FROM opportunity WHERE person = ?", found
    ).rowcount
    gone.encounters = connection.execute(
        "DELETE FROM encounter WHERE id IN (SELECT encounter FROM encounter_person"
        " WHERE person = ?1) AND id NOT IN (SELECT encounter FROM encounter_person"
        " WHERE person != ?1)",
        found,
    ).rowcount
    # Shared encounters stay for the others; their words may name the one who goes.
    connection.execute(
        "UPDATE encounter SET words = NULL, note = NULL WHERE id IN"
        " (SELECT encounter FROM encounter_person WHERE person = ?)",
        found,
    )
    gone.people = connection.execute("DELETE FROM person WHERE id = ?", found).rowcount


def sweep(connection: sqlite3.Connection) -> None:
    """Delete names that no row needs any more, and what was derived from them."""
    execute = connection.execute
    before = execute("SELECT count(*) FROM context").fetchone()
    execute("DELETE FROM context WHERE id NOT IN (SELECT context FROM activity)")
    for part in ("title", "page", "site", "app"):
        execute(f"DELETE FROM {part} WHERE id NOT IN (SELECT {part} FROM context)")  # noqa: S608
    execute("DELETE FROM entry WHERE encounter IS NULL AND opportunity IS NULL")
    if execute("SELECT count(*) FROM context").fetchone() != before:
        # Ids of contexts that are gone may be given out anew: what was kept by id is void.
        execute("DELETE FROM sorted")
        execute("DELETE FROM hour_sums")


def scrub(connection: sqlite3.Connection) -> None:
    """Rewrite the file without what was deleted, and empty the write-ahead log."""
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


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
        connection.execute("ROLLBACK")
        raise
    if gone or bared:
        scrub(connection)
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
