"""Histories of the Chromium family (Chrome, Brave, Edge, Vivaldi, Opera …)."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from collectors.browsers.copying import UnreadableError, columns, copied, last_written
from collectors.browsers.visits import (
    MICROSECOND,
    Reader,
    Visit,
    facts,
    instant,
    length,
    microseconds,
    numbered,
)
from collectors.facts.screen import Activity, BadRecord

EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
CHAIN_END = 0x20000000
"""Transition flag of a chain's last visit: those without it redirected the person onwards."""
NOT_A_PAGE = (3, 4, 10)
"""Core transitions of frames within a page (3, 4) and of generated keyword visits (10)."""


class Chromium:
    """One profile's `History`; times in microseconds since 1601."""

    def __init__(
        self, history: Path, *, product: str, profile: str, device: str, zone: str
    ) -> None:
        self.history = history
        self.name = f"browsers/{product}/{profile}"
        self._reader = Reader(self.name, product, device, zone)

    def missing(self) -> str | None:
        """Say what is missing for it to work here; None when it works."""
        return None if self.history.is_file() else f"no such file: {self.history}"

    def facts(self, since: datetime) -> Iterator[Activity | BadRecord]:
        """Yield the visits after `since` (aware, UTC), oldest first; redirects left out."""
        try:
            until = last_written(self.history)
            with copied(self.history) as connection:
                yield from facts(self._visits(connection, since), self._reader, until)
        except UnreadableError as error:
            yield BadRecord(str(self.history), str(error))

    def _visits(
        self, connection: sqlite3.Connection, since: datetime
    ) -> Iterator[Visit | BadRecord]:
        rows = connection.execute(
            _asking(connection), (microseconds(EPOCH, since), CHAIN_END, *NOT_A_PAGE)
        )
        for number, moment, url, title, seen in rows:
            try:
                start = instant(EPOCH, moment)
            except ValueError as error:
                yield BadRecord(f"{self.name}, visit {numbered(number)}", str(error))
                continue
            # -1 000 000 stands for a page still open; 0 for one that never came to the front.
            yield Visit(numbered(number), start, str(url), title, length(seen, MICROSECOND))


def _asking(connection: sqlite3.Connection) -> str:
    """The question, in the words of this version's schema."""
    # total_foreground_duration is time in front; visit_duration runs on in the background.
    annotated = "total_foreground_duration" in columns(connection, "context_annotations")
    view = "a.total_foreground_duration" if annotated else "NULL"
    join = "LEFT JOIN context_annotations a ON a.visit_id = v.id" if annotated else ""
    # A synced history holds visits of the person's other devices too.
    synced = "originator_cache_guid" in columns(connection, "visits")
    here = "AND coalesce(v.originator_cache_guid, '') = ''" if synced else ""
    return (
        f"SELECT v.id, v.visit_time, u.url, u.title, {view} FROM visits v"  # noqa: S608 - ours
        f" JOIN urls u ON u.id = v.url {join}"
        " WHERE v.visit_time > ? AND (v.transition & ?) != 0"
        f" AND (v.transition & 255) NOT IN (?, ?, ?) {here} ORDER BY v.visit_time, v.id"
    )
