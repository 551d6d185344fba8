"""How sure an index is: days resampled, weights drawn, and hours that nobody saw."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from disconnect.pipeline.load.inputs import LONG_DAY
from disconnect.pipeline.load.scoring import Component, score
from disconnect.pipeline.load.smoothing import WINDOW, weighted
from disconnect.statistics.bootstrap import stationary

Floats = npt.NDArray[np.float64]

DRAWS = 200
CONCENTRATION = 50
"""Weights are drawn from Dirichlet(50 w / W)."""
MEAN_BLOCK = 7
LEVEL = (2.5, 97.5)


def resampled(
    rates: Floats,
    looked: tuple[Floats, Floats],
    decay: Floats,
    components: Sequence[Component],
    rng: np.random.Generator,
) -> Floats:
    """The index of resampled days: windows, draws. A day drawn twice weighs twice.

    STATES (`looked`: of each day, and as they stand at the end) are those of the day drawn last: a
    meeting just today is chance as hours are. Where it has none they are the window's last.
    """
    lately, states = looked
    drawn = stationary(WINDOW, DRAWS, MEAN_BLOCK, rng)
    weights = np.zeros((DRAWS, WINDOW))
    np.add.at(weights, (np.arange(DRAWS)[:, None], drawn), decay)
    smooth = weighted(rates, weights)
    there = lately[:, drawn[:, -1]]
    there = np.where(np.isnan(there), states[:, None], there)
    return score(np.concatenate([smooth, there], axis=2), components)[0]


def reweighted(smooth: Floats, components: Sequence[Component], rng: np.random.Generator) -> Floats:
    """The index under weights drawn around those that are set: windows, draws."""
    strain = np.stack([c.strain(smooth[:, n]) for n, c in enumerate(components)], axis=1)
    weight = np.array([c.weight for c in components])
    # The drawn shares of those that are there are a Dirichlet draw of their own.
    whole = weight.sum() or 1.0  # all of them set to 0
    drawn = rng.gamma(CONCENTRATION * weight / whole, size=(DRAWS, len(weight)))
    there = (~np.isnan(strain)).astype(float)
    total = there @ drawn.T
    summed = np.nan_to_num(strain) @ drawn.T
    return np.asarray(
        np.divide(100 * summed, total, out=np.full(total.shape, np.nan), where=total > 0)
    )


def between(
    rates: Floats, unseen: Floats, decay: Floats, states: Floats, components: Sequence[Component]
) -> tuple[Floats, Floats]:
    """The index were nothing, and were as much as could be, online in what was not seen."""
    found = []
    none = np.asarray(np.isnan(rates[..., 0]).all(axis=1))
    unseen = np.where(none[:, None], np.nan, unseen)  # what is no part stays none
    for share in (0.0, 1.0):
        filled = rates.copy()
        filled[..., 0] = np.nan_to_num(rates[..., 0]) + share * unseen
        filled[..., 1] = np.where(np.isnan(unseen), np.nan, filled[..., 0] >= LONG_DAY)
        filled[..., 0] = np.where(np.isnan(unseen), np.nan, filled[..., 0])
        case = np.concatenate([weighted(filled, decay[None])[:, 0], states], axis=1)
        found.append(score(case, components)[0])
    return np.fmin(*found), np.fmax(*found)


def interval(draws: Floats) -> tuple[Floats, Floats]:
    """The middle 95 % of each row; 0 to 100 where no draw has an index."""
    some = ~np.isnan(draws).any(axis=1)
    few = ~some & ~np.isnan(draws).all(axis=1)
    low, high = np.zeros(len(draws)), np.full(len(draws), 100.0)
    if some.any():
        low[some], high[some] = np.percentile(draws[some], LEVEL, axis=1)
    if few.any():  # many times as slow, and needed only where a draw lost too many parts
        low[few], high[few] = np.nanpercentile(draws[few], LEVEL, axis=1)
    return low, high


def stretched(value: Floats, draws: Floats, decay: Floats) -> tuple[Floats, Floats]:
    """Resampled ends as far off as Student's t asks: so weighed, days are as good as 1 / Σw².

    Blocks miss what lies between them: their variance is low by about their share of the window.
    """
    days = decay.sum() ** 2 / (decay**2).sum()
    factor = float(stdtrit(days - 1, 0.975)) / 1.959964 / np.sqrt(1 - MEAN_BLOCK / WINDOW)
    low, high = (np.clip(value + factor * (end - value), 0, 100) for end in interval(draws))
    return low, high


def widest(value: Floats, bounds: list[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """Of several intervals the widest, which holds the value in any case."""
    low, high = (np.stack(part) for part in zip(*bounds, strict=True))
    chosen = np.nanargmax(high - low, axis=0)[None]
    return (
        np.fmin(np.take_along_axis(low, chosen, axis=0)[0], value),
        np.fmax(np.take_along_axis(high, chosen, axis=0)[0], value),
    )
