"""What is worth a try next, from a person's own data."""

import datetime as dt
import shlex
from dataclasses import dataclass

import numpy as np
import pandas as pd

from disconnect.analysis.living import Living, living_in
from disconnect.analysis.sums import EPOCH, HourSums, hours_in, nothing_in, opened
from disconnect.analysis.tried import Tried, tried_in
from disconnect.clock import Clock
from disconnect.errors import NothingThereError
from disconnect.glossary import checked
from disconnect.home import Home
from disconnect.logbook.understood import quoted
from disconnect.periods import Period
from disconnect.pipeline import balance
from disconnect.pipeline import suggestions as pipeline
from disconnect.pipeline.ties import ties
from disconnect.pipeline.timeline.nights import evening
from disconnect.pipeline.timeline.rows import CHANNELS, Kind
from disconnect.settings import Settings
from reports.sentences import suggestions as sentences

COLUMNS = ("suggestion", "reason", "command")
_MS = 3_600_000
_MINUTE, _DAY = 60_000, 24 * 60


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to try, why, and the command that begins it."""

    suggestion: str
    reason: str
    command: str


def suggestions_of(
    home: Home, settings: Settings, period: Period, clock: Clock, today: dt.date
) -> pd.DataFrame:
    """Return at most three suggestions, each with its reason and its command.

    Raises:
        NothingThereError: Nothing is known of the period, or nothing in it is worth suggesting;
            the message says what is missing.
    """
    with opened(home) as (connection, keep):
        found = hours_in(connection, home, settings, period, (clock, keep))
        if not len(found.sums):
            raise nothing_in(period)
        life = living_in(connection, home, settings, period, (clock, keep))
        tried = tried_in(connection, home, settings, (clock, keep))
    made = suggestions_in(found, life, settings, tried, today)
    if not len(made):
        raise NothingThereError(_why_none(life, tried))
    return made


def suggestions_in(
    found: HourSums, life: Living, settings: Settings, tried: Tried, today: dt.date
) -> pd.DataFrame:
    """Suggest from hours and a life that have been gathered; none: an empty frame.

    Nothing is suggested against what the data say: no hour that goes with more energy, nothing
    that an experiment found no better, nobody whose company costs energy, and no experiment
    while another is not over.
    """
    energy = _energy(life)
    company = pipeline.apart(life.days["in_person_hours"], energy)
    costs = company is not None and company.high < 0
    people = _people(life, (today - EPOCH).days, costs=costs)
    kept = life.diary.as_of((today - EPOCH).days)
    since = EPOCH + dt.timedelta(days=int(kept.end)) if kept.lapsed else None
    made = [_somebody(pipeline.somebody(people), since)]
    if tried.running is None:
        hours = hours_by_channel(found, life.days)
        hour = pipeline.hour(hours, energy, _after(settings), tried.hours)
        weekday = None if costs else _lowest_weekday(life.days)
        made = [_hour(hour), *made, _weekday(weekday)]
    rows = [
        (one.suggestion, one.reason, one.command)
        for one in made
        if one and one.suggestion.casefold() not in tried.words
    ]
    return checked(pd.DataFrame(rows, columns=list(COLUMNS)), COLUMNS)


def _after(settings: Settings) -> dict[int, int]:
    """For each hour of the night, how many days later the day after its evening is."""
    starts, (begins, ends) = settings.day_starts_hour, settings.quiet_minutes
    opens = evening(begins, starts) // _MINUTE
    length = (ends - begins) % _DAY
    found = {}
    for hour in range(24):
        middle = hour * 60 + 30 + (_DAY if hour < starts else 0)  # from its day's midnight
        if (middle - begins) % _DAY < length:
            found[hour] = 1 if middle >= opens else 0
    return found


def _people(life: Living, today: int, *, costs: bool) -> pd.DataFrame:
    """How close each person is, how overdue as of the last entry, and what came of them.

    Where company goes with clearly less energy, only those are left whose own did not.
    """
    kept = life.diary.as_of(today)
    known = ties(life.people[["person", "name", "met"]], life.encounters, kept.end)
    brought = life.opportunities["person"].value_counts()
    met = life.encounters[life.encounters["channel"] == "in_person"]
    felt = met.groupby("person")["energy"].mean()
    frame = pd.DataFrame(
        {
            "name": known["name"],
            "closeness": life.people["closeness"].astype(float).to_numpy(),
            "depth": known["depth"].astype(float),
            "energy": [float(felt.get(person, np.nan)) for person in life.people["person"]],
            "days_overdue": known["overdue_days"].astype(float),
            "opportunities": [int(brought.get(person, 0)) for person in life.people["person"]],
        }
    )
    return frame[frame["energy"] > 0] if costs else frame


def _why_none(life: Living, tried: Tried) -> str:
    """What is missing for each kind of suggestion, by its own count."""
    recorded = int(life.days["screen_hours"].notna().sum())
    both = int(life.days["balance"].notna().sum())
    return sentences.nothing(
        (recorded, pipeline.DAYS),
        (len(life.days), both, 7 * pipeline.WEEKS),
        running=tried.running.design.last if tried.running else None,
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
    company = (found.days_together, found.company_days)
    reason = sentences.hour(found.hour, found.channel, found.hours_a_day, found.days, company)
    energy = found.energy
    if energy:
        more, less = (energy.more, energy.days_more), (energy.less, energy.days_less)
        reason += " " + sentences.energy(more, less, energy.low, energy.high, after=found.after)
    else:
        reason += " " + sentences.no_energy(found.paired_days, pipeline.ENERGY_DAYS)
    rule = (
        f"channel={found.channel} after {found.hour:02}:00 before {(found.hour + 1) % 24:02}:00"
        " less than 5 minutes"
    )
    return Suggestion(what, reason, _trial(what, 28, 4, "energy") + f" --rule {shlex.quote(rule)}")


def _somebody(found: pipeline.Somebody | None, since: dt.date | None) -> Suggestion | None:
    """Whom to meet; `since`: the last entry, where nobody has kept the diary since."""
    if found is None:
        return None
    closeness = (found.closeness, found.depth)
    reason = sentences.somebody(found.name, closeness, found.days_overdue, since)
    reason += sentences.brought(found.opportunities)
    # Where names are plain, so is the command; a quote in one would end the words it stands in.
    command = f"disconnect meet with {shlex.quote(quoted(found.name, name=True))}"
    return Suggestion(f"meet {found.name}", reason, command)


def _lowest_weekday(days: pd.DataFrame) -> pipeline.Weekday | None:
    return pipeline.weekday(days, balance.by_weekday(days), balance.balance(days).share)


def _weekday(found: pipeline.Weekday | None) -> Suggestion | None:
    if found is None or sentences.alike(found.balance, found.own):
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
