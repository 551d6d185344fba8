"""Rule files: TOML read into books."""

import difflib
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from collectors.facts.social import Channel
from disconnect.errors import DisconnectError
from disconnect.sorting.books import (
    ALONE,
    CHANNELS,
    Book,
    Categories,
    Entry,
    Inside,
    Site,
    app_name,
    host_and_path,
    words,
)
from disconnect.sorting.names import ANY, Parts, Vocabulary

_CATEGORY = re.compile(r"[^\s/]+(?:[ ][^\s/]+)*(?:/[^\s/]+(?:[ ][^\s/]+)*)*")


def read(
    paths: list[tuple[Path, str]], categories: Categories, vocabulary: Vocabulary | None = None
) -> Book:
    """Read rule files, given with the names they go by, into one book; later rules win.

    Args:
        paths: Files and their texts.
        categories: Those that are known; new ones are added.
        vocabulary: Words that rules may name in braces, beside those that the files bring.

    Raises:
        DisconnectError: A file cannot be read or has a wrong rule: file, line and key.
    """
    book = Book(vocabulary=Vocabulary(vocabulary or {}))
    readers = [_Reader(path, text, categories, book) for path, text in paths]
    for reader in readers:
        reader.learn_words()
    for reader in readers:
        reader.read()
    for site in book.sites.values():
        site.paths.sort(key=lambda rule: (-len(rule[0]), rule[0].count("*")))
    return book


class _Reader:
    """Reads one file into a book."""

    def __init__(self, path: Path, text: str, categories: Categories, book: Book) -> None:
        self.path = path
        self.file = str(path)
        self.text = text
        self.categories = categories
        self.book = book
        self.in_call = False
        self.table = self._parsed()
        self.adders: dict[str, tuple[str, Callable[[str, int], None]]] = {
            "apps": (r"[,\n]", self._app),
            "sites": (r"[\s,]+", self._site),
            "titles": (r"\n", self._title),
            "title_regex": (r"\n", self._regex),
            "windows": (r"\n", self._window),
            "labels": (r"[\s,]+", self._label),
            "parts": (r"\n", self._part),
            "commands": (r"[\s,]+", self._command),
            "buffers": (r"\n", self._buffer),
            "desktop": (r"[\s,]+", self._desktop),
            "desktop_general": (r"[\s,]+", self._desktop_general),
        }

    def _parsed(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise DisconnectError(f"{self.path}: not valid TOML: {error}") from error

    def learn_words(self) -> None:
        found = self.table.get("words", {})
        if not (isinstance(found, dict) and all(isinstance(text, str) for text in found.values())):
            raise self._wrong(-1, "words", "words are written as a table of texts")
        self.book.vocabulary.update(
            {name: tuple(words(text, r"[,\n]")) for name, text in found.items()}
        )

    def read(self) -> None:
        rules = self.table.get("rule", [])
        for key in self.table:
            if key not in {"rule", "browsers", "words"}:
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
        if channel is not None and channel not in CHANNELS:
            raise self._wrong(number, "channel", f"one of {', '.join(CHANNELS)}, not {channel!r}")
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
        host, path = host_and_path(word.removeprefix(ALONE))
        site = self.book.sites.get(host)
        if site is None:
            site = self.book.sites[host] = Site()
        entry = self._entry(category, "sites", word)
        if path:
            site.paths = [rule for rule in site.paths if rule[0] != path]
            site.paths.append((path, entry))
        elif word.startswith(ALONE):
            site.alone = entry
        else:
            site.whole = entry

    def _title(self, word: str, category: int) -> None:
        entry = self._entry(category, "titles", word)
        self.book.names.add(word, entry, self.book.vocabulary)

    def _regex(self, word: str, category: int) -> None:
        found = (_pattern(word), self._entry(category, "title_regex", word))
        self.book.regexes.insert(0, found)

    def _window(self, word: str, category: int) -> None:
        owners, patterns = self._owned(word, "apps or hosts, a colon, and parts of their titles")
        entry = self._entry(category, "windows", word)
        spelled = [self.book.vocabulary.spelled(pattern) for pattern in patterns]
        for owner in map(str.lower, owners):
            parts = self.book.windows.get(owner) or Parts()
            self.book.windows[owner] = parts
            for known in spelled:
                parts.add_any(known, ANY, entry)

    @staticmethod
    def _owned(word: str, form: str) -> tuple[list[str], list[str]]:
        owners, colon, patterns = word.partition(": ")
        if not colon:
            raise ValueError(f"{word!r}: write {form}")
        return words(owners, ","), words(patterns, ",")

    def _part(self, word: str, category: int) -> None:
        form = "categories, a colon, and words or paths that say what a part of such a site is"
        owners, found = self._owned(word, form)
        for one in found:
            if not one.strip("*/. "):
                raise ValueError(f"{one!r}: write a word that stands in paths")
            entry = self._entry(category, "parts", one)
            for owner in owners:
                self.book.parts.setdefault(owner, Inside()).add(one, entry)

    def _command(self, word: str, category: int) -> None:
        self.book.commands[word.lower()] = self._entry(category, "commands", word)

    def _buffer(self, word: str, category: int) -> None:
        self.book.buffers.append((_pattern(word), self._entry(category, "buffers", word)))

    def _label(self, word: str, category: int) -> None:
        self.book.labels[word] = self._entry(category, "labels", word)

    def _desktop(self, word: str, category: int) -> None:
        self.book.desktop[word] = self._entry(category, "desktop", word)

    def _desktop_general(self, word: str, category: int) -> None:
        self.book.desktop_general[word] = self._entry(category, "desktop_general", word)


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from error
