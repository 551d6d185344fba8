"""All devices and the logbook into sums by local hour: every instant once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from disconnect.pipeline.timeline.device import Cells, Seen, looked_up, seen
from disconnect.pipeline.timeline.rows import (
    DAY,
    IN_PERSON,
    Activities,
    Ints,
    Kind,
    Layer,
    Meetings,
    Presences,
    Sums,
)
from disconnect.pipeline.timeline.stretches import Stretches, stretches
from disconnect.pipeline.timeline.titles import shown_by_title
from disconnect.pipeline.timeline.waiting import LOOK_BACK, waiting
from disconnect.pipeline.timeline.zones import LocalHours
from disconnect.statistics.intervals import distinct, pieces, summed

LOGGED = 0
"""The pseudo device of what was logged by hand."""
_UNCLAIMED = 9


@dataclass(frozen=True)
class Rows:
    """Everything that touches a range of time; visits of the day before it as well.

    And presence from LOOK_BACK before it, as far as a call may go on without input.
    """

    activities: Activities
    presences: Presences
    meetings: Meetings
    zones: Mapping[int, str]


@dataclass
class _Claims:
    """Which device each cell belongs to, the most natural channel first."""

    rank: Ints
    device: Ints
    context: Ints
    zone: Ints
    logged: Ints
    covered_zone: Ints
    unsure: Ints

    @classmethod
    def none(cls, size: int) -> "_Claims":
        def filled(value: int) -> Ints:
            return np.full(size, value, dtype=np.int64)

        nothing = (filled(0), filled(0), filled(0), filled(-1), filled(-1), filled(0))
        return cls(filled(_UNCLAIMED), *nothing)

    def hear(self, device: int, what: Seen) -> None:
        """Let one more device claim its cells; of equals the first one heard keeps them."""
        mine = what.counted & (what.channel < self.rank)
        self.unsure |= what.unsure | (what.counted & (self.rank < _UNCLAIMED))
        self.rank = np.where(mine, what.channel, self.rank)
        self.device = np.where(mine, device, self.device)
        self.context = np.where(mine, what.context, self.context)
        self.zone = np.where(mine, what.zone, self.zone)
        if device == LOGGED:
            self.logged = np.where(mine, what.channel, self.logged)
        new = what.covered & (self.covered_zone < 0)
        self.covered_zone = np.where(new, what.covered_zone, self.covered_zone)
        # Of two devices in two zones: what counts is known in the hour, and day, it counts in.
        self.covered_zone = np.where(mine, what.zone, self.covered_zone)


@dataclass(frozen=True)
class Counted:
    """Whole UTC days in which every instant has been counted once."""

    cells: Cells
    claims: _Claims
    meetings: Meetings
    local: LocalHours

    def sums(self, within: tuple[int, int] | None = None) -> Sums:
        """Add them up by local hour; only what lies in [since, until) [ms], where given."""
        return _gathered(self.cells, self.claims, self.meetings, (self.local, within))

    def stretches(self) -> Stretches:
        """What is known, in use and online, as stretches; what was logged is no use."""
        claims = self.claims
        at_a_device = np.where(claims.device == LOGGED, _UNCLAIMED, claims.rank)
        zones = (claims.covered_zone, claims.zone)
        return stretches(self.cells.cuts, claims.covered_zone >= 0, at_a_device, zones)

    @property
    def unsure(self) -> Ints:
        """The UTC days whose sums hang on the sorting rules."""
        return distinct(self.cells.start[self.claims.unsure > 0] // DAY)


def counted(rows: Rows, lo: int, hi: int) -> Counted:
    """Count every instant of whole UTC days once.

    Args:
        rows: What touches [lo, hi), in any order; more does no harm.
        lo: First instant [ms], the start of a UTC day.
        hi: The instant after the last, the start of a UTC day.
    """
    local = LocalHours(rows.zones, lo, hi)
    activities, begun = _ordered_activities(rows.activities, lo, hi)
    presences = _ordered_presences(rows.presences, lo, hi)
    meetings = _overlapping(rows.meetings, lo, hi)
    devices = distinct(np.concatenate((activities.device, presences.device)))
    there = {number: presences.take(presences.device == number) for number in devices.tolist()}
    calm = {number: waiting(mine) for number, mine in there.items()}
    edges = [edge for spans in calm.values() for edge in spans]
    for part in (activities, presences, meetings):
        edges += [part.start, part.end]
    cells = _cells(edges, (lo, hi, local.step))
    claims = _Claims.none(len(cells))
    by_title = shown_by_title(activities, begun)
    for device in devices.tolist():
        mine = np.flatnonzero(activities.device == device)
        number = np.full(len(activities), -1, dtype=np.int64)
        number[mine] = np.arange(len(mine))
        told = looked_up(number, by_title[mine], -1)
        what = seen(cells, activities.take(mine), told, there[device], calm[device])
        claims.hear(device, what)
    claims.hear(LOGGED, _logged(cells, meetings))
    return Counted(cells, claims, meetings, local)


def _overlapping(meetings: Meetings, lo: int, hi: int) -> Meetings:
    return meetings.take(
        (meetings.start < hi) & (meetings.end > lo) & (meetings.end > meetings.start)
    )


def _ordered_activities(activities: Activities, lo: int, hi: int) -> tuple[Activities, Ints]:
    """Rows cut at UTC midnights, the later ones over the earlier; with it, when they began.

    A row lies over those that began before it; of two that began together the longer lies over
    the shorter, and of two with the same start and end what was seen over what was imported.
    """
    row, start, end = pieces(activities.start, activities.end, DAY)
    begun, ended = activities.start[row], activities.end[row]
    visit = activities.layer[row] == Layer.BROWSER
    # Visits of the day before can still be on show: a title tells.
    kept = np.flatnonzero((start < hi) & ((start >= lo) | (visit & (begun >= lo - DAY))))
    row, start, end, begun, ended = (part[kept] for part in (row, start, end, begun, ended))
    cut = replace(activities.take(row), start=start, end=end)
    order = np.lexsort((cut.context, -cut.layer, ended, begun))
    return cut.take(order), begun[order]


def _ordered_presences(presences: Presences, lo: int, hi: int) -> Presences:
    kept = presences.take(
        (presences.start < hi)
        & (presences.end > lo - LOOK_BACK)
        & (presences.end > presences.start)
    )
    return kept.take(np.lexsort((kept.state, kept.end, kept.start)))


def _cells(edges: list[Ints], grid: tuple[int, int, int]) -> Cells:
    lo, hi, step = grid
    every = np.concatenate([np.arange(lo, hi + 1, step), *edges])
    return Cells(distinct(np.clip(every, lo, hi)))


def _logged(cells: Cells, meetings: Meetings) -> Seen:
    """Calls and messages that a person wrote down; they prove the time they take."""
    online = meetings.take(meetings.channel != IN_PERSON)
    online = online.take(np.lexsort((online.zone, online.start, -online.channel)))
    top = cells.top(online.start, online.end, np.arange(len(online)))
    zone = looked_up(online.zone, top, 0)
    return Seen(
        counted=top >= 0,
        context=np.zeros(len(cells), dtype=np.int64),
        channel=looked_up(online.channel, top, -1),
        zone=zone,
        covered=top >= 0,
        covered_zone=zone,
        unsure=np.zeros(len(cells), dtype=bool),
    )


def _gathered(
    cells: Cells,
    claims: _Claims,
    meetings: Meetings,
    how: tuple[LocalHours, tuple[int, int] | None],
) -> Sums:
    local, within = how
    together = meetings.take(meetings.channel == IN_PERSON)
    together = together.take(np.lexsort((together.zone, together.end, together.start)))
    top = cells.top(together.start, together.end, np.arange(len(together)))
    length = np.diff(cells.cuts)
    if within:
        ends = np.clip(cells.cuts, *within)
        length = np.diff(ends)

    def records(kind: Kind, which: Ints, zone: Ints) -> Sums:
        active = kind is Kind.ACTIVITY
        none = np.zeros(len(which), dtype=np.int64)
        return Sums(
            utc_day=cells.start[which] // DAY,
            hour=local.of(cells.start[which], zone[which]),
            device=claims.device[which] if active else none,
            context=claims.context[which] if active else none,
            kind=none + kind,
            channel=claims.logged[which] if active else none - 1,
            together=(top[which] >= 0).astype(np.int64) if active else none,
            ms=length[which],
        )

    there = length > 0
    with_people = looked_up(together.zone, top, 0)
    return added(
        Sums.joined(
            [
                records(
                    Kind.ACTIVITY, np.flatnonzero(there & (claims.rank < _UNCLAIMED)), claims.zone
                ),
                records(
                    Kind.COVERED,
                    np.flatnonzero(there & (claims.covered_zone >= 0)),
                    claims.covered_zone,
                ),
                records(Kind.IN_PERSON, np.flatnonzero(there & (top >= 0)), with_people),
            ]
        )
    )


def added(many: Sums) -> Sums:
    """Add up the records that differ in nothing but their time; sorted."""
    if not len(many):
        return many
    first_day, first_hour = int(many.utc_day.min()), int(many.hour.min())
    parts = (
        (many.utc_day, first_day),
        (many.hour, first_hour),
        (many.kind, 0),
        (many.device, 0),
        (many.channel, -1),
        (many.together, 0),
        (many.context, 0),
    )
    keys = np.zeros(len(many), dtype=np.int64)
    sizes = []
    for values, least in parts:
        sizes.append(int(values.max()) - least + 1)
        keys = keys * sizes[-1] + (values - least)
    keys, ms = summed(keys, many.ms)
    columns: list[Ints] = []
    for (_, least), size in zip(reversed(parts), reversed(sizes), strict=True):
        columns.append(keys % size + least)
        keys = keys // size
    context, together, channel, device, kind, hour, utc_day = columns
    return Sums(utc_day, hour, device, context, kind, channel, together, ms)
