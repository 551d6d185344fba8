"""Titles of windows, cut into segments; what the browser added is taken off."""

import re
from dataclasses import dataclass

split = re.compile(r" ([-–—|·•/:]) ").split
"""A title's segments, with the separators between them."""

_MARK = r"(?:\(\d+\+?\)|\[\d+\+?\]|[•●*!🔴🔊])"
_MARKS_BEFORE = re.compile(rf"\s*(?:{_MARK}\s*)*(?=\S)")
_COUNT = re.compile(r"[(\[]\d+\+?[)\]]")
_MORE_PAGES = re.compile(r" and \d+ more pages?$")
_CLOSING = frozenset(")]")
_BEFORE = frozenset("([•●*!🔴🔊 ")


@dataclass(frozen=True, slots=True)
class BrowserNames:
    """What browsers write behind a page's title; `profiles`: a profile's name stands before it."""

    names: frozenset[str]
    profiles: frozenset[str]


def cut(title: str) -> list[str]:
    """Split a title into its segments with the separators between, counters taken off."""
    parts = split(title)
    if " more page" in title:
        parts = [_MORE_PAGES.sub("", part) for part in parts]
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


def without_browser(parts: list[str], browsers: BrowserNames) -> tuple[list[str], bool]:
    """Take the browser's own words off the end; whether a profile's name may still stand there.

    "Inbox - Gmail - Google Chrome - Ana" ends in a profile, "Inbox - Gmail — Work — Mozilla
    Firefox" has one before the browser's name.
    """
    last = parts[-1].strip().lower()
    if last in browsers.names:
        separator = parts[-2] if len(parts) > 1 else ""
        rest = parts[:-2]
        perhaps = last in browsers.profiles and len(rest) > 2 and rest[-2] == separator  # noqa: PLR2004
        return rest, perhaps
    if len(parts) > 4 and parts[-3].lower() in browsers.names:  # noqa: PLR2004 - page, browser, profile
        return parts[:-4], False
    return parts, False


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
