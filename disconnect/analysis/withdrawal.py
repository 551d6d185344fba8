"""Withdrawal of a home: how it stands, when it turned, and the line to watch."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from disconnect.analysis.encounters import touched
from disconnect.analysis.living import Living, living, within
from disconnect.analysis.sums import EPOCH, nothing_in
from disconnect.clock import Clock
from disconnect.glossary import checked
from disconnect.home import Home
from disconnect.periods import WEEKDAYS, Period
from disconnect.pipeline.load import inputs
from disconnect.pipeline.withdrawal import standing, turning, watching
from disconnect.settings import Settings

_LEVELS = ("before", "before_low", "before_high", "after", "after_low", "after_high")
COLUMNS = ("kind", "measure", "day", "value", "earliest", "latest", *_LEVELS, "alarm")


@dataclass(frozen=True)
class Withdrawal:
    """What the pipeline's step returns, and the days it was worked out on."""

    days: pd.DataFrame
    now: dict[str, float]
    changes: pd.DataFrame
    watch: pd.DataFrame
    grounds: dict[str, float]

    @property
    def as_of(self) -> dt.date | None:
        """The day `now` speaks of, where it is not the last one; None too where there is none."""
        known = self.days.index[self.days["in_person_hours"].notna()]
        return known[-1].date() if len(known) and known[-1] != self.days.index[-1] else None


def withdrawal_of(home: Home, settings: Settings, period: Period, clock: Clock) -> Withdrawal:
    """How it stands at the end of a period, and what changed within it.

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    before = living(home, settings, period, clock, before=standing.NOW_DAYS - 1)
    days = within(before, period).days
    if not (days["covered_hours"] > 0).any() and days["in_person_hours"].isna().all():
        raise nothing_in(period)
    return withdrawal_in(before, settings, period)


def withdrawal_in(before: Living, settings: Settings, period: Period) -> Withdrawal:
    """The same from what was lived, two weeks and more before the period included.

    How it stands looks back so far; changes and the watch are those of the period alone.
    """
    known = within(before, period)
    shift = dt.timedelta(days=-WEEKDAYS.index(settings.week_starts) % 7)
    weeks = known.days.set_axis(known.days.index + shift)  # so that theirs begin on a Monday
    at_home = frozenset(place.lower() for place in settings.load.home)
    met = touched(before.encounters, settings.day_starts_hour)
    daily = inputs.inputs(before.days, before.rhythm, met, home=at_home)
    first = (before.days.index[0].date() - EPOCH).days
    people = inputs.people_met(met, first, len(before.days))
    return Withdrawal(
        days=known.days,
        now=standing.now(before.days, people, daily["outing_share"].to_numpy(dtype=float)),
        changes=_moved(turning.changes(weeks), ("day", "earliest", "latest"), -shift),
        watch=_moved(watching.watch(weeks), ("week",), -shift),
        grounds=turning.grounds(weeks),
    )


def _moved(frame: pd.DataFrame, dates: Sequence[str], by: dt.timedelta) -> pd.DataFrame:
    """The same with its dates moved."""
    return frame.assign(**{name: frame[name] + by for name in dates}) if len(frame) else frame


def records(found: Withdrawal) -> pd.DataFrame:
    """Put all of it into rows, told apart by `kind`.

    `now`: a measure, its value and its day; `change`: a measure, the day of its new level with the
    days between which it lies, and the levels before and after it with their intervals; `watch`:
    each week's sum of deviations, and whether it is over the limit.
    """
    last = found.as_of or found.days.index[-1]
    rows: list[dict[str, object]] = [
        {"kind": "now", "measure": name, "day": last, "value": value}
        for name, value in found.now.items()
    ]
    rows += [
        {"kind": "change", **{str(name): value for name, value in one.items()}}
        for one in found.changes.drop(columns=["before_days", "after_days"]).to_dict("records")
    ]
    rows += [
        {"kind": "watch", "measure": one.measure, "day": one.week}
        | {"value": one.cusum, "alarm": one.alarm}
        for one in found.watch.itertuples(index=False)
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame = frame.astype(dict.fromkeys(("value", *_LEVELS, "alarm"), np.float64))
    dates = ("day", "earliest", "latest")
    return checked(frame.astype(dict.fromkeys(dates, "datetime64[ns]")), COLUMNS)
