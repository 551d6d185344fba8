"""Histories of Firefox and its family."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from collectors.browsers.copying import UnreadableError, columns, copied
from collectors.browsers.visits import Reader, Visit, facts, instant
from collectors.facts.screen import Activity, BadRecord

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOT_THE_PERSON = (4, 5, 6, 8)
"""Visit types embed, permanent and temporary redirect, framed link."""


class Firefox:
    """One profile's `places.sqlite`; times in microseconds since 1970."""

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
        rows = connection.execute(
            "SELECT v.id, v.visit_date, p.url, p.title, v.place_id FROM moz_historyvisits v"
            " JOIN moz_places p ON p.id = v.place_id"
            " WHERE v.visit_date > ? AND v.visit_type NOT IN (4, 5, 6, 8)"
            # The page a redirect started from is hidden; the one it led to has a type of its own.
            " AND (p.hidden = 0 OR EXISTS (SELECT 1 FROM moz_historyvisits t"
            "      WHERE t.from_visit = v.id AND t.visit_type NOT IN (5, 6)))"
            " ORDER BY v.visit_date, v.id",
            ((since - EPOCH) // timedelta(microseconds=1),),
        ).fetchall()
        redirected = self._led_to(connection, since)
        views = _Views(connection, since)
        for number, moment, url, title, place in sorted([*rows, *redirected], key=_by_time):
            try:
                start = instant(EPOCH, moment)
            except (ValueError, TypeError) as error:
                bad.append(BadRecord(f"{self.name}, visit {number}", str(error)))
                continue
            yield Visit(number, start, url, title, views.of(place, start))

    def _led_to(
        self, connection: sqlite3.Connection, since: datetime
    ) -> list[tuple[int, int, str, str | None, int]]:
        """Where redirects ended: the page the person saw, though its type is a redirect's."""
        return connection.execute(
            "SELECT v.id, v.visit_date, p.url, p.title, v.place_id FROM moz_historyvisits v"
            " JOIN moz_places p ON p.id = v.place_id"
            " WHERE v.visit_date > ? AND v.visit_type IN (5, 6) AND p.hidden = 0",
            ((since - EPOCH) // timedelta(microseconds=1),),
        ).fetchall()


def _by_time(row: tuple[int, int, str, str | None, int]) -> tuple[int, int]:
    return row[1], row[0]


class _Views:
    """Firefox's own record of time in view (moz_places_metadata, ms), taken up visit by visit."""

    NEAR = timedelta(seconds=10)
    """A record begins when its page is shown: at the visit, or moments after."""

    def __init__(self, connection: sqlite3.Connection, since: datetime) -> None:
        self._by_place: dict[int, list[tuple[datetime, timedelta]]] = {}
        if "total_view_time" not in columns(connection, "moz_places_metadata"):
            return
        rows = connection.execute(
            "SELECT place_id, created_at, total_view_time FROM moz_places_metadata"
            " WHERE created_at >= ? ORDER BY created_at",
            ((since - EPOCH) // timedelta(milliseconds=1) - 10_000,),
        )
        for place, created, seen in rows:
            began = EPOCH + timedelta(milliseconds=created)
            self._by_place.setdefault(place, []).append((began, timedelta(milliseconds=seen)))

    def of(self, place: int, start: datetime) -> timedelta | None:
        """The time in view of a page's visit; None: not recorded, or still open."""
        records = self._by_place.get(place, [])
        for number, (began, seen) in enumerate(records):
            if abs(began - start) <= self.NEAR:
                del records[number]
                return seen if seen > timedelta() else None
        return None
