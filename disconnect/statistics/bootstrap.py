"""Resampling days that resemble their neighbours."""

import numpy as np
import numpy.typing as npt


def stationary(
    n: int, draws: int, mean_block: float, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Rows of `n` indices, in blocks of geometric length that run around the end.

    Politis & Romano 1994, J. Am. Stat. Assoc. 89:1303-1313.
    """
    place = rng.integers(0, n, (draws, n))
    begins = rng.random((draws, n)) < 1 / mean_block
    begins[:, 0] = True
    column = np.arange(n)
    begun = np.maximum.accumulate(np.where(begins, column, 0), axis=1)
    first = np.take_along_axis(place, begun, axis=1)
    return np.asarray((first + column - begun) % n, dtype=np.int64)
