"""Days put together to calendar weeks: how often people are met, how long, and hours online."""

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]

DAYS_OF_A_WEEK = 4
"""Known days a week needs to count."""
MEETING = 1 / 6
"""A day counts as one with people from ten minutes on [h], as in days since the last meeting."""
PARTS = ("often", "long", "online")


def met(hours: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """True on days with ten minutes with people or more; unknown days are False."""
    return np.asarray(hours, dtype=np.float64) >= MEETING - 1e-9  # NaN compares false


def daily_parts(days: pd.DataFrame) -> pd.DataFrame:
    """Return what weeks are made of; arguments and columns as `weekly` has them, day by day."""
    hours = days["in_person_hours"].to_numpy(dtype=float)
    there = met(hours)
    return pd.DataFrame(
        {
            "often": np.where(np.isnan(hours), np.nan, there.astype(float)),
            "long": np.log(np.where(there, hours, np.nan)),
            "online": days["online_hours"].to_numpy(dtype=float),
        },
        index=days.index,
    )


def weekly(days: pd.DataFrame) -> pd.DataFrame:
    """Put days together to calendar weeks, Monday to Sunday; a week that is not over is left off.

    Args:
        days: Index `day`; `in_person_hours`, `online_hours` [h], NaN where unknown.

    Returns:
        Index: every Monday. `often`: share of known days with people; `long`: mean logarithm of
        the hours of those days; `online`: mean hours online [h/day]. `often` and `online` are NaN
        in weeks of fewer than four known days, `long` in weeks without a day with people.
    """
    index = pd.DatetimeIndex(days.index)
    monday = index - pd.to_timedelta(index.day_of_week, unit="D")
    if len(index) and index[-1].day_of_week < 6:  # noqa: PLR2004 - Sunday
        over = monday < monday[-1]
        days, monday = days[over], monday[over]
    grouped = daily_parts(days).set_axis(monday).groupby(level=0)
    fewest = pd.Series({"often": DAYS_OF_A_WEEK, "long": 1, "online": DAYS_OF_A_WEEK})
    weeks = grouped.mean().where(grouped.count() >= fewest)
    if weeks.empty:
        return weeks
    every = pd.date_range(weeks.index[0], weeks.index[-1], freq="7D")
    return weeks.reindex(every)
