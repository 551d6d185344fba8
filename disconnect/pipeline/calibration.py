"""Weights of one's own for the index, only where the components foretell energy.

They must do better than energy's own past on days they have not seen, and better than themselves
shifted in time: both series resemble themselves from one day to the next and share the seasons, and
so appear to go together where they have nothing to do with each other.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from disconnect.statistics.foretelling import blocked, ridge, shift_p, slow

Floats = npt.NDArray[np.float64]

FEWEST_PAIRS = 60
FEWEST_WEEKS = 8
"""Weekly check-ins of burnout that must stand beside the days."""
BY_CHANCE = 0.05
"""The share of shifts in time that may fit as well."""
DAYS_A_WAVE = 120
"""One slow wave is left to the seasons for so many days."""
_KNOWN = 0.5
"""A component that is known on fewer of the days is left out."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether weights of one's own are supported, and by what.

    `error` and `as_before` are root mean squares of days not seen [points of 0..100]: of the
    components, and of energy's own past alone. `p` is the share of shifts in time that fit as well.
    `weights` are shares of 1 in the order of the components; empty when not supported.
    """

    pairs: int
    weeks: int
    error: float
    as_before: float
    p: float
    weights: tuple[float, ...]

    @property
    def supported(self) -> bool:
        """True if the data support weights of one's own."""
        return bool(self.weights)


def calibrated(strains: Floats, tiredness: Floats, weeks: int) -> Calibration:
    """Fit and judge.

    Args:
        strains: Days by components, 0..1, of the index; NaN: not known.
        tiredness: 100 - 10 energy of each day; NaN: not known.
        weeks: How many weekly check-ins of burnout there are.
    """
    before = np.concatenate([[np.nan], tiredness[:-1]])
    usable = [n for n in range(strains.shape[1]) if np.isfinite(strains[:, n]).mean() > _KNOWN]
    whole = ~np.isnan(np.column_stack([strains[:, usable], tiredness, before])).any(axis=1)
    usable = [n for n in usable if whole.any() and np.ptp(strains[whole, n]) > 0]
    pairs = int(whole.sum())
    nan = float("nan")
    if pairs < FEWEST_PAIRS or weeks < FEWEST_WEEKS or not usable:
        return Calibration(pairs, weeks, nan, nan, nan, ())
    x, y = strains[whole][:, usable], tiredness[whole]
    spread = x.std(axis=0)
    x = (x - x.mean(axis=0)) / spread
    waves = slow(np.flatnonzero(whole), len(whole), max(1, pairs // DAYS_A_WAVE))
    free = np.column_stack([waves, before[whole]])
    found = blocked(y, x, free)
    p = shift_p(y, x, free)
    weights: tuple[float, ...] = ()
    if found.error < found.without and p <= BY_CHANCE:
        every = np.zeros(strains.shape[1])
        every[usable] = np.clip(ridge(y, x, free) / spread, 0, None)
        if every.sum() > 0:
            weights = tuple((every / every.sum()).tolist())
    return Calibration(pairs, weeks, found.error, found.without, p, weights)
