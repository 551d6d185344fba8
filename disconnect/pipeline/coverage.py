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
"""Days with presence that a window needs; else it takes in the days after, too."""
LEAST = 1.0
"""A day of a record of fewer days needs so much coverage: there is no habit to measure by [h]."""


def sound(covered_hours: Floats, waking_hours: Floats, present: Mask) -> Mask:
    """Tell on which days enough is known.

    The days must reach four weeks beyond those that are asked about, on both sides, for the
    answer to be the same whatever period is asked.

    Args:
        covered_hours: What is known of each day [h]; NaN or 0 where nothing is.
        waking_hours: What is known outside the quiet hours [h].
        present: Whether presence was recorded on the day, and not only what was opened.

    Returns:
        True where at least 70 % of the usual waking coverage is known. Usual is the median over
        the days of the last 28 on which presence was recorded, this one included; where those
        are fewer than seven, over those of the 27 days after, too; and where these are still
        fewer, a day needs an hour of coverage besides. From a time when nobody recorded presence
        only a browser's history tells: there is no coverage to judge by, and all that is known
        counts. A day that is not over is judged like any other: until then it is told so far.
    """
    covered = np.nan_to_num(covered_hours) > 0
    good = covered.copy()
    for day in np.flatnonzero(covered):
        back = slice(max(0, day - WINDOW + 1), day + 1)
        if not present[back].any():
            continue
        few = present[back].sum() < FEWEST
        window = slice(back.start, day + WINDOW) if few else back
        # The median: numpy's own takes ten times as long for a few values.
        ordered = np.sort(waking_hours[window][present[window]])
        usual = float(ordered[len(ordered) // 2] + ordered[~(len(ordered) // 2)]) / 2
        good[day] = waking_hours[day] >= ENOUGH * usual
        if present[window].sum() < FEWEST:
            good[day] &= covered_hours[day] >= LEAST
    return good
