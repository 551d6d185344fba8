"""Four weeks looked back over, the last days weighing most; unknown days are left out."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from disconnect.pipeline.load.inputs import INPUTS, RATES

Floats = npt.NDArray[np.float64]

WINDOW = 28
"""Days an index looks back; with a half-life of a week older ones would weigh 6 % together."""
HOLDS = 7
"""So many days a state stands for the days after it of which nothing is known."""
LEAST_KNOWN = 0.2
"""The share of a window's weight that known days need for an input: three of the last days, or
seven spread over all; what is known of its oldest two weeks alone is no news of the end."""


def smoothed(daily: pd.DataFrame, half_life: float) -> pd.DataFrame:
    """The inputs of every day as an index of that day would see them; no index, no interval.

    Args:
        daily: What `inputs` returns.
        half_life: Of the smoothing [days].

    Returns:
        The same index and columns.
    """
    seen = windows(daily.to_numpy(dtype=float), np.arange(len(daily)))
    decay = decayed(half_life)
    rates = well_known(seen[..., : len(RATES)], decay)
    smooth = looking_back(rates, standing(seen[..., len(RATES) :]), decay)
    return pd.DataFrame(smooth, index=daily.index, columns=list(INPUTS))


def windows(matrix: Floats, ends: npt.NDArray[np.int_]) -> Floats:
    """The days up to each end, as many as an index looks back; NaN before the first day."""
    padded = np.concatenate([np.full((WINDOW - 1, matrix.shape[1]), np.nan), matrix])
    return np.asarray(padded[ends[:, None] + np.arange(WINDOW)])


def decayed(half_life: float) -> Floats:
    """What each day of a window weighs, oldest first."""
    return np.asarray(0.5 ** (np.arange(WINDOW)[::-1] / half_life))


def well_known(rates: Floats, decay: Floats) -> Floats:
    """Mask inputs of windows whose known days weigh too little to speak of its end.

    Args:
        rates: Windows, days, inputs.
        decay: What each day weighs, oldest first.

    Returns:
        The same shape; all of an input's window is NaN where it is masked.
    """
    share = decay @ (~np.isnan(rates)).astype(float) / decay.sum()
    return np.where(share[:, None] < LEAST_KNOWN, np.nan, rates)


def looking_back(rates: Floats, states: Floats, decay: Floats) -> Floats:
    """Of each window the inputs in the order of INPUTS."""
    return np.concatenate([weighted(rates, decay[None])[:, 0], states], axis=1)


def standing(lately: Floats) -> Floats:
    """The states at the end of each window, as of the last day that is known of the last HOLDS.

    A rate leaves out the days of which nothing is known; so does a state.
    """
    states = lately[:, -1]
    for back in range(2, HOLDS + 1):
        states = np.where(np.isnan(states), lately[:, -back], states)
    return states


def weighted(rates: Floats, weights: Floats) -> Floats:
    """Weighted means over the days known, for each row of weights.

    Args:
        rates: Windows, days, inputs.
        weights: Rows of one weight a day.

    Returns:
        Windows, rows of weights, inputs; NaN where no day is known.
    """
    known = ~np.isnan(rates)
    total = weights @ known.astype(float)
    summed = weights @ np.nan_to_num(rates)
    return np.asarray(np.divide(summed, total, out=np.full(total.shape, np.nan), where=total > 0))
