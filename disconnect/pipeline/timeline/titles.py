"""Which visit a browser's window shows, told by its title."""

import numpy as np

from disconnect.pipeline.timeline.rows import DAY, Activities, Ints, Layer
from disconnect.statistics.intervals import NOBODY

_TIME = 2**34  # ms; three months of it fit below the keys


def shown_by_title(activities: Activities, begun: Ints) -> Ints:
    """Find for each browser's window the newest visit of that browser with its title.

    The visit begins before the window's row ends, at most a day before.

    Args:
        activities: Rows that lie within one UTC day each, visits of the day before included.
        begun: When each row began, before it was cut.

    Returns:
        For each row the number of the visit's row; -1 where there is none.
    """
    found = np.full(len(activities), NOBODY, dtype=np.int64)
    named = (activities.family >= 0) & (activities.page_title >= 0)
    visits = np.flatnonzero(named & (activities.layer == Layer.BROWSER))
    windows = np.flatnonzero(named & (activities.layer != Layer.BROWSER))
    if not len(visits) or not len(windows):
        return found
    key = _keys(activities)
    origin = int(begun.min())
    order = np.lexsort((activities.context[visits], begun[visits], key[visits]))
    visits = visits[order]
    placed = key[visits] * _TIME + (begun[visits] - origin)
    end = activities.end[windows] - origin
    before = np.searchsorted(placed, key[windows] * _TIME + end) - 1
    visit = visits[np.maximum(before, 0)]
    fits = (before >= 0) & (key[visit] == key[windows])
    fits &= activities.end[windows] - begun[visit] <= DAY
    found[windows[fits]] = visit[fits]
    return found


def _keys(activities: Activities) -> Ints:
    """One small number for each device, browser and title that go together."""
    titles = np.unique(activities.page_title, return_inverse=True)[1]
    most = int(activities.family.max()) + 2
    wide = (activities.device * most + activities.family + 1) * (int(titles.max()) + 1) + titles
    return np.asarray(np.unique(wide, return_inverse=True)[1], dtype=np.int64)
