"""What a report asks beyond hours: load, withdrawal, energy, returns, relationships, what next."""

import datetime as dt
import sqlite3
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from disconnect.analysis.diary import silence
from disconnect.analysis.drain import drain_in
from disconnect.analysis.experiments import Finished, chart_rows, over
from disconnect.analysis.living import Living, living_in, within
from disconnect.analysis.load import components, load_days
from disconnect.analysis.people import funnel_in, grown_in, ties_in
from disconnect.analysis.returns import chances_in, returns_in
from disconnect.analysis.shown import since_met_of
from disconnect.analysis.suggestions import suggestions_in
from disconnect.analysis.sums import EPOCH, HourSums
from disconnect.analysis.tried import tried_in
from disconnect.analysis.usual import usual
from disconnect.analysis.withdrawal import withdrawal_in
from disconnect.clock import Clock
from disconnect.home import Home
from disconnect.pipeline.association import detectable
from disconnect.pipeline.balance import mean
from disconnect.pipeline.load.smoothing import WINDOW
from disconnect.settings import Settings
from reports.pdf.questions import Questions
from reports.sentences.diary import aged
from reports.sentences.experiment import About
from reports.sentences.references import socialising
from reports.sentences.returns import chances


def questions_in(
    connection: sqlite3.Connection,
    home: Home,
    settings: Settings,
    found: HourSums,
    how: tuple[Clock, bool],
) -> Questions:
    """Ask it all of an open store, of the period of the sums.

    Args:
        connection: The store.
        home: Where the data lie.
        settings: The person's settings.
        found: The hours of the period, of which there are some.
        how: The clock, and whether results may be kept.
    """
    period = found.period
    first = max(EPOCH, period.first - dt.timedelta(days=WINDOW - 1))
    before = living_in(connection, home, settings, replace(period, first=first, since=None), how)
    life = within(before, period)
    index = load_days(before, settings, period)
    drain = drain_in(life, settings, before)
    away, lucky = withdrawal_in(before, settings, period), chances_in(life)
    tested = drain.associations.dropna(subset=["coefficient"])["paired_days"]
    paired = int(tested.max()) if len(tested) else 0
    fit = drain.calibration
    last = life.days.index[-1].date()
    trial = next(over(connection, home, settings, how, period), None)
    return Questions(
        load=index,
        load_now=_row(index.iloc[-1]),
        load_then=_row(index.iloc[0]),
        weights={one.name: one.weight for one in components(settings)},
        ramps={one.name: one.ends for one in components(settings)},
        standing=away.now,
        as_of=away.as_of,
        changes=away.changes,
        watch=away.watch,
        since=since_met_of(life, away, period),
        grounds=away.grounds,
        daily=drain.daily,
        associations=drain.associations,
        calibration=(
            fit.pairs, fit.weeks, (fit.error, fit.as_before, fit.p), fit.supported
        ),
        findable=(paired, detectable(paired)),
        returns=returns_in(life, "channel"),
        origins=returns_in(life, "origin"),
        chances=chances(
            lucky.encounters, lucky.hours, lucky.days, (lucky.low, lucky.high),
            lucky.opportunities, lucky.people,
        ),
        stages=funnel_in(connection, settings, period),
        grown=grown_in(connection, settings, period),
        ties=ties_in(connection, settings, last),
        usual=_usual(life, settings),
        aged=aged(silence(life.diary, (last - EPOCH).days)),
        trial=_trial(trial) if trial else None,
        suggestions=suggestions_in(
            found, life, settings, tried_in(connection, home, settings, how), last
        ),
    )  # fmt: skip


def _row(row: "pd.Series[float]") -> Mapping[str, float]:
    return {str(name): float(value) for name, value in row.items()}


def _usual(life: Living, settings: Settings) -> list[str]:
    reference = usual(settings, life.days.index[-1].date())
    if reference is None:
        return []
    company = mean(life.days["in_person_hours"])
    return socialising(reference, company.a_day, company.days)


def _trial(one: Finished) -> tuple[About, Mapping[str, float], pd.DataFrame]:
    design = one.experiment.design
    about = About(design.what, design.outcome, design.rule, design.days)
    return about, one.result.row, chart_rows(one)
