"""A text taken apart: what it says of an encounter, complete or not."""

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from collectors.facts.social import LONGEST_NAME, Channel, Initiator, Support
from disconnect.errors import UsageProblemError
from disconnect.logbook.settling import settle
from disconnect.logbook.understood import Understood
from disconnect.logbook.whens import When
from disconnect.logbook.words import CHANNELS, channel_of


@dataclass(slots=True)
class Reading:
    """What was said so far; options of a call may still add to it or overrule it."""

    what: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    when: When = field(default_factory=When)
    places: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    said: Channel | None = None
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
        """The channel that was named, else the one the activity tells."""
        return self.said or channel_of(self.what)

    def settled(self, now: dt.datetime, zone: str) -> Understood:
        """The encounter it means.

        Raises:
            UsageProblemError: Something is missing, or cannot be.
        """
        self.complete()
        return self.between(*settle(self.when, now, ZoneInfo(zone)), zone)

    def between(self, start: dt.datetime, end: dt.datetime, zone: str) -> Understood:
        """The encounter it means, with its time known."""
        places = [place.strip(" .!?()") for place in self.places]
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
        together = any(word.lower() in CHANNELS for word in self.what)
        if not self.people and not together and not self.chance:
            raise UsageProblemError("with whom is missing; add with NAME")
