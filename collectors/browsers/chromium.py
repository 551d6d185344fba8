"""Histories of the Chromium family (Chrome, Brave, Edge, Vivaldi, Opera …)."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from collectors.browsers.copying import UnreadableError, columns, copied
from collectors.browsers.visits import Reader, Visit, facts, instant
from collectors.facts.screen import Activity, BadRecord

EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
CHAIN_END = 0x20000000
"""Transition flag of a chain's last visit: those without it redirected the person onwards."""


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
            with copied(self.history) as connection:
                bad: list[BadRecord] = []
                yield from facts(self._visits(connection, since, bad), self._reader)
                yield from bad
        except UnreadableError as error:
            yield BadRecord(str(self.history), str(error))

    def _visits(
        self, connection: sqlite3.Connection, since: datetime, bad: list[BadRecord]
    ) -> Iterator[Visit]:
        # total_foreground_duration is time in front; visit_duration runs on in the background.
        annotated = "total_foreground_duration" in columns(connection, "context_annotations")
        view = "a.total_foreground_duration" if annotated else "NULL"
        join = "LEFT JOIN context_annotations a ON a.visit_id = v.id" if annotated else ""
        rows = connection.execute(
            f"SELECT v.id, v.visit_time, u.url, u.title, {view} FROM visits v"  # noqa: S608 - ours
            f" JOIN urls u ON u.id = v.url {join}"
            " WHERE v.visit_time > ? AND (v.transition & ?) != 0 ORDER BY v.visit_time, v.id",
            ((since - EPOCH) // timedelta(microseconds=1), CHAIN_END),
        )
        for number, moment, url, title, seen in rows:
            try:
                start = instant(EPOCH, moment)
            except (ValueError, TypeError) as error:
                bad.append(BadRecord(f"{self.name}, visit {number}", str(error)))
                continue
            # 0 and -1 000 000 stand for a page that is still open, or was never recorded.
            in_view = timedelta(microseconds=seen) if seen and seen > 0 else None
            yield Visit(number, start, url, title, in_view)
