"""Local hours: how far each zone is from UTC, quarter by quarter of an hour."""

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from disconnect.pipeline.timeline.rows import DAY, HOUR, Ints

QUARTER = HOUR // 4
_PER_DAY = DAY // QUARTER


class LocalHours:
    """Tells the local hour of instants in a range of whole UTC days."""

    def __init__(self, zones: Mapping[int, str], lo: int, hi: int) -> None:
        self._lo = lo
        self._row = np.zeros(max(zones, default=0) + 1, dtype=np.int64)
        table = [np.zeros((hi - lo) // QUARTER, dtype=np.int64)]
        for place, (zone, name) in enumerate(zones.items(), start=1):
            self._row[zone] = place
            table.append(_offsets(ZoneInfo(name), lo, hi))
        self._table = np.stack(table)
        hourly = self._table.reshape(len(table), -1, 4)
        whole = not (hourly % HOUR).any() and bool((hourly == hourly[:, :, :1]).all())
        self.step = HOUR if whole else QUARTER
        """So far apart lie the instants at which an hour may end in one of the zones."""

    def of(self, instants: Ints, zones: Ints) -> Ints:
        """Local day x 24 + hour of the day, since 1970."""
        offset = self._table[self._row[zones], (instants - self._lo) // QUARTER]
        return (instants + offset) // HOUR


def ahead(instants: Ints, zones: npt.NDArray[np.object_]) -> Ints:
    """How far local time is ahead of UTC at each instant [ms UTC], in the zone of its name [ms]."""
    offset = np.zeros(len(instants), dtype=np.int64)
    for name in set(zones.tolist()):
        mine = np.flatnonzero(zones == name)
        zone = ZoneInfo(name)
        quarters, place = np.unique(instants[mine] // QUARTER, return_inverse=True)
        offset[mine] = np.array([_offset(zone, int(at) * QUARTER) for at in quarters])[place]
    return offset


def _offsets(zone: ZoneInfo, lo: int, hi: int) -> npt.NDArray[np.int64]:
    days = np.array([_offset(zone, at) for at in range(lo, hi + 1, DAY)])
    quarters = np.repeat(days[:-1], _PER_DAY)
    for day in np.flatnonzero(days[1:] != days[:-1]):
        first = int(day) * _PER_DAY
        for quarter in range(first, first + _PER_DAY):
            quarters[quarter] = _offset(zone, lo + quarter * QUARTER)
    return quarters


def _offset(zone: ZoneInfo, instant: int) -> int:
    offset = datetime.fromtimestamp(instant / 1000, UTC).astimezone(zone).utcoffset()
    return round(offset.total_seconds() * 1000) if offset is not None else 0
