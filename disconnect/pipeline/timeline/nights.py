"""Late nights: use in quiet hours, counted to the evening that the night ends."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from disconnect.pipeline.timeline.rows import DAY, HOUR, Ints
from disconnect.pipeline.timeline.stretches import Stretches

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

OFF_AT_MOST = 24 * HOUR
"""Between two days that are recorded a device is switched off; a longer gap is unknown."""
HISTORY_AT_MOST = 36 * HOUR
"""The same where only a browser's history tells of days: it has no presence to be missed."""
PRESENCE = 0.05
"""Covered beyond what was used [h]: presence was recorded, not only what was opened."""
_AWAKE = 9 * HOUR
"""A day has lasted so long before its night begins."""
_MINUTES = 60_000


def offsets(instants: Ints, zone: Ints, zones: Mapping[int, str]) -> Ints:
    """Return how far local time is ahead of UTC at each instant [ms]."""
    offset = np.zeros(len(instants), dtype=np.int64)
    for number in np.unique(zone):
        mine = np.flatnonzero(zone == number)
        local = pd.DatetimeIndex(instants[mine] * 1_000_000, tz="UTC").tz_convert(
            ZoneInfo(zones[int(number)])
        )
        wall = local.tz_localize(None).as_unit("ns").asi8 // 1_000_000
        offset[mine] = wall - instants[mine]
    return offset


def evening(begins: int, starts: int) -> int:
    """Return when the night of day 0 begins, on a local clock from its midnight [ms].

    The night of an evening is the first quiet span that begins nine hours or more after the
    person's day has begun: 22:00 on the day itself, 01:00 on the next date.

    Args:
        begins: The minute of the day [0..1439] at which quiet hours begin.
        starts: The local hour at which a day begins.
    """
    earliest = starts * HOUR + _AWAKE
    return earliest + (begins * _MINUTES - earliest) % DAY


def late_hours(
    days: tuple[int, int],
    used: Stretches,
    zones: Mapping[int, str],
    clock: tuple[int, tuple[int, int]],
) -> Floats:
    """Add up use in the quiet hours of each night, on the day whose evening it ends.

        Mon        Tue
        ---22======06---      all of it is Monday's

    Args:
        days: The first local day and the last, both inclusive, since 1970.
        used: Stretches of use.
        zones: The IANA zones by number.
        clock: The local hour at which a day begins, and the minutes of the day [0..1439] at
            which quiet hours begin and end.

    Returns:
        Hours, one value a day [h].
    """
    first, last = days
    starts, (begins, ends) = clock
    night = evening(begins, starts)
    length = (ends - begins) % (24 * 60) * _MINUTES
    offset = offsets(used.start, used.zone, zones)
    late = np.zeros(last - first + 1)
    for start, end, ms in zip(used.start + offset, used.end + offset, used.ms, strict=True):
        for day in range(int((start - night - length) // DAY), int((end - night) // DAY) + 1):
            opens = day * DAY + night
            inside = min(end, opens + length) - max(start, opens)
            if inside > 0 and first <= day <= last:
                late[day - first] += float(inside * ms / (end - start)) / HOUR
    return late


def known_nights(
    days: tuple[int, int],
    known: Stretches,
    zones: Mapping[int, str],
    clock: tuple[int, tuple[int, int]],
    present: Mask,
) -> Mask:
    """Return which nights are known from end to end.

    A night is unknown while it is not over, and where a gap in what is known reaches into it
    that is too long to be a device switched off overnight.

    Args:
        days: As for `late_hours`.
        known: Stretches of which anything is known.
        zones: The IANA zones by number.
        clock: As for `late_hours`.
        present: True on days (one value a day) on which presence was recorded.
    """
    first, last = days
    starts, (begins, ends) = clock
    if not len(known):
        return np.zeros(last - first + 1, dtype=bool)
    opens = np.arange(first, last + 1) * DAY + evening(begins, starts)
    closes = opens + (ends - begins) % (24 * 60) * _MINUTES
    either = present | np.append(present[1:], present[-1:])
    limit = np.where(either, OFF_AT_MOST, HISTORY_AT_MOST)
    offset = offsets(known.start, known.zone, zones)
    begun, over = known.start + offset, known.end + offset
    good = np.asarray((opens >= begun[0] - limit) & (closes <= over[-1]))
    gap = known.start[1:] - known.end[:-1]
    for place in np.flatnonzero(gap > limit.min()):
        reaches = (over[place] < closes) & (begun[place + 1] > opens)
        good &= ~(reaches & (gap[place] > limit))
    return good
