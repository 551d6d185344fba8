"""Looks things up in one book of rules, and remembers what alone decides."""

import functools
import re

from disconnect.sorting import titles
from disconnect.sorting.names import ANY
from disconnect.sorting.rules import Book, Entry, Site

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


class Matcher:
    """One book of rules, asked by app, site or title."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.apps = book.apps
        self.names = book.names
        self.regexes = book.regexes
        self._hosts: dict[str, tuple[Entry | None, tuple[Site, ...], str]] = {}
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

    def by_site(self, host: str, page: str | None, title: str | None) -> Entry | None:
        """What a page is: by its title's part, the longest path, the host, the host's label."""
        known = self._hosts.get(host)
        if known is None:
            known = self._hosts[host] = self._learn(host)
        entry, sites, owner = known
        if owner and title:
            windows = self.book.windows[owner]
            if found := windows.find(titles.cut(title)[::2], ANY):
                return found
        if not sites or not page or page == "/":
            return entry
        if (host, page) not in self._pages:
            if len(self._pages) >= MOST_PAGES:
                self._pages.clear()
            self._pages[host, page] = _by_path(sites, page) or entry
        return self._pages[host, page]

    def _learn(self, host: str) -> tuple[Entry | None, tuple[Site, ...], str]:
        """What holds for a host: the entry of all of it, path rules, and whose titles to read.

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
                entry = site.whole
            if entry is not None or "." not in name:
                break
            name = name.partition(".")[2]
        if entry is None and host.count(".") > 1:
            entry = self.book.labels.get(host.partition(".")[0])
        return entry, tuple(site for site in sites if site.paths), owner


def _by_path(sites: tuple[Site, ...], page: str) -> Entry | None:
    """The first rule, the longest path first, that a page lies in."""
    segments = [part for part in page.split("/") if part]
    for site in sites:
        for pattern, ruled in site.paths:
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
