"""The index at the ends of periods, with how sure it is."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from disconnect.pipeline.load.inputs import INPUTS, RATES
from disconnect.pipeline.load.scoring import Component, score
from disconnect.pipeline.load.smoothing import (
    decayed,
    looking_back,
    standing,
    well_known,
    windows,
)
from disconnect.pipeline.load.uncertainty import (
    between,
    interval,
    resampled,
    reweighted,
    stretched,
    widest,
)

Floats = npt.NDArray[np.float64]

FEWEST_DAYS = 7


def load(
    daily: pd.DataFrame,
    unseen: Floats,
    periods: Mapping[str, int],
    components: Sequence[Component],
    half_life: float,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return the index at the end of each period, with how sure it is.

    Args:
        daily: What `inputs` returns.
        unseen: Of each day, the online hours that may lie in what was not seen [h].
        periods: For each period the row of its last day.
        components: In the order of INPUTS.
        half_life: Of the smoothing [days].
        rng: For resampling; the same gives the same.

    Returns:
        Index `period`; `load` [0..100], `low`, `high` (the widest of three: resampled days,
        drawn weights, and what the unseen hours may have been), `covered_days` of the last 28,
        INPUTS smoothed, `<input>_contribution`, and of RATES `<input>_days`: those of the 28
        on which it is known. NaN below seven covered days or 60 % of the weight.
    """
    seen = windows(daily.to_numpy(dtype=float), np.array(list(periods.values()), dtype=int))
    hidden = windows(unseen[:, None], np.array(list(periods.values()), dtype=int))[..., 0]
    decay = decayed(half_life)
    rates, lately = well_known(seen[..., : len(RATES)], decay), seen[..., len(RATES) :]
    states = standing(lately)
    smooth = looking_back(rates, states, decay)
    value, parts = score(smooth, components)
    covered = (~np.isnan(seen[..., 0])).sum(axis=1)
    known = (covered >= FEWEST_DAYS) & ~np.isnan(value)
    low, high = widest(
        value,
        [
            stretched(value, resampled(rates, (lately, states), decay, components, rng), decay),
            interval(reweighted(smooth, components, rng)),
            between(rates, hidden, decay, states, components),
        ],
    )
    blank = np.where(known, 1.0, np.nan)
    columns = {"load": value * blank, "low": low * blank, "high": high * blank}
    columns["covered_days"] = covered.astype(float)
    columns |= {name: smooth[:, n] for n, name in enumerate(INPUTS)}
    columns |= {f"{name}_contribution": parts[:, n] * blank for n, name in enumerate(INPUTS)}
    known_days = (~np.isnan(seen)).sum(axis=1).astype(float)
    columns |= {f"{name}_days": known_days[:, n] for n, name in enumerate(RATES)}
    return pd.DataFrame(columns, index=pd.Index(list(periods), name="period", dtype=object))
