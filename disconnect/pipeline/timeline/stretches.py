"""Stretches of a day: known, in use, and online without a break."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from disconnect.pipeline.timeline.rows import DAY, Columns, Ints

BREAK = 10 * 60_000
"""Ten minutes away from it end a stretch [ms]."""
_NO_BREAK = 60_000
"""Shorter gaps in what is known are the seconds between two looks [ms]."""


class What(IntEnum):
    """What a stretch tells of."""

    COVERED = 0
    USE = 1
    ONLINE = 2


@dataclass(frozen=True)
class Stretches(Columns):
    """Times in ms UTC; `ms` of them counted, the rest are gaps too short to be a break."""

    start: Ints
    end: Ints
    ms: Ints
    what: Ints
    zone: Ints


def stretches(
    cuts: Ints, covered: npt.NDArray[np.bool_], rank: Ints, zones: tuple[Ints, Ints]
) -> Stretches:
    """The stretches of cells, cut at UTC midnights.

    Args:
        cuts: The cells' edges [ms], one more than there are cells.
        covered: Whether anything is known of each cell.
        rank: The channel each cell counts for (1 call .. 4 broadcast, 5 other; above: none).
        zones: The zone of what is known of each cell, and of what is counted in it.
    """
    used, online = rank <= 5, (rank >= 1) & (rank <= 4)  # noqa: PLR2004 - as said above
    return Stretches.joined(
        [
            _merged(cuts, covered, What.COVERED, zones[0], _NO_BREAK),
            _merged(cuts, used, What.USE, zones[1], BREAK),
            _merged(cuts, online, What.ONLINE, zones[1], BREAK),
        ]
    )


def rejoined(found: Stretches) -> Stretches:
    """Stretches that were cut at midnight as one again; ordered by kind and start."""
    parts = []
    for what, gap in ((What.COVERED, _NO_BREAK), (What.USE, BREAK), (What.ONLINE, BREAK)):
        some = found.take(found.what == what)
        some = some.take(np.argsort(some.start, kind="stable"))
        parts.append(_joined(some, gap, cut_at_midnight=False))
    return Stretches.joined(parts)


def _merged(
    cuts: Ints, which: npt.NDArray[np.bool_], what: What, zone: Ints, gap: int
) -> Stretches:
    cells = np.flatnonzero(which & (np.diff(cuts) > 0))
    start, end = cuts[cells], cuts[cells + 1]
    each = Stretches(start, end, end - start, np.full(len(cells), what), zone[cells])
    return _joined(each, gap, cut_at_midnight=True)


def _joined(each: Stretches, gap: int, *, cut_at_midnight: bool) -> Stretches:
    """Rows in the order of their starts, those closer than `gap` as one."""
    if not len(each):
        return each
    begins = np.ones(len(each), dtype=bool)
    begins[1:] = each.start[1:] - np.maximum.accumulate(each.end)[:-1] >= gap
    if cut_at_midnight:
        begins[1:] |= each.start[1:] // DAY != each.start[:-1] // DAY
    firsts = np.flatnonzero(begins)
    return Stretches(
        start=each.start[firsts],
        end=np.maximum.reduceat(each.end, firsts),
        ms=np.add.reduceat(each.ms, firsts),
        what=each.what[firsts],
        zone=each.zone[firsts],
    )
