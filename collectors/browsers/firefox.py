"""Histories of Firefox and its family."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from collectors.browsers.copying import UnreadableError, columns, copied, last_written
from collectors.browsers.visits import (
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
    SELECT m.id, m.place_id, m.created_at, m.total_view_time, p.url, p.title
    FROM moz_places_metadata m JOIN moz_places p ON p.id = m.place_id
    WHERE m.created_at > ? AND p.hidden = 0
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
                yield from facts(self._visits(connection, since), self._reader, until)
        except UnreadableError as error:
            yield BadRecord(str(self.history), str(error))

    def _visits(
        self, connection: sqlite3.Connection, since: datetime
    ) -> Iterator[Visit | BadRecord]:
        """Visits with their time in view, and the times a tab was come back to, by time."""
        earlier = since - NEAR  # a view just after `since` may belong to a visit before it
        views, every = self._views(connection, earlier)
        found: list[Visit] = []
        for number, moment, url, title, place in connection.execute(
            VISITS, (microseconds(EPOCH, earlier),)
        ):
            try:
                visit = Visit(numbered(number), instant(EPOCH, moment), str(url), title, None)
            except ValueError as error:
                yield BadRecord(f"{self.name}, visit {numbered(number)}", str(error))
                continue
            found.append(replace(visit, in_view=_in_view(visit, views.get(place, []))))
        found += [view.visit for view in every if not view.taken]
        for visit in sorted(found, key=lambda visit: visit.start):
            if visit.start > since:
                yield visit

    def _views(
        self, connection: sqlite3.Connection, since: datetime
    ) -> tuple[dict[int, list[_View]], list[_View]]:
        """What moz_places_metadata knows, by page and in all; nothing in an older version."""
        by_place: dict[int, list[_View]] = {}
        every: list[_View] = []
        if "total_view_time" not in columns(connection, "moz_places_metadata"):
            return by_place, every
        rows = connection.execute(VIEWS, ((since - EPOCH) // MILLISECOND,))
        for number, place, created, seen, url, title in rows:
            try:
                start = instant(EPOCH, created * 1000)
            except (ValueError, TypeError):
                continue  # the visit itself stays, as one without a record
            view = _View(
                Visit(numbered(number), start, str(url), title, length(seen, MILLISECOND)), place
            )
            by_place.setdefault(place, []).append(view)
            every.append(view)
        return by_place, every


def _in_view(visit: Visit, views: list[_View]) -> timedelta | None:
    """The recorded time in view that belongs to a visit; each record belongs to one."""
    for view in views:
        if not view.taken and abs(view.visit.start - visit.start) <= NEAR:
            view.taken = True
            return view.visit.in_view
    return None
