"""From single looks at the desktop to rows that grow: a pure state machine, no input or output.

    looks      |    |    | |    |        (stopped)        |    |
    activity   [ xterm   )[ firefox )       unknown        [ firefox …
    presence   [ active            )                       [ active …

A row reaches as far as it was looked at, never further: what lies between two looks that are
too far apart, or on two sides of a step of the clock, stays unknown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.source import Attended, Window

Row = Activity | Presence
R = TypeVar("R", Activity, Presence)
Span = tuple[datetime, datetime]

PRESENCE_SOURCE = "presence/daemon"
STEP = 1.5
"""Seconds by which the wall clock may part from the steady one between two looks."""
DRIFT = 2e-4
"""Seconds by which the clocks may part for each that the machine slept: it is set right after."""
SUSPENDED = 1.0
"""Seconds the machine must have slept before a stretch is written as asleep."""
SETTLING = timedelta(seconds=1)
"""How young a row may be for a new title to replace its title: windows name themselves late."""
MOST_REMEMBERED = 200
"""Stretches remembered, should the clock be set back over them; each gap ends one."""
AWAY = (PresenceState.LOCKED, PresenceState.ASLEEP)


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant on three clocks, and the zone it happened in.

    `steady` stands still while the machine sleeps, `awake_or_not` goes on; neither is ever set.
    """

    wall: datetime
    steady: float
    awake_or_not: float
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the desktop saw; `attended` None: nothing can tell whether anyone is there."""

    window: Window | None
    source: str
    attended: Attended | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows to write: `cut` ends earlier than it was written before, `grown` ends later."""

    cut: tuple[Row, ...] = ()
    grown: tuple[Row, ...] = ()
    stepped: bool = False
    """The wall clock was set, or the machine slept: whoever waits for a time should look again."""


