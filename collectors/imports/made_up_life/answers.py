"""What the person of a made-up life says of how they are."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from collectors.facts.checkin import CheckIn
from collectors.imports.made_up_life.story import Story, lucky

_ANSWERS_A_DAY = 0.8  # of the days have one
_CARRIED_OVER = 0.4  # of yesterday's mood is still there today
_EVENING = 21.2  # local hour
_QUARTERS = 25.0
_OFTEN = 4  # the steps of a scale of how often


class Answers:
    """Check-ins that go with the story: tired where it is tiring, and noisy as people are."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._rest = 0.0

    def day(self, number: int, meetings: int) -> Iterator[CheckIn]:
        """The check-ins of a day, given how many people were met in person."""
        story, rng = self.story, self.story.rng(number, "answers")
        online = story.mood(number).online_hours
        before = story.mood(number - 1).online_hours if number else online
        self._rest = _CARRIED_OVER * self._rest + rng.gauss(0, 1.1)
        energy = 8.2 - 0.22 * online - 0.16 * before + 0.5 * min(meetings, 3) + self._rest
        drained = 0.4 + 0.55 * online + rng.gauss(0, 1.3)
        if lucky(rng, _ANSWERS_A_DAY):
            yield self._said(number, "daily", (_scale(energy, 10), _scale(drained, 10)))
        tired = 1 - min(max(energy, 0), 10) / 10
        if number % 7 == 6 and lucky(rng, 0.9):  # noqa: PLR2004 - once a week
            yield from self._weekly(number, tired, rng)
        if number % 30 == 29 and lucky(rng, 0.9):  # noqa: PLR2004 - once a month
            yield from self._monthly(number, tired, rng)

    def _weekly(self, number: int, tired: float, rng: Random) -> Iterator[CheckIn]:
        items = tuple(
            _QUARTERS * _scale(_OFTEN * tired + rng.gauss(0, 0.6), _OFTEN) for _ in range(6)
        )
        yield self._said(number, "cbi_personal", items, sum(items) / len(items))
        lonely = 1 + _scale(_OFTEN * (1 - tired) + rng.gauss(0, 0.7), _OFTEN)
        yield self._said(number, "ons_loneliness", (lonely,), lonely)
        support = _scale(_OFTEN * (1 - tired) + rng.gauss(0, 0.8), _OFTEN)
        yield self._said(number, "support", (support,), support)

    def _monthly(self, number: int, tired: float, rng: Random) -> Iterator[CheckIn]:
        items = tuple(
            _QUARTERS * _scale(_OFTEN * tired + rng.gauss(0, 0.7), _OFTEN) for _ in range(7)
        )
        told = (*items[:-1], 100 - items[-1])  # the last one asks for energy, not for tiredness
        yield self._said(number, "cbi_work", told, sum(items) / len(items))
        lonely = tuple(1 + _scale(2 * tired + rng.gauss(0, 0.4), 2) for _ in range(3))
        yield self._said(number, "ucla3", lonely, sum(lonely))

    def _said(
        self, number: int, instrument: str, answers: tuple[float, ...], score: float | None = None
    ) -> CheckIn:
        return CheckIn(
            at=self.story.at(number, _EVENING),
            day=self.story.first + timedelta(days=number),
            instrument=instrument,
            answers=answers,
            score=score,
            zone=self.story.zone_of(number),
        )


def _scale(value: float, highest: int) -> float:
    """The nearest whole step of 0..highest."""
    return float(min(max(round(value), 0), highest))
