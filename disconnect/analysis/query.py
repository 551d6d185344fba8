"""Hours any way round: by time, and by what, where, through which channel or with whom."""

import sqlite3
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from disconnect.analysis.answers import answers_of
from disconnect.analysis.contrast import labels
from disconnect.analysis.encounters import encounter_rows, spent
from disconnect.analysis.sums import HourSums, hours_in, nothing_in, opened, settle
from disconnect.clock import Clock
from disconnect.errors import UsageProblemError
from disconnect.glossary import checked
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline.timeline.partition import within
from disconnect.pipeline.timeline.rows import CHANNELS, IN_PERSON, Kind
from disconnect.settings import Settings
from disconnect.store import frames, lived

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
TOLD_BY = ("category", "channel", "app", "site", "device")
"""What an hour is told by, in groups and conditions."""
GROUPS = (*TOLD_BY, "person", "checkin")
NO_SITE = "(no site)"
LOGGED = "logged"
_MS = 3_600_000


def query_of(  # noqa: PLR0913, PLR0917 - one argument for each option of the command
    home: Home,
    settings: Settings,
    period: Period,
    by: str | None,
    group: str,
    where: Sequence[str],
    clock: Clock,
) -> pd.DataFrame:
    """Hours by period and group, most first within a period; of check-ins, mean scores.

    Time with people in person is a channel, and no hour at a screen: it is there where channels
    are asked for, by the group or a condition, and beside what was on a screen meanwhile.

    Args:
        home: Where the data lie.
        settings: The person's settings.
        period: What to look at.
        by: `hour`, `day`, `week`, `month`, `year`; None: all in one.
        group: One of GROUPS.
        where: Conditions `name=value`; a category holds what lies under it.
        clock: What time it is.

    Raises:
        UsageProblemError: A condition or group that does not exist.
        NothingThereError: Nothing is known of the period.
    """
    if group not in GROUPS:
        raise UsageProblemError(f"cannot group by {group!r}; there are {', '.join(GROUPS)}")
    conditions = [_condition(words, group) for words in where]
    with opened(home) as (connection, keep):
        if group == "checkin":
            return answers_of(connection, settings, period, by, conditions)
        if group == "person":
            return _by_person(connection, settings, period, by, conditions)
        found = hours_in(connection, home, settings, period, (clock, keep))
        if not len(found.sums):
            raise nothing_in(period)
        names = Names(connection, found)
        kept = found.sums.kind == Kind.ACTIVITY
        if group == "channel" or any(name == "channel" for name, _ in conditions):
            kept |= found.sums.kind == Kind.IN_PERSON
        for name, value in conditions:
            kept &= names.fits(name, value)
        codes, texts = names.of(group)
    times = _times(found, by, settings)
    return _table(times, (codes, texts), (kept, found.sums.ms), group)


def _condition(words: str, group: str) -> tuple[str, str]:
    name, found, value = words.partition("=")
    known = ("instrument",) if group == "checkin" else TOLD_BY
    if not found or name not in known or not value:
        raise UsageProblemError(f"--where takes NAME=VALUE with {', '.join(known)}, not {words!r}")
    return name, value


class Names:
    """What each record is called, in each of the groups."""

    def __init__(self, connection: sqlite3.Connection, found: HourSums) -> None:
        self.connection = connection
        self.found = found

    def of(self, group: str) -> tuple[Ints, dict[int, str]]:
        """A number for each record, and the numbers' names."""
        sums, sorter = self.found.sums, self.found.categories.sorter
        if group == "channel":
            there = sums.kind == Kind.IN_PERSON
            channel = np.where(there, IN_PERSON, self.found.channel).astype(np.int64)
            return channel, dict(enumerate(CHANNELS))
        if group == "category":
            category = self.found.category.astype(np.int64)
            numbers = np.where(sums.context > 0, category, len(sorter.categories))
            return numbers, {**dict(enumerate(sorter.categories)), len(sorter.categories): LOGGED}
        if group == "device":
            names = frames.names(self.connection, "device")
            return sums.device.astype(np.int64), {**names, 0: LOGGED}
        ids, app, site = frames.every_context(self.connection)
        most = max(len(self.found.categories.of_context), int(ids.max(initial=0)) + 1)
        part = np.zeros(most, dtype=np.int64)
        part[ids] = app if group == "app" else site
        numbers = part[sums.context]
        nothing = LOGGED if group == "app" else NO_SITE
        return numbers, {**frames.names(self.connection, group), 0: nothing}

    def fits(self, group: str, value: str) -> Mask:
        """Which records are called so; a category also by what stands above it."""
        codes, texts = self.of(group)
        meant = [number for number, name in texts.items() if _means(group, value, name)]
        return np.isin(codes, meant)


