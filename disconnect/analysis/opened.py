"""The public Python API: one home, and its questions as frames."""

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pandas as pd

from disconnect import clock as clocks
from disconnect import home as homes
from disconnect import settings as settings_file
from disconnect.analysis.contrast import contrast_of
from disconnect.analysis.people import people_of
from disconnect.analysis.query import query_of
from disconnect.clock import Clock
from disconnect.home import Home
from disconnect.periods import Period, last, named
from disconnect.settings import Settings


@dataclass(frozen=True)
class Opened:
    """A home to ask; periods are words such as `30d`, `2026-10` or `last-week`."""

    home: Home
    settings: Settings
    clock: Clock

    def days(self, period: str | Period = "30d") -> pd.DataFrame:
        """One row per local day."""
        return self.contrast(period, by="day")

    def contrast(self, period: str | Period = "30d", *, by: str = "week") -> pd.DataFrame:
        """Online communication against time with people, by day, week, month or year."""
        return contrast_of(self.home, self.settings, self._period(period), by, self.clock)

    def query(
        self,
        period: str | Period = "30d",
        *,
        group: str = "category",
        by: str | None = None,
        where: Sequence[str] = (),
    ) -> pd.DataFrame:
        """Hours by category, channel, app, site, device or person."""
        asked = self._period(period)
        return query_of(self.home, self.settings, asked, by, group, where, self.clock)

    def people(self, period: str | Period | None = None) -> pd.DataFrame:
        """Time with each person, in a period or ever."""
        asked = None if period is None else self._period(period)
        return people_of(self.home, self.settings, asked)

    def _period(self, words: str | Period) -> Period:
        if isinstance(words, Period):
            return words
        local = self.clock().astimezone(ZoneInfo(clocks.local_zone()))
        today = (local - dt.timedelta(hours=self.settings.day_starts_hour)).date()
        if words[:1].isdigit() and words[-1:] in "dwmy":
            return last(words, today)
        return named(words, today, week_starts=self.settings.week_starts)


def open(  # noqa: A001 - disconnect.analysis.opened.open reads as what it does
    home: str | os.PathLike[str] | None = None, *, clock: Clock = clocks.system
) -> Opened:
    """Open a home: the folder given, else DISCONNECT_HOME, else the platform's data folder."""
    found = homes.find(home)
    return Opened(found, settings_file.load(found.settings), clock)
