"""Whether hours and energy go together, day by day; never what causes what."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from disconnect.statistics.multiplicity import benjamini_hochberg
from disconnect.statistics.serial import Association, day_after, lagged

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
    "adjusted_p", "told", "untested",
)  # fmt: skip
TOO_FEW, NOT_IN_A_ROW, SAME_HOURS, SAME_ENERGY, ALIKE = (
    "days", "in a row", "hours", "energy", "alike",
)  # fmt: skip
"""Why a hypothesis is not tested: too few pairs, too few whole runs of days, no variation."""


def associations(daily: pd.DataFrame, declared: Sequence[Hypothesis] = DECLARED) -> pd.DataFrame:
    """Test each declared hypothesis, allowing for what the day before was like.

    On the same day it is tested given yesterday's energy and hours. On the day after, it is told
    only where it holds given yesterday's energy and the hours of the day itself *and* where it
    cannot be the trace of an effect on one day alone (`statistics.serial.day_after`): `p` is the
    larger of the two, 1 where they point opposite ways.

    Args:
        daily: Every day in order; the hours [h] and outcomes that are named, NaN where unknown.
        declared: At most five hypotheses.

    Returns:
        ASSOCIATIONS, one row a hypothesis: `paired_days` on which all is known that the test
        takes; `coefficient` is what the outcome differs by for one hour more, with its 95 %
        interval; `r` the partial correlation; `adjusted_p` after Benjamini and Hochberg; `told`
        1 where it is below .05. What is not tested has NaN in these, and in `untested` the
        reason, which is None elsewhere.

    Raises:
        ValueError: More than five hypotheses.
    """
    if len(declared) > 5:  # noqa: PLR2004 - as said
        raise ValueError(f"five hypotheses at most, not {len(declared)}")
    rows = [_tested(daily, one) for one in declared]
    frame = pd.DataFrame(rows, columns=[*ASSOCIATIONS[:9], "untested"])
    found = benjamini_hochberg(frame["p"].to_numpy(dtype=float))
    frame["adjusted_p"] = found.adjusted
    frame["told"] = np.where(np.isnan(found.adjusted), np.nan, found.rejected.astype(float))
    return frame[list(ASSOCIATIONS)]


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
    asked = (one.hours, one.outcome, one.lag)
    nothing = (float("nan"),) * 5
    pairs = paired(daily, one)
    if len(pairs[0]) < FEWEST:
        return (*asked, len(pairs[0]), *nothing, TOO_FEW)
    outcome, hours = (daily[name].to_numpy(dtype=float) for name in (one.outcome, one.hours))
    days = whole_days(outcome, hours, one.lag)
    for values, reason in ((hours, SAME_HOURS), (outcome, SAME_ENERGY)):
        known = values[np.isfinite(values)]
        if np.ptp(known) == 0:
            return (*asked, len(pairs[0]), *nothing, reason)
    if days < FEWEST:
        return (*asked, days, *nothing, NOT_IN_A_ROW)
    try:
        found, p = _associated(outcome, hours, one.lag)
    except ValueError:  # on these days one cannot be told from the other
        return (*asked, days, *nothing, ALIKE)
    return (*asked, found.n, found.coefficient, found.low, found.high, found.r, p, None)


def _associated(outcome: Floats, hours: Floats, lag: int) -> tuple[Association, float]:
    if not lag:
        found = lagged(outcome, hours)
        return found, found.p
    given, beyond = day_after(outcome, hours)
    agree = given.coefficient * beyond.coefficient > 0
    return given, max(given.p, beyond.p) if agree else 1.0


def whole_days(outcome: Floats, hours: Floats, lag: int) -> int:
    """Days on which a test has all it takes: today's and yesterday's values, and one more."""
    known, there = np.isfinite(outcome), np.isfinite(hours)
    whole = known[lag + 1 :] & known[lag:-1] & there[lag + 1 :] & there[lag:-1]
    if lag:
        whole &= there[:-2]
    return int(whole.sum())
