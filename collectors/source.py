"""What every source offers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from collectors.facts.checkin import CheckIn
from collectors.facts.screen import Activity, BadRecord, Presence, PresenceState
from collectors.facts.social import Encounter, Opportunity, Person, Reach

Fact = Activity | Presence | Encounter | Opportunity | Person | CheckIn | Reach


@dataclass(frozen=True, slots=True)
class Window:
    """What is in front: the application's canonical lower-case name, and its title."""

    app: str
    title: str | None = None


class Source(Protocol):
    """One place that facts come from; its class is made without arguments.

    `name` begins with its room. `desktop/…`, `processes/…` and `presence/…` are live, and have to
    be a Desktop, a Desktop and an Attendance; any other room's is a History.
    """

    name: str

    def missing(self) -> str | None:
        """Say what is missing for it to work here; None when it works."""


@runtime_checkable
class History(Source, Protocol):
    """A source of what happened before: a browser's history, another tool's export.

    Where its class takes `path` (a `Path`, None by default), it reads a file that the person
    names; where it takes `zone` (the IANA zone this machine is in) or `device` (its name), it is
    told. The `source` of its activities and presence is its own name.
    """

    def facts(self, since: datetime) -> Iterator[Fact | BadRecord]:
        """Yield what happened after `since` (aware, UTC), oldest first where it can."""


@runtime_checkable
class Desktop(Source, Protocol):
    """A live source that tells what is in front."""

    def open(self) -> None:
        """Connect; raises OSError with a clear message when it cannot."""

    def fileno(self) -> int | None:
        """What to wait on, so that an idle desktop costs nothing; None: ask each time."""

    def sample(self) -> Window | None:
        """Drain pending events and say what is in front now; None: nothing, or not known."""

    def close(self) -> None:
        """Let go of the connection; safe to call twice."""


@runtime_checkable
class Attendance(Source, Protocol):
    """A live source that tells whether anyone is there."""

    def open(self) -> None:
        """Connect; raises OSError with a clear message when it cannot."""

    def fileno(self) -> int | None:
        """What to wait on for changes; None: ask each time."""

    def sample(self) -> "Attended":
        """Drain pending events and say what is known now."""

    def close(self) -> None:
        """Let go of the connection; safe to call twice."""


@dataclass(frozen=True, slots=True)
class Attended:
    """One reading of presence: seconds since the last input, and a state that overrides it.

    A screen saver knows `idle_seconds`; logind knows `state` (locked, asleep); None: not known.
    """

    idle_seconds: float | None = None
    state: PresenceState | None = None
