"""Which days are known well enough to speak of: a day with too little of it is missing, never 0."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

ENOUGH = 0.7
"""Of the usual waking coverage; a day with less is missing."""
WINDOW = 28
"""What is usual is the median over so many days up to this one."""
FEWEST = 7
"""Days a window needs for a median of its own; else that of the whole period stands."""
PRESENCE = 0.05
"""Covered beyond what was used [h]: somebody recorded presence, not only what was opened."""


def sound(covered_hours: Floats, screen_hours: Floats, waking_hours: Floats) -> Mask:
    """Say of each day whether enough of it is known.

    Args:
        covered_hours: What is known of each day [h]; NaN or 0 where nothing is.
        screen_hours: What was used [h].
        waking_hours: What is known outside the quiet hours [h].

    Returns:
        Whether at least 70 % of the usual waking coverage is known. Days that only a browser's
        history tells of have no coverage to judge by: all that are known count.
    """
    covered = np.nan_to_num(covered_hours) > 0
    judged = covered & (np.nan_to_num(covered_hours) - np.nan_to_num(screen_hours) > PRESENCE)
    if not judged.any():
        return covered
    usual = np.full(len(covered), float(np.median(waking_hours[judged])))
    for day in np.flatnonzero(judged):
        window = slice(max(0, day - WINDOW + 1), day + 1)
        recent = waking_hours[window][judged[window]]
        if len(recent) >= FEWEST:
            usual[day] = float(np.median(recent))
    return covered & (~judged | (waking_hours >= ENOUGH * usual))
