"""The sums of a period: every hour of it by context, read from what is kept."""

import dataclasses
import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from disconnect.analysis import building
from disconnect.analysis.categories import Categories, categories
from disconnect.analysis.coverage import AROUND, NOTHING, Recorded, recorded
from disconnect.analysis.diary import diary_in, local_day
from disconnect.clock import Clock, local_zone, milliseconds
from disconnect.errors import DisconnectError, NothingThereError, UsageProblemError
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline.diary import NEVER, Diary
from disconnect.pipeline.timeline.rows import DAY, Sums
from disconnect.settings import Settings
from disconnect.store import frames
from disconnect.store.opening import connect

EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class HourSums:
    """What was counted in a period: `sums`, and for each of them its channel and category.

    `day` is the local day since 1970 by the hour at which days begin; `channel` a number
    into CHANNELS; `category` a number into the sorter's categories (0 for what was logged);
    `since` and `until` [ms UTC] where the period begins or ends within a day, else None.
    `recorded` tells on which days enough was recorded, and `diary` on which company was logged, as
    of today. The days of `period` are those of where the person was; of two devices in two
    zones one may have been on the day before or after.
    """

    period: Period
    sums: Sums
    day: npt.NDArray[np.int64]
    channel: npt.NDArray[np.int8]
    categories: Categories
    since: int | None = None
    until: int | None = None
    recorded: Recorded = NOTHING
    diary: Diary = NEVER
    day_starts_hour: int = 0

    @property
    def category(self) -> npt.NDArray[np.uint16]:
        """The category of each record; what was logged by hand has none."""
        return self.categories.of_context[self.sums.context]


@contextmanager
def opened(home: Home) -> Iterator[tuple[sqlite3.Connection, bool]]:
    """The store, and whether results may be kept in it.

    Raises:
        NothingThereError: There is none yet.
    """
    if not home.database.exists():
        connect(home.database, read_only=True)
    try:
        connection, keep = connect(home.database), True
    except DisconnectError:
        connection, keep = connect(home.database, read_only=True), False
    try:
        connection.execute("PRAGMA mmap_size = 1073741824")
        yield connection, keep
    finally:
        connection.close()


def hours(home: Home, settings: Settings, period: Period, clock: Clock) -> HourSums:
    """The sums of a period.

    Raises:
        NothingThereError: There is nothing in it.
    """
    with opened(home) as (connection, keep):
        found = hours_in(connection, home, settings, period, (clock, keep))
    if not len(found.sums):
        raise nothing_in(period)
    return found


def hours_in(
    connection: sqlite3.Connection,
    home: Home,
    settings: Settings,
    period: Period,
    how: tuple[Clock, bool],
) -> HourSums:
    """The same from an open store; `how`: the clock, and whether results may be kept."""
    clock, keep = how
    known = categories(connection, home, keep=keep)
    settled = settle(connection, settings, period)
    period, since, until = settled.period, settled.since, settled.until
    starts = settings.day_starts_hour
    first_hour = (period.first - EPOCH).days * 24 + starts
    stop_hour = ((period.last - EPOCH).days + 1) * 24 + starts
    # The local clock is at most 14 h before UTC and 12 h behind it.
    days = ((first_hour - 15) // 24, (stop_hour + 13) // 24)
    now = milliseconds(clock())
    wide = (days[0] - AROUND, days[1] + AROUND)
    sums = building.sums_of(connection, known, wide, now, keep=keep)
    enough = recorded(connection, sums, settings)
    if since is not None or until is not None:
        sums = _cut(connection, known, days, (since, until), (now, keep))
    if len(sums):  # an end that is an instant has cut already, whatever hour it was where
        inside = (sums.hour >= first_hour) | (since is not None)
        sums = _kept(sums, inside & ((sums.hour < stop_hour) | (until is not None)))
    known.follow(connection)  # another program may have kept days with newer contexts
    channel = known.channel_of_context[sums.context]
    channel = np.where(sums.channel >= 0, sums.channel, channel)
    day = (sums.hour.astype(np.int64) - starts) // 24
    diary = diary_in(connection, starts, local_day(clock, starts))
    return HourSums(period, sums, day, channel, known, since, until, enough, diary, starts)


def _kept(sums: Sums, inside: npt.NDArray[np.bool_]) -> Sums:
    """Those records; mostly they stand in a row, and nothing is copied."""
    places = np.flatnonzero(inside)
    if not len(places) or places[-1] - places[0] + 1 != len(places):
        return sums.take(inside)
    row = slice(int(places[0]), int(places[-1]) + 1)
    return Sums(**{one.name: getattr(sums, one.name)[row] for one in dataclasses.fields(Sums)})


def nothing_in(period: Period) -> NothingThereError:
    """What to say when a period is empty."""
    return NothingThereError(
        f"no data for {period}. Start recording: disconnect start. Bring in history: disconnect"
        " import browsers"
    )


@dataclass(frozen=True, slots=True)
class Settled:
    """A period where it was lived: its local days there, and the instants [ms UTC] that cut it.

    `since` and `until` are None where it begins and ends with a day.
    """

    period: Period
    since: int | None
    until: int | None

    @property
    def days(self) -> tuple[int, int]:
        """The first local day and the last, both inclusive, since 1970."""
        return (self.period.first - EPOCH).days, (self.period.last - EPOCH).days


def settle(connection: sqlite3.Connection, settings: Settings, period: Period) -> Settled:
    """Find the instants at which a period begins and ends, and their days where the person was.

    A time without an offset is one of the zone the person was in then, as far as is recorded.

    Raises:
        UsageProblemError: It ends before it starts.
    """
    night = dt.timedelta(hours=settings.day_starts_hour)

    def cut(when: dt.datetime | None, back: int) -> tuple[int | None, dt.date | None]:
        if when is None:
            return None, None
        at, zone = frames.instant_there(connection, when, local_zone())
        return at, (frames.instant(at - back).astimezone(zone) - night).date()

    (since, first), (until, last) = cut(period.since, 0), cut(period.until, 1)
    if since is not None and until is not None and until <= since:
        raise UsageProblemError(
            f"the period ends before it starts: {period.since or period.first} to"
            f" {period.until or period.last}"
        )
    # Whoever flies west over the date line is on an earlier day afterwards.
    begins = min(first, last or period.last) if first else period.first
    ends = max(last, begins) if last else period.last
    return Settled(dataclasses.replace(period, first=begins, last=ends), since, until)


def _cut(
    connection: sqlite3.Connection,
    known: Categories,
    days: tuple[int, int],
    cuts: tuple[int | None, int | None],
    how: tuple[int, bool],
) -> Sums:
    """A period that begins or ends within a day: its broken UTC days are read off the rows."""
    now, keep = how
    since = days[0] * DAY if cuts[0] is None else cuts[0]
    until = (days[1] + 1) * DAY if cuts[1] is None else cuts[1]
    whole = (-(-since // DAY), until // DAY - 1)
    if whole[0] > whole[1]:
        return building.fresh(connection, known, since, until)
    return Sums.joined(
        [
            building.fresh(connection, known, since, whole[0] * DAY),
            building.sums_of(connection, known, whole, now, keep=keep),
            building.fresh(connection, known, (whole[1] + 1) * DAY, until),
        ]
    )
