"""Whether hours and energy go together, day by day; never what causes what."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from disconnect.statistics.multiplicity import benjamini_hochberg
from disconnect.statistics.serial import lagged

Floats = npt.NDArray[np.float64]

FEWEST = 28
"""Paired days below which nothing is said of an association."""
DESCRIBED = 14
"""Paired days from which on energy is described."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A question declared before the data are looked at: does `outcome` go with `hours`?"""

    hours: str
    outcome: str
    lag: int
    """0: on the same day; 1: on the day after."""


DECLARED = (
    Hypothesis("online_hours", "energy", 0),
    Hypothesis("online_hours", "energy", 1),
    Hypothesis("broadcast_hours", "energy", 0),
    Hypothesis("in_person_hours", "energy", 0),
    Hypothesis("late_night_hours", "energy", 1),
)
"""No more than five, so that few findings are by chance."""
ASSOCIATIONS = (
    "predictor", "outcome", "lag", "paired_days", "coefficient", "low", "high", "r", "p",
    "adjusted_p", "told",
)  # fmt: skip


def associations(daily: pd.DataFrame, declared: Sequence[Hypothesis] = DECLARED) -> pd.DataFrame:
    """Test each declared hypothesis, allowing for what the day before was like.

    Args:
        daily: Every day in order; the hours [h] and outcomes that are named, NaN where unknown.
        declared: At most five hypotheses.

    Returns:
        ASSOCIATIONS, one row a hypothesis: `coefficient` is what the outcome differs by for one
        hour more, with its 95 % interval; `r` the partial correlation; `adjusted_p` after
        Benjamini and Hochberg; `told` 1 where it is below .05. All NaN but `paired_days` below
        28 of them.

    Raises:
        ValueError: More than five hypotheses.
    """
    if len(declared) > 5:  # noqa: PLR2004 - as said
        raise ValueError(f"five hypotheses at most, not {len(declared)}")
    rows = [_tested(daily, one) for one in declared]
    frame = pd.DataFrame(rows, columns=list(ASSOCIATIONS[:9]))
    found = benjamini_hochberg(frame["p"].to_numpy(dtype=float))
    frame["adjusted_p"] = found.adjusted
    frame["told"] = np.where(np.isnan(found.adjusted), np.nan, found.rejected.astype(float))
    return frame


def paired(daily: pd.DataFrame, one: Hypothesis) -> tuple[Floats, Floats]:
    """The hours and the outcome of each pair of days on which both are known."""
    hours = daily[one.hours].shift(one.lag).to_numpy(dtype=float)
    outcome = daily[one.outcome].to_numpy(dtype=float)
    both = ~np.isnan(hours) & ~np.isnan(outcome)
    return hours[both], outcome[both]


def detectable(days: int) -> float:
    """The correlation that so many days find four times in five, where days resemble each other.

    From 85 days for .3, 194 for .2 and 783 for .1 (power .8, alpha .05), times 1.38 for AR(.4) in
    both series.
    """
    alone = days / 1.38 - 3
    return float(np.tanh(2.8016 / np.sqrt(alone))) if alone > 0 else 1.0


def _tested(daily: pd.DataFrame, one: Hypothesis) -> tuple[object, ...]:
    count = len(paired(daily, one)[0])
    asked = (one.hours, one.outcome, one.lag)
    nothing = (*asked, count, *(float("nan"),) * 5)
    if count < FEWEST:
        return nothing
    outcome, hours = (daily[name].to_numpy(dtype=float) for name in (one.outcome, one.hours))
    try:
        found = lagged(outcome, hours, one.lag)
    except ValueError:  # too few runs of days, or hours that never vary
        return nothing
    if found.n < FEWEST:
        return (*asked, found.n, *nothing[4:])
    interval = (found.coefficient, found.low, found.high)
    return (*asked, found.n, *interval, found.r, found.p)
