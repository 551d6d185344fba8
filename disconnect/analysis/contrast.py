"""Online communication against time with people, by day, week or month."""

import datetime as dt

import numpy as np
import pandas as pd

from disconnect.analysis.encounters import encounter_rows, within
from disconnect.analysis.sums import EPOCH, HourSums, hours_in, nothing_in, opened
from disconnect.clock import Clock
from disconnect.glossary import checked
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline import contrast, days
from disconnect.settings import Settings

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def contrast_of(
    home: Home, settings: Settings, period: Period, by: str, clock: Clock
) -> pd.DataFrame:
    """Set online communication beside time with people.

    Args:
        home: Where the data lie.
        settings: The person's settings.
        period: What to look at.
        by: `day` (index `day`), `week` or `month` or `year` (index `period`).
        clock: What time it is.

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    found, met = counted(home, settings, period, clock)
    frame = day_frame(found, met)
    return frame if by == "day" else period_frame(frame, met, by, settings)


def counted(
    home: Home, settings: Settings, period: Period, clock: Clock
) -> tuple[HourSums, pd.DataFrame]:
    """The sums of a period, cut to where there are any, and every encounter in person.

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    with opened(home) as (connection, keep):
        found = hours_in(connection, home, settings, period, (clock, keep))
        met = encounter_rows(connection, settings)
    if not len(found.sums):
        raise nothing_in(period)
    return found, in_person(found, met)


def in_person(found: HourSums, encounters: pd.DataFrame) -> pd.DataFrame:
    """Those encounters that were in person, as the period of the sums sees them."""
    met = encounters[encounters["channel"] == "in_person"]
    return within(met, found.since, found.until)


def day_frame(found: HourSums, met: pd.DataFrame) -> pd.DataFrame:
    """The frame of days; the days before anything is known at all are left off."""
    last = (found.period.last - EPOCH).days
    first = (found.period.first - EPOCH).days
    if found.period.first <= EPOCH + dt.timedelta(days=1):  # no beginning was given
        first = int(found.day.min())
    records = {
        "day": found.day,
        "kind": found.sums.kind.astype(np.int64),
        "channel": found.channel.astype(np.int64),
        "together": found.sums.together.astype(np.int64),
        "ms": found.sums.ms,
    }
    return checked(days.days(first, last, records, met), days.DAYS)


def period_frame(
    frame: pd.DataFrame, met: pd.DataFrame, by: str, settings: Settings
) -> pd.DataFrame:
    """The frame of weeks, months or years made of days."""
    stamps = frame.index.to_numpy().astype("datetime64[D]").astype(np.int64)
    names = labels(stamps, by, settings.week_starts)
    there = met[met["inside"] & (met["person"] >= 0) & met["day"].between(stamps[0], stamps[-1])]
    seen = labels(there["day"].to_numpy(dtype=np.int64), by, settings.week_starts)
    pairs = set(zip(seen.tolist(), there["person"].tolist(), strict=True))
    people = pd.Series(
        {name: sum(1 for label, _ in pairs if label == name) for name in {p[0] for p in pairs}},
        dtype=float,
    )
    result = contrast.periods(frame, names, people)
    return checked(result, [*days.DAYS, "covered_days", "logged_days"])


def labels(numbers: np.ndarray, by: str, week_starts: str) -> pd.Index:
    """The period of each day (since 1970): 2026-10-05, 2026-W41, 2026-10 or 2026."""
    known = {number: _label(int(number), by, week_starts) for number in np.unique(numbers)}
    return pd.Index([known[number] for number in numbers], dtype=object)


def _label(number: int, by: str, week_starts: str) -> str:
    day = EPOCH + dt.timedelta(days=number)
    if by == "week":
        begun = (day.weekday() - _WEEKDAYS.index(week_starts)) % 7
        # A week belongs to the year of its middle day, as ISO 8601 has it.
        year, week, _ = (day + dt.timedelta(days=3 - begun)).isocalendar()
        return f"{year}-W{week:02}"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[by]]
