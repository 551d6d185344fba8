"""An experiment on oneself, day by day: its phases, what came of them, and what was kept to."""

import datetime as dt
import itertools
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from disconnect.analysis import building
from disconnect.analysis.contrast import day_frame, sound_days
from disconnect.analysis.encounters import encounter_rows
from disconnect.analysis.query import Names
from disconnect.analysis.sums import EPOCH, HourSums, hours_in, opened
from disconnect.clock import Clock, local_zone
from disconnect.errors import DisconnectError, NothingThereError
from disconnect.glossary import checked
from disconnect.home import Home
from disconnect.logbook.adherence import Rule, rule_of
from disconnect.periods import Period
from disconnect.pipeline import experiment as pipeline
from disconnect.pipeline.timeline.rows import Kind, Sums
from disconnect.settings import Settings
from disconnect.store import frames, lived
from disconnect.store.experiments import (
    ANSWERS,
    Design,
    Experiment,
    experiments,
    one_experiment,
)

_MINUTE = 60_000


@dataclass(frozen=True)
class Finished:
    """An experiment that is over: its days (`pipeline.experiment.DAYS`), and its result."""

    experiment: Experiment
    days: pd.DataFrame
    result: pipeline.Result


def finished(
    home: Home, settings: Settings, number: int | None, clock: Clock, today: dt.date
) -> Finished:
    """The result of an experiment (None: the newest).

    Raises:
        NothingThereError: There is none, or too few of its days have a value.
        DisconnectError: It is not over, or was given up.
    """
    with opened(home) as (connection, keep):
        found = one_experiment(connection, number)
        _refuse_unfinished(found, today)
        days = _days(connection, home, settings, found.design, (clock, keep))
    design = found.design
    result = pipeline.result(days, design.cuts, design.shortest)
    if result is None:
        raise NothingThereError(
            f"too few days of experiment {found.id} have a value of {design.outcome}:"
            f" A and B need {design.shortest} each, and have"
            f" {_known(days, 'A')} and {_known(days, 'B')}"
        )
    return Finished(found, days, result)


def over(
    connection: sqlite3.Connection,
    home: Home,
    settings: Settings,
    how: tuple[Clock, bool],
    period: Period | None = None,
) -> Iterator[Finished]:
    """Yield the experiments that are over and have a result, the newest first.

    Args:
        connection: The store.
        home: Where the data lie.
        settings: The person's settings.
        how: The clock, and whether results may be kept.
        period: Only those that ended in it; None: ever.
    """
    clock, _ = how
    today = clock().astimezone(ZoneInfo(local_zone())).date()
    for found in sorted(experiments(connection), key=lambda one: one.id, reverse=True):
        within = period is None or period.first <= found.design.last <= period.last
        if found.state(today) == "over" and within:
            days = _days(connection, home, settings, found.design, how)
            result = pipeline.result(days, found.design.cuts, found.design.shortest)
            if result:
                yield Finished(found, days, result)


def _known(days: pd.DataFrame, phase: str) -> int:
    return int(days.loc[days["phase"] == phase, "value"].notna().sum())


def _refuse_unfinished(found: Experiment, today: dt.date) -> None:
    if found.stopped:
        raise DisconnectError(
            f"experiment {found.id} was given up on {found.stopped}: its days no longer are as they"
            " were drawn, so nothing can be computed from them"
        )
    if found.state(today) != "over":
        raise DisconnectError(
            f"experiment {found.id} ends on {found.design.last}, and its result is there from"
            f" {found.design.last + dt.timedelta(days=1)} on; not before, because who looks early"
            " and stops when it looks good finds effects where there are none"
        )


def kept_so_far(
    home: Home, settings: Settings, found: Experiment, clock: Clock, today: dt.date
) -> pd.DataFrame:
    """The days of an experiment with what was kept to until yesterday; no outcome (`value`)."""
    design = found.design
    frame = _phases(design)
    over = min(design.days, max(0, (today - design.first).days))
    if design.rule is None or not over:
        return frame
    with opened(home) as (connection, keep):
        counted = _counted(connection, home, settings, design, (clock, keep))
        frame[["rule_minutes", "kept"]] = _kept(connection, settings, design, counted)
    frame.loc[frame.index[over:], ["rule_minutes", "kept"]] = np.nan
    return frame


def _phases(design: Design) -> pd.DataFrame:
    index = pd.date_range(design.first, periods=design.days, name="day")
    frame = pd.DataFrame({"phase": [design.phase(n) for n in range(design.days)]}, index=index)
    for column in pipeline.DAYS[1:]:
        frame[column] = np.nan
    return frame


def _days(
    connection: sqlite3.Connection,
    home: Home,
    settings: Settings,
    design: Design,
    how: tuple[Clock, bool],
) -> pd.DataFrame:
    frame = _phases(design)
    if design.outcome in ANSWERS:
        frame["value"] = _answers(connection, design)
    if design.rule is not None or design.outcome not in ANSWERS:
        counted = _counted(connection, home, settings, design, how)
        if design.outcome not in ANSWERS:
            known = sound_days(*counted) if len(counted[0].sums) else counted[1]
            frame["value"] = known[design.outcome].to_numpy(dtype=float)
        if design.rule is not None:
            frame[["rule_minutes", "kept"]] = _kept(connection, settings, design, counted)
    return checked(frame, pipeline.DAYS)


