"""Online communication against time with people, by day, week or month."""

import datetime as dt

import numpy as np
import pandas as pd

from disconnect.analysis.encounters import encounter_rows, touched
from disconnect.analysis.sums import EPOCH, HourSums, hours_in, nothing_in, opened
from disconnect.clock import Clock
from disconnect.glossary import checked
from disconnect.home import Home
from disconnect.periods import Period, week_name
from disconnect.pipeline import balance, contrast, days
from disconnect.pipeline.timeline.rows import HOUR, Ints, Kind, Sums
from disconnect.pipeline.timeline.summing import LOGGED
from disconnect.settings import Settings

_OBSERVED = (
    "screen_hours", "online_hours", "broadcast_hours", "message_hours", "email_hours",
    "call_hours", "divided_hours",
)  # fmt: skip
DAYS = (
    *days.DAYS[: days.DAYS.index("people_met")],
    "balance",
    *days.DAYS[days.DAYS.index("people_met") :],
)
"""The columns of a frame of days."""
PERIODS = (*DAYS, "covered_days", "logged_days", "balance_days")
"""Those of a frame of weeks, months or years."""


def contrast_of(
    home: Home, settings: Settings, period: Period, by: str, clock: Clock
) -> pd.DataFrame:
    """Set online communication beside time with people.

    Hours are those that were recorded and logged, and add up over any partition; the balance
    is of well known days alone.

    Args:
        home: Where the data lie.
        settings: The person's settings.
        period: What to look at.
        by: `day` (index `day`), `week` or `month` or `year` (index `period`).
        clock: What time it is.

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    found, encounters = counted(home, settings, period, clock)
    frame = day_frame(found, encounters)
    return frame if by == "day" else period_frame(found, frame, encounters, by, settings)


def counted(
    home: Home, settings: Settings, period: Period, clock: Clock
) -> tuple[HourSums, pd.DataFrame]:
    """Return the sums of a period, and every encounter ever.

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    with opened(home) as (connection, keep):
        found = hours_in(connection, home, settings, period, (clock, keep))
        encounters = encounter_rows(connection, settings)
    if not len(found.sums):
        raise nothing_in(period)
    return found, encounters


def in_person(found: HourSums, encounters: pd.DataFrame) -> pd.DataFrame:
    """Return the encounters in person as days see them, up to the end of the period of the sums.

    One row for each day that each of them touches, as `analysis.encounters.touched` has them;
    `inside` (bool): it lies in the period. What was before stays: days since a meeting are told
    by it.
    """
    met = touched(encounters[encounters["channel"] == "in_person"], found.day_starts_hour)
    kept = met if found.until is None else met[met["start"] < found.until]
    if found.since is None:
        return kept.assign(inside=True)
    end = kept["start"] + (kept["hours"] * HOUR).round()
    return kept.assign(inside=(end > found.since) | (kept["start"] >= found.since))


def day_frame(found: HourSums, encounters: pd.DataFrame) -> pd.DataFrame:
    """Return the frame of days as recorded and logged; its balance is that of well known days.

    With a period that has no beginning the days before anything is known at all are left off.

    Args:
        found: The sums of the period.
        encounters: Every encounter ever, through any channel.
    """
    last = (found.period.last - EPOCH).days
    first = (found.period.first - EPOCH).days
    if found.since is not None:
        first = int(found.day.min(initial=first))
    if found.until is not None:
        last = int(found.day.max(initial=last))
    if found.period.first <= EPOCH + dt.timedelta(days=1):  # no beginning was given
        first = int(found.day.min(initial=last))
    records = {
        "day": found.day,
        "kind": found.sums.kind.astype(np.int64),
        "channel": found.channel.astype(np.int64),
        "together": found.sums.together.astype(np.int64),
        "by_hand": _by_hand(found.sums),
        "ms": found.sums.ms,
    }
    kept = found.diary.kept(first, last)
    frame = days.days(first, last, records, in_person(found, encounters), kept)
    known = _online(found, frame)
    frame["balance"] = balance.share(frame["in_person_hours"].to_numpy(dtype=float), known)
    return checked(frame[list(DAYS)], DAYS)


def _by_hand(sums: Sums) -> Ints:
    return np.asarray((sums.kind == Kind.ACTIVITY) & (sums.device == LOGGED), dtype=np.int64)


def sound_days(found: HourSums, frame: pd.DataFrame) -> pd.DataFrame:
    """Mask what was observed on days on which too little was recorded.

    `covered_hours` and what was logged by hand stay as they are.
    """
    masked = frame.copy()
    masked.loc[~_enough(found, frame), list(_OBSERVED)] = np.nan
    return masked


def known_days(home: Home, settings: Settings, period: Period, clock: Clock) -> pd.DataFrame:
    """Return the frame of a period's days with what was observed on poorly known days masked.

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    found, encounters = counted(home, settings, period, clock)
    return sound_days(found, day_frame(found, encounters))


def _enough(found: HourSums, frame: pd.DataFrame) -> np.ndarray:
    return found.recorded.on((frame.index[0].date() - EPOCH).days, len(frame))


def _online(found: HourSums, frame: pd.DataFrame) -> np.ndarray:
    """Return hours online of the days on which enough was recorded; else NaN."""
    return np.where(_enough(found, frame), frame["online_hours"].to_numpy(dtype=float), np.nan)


def period_frame(
    found: HourSums, frame: pd.DataFrame, encounters: pd.DataFrame, by: str, settings: Settings
) -> pd.DataFrame:
    """Return the frame of weeks, months or years made of days."""
    stamps = frame.index.to_numpy().astype("datetime64[D]").astype(np.int64)
    names = labels(stamps, by, settings.week_starts)
    met = in_person(found, encounters)
    there = met[met["inside"] & met["day"].between(stamps[0], stamps[-1])]
    seen = labels(there["day"].to_numpy(dtype=np.int64), by, settings.week_starts)
    there = there.assign(period=seen.to_numpy())
    result = contrast.periods(frame.drop(columns="balance"), names, there)
    codes, _ = pd.factorize(np.asarray(names))
    result["balance"], result["balance_days"] = balance.by_group(
        frame["in_person_hours"].to_numpy(dtype=float), _online(found, frame), codes, len(result)
    )
    return checked(result[list(PERIODS)], PERIODS)


def labels(numbers: np.ndarray, by: str, week_starts: str) -> pd.Index:
    """The period of each day (since 1970): 2026-10-05, 2026-W41, 2026-10 or 2026."""
    known = {number: _label(int(number), by, week_starts) for number in np.unique(numbers)}
    return pd.Index([known[number] for number in numbers], dtype=object)


def _label(number: int, by: str, week_starts: str) -> str:
    day = EPOCH + dt.timedelta(days=number)
    if by == "week":
        return week_name(day, week_starts)
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[by]]
