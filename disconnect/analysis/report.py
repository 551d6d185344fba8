"""Everything a report is made of."""

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from disconnect.analysis.asked import questions_in
from disconnect.analysis.contrast import day_frame, period_frame, sound_days
from disconnect.analysis.encounters import encounter_rows
from disconnect.analysis.people import people_in
from disconnect.analysis.sums import EPOCH, HourSums, hours_in, nothing_in, opened
from disconnect.analysis.top import top_in
from disconnect.analysis.totals import began_in, totals
from disconnect.clock import Clock
from disconnect.glossary import checked
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline.balance import rolling
from disconnect.pipeline.timeline.rows import Kind
from disconnect.settings import Settings
from disconnect.store.origin import is_made_up
from reports.pdf.content import ReportContent

HOURS = ("day", "hour", "covered_hours", "screen_hours", "online_hours", "in_person_hours")
_MS = 3_600_000


def content_for(
    home: Home,
    settings: Settings,
    period: Period,
    clock: Clock,
    zone: str,
) -> ReportContent:
    """Gather a report; days that have not come yet are no part of it.

    Args:
        home: Where the data lie.
        settings: The person's settings.
        period: What it is about.
        clock: What time it is.
        zone: The IANA zone in which it is made.

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    today = _today(clock, zone, settings)
    if period.first <= today < period.last:
        period = dataclasses.replace(period, last=today)
    with opened(home) as (connection, keep):
        found = hours_in(connection, home, settings, period, (clock, keep))
        if not len(found.sums):
            raise nothing_in(period)
        met = encounter_rows(connection, settings)
        people = people_in(connection, settings, period)
        people = people[people["encounters"] > 0].reset_index(drop=True)
        top = top_in(connection, found)
        asked = questions_in(connection, home, settings, found, (clock, keep))
        made_up = is_made_up(connection)
        began = began_in(connection, found, settings)
    observed = day_frame(found, met)
    known = sound_days(found, observed)
    # Of a record too short for any day to be known, all there is so far is shown.
    days = known if known["screen_hours"].notna().any() else observed
    return ReportContent(
        title="disconnect",
        period_first=days.index[0].date(),
        period_last=days.index[-1].date(),
        made_on=clock().astimezone(ZoneInfo(zone)),
        made_up=made_up,
        totals=totals(known, observed, found.diary, began),
        days=days,
        weeks=period_frame(found, days, met, "week", settings),
        months=period_frame(found, days, met, "month", settings),
        years=period_frame(found, days, met, "year", settings),
        balance=rolling(known),
        hours=hour_frame(found, days),
        people=people,
        top=top,
        quiet=settings.quiet_minutes,
        asked=asked,
    )


def _today(clock: Clock, zone: str, settings: Settings) -> dt.date:
    local = clock().astimezone(ZoneInfo(zone))
    return (local - dt.timedelta(hours=settings.day_starts_hour)).date()


def hour_frame(found: HourSums, days: pd.DataFrame) -> pd.DataFrame:
    """Every hour of every day of the frame of days; unknown hours are NaN.

    So is what was observed in the known hours of a day of which too little is known.
    """
    first = (days.index[0].date() - EPOCH).days
    size = len(days) * 24
    cell = (found.day - first) * 24 + found.sums.hour.astype(np.int64) % 24

    def total(which: np.ndarray) -> np.ndarray:
        return np.bincount(cell[which], weights=found.sums.ms[which], minlength=size) / _MS

    activity = found.sums.kind == Kind.ACTIVITY
    online = activity & (found.channel >= 1) & (found.channel <= 4)  # noqa: PLR2004 - call to broadcast
    covered = total(found.sums.kind == Kind.COVERED)
    with_people = total(found.sums.kind == Kind.IN_PERSON)
    logged = np.repeat(days["in_person_hours"].notna().to_numpy(), 24)
    seen = (covered > 0) & np.repeat(days["screen_hours"].notna().to_numpy(), 24)
    frame = pd.DataFrame(
        {
            "day": np.repeat(days.index.to_numpy(), 24),
            "hour": np.tile(np.arange(24), len(days)),
            "covered_hours": np.where(covered > 0, covered, np.nan),
            "screen_hours": np.where(seen, total(activity), np.nan),
            "online_hours": np.where(seen, total(online), np.nan),
            "in_person_hours": np.where(logged, with_people, np.nan),
        }
    )
    return checked(frame, HOURS)
