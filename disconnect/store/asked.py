"""What is to be forgotten, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from disconnect.clock import milliseconds
from disconnect.errors import UsageProblemError

_TEXTS = ("app", "site", "title", "person")
_MOMENTS = ("since", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """What to forget; all that is given must hold of an activity for it to go."""

    app: str | None = None
    site: str | None = None
    title: str | None = None
    person: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def in_words(self) -> dict[str, str]:
        """It as plain texts, for the mark that says what is under way."""
        told = {name: getattr(self, name) for name in _TEXTS if getattr(self, name) is not None}
        moments = {name: getattr(self, name) for name in _MOMENTS}
        return told | {name: at.isoformat() for name, at in moments.items() if at is not None}

    @classmethod
    def of_words(cls, told: Mapping[str, Any]) -> "What | None":
        """What the texts say; None where they say nothing that can be deleted."""
        try:
            known: dict[str, Any] = {name: str(told[name]) for name in _TEXTS if name in told}
            moments = {
                name: datetime.fromisoformat(told[name]) for name in _MOMENTS if name in told
            }
            what = cls(**(known | moments))
            check(what)
        except (TypeError, ValueError, UsageProblemError):
            return None
        return what

    @property
    def is_period_alone(self) -> bool:
        """Whether everything in a period goes: presence and what was logged, too."""
        return self.app is self.site is self.title is self.person is None


@dataclass(slots=True)
class Forgotten:
    """How many rows went."""

    activities: int = 0
    presences: int = 0
    encounters: int = 0
    opportunities: int = 0
    checkins: int = 0
    people: int = 0
    named_elsewhere: int = 0
    """Rows that stay and have the person's name in their words; none of those that went."""
    titled: int = 0
    """Titles of activities that stay and have the person's name in them."""
    met_then_only: tuple[str, ...] = ()
    """People whom nothing names any more that was logged."""

    @property
    def total(self) -> int:
        """All rows that went."""
        logged = self.encounters + self.opportunities + self.checkins + self.people
        return self.activities + self.presences + logged


def check(what: What) -> None:
    """Refuse what could be read in two ways: what is deleted does not come back."""
    if what == What():
        raise UsageProblemError("say what to forget: --app, --site, --title, --person, or a period")
    for name in ("app", "site", "title", "person"):
        text = getattr(what, name)
        if text is not None and not text.strip():
            raise UsageProblemError(f"--{name} is empty; say which {name}, or leave it out")
    if what.person is not None and (what.app or what.site or what.title):
        raise UsageProblemError("--person goes with a period only; forget the rest by itself")


def span(what: What) -> tuple[int, int]:
    """When its period begins and ends [ms UTC]; far away where it is open."""
    since = milliseconds(what.since) if what.since else -(1 << 62)
    until = milliseconds(what.until) if what.until else 1 << 62
    return since, until
