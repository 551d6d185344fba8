"""Online communication against time in the room, by day, week, month or year."""

import numpy as np
import pandas as pd

_SUMS = (
    "covered_hours",
    "screen_hours",
    "online_hours",
    "broadcast_hours",
    "message_hours",
    "email_hours",
    "call_hours",
    "in_person_hours",
    "divided_hours",
    "encounters",
    "chance_encounters",
)
LEAST_COVERED = 1.0
"""Hours from which a day counts as covered at all."""


def labels(days: pd.DatetimeIndex, by: str) -> pd.Index:
    """The name of the period each day lies in: `2026-10-05`, `2026-W41`, `2026-10` or `2026`.

    Names are made once for each distinct period: formatting ten years day by day is slow.
    """
    dates = days.to_numpy().astype("datetime64[D]")
    if by == "week":
        # Shifting to the Thursday puts each ISO week into its own year.
        number = dates.astype("int64")
        thursdays = (number - (number + 3) % 7 + 3).astype("datetime64[D]")
        unique, place = np.unique(thursdays, return_inverse=True)
        years = unique.astype("datetime64[Y]")
        week = (unique - years.astype("datetime64[D]")).astype("int64") // 7 + 1
        names = [f"{year}-W{number:02}" for year, number in zip(years, week, strict=True)]
    else:
        unit = {"day": "D", "month": "M", "year": "Y"}[by]
        unique, place = np.unique(dates.astype(f"datetime64[{unit}]"), return_inverse=True)
        names = [str(one) for one in unique]
    return pd.Index(np.array(names, dtype=object)[place], name="period")


def contrast(
    days: pd.DataFrame, by: str, people_met: "pd.Series[float] | None" = None
) -> pd.DataFrame:
    """Add days up.

    Args:
        days: The days frame; hours [h], NaN where unknown.
        by: `day`, `week`, `month` or `year`.
        people_met: Distinct people of each period, by its label; people cannot be added up.

    Returns:
        Index `period` (label, in order). Sums of what is known, NaN where nothing is;
        `days_since_met` as of the period's last day; `balance` of the sums; `covered_days`.
    """
    label = labels(pd.DatetimeIndex(days.index), by)
    grouped = days.groupby(label.to_numpy(), sort=False)
    frame = grouped[list(_SUMS)].sum(min_count=1)
    frame.index.name = "period"
    social = frame["in_person_hours"] + frame["online_hours"]
    frame["balance"] = frame["in_person_hours"] / social.where(social > 0)
    frame["days_since_met"] = grouped["days_since_met"].last()
    frame["covered_days"] = (days["covered_hours"] >= LEAST_COVERED).groupby(label.to_numpy()).sum()
    if people_met is None:
        frame["people_met"] = grouped["people_met"].last()
    else:
        counted = people_met.reindex(frame.index)
        known = frame["encounters"].notna()
        frame["people_met"] = counted.fillna(0).where(known)
    return frame
