"""Who is met when, and what comes of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from collectors.facts.social import Channel, Encounter, Met, Opportunity, Person
from collectors.imports.made_up_life.story import Mood, Story, lucky
from collectors.imports.made_up_life.words import BROUGHT, BROUGHT_ONLINE, CAST, CHANCE_SPOTS, SPOTS

# local hour it begins, longest [min]; no two can overlap
_SLOTS = ((10.3, 80), (12.2, 110), (15.3, 140), (18.3, 200))
_CALL_SLOT = (14.35, 40)
_BRINGS = 0.07  # of encounters in person bring an opportunity
_BRINGS_ONLINE = 0.011  # of days bring one from somebody known online
_CALLS = 0.2  # of days have a call that is logged


class Circle:
    """The people of a story, and the opportunities that are still on their way."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.coming: dict[int, list[Opportunity]] = {}

    def people(self) -> Iterator[Person]:
        """Everybody, with where and how it began."""
        rng = self.story.rng(0, "people")
        for name, met, how, closeness, share in CAST:
            days = int(share * self.story.days) if share else -rng.randrange(60, 4000)
            yield Person(
                name=name,
                met=_met(met),
                how=how,
                since=self.story.first + timedelta(days=days),
                closeness=closeness,
            )

    def day(self, number: int, mood: Mood) -> list[Encounter]:
        """The encounters of a day, oldest first; their fruits come days later."""
        rng = self.story.rng(number, "meetings")
        count = int(mood.encounters) + (lucky(rng, mood.encounters % 1))
        slots = [slot for slot in _SLOTS if slot[0] > mood.wake + 0.5]
        chosen = sorted(rng.sample(slots, min(count, len(slots))))
        known = self._known(number, "in_person")
        met = [self._in_person(number, slot, rng, known, mood) for slot in chosen]
        for encounter in met:
            if lucky(rng, _BRINGS):
                self._brings(number, rng, rng.choice(encounter.people), BROUGHT)
        online = self._known(number, "online")
        if lucky(rng, _BRINGS_ONLINE):
            self._brings(number, rng, rng.choice(online), BROUGHT_ONLINE)
        if lucky(rng, _CALLS) and mood.encounters:
            met.append(self._call(number, rng, online))
        return sorted(met, key=lambda encounter: encounter.start)

    def brought(self, number: int) -> list[Opportunity]:
        """The opportunities that arrive on a day."""
        return self.coming.pop(number, [])

    def _known(self, number: int, met: str) -> list[str]:
        share = number / self.story.days
        return [name for name, where, _, _, joins in CAST if where == met and joins <= share]

    def _in_person(
        self, number: int, slot: tuple[float, int], rng: Random, known: list[str], mood: Mood
    ) -> Encounter:
        hour, longest = slot
        chance = lucky(rng, mood.chance)
        minutes = rng.randrange(12, 50) if chance else rng.randrange(40, longest)
        start, end = self._span(number, hour + rng.random() * 0.15, minutes - 10)
        count = 1 if chance else rng.choice((1, 1, 1, 2, 2, 3))
        deep = lucky(rng, 0.45)
        return Encounter(
            start=start,
            end=end,
            people=tuple(dict.fromkeys(_one_of(rng, known) for _ in range(count))),
            place=rng.choice(CHANCE_SPOTS if chance else SPOTS),
            chance=chance,
            initiator=rng.choice(("me", "them", None)),
            meaning=rng.randrange(3, 8) if deep else None,
            disclosure=rng.randrange(2, 8) if deep and lucky(rng, 0.6) else None,
            energy=rng.choice((-1, 0, 1, 1, 2, 2, 3)) if lucky(rng, 0.5) else None,
            support=rng.choice(("given", "received")) if lucky(rng, 0.25) else None,
            zone=self.story.zone_of(number),
        )

    def _call(self, number: int, rng: Random, known: list[str]) -> Encounter:
        hour, longest = _CALL_SLOT
        start, end = self._span(number, hour, rng.randrange(10, longest))
        return Encounter(
            start=start,
            end=end,
            people=(_one_of(rng, known),),
            channel=Channel.CALL,
            initiator=rng.choice(("me", "them")),
            meaning=rng.randrange(1, 6) if lucky(rng, 0.3) else None,
            energy=rng.choice((-2, -1, 0, 0, 1)) if lucky(rng, 0.4) else None,
            zone=self.story.zone_of(number),
        )

    def _span(self, number: int, hour: float, minutes: int) -> tuple[datetime, datetime]:
        start = self.story.at(number, hour).astimezone(UTC)
        return start, start + timedelta(minutes=minutes)

    def _brings(
        self, number: int, rng: Random, person: str, choices: tuple[tuple[str, str], ...]
    ) -> None:
        arrives = number + rng.randrange(2, 18)
        kind, what = rng.choice(choices)
        online = choices is BROUGHT_ONLINE
        via = rng.choice(
            (Channel.EMAIL, Channel.MESSAGE)
            if online
            else (Channel.IN_PERSON, Channel.IN_PERSON, Channel.CALL, Channel.MESSAGE)
        )
        if arrives < self.story.days:
            self.coming.setdefault(arrives, []).append(
                Opportunity(
                    day=self.story.first + timedelta(days=arrives),
                    person=person,
                    what=what,
                    kind=kind,
                    via=via,
                    value=rng.randrange(2, 6) if online else rng.randrange(3, 8),
                )
            )


def _one_of(rng: Random, known: list[str]) -> str:
    """Somebody; those at the head of the list are closer and met more often."""
    return known[int(rng.random() ** 1.6 * len(known))]


def _met(word: str) -> Met:
    return "in_person" if word == "in_person" else "online"
