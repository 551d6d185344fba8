"""Time with each person."""

import datetime as dt
import sqlite3

import pandas as pd

from disconnect.analysis.encounters import encounter_rows
from disconnect.analysis.sums import EPOCH, opened
from disconnect.glossary import checked
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline.relationships import PEOPLE, relationships
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
    if period is not None:
        first, last = ((day - EPOCH).days for day in (period.first, period.last))
        rows = rows[rows["day"].between(first, last)]
    rows = rows.assign(day=[EPOCH + dt.timedelta(days=int(day)) for day in rows["day"]])
    known = pd.DataFrame(lived.people(connection), columns=["person", "name", "met", "how"])
    known = known.astype(object).where(known.notna(), None)
    return checked(relationships(known, rows), PEOPLE)
