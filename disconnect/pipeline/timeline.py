"""From rows as recorded to records in which every instant counts once.

The time of a stretch of whole UTC days is cut at every row's start and end and at every quarter
of an hour (every zone's local hours begin at one), so that within a segment nothing changes;
then each rule is one line over all segments.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from disconnect.statistics.intervals import Ints, Spans, covering, disjoint

DAY = 86_400_000
QUARTER = 900_000
CALL_WHILE_IDLE = 2 * 3_600_000
"""How far into one idle stretch a call in front still counts [ms]: longer is a call forgotten."""
TITLE_MEMORY = 86_400_000
"""For how long after a visit its title names the window in front [ms]."""
TITLE_LEAD = 5_000
"""A window may take its title a moment before the browser writes the visit down [ms]."""

ACTIVE, IDLE, LOCKED, ASLEEP, UNKNOWN = range(5)

RECORD = np.dtype(
    [
        ("hour", "<u4"),  # local wall-clock hours since 1970
        ("context", "<u4"),  # 0: nothing in front that counts
        ("ms", "<u4"),
        ("device", "u1"),
        ("state", "u1"),  # active, idle, locked, asleep, unknown
        ("channel", "u1"),  # of a logged call, message …; 0: by context
        ("someone", "u1"),  # 1: with people in the room
    ]
)
"""One stretch summed: hours over any partition are sums of these."""

Records = NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Rows:
    """Spans as recorded: parallel arrays, `start`/`end` in ms (UTC), ids as in the store."""

    start: Ints
    end: Ints
    what: Ints
    """Context of an activity, state of a presence, channel number of an encounter."""
    zone: Ints

    @classmethod
    def none(cls) -> "Rows":
        """No rows."""
        empty = np.empty(0, dtype=np.int64)
        return cls(empty, empty, empty, empty)


@dataclass(frozen=True, slots=True)
class Device:
    """What one device recorded."""

    number: int
    windows: Rows
    """What was in front, proved by presence."""
    visits: Rows
    """A browser's own record."""
    presence: Rows
    imported: Rows
    """Other tools' history, which proves itself where there is no presence."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the pipeline must know of contexts: arrays indexed by context id."""

    family: Ints
    """Number of the browser family of the context's app; 0: no browser."""
    title: Ints
    """Number of the page title without counter and browser name; 0: none."""
    rank: Ints
    """Place of the context's channel in call, message, email, broadcast, other (0..4)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """All that touches the whole UTC days `first`..`last` (days since 1970, inclusive)."""

    first: int
    last: int
    devices: tuple[Device, ...]
    together: Rows
    """In-person encounters."""
    logged: Rows
    """Other encounters; `what` is the channel's number."""
    offsets: dict[int, tuple[Ints, Ints]]
    """By zone: UTC instants from which an offset from UTC holds, and the offsets [ms]."""


@dataclass(frozen=True, slots=True)
class _Front:
    """What one device shows in each segment; -1 where nothing counts."""

    context: Ints
    state: Ints
    zone: Ints


def records(stretch: Stretch, names: Names) -> tuple[list[Records], list[bool]]:
    """Sum a stretch of UTC days by local hour, device, state, context and company.

    Returns:
        For each UTC day its records, ordered; and whether they depend on the sorting rules
        (because devices showed different things at one time).
    """
    cuts = _cuts(stretch)
    left, length = cuts[:-1], np.diff(cuts)
    fronts = [_front(device, left, names) for device in stretch.devices]
    winner, contested = _winner(fronts, names, left)
    numbers = np.array([device.number for device in stretch.devices], dtype=np.int64)
    context, state, zone, device = _chosen(fronts, winner, numbers, len(left))
    together = covering(left, disjoint(stretch.together.start, stretch.together.end))
    talk = covering(left, disjoint(stretch.logged.start, stretch.logged.end))
    channel = np.where(
        (talk >= 0) & ~_stronger(context, talk, stretch, names), _at(stretch.logged.what, talk), 0
    )
    context = np.where(channel > 0, 0, context)
    zone = np.where(zone < 0, _at(stretch.together.zone, together), zone)
    zone = np.where(zone <= 0, _at(stretch.logged.zone, talk), zone)
    known = (state != UNKNOWN) | (context > 0) | (channel > 0) | (together >= 0)
    segments = _Segments(
        left,
        length,
        _local_hours(left, zone, stretch),
        context,
        device,
        state,
        channel,
        together >= 0,
    )
    return _days(segments, known, contested, stretch)


