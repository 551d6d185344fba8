"""Histories of the Chromium family (Chrome, Brave, Edge, Vivaldi, Opera …)."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from collectors.browsers.copying import UnreadableError, columns, copied, last_written
from collectors.browsers.visits import (
    EARLIEST,
    LONGEST_OPEN,
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
SAME = timedelta(seconds=1)
"""A page's time in view and the time it was open are measured apart."""
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
                yield from facts(self._visits(connection, since), self._reader, until, since)
        except UnreadableError as error:
            yield BadRecord(str(self.history), str(error))

    def _visits(
        self, connection: sqlite3.Connection, since: datetime
    ) -> Iterator[Visit | BadRecord]:
        within = _Documents()
        rows = connection.execute(
            _asking(connection),
            (microseconds(EPOCH, _from(connection, since)), CHAIN_END, *NOT_A_PAGE),
        )
        for number, moment, url, title, seen, lasted, before, led_on in rows:
            try:
                start = instant(EPOCH, moment)
            except ValueError as error:
                yield BadRecord(f"{self.name}, visit {numbered(number)}", str(error))
                continue
            # 0 stands for a page that is still open, or was when the browser ended.
            open_for = length(lasted, MICROSECOND, LONGEST_OPEN)
            left = start + open_for if open_for else None
            # -1 000 000 stands for a page still open; 0 for one that never came to the front.
            visit = Visit(numbered(number), start, str(url), title, length(seen, MICROSECOND), left)
            yield within.own(visit, before, bool(led_on))


class _Documents:
    """The pages that one document showed, by pushState: Chromium books all their time on the first.

    ```
    visit            /    /thread    /settings
    open for         3 s  4 s        11 s
    recorded         15 s unknown    unknown
    in view          3 s  4 s        8 s
    ```
    """

    def __init__(self) -> None:
        self._over: dict[int, timedelta] = {}

    def own(self, visit: Visit, before: int, led_on: bool) -> Visit:  # noqa: FBT001 - of this file
        """Return a visit with its own time in view.

        `before` is the visit that led to it; `led_on`: it led to one without a record itself.
        """
        over = self._over.pop(before, None)
        seen = over if visit.in_view is None else visit.in_view
        visit = replace(visit, in_view=seen)
        if seen is None or visit.left is None:
            return visit
        rest = seen - (visit.left - visit.start)
        if rest <= SAME:
            return visit
        if not led_on:
            return replace(visit, left=None)  # it says two things: what it was in view for holds
        self._over[visit.number] = rest
        return replace(visit, in_view=seen - rest)


def _from(connection: sqlite3.Connection, since: datetime) -> datetime:
    """Return when to read from: pages opened before `since`, and left after, are among them."""
    if since <= EARLIEST + LONGEST_OPEN or "visit_duration" not in columns(connection, "visits"):
        return since
    earliest, latest = (microseconds(EPOCH, moment) for moment in (since - LONGEST_OPEN, since))
    (first,) = connection.execute(
        "SELECT min(visit_time) FROM visits WHERE visit_time > ? AND visit_time <= ?"
        " AND visit_time + visit_duration > ?",
        (earliest, latest, latest),
    ).fetchone()
    return since if first is None else instant(EPOCH, int(first)) - MICROSECOND


def _asking(connection: sqlite3.Connection) -> str:
    """The question, in the words of this version's schema."""
    visits = columns(connection, "visits")
    # total_foreground_duration is time in front; visit_duration runs on in the background.
    annotated = "total_foreground_duration" in columns(connection, "context_annotations")
    view = "a.total_foreground_duration" if annotated else "NULL"
    join = "LEFT JOIN context_annotations a ON a.visit_id = v.id" if annotated else ""
    lasted = "v.visit_duration" if "visit_duration" in visits else "NULL"
    before, led_on = "0", "0"
    if annotated and "from_visit" in visits:
        before = "v.from_visit"
        led_on = (
            "v.id IN (SELECT n.from_visit FROM visits n LEFT JOIN context_annotations b"
            " ON b.visit_id = n.id WHERE coalesce(b.total_foreground_duration, -1) < 0)"
        )
    # A synced history holds visits of the person's other devices too.
    synced = "originator_cache_guid" in visits
    here = "AND coalesce(v.originator_cache_guid, '') = ''" if synced else ""
    return (
        f"SELECT v.id, v.visit_time, u.url, u.title, {view}, {lasted}, {before}, {led_on}"  # noqa: S608 - ours
        f" FROM visits v JOIN urls u ON u.id = v.url {join}"
        " WHERE v.visit_time > ? AND (v.transition & ?) != 0"
        f" AND (v.transition & 255) NOT IN (?, ?, ?) {here} ORDER BY v.visit_time, v.id"
    )
