"""Weights of one's own for the index, only where they foretell energy better than simple guesses.

Ridge regression pulled towards the weights that are set, with yesterday's energy beside them,
judged by days it has not seen.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

FEWEST_PAIRS = 60
FEWEST_WEEKS = 8
"""Weekly check-ins of burnout that must stand beside the days."""
FIRST = 42
"""Days seen before the first one is foretold."""
BETTER = 0.05
"""By so much the error must be smaller than that of both simple guesses."""
PENALTIES = (1.0, 10.0, 100.0, 1000.0)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether weights of one's own are supported, and by what.

    The errors are of days not seen [points of 0..100]: of the model, of "as yesterday" and of
    "as ever". `weights` are shares of 1 in the order of the components; empty when not supported.
    """

    pairs: int
    weeks: int
    error: float
    as_yesterday: float
    as_ever: float
    weights: tuple[float, ...]

    @property
    def supported(self) -> bool:
        """Whether the data support weights of one's own."""
        return bool(self.weights)


def calibrated(strains: Floats, tiredness: Floats, prior: Floats, weeks: int) -> Calibration:
    """Fit and judge.

    Args:
        strains: Days by components, 0..1, of the index; NaN: not known.
        tiredness: 100 - 10 energy of each day; NaN: not known.
        prior: The weights that are set, in the order of the components.
        weeks: How many weekly check-ins of burnout there are.
    """
    before = np.concatenate([[np.nan], tiredness[:-1]])
    usable = [n for n in range(strains.shape[1]) if np.isfinite(strains[:, n]).mean() > 0.5]  # noqa: PLR2004 - known on most days
    whole = ~np.isnan(np.column_stack([strains[:, usable], tiredness, before])).any(axis=1)
    pairs = int(whole.sum())
    nan = float("nan")
    if pairs < FEWEST_PAIRS or weeks < FEWEST_WEEKS or not usable:
        return Calibration(pairs, weeks, nan, nan, nan, ())
    x, y, last = strains[whole][:, usable], tiredness[whole], before[whole]
    share = prior[usable] / prior[usable].sum()
    foretold = {penalty: _fits(x, y, last, share, penalty) for penalty in PENALTIES}
    errors = {penalty: _missed(fits, x, y, last) for penalty, fits in foretold.items()}
    penalty = min(errors, key=lambda one: errors[one])
    as_yesterday = _rmse(y[FIRST:] - last[FIRST:])
    as_ever = _rmse(y[FIRST:] - np.array([y[:at].mean() for at in range(FIRST, len(y))]))
    error = errors[penalty]
    weights: tuple[float, ...] = ()
    if error < (1 - BETTER) * min(as_yesterday, as_ever):
        slopes = np.clip(foretold[penalty][-1, 2:], 0, None)
        if slopes.sum() > 0:
            every = np.zeros(strains.shape[1])
            every[usable] = slopes / slopes.sum()
            weights = tuple(every.tolist())
    return Calibration(pairs, weeks, error, as_yesterday, as_ever, weights)


def _fits(x: Floats, y: Floats, last: Floats, share: Floats, penalty: float) -> Floats:
    """Constant, yesterday, and a slope for each component, pulled towards the shares.

    How steep the index as a whole is is free: only the parting from its shares is paid for.

    Returns:
        One row for the first FIRST days, one for each day more, the last one of all days.
    """
    plain = np.column_stack([np.ones(len(y)), last, x @ share])
    start = _solved(*_sums(plain, y))
    prior = np.concatenate([start[:, :2], start[:, 2:] * share], axis=1)
    gram, moment = _sums(np.column_stack([np.ones(len(y)), last, x]), y)
    cost = np.diag([0.0, 0.0, *np.full(x.shape[1], penalty)])
    # Around the prior: minimise |y - design b|² + penalty |b - prior|².
    rest = moment - (gram @ prior[..., None])[..., 0]
    return prior + _solved(gram + cost, rest)


def _sums(design: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Cross products of the first FIRST days, and of each day more: all a fit needs to know."""
    gram = np.cumsum(design[:, :, None] * design[:, None, :], axis=0)
    moment = np.cumsum(design * y[:, None], axis=0)
    return gram[FIRST - 1 :], moment[FIRST - 1 :]


def _solved(gram: Floats, moment: Floats) -> Floats:
    """The least squares of each; the shortest where a component never moved."""
    return np.asarray((np.linalg.pinv(gram, hermitian=True) @ moment[..., None])[..., 0])


def _missed(fits: Floats, x: Floats, y: Floats, last: Floats) -> float:
    """The error of each day foretold from the days before it alone."""
    design = np.column_stack([np.ones(len(y)), last, x])[FIRST:]
    return _rmse(y[FIRST:] - (design * fits[:-1]).sum(axis=1))


def _rmse(missed: Floats) -> float:
    return float(np.sqrt(np.mean(missed**2)))
