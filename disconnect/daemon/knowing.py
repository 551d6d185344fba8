"""Which pages do browsers' histories know? Asked by the collector, answered in a child process.

A history can have hundreds of megabytes: the child reads it, answers and is gone, and the collector
stays small. Titles come on standard input and go on standard output, never into a file.

    in    {"home": "/home/ana", "browsers": {"firefox": ["Inbox – Mail — Mozilla Firefox", ...]}}
    out   {"firefox": {"histories": {PATH: [...]}, "problem": "", "spent": 0.1,
                      "found": {"Inbox – …": [TITLE, SITE, PAGE]}}}
"""

import contextlib
import json
import re
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from collectors.browsers.copying import UnreadableError, stamp
from collectors.browsers.pages import KnownPage, ending, pages_ending
from collectors.browsers.profiles import Profile, found
from disconnect.sorting import browsers, titles
from disconnect.sorting.titles import BrowserNames

NO_HISTORY = "no history of this browser is found"
ALWAYS_PRIVATE = re.compile(
    r"""^\s*user_pref\(\s*["']browser\.privatebrowsing\.autostart["']\s*,\s*true\s*\)""",
    re.MULTILINE,
)
"""How a profile of Firefox says that all its windows are private: their titles are not marked."""


@dataclass(slots=True)
class _Wanted:
    """One window's title: the pages it can show, and the newest that fit."""

    window: str
    shown: titles.Shown
    by_title: dict[int, KnownPage] = field(default_factory=dict)
    """By the number of the reading that fits."""
    by_site: dict[str, KnownPage] = field(default_factory=dict)
    """By host, where the title's last segment alone is that of a page."""

    def may_be_of(self, profile: Profile) -> bool:
        """True if the window can be a normal one of this profile's browser.

        In every language Firefox ends the title of a private window in more than its bare name.
        Others mark it in some systems; Chromium on X11 does not.
        """
        return self.shown.is_bare or (profile.family != "firefox" and not self.shown.is_marked)

    def take(self, reading: "_Reading", page: KnownPage, parts: list[str]) -> None:
        """Note a page of a history if it is this one, or one of its site."""
        if reading.key == titles.key(parts):
            self.by_title[reading.number] = _newer(self.by_title.get(reading.number), page)
        elif page.site and reading.names_site and len(parts) > 1:
            self.by_site[page.site] = _newer(self.by_site.get(page.site), page)

    def answer(self) -> tuple[str | None, str | None, str | None] | None:
        """Return title, site and path of the page; of its site alone, the site; None: unknown."""
        if self.by_title:
            page = self.by_title[min(self.by_title)]
            return page.title, page.site, page.page
        if self.by_site and len({_owner(host) for host in self.by_site}) == 1:
            return None, max(self.by_site.values(), key=lambda page: page.visited).site, None
        return None


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a window's title."""

    wanted: _Wanted
    number: int
    key: str
    names_site: bool
    """The last of several segments: the name of a site, where it has one."""


def answers(request: dict[str, Any]) -> dict[str, Any]:
    """Answer for each browser which of its windows' titles its histories know."""
    names = browsers.read(browsers.TABLE.read_text(encoding="utf-8"))[1]
    profiles = found(Path(request["home"]))
    return {
        product: _answer(windows, [one for one in profiles if one.product == product], names)
        for product, windows in request["browsers"].items()
    }


def _answer(windows: list[str], profiles: list[Profile], names: BrowserNames) -> dict[str, Any]:
    wanted = [_Wanted(window, titles.shown(titles.cut(window), names)) for window in windows]
    histories: dict[str, list[int]] = {}
    problems = []
    if private := [one.profile for one in profiles if _is_always_private(one)]:
        why = f"its windows may be those of {private[0]}, which is always in private browsing"
        return {"histories": {}, "problem": why, "spent": time.process_time(), "found": {}}
    for profile in profiles:
        try:
            histories[str(profile.path)] = stamp(profile.path)
            _search(profile, wanted)
        except UnreadableError as error:
            problems.append(f"{profile.path} {error}")
    unread = len(problems) == len(profiles)
    known = {one.window: answer for one in wanted if (answer := one.answer())}
    problem = "; ".join(problems) or NO_HISTORY if unread else ""
    spent = time.process_time()  # of the whole process, imports included [s]
    return {"histories": histories, "problem": problem, "spent": spent, "found": known}


def _is_always_private(profile: Profile) -> bool:
    """True if a profile of Firefox keeps no history at all, and so marks no window of its own."""
    if profile.family != "firefox":
        return False
    texts = []
    for name in ("prefs.js", "user.js"):
        with contextlib.suppress(OSError):  # neither is there in a profile that was never begun
            texts.append((profile.path.parent / name).read_text("utf-8", "replace"))
    return any(ALWAYS_PRIVATE.search(text) for text in texts)


def _search(profile: Profile, wanted: list[_Wanted]) -> None:
    by_last: dict[str, list[_Reading]] = defaultdict(list)
    for one in wanted:
        if one.may_be_of(profile):
            for number, parts in enumerate(one.shown.pages):
                reading = _Reading(one, number, titles.key(parts), len(parts) > 1)
                by_last[parts[-1]].append(reading)
    endings = map(ending, by_last)
    for page in pages_ending(profile, endings, lambda title: titles.cut(title)[-1] in by_last):
        parts = titles.cut(page.title)
        for reading in by_last[parts[-1]]:
            reading.wanted.take(reading, page, parts)


def _newer(known: KnownPage | None, page: KnownPage) -> KnownPage:
    return known if known and known.visited > page.visited else page


def _owner(host: str) -> str:
    """The end of a host by which two hosts count as one site: an error costs a site's name only."""
    return ".".join(host.split(".")[-2:])


def main(lines: Iterable[str] = sys.stdin) -> None:
    """Answer one request; ended early, the copy of a history goes, too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    json.dump(answers(json.loads("".join(lines))), sys.stdout)


if __name__ == "__main__":
    main()
