"""What a day says of the days before it: how many of them count, and how many were different."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def of_last(counts: npt.NDArray[np.bool_], days: Floats | int) -> Floats:
    """How many of the last days count, up to each day and with it.

    Args:
        counts: Whether a day counts, one a day.
        days: How many days to look back at, one number or one for each day; NaN for none.
    """
    total = np.concatenate([[0.0], np.cumsum(counts)])
    end = np.arange(1, len(counts) + 1)
    return np.asarray(total[end] - total[np.maximum(0, end - np.nan_to_num(days).astype(int))])


def different(day: Ints, who: Ints, at: Ints, days: int) -> Floats:
    """How many different ones there were in the last days, up to each day and with it.

    Args:
        day: The day of each, in any order.
        who: Which one it was; the same length.
        at: The days to say it of.
        days: How many days to look back at.
    """
    order = np.argsort(day, kind="stable")
    day, who = day[order], who[order]
    begins, stops = np.searchsorted(day, at - days + 1), np.searchsorted(day, at, side="right")
    return np.array(
        [len(set(who[a:b].tolist())) for a, b in zip(begins, stops, strict=True)], dtype=float
    )
