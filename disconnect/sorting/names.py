"""The names that sites have in titles, each at the place where its site puts it.

A word somewhere in a title says nothing: "Slack tide - Wikipedia" is about the sea. What
counts is the *name* of a site, at the end or at the start of the title.
"""

import functools
import itertools
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


_IN_BRACES = re.compile(r"\{(\w+)\}")


@functools.cache
def _name_pattern(text: str) -> re.Pattern[str]:
    return re.compile(glob(text), re.IGNORECASE | re.DOTALL)


class Vocabulary(dict[str, tuple[str, ...]]):
    """Words of many languages by a name that rules write in braces: `{messages} | LinkedIn`."""

    def spelled(self, text: str) -> list[str]:
        """Return every spelling of a text: each word in braces as each word it stands for.

        Raises:
            ValueError: No words go by a name in braces.
        """
        if "{" not in text:
            return [text]
        pieces = _IN_BRACES.split(text)
        for name in pieces[1::2]:
            if name not in self:
                raise ValueError(f"{text!r}: no words are called {{{name}}}")
        choices = [self[one] if at % 2 else (one,) for at, one in enumerate(pieces)]
        return ["".join(made) for made in itertools.product(*choices)]


_FEW = 8
"""So many texts are quicker looked for than one pattern of all of them is tried."""


def _holds(segment: str, literals: tuple[str, ...]) -> bool:
    for literal in literals:  # noqa: SIM110 - any() takes three times as long
        if literal in segment:
            return True
    return False


def _fitting(answers: list[tuple[str, T]], separator: str) -> T | None:
    """Return the first answer whose separator stands there."""
    for wanted, answer in answers:
        if wanted in (ANY, separator):
            return answer
    return None


@dataclass(slots=True)
class Parts(Generic[T]):
    """One site or app: what segments of its title tell of its inside, and what else it is.

    `shared` holds the segments of rules with a word of many languages, the newest first: one
    table for all the sites and apps that such a rule names.
    """

    exact: dict[str, tuple[str, T]] = field(default_factory=dict)
    shared: list[dict[str, tuple[str, T]]] = field(default_factory=list)
    globs: list[tuple[str, str, T]] = field(default_factory=list)
    whole: list[tuple[str, T]] = field(default_factory=list)
    _words: dict[str, list[tuple[str, T]]] | None = None
    _compiled: list[tuple[re.Pattern[str], str, T]] | None = None
    _any: re.Pattern[str] = re.compile("")
    _heads: frozenset[str] = frozenset()
    _head: int = 0
    _literals: tuple[str, ...] = ()

    def add(self, segment: str, separator: str, answer: T) -> None:
        """Take in one rule (`segment` empty: for all of it); later rules win."""
        if not segment:
            self.whole.insert(0, (separator, answer))
        elif "*" in segment or "?" in segment:
            self.globs.insert(0, (segment, separator, answer))
            self._compiled, self._head, self._literals = None, 0, ()
        else:
            self.exact[segment] = (separator, answer)
            self._words = None

    def share(self, known: dict[str, tuple[str, T]]) -> None:
        """Take in a rule with many spellings, in a table that others may hold too."""
        self.shared.insert(0, known)
        self._words = None

    def add_any(self, segments: list[str], separator: str, answer: T) -> None:
        """Take in one rule with one spelling or many."""
        if len(segments) == 1 or "*" in segments[0]:
            for segment in segments:
                self.add(segment, separator, answer)
        else:
            self.share(dict.fromkeys(segments, (separator, answer)))

    def answers(self) -> Iterator[T]:
        """Every answer there is."""
        for table in (self.exact, *self.shared):
            yield from (answer for _, answer in table.values())
        yield from (answer for _, _, answer in self.globs)
        yield from (answer for _, answer in self.whole)

    def find(self, segments: Sequence[str], separator: str) -> T | None:
        """What the earliest segment that is known says, else what all of it is."""
        known = self._spelled() if self._words is None else self._words
        if known or self.globs:
            for segment in segments:
                if segment in known and (found := _fitting(known[segment], separator)):
                    return found
                if self.globs and (found := self._by_glob(segment, separator)):
                    return found
        return _fitting(self.whole, separator)

    def _spelled(self) -> dict[str, list[tuple[str, T]]]:
        """Return all segments that are no patterns, made when first asked for: most never are."""
        known: dict[str, list[tuple[str, T]]] = {}
        for table in (self.exact, *self.shared):
            for segment, answer in table.items():
                known.setdefault(segment, []).append(answer)
        self._words = known
        return known

    def _by_glob(self, segment: str, separator: str) -> T | None:
        if self._compiled is None:  # most are never asked for, and compiling is slow
            self._compile()
        if self._head and segment[: self._head] not in self._heads:
            return None
        if self._literals and not _holds(segment, self._literals):
            return None
        if not self._any.fullmatch(segment):
            return None
        for pattern, wanted, answer in self._compiled or ():
            if wanted in (ANY, separator) and pattern.fullmatch(segment):
                return answer
        return None

    def _compile(self) -> None:
        """Make the patterns, and what tells most segments off without them."""
        self._compiled = [
            (re.compile(glob(text), re.DOTALL), wanted, answer)
            for text, wanted, answer in self.globs
        ]
        self._any = re.compile(
            "|".join(f"(?:{glob(text)})" for text, _, _ in self.globs), re.DOTALL
        )
        literals = [re.split(r"[*?]+", text) for text, _, _ in self.globs]
        self._head = min(len(pieces[0]) for pieces in literals)
        self._heads = frozenset(pieces[0][: self._head] for pieces in literals)
        longest = {max(pieces, key=len) for pieces in literals}
        self._literals = tuple(longest) if len(longest) <= _FEW and all(longest) else ()


