"""Going through a check-in's questions: forth, back, past one, and away."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from disconnect.errors import UsageProblemError
from disconnect.logbook.scales import Instrument, Item

SKIPPED = "-"
Answers = tuple[float | None, ...]


def number_of(item: Item, words: str) -> float | None:
    """Read one answer: its number, its key, its words or how they begin; `-` skips.

    Raises:
        UsageProblemError: It is none of the item's answers, or could be two of them.
    """
    text = " ".join(words.split()).casefold()
    if text in {"", SKIPPED}:
        return None
    labels = {choice: choice.label.casefold() for choice in item.scale}
    exact = [choice for choice in item.scale if text in {choice.key, labels[choice]}]
    as_number = [choice for choice in item.scale if text == f"{choice.number:g}"]
    begun = [
        choice
        for choice, label in labels.items()
        if text[0].isalpha() and label.removeprefix("to a ").startswith(text.removeprefix("to a "))
    ]
    # Where a scale is of numbers, the number is meant, not the key; elsewhere the two never meet.
    for found in (exact, as_number, begun):
        if len(found) == 1:
            return found[0].number
    raise UsageProblemError(f"{words.strip()!r} is no answer to {item.words!r}; {choices(item)}")


def choices(item: Item) -> str:
    """What can be answered, in one line."""
    if item.ends:
        return f"answer {item.low:g} to {item.high:g}, or {SKIPPED} to skip it"
    labels = ", ".join(f"{choice.key} {choice.label.lower()}" for choice in item.scale)
    return f"answer {labels}, or {SKIPPED} to skip it"


def split(words: str) -> list[str]:
    """Answers in one text: between commas or semicolons, or else between spaces."""
    if re.search(r"[,;]", words):
        return [part.strip() for part in re.split(r"[,;]", words)]
    return words.split()


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and which of all it is (from 1)."""

    instrument: Instrument
    item: Item
    number: int


@dataclass(slots=True)
class Sitting:
    """The questions of one sitting; an instrument counts once its last question was passed."""

    instruments: Sequence[Instrument]
    _given: list[float | None] = field(init=False)
    _at: int = field(default=0, init=False)
    _reached: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        """Begin with nothing answered."""
        self._given = [None] * self.total

    @property
    def total(self) -> int:
        """How many questions there are."""
        return sum(len(one.items) for one in self.instruments)

    @property
    def question(self) -> Question | None:
        """The question to ask now; None at the end."""
        begun = 0
        for one in self.instruments:
            if self._at < begun + len(one.items):
                place = self._at - begun
                return Question(one, one.items[place], self._at + 1)
            begun += len(one.items)
        return None

    @property
    def former(self) -> float | None:
        """What the question was answered with before the person came back to it."""
        return self._given[self._at]

    def answer(self, number: float | None) -> None:
        """Answer the question, or skip it (None), and go on to the next."""
        self._given[self._at] = number
        self._at += 1
        self._reached = max(self._reached, self._at)

    def back(self) -> bool:
        """Go back by one question; False at the first."""
        if not self._at:
            return False
        self._at -= 1
        return True

    def answered(self) -> list[tuple[Instrument, Answers]]:
        """What counts: the finished instruments, each with at least one answer."""
        return [(one, given) for one, given, done in self._parts() if done and set(given) != {None}]

    def unfinished(self) -> tuple[Instrument, int] | None:
        """The instrument that was begun and not finished, and how many answers it has."""
        for one, given, done in self._parts():
            answers = len(given) - given.count(None)
            if not done and answers:
                return one, answers
        return None

    def _parts(self) -> list[tuple[Instrument, Answers, bool]]:
        parts, begun = [], 0
        for one in self.instruments:
            end = begun + len(one.items)
            parts.append((one, tuple(self._given[begun:end]), self._reached >= end))
            begun = end
        return parts
