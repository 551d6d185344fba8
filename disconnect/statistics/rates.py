"""Events in a time of exposure: how often, and how many times as often as elsewhere."""

from dataclasses import dataclass

import numpy as np
from scipy import special


@dataclass(frozen=True, slots=True)
class Rate:
    """Events per unit of exposure; `low` is 0 and `high` one-sided where there was no event."""

    events: int
    exposure: float
    rate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as often the first happens as the second.

    `ratio_median`, `low`, `high` and `p_greater` (the probability that the ratio is over 1) are
    Bayesian; `exact_low` and `exact_high` are conditional and exact. An exact bound is infinite
    where the second has no event; both are unknown (NaN) where neither has. `counts`: events and
    exposure of the first, then of the second.
    """

    ratio_median: float
    low: float
    high: float
    p_greater: float
    exact_low: float
    exact_high: float
    counts: tuple[int, float, int, float]

    @property
    def p_value(self) -> float:
        """Of no difference, conditional and exact."""
        k1, t1, k2, t2 = self.counts
        if k1 + k2 == 0:
            return 1.0
        # Half a second of import that no command needs.
        from statsmodels.stats.rates import test_poisson_2indep

        with np.errstate(divide="ignore"):  # it also divides the plain rates, one may be 0
            return float(test_poisson_2indep(k1, t1, k2, t2, method="exact-cond").pvalue)


def _checked(k: int, t: float) -> None:
    if k < 0:
        raise ValueError(f"events cannot be fewer than none: {k}")
    if not (np.isfinite(t) and t > 0):
        raise ValueError(f"a rate needs an exposure over 0, not {t:g}")


def rate(k: int, t: float, level: float = 0.95) -> Rate:
    """The median and the equal-tailed interval of Gamma(k + ½, t), Jeffreys' posterior.

    Args:
        k: Events.
        t: Exposure, in any unit; the rate is per that unit.
        level: Probability inside the interval.

    Raises:
        ValueError: There was no exposure, or a negative count.

    Source: Brown, Cai & DasGupta 2003, Statistica Sinica 13:19-49.
    """
    _checked(k, t)
    tail = (1 - level) / 2
    low, median, high = special.gammaincinv(k + 0.5, np.array([tail, 0.5, 1 - tail])) / t
    # With no event the posterior's lower tail speaks of the prior alone: nothing rules out 0.
    return Rate(k, t, float(median), float(low) if k else 0.0, float(high))


def ratio(k1: int, t1: float, k2: int, t2: float, level: float = 0.95) -> Ratio:
    """Compare two rates.

    The ratio of two Jeffreys posteriors is a scaled F with 2k₁ + 1 and 2k₂ + 1 degrees of freedom.
    The exact test conditions on k₁ + k₂, as R's `poisson.test` does, with Clopper and Pearson's
    interval of the binomial share, turned into a ratio.

    Raises:
        ValueError: One has no exposure, or a negative count.

    Source: Przyborowski & Wilenski 1940, Biometrika 31:313-323; Price & Bonett 2000,
    Computational Statistics & Data Analysis 34:345-356.
    """
    _checked(k1, t1)
    _checked(k2, t2)
    tail = (1 - level) / 2
    scale = (k1 + 0.5) / (k2 + 0.5) * t2 / t1
    freedom = (2 * k1 + 1, 2 * k2 + 1)
    low, median, high = scale * special.fdtri(*freedom, np.array([tail, 0.5, 1 - tail]))
    exact_low, exact_high = _exact(k1, t1, k2, t2, tail)
    return Ratio(
        ratio_median=float(median),
        low=float(low),
        high=float(high),
        p_greater=float(special.fdtrc(*freedom, 1 / scale)),
        exact_low=exact_low,
        exact_high=exact_high,
        counts=(k1, t1, k2, t2),
    )


def _exact(k1: int, t1: float, k2: int, t2: float, tail: float) -> tuple[float, float]:
    """The conditional interval's ends."""
    if k1 + k2 == 0:
        return float("nan"), float("nan")
    low = special.betaincinv(k1, k2 + 1, tail) if k1 else 0.0
    high = special.betaincinv(k1 + 1, k2, 1 - tail) if k2 else 1.0
    exact_low = float(low / (1 - low) * t2 / t1)
    return exact_low, float(high / (1 - high) * t2 / t1) if k2 else float("inf")
