"""Whether somebody withdraws: when the level turned, how it stands, and a line to watch."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from disconnect.statistics.changepoints import breaks, cusum
from disconnect.statistics.windows import of_last

Floats = npt.NDArray[np.float64]

MEASURES = ("in_person_hours", "online_hours")
CHANGES = ("measure", "day", "before", "after", "before_days", "after_days")
WATCH = ("measure", "week", "mean", "cusum", "alarm")
NOW_DAYS = 14
FEWEST_DAYS = 28
"""Known days below which no change of level is looked for."""
DAYS_OF_A_WEEK = 4
"""Known days a week needs for a mean."""
BASELINE = 8
"""Weeks that the watch is measured by: the first ones."""
PENALTY = 3.0
CEILING = 10.0
"""Standard deviations beyond which the watch adds nothing up: it must come down again."""
_LEAST_SD = 1 / 12
"""A level that never moves is measured by five minutes a day [h]."""


def changes(days: pd.DataFrame, penalty: float = PENALTY) -> pd.DataFrame:
    """When the level of hours in person and online changed.

    Args:
        days: Index `day`, MEASURES [h], NaN where unknown; unknown days are left out, never 0.
        penalty: What a change must be worth: 2 finds more, 4 fewer.

    Returns:
        CHANGES: the first day of each new level, the means before and after it [h/day] between
        the neighbouring changes, and how many known days each mean has. In time's order.
    """
    rows = []
    for measure in MEASURES:
        values = days[measure].to_numpy(dtype=float)
        if (~np.isnan(values)).sum() < FEWEST_DAYS:
            continue
        edges = [0, *breaks(values, penalty=penalty), len(values)]
        for before, at, after in zip(edges, edges[1:], edges[2:], strict=False):
            old, new = values[before:at], values[at:after]
            rows.append(
                (
                    measure,
                    days.index[at],
                    float(np.nanmean(old)),
                    float(np.nanmean(new)),
                    int((~np.isnan(old)).sum()),
                    int((~np.isnan(new)).sum()),
                )
            )
    frame = pd.DataFrame(rows, columns=list(CHANGES))
    return frame.sort_values(["day", "measure"]).reset_index(drop=True)


def now(days: pd.DataFrame, people: Floats, outings: Floats) -> dict[str, float]:
    """How it stands on the last day of which time with people is known.

    Args:
        days: Index `day`; `days_since_met`, `in_person_hours`.
        people: Different people met in the 14 days up to each day.
        outings: 1 for a day out, 0 for none, NaN for unknown.

    Returns:
        `days_since_met`, of which `unknown_days_since_met` are not known (so far as `days` goes
        back), `people_met_14d`, `outings_14d` and `known_days_14d`; NaN: not known.
    """
    logged = days["in_person_hours"].notna().to_numpy()
    known = np.flatnonzero(logged)
    names = (
        "days_since_met", "unknown_days_since_met", "people_met_14d", "outings_14d",
        "known_days_14d",
    )  # fmt: skip
    if not len(known):
        return dict.fromkeys(names, float("nan"))
    at = int(known[-1])
    since = days["days_since_met"].to_numpy(dtype=float)
    window = outings[max(0, at - NOW_DAYS + 1) : at + 1]
    return dict(
        zip(
            names,
            (
                since[at],
                of_last(~logged, since)[at] if since[at] >= 0 else float("nan"),
                float(people[at]),
                float(np.nansum(window)),
                float((~np.isnan(window)).sum()),
            ),
            strict=True,
        )
    )


def watch(days: pd.DataFrame) -> pd.DataFrame:
    """The weekly watch line: a CUSUM on weekly means, measured by the first eight weeks.

    Args:
        days: Index `day`, MEASURES [h], NaN where unknown.

    Returns:
        WATCH: week by week (its Monday) the mean [h/day], the sum of deviations to the side that
        matters (fewer hours in person, more online) in standard deviations, and whether it is
        over the limit of 5. A week with fewer than four known days adds nothing. Empty without
        eight weeks of baseline and one more.
    """
    index = pd.DatetimeIndex(days.index)
    monday = index - pd.to_timedelta(index.day_of_week, unit="D")
    parts = []
    for measure in MEASURES:
        grouped = days[measure].groupby(monday)
        mean = grouped.mean().where(grouped.count() >= DAYS_OF_A_WEEK)
        first = mean.dropna().iloc[:BASELINE]
        if mean.notna().sum() <= BASELINE:
            continue
        sd = max(float(first.std(ddof=1)), _LEAST_SD)
        sums = cusum(mean.to_numpy(dtype=float), float(first.mean()), sd, ceiling=CEILING)
        side = sums.c_minus if measure == "in_person_hours" else sums.c_plus
        parts.append(
            pd.DataFrame(
                {
                    "measure": measure,
                    "week": mean.index,
                    "mean": mean.to_numpy(),
                    "cusum": side,
                    "alarm": (side > LIMIT).astype(float),
                }
            )
        )
    if not parts:
        return pd.DataFrame(columns=list(WATCH))
    return pd.concat(parts, ignore_index=True)


LIMIT = 5.0
"""Standard deviations over which the watch speaks up."""
