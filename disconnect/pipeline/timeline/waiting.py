"""Nobody types: how long a call that goes on still counts."""

import numpy as np

from disconnect.pipeline.timeline.rows import ACTIVE, HOUR, IDLE, Ints, Presences
from disconnect.statistics.intervals import distinct, painted

CALL_WITHOUT_INPUT = 2 * HOUR
"""So long a call counts while nobody touches anything; after that it was left open."""
NO_INTERRUPTION = HOUR // 6
"""Idle, ten minutes locked or unknown, and idle again is one stretch; nobody was there between."""
LOOK_BACK = CALL_WITHOUT_INPUT + NO_INTERRUPTION
"""So far back presence tells whether a stretch is still young enough."""


def waiting(presences: Presences) -> tuple[Ints, Ints]:
    """Find the idle time in which a call that goes on counts.

        presence   active | idle ---------------------------- 7 h ------- | active
        waiting           | idle 2 h |

    Args:
        presences: One device's, in the order in which later rows lie over earlier ones; from
            LOOK_BACK before the first instant that is asked for.

    Returns:
        Starts and ends [ms] of the first two hours of each stretch of idleness. A stretch goes
        on until somebody is active, or is not idle for longer than ten minutes: a new row, a
        midnight or a moment without the collector does not renew it.
    """
    cuts = distinct(np.concatenate((presences.start, presences.end)))
    first, stop = np.searchsorted(cuts, presences.start), np.searchsorted(cuts, presences.end)
    top = painted(first, stop, max(len(cuts) - 1, 0))
    state = np.where(top >= 0, presences.state[top], -1) if len(presences) else top
    idle = np.flatnonzero(state == IDLE)
    if not len(idle):
        return idle, idle
    start, end = cuts[idle], cuts[idle + 1]
    active = np.cumsum(state == ACTIVE)[idle]
    begins = np.ones(len(idle), dtype=bool)
    begins[1:] = (active[1:] > active[:-1]) | (start[1:] - end[:-1] > NO_INTERRUPTION)
    since = start[np.flatnonzero(begins)][np.cumsum(begins) - 1]
    until = np.minimum(end, since + CALL_WITHOUT_INPUT)
    young = until > start
    return start[young], until[young]
