"""Histories of Firefox and its family."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from collectors.browsers.copying import UnreadableError, columns, copied, last_written
from collectors.browsers.visits import (
    EARLIEST,
    LONGEST_OPEN,
    Reader,
    Visit,
    facts,
    instant,
    length,
    microseconds,
    numbered,
)
from collectors.facts.screen import Activity, BadRecord

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
NEAR = timedelta(seconds=10)
"""A record of time in view begins when its page is shown: at the visit, or moments after."""
VISITS = """
    SELECT v.id, v.visit_date, p.url, p.title, v.place_id
    FROM moz_historyvisits v JOIN moz_places p ON p.id = v.place_id
    WHERE v.visit_date > ? AND p.hidden = 0
      AND v.visit_type NOT IN (4, 8) -- embedded, framed
      AND NOT EXISTS ( -- it redirected: the visit it led to is of type 5 or 6
        SELECT 1 FROM moz_historyvisits t WHERE t.from_visit = v.id AND t.visit_type IN (5, 6))
    ORDER BY v.visit_date, v.id
"""
VIEWS = """
    SELECT m.id, m.place_id, m.created_at, m.total_view_time, m.updated_at, p.url, p.title
    FROM moz_places_metadata m JOIN moz_places p ON p.id = m.place_id
    WHERE m.created_at > ? AND (m.created_at > ? OR m.updated_at > ?) AND p.hidden = 0
      AND typeof(m.place_id) = 'integer' AND typeof(m.created_at) = 'integer'
    ORDER BY m.created_at, m.id
"""


@dataclass(slots=True)
class _View:
    """One stretch for which Firefox saw a page in front."""

    visit: Visit
    place: int
    taken: bool = False


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
            until = last_written(self.history)
            with copied(self.history) as connection:
                yield from facts(self._visits(connection, since), self._reader, until, since)
        except UnreadableError as error:
            yield BadRecord(str(self.history), str(error))

    def _visits(
        self, connection: sqlite3.Connection, since: datetime
    ) -> Iterator[Visit | BadRecord]:
        """Visits with their time in view, and the times a tab was come back to, by time."""
        views, every = self._views(connection, since)
        # A view may belong to a visit moments before it.
        earlier = min([since, *(view.visit.start for view in every)]) - NEAR
        found: list[Visit] = []
        for number, moment, url, title, place in connection.execute(
            VISITS, (microseconds(EPOCH, earlier),)
        ):
            try:
                visit = Visit(numbered(number), instant(EPOCH, moment), str(url), title, None)
            except ValueError as error:
                yield BadRecord(f"{self.name}, visit {numbered(number)}", str(error))
                continue
            found.append(_with_view(visit, views.get(place, [])))
        found += [view.visit for view in every if not view.taken]
        yield from sorted(found, key=lambda visit: visit.start)

    def _views(
        self, connection: sqlite3.Connection, since: datetime
    ) -> tuple[dict[int, list[_View]], list[_View]]:
        """What moz_places_metadata knows, by page and in all; nothing in an older version."""
        by_place: dict[int, list[_View]] = {}
        every: list[_View] = []
        there = columns(connection, "moz_places_metadata")
        if not {"total_view_time", "updated_at"} <= there:
            return by_place, every
        opened, last_seen = since - NEAR, since
        if since > EARLIEST + LONGEST_OPEN:
            opened = since - LONGEST_OPEN
        bounds = [(moment - EPOCH) // MILLISECOND for moment in (opened, since - NEAR, last_seen)]
        rows = connection.execute(VIEWS, bounds)
        for number, place, created, total, updated, url, title in rows:
            try:
                start = instant(EPOCH, created * 1000)
            except (ValueError, TypeError):
                continue  # the visit itself stays, as one without a record
            seen = length(total, MILLISECOND)
            left = _left(start, updated, seen)
            view = _View(Visit(numbered(number), start, str(url), title, seen, left), place)
            by_place.setdefault(place, []).append(view)
            every.append(view)
        return by_place, every


def _left(start: datetime, updated: object, seen: timedelta | None) -> datetime | None:
    """Return when a page was last in view; None if that is no time its view fits in."""
    try:
        found = instant(EPOCH, updated * 1000 if isinstance(updated, int) else updated)
    except ValueError:
        return None
    return found if found >= start + (seen or timedelta()) else None


def _with_view(visit: Visit, views: list[_View]) -> Visit:
    """Give a visit the time in view that was recorded for it; each record belongs to one."""
    for view in views:
        if not view.taken and abs(view.visit.start - visit.start) <= NEAR:
            view.taken = True
            return replace(visit, in_view=view.visit.in_view, left=view.visit.left)
    return visit
