"""Rule files: TOML read into books that are quick to look things up in."""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from collectors.facts.social import Channel
from disconnect.errors import DisconnectError
from disconnect.sorting.names import ANY, Names, Parts
from disconnect.sorting.titles import BrowserNames, visible

_CATEGORY = re.compile(r"[^\s/]+(?:[ ][^\s/]+)*(?:/[^\s/]+(?:[ ][^\s/]+)*)*")
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*\w)?\.)+[^\W\d_][\w-]*|localhost|\d+(?:\.\d+){3}")
_CHANNELS = tuple(channel.value for channel in Channel)


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
    """The rules of one host: for all of it, and for paths inside it, the longest first."""

    whole: Entry | None = None
    paths: list[tuple[tuple[str, ...], Entry]] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    """Everything one set of rule files says."""

    apps: dict[str, Entry] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    labels: dict[str, Entry] = field(default_factory=dict)
    desktop: dict[str, Entry] = field(default_factory=dict)
    desktop_general: dict[str, Entry] = field(default_factory=dict)
    windows: dict[str, Parts[Entry]] = field(default_factory=dict)
    names: Names[Entry] = field(default_factory=Names)
    regexes: list[tuple[re.Pattern[str], Entry]] = field(default_factory=list)

    def entries(self) -> Iterator[Entry]:
        """Every rule, each once."""
        yield from dict.fromkeys(self._all())

    def _all(self) -> Iterator[Entry]:
        for shelf in (self.apps, self.labels, self.desktop, self.desktop_general):
            yield from shelf.values()
        for site in self.sites.values():
            if site.whole:
                yield site.whole
            yield from (entry for _, entry in site.paths)
        for names in (self.names.last, self.names.first, self.names.starred, self.windows):
            for parts in names.values():
                yield from parts.answers()
        yield from (entry for _, entry in self.regexes)


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
            f"no such category: {name}; {hint}a new one needs a channel: {', '.join(_CHANNELS)}"
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


def read(paths: list[tuple[Path, str]], categories: Categories) -> Book:
    """Read rule files, given with the names they go by, into one book; later rules win.

    Raises:
        DisconnectError: A file cannot be read or has a wrong rule: file, line and key.
    """
    book = Book()
    for path, text in paths:
        _Reader(path, text, categories, book).read()
    for site in book.sites.values():
        site.paths.sort(key=lambda rule: (-len(rule[0]), rule[0].count("*")))
    return book


def browsers(text: str) -> tuple[dict[str, str], BrowserNames]:
    """The bundled table of browsers: family by window name, and what they write in titles."""
    families: dict[str, str] = {}
    names: set[str] = set()
    profiles: set[str] = set()
    for family, table in tomllib.loads(text)["browsers"].items():
        own = [visible(name).lower() for name in words(table["names"], ",")]
        names.update(own)
        if table.get("profiles"):
            profiles.update(own)
        for app in words(table["apps"], r"[,\n]"):
            families[app] = app if family == "others" else family
    return families, BrowserNames(frozenset(names), frozenset(profiles))


