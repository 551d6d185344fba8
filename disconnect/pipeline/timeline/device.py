"""One device: what was in front at each instant, and whether it counts."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from disconnect.pipeline.timeline.rows import (
    ACTIVE,
    CALL,
    Activities,
    Ints,
    Layer,
    Presences,
)
from disconnect.statistics.intervals import NOBODY, distinct, painted

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Seen:
    """What one device says of each cell of the timeline."""

    counted: Mask
    context: Ints
    channel: Ints
    zone: Ints
    covered: Mask
    covered_zone: Ints
    unsure: Mask
    """Whether it counts hangs on what category it is."""


@dataclass(frozen=True)
class Cells:
    """The smallest spans in which nothing changes; cell i is [cuts[i], cuts[i + 1])."""

    cuts: Ints

    def __len__(self) -> int:
        """How many there are."""
        return len(self.cuts) - 1

    @property
    def start(self) -> Ints:
        """When each begins."""
        return self.cuts[:-1]

    def top(self, start: Ints, end: Ints, rows: Ints) -> Ints:
        """For each cell the topmost of the rows (numbers, lowest first); -1: none."""
        first, stop = self.places(start[rows], end[rows])
        return looked_up(rows, painted(first, stop, len(self)), NOBODY)

    def places(self, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """The first cell of each span, and the one after its last."""
        first = np.searchsorted(self.cuts[:-1], start)
        return first, np.searchsorted(self.cuts[:-1], end)


def looked_up(values: Ints, numbers: Ints, otherwise: int) -> Ints:
    """The values at those numbers; `otherwise` where the number is -1."""
    if not len(values):
        return np.full(len(numbers), otherwise, dtype=np.int64)
    return np.where(numbers >= 0, values[numbers], otherwise)


def seen(
    cells: Cells,
    activities: Activities,
    by_title: Ints,
    presences: Presences,
    calm: tuple[Ints, Ints],
) -> Seen:
    """Put one device's sources over each other.

    Args:
        cells: Cut wherever a row, or a span of `calm`, begins or ends.
        activities: The device's rows, each within one UTC day, sorted by start.
        by_title: For each row the visit its title tells; -1: none.
        presences: The device's presence, sorted by start.
        calm: Where nobody types, and a call that goes on counts: starts and ends [ms].
    """
    present = cells.top(presences.start, presences.end, np.arange(len(presences)))
    state = looked_up(presences.state, present, NOBODY)
    front = _front(cells, activities)
    alone = _alone(cells, activities, (state >= 0) | (front >= 0))
    shown = np.where(front >= 0, _refined(cells, activities, by_title, front), alone)
    channel = looked_up(activities.channel, shown, NOBODY)
    in_call = looked_up(activities.in_call, front, 0) | looked_up(activities.in_call, shown, 0)
    perhaps = (front >= 0) & (cells.top(*calm, np.arange(len(calm[0]))) >= 0)
    evident = looked_up(activities.layer, front, NOBODY) == Layer.IMPORT
    counted = (front >= 0) & ((state == ACTIVE) | ((state == NOBODY) & evident))
    counted |= (perhaps & (channel == CALL) & (in_call > 0)) | (alone >= 0)
    zone = looked_up(activities.zone, np.where(front >= 0, front, alone), 0)
    return Seen(
        counted=counted,
        context=looked_up(activities.context, shown, 0),
        channel=channel,
        zone=zone,
        covered=(state >= 0) | counted,
        covered_zone=np.where(state >= 0, looked_up(presences.zone, present, 0), zone),
        unsure=perhaps,
    )


def _front(cells: Cells, activities: Activities) -> Ints:
    """The window in front; a process where no window was seen."""
    layer = activities.layer
    windows = np.flatnonzero((layer == Layer.WINDOW) | (layer == Layer.IMPORT))
    front = cells.top(activities.start, activities.end, windows)
    processes = np.flatnonzero(layer == Layer.PROCESS)
    if len(processes):
        below = cells.top(activities.start, activities.end, processes)
        front = np.where(front >= 0, front, below)
    return front


def _refined(cells: Cells, activities: Activities, by_title: Ints, front: Ints) -> Ints:
    """The browser's own record where its window is in front: by title, else by time."""
    titled = looked_up(by_title, front, NOBODY)
    shown = np.where(titled >= 0, titled, front)
    family = looked_up(activities.family, front, NOBODY)
    open_question = (titled == NOBODY) & (family >= 0)
    visits = activities.layer == Layer.BROWSER
    for number in distinct(activities.family[visits]):
        if number >= 0:
            rows = np.flatnonzero(visits & (activities.family == number))
            visit = cells.top(activities.start, activities.end, rows)
            shown = np.where(open_question & (family == number) & (visit >= 0), visit, shown)
    return shown


def _alone(cells: Cells, activities: Activities, known: Mask) -> Ints:
    """Visits of imported history, with no window and no presence anywhere beside them."""
    rows = np.flatnonzero(activities.layer == Layer.BROWSER)
    before = np.concatenate(([0], np.cumsum(known)))
    first, stop = cells.places(activities.start[rows], activities.end[rows])
    return cells.top(activities.start, activities.end, rows[before[first] == before[stop]])
