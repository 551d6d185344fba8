"""Days with the hours of those left out of which too little is known."""

import numpy as np
import pandas as pd

from disconnect.analysis.contrast import counted, day_frame
from disconnect.analysis.sums import EPOCH, HourSums
from disconnect.clock import Clock
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline.coverage import sound
from disconnect.pipeline.timeline.rows import Kind
from disconnect.settings import Settings

_HOUR = 3_600_000
_OBSERVED = (
    "screen_hours", "online_hours", "broadcast_hours", "message_hours", "email_hours",
    "call_hours", "divided_hours", "balance",
)  # fmt: skip


def sound_days(found: HourSums, days: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The frame of days; what was observed on a day of which too little is known becomes NaN.

    `covered_hours` and what was logged by hand stay as they are.
    """
    first = (days.index[0].date() - EPOCH).days
    day = found.day - first
    hour = found.sums.hour.astype(np.int64) % 24
    awake = found.sums.kind == Kind.COVERED
    awake &= ~_quiet(settings)[hour] & (day >= 0) & (day < len(days))
    waking = np.bincount(day[awake], weights=found.sums.ms[awake], minlength=len(days)) / _HOUR
    covered, screen = (
        days[name].to_numpy(dtype=float) for name in ("covered_hours", "screen_hours")
    )
    masked = days.copy()
    masked.loc[~sound(covered, screen, waking), list(_OBSERVED)] = np.nan
    return masked


def known_days(home: Home, settings: Settings, period: Period, clock: Clock) -> pd.DataFrame:
    """The same of a period.

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    found, met = counted(home, settings, period, clock)
    return sound_days(found, day_frame(found, met), settings)


def _quiet(settings: Settings) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Whether the middle of each hour of the day lies in the quiet hours."""
    begins, ends = settings.quiet_minutes
    middle = np.arange(24) * 60 + 30
    return np.asarray((middle - begins) % 1440 < (ends - begins) % 1440)