class _Reader:
    """Reads one file into a book."""

    def __init__(self, path: Path, text: str, categories: Categories, book: Book) -> None:
        self.path = path
        self.file = str(path)
        self.text = text
        self.categories = categories
        self.book = book
        self.in_call = False
        self.adders: dict[str, tuple[str, Callable[[str, int], None]]] = {
            "apps": (r"[,\n]", self._app),
            "sites": (r"[\s,]+", self._site),
            "titles": (r"\n", self._title),
            "title_regex": (r"\n", self._regex),
            "windows": (r"\n", self._window),
            "labels": (r"[\s,]+", self._label),
            "desktop": (r"[\s,]+", self._desktop),
            "desktop_general": (r"[\s,]+", self._desktop_general),
        }

    def read(self) -> None:
        try:
            table = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise DisconnectError(f"{self.path}: not valid TOML: {error}") from error
        rules = table.get("rule", [])
        for key in table:
            if key not in {"rule", "browsers"}:
                raise self._wrong(-1, key, "no such key; rules are written under [[rule]]")
        if not (isinstance(rules, list) and all(isinstance(rule, dict) for rule in rules)):
            raise self._wrong(-1, "rule", "rules are written under [[rule]], with two brackets")
        for number, rule in enumerate(rules):
            self._rule(number, rule)

    def _rule(self, number: int, rule: dict[str, Any]) -> None:
        for key, value in rule.items():
            self._check(number, key, value)
        category = self._category(number, rule)
        self.in_call = rule.get("in_call", False)
        for key, (separator, add) in self.adders.items():
            for word in words(rule.get(key, ""), separator):
                try:
                    add(word, category)
                except ValueError as error:
                    raise self._wrong(number, key, str(error)) from error

    def _check(self, number: int, key: str, value: object) -> None:
        """Refuse a key that is none, and a value of another kind than its key holds."""
        known = ["category", "channel", "in_call", *self.adders]
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
            raise self._wrong(number, key, f"no such key; {hint}")
        if key == "in_call":
            if not isinstance(value, bool):
                raise self._wrong(number, key, f"must be true or false, not {value!r}")
            return
        listed = value if key in self.adders and isinstance(value, list) else [value]
        if not all(isinstance(one, str) for one in listed):
            raise self._wrong(number, key, f"must be a text, not {value!r}")

    def _category(self, number: int, rule: dict[str, Any]) -> int:
        name, channel = rule.get("category", ""), rule.get("channel")
        if not _CATEGORY.fullmatch(name):
            why = f"a path such as communication/forums, not {name!r}" if name else "is missing"
            raise self._wrong(number, "category", why)
        if channel is not None and channel not in _CHANNELS:
            raise self._wrong(number, "channel", f"one of {', '.join(_CHANNELS)}, not {channel!r}")
        try:
            found = self.categories.number(name, channel)
        except ValueError as error:
            key = "category" if channel is None else "channel"
            raise self._wrong(number, key, str(error)) from error
        if rule.get("in_call") and self.categories.channels[name] is not Channel.CALL:
            raise self._wrong(number, "in_call", f"{name} has another channel than call")
        return found

    def _wrong(self, number: int, key: str, why: str) -> DisconnectError:
        """The error of a key in the rule of that number (-1: before the first)."""
        line = found = 1
        rule = -1
        for line, content in enumerate(self.text.splitlines(), start=1):
            if re.match(r"\s*\[\[\s*rule\s*\]\]", content):
                rule += 1
                found = line if rule == number else found
            elif rule == number and re.match(
                rf"\s*\[?[\"']?{re.escape(key)}[\"']?\s*[=\]]", content
            ):
                found = line
                break
        return DisconnectError(f"{self.path}, line {found}: {key}: {why}")

    def _entry(self, category: int, kind: str, rule: str) -> Entry:
        return Entry(category, kind, rule, self.file, self.in_call)

    def _app(self, word: str, category: int) -> None:
        self.book.apps[app_name(word)] = self._entry(category, "apps", word)

    def _site(self, word: str, category: int) -> None:
        host, path = host_and_path(word)
        site = self.book.sites.setdefault(host, Site())
        entry = self._entry(category, "sites", word)
        if path:
            site.paths = [rule for rule in site.paths if rule[0] != path]
            site.paths.append((path, entry))
        else:
            site.whole = entry

    def _title(self, word: str, category: int) -> None:
        self.book.names.add(word, self._entry(category, "titles", word))

    def _regex(self, word: str, category: int) -> None:
        try:
            pattern = re.compile(word)
        except re.error as error:
            raise ValueError(f"{word!r} is no regular expression: {error}") from error
        self.book.regexes.insert(0, (pattern, self._entry(category, "title_regex", word)))

    def _window(self, word: str, category: int) -> None:
        owners, colon, patterns = word.partition(": ")
        if not colon:
            raise ValueError(f"{word!r}: write apps or hosts, a colon, and parts of their titles")
        entry = self._entry(category, "windows", word)
        for pattern in words(patterns, ","):
            for owner in words(owners, ","):
                self.book.windows.setdefault(owner.lower(), Parts()).add(pattern, ANY, entry)

    def _label(self, word: str, category: int) -> None:
        self.book.labels[word] = self._entry(category, "labels", word)

    def _desktop(self, word: str, category: int) -> None:
        self.book.desktop[word] = self._entry(category, "desktop", word)

    def _desktop_general(self, word: str, category: int) -> None:
        self.book.desktop_general[word] = self._entry(category, "desktop_general", word)
