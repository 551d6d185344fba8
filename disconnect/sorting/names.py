"""The names that sites have in titles, each at the place where its site puts it.

A word somewhere in a title says nothing: "Slack tide - Wikipedia" is about the sea. What
counts is the *name* of a site, at the end or at the start of the title.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from disconnect.sorting.titles import glob, split

T = TypeVar("T")

ANY = "|"
"""The separator of a pattern that stands for any."""
EXACTLY = "="
"""Set before a separator that stands for itself, even when it is `|`."""


@functools.cache
def _name_pattern(text: str) -> re.Pattern[str]:
    return re.compile(glob(text), re.IGNORECASE | re.DOTALL)


@dataclass(slots=True)
class Parts(Generic[T]):
    """One site or app: what segments of its title tell of its inside, and what else it is."""

    exact: dict[str, tuple[str, T]] = field(default_factory=dict)
    globs: list[tuple[str, str, T]] = field(default_factory=list)
    whole: list[tuple[str, T]] = field(default_factory=list)
    _compiled: list[tuple[re.Pattern[str], str, T]] | None = None
    _any: re.Pattern[str] = re.compile("")

    def add(self, segment: str, separator: str, answer: T) -> None:
        """Take in one rule (`segment` empty: for all of it); later rules win."""
        if not segment:
            self.whole.insert(0, (separator, answer))
        elif "*" in segment or "?" in segment:
            self.globs.insert(0, (segment, separator, answer))
            self._compiled = None
        else:
            self.exact[segment] = (separator, answer)

    def answers(self) -> Iterator[T]:
        """Every answer there is."""
        yield from (answer for _, answer in self.exact.values())
        yield from (answer for _, _, answer in self.globs)
        yield from (answer for _, answer in self.whole)

    def find(self, segments: Sequence[str], separator: str) -> T | None:
        """What the earliest segment that is known says, else what all of it is."""
        if self.exact or self.globs:
            for segment in segments:
                known = self.exact.get(segment)
                if known is not None and known[0] in (ANY, separator):
                    return known[1]
                if self.globs and (found := self._by_glob(segment, separator)):
                    return found
        for wanted, answer in self.whole:
            if wanted in (ANY, separator):
                return answer
        return None

    def _by_glob(self, segment: str, separator: str) -> T | None:
        if self._compiled is None:  # most are never asked for, and compiling is slow
            self._compiled = [
                (re.compile(glob(text), re.DOTALL), wanted, answer)
                for text, wanted, answer in self.globs
            ]
            self._any = re.compile(
                "|".join(f"(?:{glob(text)})" for text, _, _ in self.globs), re.DOTALL
            )
        if not self._any.fullmatch(segment):
            return None
        for pattern, wanted, answer in self._compiled:
            if wanted in (ANY, separator) and pattern.fullmatch(segment):
                return answer
        return None


@dataclass(slots=True)
class Names(Generic[T]):
    """Sites by their names at the end of a title, or at its start."""

    last: dict[str, Parts[T]] = field(default_factory=dict)
    first: dict[str, Parts[T]] = field(default_factory=dict)
    starred: dict[str, Parts[T]] = field(default_factory=dict)
    _heads: tuple[str, ...] = ()
    _middles: tuple[str, ...] = ()
    _tails: tuple[str, ...] = ()

    def add(self, pattern: str, answer: T) -> None:
        """Take in one pattern, written as the title is.

        `Gmail`: the last or only segment. `Messaging | LinkedIn`: the same, with another
        segment. `Discord | *`: the first of several, before just that separator, since names
        there are easily mistaken. `Slack | *Huddle* | *`: the first, with another segment.
        Elsewhere `|` stands for any separator; another one always stands for itself.

        Raises:
            ValueError: It names no site, or has more segments than can be told apart.
        """
        parts = split(pattern.strip())
        segments, separators = parts[::2], parts[1::2]
        at_start = len(segments) > 1 and segments[-1] == "*"
        if at_start:
            segments = segments[:-1]
        name = segments.pop(0 if at_start else -1).lower()
        if len(segments) > 1 or not name.strip("* ") or (at_start and "*" in name):
            raise ValueError(
                f"{pattern!r}: at most one part beside the site's name, which comes last or first"
            )
        if "*" in name and name not in self.starred:
            self._note_literals(name)
        shelf = self.first if at_start else self.starred if "*" in name else self.last
        separator = separators[-1] if separators else ANY
        if at_start:
            separator = EXACTLY + separators[0]
        beside = segments[0] if segments and segments[0] != "*" else ""
        shelf.setdefault(name, Parts()).add(beside, separator, answer)

    def find(self, parts: list[str]) -> T | None:
        """What a title's segments say, the browser's own taken off; None: nothing known."""
        name = parts[-1].lower()
        known = self.last.get(name)
        separator = parts[-2] if len(parts) > 1 else ANY
        if known and (found := known.find(parts[:-2:2], separator)):
            return found
        if self._may_be_starred(name):
            for text, starred in self.starred.items():
                if _name_pattern(text).fullmatch(name) and (
                    found := starred.find(parts[:-2:2], separator)
                ):
                    return found
        if len(parts) > 1 and (known := self.first.get(parts[0].lower())):
            return known.find(parts[2::2], EXACTLY + parts[1])
        return None

    def _note_literals(self, name: str) -> None:
        """Keep the literal text of a name with stars: most titles are told off by it alone."""
        head, tail = name.partition("*")[0], name.rpartition("*")[2]
        if tail:
            self._tails += (tail,)
        elif head:
            self._heads += (head,)
        else:
            self._middles = tuple({*self._middles, name.strip("*")})

    def _may_be_starred(self, name: str) -> bool:
        if name.endswith(self._tails) or name.startswith(self._heads):
            return True
        for middle in self._middles:  # noqa: SIM110 - any() takes three times as long for one
            if middle in name:
                return True
        return False