@dataclass(slots=True)
class Sessionizer:
    """Feed it looks in the order they were made; it gives the rows that changed.

    Args:
        device: The device's name, for the rows.
        sample_every: Seconds between two looks on a quiet desktop.
        idle_after: Seconds without input after which nobody counts as there.
        taken: Stretches that are recorded already and must not be recorded twice.
    """

    device: str
    sample_every: float
    idle_after: float
    taken: list[Span] = field(default_factory=list)
    _activity: Activity | None = field(default=None, init=False)
    _presence: Presence | None = field(default=None, init=False)
    _began: datetime | None = field(default=None, init=False)
    _last: Moment | None = field(default=None, init=False)
    _changed: dict[tuple[type, datetime], Row] = field(default_factory=dict, init=False)
    _cut: list[Row] = field(default_factory=list, init=False)

    @property
    def longest_gap(self) -> float:
        """Seconds between two looks beyond which nothing is claimed about what lay between."""
        return 2.5 * self.sample_every

    def look(self, moment: Moment, seen: Look) -> Changes:
        """Take in one look; returns the rows to write."""
        now = replace(moment, wall=_whole_milliseconds(moment.wall))
        self._changed, self._cut = {}, []
        stepped = self._continue_until(now)
        if not self._is_taken(now.wall, now.wall):
            self._began = self._began or now.wall
            self._attend(now, seen.attended)
            away = self._presence is not None and self._presence.state in AWAY
            self._front(now, seen.source, None if away else seen.window)
        self._last = now
        return Changes(tuple(self._cut), tuple(self._changed.values()), stepped)

    def _continue_until(self, now: Moment) -> bool:
        """Grow the open rows to now, or close them where they were last seen."""
        last = self._last
        if last is None:
            return False
        steady = now.steady - last.steady
        slept = now.awake_or_not - last.awake_or_not - steady
        passed = (now.wall - last.wall).total_seconds()
        stepped = abs(passed - steady - max(slept, 0.0)) > STEP + DRIFT * max(slept, 0.0)
        suspended = slept > SUSPENDED
        too_long = steady > self.longest_gap or now.wall < last.wall
        if stepped or too_long or self._is_taken(last.wall, now.wall):
            self.let_go()
        elif suspended:
            self._sleep_through(last, now)
        else:
            self._grow(now)
        return stepped or suspended

    def _grow(self, now: Moment) -> None:
        if self._activity:
            self._activity = self._put(replace(self._activity, end=now.wall))
        if self._presence:
            self._presence = self._put(replace(self._presence, end=now.wall))

    def _sleep_through(self, last: Moment, now: Moment) -> None:
        """The machine slept between two looks: that much is known."""
        self._activity = None
        row = self._presence
        if row and row.state is PresenceState.ASLEEP:
            self._put(replace(row, end=now.wall))
        else:
            self._new_presence(last.wall, replace(now, zone=last.zone), PresenceState.ASLEEP)
        self._presence = None

    def let_go(self) -> None:
        """Close what is open where it was last seen, and remember that it is recorded."""
        self._activity = self._presence = None
        if self._began and self._last:
            self.taken.append((self._began, self._last.wall))
        self._began = None
        del self.taken[:-MOST_REMEMBERED]

    def _is_taken(self, start: datetime, end: datetime) -> bool:
        """Whether some of start..end (or the instant, where they are one) is recorded already."""
        return any(
            first < end and start < last if start < end else first <= start < last
            for first, last in self.taken
        )

    def _attend(self, now: Moment, attended: Attended | None) -> None:
        state = self._state_of(attended)
        if state is None:
            self._presence = None
            return
        row = self._presence
        if row is None or row.zone != now.zone:
            self._presence = self._new_presence(now.wall, now, state)
        elif row.state is not state:
            self._turn(row, state, now, attended)

    def _turn(
        self, row: Presence, state: PresenceState, now: Moment, attended: Attended | None
    ) -> None:
        """Close the row where its state ended, which for a pause is the last input."""
        at = now.wall
        idle = attended.idle_seconds if attended else None
        if idle is not None and {row.state, state} == {PresenceState.ACTIVE, PresenceState.IDLE}:
            last_input = _whole_milliseconds(now.wall - timedelta(seconds=max(idle, 0.0)))
            at = max(row.start, last_input)
        if at <= row.start:
            self._presence = self._put(replace(row, state=state))
            return
        if at < row.end:
            self._changed.pop((Presence, row.start), None)
            self._cut.append(replace(row, end=at))
        self._presence = self._new_presence(at, now, state)

    def _new_presence(self, start: datetime, now: Moment, state: PresenceState) -> Presence:
        row = Presence(
            start=start,
            end=now.wall,
            device=self.device,
            source=PRESENCE_SOURCE,
            state=state,
            zone=now.zone,
        )
        return self._put(row)

    def _state_of(self, attended: Attended | None) -> PresenceState | None:
        if attended is None:
            return None
        if attended.state in AWAY or attended.idle_seconds is None:
            return attended.state
        idle = attended.idle_seconds >= self.idle_after
        return PresenceState.IDLE if idle else PresenceState.ACTIVE

    def _front(self, now: Moment, source: str, window: Window | None) -> None:
        row = self._activity
        if window is None:
            self._activity = None
            return
        if row and (row.source, row.app, row.zone) == (source, window.app, now.zone):
            if row.title == window.title:
                return
            if now.wall - row.start < SETTLING:
                self._activity = self._put(replace(row, title=window.title))
                return
        self._activity = Activity(
            start=now.wall,
            end=now.wall,
            device=self.device,
            source=source,
            app=window.app,
            title=window.title,
            zone=now.zone,
        )

    def _put(self, row: R) -> R:
        """Note the row as changed; one that has no length yet is written when it has."""
        if row.end > row.start:
            self._changed[type(row), row.start] = row
        return row


def merged(readings: Iterable[Attended]) -> Attended | None:
    """What several sources know together: the latest input, and the strongest state.

    Returns:
        None when none of them knows anything.
    """
    known = [one for one in readings if one.state is not None or one.idle_seconds is not None]
    if not known:
        return None
    idle = [one.idle_seconds for one in known if one.idle_seconds is not None]
    states = [one.state for one in known if one.state is not None]
    order = (PresenceState.ASLEEP, PresenceState.LOCKED, PresenceState.IDLE, PresenceState.ACTIVE)
    strongest = next((state for state in order if state in states), None)
    return Attended(min(idle) if idle else None, strongest)


def _whole_milliseconds(instant: datetime) -> datetime:
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)
