"""A CUSUM that needs no known level: each value is judged by those before it."""

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri, stdtr

Floats = npt.NDArray[np.float64]

FIRST = 8
"""Known values before the first one is judged."""
MOST = 4.0
"""Standard normal score beyond which a value counts no more: one alone raises no alarm."""


def scores(
    values: npt.ArrayLike, *, least_sd: npt.ArrayLike = 0.0, alike: npt.ArrayLike = 0.0
) -> Floats:
    """Score each value by the mean and standard deviation of those before it.

    While the level stays, the distance from the mean of i earlier values, in their standard
    deviations and times √(i / (i + 1)), has a t distribution; its normal score is returned. Taking
    the standard deviation of eight values for the true one makes a CUSUM alarm in 26 % of years
    without any change, at the limit that gives 5 % with the true one.

    Args:
        values: In order of time; NaN where unknown.
        least_sd: A smaller standard deviation is raised to this [the values' unit]; one for all
            values, or one each.
        alike: Correlation of a value with the one before it, 0 to 1; one for all, or one each.
            Scores are divided by √((1 + alike) / (1 − alike)), the spread of their sums.

    Returns:
        One score for each value [standard deviations]; NaN where the value is unknown, and for the
        first eight.

    Source: Hawkins 1987, The Statistician 36:299-316.
    """
    series = np.asarray(values, dtype=np.float64)
    least = np.broadcast_to(np.asarray(least_sd, dtype=np.float64), series.shape)
    near = np.broadcast_to(np.asarray(alike, dtype=np.float64), series.shape)
    spread = np.sqrt((1 + near) / (1 - near))
    found = np.full(len(series), np.nan)
    mean, squares = 0.0, 0.0
    for count, at in enumerate(np.flatnonzero(~np.isnan(series))):
        off = float(series[at]) - mean
        if count >= FIRST:
            sd = max(float(np.sqrt(squares / (count - 1))), float(least[at]))
            found[at] = _score(off, sd, count) / spread[at]
        mean += off / (count + 1)
        squares += off * (float(series[at]) - mean)
    return found


def _score(off: float, sd: float, count: int) -> float:
    """The normal score of a distance from the mean of `count` values."""
    if sd <= 0:
        return MOST * float(np.sign(off))
    q = off / sd * np.sqrt(count / (count + 1))
    return float(np.clip(ndtri(stdtr(count - 1, q)), -MOST, MOST))


def summed(scored: Floats, *, k: float = 0.5, ceiling: float = float("inf")) -> Floats:
    """Add scores up, less `k` each and never below 0; an unknown one (NaN) changes nothing.

    Args:
        scored: As `scores` returns them; negated, the sum grows as values fall.
        k: Slack: half the shift that matters [standard deviations].
        ceiling: The sum never exceeds it, so that it comes down soon after the level is back.
    """
    sums = np.zeros(len(scored))
    total = 0.0
    for at, score in enumerate(scored):
        if not np.isnan(score):
            total = min(max(0.0, total + float(score) - k), ceiling)
        sums[at] = total
    return sums
