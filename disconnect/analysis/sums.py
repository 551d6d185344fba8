"""Hours of a period as records: kept sums where they hold, built where they do not."""

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from collectors.facts.social import Channel
from disconnect.analysis.zones import offsets
from disconnect.clock import Clock, milliseconds
from disconnect.errors import DisconnectError, NothingThereError
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline.timeline import (
    DAY,
    RECORD,
    TITLE_MEMORY,
    Device,
    Names,
    Records,
    Rows,
    Stretch,
    records,
)
from disconnect.sorting.sorter import Sorter
from disconnect.store import frames, sums
from disconnect.store.frames import SourceRow
from disconnect.store.opening import connect

FINISHED_AFTER = 3_600_000
"""A UTC day is finished an hour [ms] after its end: the last rows have come in."""
STRETCH = 30
"""UTC days built at once: enough for numpy to pay, little enough to stay in the cache."""
EPOCH = dt.date(1970, 1, 1)
CHANNELS = tuple(Channel)
"""The order in which channels are numbered."""
NOTHING = (
    "nothing is recorded in {period}; disconnect status says whether the collector runs,"
    " disconnect import browsers brings in history"
)


@dataclass
class Hours:
    """Records of a period with what is needed to read them."""

    records: Records
    """Dtype `RECORD`; `hour` counts local hours since 1970."""
    sorter: Sorter
    category: NDArray[np.uint16]
    """Category of each context, indexed by context id."""

    @cached_property
    def channel(self) -> NDArray[np.int64]:
        """The channel's number of each record; `other` where nothing was shown."""
        by_category = np.array([CHANNELS.index(c) for c in self.sorter.channels], dtype=np.int64)
        by_context = by_category[self.category[self.records["context"]]]
        logged = self.records["channel"].astype(np.int64)
        return np.where(logged > 0, logged, by_context)

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """Whether a record is time on a screen (or logged online), rather than mere presence."""
        return (self.records["context"] > 0) | (self.records["channel"] > 0)


@contextlib.contextmanager
def opened(home: Home) -> Iterator[sqlite3.Connection]:
    """The home's database: for writing where it can be, so that sums are kept; else to read."""
    if not home.database.exists():
        connect(home.database, read_only=True)
    try:
        connection = connect(home.database)
    except DisconnectError as error:
        if error.exit_code != 1 or "write" not in str(error):
            raise
        connection = connect(home.database, read_only=True)
    try:
        yield connection
    finally:
        connection.close()


def sorter_of(home: Home) -> Sorter:
    """The rules of this home: the person's own first."""
    return Sorter.load(home.rules if home.rules.exists() else None)


