"""Online communication against time with people, by longer periods than a day."""

import numpy as np
import pandas as pd

_SUMMED = (
    "covered_hours",
    "screen_hours",
    "online_hours",
    "broadcast_hours",
    "message_hours",
    "email_hours",
    "call_hours",
    "in_person_hours",
    "divided_hours",
)
_COUNTED = ("people_met", "encounters", "chance_encounters")


def periods(days: pd.DataFrame, labels: "pd.Index[str]", met: pd.DataFrame) -> pd.DataFrame:
    """Add days up to periods; unknown days add nothing, and only unknown days stay unknown.

    Args:
        days: One row per local day, columns as of `days`.
        labels: The period of each day, in the days' order.
        met: The encounters in person of the time, a row for each day that it touches and each
            person (-1: nobody named): `period` (label), `encounter`, `person`, `chance` (bool).
            Who was met, and what went over midnight, counts once in a period.

    Returns:
        Index `period`, in the order of the days; the days' columns, `covered_days` and
        `logged_days`: on how many anything was recorded, and time with people is known.
        `days_since_met` is that of the last day of the period on which it is known.
    """
    codes, names = pd.factorize(np.asarray(labels))
    size = len(names)
    columns: dict[str, np.ndarray] = {}
    for name in _SUMMED:
        values = days[name].to_numpy(dtype=float)
        known = ~np.isnan(values)
        total = np.bincount(codes[known], weights=values[known], minlength=size)
        count = np.bincount(codes[known], minlength=size)
        columns[name] = np.where(count > 0, total, np.nan)
    kept = np.bincount(codes, weights=days["encounters"].notna(), minlength=size) > 0
    for name, rows in zip(_COUNTED, _told_apart(met), strict=True):
        counts = rows.groupby("period").size().reindex(names, fill_value=0)
        columns[name] = np.where(kept, counts.to_numpy(dtype=float), np.nan)
    since = days["days_since_met"].to_numpy(dtype=float)
    told = np.flatnonzero(~np.isnan(since))
    columns["days_since_met"] = np.full(size, np.nan)
    columns["days_since_met"][codes[told]] = since[told]  # of several days the last one stays
    # A call that was logged by hand is known on days on which nothing else was recorded.
    covered = days["broadcast_hours"].notna().to_numpy()
    columns["covered_days"] = np.bincount(codes, weights=covered, minlength=size)
    logged = days["in_person_hours"].notna().to_numpy()
    columns["logged_days"] = np.bincount(codes, weights=logged, minlength=size)
    index = pd.Index(names, name="period", dtype=object)
    names_shown = [*days.columns, "covered_days", "logged_days"]
    return pd.DataFrame({name: columns[name] for name in names_shown}, index)


def _told_apart(met: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return one row a person met; one an encounter; one an encounter that nobody planned."""
    named = met[met["person"] >= 0].drop_duplicates(["period", "person"])
    each = met.drop_duplicates(["period", "encounter"])
    return named, each, each[each["chance"]]
