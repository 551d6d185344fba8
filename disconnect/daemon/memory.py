"""What the daemon remembers from one run to the next, in the home's database."""

import datetime as dt
import secrets
import sqlite3

from disconnect.clock import instant, milliseconds
from disconnect.daemon.sessionizer import Span
from disconnect.store.forgetting import FORGOTTEN_AT

_SALT = "salt_of_hashes"


def salt(connection: sqlite3.Connection) -> bytes:
    """What makes this home's hashes of titles its own; drawn once."""
    fresh = (_SALT, secrets.token_hex(16))
    connection.execute("INSERT OR IGNORE INTO fact_of_home (name, value) VALUES (?, ?)", fresh)
    found = connection.execute("SELECT value FROM fact_of_home WHERE name = ?", (_SALT,)).fetchone()
    return bytes.fromhex(found[0])


def last_runs(connection: sqlite3.Connection) -> dict[str, dt.datetime]:
    """When each job ran last."""
    rows = connection.execute("SELECT name, last_run FROM job")
    return {name: instant(last_run) for name, last_run in rows}


def remember_run(connection: sqlite3.Connection, name: str, now: dt.datetime, detail: str) -> None:
    """Note that a job ran now, and how it went."""
    connection.execute(
        "INSERT INTO job (name, last_run, detail) VALUES (?, ?, ?) ON CONFLICT (name)"
        " DO UPDATE SET last_run = excluded.last_run, detail = excluded.detail",
        (name, milliseconds(now), detail),
    )


def recorded_after(connection: sqlite3.Connection, device: str, wall: dt.datetime) -> list[Span]:
    """Stretches of live rows that end after an instant: the clock was ahead when they were written."""
    spans: list[Span] = []
    for table in ("activity", "presence"):
        rows = connection.execute(
            f"SELECT start, start + length FROM {table} JOIN source ON source.id = source"  # noqa: S608 - two names of ours
            " JOIN device ON device.id = device WHERE device.name = ? AND start + length > ?"
            " AND (source.name LIKE 'desktop/%' OR source.name LIKE 'processes/%'"
            "      OR source.name = 'presence/daemon')"
            " AND start > ? - source.longest",
            (device, milliseconds(wall), milliseconds(wall)),
        )
        spans += [(instant(start), instant(end)) for start, end in rows]
    return spans


def covered_hours(connection: sqlite3.Connection, since: dt.datetime, until: dt.datetime) -> float:
    """Hours between the two in which the daemon watched, from its own presence rows."""
    (covered,) = connection.execute(
        "SELECT coalesce(sum(min(start + length, ?2) - max(start, ?1)), 0)"
        " FROM presence JOIN source ON source.id = source"
        " WHERE source.name = 'presence/daemon' AND start < ?2 AND start + length > ?1"
        " AND start > ?1 - source.longest",
        (milliseconds(since), milliseconds(until)),
    ).fetchone()
    return float(covered) / 3_600_000


def forgotten_at(connection: sqlite3.Connection) -> dt.datetime:
    """When the person last had something forgotten; long ago where they never had."""
    found = connection.execute(
        "SELECT value FROM fact_of_home WHERE name = ?", (FORGOTTEN_AT,)
    ).fetchone()
    return instant(int(found[0]) if found else 864_000_000)


def newest(connection: sqlite3.Connection, source: str) -> dt.datetime:
    """When the newest row of a source began; long ago where there is none."""
    (start,) = connection.execute(
        "SELECT coalesce(max(start), 864000000) FROM activity JOIN source ON source.id = source"
        " WHERE source.name = ?",
        (source,),
    ).fetchone()
    return instant(start)
