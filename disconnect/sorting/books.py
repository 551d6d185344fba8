"""Books of rules: what rule files say, kept so that it is quick to look things up in."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from collectors.facts.social import Channel
from disconnect.sorting.names import Names, Parts, Vocabulary

CHANNELS = tuple(channel.value for channel in Channel)
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*\w)?\.)+[^\W\d_][\w-]*|localhost|\d+(?:\.\d+){3}")
ALONE = "="
"""Written before a site's host: the host itself, none of its subdomains."""


class Entry(NamedTuple):
    """Where something belongs, and the rule that says so; `kind` is the key it stands under.

    `in_call`: what the rule fits shows that a call goes on, whether or not anybody types.
    """

    category: int
    kind: str
    rule: str
    file: str
    in_call: bool = False


@dataclass(slots=True)
class Site:
    """The rules of one host: for all of it, and for paths inside it, the longest first.

    `alone` holds for the host itself, where its subdomains are something else.
    """

    whole: Entry | None = None
    alone: Entry | None = None
    paths: list[tuple[tuple[str, ...], Entry]] = field(default_factory=list)


@dataclass(slots=True)
class Inside:
    """What parts of sites of one kind are, by a label of the host, a word or pattern of the path.

    Patterns are kept by their first word that is no `*`: most pages are told off by that alone.
    """

    labels: dict[str, Entry] = field(default_factory=dict)
    words: dict[str, Entry] = field(default_factory=dict)
    patterns: dict[str, list[tuple[tuple[str, ...], Entry]]] = field(default_factory=dict)

    def add(self, text: str, entry: Entry) -> None:
        """Take in `help` (label or word), `/help` (word), `help.` (label) or `*/help` (pattern)."""
        path = tuple(part for part in text.split("/") if part)
        if len(path) > 1:
            first = next(part for part in path if part != "*")
            self.patterns.setdefault(first, []).append((path, entry))
            return
        if not text.startswith("/"):
            self.labels[text.removesuffix(".")] = entry
        if not text.endswith("."):
            self.words[path[0]] = entry

    def update(self, other: "Inside") -> None:
        """Take in all that another says, which wins."""
        self.labels.update(other.labels)
        self.words.update(other.words)
        for first, patterns in other.patterns.items():
            self.patterns[first] = patterns + self.patterns.get(first, [])


@dataclass(slots=True)
class Book:
    """Everything one set of rule files says."""

    apps: dict[str, Entry] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    labels: dict[str, Entry] = field(default_factory=dict)
    desktop: dict[str, Entry] = field(default_factory=dict)
    desktop_general: dict[str, Entry] = field(default_factory=dict)
    parts: dict[str, Inside] = field(default_factory=dict)
    commands: dict[str, Entry] = field(default_factory=dict)
    buffers: list[tuple[re.Pattern[str], Entry]] = field(default_factory=list)
    windows: dict[str, Parts[Entry]] = field(default_factory=dict)
    names: Names[Entry] = field(default_factory=Names)
    regexes: list[tuple[re.Pattern[str], Entry]] = field(default_factory=list)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    def entries(self) -> Iterator[Entry]:
        """Every rule, each once."""
        yield from dict.fromkeys(self._all())

    def _all(self) -> Iterator[Entry]:
        for shelf in (self.apps, self.labels, self.commands, self.desktop, self.desktop_general):
            yield from shelf.values()
        for site in self.sites.values():
            yield from (entry for entry in (site.whole, site.alone) if entry)
            yield from (entry for _, entry in site.paths)
        for inside in self.parts.values():
            yield from inside.labels.values()
            yield from inside.words.values()
            for patterns in inside.patterns.values():
                yield from (entry for _, entry in patterns)
        for names in (self.names.last, self.names.first, self.names.starred, self.windows):
            for parts in names.values():
                yield from parts.answers()
        yield from (entry for _, entry in (*self.regexes, *self.buffers))


@dataclass(slots=True)
class Categories:
    """Every category by its path, each with one channel; the first is `uncategorised`."""

    channels: dict[str, Channel] = field(default_factory=lambda: {"uncategorised": Channel.OTHER})

    def number(self, name: str, channel: str | None) -> int:
        """The index of a category, made when it is new; an inner one takes its parent's channel.

        Raises:
            ValueError: A new category has no channel, or a known one has another.
        """
        known = self.channels.get(name)
        if known is None:
            self.channels[name] = self._of_new(name, channel)
        elif channel is not None and channel != known:
            raise ValueError(f"{name} has the channel {known} already; choose another name")
        return list(self.channels).index(name)

    def _of_new(self, name: str, channel: str | None) -> Channel:
        parent = name.rpartition("/")[0]
        if channel is not None:
            return Channel(channel)
        if parent in self.channels:
            return self.channels[parent]
        near = difflib.get_close_matches(name, self.channels, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise ValueError(
            f"no such category: {name}; {hint}a new one needs a channel: {', '.join(CHANNELS)}"
        )


def app_name(app: str) -> str:
    """An app's name as rules know it: lower case, without folder and trailing .exe."""
    name = app.strip().lower()
    if "\\" in name or name.startswith("/"):
        name = re.split(r"[\\/]", name)[-1]
    return name.removesuffix(".exe")


def host_and_path(site: str) -> tuple[str, tuple[str, ...]]:
    """A site of a rule as host and path segments, as facts have them.

    Raises:
        ValueError: It is no host, or has a scheme or a query.
    """
    if "://" in site or "?" in site:
        raise ValueError(f"{site!r}: write host and path alone, such as example.org/forum")
    host, _, path = site.partition("/")
    host = host.lower().removeprefix("www.")
    if not _HOST.fullmatch(host):
        raise ValueError(f"{site!r} begins with no host such as example.org")
    return host, tuple(part for part in path.split("/") if part)


def words(value: str | list[str], separator: str) -> list[str]:
    """A list, or a text that holds one, as its parts."""
    parts = re.split(separator, value) if isinstance(value, str) else value
    return [part.strip() for part in parts if part.strip()]
