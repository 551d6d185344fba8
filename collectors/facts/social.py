"""People, the time spent with them, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from collectors.facts.screen import checked_span


class Channel(StrEnum):
    """How people reach each other, in the order of media naturalness."""

    IN_PERSON = "in_person"
    CALL = "call"
    MESSAGE = "message"
    EMAIL = "email"
    BROADCAST = "broadcast"
    OTHER = "other"


ONLINE_CHANNELS = (Channel.CALL, Channel.MESSAGE, Channel.EMAIL, Channel.BROADCAST)

OPPORTUNITY_KINDS = (
    "job",
    "client",
    "introduction",
    "money",
    "help",
    "learning",
    "invitation",
    "friendship",
    "other",
)

Met = Literal["in_person", "online"]
Initiator = Literal["me", "them"]
Support = Literal["given", "received"]


def checked_scale(name: str, value: float | None, low: int, high: int) -> None:
    """Refuse a rating outside its scale.

    Raises:
        ValueError: The value is given and lies outside low..high.
    """
    if value is not None and not low <= value <= high:
        raise ValueError(f"{name} goes from {low} to {high}, not {value}")


LONGEST_NAME = 200
"""Letters of a person's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody, where and how the relationship began, and how well known (1..7)."""

    name: str
    met: Met | None = None
    how: str | None = None
    since: date | None = None
    closeness: int | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        """Refuse an empty or endless name and a closeness off its scale."""
        if not self.name.strip():
            raise ValueError("a person needs a name")
        if len(self.name) > LONGEST_NAME:
            raise ValueError(f"a name has {LONGEST_NAME} letters at most")
        checked_scale("closeness", self.closeness, 1, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """Time with people (half-open, UTC); ratings after the Rochester Interaction Record.

    `meaning` and `disclosure` go from 1 to 7, `energy` from -3 to 3. `place` is free text.
    """

    start: datetime
    end: datetime
    people: tuple[str, ...] = ()
    channel: Channel = Channel.IN_PERSON
    place: str | None = None
    chance: bool = False
    initiator: Initiator | None = None
    meaning: int | None = None
    disclosure: int | None = None
    energy: int | None = None
    support: Support | None = None
    note: str | None = None
    zone: str = "UTC"

    def __post_init__(self) -> None:
        """Refuse times that cannot be ordered and ratings off their scales."""
        checked_span(self.start, self.end)
        checked_scale("meaning", self.meaning, 1, 7)
        checked_scale("disclosure", self.disclosure, 1, 7)
        checked_scale("energy", self.energy, -3, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """What a relationship brought: of whom, on which local day, through which channel."""

    day: date
    person: str
    what: str
    kind: str = "other"
    via: Channel | None = None
    value: int | None = None

    def __post_init__(self) -> None:
        """Refuse an unknown kind and a value off its scale."""
        if self.kind not in OPPORTUNITY_KINDS:
            raise ValueError(f"no such kind of opportunity: {self.kind}")
        checked_scale("value", self.value, 1, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How many people a platform reaches on a local day: followers, connections, members."""

    day: date
    platform: str
    people: int

    def __post_init__(self) -> None:
        """Refuse a platform without a name and a number that counts nobody."""
        if not self.platform.strip():
            raise ValueError("reach needs the name of a platform")
        if not 0 <= self.people <= MOST_PEOPLE:
            raise ValueError(f"reach goes from 0 to {MOST_PEOPLE} people, not {self.people}")


MOST_PEOPLE = 10_000_000_000
"""More than there are."""
