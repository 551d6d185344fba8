"""Resampling of days that resemble their neighbours."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def stationary(n: int, draws: int, mean_block: float, rng: np.random.Generator) -> Ints:
    """Positions for the stationary bootstrap: blocks of geometric length, wrapped at the end.

    Args:
        n: Length of the series.
        draws: How many resamples.
        mean_block: Mean length of a block; 7 keeps most of a week together.
        rng: Seeded by the caller, so that figures can be had again.

    Returns:
        `draws` rows of `n` positions each; index a series, or the rows of a table, with them.

    Raises:
        ValueError: There is nothing to draw from, or a block would be shorter than one value.

    Source: Politis & Romano 1994, JASA 89:1303-1313. The same indices as `arch.bootstrap`'s
    `StationaryBootstrap`, whose import alone takes longer than everything else here.
    """
    if n < 1 or mean_block < 1:
        raise ValueError("a bootstrap needs values, and blocks of one at the least")
    starts = rng.integers(n, size=(draws, n))
    begins = rng.random((draws, n)) <= 1 / mean_block
    begins[:, 0] = True
    places = np.arange(n)
    block = np.maximum.accumulate(np.where(begins, places, 0), axis=1)
    return (np.take_along_axis(starts, block, axis=1) + places - block) % n


def interval(samples: npt.ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """The percentile interval of each statistic over the draws (the first axis).

    A draw in which a statistic is unknown (NaN) does not count for it; where none is known, neither
    are the ends.
    """
    drawn = np.asarray(samples, dtype=np.float64)
    columns = drawn.reshape(len(drawn), -1)
    ends = np.full((2, columns.shape[1]), np.nan)
    some = ~np.isnan(columns).all(axis=0)
    tail = (1 - level) / 2
    ends[:, some] = np.nanquantile(columns[:, some], [tail, 1 - tail], axis=0)
    low, high = ends.reshape(2, *drawn.shape[1:])
    return low, high
