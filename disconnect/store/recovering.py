"""Saving what can be read of a damaged database, and keeping the damaged file aside."""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from disconnect.errors import DisconnectError
from disconnect.store.opening import connect

TABLES = (
    "device", "zone", "source", "app", "site", "title", "page", "context", "activity", "presence",
    "person", "encounter", "encounter_person", "opportunity", "entry", "meeting", "job",
    "fact_of_home",
)  # fmt: skip
"""What is copied, in an order in which references hold; sums and sorted are made anew."""
STRIDE = 5_000
"""Rows tried at once; a stride that cannot be read is halved until the bad row is alone."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of a damaged database."""

    aside: Path
    rows: int
    tables_damaged: tuple[str, ...]

    def __str__(self) -> str:
        """One line for the log and `status`."""
        lost = (
            f"; parts of {', '.join(self.tables_damaged)} are lost" if self.tables_damaged else ""
        )
        return (
            f"the database was damaged: {self.rows} rows were saved into a new one{lost};"
            f" the damaged file is kept as {self.aside}"
        )


def recover(path: Path, now: datetime) -> Recovered:
    """Put a damaged database aside, and make a new one of what can be read.

    Raises:
        DisconnectError: The new one cannot be written; the damaged one is where it was.
    """
    draft = path.with_name(f"{path.name}.recovering")
    _remove(draft)
    fresh = connect(draft)
    try:
        rows, damaged = _salvaged(path, fresh)
        fresh.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        fresh.close()
        _remove(draft)
        raise DisconnectError(f"cannot save what is left of {path}: {error}") from error
    fresh.close()
    aside = path.with_name(f"{path.name}.corrupt-{now:%Y%m%d-%H%M%S}")
    path.replace(aside)
    for ending in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).replace(aside.with_name(aside.name + ending))
    draft.replace(path)
    _remove(draft)
    return Recovered(aside, rows, damaged)


def _salvaged(path: Path, fresh: sqlite3.Connection) -> tuple[int, tuple[str, ...]]:
    """Copy table by table what can be read; how many rows, and which tables lost some."""
    rows, damaged = 0, []
    fresh.execute("PRAGMA foreign_keys = OFF")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.text_factory = lambda raw: raw.decode("utf-8", "replace")
        for table in TABLES:
            columns = [row[1] for row in fresh.execute(f"PRAGMA table_info({table})")]
            marks = ", ".join("?" * len(columns))
            fresh.execute("BEGIN IMMEDIATE")
            before = fresh.total_changes
            whole = True
            for part in _readable(old, table, columns):
                if part is None:
                    whole = False
                    continue
                fresh.executemany(
                    f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 - names of ours
                    part,
                )
            rows += fresh.total_changes - before
            fresh.execute("COMMIT")
            if not whole:
                damaged.append(table)
    _drop_dangling(fresh)
    return rows, tuple(damaged)


def _readable(
    old: sqlite3.Connection, table: str, columns: list[str]
) -> Iterator[list[tuple[object, ...]] | None]:
    """Stretches of a table's rows; None where a stretch cannot be read.

    Tables are walked from both ends of their key, so that what lies behind a damaged page is
    reached too.
    """
    key = "source, start" if table in {"activity", "presence"} else "1"
    wanted = ", ".join(columns)
    for order in ("ASC", "DESC"):
        directed = ", ".join(f"{part} {order}" for part in key.split(", "))
        cursor = None
        part: list[tuple[object, ...]] = []
        try:
            cursor = old.execute(f"SELECT {wanted} FROM {table} ORDER BY {directed}")  # noqa: S608
            for row in cursor:
                part.append(tuple(row))
                if len(part) >= STRIDE:
                    yield part
                    part = []
        except sqlite3.DatabaseError:
            yield part
            yield None
            continue
        yield part
        return


def _drop_dangling(fresh: sqlite3.Connection) -> None:
    """Rows whose names were lost can tell nothing."""
    fresh.execute("DELETE FROM activity WHERE context NOT IN (SELECT id FROM context)")
    fresh.execute("DELETE FROM activity WHERE source NOT IN (SELECT id FROM source)")
    fresh.execute("DELETE FROM presence WHERE source NOT IN (SELECT id FROM source)")
    fresh.execute(
        "DELETE FROM encounter_person WHERE encounter NOT IN (SELECT id FROM encounter)"
        " OR person NOT IN (SELECT id FROM person)"
    )
    fresh.execute("DELETE FROM opportunity WHERE person NOT IN (SELECT id FROM person)")
    fresh.execute(
        "INSERT OR IGNORE INTO zone (id, name) SELECT DISTINCT zone, 'UTC' FROM encounter"
    )


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).unlink()
