"""Looks things up in one book of rules, and remembers what alone decides."""

import functools
import re
from typing import NamedTuple

from disconnect.sorting import programs, titles
from disconnect.sorting.books import Book, Entry, Inside, Site
from disconnect.sorting.names import ANY

_LOCALE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?|intl|u|\d{1,2}")
"""Segments before the one that tells: a language, `intl/de-de`, the account in `/u/0/`."""
_LONGEST = 5
_DEPTH = 4
"""A part of a site stands in one of the first segments."""

_WEB_APP = re.compile(
    r"(?:google-)?(?:chrome|chromium|msedge|brave|vivaldi)-([a-z0-9-]+(?:\.[a-z0-9-]+)+)_(_.*)-[^-]+"
)


def web_app(app: str) -> tuple[str | None, str | None]:
    """The site and page of a site installed as an app: `chrome-web.whatsapp.com__-default`."""
    made = _WEB_APP.fullmatch(app)
    if made is None:
        return None, None
    return made[1].removeprefix("www."), made[2].replace("_", "/").replace("//", "/")


MOST_PAGES = 50_000
"""Pages whose sorting is remembered; then they are forgotten together."""


Ruled = list[tuple[tuple[str, ...], Entry]]


class _Host(NamedTuple):
    """What holds for a host.

    `entry` is all of it, `paths` are its rules by a path's first segment (those that begin with a
    star under each, and alone under ""), `owner` is whose titles to read, `inside` are words in paths.
    """

    entry: Entry | None
    paths: dict[str, Ruled]
    owner: str
    inside: Inside | None


class Matcher:
    """One book of rules, asked by app, site or title."""

    def __init__(self, book: Book, categories: tuple[str, ...]) -> None:
        """Take a book, and the names of the categories that its entries number."""
        self.book = book
        self._categories = categories
        self.apps = book.apps
        self.names = book.names
        self.regexes = book.regexes
        self._hosts: dict[str, _Host] = {}
        self._insides: dict[int, Inside | None] = {}
        self._pages: dict[tuple[str, str], Entry | None] = {}

    def by_regex(self, title: str) -> Entry | None:
        """The newest regular expression that the title fits."""
        for pattern, entry in self.regexes:
            if pattern.search(title):
                return entry
        return None

    def by_app(self, app: str, title: str | None) -> Entry | None:
        """What an app is, or the part of it that its title tells."""
        windows = self.book.windows.get(app)
        if windows and title and (found := windows.find(titles.cut(title)[::2], ANY)):
            return found
        return self.apps.get(app)

    def by_program(self, runs: str, title: str) -> Entry | None:
        """Return what runs inside a terminal (`commands`) or an editor (`buffers`)."""
        if runs == "commands":
            return programs.command(title, self.book.commands)
        shown = programs.buffer(title)
        return next((entry for shape, entry in self.book.buffers if shape.match(shown)), None)

    def by_site(self, host: str, page: str | None, title: str | None) -> Entry | None:
        """Return what a page is: by title, longest path, a word in the path, host, host's label."""
        entry, paths, owner, inside = self._hosts.get(host) or self._learned(host)
        if owner and title:
            windows = self.book.windows[owner]
            if found := windows.find(titles.cut(title)[::2], ANY):
                return found
        if not page or page == "/" or not (paths or inside):
            return entry
        if not paths:  # quicker looked up than remembered
            return (inside and _part(inside, page.split("/", _DEPTH + 1)[1:])) or entry
        if (host, page) not in self._pages:
            if len(self._pages) >= MOST_PAGES:
                self._pages.clear()
            segments = [part for part in page.split("/") if part]
            found = _by_path(paths, segments) or (inside and _part(inside, segments)) or entry
            self._pages[host, page] = found
        return self._pages[host, page]

    def _learned(self, host: str) -> _Host:
        """Find out once what holds for a host.

        Path rules count up to the first host that has a rule for all of it:
        `mail.google.com` does not ask what `/search` is on `google.com`.
        """
        sites: list[Site] = []
        entry: Entry | None = None
        owner = ""
        name = host
        while True:
            owner = owner or (name if name in self.book.windows else "")
            site = self.book.sites.get(name)
            if site is not None:
                sites.append(site)
                entry = (site.alone if name == host else None) or site.whole
            if entry is not None or "." not in name:
                break
            name = name.partition(".")[2]
        if entry is None:
            entry = self._by_label(host)
        elif name != host:
            entry = self._by_inner_label(entry, host.removesuffix(name)) or entry
        found = _Host(entry, _indexed(sites), owner, self._inside(entry.category if entry else 0))
        self._hosts[host] = found
        return found

    def _by_label(self, host: str) -> Entry | None:
        """Return what a host that no rule knows is by its first label: `chat`, `chat.*.ai`."""
        first, _, rest = host.partition(".")
        if "." not in rest:
            return None
        labels = self.book.labels
        return labels.get(f"{first}.*.{rest.rpartition('.')[2]}") or labels.get(first)

    def _by_inner_label(self, entry: Entry, labels: str) -> Entry | None:
        """Return what a part of a known site is by a label before it: `help.`, `forum.`."""
        inside = self._inside(entry.category)
        if inside is None:
            return None
        known = inside.labels
        return next((known[one] for one in labels.split(".") if one in known), None)

    def _inside(self, category: int) -> Inside | None:
        """Return what parts of sites of a category are; inner categories before outer ones."""
        if category not in self._insides:
            name = self._categories[category]
            owners = [self.book.parts[one] for one in _outwards(name) if one in self.book.parts]
            found = Inside()
            for owner in reversed(owners):
                found.update(owner)
            self._insides[category] = found if owners else None
        return self._insides[category]


