"""The story: how a day of a made-up life is meant to go.

A community builder meets people several times a week, slides into long online months in
which weeks pass without meeting anyone, and turns round two thirds into the period.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

SHORTEST_STORY = 60  # days; anything shorter is one steady stretch of a moderate life
SHORTEST_TRAVEL = 14  # days; nobody flies over an ocean for less
YEAR = 365
STEADY = 0.1
AWAY_ZONE = "America/New_York"
HOLIDAYS = frozenset({(1, 1), (5, 1), (10, 3), (12, 24), (12, 25), (12, 26), (12, 31)})

# Share of the arc, and there: online communication [h/day], other screen time [h/day],
# encounters in person [1/day], share of them by chance, waking and going to bed [local h],
# feeds', mail's and calls' shares of online communication.
_ARC: tuple[tuple[float, ...], ...] = (
    (0.00, 5.3, 2.6, 0.75, 0.10, 7.2, 23.0, 0.30, 0.22, 0.18),
    (0.20, 5.8, 2.6, 0.65, 0.10, 7.3, 23.2, 0.30, 0.22, 0.18),
    (0.36, 10.6, 1.5, 0.12, 0.05, 8.6, 25.2, 0.50, 0.15, 0.10),
    (0.50, 12.4, 1.1, 0.04, 0.02, 9.2, 26.3, 0.56, 0.13, 0.08),
    (0.66, 12.7, 1.0, 0.02, 0.02, 9.3, 26.4, 0.57, 0.13, 0.08),
    (0.68, 5.6, 2.2, 1.00, 0.30, 7.4, 23.2, 0.12, 0.28, 0.22),
    (0.74, 4.2, 2.3, 1.40, 0.35, 6.9, 22.7, 0.08, 0.28, 0.24),
    (1.00, 3.6, 2.3, 1.55, 0.35, 6.8, 22.5, 0.07, 0.28, 0.24),
)
_STARTS = [row[0] for row in _ARC]


@dataclass(frozen=True, slots=True)
class Mood:
    """How one day is meant to go."""

    online_hours: float
    other_hours: float
    encounters: float
    chance: float
    wake: float
    bed: float
    feeds: float
    mail: float
    calls: float

    @property
    def shares(self) -> dict[str, float]:
        """Each mode's share of the time at the screen [h]."""
        messages = 1 - self.feeds - self.mail - self.calls
        return {
            "feeds": self.online_hours * self.feeds,
            "messages": self.online_hours * messages,
            "mail": self.online_hours * self.mail,
            "calls": self.online_hours * self.calls,
            "work": self.other_hours * 0.7,
            "rest": self.other_hours * 0.3,
        }


@dataclass(frozen=True, slots=True)
class Story:
    """Which mood, zone and mishap each day of the period has."""

    seed: int
    first: date
    days: int
    zone: str
    gaps: bool
    travel: bool

    def rng(self, number: int, what: str) -> Random:
        """A day's own luck, so that a day is the same whatever was generated before it."""
        return Random(f"{self.seed}/{number}/{what}")  # noqa: S311 - a story, no secret

    def progress(self, number: int) -> float:
        """How far into the arc a day lies (0..1); years repeat the arc."""
        if self.days < SHORTEST_STORY:
            return STEADY
        arc = self.days / max(1, round(self.days / YEAR))
        return (number % arc) / arc

    def zone_of(self, number: int) -> str:
        """The zone the person is in on a day."""
        if not self.travel or self.days < SHORTEST_TRAVEL:
            return self.zone
        away = min(7, self.days // 4)
        leaves = int(self.days * 0.78)
        return AWAY_ZONE if leaves <= number < leaves + away else self.zone

    def unseen(self, number: int) -> bool:
        """Whether no collector ran at all that day."""
        if not self.gaps or self.days < SHORTEST_STORY:
            return False
        broken = int(self.days * 0.15)
        return broken <= number < broken + 3 or lucky(self.rng(number, "gap"), 0.012)

    def mood(self, number: int) -> Mood:
        """How a day is meant to go: the arc, the weekday, illness and holidays."""
        rng = self.rng(number, "mood")
        values = _between(self.progress(number))
        online, other, meet, chance, wake, bed, feeds, mail, calls = values
        day = self.first + timedelta(days=number)
        swing = max(0.55, rng.gauss(1, 0.13))
        wake += rng.gauss(0, 0.3)
        bed += rng.gauss(0, 0.4)
        if day.weekday() > 4:  # noqa: PLR2004 - Saturday and Sunday
            online, other, meet, wake = online * 0.86, other * 0.5, meet * 1.35, wake + 0.7
        if (day.month, day.day) in HOLIDAYS:
            online, other, meet = online * 0.7, other * 0.2, meet * 1.3
        elif lucky(rng, 0.025):  # a sick day
            online, other, meet, wake = online * 0.45, other * 0.1, 0.0, wake + 1.5
        return Mood(
            online * swing, other, meet, chance, wake, max(bed, wake + 13), feeds, mail, calls
        )

    def wakes(self, number: int) -> datetime:
        """When the person gets up (UTC)."""
        return self.at(number, self.mood(number).wake)

    def midnight(self, number: int) -> datetime:
        """When the local day begins (UTC)."""
        return self.at(number, 0)

    def at(self, number: int, hour: float) -> datetime:
        """A local clock time of a day in UTC, to the second."""
        zone = ZoneInfo(self.zone_of(number))
        day = self.first + timedelta(days=number)
        local = datetime(day.year, day.month, day.day) + timedelta(seconds=round(hour * 3600))  # noqa: DTZ001 - the zone follows
        return local.replace(tzinfo=zone).astimezone(UTC)


def lucky(rng: Random, share: float) -> bool:
    """True for a share of the tries."""
    return rng.random() < share


def _between(share: float) -> list[float]:
    """The arc's values at a share of it, on straight lines between its rows."""
    index = min(bisect_right(_STARTS, share), len(_ARC) - 1)
    low, high = _ARC[index - 1], _ARC[index]
    weight = (share - low[0]) / (high[0] - low[0])
    return [a + (b - a) * weight for a, b in zip(low[1:], high[1:], strict=True)]
