"""All that is known of how a person lives: days, their rhythm, people, and what they say."""

import dataclasses
import datetime as dt
import sqlite3
from dataclasses import dataclass

import numpy as np
import pandas as pd

from disconnect.analysis import building
from disconnect.analysis.contrast import day_frame, sound_days
from disconnect.analysis.encounters import encounter_rows
from disconnect.analysis.sums import EPOCH, HourSums, hours_in, nothing_in, opened
from disconnect.clock import Clock, milliseconds
from disconnect.errors import NothingThereError
from disconnect.glossary import checked
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline.diary import Diary
from disconnect.pipeline.timeline.rhythm import RHYTHM, rhythm
from disconnect.settings import Settings
from disconnect.store import frames, lived


@dataclass(frozen=True)
class Living:
    """A period as it was lived; days are local, NaN and None are not known.

    diary: the days that entries are about, and whether it is kept up to today.
    days: index `day` (no zone), the columns of `analysis.contrast.DAYS`; what was observed is
        NaN on days of which too little is known.
    rhythm: the same index, the columns of `pipeline.timeline.rhythm.RHYTHM`.
    encounters: of all time, one row an encounter and person (-1: nobody named), as
        `analysis.encounters.encounter_rows` has them; `day` since 1970; every channel.
    people: `person` (id), `name`, `met`, `how`, `since` (date or None), `closeness` (1..7).
    opportunities: of all time: `day` (since 1970), `person` (id), `kind`, `via`, `value`.
    checkins: of all time: `day` (since 1970), `instrument`, `answers` (list), `score`.
    reach: of all time: `day` (since 1970), `platform`, `people`.
    cut: the instants [ms UTC] at which the period begins and ends within a day, else None.
    """

    period: Period
    diary: Diary
    days: pd.DataFrame
    rhythm: pd.DataFrame
    encounters: pd.DataFrame
    people: pd.DataFrame
    opportunities: pd.DataFrame
    checkins: pd.DataFrame
    reach: pd.DataFrame
    cut: tuple[int | None, int | None] = (None, None)
    day_starts_hour: int = 0


def living(home: Home, settings: Settings, period: Period, clock: Clock, before: int = 0) -> Living:
    """Gather it, and so many days `before` the period.

    Raises:
        NothingThereError: Nothing is known of either; it speaks of the period.
    """
    first = max(EPOCH, period.first - dt.timedelta(days=before))
    wide = dataclasses.replace(period, first=first, since=None if before else period.since)
    with opened(home) as (connection, keep):
        try:
            return living_in(connection, home, settings, wide, (clock, keep))
        except NothingThereError as error:
            raise nothing_in(period) from error


def living_in(
    connection: sqlite3.Connection,
    home: Home,
    settings: Settings,
    period: Period,
    how: tuple[Clock, bool],
) -> Living:
    """The same from an open store; `how`: the clock, and whether results may be kept."""
    found = hours_in(connection, home, settings, period, how)
    if not len(found.sums):
        raise nothing_in(period)
    met = encounter_rows(connection, settings)
    days = sound_days(found, day_frame(found, met))
    return Living(
        period=period,
        diary=found.diary,
        days=days,
        rhythm=_rhythm(connection, found, settings, days, how),
        encounters=met,
        people=_people(connection),
        opportunities=_dated(
            lived.opportunities(connection), ["day", "person", "kind", "via", "value"]
        ),
        checkins=_dated(lived.checkins(connection), ["day", "instrument", "answers", "score"]),
        reach=_dated(lived.reach(connection), ["day", "platform", "people"]),
        cut=(found.since, found.until),
        day_starts_hour=settings.day_starts_hour,
    )


def within(life: Living, period: Period) -> Living:
    """The same life without the days before the period."""
    kept = life.days.index >= pd.Timestamp(period.first)
    return dataclasses.replace(life, period=period, days=life.days[kept], rhythm=life.rhythm[kept])


def _rhythm(
    connection: sqlite3.Connection,
    found: HourSums,
    settings: Settings,
    days: pd.DataFrame,
    how: tuple[Clock, bool],
) -> pd.DataFrame:
    clock, keep = how
    first, last = ((days.index[end].date() - EPOCH).days for end in (0, -1))
    stretches = building.stretches_of(
        connection, found.categories, (first - 2, last + 2), milliseconds(clock()), keep=keep
    )
    frame = rhythm(
        (first, last),
        stretches,
        frames.names(connection, "zone"),
        (settings.day_starts_hour, settings.quiet_minutes),
        days["covered_hours"].to_numpy(dtype=float),
    )
    return checked(frame, RHYTHM)


def _people(connection: sqlite3.Connection) -> pd.DataFrame:
    columns = ["person", "name", "met", "how", "since", "closeness"]
    rows = [
        row | {"since": dt.date.fromisoformat(row["since"]) if row["since"] else None}
        for row in lived.people(connection)
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _dated(rows: list[dict[str, object]], columns: list[str]) -> pd.DataFrame:
    """Rows whose `day` (ISO 8601) becomes a number since 1970."""
    frame = pd.DataFrame(rows, columns=columns)
    frame["day"] = np.array(
        [(dt.date.fromisoformat(str(day)) - EPOCH).days for day in frame["day"]], dtype=np.int64
    )
    return frame
