"""Hours, any way round."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from disconnect.analysis.contrast import Days, days_of
from disconnect.analysis.sums import CHANNELS, opened
from disconnect.clock import Clock
from disconnect.errors import UsageProblemError
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline.contrast import labels
from disconnect.settings import Settings
from disconnect.store import frames

Ints = NDArray[np.int64]
GROUPS = ("category", "channel", "app", "site", "device", "person")


@dataclass(frozen=True, slots=True)
class Grouped:
    """Which group each record lies in, and the groups' names."""

    place: Ints
    names: Sequence[str]


def query_of(  # noqa: PLR0913 - a question has that many sides
    home: Home,
    settings: Settings,
    period: Period,
    by: str | None,
    group: str,
    where: Sequence[str],
    clock: Clock,
) -> pd.DataFrame:
    """Hours by period and group.

    Args:
        home: Where the data is.
        settings: The person's settings.
        period: Which local days.
        by: `hour` (of the day), `day`, `week`, `month`, `year`; None: all in one.
        group: One of `GROUPS`.
        where: Conditions `name=value`, all of which must hold.
        clock: What time it is.

    Returns:
        Columns `period` (where `by` is given), the group's name, `hours` [h]; the most first.

    Raises:
        NothingThereError: Nothing is recorded or logged in the period.
        UsageProblemError: A condition cannot be read.
    """
    with opened(home) as connection:
        read = days_of(connection, home, settings, period, clock)
        if group == "person":
            return _by_person(read, frames.people(connection), by, where)
        lookup = _Lookup(read, lambda table: frames.names_array(connection, table),
                         lambda part: frames.context_parts(connection, part))  # fmt: skip
        inside = _inside(read) & lookup.holds(where)
        grouped = lookup.grouped(group)
    return _summed(read, grouped, inside, by, group)


def _inside(read: Days) -> NDArray[np.bool_]:
    day = read.measured.hour // 24 - read.first
    return read.measured.counted & (day >= 0) & (day < read.period.days)


class _Lookup:
    """Names of what records show, read only when a question needs them."""

    def __init__(
        self,
        read: Days,
        names: Callable[[str], NDArray[np.object_]],
        parts: Callable[[str], Ints],
    ) -> None:
        self.read = read
        self._names = names
        self._parts = parts

    def grouped(self, group: str) -> Grouped:
        """Each record's place among the names of a group."""
        hours = self.read.hours
        if group == "channel":
            return Grouped(hours.channel, [channel.value for channel in CHANNELS])
        if group == "category":
            return self._categories()
        if group == "device":
            names = self._names("device")
            return Grouped(
                hours.records["device"].astype(np.int64), [name or "logged" for name in names]
            )
        ids = self._parts(group)[hours.records["context"]]
        names = self._names(group)
        if group == "site":
            names = np.array(
                [hours.sorter.domain(name) if name else "(no site)" for name in names], dtype=object
            )
        return Grouped(ids, [name or "(logged)" for name in names])

    def _categories(self) -> Grouped:
        hours = self.read.hours
        place = hours.category[hours.records["context"]].astype(np.int64)
        # What was logged by hand has no context: its channel names it.
        logged = hours.records["channel"].astype(np.int64)
        names = [*hours.sorter.categories, *(f"logged/{channel.value}" for channel in CHANNELS)]
        return Grouped(np.where(logged > 0, len(hours.sorter.categories) + logged, place), names)

    def holds(self, where: Sequence[str]) -> NDArray[np.bool_]:
        """Whether all conditions hold, record by record."""
        every = np.ones(len(self.read.hours.records), dtype=bool)
        for condition in where:
            name, found, value = condition.partition("=")
            if not found or name not in GROUPS[:-1] or not value:
                raise UsageProblemError(
                    f"--where takes NAME=VALUE, NAME one of {', '.join(GROUPS[:-1])};"
                    f" not {condition!r}"
                )
            grouped = self.grouped(name)
            wanted = value.casefold()
            fits = np.array([_fits(name, one.casefold(), wanted) for one in grouped.names])
            every &= fits[grouped.place] if len(fits) else False
        return every


def _fits(name: str, value: str, wanted: str) -> bool:
    """A category fits with all below it: `communication` holds `communication/email`."""
    return value == wanted or (name == "category" and value.startswith(wanted + "/"))


def _summed(
    read: Days, grouped: Grouped, inside: NDArray[np.bool_], by: str | None, group: str
) -> pd.DataFrame:
    names = pd.Index(list(dict.fromkeys(grouped.names)))
    column = np.array(names.get_indexer(pd.Index(grouped.names)), dtype=np.int64)[
        grouped.place[inside]
    ]
    period, periods = _periods(read, inside, by)
    width = len(names)
    sums = np.bincount(
        period * width + column, weights=read.measured.ms[inside], minlength=len(periods) * width
    )
    some = np.flatnonzero(sums)
    frame = pd.DataFrame(
        {
            "period": np.array(periods, dtype=object)[some // width],
            group: names.to_numpy()[some % width],
            "hours": sums[some] / 3_600_000,
        }
    )
    order = pd.Series(some // width, index=frame.index)
    frame = frame.assign(_place=order).sort_values(
        ["_place", "hours"], ascending=[True, False], kind="stable"
    )
    dropped = ["_place"] if by else ["_place", "period"]
    return frame.drop(columns=dropped).reset_index(drop=True)


def _periods(read: Days, inside: NDArray[np.bool_], by: str | None) -> tuple[Ints, list[str]]:
    hour = read.measured.hour[inside]
    if by is None:
        return np.zeros(len(hour), dtype=np.int64), ["all"]
    if by == "hour":
        return (hour + read.day_starts_hour) % 24, [f"{number:02}:00" for number in range(24)]
    label = labels(pd.DatetimeIndex(read.frame.index), by)
    codes, names = pd.factorize(label)
    return codes[hour // 24 - read.first].astype(np.int64), list(names)


def _by_person(
    read: Days, people: pd.DataFrame, by: str | None, where: Sequence[str]
) -> pd.DataFrame:
    """Hours of logged encounters by person; each person of an encounter has all its hours."""
    if where:
        raise UsageProblemError("--where narrows what devices showed; it cannot go with person")
    met = read.attendance.merge(read.encounters, left_on="encounter", right_on="id")
    day = met["day_number"] - read.first
    met = met[(day >= 0) & (day < read.period.days)]
    frame = pd.DataFrame(
        {
            "period": _encounter_periods(read, met, by),
            "person": people["name"].reindex(met["person"]).to_numpy(),
            "hours": ((met["end"] - met["start"]) / 3_600_000).to_numpy(),
        }
    )
    keys = ["period", "person"] if by else ["person"]
    sums = frame.groupby(keys, as_index=False, sort=False)["hours"].sum()
    order = ["period", "hours"] if by else ["hours"]
    return sums.sort_values(order, ascending=[True, False][-len(order) :], ignore_index=True)


def _encounter_periods(read: Days, met: pd.DataFrame, by: str | None) -> list[str]:
    if by is None:
        return ["all"] * len(met)
    if by == "hour":
        raise UsageProblemError("hours by person go by day, week, month or year")
    label = labels(pd.DatetimeIndex(read.frame.index), by)
    return [str(label[place]) for place in (met["day_number"] - read.first)]
