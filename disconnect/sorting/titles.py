"""Titles of windows, cut into segments; what the browser added is taken off.

Every reader of titles uses this one parser: sorting, the collector's look into browser histories,
and the timeline, which finds the visit that a window shows.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

split = re.compile(r" ([-–—|·•/:]) ").split
"""A title's segments, with the separators between them."""

_MARK = r"(?:\(\d+\+?\)|\[\d+\+?\]|[•●*!🔴🔊])"
_MARKS_BEFORE = re.compile(rf"\s*(?:{_MARK}\s*)*(?=\S)")
_COUNT = re.compile(r"[(\[]\d+\+?[)\]]")
_CLOSING = frozenset(")]")
_BEFORE = frozenset("([•●*!🔴🔊 ")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Marks of the writing direction and spaces of no width: they change no word."""
_MORE_PAGES = re.compile(r"(?P<words>.*\S)\s*\b\d+\s*[^\W\d].*")
"""A number between two words, as in "Inbox and 2 more pages"."""
_BORDER = re.compile(r"\s+|(?<=[\x21-\x7e])(?=[^\W\d_a-zA-Z])")
"""Where a page's name can end: before a space, or where another script begins."""
_MOST_WORDS = 3
"""Words that any language puts between a page and the number of the others."""
_BRACKETED = re.compile("\\s*[(\\[\uff08].*[)\\]\uff09]")


@dataclass(frozen=True, slots=True)
class BrowserNames:
    """What browsers write behind a page's title; `profiles`: a profile's name stands before it."""

    names: frozenset[str]
    profiles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a browser's window may show.

    `pages` are the titles that the page can have, cut into segments, the likeliest first; a window
    without a page has none. `is_bare` tells that the title ends in the browser's name and nothing
    else, as it does in a normal window of Firefox, never in a private one; `is_marked`, that the
    browser added words to its name, or brackets before it, as it does in a private window.
    """

    pages: tuple[list[str], ...]
    is_bare: bool = False
    is_marked: bool = False


def visible(title: str) -> str:
    """Return a title without marks of direction and spaces of no width."""
    return title if title.isascii() else _INVISIBLE.sub("", title)


def cut(title: str) -> list[str]:
    """Split a title into its segments with the separators between, counters taken off."""
    title = visible(title)
    parts = split(title)
    if title[:1] in _BEFORE and (marks := _MARKS_BEFORE.match(parts[0])):
        parts[0] = parts[0][marks.end() :]
    if ")" in title or "]" in title or "  " in title or title[-1:] == " ":
        for place in range(0, len(parts), 2):
            parts[place] = _without_count(parts[place].strip())
    return parts


def _without_count(segment: str) -> str:
    """Take a counter off the end: "Inbox (2)" is the inbox."""
    if segment[-1:] not in _CLOSING:
        return segment
    name, space, count = segment.rpartition(" ")
    return name.rstrip() if space and _COUNT.fullmatch(count) else segment


def key(parts: list[str]) -> str:
    """Return the text by which two titles of one page are equal: words and separators alone."""
    return " ".join(parts)


def shown(parts: list[str], browsers: BrowserNames) -> Shown:
    """Take the browser's own words off a window's title, as `cut` returns it.

    A profile's name cannot be told from a page's by itself, so both readings are given:
    "Inbox – Gmail — Work — Mozilla Firefox" shows "Inbox – Gmail — Work" or "Inbox – Gmail".
    """
    last = parts[-1].strip().lower()
    profile, colon, name = last.rpartition(": ")
    if colon and name in browsers.names:  # "Inbox - Personal: Microsoft Edge"
        separator = parts[-2] if len(parts) > 1 else "-"
        parts = [*parts[:-1], parts[-1].strip()[: len(profile)], separator, name]
        last = name
    if last in browsers.names:
        profiles = last in browsers.profiles
        in_brackets = len(parts) > 4 and _BRACKETED.fullmatch(parts[-3])  # noqa: PLR2004 - page, mark, browser
        marked = profiles and bool(in_brackets)
        return Shown(tuple(_before(parts, profiles=profiles)), not marked, marked)
    if len(parts) > 4 and parts[-3].lower() in browsers.names:  # noqa: PLR2004 - page, browser, profile
        return Shown((parts[:-4],))
    if _is_marked(last, browsers.names):
        return Shown((parts[:-2],) if len(parts) > 1 else (), is_marked=True)
    return Shown((parts,))


def _before(parts: list[str], *, profiles: bool) -> Iterator[list[str]]:
    """The readings of what stands before a browser's name, which is the last part."""
    if len(parts) < 3:  # noqa: PLR2004 - page, separator, browser
        return
    whole = parts[:-2]
    yield whole
    if not profiles or len(whole) < 3 or whole[-2] != parts[-2]:  # noqa: PLR2004
        return
    inner = whole[:-2]
    yield inner
    yield from ([*inner[:-1], name] for name in _without_more_pages(inner[-1]))


def _without_more_pages(segment: str) -> Iterator[str]:
    """Where a segment counts other pages, in any language, the names that can stand before that.

    "Inbox und 2 weitere Seiten" is "Inbox und" or "Inbox": which, decides whoever knows pages.
    """
    if not (found := _MORE_PAGES.fullmatch(segment)):
        return
    words = found["words"]
    borders = [border.start() for border in _BORDER.finditer(words)]
    yield from (words[:place].rstrip() for place in reversed(borders[-_MOST_WORDS:]))


def _is_marked(segment: str, names: frozenset[str]) -> bool:
    """True if a segment (in lower case) is a browser's name with a mark of its own.

    "Mozilla Firefox Privater Modus", "Приватный просмотр Mozilla Firefox", "Brave (Privé)": a name
    of one word counts only with brackets behind, since it is a word of pages, too.
    """
    every = _as_tuple(names)
    if not segment.startswith(every) and not segment.endswith(every):
        return False
    for name in every:
        if segment.startswith(name) and (" " in name or _BRACKETED.fullmatch(segment, len(name))):
            return True
        if " " in name and segment.endswith(name):
            return True
    return False


@functools.cache
def _as_tuple(names: frozenset[str]) -> tuple[str, ...]:
    return tuple(names)


def glob(pattern: str) -> str:
    """A pattern as the text of a regular expression: `*` is any text between whole words, `?` one character."""
    made = ""
    for place, sign in enumerate(pattern):
        if sign == "*":
            before, after = pattern[place - 1 : place], pattern[place + 1 : place + 2]
            made += r"(?![\w-])" if before and (before.isalnum()) else ""
            made += ".*"
            made += r"(?<![\w-])" if after.isalnum() else ""
        else:
            made += r"\w" if sign == "?" else re.escape(sign)
    return made
