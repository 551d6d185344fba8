"""Several questions asked of the same data."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Discoveries:
    """Which hypotheses are rejected, and their adjusted p-values (NaN where none was known)."""

    rejected: npt.NDArray[np.bool_]
    adjusted: npt.NDArray[np.float64]


def benjamini_hochberg(p_values: npt.ArrayLike, rate: float = 0.05) -> Discoveries:
    """Keep the expected share of false discoveries among all at or under `rate`.

    A hypothesis that could not be tested (NaN) is not rejected and does not count as one.

    Source: Benjamini & Hochberg 1995, JRSS B 57:289-300.
    """
    p = np.asarray(p_values, dtype=np.float64)
    tested = ~np.isnan(p)
    rejected = np.zeros(p.shape, dtype=bool)
    adjusted = np.full(p.shape, np.nan)
    known = p[tested]
    order = np.argsort(known)[::-1]
    steps = known[order] * len(known) / np.arange(len(known), 0, -1)
    adjusted[np.flatnonzero(tested)[order]] = np.minimum(np.minimum.accumulate(steps), 1.0)
    rejected[tested] = adjusted[tested] <= rate
    return Discoveries(rejected, adjusted)
