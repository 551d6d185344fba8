"""Tests that follow from how the days were drawn, and assume nothing else."""

from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Alternative = Literal["two-sided", "greater", "less"]

SAME = 1e-9  # sums of the same numbers in another order differ by less
MOST_PAIRS = 20  # a million sign flips


def designs(n: int, m: int) -> Ints:
    """Every way to cut n days into phases A, B, A, B of m days or more each.

    Returns:
        C(n − 4m + 3, 3) rows of three cut points: the first day of B, of the second A and of the
        second B, counted from 0.

    Raises:
        ValueError: A phase would have no day, or the days are too few.

    Source: Onghena 1992, Behavioral Assessment 14:153-171.
    """
    spare = n - 4 * m
    if m < 1 or spare < 0:
        raise ValueError(f"four phases of {m} days or more do not fit into {n} days")
    count = 3 * comb(spare + 3, 3)
    places = np.fromiter(
        (place for three in combinations(range(spare + 3), 3) for place in three), np.int64, count
    )
    cuts: Ints = places.reshape(-1, 3) + np.array([m, 2 * m - 1, 3 * m - 2])
    return cuts


@dataclass(frozen=True, slots=True)
class Abab:
    """What the second condition changed, judged among all designs that could have been drawn.

    `difference` is mean B − mean A; `p` the share of designs whose difference is as far from 0, or
    further; `low` to `high` holds every shift that the same test does not reject, and is infinite
    where the designs are too few to reject any; `distribution` has each design's difference, in
    the order of `designs` (NaN where a condition had no known day).
    """

    difference: float
    p: float
    low: float
    high: float
    distribution: Floats
    n_a: int
    n_b: int


def abab_test(y: npt.ArrayLike, cuts: tuple[int, int, int], m: int, level: float = 0.95) -> Abab:
    """Test an A-B-A-B experiment whose cut points were drawn at random before it began.

    Unknown days (NaN) count in neither mean. A design under which a condition has no known day
    counts as one that is as extreme.

    Args:
        y: One value a day, first day to last.
        cuts: The design that was drawn, as `designs` has it.
        m: Days of each phase at the least, as it was drawn.
        level: Confidence of `low` to `high`.

    Raises:
        ValueError: The cuts could not have been drawn, or a condition has no known day.

    Source: Edgington & Onghena 2007, Randomization Tests, chapters 11 and 13.
    """
    series = np.asarray(y, dtype=np.float64)
    every = designs(len(series), m)
    (drawn,) = (every == np.asarray(cuts)).all(axis=1).nonzero()
    if not len(drawn):
        raise ValueError(f"cuts at {tuple(cuts)} are none of the designs of {len(series)} days")
    known = ~np.isnan(series)
    in_b = np.zeros(len(series))
    in_b[cuts[0] : cuts[1]] = in_b[cuts[2] :] = 1.0
    differences = _contrasts(np.where(known, series, 0.0), known, every)
    observed = float(differences[drawn[0]])
    if np.isnan(observed):
        raise ValueError("a condition has no day with a known value")
    slack = SAME * max(1.0, float(np.nanmax(np.abs(series))))
    extreme = np.isnan(differences) | (np.abs(differences) >= abs(observed) - slack)
    overlaps = _contrasts(np.where(known, in_b, 0.0), known, every)
    low, high = _kept(observed, differences, overlaps, 1 - level)
    n_b = int((known & (in_b > 0)).sum())
    return Abab(
        observed, float(extreme.mean()), low, high, differences, int(known.sum()) - n_b, n_b
    )


def _contrasts(series: Floats, known: npt.NDArray[np.bool_], every: Ints) -> Floats:
    """Mean B − mean A of the known days under each design; NaN where one has none."""

    def inside(values: npt.NDArray[np.float64]) -> tuple[Floats, float]:
        total = np.concatenate([[0.0], np.cumsum(values)])
        first, second, third = total[every].T
        return second - first + total[-1] - third, float(total[-1])

    sum_b, whole = inside(series)
    count_b, count = inside(known.astype(np.float64))
    some = (count_b > 0) & (count_b < count)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = sum_b / count_b - (whole - sum_b) / (count - count_b)
    return np.where(some, found, np.nan)


def _kept(
    observed: float, differences: Floats, overlaps: Floats, alpha: float
) -> tuple[float, float]:
    """The shifts that are not rejected at `alpha`, exactly.

    With d taken off the days of B, the drawn design's difference is observed − d and another's is
    D − d·K, where K is how much the two designs overlap. The other is as extreme,
    |D − d·K| ≥ |observed − d|, exactly for d between the two roots, which lie on either side of
    observed. So p(d) rises up to there and falls after it, and its ends are order statistics.
    """
    same = np.isnan(differences) | (np.abs(overlaps) > 1 - SAME)
    other, share = differences[~same], overlaps[~same]
    one = (observed - other) / (1 - share)
    two = (observed + other) / (1 + share)
    needed = int(np.floor(alpha * len(differences) + SAME)) - int(same.sum())
    if needed < 0:
        return float("-inf"), float("inf")
    lows, highs = np.sort(np.minimum(one, two)), np.sort(np.maximum(one, two))
    return float(lows[needed]), float(highs[-1 - needed])


def sign_flip(pairs: npt.ArrayLike, alternative: Alternative = "two-sided") -> tuple[float, float]:
    """Test differences within pairs, of which chance decided each one's direction.

    All 2ⁿ signs are tried; pairs with an unknown difference (NaN) are left out.

    Returns:
        The mean difference, and the share of signs under which it is as extreme.

    Raises:
        ValueError: No difference is known, or more than 20 are.

    Source: Fisher 1935, The Design of Experiments, section 21.
    """
    given = np.asarray(pairs, dtype=np.float64)
    known = given[~np.isnan(given)]
    if not 1 <= len(known) <= MOST_PAIRS:
        raise ValueError(f"every sign can be tried of 1 to {MOST_PAIRS} pairs, not {len(known)}")
    sums = np.zeros(1)
    for value in known:
        sums = np.concatenate([sums + value, sums - value])
    observed = float(known.sum())
    slack = SAME * max(1.0, float(np.abs(known).sum()))
    sides = {"greater": sums, "less": -sums, "two-sided": np.abs(sums)}
    bounds = {"greater": observed, "less": -observed, "two-sided": abs(observed)}
    p = float((sides[alternative] >= bounds[alternative] - slack).mean())
    return observed / len(known), p