def _cuts(stretch: Stretch) -> Ints:
    begin, end = stretch.first * DAY, (stretch.last + 1) * DAY
    edges = [np.arange(begin, end + 1, QUARTER, dtype=np.int64)]
    for device in stretch.devices:
        for rows in (device.windows, device.visits, device.presence, device.imported):
            edges += [rows.start, rows.end]
        idle = device.presence.what == IDLE
        edges.append(device.presence.start[idle] + CALL_WHILE_IDLE)
    for rows in (stretch.together, stretch.logged):
        edges += [rows.start, rows.end]
    every = np.concatenate(edges)
    return np.unique(every[(every >= begin) & (every <= end)])


def _front(device: Device, left: Ints, names: Names) -> _Front:
    """What one device shows, and whether somebody was there."""
    presence = covering(left, disjoint(device.presence.start, device.presence.end))
    state = np.where(presence >= 0, _at(device.presence.what, presence), UNKNOWN)
    window = covering(left, disjoint(device.windows.start, device.windows.end))
    visit = covering(left, disjoint(device.visits.start, device.visits.end))
    other = covering(left, disjoint(device.imported.start, device.imported.end))
    context = _refined(device, window, visit, left, names)
    context = np.where(
        window >= 0, context, np.where(other >= 0, _at(device.imported.what, other), 0)
    )
    since = left - _at(device.presence.start, presence)
    in_call = (state == IDLE) & (since < CALL_WHILE_IDLE) & (names.rank[context] == 0)
    shown = np.where((state == ACTIVE) | in_call, context, 0)
    # History of another tool or browser proves itself where nothing else says who was there.
    alone = (presence < 0) & (window < 0)
    itself = np.where(other >= 0, _at(device.imported.what, other), _at(device.visits.what, visit))
    shown = np.where(alone, itself, shown)
    state = np.where(alone & (shown > 0), ACTIVE, state)
    zone = np.where(presence >= 0, _at(device.presence.zone, presence), -1)
    zone = np.where(window >= 0, _at(device.windows.zone, window), zone)
    own = np.where(other >= 0, _at(device.imported.zone, other), _at(device.visits.zone, visit))
    zone = np.where(alone & (shown > 0), own, zone)
    return _Front(np.where(state == UNKNOWN, 0, shown), state, zone)


def _refined(device: Device, window: Ints, visit: Ints, left: Ints, names: Names) -> Ints:
    """A browser window takes the address of its visit: by its title, else by the time."""
    context = _at(device.windows.what, window)
    if not len(device.visits.start):
        return context
    family = names.family[context]
    seen = _at(device.visits.what, visit)
    same = (visit >= 0) & (family > 0) & (names.family[seen] == family)
    refined = np.where(same, seen, context)
    by_title = _visit_by_title(device, names)
    titled = _at(by_title, window, missing=-1)
    fresh = (titled >= 0) & (left < _at(device.windows.start, window) + TITLE_MEMORY)
    return np.where(fresh, _at(device.visits.what, titled), refined)


def _visit_by_title(device: Device, names: Names) -> Ints:
    """For each window row the newest visit of its family with its title; -1 for none."""
    windows, visits = device.windows, device.visits
    base = int(min(windows.start.min(initial=0), visits.start.min(initial=0)))

    def key(context: Ints, instant: Ints) -> Ints:
        # Title and family in the high bits, the instant in the low 43: one search finds both.
        return ((names.title[context] * 16 + names.family[context]) << 43) + (instant - base)

    usable = np.flatnonzero(names.title[visits.what] > 0)
    keys = key(visits.what[usable], visits.start[usable])
    order = np.lexsort((visits.end[usable], visits.what[usable], keys))
    wanted = key(windows.what, windows.start + TITLE_LEAD)
    place = np.searchsorted(keys[order], wanted, side="right") - 1
    found = usable[order][np.maximum(place, 0)] if len(usable) else np.zeros(len(wanted), np.int64)
    if not len(usable):
        return np.full(len(wanted), -1, dtype=np.int64)
    age = windows.start - visits.start[found]
    fits = (
        (place >= 0)
        & (names.title[windows.what] > 0)
        & (names.family[windows.what] > 0)
        & (names.title[visits.what[found]] == names.title[windows.what])
        & (names.family[visits.what[found]] == names.family[windows.what])
        & (age < TITLE_MEMORY)
    )
    return np.where(fits, found, -1)


