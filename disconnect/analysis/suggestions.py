"""What is worth a try next, from a person's own data."""

import datetime as dt
import shlex
from dataclasses import dataclass

import numpy as np
import pandas as pd

from disconnect.analysis.living import Living, living_in
from disconnect.analysis.sums import EPOCH, HourSums, hours_in, nothing_in, opened
from disconnect.clock import Clock
from disconnect.glossary import checked
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline import suggestions as pipeline
from disconnect.pipeline.diary import diary
from disconnect.pipeline.ties import ties
from disconnect.pipeline.timeline.rows import CHANNELS, Kind
from disconnect.settings import Settings
from reports.sentences import suggestions as sentences

COLUMNS = ("suggestion", "reason", "command")
_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to try, why, and the command that begins it."""

    suggestion: str
    reason: str
    command: str


def suggestions_of(
    home: Home, settings: Settings, period: Period, clock: Clock, today: dt.date
) -> pd.DataFrame:
    """At most three suggestions, each with its reason and its command; none: an empty frame.

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    with opened(home) as (connection, keep):
        found = hours_in(connection, home, settings, period, (clock, keep))
        if not len(found.sums):
            raise nothing_in(period)
        life = living_in(connection, home, settings, period, (clock, keep))
    return suggestions_in(found, life, today)


def suggestions_in(found: HourSums, life: Living, today: dt.date) -> pd.DataFrame:
    """The same of hours and a life that have been gathered."""
    people = _overdue(life, (today - EPOCH).days)
    all_three = (
        _hour(pipeline.hour(hours_by_channel(found, life.days), _energy(life))),
        _somebody(pipeline.somebody(people)),
        _weekday(pipeline.weekday(life.days)),
    )
    rows = [(one.suggestion, one.reason, one.command) for one in all_three if one]
    return checked(pd.DataFrame(rows, columns=list(COLUMNS)), COLUMNS)


def _overdue(life: Living, today: int) -> pd.DataFrame:
    """Depth (where nothing was rated: closeness), how overdue, what came of each relationship."""
    kept = diary(life.encounters["day"].to_numpy(dtype=np.int64), today)
    known = ties(life.people[["person", "name", "met"]], life.encounters, kept.end)
    brought = life.opportunities["person"].value_counts()
    return pd.DataFrame(
        {
            "name": known["name"],
            "depth": known["depth"].astype(float).fillna(life.people["closeness"].astype(float)),
            "days_overdue": known["overdue_days"].astype(float),
            "opportunities": [int(brought.get(person, 0)) for person in life.people["person"]],
        }
    )


def hours_by_channel(found: HourSums, days: pd.DataFrame) -> pd.DataFrame:
    """Every hour of every day: `broadcast_hours`, `message_hours`, `email_hours`, in person."""
    first = (days.index[0].date() - EPOCH).days
    size = len(days) * 24
    cell = (found.day - first) * 24 + found.sums.hour.astype(np.int64) % 24
    known = np.repeat(days["covered_hours"].notna().to_numpy(), 24)
    logged = np.repeat(days["in_person_hours"].notna().to_numpy(), 24)

    def total(which: np.ndarray, there: np.ndarray) -> np.ndarray:
        ms = np.bincount(cell[which], weights=found.sums.ms[which], minlength=size)
        return np.where(there, ms / _MS, np.nan)

    columns = {
        "day": np.repeat(days.index.to_numpy(), 24),
        "hour": np.tile(np.arange(24), len(days)),
    }
    activity = found.sums.kind == Kind.ACTIVITY
    for channel in pipeline.CHANNELS:
        number = CHANNELS.index(channel)
        columns[f"{channel}_hours"] = total(activity & (found.channel == number), known)
    columns["in_person_hours"] = total(found.sums.kind == Kind.IN_PERSON, logged)
    return pd.DataFrame(columns)


def _energy(life: Living) -> pd.Series:
    """The answers by day."""
    daily = life.checkins[life.checkins["instrument"] == "daily"]
    said = [answers[0] if answers else None for answers in daily["answers"]]
    days = pd.to_datetime(daily["day"].to_numpy(dtype="datetime64[D]"))
    return pd.Series(said, index=days, dtype=float)


def _hour(found: pipeline.Hour | None) -> Suggestion | None:
    if found is None:
        return None
    what = sentences.hour_of(found.hour, found.channel)
    reason = sentences.hour(
        found.hour, found.channel, found.hours_a_day, found.days, found.days_together
    )
    energy = found.energy
    if energy:
        more, less = (energy.more, energy.days_more), (energy.less, energy.days_less)
        reason += " " + sentences.energy(more, less, energy.low, energy.high)
    else:
        reason += " " + sentences.no_energy()
    rule = (
        f"channel={found.channel} after {found.hour:02}:00 before {(found.hour + 1) % 24:02}:00"
        " less than 5 minutes"
    )
    return Suggestion(what, reason, _trial(what, 28, 4, "energy") + f" --rule {shlex.quote(rule)}")


def _somebody(found: pipeline.Somebody | None) -> Suggestion | None:
    if found is None:
        return None
    reason = sentences.somebody(found.name, found.depth, found.days_overdue, found.opportunities)
    # Where names are plain, so is the command; a quote in one would end the words it stands in.
    command = f"disconnect meet with {shlex.quote(found.name)}"
    return Suggestion(f"meet {found.name}", reason, command)


def _weekday(found: pipeline.Weekday | None) -> Suggestion | None:
    if found is None:
        return None
    ends = (found.low, found.high)
    reason = sentences.weekday(found.weekday, found.balance, ends, found.days, found.own)
    what = f"time with somebody on {sentences.WEEKDAYS[found.weekday]}"
    return Suggestion(what, reason, _trial(what, 42, 7, "in_person_hours"))


def _trial(what: str, days: int, shortest: int, outcome: str) -> str:
    return (
        f"disconnect experiment new --what {shlex.quote(what)} --days {days}"
        f" --shortest {shortest} --outcome {outcome}"
    )