def _answers(connection: sqlite3.Connection, design: Design) -> list[float]:
    item = ANSWERS.index(design.outcome)
    said = {
        one["day"]: one["answers"][item]
        for one in lived.checkins(connection)
        if one["instrument"] == "daily" and len(one["answers"]) > item
    }
    answers = [said.get(design.day(number).isoformat()) for number in range(design.days)]
    return [float("nan") if answer is None else float(answer) for answer in answers]


def _counted(
    connection: sqlite3.Connection,
    home: Home,
    settings: Settings,
    design: Design,
    how: tuple[Clock, bool],
) -> tuple[HourSums, pd.DataFrame]:
    """The sums of an experiment's days, and the frame of its days."""
    period = Period(design.first, design.last)
    found = hours_in(connection, home, settings, period, how)
    met = encounter_rows(connection, settings)
    return found, day_frame(found, met)


def _kept(
    connection: sqlite3.Connection,
    settings: Settings,
    design: Design,
    counted: tuple[HourSums, pd.DataFrame],
) -> np.ndarray:
    """For each day the minutes that the rule counts, and whether they stay under its limit.

    Unknown (NaN) where nothing at all is known of the day. Parts of hours are read off the
    rows, in the zone the person was in.
    """
    found, days = counted
    rule, starts = rule_of(str(design.rule)), settings.day_starts_hour
    inside = [
        [rule.counts(hour * 60 + minute, starts) for minute in range(60)] for hour in range(24)
    ]
    whole = np.array([all(hour) for hour in inside])
    ms = np.zeros(design.days)
    first = (design.first - EPOCH).days
    fits = _fitting(connection, found, rule) & whole[found.sums.hour.astype(np.int64) % 24]
    np.add.at(ms, found.day[fits] - first, found.sums.ms[fits])
    for hour, minutes in enumerate(inside):
        if not all(minutes):
            for (begin, end), number in itertools.product(_runs(minutes), range(design.days)):
                day = design.day(number) + dt.timedelta(days=int(hour < starts))
                ms[number] += _part(connection, found, rule, (day, hour, begin, end))
    known = days["covered_hours"].notna().to_numpy()
    spent = np.where(known, ms / _MINUTE, np.nan)
    return np.column_stack([spent, np.where(known, spent < rule.limit, np.nan)])


def _runs(minutes: list[bool]) -> list[tuple[int, int]]:
    """The stretches of minutes that count, half-open."""
    edges = np.flatnonzero(np.diff(np.array([False, *minutes, False], dtype=np.int8)))
    return [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2)]


def _part(
    connection: sqlite3.Connection,
    found: HourSums,
    rule: Rule,
    place: tuple[dt.date, int, int, int],
) -> float:
    """What the rule counts within an hour: day, hour, first minute, minute after the last."""
    day, hour, begin, end = place
    local = dt.datetime.combine(day, dt.time(hour))
    start, _ = frames.instant_there(connection, local, local_zone())
    span = (start + begin * _MINUTE, start + end * _MINUTE)
    sums = building.fresh(connection, found.categories, *span)
    part = _of_sums(sums, found)
    return float(part.sums.ms[_fitting(connection, part, rule)].sum())


def _of_sums(sums: Sums, like: HourSums) -> HourSums:
    channel = like.categories.channel_of_context[sums.context]
    channel = np.where(sums.channel >= 0, sums.channel, channel)
    return HourSums(like.period, sums, sums.hour // 24, channel, like.categories)


def _fitting(connection: sqlite3.Connection, found: HourSums, rule: Rule) -> np.ndarray:
    fits = found.sums.kind == Kind.ACTIVITY
    names = Names(connection, found)
    for name, value in rule.where:
        fits = fits & names.fits(name, value)
    # All use of screens: what was logged by hand, a call on another phone say, is none.
    return np.asarray(fits if rule.where else fits & (found.sums.context > 0))


def result_frame(found: Finished) -> pd.DataFrame:
    """A result as one row: the experiment, RESULT and ADHERENCE of the pipeline."""
    design = found.experiment.design
    row: dict[str, object] = {
        "experiment": found.experiment.id,
        "what": design.what,
        "outcome": design.outcome,
        "first": design.first.isoformat(),
        "last": design.last.isoformat(),
    }
    frame = pd.DataFrame([row | found.result.row])
    # An end that no effect on that side reaches is not known; infinity is no number in JSON.
    frame[["low", "high"]] = frame[["low", "high"]].replace([np.inf, -np.inf], np.nan)
    return checked(frame, [*row, *pipeline.RESULT, *pipeline.ADHERENCE])


def chart_rows(found: Finished) -> pd.DataFrame:
    """A result as its chart takes it: a row a day, then one for each possible assignment."""
    days = found.days.reset_index()[["day", "phase", "value"]].assign(kind="day")
    chance = pd.DataFrame({"difference": found.result.differences}).assign(kind="assignment")
    both = pd.concat([days, chance], ignore_index=True)
    return both.assign(outcome=found.experiment.design.outcome)