def _winner(fronts: list[_Front], names: Names, left: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Which device each segment goes to (-1: none), and where the rules decided that."""
    if not fronts:
        return np.full(len(left), -1, dtype=np.int64), np.zeros(len(left), dtype=bool)
    nothing, unknown = 50, 100
    # Shown things first, by channel; then the most awake device; then nothing known.
    worth = np.stack(
        [
            np.where(front.context > 0, names.rank[front.context], nothing + front.state)
            + np.where((front.state == UNKNOWN) & (front.context == 0), unknown, 0)
            for front in fronts
        ]
    )
    shown = (worth < nothing).sum(axis=0)
    best = worth.argmin(axis=0)
    return np.where(worth.min(axis=0) >= unknown, -1, best), shown > 1


def _chosen(
    fronts: list[_Front], winner: Ints, numbers: Ints, count: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """Context, state, zone and device number of each segment's winner."""
    context = np.zeros(count, dtype=np.int64)
    state = np.full(count, UNKNOWN, dtype=np.int64)
    zone = np.full(count, -1, dtype=np.int64)
    device = np.zeros(count, dtype=np.int64)
    for place, front in enumerate(fronts):
        won = winner == place
        context[won], state[won], zone[won] = front.context[won], front.state[won], front.zone[won]
        device[won] = numbers[place]
    return context, state, zone, device


def _stronger(context: Ints, talk: Ints, stretch: Stretch, names: Names) -> NDArray[np.bool_]:
    """Where what a device shows comes before (or with) what was logged by hand."""
    logged = _at(stretch.logged.what, talk) - 1  # channel numbers: in_person 0, call 1, …
    return (context > 0) & (names.rank[context] <= logged)


def _local_hours(left: Ints, zone: Ints, stretch: Stretch) -> Ints:
    offset = np.zeros(len(left), dtype=np.int64)
    for number, (since, offsets) in stretch.offsets.items():
        mine = zone == number
        if mine.any():
            place = np.searchsorted(since, left[mine], side="right") - 1
            offset[mine] = offsets[np.maximum(place, 0)]
    return (left + offset) // 3_600_000


@dataclass(frozen=True, slots=True)
class _Segments:
    left: Ints
    length: Ints
    hour: Ints
    context: Ints
    device: Ints
    state: Ints
    channel: Ints
    someone: NDArray[np.bool_]


def _days(
    segments: _Segments,
    known: NDArray[np.bool_],
    contested: NDArray[np.bool_],
    stretch: Stretch,
) -> tuple[list[Records], list[bool]]:
    """Sum the segments that are known, UTC day by UTC day."""
    days = stretch.last - stretch.first + 1
    day = segments.left // DAY - stretch.first
    base = stretch.first * 24 - 48
    key = day
    for part, bits in (
        (segments.hour - base, 14),
        (segments.device, 8),
        (segments.state, 3),
        (segments.channel, 3),
        (segments.someone.astype(np.int64), 1),
        (segments.context, 26),
    ):
        key = (key << bits) | part
    keys, place = np.unique(key[known], return_inverse=True)
    ms = np.bincount(place, weights=segments.length[known], minlength=len(keys))
    found = np.empty(len(keys), dtype=RECORD)
    found["ms"] = ms
    for name, bits in (
        ("context", 26),
        ("someone", 1),
        ("channel", 3),
        ("state", 3),
        ("device", 8),
    ):
        found[name] = keys & ((1 << bits) - 1)
        keys = keys >> bits
    found["hour"] = (keys & ((1 << 14) - 1)) + base
    edges = np.searchsorted(keys >> 14, np.arange(days + 1))
    depends = np.bincount(day[contested], minlength=days) > 0
    parts = [found[edges[n] : edges[n + 1]] for n in range(days)]
    return parts, depends.tolist()


def _at(values: Ints, rows: Ints, missing: int = 0) -> Ints:
    """`values[rows]`, with `missing` where a row is -1."""
    if not len(values):
        return np.full(len(rows), missing, dtype=np.int64)
    return np.where(rows >= 0, values[np.maximum(rows, 0)], missing)


__all__ = ["DAY", "RECORD", "Device", "Names", "Records", "Rows", "Spans", "Stretch", "records"]
