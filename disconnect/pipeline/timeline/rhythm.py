"""The rhythm of each day: use at late hours, the longest rest, and work without a break."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from disconnect.pipeline.timeline.nights import PRESENCE, known_nights, late_hours, offsets
from disconnect.pipeline.timeline.rows import DAY, HOUR, Ints
from disconnect.pipeline.timeline.stretches import Stretches, What

Floats = npt.NDArray[np.float64]

RHYTHM = ("late_night_hours", "rest_window_hours", "unbroken_share")
LONG_STRETCH = 90 * 60_000
"""Online for longer than this without a break of ten minutes is work without a break [ms]."""
OFF_AT_MOST = 12 * HOUR
"""A gap in what is known that is longer is unknown; a shorter one is a device switched off."""
LONGEST_REST = 24.0
KNOWN_TO_REST = 12.0
"""A day known for so many hours without any use was one of rest."""


def rhythm(
    days: tuple[int, int],
    found: Stretches,
    zones: Mapping[int, str],
    clock: tuple[int, tuple[int, int]],
    covered_hours: Floats,
) -> pd.DataFrame:
    """Describe each day by when devices were used.

    Args:
        days: The first local day and the last, both inclusive, since 1970.
        found: Stretches, joined over midnights.
        zones: The IANA zones by number.
        clock: The local hour at which a day begins, and the minutes of the day [0..1439] at
            which quiet hours begin and end.
        covered_hours: Of each day of the range [h]; NaN where nothing is known.

    Returns:
        Index `day`, RHYTHM as columns: hours of use in the quiet hours of the night that ends
        the day, whichever date its clock shows; the longest gap without any use that ends on
        the day [h], at most 24; the share of online time in stretches of more than 90 min.
        NaN where nothing is known of the day, for a night that is not known or not over, for a
        rest beside unknown time, and for a share of no time. A device that is off rests.
    """
    first, last = days
    size = last - first + 1
    starts, _ = clock
    used = found.take(found.what == What.USE)
    online = found.take(found.what == What.ONLINE)
    known = found.take(found.what == What.COVERED)
    covered = covered_hours > 0
    nothing = np.full(size, np.nan)
    present = np.nan_to_num(covered_hours) - _hours_by_day(used, zones, starts, first, size)
    nights = known_nights(days, known, zones, clock, present > PRESENCE)
    late = late_hours(days, used, zones, clock)
    long = online.take(online.end - online.start > LONG_STRETCH)
    total = _hours_by_day(online, zones, starts, first, size)
    unbroken = _hours_by_day(long, zones, starts, first, size)
    begun = _local_days(used, zones, starts) - first
    rest = _rest(used, known, begun, size)
    idle = ~np.isin(np.arange(size), begun)
    rest[idle & np.isnan(rest) & (covered_hours >= KNOWN_TO_REST)] = LONGEST_REST
    columns = {
        "late_night_hours": np.where(covered & nights, late, np.nan),
        "rest_window_hours": np.where(covered, rest, np.nan),
        "unbroken_share": np.divide(unbroken, total, out=nothing, where=total > 0),
    }
    index = pd.DatetimeIndex(
        np.arange(first, last + 1).astype("datetime64[D]").astype("datetime64[ns]"), name="day"
    )
    return pd.DataFrame(columns, index=index)


def _local_days(found: Stretches, zones: Mapping[int, str], starts: int) -> Ints:
    """The local day on which each stretch begins."""
    offset = offsets(found.start, found.zone, zones)
    return np.asarray((found.start + offset - starts * HOUR) // DAY)


def _hours_by_day(
    found: Stretches, zones: Mapping[int, str], starts: int, first: int, size: int
) -> Floats:
    """Hours counted, on the day each stretch began."""
    day = _local_days(found, zones, starts) - first
    inside = (day >= 0) & (day < size)
    return np.bincount(day[inside], weights=found.ms[inside], minlength=size) / HOUR


def _rest(used: Stretches, known: Stretches, day: Ints, size: int) -> Floats:
    """The longest gap between two stretches of use, on the day the gap ends [h].

    Where a gap that is not known ends, or all that is known begins, any rest may have been
    longer than those that were seen: the day's is not known. `day`: that each use began on.
    """
    rest = np.full(size, np.nan)
    if len(used) < 2:  # noqa: PLR2004 - a gap lies between two
        return rest
    gap_start, gap_end = used.end[:-1], used.start[1:]
    hole = known.start[1:] - known.end[:-1]
    at = known.end[:-1][hole > OFF_AT_MOST]
    unknown = np.searchsorted(at, gap_end) > np.searchsorted(at, gap_start)
    hours = np.minimum((gap_end - gap_start) / HOUR, LONGEST_REST)
    ended = day[1:]
    inside = (ended >= 0) & (ended < size)
    best = np.full(size, -1.0)
    np.maximum.at(best, ended[inside], hours[inside])
    best[np.isin(np.arange(size), [*ended[unknown], day[0]])] = -1.0
    return np.where(best >= 0, best, np.nan)
