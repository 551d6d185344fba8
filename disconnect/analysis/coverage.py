"""On which days enough was recorded, from hour sums that reach beyond the days asked about."""

import sqlite3
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from disconnect.pipeline.coverage import WINDOW, sound
from disconnect.pipeline.timeline.rows import Kind, Sums
from disconnect.pipeline.timeline.summing import LOGGED
from disconnect.settings import Settings
from disconnect.store import frames

AROUND = WINDOW
"""So many days before and after a period are read to judge its days, whatever period it is."""
_HOUR = 3_600_000
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Recorded:
    """Whether enough was recorded of each day from `first` (local, since 1970) on."""

    first: int
    enough: Mask

    def on(self, first: int, size: int) -> Mask:
        """Mark the days of a range on which enough was recorded; others are False."""
        at = np.arange(first, first + size) - self.first
        inside = (at >= 0) & (at < len(self.enough))
        found = np.zeros(size, dtype=bool)
        found[inside] = self.enough[at[inside]]
        return found


NOTHING = Recorded(0, np.zeros(0, dtype=bool))
_BEYOND_USE = 0.05
"""Covered beyond what was used [h]: that alone shows that presence was recorded."""


def recorded(connection: sqlite3.Connection, sums: Sums, settings: Settings) -> Recorded:
    """Judge the days of sums by their waking coverage.

    A call that was logged by hand proves its own time and nothing else of its day.

    Args:
        connection: The database; it tells of a day that was all use whether anybody recorded
            presence on it.
        sums: Of whole days, four weeks more on both sides than is asked about.
        settings: Tell when a day begins and which hours are quiet.
    """
    if not len(sums):
        return NOTHING
    starts = settings.day_starts_hour
    day = (sums.hour.astype(np.int64) - starts) // 24
    first, size = int(day.min()), int(day.max() - day.min()) + 1

    def total(which: Mask) -> npt.NDArray[np.float64]:
        return np.bincount(day[which] - first, weights=sums.ms[which], minlength=size) / _HOUR

    known = sums.kind == Kind.COVERED
    awake = known & ~_quiet(settings)[sums.hour.astype(np.int64) % 24]
    covered = total(known)
    present = covered - total(sums.kind == Kind.ACTIVITY) > _BEYOND_USE
    for number in np.flatnonzero((covered > 0) & ~present).tolist():
        utc_days = np.unique(sums.utc_day[day == first + number]).tolist()
        present[number] = any(frames.presence_on(connection, utc_day) for utc_day in utc_days)
    used = total((sums.kind == Kind.ACTIVITY) & (sums.device != LOGGED)) > 0
    covered = np.where(present | used, covered, 0.0)
    return Recorded(first, sound(covered, total(awake), present))


def _quiet(settings: Settings) -> Mask:
    """Mark the hours of the day whose middle lies in the quiet hours."""
    begins, ends = settings.quiet_minutes
    middle = np.arange(24) * 60 + 30
    return np.asarray((middle - begins) % 1440 < (ends - begins) % 1440)
