"""A made-up life: what a demonstration, the tests and the benchmarks look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from collectors.facts.social import Channel, Encounter, Reach
from collectors.imports.made_up_life.answers import Answers
from collectors.imports.made_up_life.meetings import Circle
from collectors.imports.made_up_life.screen import Plan, Screen, Span
from collectors.imports.made_up_life.story import Mood, Story, lucky
from collectors.source import Fact

DEVICES = ("laptop", "phone", "tablet")
# Counted over a year: rows a window brings, its browser's record included, and the rows an hour
# that come on top since each stretch at one thing cuts its last window short.
_ROWS_A_WINDOW = 1.42
_ROWS_OF_CUTS = 6.2
_SLEEPS_AT_LEAST = timedelta(hours=1)
_LAPTOP_OPEN = 0.1  # of the meetings in person happen beside an open laptop


@dataclass(frozen=True)
class MadeUpLife:
    """Somebody who is not there: seeded, so the same life each time.

    About `activities_per_day` activities come on an average day, all sources together.
    `gaps`: days and hours without a collector; `travel`: a week in another zone.
    """

    seed: int
    first: date
    days: int
    zone: str = "Europe/Berlin"
    activities_per_day: int = 400
    devices: int = 1
    gaps: bool = True
    travel: bool = False

    name = "made-up"

    def __post_init__(self) -> None:
        """Refuse a life without days, windows or devices, and a zone that does not exist."""
        if self.days < 1 or self.activities_per_day < 1:
            raise ValueError("a made-up life needs at least one day and one activity a day")
        if not 1 <= self.devices <= len(DEVICES):
            raise ValueError(f"a made-up life has 1 to {len(DEVICES)} devices, not {self.devices}")
        ZoneInfo(self.zone)

    def missing(self) -> str | None:
        """Nothing: imagination is always there."""
        return None

    def facts(self, since: datetime) -> Iterator[Fact]:
        """Yield everybody, then day by day what ended after `since` (aware, UTC)."""
        story = Story(self.seed, self.first, self.days, self.zone, self.gaps, self.travel)
        circle, answers = Circle(story), Answers(story)
        seconds = self._seconds_a_window(story)
        yield from circle.people()
        for number in range(self.days):
            mood = story.mood(number)
            encounters = circle.day(number, mood)
            said = list(answers.day(number, _met(encounters)))
            if story.midnight(number + 2) > since:
                yield from self._day_at_screens(story, number, encounters, (since, seconds))
                yield from (met for met in encounters if met.end > since)
                yield from circle.brought(number)
                yield from (checkin for checkin in said if checkin.at > since)
                yield from _reach(story, number)

    def _day_at_screens(
        self, story: Story, number: int, encounters: list[Encounter], how: tuple[datetime, float]
    ) -> Iterator[Fact]:
        if story.unseen(number):
            return
        since, seconds = how
        for device in DEVICES[: self.devices]:
            plan = _plan(story, number, encounters)
            screen = Screen(plan, story.rng(number, device), seconds, device)
            rows = screen.laptop() if device == "laptop" else screen.pocket()
            if plan.known >= since:
                yield from rows
            else:
                yield from (row for row in rows if row.end > since)

    def _seconds_a_window(self, story: Story) -> float:
        """How long a window stays in front, so that as many come a day as were asked for."""
        step = max(1, self.days // 200)
        moods = [story.mood(number) for number in range(0, self.days, step)]
        hours = sum(mood.online_hours + mood.other_hours for mood in moods) / len(moods)
        wanted = self.activities_per_day / hours
        return 3600 * _ROWS_A_WINDOW / max(wanted - _ROWS_OF_CUTS, wanted / 4)


def _reach(story: Story, number: int) -> Iterator[Reach]:
    """What the platforms count, noted once in four weeks: it grows while hours go into them."""
    if number % 28:
        return
    day = story.first + timedelta(days=number)
    hours = sum(story.mood(at).online_hours for at in range(0, number, 7)) * 7
    yield Reach(day=day, platform="LinkedIn", people=round(900 + 1.6 * hours))
    yield Reach(day=day, platform="newsletter", people=round(240 + 0.2 * hours))


def _met(encounters: list[Encounter]) -> int:
    """How many times people were met in person."""
    return sum(met.channel is Channel.IN_PERSON for met in encounters)


def _plan(story: Story, number: int, encounters: list[Encounter]) -> Plan:
    """When the person and the collector are up on a day, and what comes between."""
    mood = story.mood(number)
    last = number == story.days - 1
    up = story.wakes(number)
    down = story.at(number, mood.bed)
    if last:
        until = story.midnight(number + 1)
        down = min(down, until)
    else:
        next_up = story.wakes(number + 1)
        down = min(down, next_up - _SLEEPS_AT_LEAST)
        until = down if story.unseen(number + 1) else next_up
    return Plan(
        known=story.midnight(number) if number == 0 else up,
        up=up,
        down=down,
        until=until,
        away=_elsewhere(story, number, encounters),
        holes=_holes(story, number, mood),
        mood=mood,
        zone=story.zone_of(number),
    )


def _elsewhere(story: Story, number: int, encounters: list[Encounter]) -> tuple[Span, ...]:
    """Meetings in person away from the laptop."""
    rng = story.rng(number, "elsewhere")
    return tuple(
        (met.start, met.end)
        for met in encounters
        if met.channel is Channel.IN_PERSON and not lucky(rng, _LAPTOP_OPEN)
    )


def _holes(story: Story, number: int, mood: Mood) -> tuple[Span, ...]:
    """Hours in which the collector did not run."""
    rng = story.rng(number, "hole")
    if not story.gaps or not lucky(rng, 0.04):
        return ()
    start = story.at(number, rng.uniform(mood.wake + 1, mood.wake + 9))
    return ((start, start + timedelta(hours=rng.uniform(1, 4))),)
