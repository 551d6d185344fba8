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
        Whether at least 70 % of the usual waking coverage is known. Usual is the median over
        the days of the last 28 on which presence was recorded, this one included; over all such
        days where those are fewer than seven. From a time when nobody recorded presence only a
        browser's history tells: there is no coverage to judge by, and all that is known counts.
    """
    covered = np.nan_to_num(covered_hours) > 0
    present = covered & (np.nan_to_num(covered_hours) - np.nan_to_num(screen_hours) > PRESENCE)
    if not present.any():
        return covered
    good = covered.copy()
    whole = float(np.median(waking_hours[present]))
    for day in np.flatnonzero(covered):
        window = slice(max(0, day - WINDOW + 1), day + 1)
        recent = waking_hours[window][present[window]]
        if len(recent):
            usual = float(np.median(recent)) if len(recent) >= FEWEST else whole
            good[day] = waking_hours[day] >= ENOUGH * usual
    return good
