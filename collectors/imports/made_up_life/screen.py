"""A day in front of screens: when somebody is there, and what is in front."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.imports.made_up_life.story import Mood
from collectors.imports.made_up_life.windows import MODES, PHONE_MODES, Mode, Windows

Span = tuple[datetime, datetime]
MINUTE = timedelta(minutes=1)
MILLISECOND = timedelta(milliseconds=1)
WINDOW_SOURCE = "desktop/x11"
BROWSER_SOURCE = "browsers/chromium/Default"
PHONE_SOURCE = "imports/android"
PRESENCE_SOURCE = "presence/daemon"
_LEAVES = timedelta(minutes=8)  # pauses longer than this lock the screen
_SHORTEST_WINDOW = 1500  # ms


@dataclass(frozen=True, slots=True)
class Plan:
    """One day at one device: `known ─ up ─── down ─ until`, and what interrupts it.

    From `known` to `until` the collector runs; from `up` to `down` the person is awake.
    `away`: the person is elsewhere. `holes`: the collector did not run.
    """

    known: datetime
    up: datetime
    down: datetime
    until: datetime
    away: tuple[Span, ...]
    holes: tuple[Span, ...]
    mood: Mood
    zone: str


class Screen:
    """Turns a plan into activities and presence of one device."""

    def __init__(self, plan: Plan, rng: Random, seconds: float, device: str) -> None:
        self.plan = plan
        self.rng = rng
        self.pace = 0.001 / seconds  # windows per millisecond
        self.device = device
        self.windows = Windows(rng)

    def laptop(self) -> Iterator[Activity | Presence]:
        """A day at the desk: stretches of work and pauses around whatever is done elsewhere."""
        plan = self.plan
        yield from self._presence(plan.known, plan.up, PresenceState.ASLEEP)
        interruptions = [(*span, True) for span in plan.away] + [(*s, False) for s in plan.holes]
        free: list[Span] = []
        rest: list[tuple[datetime, datetime, bool | None]] = []
        at = plan.up
        for start, end, known in sorted(interruptions):
            begins, ends = max(at, start), min(end, plan.down)
            if begins >= ends:
                continue
            if begins > at:
                free.append((at, begins))
                rest.append((at, begins, None))
            rest.append((begins, ends, known))
            at = ends
        if at < plan.down:
            free.append((at, plan.down))
            rest.append((at, plan.down, None))
        share = self._share(free)
        for start, end, known_away in rest:
            if known_away is None:
                yield from self._stretches(start, end, share)
            elif known_away:
                yield from self._presence(start, end, PresenceState.LOCKED)
        yield from self._presence(plan.down, plan.until, PresenceState.ASLEEP)

    def pocket(self) -> Iterator[Activity | Presence]:
        """A day with a phone: short looks at it, also while at the desk or with people."""
        plan, rng = self.plan, self.rng
        yield from self._presence(plan.known, plan.up, PresenceState.ASLEEP)
        looks = 3 + int(plan.mood.online_hours * 2)
        gap = (plan.down - plan.up) / looks
        at = plan.up
        for number in range(looks):
            start = plan.up + gap * (number + 0.5 * rng.random())
            end = start + min(gap * 0.45, MINUTE * rng.uniform(1, 13))
            yield from self._presence(at, start, PresenceState.IDLE)
            yield from self._presence(start, end, PresenceState.ACTIVE)
            mode = PHONE_MODES["feeds" if rng.random() < plan.mood.feeds else "messages"]
            yield from self._in_front(start, end, mode)
            at = end
        yield from self._presence(at, plan.down, PresenceState.IDLE)
        yield from self._presence(plan.down, plan.until, PresenceState.ASLEEP)

    def _share(self, free: list[Span]) -> float:
        """Which share of the free time is spent at the screen."""
        hours = sum((end - start).total_seconds() for start, end in free) / 3600
        mood = self.plan.mood
        return min(0.94, (mood.online_hours + mood.other_hours) / max(hours, 0.1))

    def _stretches(
        self, start: datetime, end: datetime, share: float
    ) -> Iterator[Activity | Presence]:
        """Work and pause, turn by turn, until the time is filled."""
        rng, at = self.rng, start
        while at < end:
            minutes = rng.uniform(20, 105)
            stop = min(end, at + MINUTE * minutes)
            yield from self._presence(at, stop, PresenceState.ACTIVE)
            yield from self._busy(at, stop)
            pause = min(end, stop + MINUTE * (minutes * (1 / share - 1) * rng.uniform(0.5, 1.5)))
            left = PresenceState.LOCKED if pause - stop > _LEAVES else PresenceState.IDLE
            yield from self._presence(stop, pause, left)
            at = pause

    def _busy(self, start: datetime, end: datetime) -> Iterator[Activity]:
        """One thing after another, each as often as the mood wants."""
        shares = self.plan.mood.shares
        modes = list(MODES.values())
        often = list(accumulate(shares[mode.name] / mode.minutes for mode in modes))
        at = start
        while at < end:
            mode = self.rng.choices(modes, cum_weights=often)[0]
            stop = min(end, at + MINUTE * mode.minutes * self.rng.uniform(0.4, 1.6))
            yield from self._in_front(at, stop, mode)
            at = stop

    def _in_front(self, start: datetime, end: datetime, mode: Mode) -> Iterator[Activity]:
        """One window after another; under a browser's window lies its own record."""
        zone, device, rng = self.plan.zone, self.device, self.rng
        source = WINDOW_SOURCE if device == "laptop" else PHONE_SOURCE
        expovariate, following, pace = rng.expovariate, self.windows.next, self.pace
        at = start
        while at < end:
            seen = following(mode)
            stop = end
            if not mode.alone:
                stop = min(end, at + int(_SHORTEST_WINDOW + expovariate(pace)) * MILLISECOND)
            yield Activity(
                start=at,
                end=stop,
                device=device,
                source=source,
                app=seen.app,
                title=seen.window_title,
                zone=zone,
            )
            loaded = at + int(100 + 900 * rng.random()) * MILLISECOND
            if seen.site is not None and loaded < stop:
                yield Activity(
                    start=loaded,
                    end=stop,
                    device=device,
                    source=BROWSER_SOURCE,
                    app=seen.app,
                    title=seen.title,
                    site=seen.site,
                    page=seen.page,
                    zone=zone,
                )
            at = stop

    def _presence(self, start: datetime, end: datetime, state: PresenceState) -> Iterator[Presence]:
        if start < end:
            yield Presence(
                start=start,
                end=end,
                device=self.device,
                source=PRESENCE_SOURCE,
                state=state,
                zone=self.plan.zone,
            )
