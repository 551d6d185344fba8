"""Encounters cut where local hours and days end: the one rule by which time with people is shared out.

Time that two entries of a person share counts once (`overlaps.once`); what is left is cut at the
hours of the clock where it was, as the timeline cuts what was in front. So the parts of any period
add up to the period, and each part falls on the day it was lived.
"""

import numpy as np
import pandas as pd

from disconnect.pipeline.timeline.rows import HOUR, Ints
from disconnect.pipeline.timeline.zones import QUARTER, ahead
from disconnect.statistics.intervals import pieces


def by_hour(rows: pd.DataFrame, day_starts_hour: int) -> pd.DataFrame:
    """Cut encounters where the local hour ends.

    Args:
        rows: One row an encounter and person: `start` [ms UTC], `hours` [h], `zone` (IANA
            name); any other columns are passed on.
        day_starts_hour: The local hour at which days begin.

    Returns:
        One row for each local hour that a row touches, in the order of the rows, `start` and
        `hours` being those of the part; `hour` (local day x 24 + hour, since 1970) and `day`
        (local, since 1970) are added or replaced. A row of no length stays one part.
    """
    start = rows["start"].to_numpy(dtype=np.int64)
    length = (rows["hours"] * HOUR).round().to_numpy(dtype=np.int64)
    # An hour ends at a quarter of an hour of UTC in every zone; an empty row is held by 1 ms.
    row, begin, end = pieces(start, start + np.maximum(length, 1), QUARTER)
    end = np.where(length[row] > 0, end, begin)
    hour = (begin + ahead(begin, rows["zone"].to_numpy()[row])) // HOUR
    fresh = np.ones(len(row), dtype=bool)
    fresh[1:] = (row[1:] != row[:-1]) | (hour[1:] != hour[:-1])
    first = np.flatnonzero(fresh)
    return _parts(rows, (row[first], begin[first], _last(end, first)), hour[first], day_starts_hour)


def by_day(rows: pd.DataFrame, day_starts_hour: int) -> pd.DataFrame:
    """Cut encounters where the local day ends; as `by_hour`, one row for each day touched."""
    parts = by_hour(rows.assign(row=np.arange(len(rows))), day_starts_hour)
    end = (parts["start"] + (parts["hours"] * HOUR).round()).to_numpy(dtype=np.int64)
    keys = parts[["row", "day"]].to_numpy(dtype=np.int64)
    fresh = np.ones(len(parts), dtype=bool)
    fresh[1:] = (keys[1:] != keys[:-1]).any(axis=1)
    first = np.flatnonzero(fresh)
    kept = parts.iloc[first].drop(columns="row").reset_index(drop=True)
    length = _last(end, first) - kept["start"].to_numpy(dtype=np.int64)
    return kept.assign(hours=length / HOUR)


def within(
    parts: pd.DataFrame, days: tuple[int, int], cut: tuple[int | None, int | None]
) -> pd.DataFrame:
    """The parts that lie in a period, and of those at its edges what lies in it.

    Args:
        parts: As `by_hour` and `by_day` make them.
        days: The first local day and the last, both inclusive, since 1970.
        cut: The instants [ms UTC] at which the period begins and ends within a day, else None;
            where one is given it stands, and the day does not.
    """
    since, until = cut
    start = parts["start"].to_numpy(dtype=np.int64)
    end = start + (parts["hours"] * HOUR).round().to_numpy(dtype=np.int64)
    day = parts["day"].to_numpy(dtype=np.int64)
    first = start if since is None else start.clip(min=since)
    last = end if until is None else end.clip(max=until)
    inside = (day >= days[0]) if since is None else (end > since) | (start >= since)
    inside &= (day <= days[1]) if until is None else start < until
    return parts.assign(start=first, hours=(last - first) / HOUR)[inside]


def _last(end: Ints, first: Ints) -> Ints:
    """The ends of runs that begin at these places."""
    return end[np.append(first[1:], len(end)) - 1] if len(end) else end


def _parts(
    rows: pd.DataFrame, cut: tuple[Ints, Ints, Ints], hour: Ints, day_starts_hour: int
) -> pd.DataFrame:
    row, begin, end = cut
    return (
        rows.iloc[row]
        .reset_index(drop=True)
        .assign(
            start=begin,
            hours=(end - begin) / HOUR,
            hour=hour,
            day=(hour - day_starts_hour) // 24,
        )
    )