def _means(group: str, value: str, name: str) -> bool:
    name, value = name.casefold(), value.casefold()
    if group == "category":
        return name == value or name.startswith(value + "/")
    if group == "site":
        value = value.removeprefix("www.")
        return name == value or name.endswith("." + value)
    return name == value


def _times(found: HourSums, by: str | None, settings: Settings) -> tuple[Ints, list[str]]:
    """The number of each record's period, and the periods' labels."""
    if by is None:
        return np.zeros(len(found.sums), dtype=np.int64), [str(found.period)]
    values = found.sums.hour.astype(np.int64) if by == "hour" else found.day
    distinct, place = np.unique(values, return_inverse=True)
    if by == "hour":
        return place, [_hour(int(value)) for value in distinct]
    names = labels(distinct, by, settings.week_starts)
    codes, unique = pd.factorize(np.asarray(names))
    return codes[place], list(unique)


def _hour(hour: int) -> str:
    day = np.datetime64(hour // 24, "D")
    return f"{day}T{hour % 24:02}:00"


def _table(
    times: tuple[Ints, list[str]],
    groups: tuple[Ints, dict[int, str]],
    amounts: tuple[Mask, Ints],
    group: str,
) -> pd.DataFrame:
    (time, periods), (codes, texts), (kept, ms) = times, groups, amounts
    width = max(texts, default=0) + 1
    cells = time[kept] * width + codes[kept]
    distinct, place = np.unique(cells, return_inverse=True)
    hours = np.bincount(place, weights=ms[kept], minlength=len(distinct)) / _MS
    frame = pd.DataFrame(
        {
            "period": pd.Series([periods[c // width] for c in distinct.tolist()], dtype=object),
            group: pd.Series([texts[c % width] for c in distinct.tolist()], dtype=object),
            "hours": hours,
        }
    )
    order = np.lexsort((np.arange(len(frame)), -hours, distinct // width))
    return checked(frame.iloc[order].reset_index(drop=True), ["period", group, "hours"])


def _by_person(
    connection: sqlite3.Connection,
    settings: Settings,
    period: Period,
    by: str | None,
    conditions: list[tuple[str, str]],
) -> pd.DataFrame:
    """Hours of encounters with each person; together they are with each of them."""
    when = settle(connection, settings, period)
    rows = encounter_rows(connection, settings)
    rows = rows[rows["person"] >= 0]
    for name, value in conditions:
        if name != "channel":
            raise UsageProblemError(f"people are not told by {name}; narrow them by channel=…")
        rows = rows[rows["channel"] == value.casefold()]
    # Someone who calls while they are there is with the person once: channels do not add up here.
    parts = spent(rows, settings.day_starts_hour, ("person",), hourly=by == "hour")
    rows = within(parts, when.days, (when.since, when.until))
    if not len(rows):
        raise nothing_in(period)
    people = {one["person"]: one["name"] for one in lived.people(connection)}
    if by is None:
        time, periods = np.zeros(len(rows), dtype=np.int64), [str(when.period)]
    elif by == "hour":
        distinct, time = np.unique(rows["hour"].to_numpy(dtype=np.int64), return_inverse=True)
        periods = [_hour(value) for value in distinct.tolist()]
    else:
        day = rows["day"].to_numpy(dtype=np.int64)
        time, found = pd.factorize(np.asarray(labels(day, by, settings.week_starts)), sort=True)
        periods = list(found)
    ms = np.round(rows["hours"].to_numpy(dtype=float) * _MS).astype(np.int64)
    everything = np.ones(len(rows), dtype=bool)
    codes = rows["person"].to_numpy(dtype=np.int64)
    return _table((time, periods), (codes, people), (everything, ms), "person")
