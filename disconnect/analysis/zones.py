"""Offsets of the zones that rows happened in, as arrays the pipeline can search."""

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from disconnect.statistics.intervals import Ints

DAY = 86_400_000
QUARTER = 900_000
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def offsets(name: str, first: int, last: int) -> tuple[Ints, Ints]:
    """Since when (UTC, ms) which offset [ms] holds, over the UTC days `first`..`last`.

    Zones change at quarters of an hour (UTC); a day whose ends agree is taken to have no change.
    """
    try:
        zone: dt.tzinfo = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = dt.UTC  # a name that this machine's tables do not have

    def offset(instant: int) -> int:
        local = (EPOCH + dt.timedelta(milliseconds=instant)).astimezone(zone)
        return (local.utcoffset() or dt.timedelta()) // dt.timedelta(milliseconds=1)

    since, found = [first * DAY], [offset(first * DAY)]
    for day in range(first, last + 1):
        if offset((day + 1) * DAY) == found[-1]:
            continue
        for instant in range(day * DAY, (day + 1) * DAY + 1, QUARTER):
            if offset(instant) != found[-1]:
                since.append(instant)
                found.append(offset(instant))
    return np.array(since, dtype=np.int64), np.array(found, dtype=np.int64)


def local_days(encounters: pd.DataFrame, day_starts_hour: int) -> Ints:
    """The local day, since 1970, that each encounter began on.

    Args:
        encounters: `start` [ms, UTC] and `zone` (IANA name).
        day_starts_hour: The local hour at which a day begins.
    """
    start = encounters["start"].to_numpy(dtype=np.int64)
    local = start.copy()
    for name in encounters["zone"].unique():
        mine = (encounters["zone"] == name).to_numpy()
        since, found = offsets(name, int(start[mine].min()) // DAY, int(start[mine].max()) // DAY)
        place = np.searchsorted(since, start[mine], side="right") - 1
        local[mine] += found[np.maximum(place, 0)]
    return (local - day_starts_hour * 3_600_000) // DAY
