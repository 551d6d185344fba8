"""A text taken apart: what it says of an encounter, complete or not."""

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from collectors.facts.social import LONGEST_NAME, Channel, Initiator, Support
from disconnect.errors import UsageProblemError
from disconnect.logbook.settling import settle
from disconnect.logbook.understood import Understood
from disconnect.logbook.whens import When
from disconnect.logbook.words import CHATS, MEALS, TOGETHER, act_of, channel_of


@dataclass(slots=True)
class Reading:
    """What was said so far; options of a call may still add to it or overrule it."""

    what: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    when: When = field(default_factory=When)
    places: list[str] = field(default_factory=list)
    exact: set[str] = field(default_factory=set)
    """Places that were given in an option or in quotes: they stay as they were written."""
    note: list[str] = field(default_factory=list)
    said: Channel | None = None
    via: Channel | None = None
    """What the service says that it went on over."""
    company: bool = False
    """Whether somebody without a name was there."""
    chance: bool = False
    initiator: Initiator | None = None
    meaning: int | None = None
    disclosure: int | None = None
    energy: int | None = None
    support: Support | None = None

    def add_person(self, name: str) -> None:
        """One more person; the same name twice is one person."""
        if len(name) > LONGEST_NAME:
            raise UsageProblemError(f"a name has {LONGEST_NAME} letters at most, not {len(name)}")
        same = {person.casefold() for person in self.people}
        if name.strip() and name.casefold() not in same:
            self.people.append(" ".join(name.split()))

    def rest(self, word: str) -> None:
        """A word that says nothing about who, when or where goes into the note."""
        self.note.append(word)

    @property
    def channel(self) -> Channel:
        """The channel that was named, else the one the activity tells, else the service."""
        if self.said:
            return self.said
        act = act_of(self.what)
        chats = act is Channel.MESSAGE and any(word.lower() in CHATS for word in self.what)
        if chats and not self.via and (self.chance or any(self.places)):
            return Channel.IN_PERSON
        return act or self.via or channel_of(self.what)

    def settled(self, now: dt.datetime, zone: str) -> Understood:
        """The encounter it means.

        Raises:
            UsageProblemError: Something is missing, or cannot be.
        """
        self.complete()
        start, end = settle(self.when, now, ZoneInfo(zone))
        self._likely(start.astimezone(ZoneInfo(zone)))
        return self.between(start, end, zone)

    def _likely(self, start: dt.datetime) -> None:
        """Refuse a meal at an hour nobody named: lunch that ended just now, at ten in the evening.

        Raises:
            UsageProblemError: It is no hour for that meal, and may not be what was meant.
        """
        when = self.when
        begun = when.start and not when.start.short
        if begun or when.end or when.part or when.ago is not None or when.until_now:
            return
        for meal in self.what:
            if start.hour not in MEALS.get(meal.lower(), range(24)):
                hint = "with am or pm, or as 08:30" if when.start else "such as 12:30"
                raise UsageProblemError(
                    f"that would be {meal} at {start:%H:%M}; say when it was, {hint}"
                )

    def between(self, start: dt.datetime, end: dt.datetime, zone: str) -> Understood:
        """The encounter it means, with its time known."""
        places = [place if place in self.exact else place.strip(" .!?()") for place in self.places]
        return Understood(
            what=" ".join(filter(None, self.what)),
            people=tuple(self.people),
            start=start,
            end=end,
            zone=zone,
            channel=self.channel,
            place=", ".join(filter(None, places)) or None,
            chance=self.chance,
            initiator=self.initiator,
            meaning=self.meaning,
            disclosure=self.disclosure,
            energy=self.energy,
            support=self.support,
            note=" ".join(self.note).strip() or None,
        )

    def complete(self) -> None:
        """Check that it says with whom, or at least what.

        Raises:
            UsageProblemError: It names nobody and nothing people do together.
        """
        together = self.company or any(word.lower() in TOGETHER for word in self.what)
        if not self.people and not together and not self.chance:
            raise UsageProblemError("with whom is missing; add with NAME")