def _outwards(name: str) -> list[str]:
    """Return a category and those it lies in, the innermost first."""
    parts = name.split("/")
    return ["/".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _part(inside: Inside, segments: list[str]) -> Entry | None:
    """Return what a page is by the first word of its path that is no language or number."""
    words, patterns = inside.words, inside.patterns
    first = True
    for segment in segments[:_DEPTH]:
        if first:
            found = words.get(segment)
            if found is None and "." in segment:
                found = words.get(segment.partition(".")[0])
            if found is not None:
                return found
            first = len(segment) <= _LONGEST and _LOCALE.fullmatch(segment) is not None
        if segment in patterns:
            for pattern, ruled in patterns[segment]:
                if _lies_in(segments, pattern):
                    return ruled
    return None


def _indexed(sites: list[Site]) -> dict[str, Ruled]:
    """Return the path rules of sites, in their order, by the first segment that they begin with."""
    every = [rule for site in sites for rule in site.paths]
    firsts = {rule[0][0] for rule in every if "*" not in rule[0][0]}
    starred = [rule for rule in every if "*" in rule[0][0]]
    by_first = {
        first: [rule for rule in every if rule[0][0] == first or "*" in rule[0][0]]
        for first in firsts
    }
    return by_first | ({"": starred} if starred else {})


def _by_path(paths: dict[str, Ruled], segments: list[str]) -> Entry | None:
    """Return the first rule, the longest path first, that a page lies in."""
    if not segments:
        return None
    second = segments[1] if len(segments) > 1 else ""
    for pattern, ruled in paths.get(segments[0]) or paths.get("", []):
        # Most rules of one first segment are told apart by the second.
        if len(pattern) > 1 and pattern[1] != second and "*" not in pattern[1]:
            continue
        if _lies_in(segments, pattern):
            return ruled
    return None


def _lies_in(segments: list[str], pattern: tuple[str, ...]) -> bool:
    """Whether a path begins with a rule's segments; `*` stands for any one, or a part of it."""
    if len(segments) < len(pattern):
        return False
    for want, have in zip(pattern, segments, strict=False):
        if want not in (have, "*") and not ("*" in want and _fits(want, have)):
            return False
    return True


@functools.cache
def _compiled(segment: str) -> re.Pattern[str]:
    return re.compile(titles.glob(segment), re.DOTALL)


def _fits(want: str, have: str) -> bool:
    return _compiled(want).fullmatch(have) is not None