@dataclass(slots=True)
class Names(Generic[T]):
    """Sites by their names at the end of a title, or at its start."""

    last: dict[str, Parts[T]] = field(default_factory=dict)
    first: dict[str, Parts[T]] = field(default_factory=dict)
    starred: dict[str, Parts[T]] = field(default_factory=dict)
    _heads: tuple[str, ...] = ()
    _middles: tuple[str, ...] = ()
    _tails: tuple[str, ...] = ()

    def add(self, pattern: str, answer: T, vocabulary: Vocabulary | None = None) -> None:
        """Take in one pattern, written as the title is.

        `Gmail`: the last or only segment. `Messaging | LinkedIn`: the same, with another
        segment. `Discord | *`: the first of several, before just that separator, since names
        there are easily mistaken. `Slack | *Huddle* | *`: the first, with another segment.
        Elsewhere `|` stands for any separator; another one always stands for itself.
        `{messages} | LinkedIn`: any of the words of the vocabulary.

        Raises:
            ValueError: It names no site, or has more segments than can be told apart, or a word
                that the vocabulary doesn't have.
        """
        parts = split(pattern.strip())
        segments, separators = parts[::2], parts[1::2]
        at_start = len(segments) > 1 and segments[-1] == "*"
        if at_start:
            segments = segments[:-1]
        name = segments.pop(0 if at_start else -1)
        if len(segments) > 1 or not name.strip("* ") or (at_start and "*" in name):
            raise ValueError(
                f"{pattern!r}: at most one part beside the site's name, which comes last or first"
            )
        separator = separators[-1] if separators else ANY
        if at_start:
            separator = EXACTLY + separators[0]
        beside = segments[0] if segments and segments[0] != "*" else ""
        spelled = (vocabulary or Vocabulary()).spelled
        besides = spelled(beside)
        table = dict.fromkeys(besides, (separator, answer)) if len(besides) > 1 else None
        for spelling in spelled(name):
            known = self._shelved(spelling.lower(), at_start=at_start)
            if table is None:
                known.add(beside, separator, answer)
            else:
                known.share(table)

    def _shelved(self, name: str, *, at_start: bool) -> Parts[T]:
        """Return what is known of a name, on the shelf where such a name stands."""
        if "*" in name and name not in self.starred:
            self._note_literals(name)
        shelf = self.first if at_start else self.starred if "*" in name else self.last
        known = shelf.get(name)
        if known is None:
            known = shelf[name] = Parts()
        return known

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
