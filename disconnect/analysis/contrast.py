"""Online communication against time with people, over any period."""

import datetime as dt
import sqlite3
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from disconnect.analysis.sums import EPOCH, NOTHING, Hours, hours, opened, sorter_of
from disconnect.analysis.zones import local_days
from disconnect.clock import Clock
from disconnect.errors import NothingThereError
from disconnect.glossary import CONTRAST, checked
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline.contrast import contrast, labels
from disconnect.pipeline.days import Measured, days, hours_of_days
from disconnect.settings import Settings
from disconnect.store import frames


@dataclass
class Days:
    """A period's days with what they were made of."""

    period: Period
    hours: Hours
    encounters: pd.DataFrame
    attendance: pd.DataFrame
    day_starts_hour: int

    @property
    def first(self) -> int:
        """The first local day, since 1970."""
        return (self.period.first - EPOCH).days

    @cached_property
    def measured(self) -> Measured:
        """The records as the pipeline takes them."""
        found = self.hours.records
        return Measured(
            hour=found["hour"].astype(np.int64) - self.day_starts_hour,
            ms=found["ms"].astype(np.int64),
            state=found["state"].astype(np.int64),
            channel=self.hours.channel,
            counted=self.hours.counted,
            someone=found["someone"] > 0,
        )

    @cached_property
    def meetings(self) -> pd.DataFrame:
        """In-person encounters with their local day and who was there."""
        met = self.encounters[self.encounters["channel"] == "in_person"]
        who: dict[int, set[int]] = {}
        for encounter, person in self.attendance.itertuples(index=False):
            who.setdefault(encounter, set()).add(person)
        found = met[["id", "day_number", "chance"]].rename(columns={"day_number": "day"})
        found["people"] = [who.get(number, set()) for number in found["id"]]
        return found

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The days frame."""
        made = days(self.measured, self.first, self.period.days, self.meetings)
        return checked(made, CONTRAST)

    @cached_property
    def by_hour(self) -> pd.DataFrame:
        """The hours frame."""
        return hours_of_days(self.measured, self.first, self.period.days)

    def contrast(self, by: str) -> pd.DataFrame:
        """The periods frame."""
        made = contrast(self.frame, by, self._people_met(by))
        return checked(made[[*CONTRAST, "covered_days"]], CONTRAST)

    def _people_met(self, by: str) -> "pd.Series[float]":
        """Distinct people by period label."""
        met = self.meetings.explode("people").dropna(subset="people")
        inside = met[(met["day"] >= self.first) & (met["day"] < self.first + self.period.days)]
        days_met = inside["day"].to_numpy(dtype="int64").astype("datetime64[D]")
        label = labels(pd.DatetimeIndex(days_met.astype("datetime64[ns]")), by)
        return inside.groupby(label.to_numpy())["people"].nunique().astype(float)


def days_of(
    connection: sqlite3.Connection, home: Home, settings: Settings, period: Period, clock: Clock
) -> Days:
    """Read a period.

    Raises:
        NothingThereError: Nothing is recorded or logged in it.
    """
    found = hours(connection, sorter_of(home), period, clock)
    encounters = frames.encounters(connection)
    encounters["day_number"] = local_days(encounters, settings.day_starts_hour)
    attendance = frames.attendance(connection)
    read = Days(period, found, encounters, attendance, settings.day_starts_hour)
    frame = read.frame
    if frame["covered_hours"].isna().all() and not (frame["in_person_hours"] > 0).any():
        raise NothingThereError(NOTHING.format(period=period))
    return read


def contrast_of(
    home: Home, settings: Settings, period: Period, by: str, clock: Clock
) -> pd.DataFrame:
    """The contrast of a period by `day`, `week`, `month` or `year`: index `period`.

    Raises:
        NothingThereError: Nothing is recorded or logged in it.
    """
    with opened(home) as connection:
        return days_of(connection, home, settings, period, clock).contrast(by)


def recorded_period(home: Home, settings: Settings, zone_today: dt.date) -> Period | None:
    """From the first to the last day with anything in it, today at the latest; None: nothing."""
    with opened(home) as connection:
        extent = frames.extent(connection)
    if extent is None:
        return None
    first = EPOCH + dt.timedelta(days=extent[0] // 86_400_000)
    last = EPOCH + dt.timedelta(days=extent[1] // 86_400_000)
    del settings
    return Period(min(first, zone_today), min(last, zone_today))
