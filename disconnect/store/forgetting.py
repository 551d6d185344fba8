"""Deleting, truly: afterwards the bytes are in none of the database's files."""

import datetime as dt
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from disconnect.clock import milliseconds
from disconnect.errors import DisconnectError, UsageProblemError
from disconnect.store.people import find_person, forget_lost


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
        return self.app is self.site is self.title is self.person is None


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
        DisconnectError: It is not clear what to forget, or another program reads on.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        gone = _delete(connection, what)
        sweep(connection)
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise
    scrub(connection)
    return gone


def count(connection: sqlite3.Connection, what: What) -> Forgotten:
    """What `forget` would delete; nothing is deleted."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        return _delete(connection, what)
    finally:
        _roll_back(connection)


def _roll_back(connection: sqlite3.Connection) -> None:
    """Undo the transaction, unless SQLite has done so itself (a full disk)."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _delete(connection: sqlite3.Connection, what: What) -> Forgotten:
    _check(what)
    connection.create_function("folded", 1, str.casefold, deterministic=True)
    gone = Forgotten()
    if what.person is not None:
        _person(connection, what, gone)
        return gone
    gone.activities = _activities(connection, what)
    if what.is_period_alone:
        _logged(connection, what, gone)
    return gone


def _check(what: What) -> None:
    """Refuse what could be read in two ways: what is deleted does not come back."""
    if what == What():
        raise UsageProblemError("say what to forget: --app, --site, --title, --person, or a period")
    for name in ("app", "site", "title", "person"):
        text = getattr(what, name)
        if text is not None and not text.strip():
            raise UsageProblemError(f"--{name} is empty; say which {name}, or leave it out")
    if what.person is not None and (what.app or what.site or what.title):
        raise UsageProblemError("--person goes with a period only; forget the rest by itself")


def _span(what: What) -> tuple[int, int]:
    since = milliseconds(what.since) if what.since else -(1 << 62)
    until = milliseconds(what.until) if what.until else 1 << 62
    return since, until


def _activities(connection: sqlite3.Connection, what: What) -> int:
    conditions = ["start < :until", "start + length > :since"]
    if what.app is not None:
        conditions.append(_context_of("app", "folded(name) = :app"))
    if what.site is not None:
        # A site goes with all below it: example.org takes mail.example.org along.
        below = "substr('.' || name, -length('.' || :site)) = '.' || :site"
        conditions.append(_context_of("site", below))
    if what.title is not None:
        conditions.append(_context_of("title", "instr(folded(name), :title)"))
    since, until = _span(what)
    return connection.execute(
        f"DELETE FROM activity WHERE {' AND '.join(conditions)}",  # noqa: S608 - parts of ours
        {
            "since": since,
            "until": until,
            "app": (what.app or "").strip().casefold(),
            "site": (what.site or "").strip().lower().removeprefix("www."),
            "title": (what.title or "").casefold(),
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
    gone.opportunities = _opportunities(connection, what, "1", ())


def _opportunities(
    connection: sqlite3.Connection, what: What, whose: str, person: tuple[int, ...]
) -> int:
    """Delete opportunities of the days whose noon lies in the period."""
    days = connection.execute("SELECT DISTINCT day FROM opportunity").fetchall()
    return sum(
        connection.execute(
            f"DELETE FROM opportunity WHERE day = ? AND {whose}",  # noqa: S608 - ours
            (day, *person),
        ).rowcount
        for (day,) in days
        if _has_noon_of(what, dt.date.fromisoformat(day))
    )


def _has_noon_of(what: What, day: dt.date) -> bool:
    def noon(like: dt.datetime) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(12), tzinfo=like.tzinfo)

    begun = what.since is None or what.since <= noon(what.since)
    return begun and (what.until is None or noon(what.until) < what.until)


def _person(connection: sqlite3.Connection, what: What, gone: Forgotten) -> None:
    """A person with what was logged with them; in a period only what was logged then."""
    row = find_person(connection, what.person or "")
    known = {"person": row.id, "since": _span(what)[0], "until": _span(what)[1]}
    then = "start < :until AND start + length > :since"
    gone.opportunities = _opportunities(connection, what, "person = ?", (row.id,))
    gone.encounters = connection.execute(
        f"DELETE FROM encounter WHERE {then} AND id IN (SELECT encounter FROM encounter_person"  # noqa: S608 - ours
        " WHERE person = :person) AND id NOT IN (SELECT encounter FROM encounter_person"
        " WHERE person != :person)",
        known,
    ).rowcount
    # Shared encounters stay for the others; their words may name the one who goes.
    shared = (
        f"(SELECT id FROM encounter WHERE {then} AND id IN (SELECT encounter"  # noqa: S608 - ours
        " FROM encounter_person WHERE person = :person))"
    )
    connection.execute(
        f"UPDATE encounter SET words = NULL, note = NULL WHERE id IN {shared}",  # noqa: S608 - ours
        known,
    )
    if what.since or what.until:
        gone.encounters += connection.execute(
            f"DELETE FROM encounter_person WHERE person = :person AND encounter IN {shared}",  # noqa: S608 - ours
            known,
        ).rowcount
        return
    gone.people = connection.execute("DELETE FROM person WHERE id = ?", (row.id,)).rowcount
    connection.execute(
        "UPDATE meeting SET words = '' WHERE instr(folded(words), ?)", (row.name.casefold(),)
    )
    forget_lost(connection)


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
    """Rewrite the file without what was deleted, and empty the write-ahead log.

    Raises:
        DisconnectError: Another program is reading, so the log cannot be emptied.
    """
    try:
        connection.execute("VACUUM")
    finally:  # where there is no room to rewrite it, deleted bytes are overwritten all the same
        (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise DisconnectError(
            "it is deleted, but another program is reading the database: its bytes stay in the"
            " file beside it (-wal) until that program ends"
        )


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
        _roll_back(connection)
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
