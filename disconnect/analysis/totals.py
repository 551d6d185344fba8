"""A period in numbers, as terminal and paper say it in words."""

import datetime as dt
import sqlite3
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from disconnect.analysis.contrast import counted, day_frame, sound_days
from disconnect.analysis.diary import silence
from disconnect.analysis.sums import EPOCH, HourSums, opened
from disconnect.clock import Clock, instant, local_zone, milliseconds
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline import balance
from disconnect.pipeline.diary import Diary
from disconnect.settings import Settings
from disconnect.store import frames
from reports.sentences.contrast import Amount, Totals

CHANNELS = ("broadcast", "email", "message", "call", "in_person")


def totals_of(
    home: Home, settings: Settings, period: Period, clock: Clock
) -> tuple[Totals, pd.DataFrame]:
    """Return a period's numbers, and its days as recorded and logged.

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    found, encounters = counted(home, settings, period, clock)
    days = day_frame(found, encounters)
    known = sound_days(found, days)
    began = None
    if known["screen_hours"].isna().all():
        with opened(home) as (connection, _):
            began = began_in(connection, found, settings)
    return totals(known, days, found.diary, began), days


def totals(
    days: pd.DataFrame, observed: pd.DataFrame, diary: Diary, began: dt.datetime | None = None
) -> Totals:
    """Return the numbers of a period.

    Args:
        days: The frame of days; NaN where too little was recorded.
        observed: The same, with all that was recorded.
        diary: Of all entries there are, as of today.
        began: When the recording of a period began of which no day is known well enough (local).
    """
    both = days[
        balance.both_known(
            days["in_person_hours"].to_numpy(dtype=float),
            days["online_hours"].to_numpy(dtype=float),
        )
    ]
    social = float(both["in_person_hours"].sum() + both["online_hours"].sum())
    found, known = balance.balance(days), days["screen_hours"].notna()
    # A day of which only a logged call is known was not recorded.
    recorded = (observed["covered_hours"].fillna(0) > 0) & observed["broadcast_hours"].notna()
    partly = recorded & ~known
    today = days.index == _stamp(diary.today)
    last = (days.index[-1].date() - EPOCH).days
    end = len(days) - 1 - max(0, last - diary.today)
    met_on, met_ago = _last_met(days, end)
    so_far: dict[str, float] = {}
    if not known.any():
        so_far = {
            name: float(observed[f"{name}_hours"].sum(min_count=1))
            for name in ("online", *CHANNELS[:-1])
        }
    return Totals(
        days=len(days),
        recorded_days=int(known.sum()),
        partly_days=int(partly.sum()),
        today_begun=bool((partly & today).any()),
        online=_amount(days["online_hours"]),
        in_person=_company(days["in_person_hours"], partly & today),
        divided=_amount(days["divided_hours"]),
        channels={name: _amount(days[f"{name}_hours"], so_far.get(name)) for name in CHANNELS},
        shares={
            name: float(both[f"{name}_hours"].sum()) / social if social > 0 else float("nan")
            for name in CHANNELS
        },
        balance=found.share,
        balance_days=found.days,
        apart=_as_amount(balance.apart(days)),
        so_far=so_far.get("online", float("nan")),
        recorded_hours=float(observed.loc[recorded, "covered_hours"].sum(min_count=1)),
        since=began,
        met_on=met_on,
        met_ago=met_ago,
        ends_today=last >= diary.today,
        silence=silence(diary, last),
    )


def began_in(
    connection: sqlite3.Connection, found: HourSums, settings: Settings
) -> dt.datetime | None:
    """Return when the recording of the period began (local); None where the night was recorded.

    A recording that begins in the quiet hours tells of the whole day.
    """
    zone = ZoneInfo(local_zone())
    night = dt.time(settings.day_starts_hour)
    begins, ends = (
        milliseconds(dt.datetime.combine(day, night, zone).astimezone(dt.UTC))
        for day in (found.period.first, found.period.last + dt.timedelta(days=1))
    )
    first = frames.first_seen(connection, begins, ends)
    if first is None:
        return None
    local = instant(first).astimezone(zone)
    quiet, awake = settings.quiet_minutes
    minute = local.hour * 60 + local.minute
    return None if (minute - quiet) % 1440 <= (awake - quiet) % 1440 else local


def _last_met(days: pd.DataFrame, end: int) -> tuple[dt.date | None, float]:
    """Return the day of the last meeting, and how many days before row `end` it was."""
    since = days["days_since_met"].to_numpy(dtype=float)
    told = np.flatnonzero(~np.isnan(since))
    if not len(told):
        return None, float("nan")
    at = int(told[-1])
    met = pd.Timestamp(days.index[at]) - pd.Timedelta(days=since[at])
    between = days.loc[met : days.index[at], "in_person_hours"]
    known = at >= end and bool(between.notna().all())
    return met.date(), float(since[at]) if known else float("nan")


def _stamp(day: int) -> pd.Timestamp:
    return pd.Timestamp(EPOCH + dt.timedelta(days=day))


def _amount(hours: "pd.Series[float]", so_far: float | None = None) -> Amount:
    """Return hours in all and a day; `so_far`: those of a record that has no known day yet."""
    return _as_amount(balance.mean(hours)) if so_far is None else Amount(so_far, float("nan"), 0)


def _company(hours: "pd.Series[float]", begun: "pd.Series[bool]") -> Amount:
    """Return company in all, and a day over the days that are over, if there are any."""
    whole, over = balance.mean(hours), balance.mean(hours[~begun])
    mean = over if over.days else whole
    return Amount(whole.total, mean.a_day, mean.days)


def _as_amount(mean: balance.Mean) -> Amount:
    return Amount(mean.total, mean.a_day, mean.days)
