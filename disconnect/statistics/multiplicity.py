"""Several questions asked of the same data."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from statsmodels.stats.multitest import multipletests


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
    if tested.any():
        rejected[tested], adjusted[tested], *_ = multipletests(
            p[tested], alpha=rate, method="fdr_bh"
        )
    return Discoveries(rejected, adjusted)
