"""Time with each person, what each relationship is like, and from reach to support."""

import datetime as dt
import sqlite3

import numpy as np
import pandas as pd

from disconnect.analysis.diary import diary_in
from disconnect.analysis.encounters import encounter_rows, spent, touched
from disconnect.analysis.sums import EPOCH, nothing_in, opened, settle
from disconnect.glossary import checked
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline.funnel import FUNNEL, funnel
from disconnect.pipeline.overlaps import once
from disconnect.pipeline.relationships import PEOPLE, relationships
from disconnect.pipeline.ties import GROWN, TIES, grown, ties
from disconnect.pipeline.timeline.partition import within
from disconnect.settings import Settings
from disconnect.store import lived


def people_of(home: Home, settings: Settings, period: Period | None = None) -> pd.DataFrame:
    """Everybody, with the time of a period (None: ever), most time in person first.

    Raises:
        NothingThereError: There is no data at all yet.
    """
    with opened(home) as (connection, _):
        return people_in(connection, settings, period)


def people_in(
    connection: sqlite3.Connection, settings: Settings, period: Period | None
) -> pd.DataFrame:
    """The same from an open store."""
    rows = encounter_rows(connection, settings)
    starts = settings.day_starts_hour
    met, hours = touched(rows, starts), spent(rows, starts)
    if period is not None:
        when = settle(connection, settings, period)
        met, hours = (within(part, when.days, (when.since, when.until)) for part in (met, hours))
    met = met.assign(day=[EPOCH + dt.timedelta(days=int(day)) for day in met["day"]])
    known = pd.DataFrame(lived.people(connection), columns=["person", "name", "met", "how"])
    known = known.astype(object).where(known.notna(), None)
    return checked(relationships(known, met, hours), PEOPLE)


def ties_of(home: Home, settings: Settings, today: dt.date) -> pd.DataFrame:
    """What each relationship is like, as of a day; everybody, by name.

    Raises:
        NothingThereError: There is no data at all yet.
    """
    with opened(home) as (connection, _):
        return ties_in(connection, settings, today)


def ties_in(connection: sqlite3.Connection, settings: Settings, today: dt.date) -> pd.DataFrame:
    """The same from an open store."""
    known = pd.DataFrame(lived.people(connection), columns=["person", "name", "met"])
    known = known.astype(object).where(known.notna(), None)
    rows = encounter_rows(connection, settings)
    kept = diary_in(connection, settings.day_starts_hour, (today - EPOCH).days)
    return checked(ties(known, once(rows[rows["day"] <= kept.today]), kept.end), TIES)


def funnel_of(home: Home, settings: Settings, period: Period) -> pd.DataFrame:
    """From those who could be reached to those who helped, in a period.

    Raises:
        NothingThereError: There is no data at all yet, or nothing of the period.
    """
    with opened(home) as (connection, _):
        stages = funnel_in(connection, settings, period)
    if not stages["people"].fillna(0).any():
        raise nothing_in(period)
    return stages


def funnel_in(connection: sqlite3.Connection, settings: Settings, period: Period) -> pd.DataFrame:
    """The same from an open store; nobody at all is four zeros."""
    when = settle(connection, settings, period)
    first, last = when.days
    met = touched(encounter_rows(connection, settings), settings.day_starts_hour)
    met = within(met, when.days, (when.since, when.until))
    reach, brought = (
        pd.DataFrame(rows, columns=columns)
        for rows, columns in (
            (lived.reach(connection), ["day", "platform", "people"]),
            (lived.opportunities(connection), ["day", "person"]),
        )
    )
    for frame in (reach, brought):
        days = [(dt.date.fromisoformat(day) - EPOCH).days for day in frame["day"]]
        frame["day"] = np.array(days, dtype=np.int64)
    brought = brought[brought["day"].between(first, last)]
    return checked(funnel(reach, met, brought, last), FUNNEL)


def grown_of(home: Home, settings: Settings, period: Period) -> pd.DataFrame:
    """How hours in person with each person added up until the end of a period, since ever.

    Raises:
        NothingThereError: There is no data at all yet.
    """
    with opened(home) as (connection, _):
        return grown_in(connection, settings, period)


def grown_in(connection: sqlite3.Connection, settings: Settings, period: Period) -> pd.DataFrame:
    """The same from an open store."""
    rows = encounter_rows(connection, settings)
    known = pd.DataFrame(lived.people(connection), columns=["person", "name", "met"])
    known = known.astype(object).where(known.notna(), None)
    when = settle(connection, settings, period)
    until = (0, when.days[1]), (None, when.until)
    return checked(grown(known, within(spent(rows, settings.day_starts_hour), *until)), GROWN)