def hours(connection: sqlite3.Connection, sorter: Sorter, period: Period, clock: Clock) -> Hours:
    """Every record that can lie in the local days of a period (one day to spare on each side).

    Raises:
        NothingThereError: Nothing was ever recorded or logged.
    """
    extent = frames.extent(connection)
    if extent is None:
        raise NothingThereError(NOTHING.format(period="this home"))
    first = max((period.first - EPOCH).days - 1, extent[0] // DAY)
    last = min((period.last - EPOCH).days + 2, extent[1] // DAY)
    category = sums.categories(connection, sorter.fingerprint, sorter.sort)
    found = sums.kept(connection, first, last, sorter.fingerprint, RECORD)
    missing = [day for day in range(first, last + 1) if day not in found]
    if missing:
        builder = _Builder(connection, sorter, category)
        found |= _built(builder, missing, milliseconds(clock()))
    parts = [found[day] for day in range(first, last + 1) if len(found[day])]
    every = np.concatenate(parts) if parts else np.empty(0, dtype=RECORD)
    return Hours(every, sorter, category)


def _built(builder: "_Builder", missing: list[int], now: int) -> dict[int, Records]:
    """Build the days that are not kept, and keep those that are finished."""
    found: dict[int, Records] = {}
    for first, last in _stretches(missing):
        built, depends = builder.build(first, last)
        rules = [builder.sorter.fingerprint if depend else "" for depend in depends]
        days = range(first, last + 1)
        found |= dict(zip(days, built, strict=True))
        builder.keep(
            [
                (day, rule, part)
                for day, rule, part in zip(days, rules, built, strict=True)
                if (day + 1) * DAY + FINISHED_AFTER <= now
            ]
        )
    return found


def _stretches(days: list[int]) -> Iterator[tuple[int, int]]:
    begin = previous = days[0]
    for day in days[1:]:
        if day != previous + 1 or day - begin >= STRETCH:
            yield begin, previous
            begin = day
        previous = day
    yield begin, previous


class _Builder:
    """Reads rows of a stretch of UTC days and runs the timeline over them."""

    def __init__(
        self, connection: sqlite3.Connection, sorter: Sorter, category: NDArray[np.uint16]
    ) -> None:
        self.connection = connection
        self.sorter = sorter
        self._category = category
        self._sources = frames.sources(connection)
        self._zones = frames.names(connection, "zone")

    @cached_property
    def names(self) -> Names:
        """What the timeline must know of contexts."""
        channels = self.sorter.channels
        rank = np.array([max(CHANNELS.index(c) - 1, 0) for c in channels], dtype=np.int64)
        parts = sums.context_apps(self.connection)
        family, title = (np.zeros(len(self._category), dtype=np.int64) for _ in range(2))
        families = self._families()
        family[parts[:, 0]] = families[parts[:, 1]]
        browsers = parts[family[parts[:, 0]] > 0]
        title[browsers[:, 0]] = self._page_titles(browsers[:, 2])
        return Names(family, title, rank[self._category])

    def _families(self) -> NDArray[np.int64]:
        """The number of the browser family of each app, indexed by app id; 0: no browser."""
        apps = frames.names(self.connection, "app")
        numbers: dict[str, int] = {}
        array = np.zeros(max(apps, default=0) + 1, dtype=np.int64)
        for number, name in apps.items():
            family = self.sorter.browser(name)
            if family:
                array[number] = numbers.setdefault(family, len(numbers) + 1)
        return array

    def _page_titles(self, titles: NDArray[np.int64]) -> NDArray[np.int64]:
        """One number for all titles that are the same page, whatever the browser added."""
        wanted, place = np.unique(titles, return_inverse=True)
        texts = dict(self.connection.execute("SELECT id, name FROM title"))
        numbers: dict[str, int] = {"": 0}
        pages = [
            numbers.setdefault(self.sorter.page_title(texts.get(title, "")), len(numbers))
            for title in wanted.tolist()
        ]
        return np.array(pages, dtype=np.int64)[place] if pages else titles

    def build(self, first: int, last: int) -> tuple[list[Records], list[bool]]:
        """The records of each UTC day, and whether they depend on the rules."""
        start, end = first * DAY, (last + 1) * DAY
        devices = sorted({source.device for source in self._sources})
        together, logged = self._encounters(start, end)
        stretch = Stretch(
            first,
            last,
            tuple(self._device(device, start, end) for device in devices),
            together,
            logged,
            {number: offsets(name, first, last) for number, name in self._zones.items()},
        )
        return records(stretch, self.names)

    def _device(self, device: int, start: int, end: int) -> Device:
        windows = self._rows("activity", device, ("desktop/", "heartbeats/"), start, end)
        # A window may have begun before, and takes its address from a visit before that.
        since = min(int(windows.start.min(initial=start)), start) - TITLE_MEMORY
        return Device(
            number=device,
            windows=windows,
            visits=self._rows("activity", device, ("browsers/",), since, end),
            presence=self._rows("presence", device, ("",), start, end),
            imported=self._rows("activity", device, ("imports/",), start, end),
        )

    def _rows(self, table: str, device: int, rooms: tuple[str, ...], start: int, end: int) -> Rows:
        chosen: list[SourceRow] = [
            source
            for source in self._sources
            if source.device == device and source.name.startswith(rooms)
        ]
        parts = [frames.spans(self.connection, table, source, start, end) for source in chosen]
        return _as_rows(np.concatenate(parts) if parts else np.empty((0, 4), dtype=np.int64))

    def _encounters(self, start: int, end: int) -> tuple[Rows, Rows]:
        cursor = self.connection.execute(
            "SELECT start, start + length, CASE channel WHEN 'in_person' THEN 0 WHEN 'call' THEN 1"
            " WHEN 'message' THEN 2 WHEN 'email' THEN 3 WHEN 'broadcast' THEN 4 ELSE 5 END, zone"
            " FROM encounter WHERE start < ? AND start + length > ? AND start > ?",
            (end, start, start - 10 * DAY),
        )
        every = frames.integers(cursor, 4)
        return _as_rows(every[every[:, 2] == 0]), _as_rows(every[every[:, 2] > 0])

    def keep(self, days: list[tuple[int, str, Records]]) -> None:
        """Keep finished days, all or none; where the database is only read, keep nothing."""
        if not days or self.connection.execute("PRAGMA query_only").fetchone()[0]:
            return
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            sums.keep(self.connection, days)
            self.connection.execute("COMMIT")
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise


def _as_rows(rows: NDArray[np.int64]) -> Rows:
    return Rows(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3])
