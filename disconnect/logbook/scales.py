"""How an item is answered, and how answers become a score; the authors' own numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: the key that gives it, its words, and the number it counts as."""

    key: str
    label: str
    number: float


Scale = tuple[Choice, ...]


def worded(*labels: str, numbers: Sequence[float]) -> Scale:
    """Answers in words, given by the keys 1, 2, 3…, in the authors' order."""
    pairs = zip(labels, numbers, strict=True)
    return tuple(Choice(str(key), *pair) for key, pair in enumerate(pairs, start=1))


def counted(highest: int) -> Scale:
    """Whole numbers from 0; `t` is the key for ten."""
    return tuple(
        Choice("t" if number > 9 else str(number), str(number), float(number))  # noqa: PLR2004 - keys have one digit
        for number in range(highest + 1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question, in its exact words."""

    words: str
    scale: Scale
    name: str = ""
    """What its answer is called where it stands for itself."""
    ends: tuple[str, str] | None = None
    """What the two ends of a scale of numbers mean."""
    is_reversed: bool = False
    """Whether much of it is little of what the instrument measures."""

    @property
    def low(self) -> float:
        """The smallest number there is."""
        return min(choice.number for choice in self.scale)

    @property
    def high(self) -> float:
        """The largest number there is."""
        return max(choice.number for choice in self.scale)

    def label(self, number: float) -> str:
        """The words of an answer."""
        return next(choice.label for choice in self.scale if choice.number == number)

    def counts(self, number: float) -> float:
        """What an answer counts as in the score."""
        return self.low + self.high - number if self.is_reversed else number


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """Questions that belong together, and all that is to be known of them."""

    name: str
    """Its name in the data."""
    title: str
    every: Literal["daily", "weekly", "monthly"]
    items: tuple[Item, ...]
    scoring: Literal["mean", "sum", "each"]
    """`each`: the items are different things and have no score together."""
    least: int = 1
    """Fewer answers than this make no score."""
    window: str = ""
    """Which time is meant, where the words do not say so."""
    ends: tuple[str, str] = ("", "")
    """What the lowest and the highest score mean."""
    source: str = ""
    terms: str = ""
    of_work: bool = False
    """Asked only of those who work."""

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest score there can be."""
        low, high = self.items[0].low, self.items[0].high
        times = len(self.items) if self.scoring == "sum" else 1
        return low * times, high * times

    def score(self, answers: Sequence[float | None]) -> float | None:
        """The score of one answer an item; None where too few were answered, or it has none.

        Raises:
            ValueError: There are more or fewer answers than items, or one is not on its scale.
        """
        counted = []
        for item, answer in zip(self.items, answers, strict=True):
            if answer is None:
                continue
            if answer not in {choice.number for choice in item.scale}:
                raise ValueError(f"{answer:g} is no answer to {item.words!r}")
            counted.append(item.counts(answer))
        if self.scoring == "each" or len(counted) < self.least:
            return None
        return sum(counted) / (len(counted) if self.scoring == "mean" else 1)
