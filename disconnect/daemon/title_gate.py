"""The gate for browsers' titles: one is written only once its browser's history knows the page.

Private pages are never in a history, in any browser and any language, so nothing else tells them
apart. Until a history knows the page, its title is held here, in memory alone, and the row is
written without title, site and page: browser time, nothing more.

    look      "Inbox – Mail — Mozilla Firefox"     row   firefox-esr
    history   knows "Inbox – Mail"                 row   firefox-esr, "Inbox – Mail", mail.example, /
    history   knows "Sent – Mail" alone            row   firefox-esr, mail.example
    history   knows neither                        row   firefox-esr
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from collectors.facts.screen import Activity
from collectors.source import Window
from disconnect.daemon.discretion import Discretion
from disconnect.daemon.sessionizer import Changes, Row
from disconnect.settings import Collect
from disconnect.sorting.browsers import Browsers

TRUSTED = 3600.0
"""Seconds for which an answer holds: a person may delete from a history, too."""
HELD = 600.0
"""Seconds for which a title that no history knows is held after it was last in front."""
MOST_TITLES = 500
"""Titles that are held, or known, at most: then the oldest are let go of."""
MOST_ROWS = 200
"""Rows of one title that wait for it, at most."""

Name = tuple[str, str]
"""A browser, and the title of a window of its."""
_Key = tuple[str, datetime]


@dataclass(frozen=True, slots=True)
class _Known:
    title: str | None
    site: str | None
    page: str | None
    until: float


@dataclass(slots=True)
class _Held:
    since: float
    seen: float
    rows: dict[_Key, Activity] = field(default_factory=dict)


@dataclass(slots=True)
class TitleGate:
    """Holds titles back, and lets them pass once a history knows them.

    Args:
        browsers: Which windows are browsers'.
        collect: The person's settings.
        discretion: What may be written of what is known.
    """

    browsers: Browsers
    collect: Collect
    discretion: Discretion
    unreadable: dict[str, str] = field(default_factory=dict)
    """Browsers none of whose histories could be read when last asked, and why."""
    _known: dict[Name, _Known] = field(default_factory=dict, init=False)
    _held: dict[Name, _Held] = field(default_factory=dict, init=False)
    _of_row: dict[_Key, Name] = field(default_factory=dict, init=False)

    def obey(self, collect: Collect, discretion: Discretion) -> None:
        """Take over other settings."""
        self.collect, self.discretion = collect, discretion

    def window(self, window: Window | None) -> Window | None:
        """Return what is in front without a title that neither is kept nor tells a page."""
        if window is None or self.collect.titles or self.browsers.family(window.app):
            return window
        return Window(window.app)

    def passing(self, changes: Changes, steady: float) -> Changes:
        """Return the rows as they may be written now; those that may not be are left out."""
        return Changes(
            tuple(self._each(changes.cut, steady)),
            tuple(self._each(changes.grown, steady)),
            changes.stepped,
        )

    def held(self) -> Mapping[str, Mapping[str, float]]:
        """Return what waits: for each browser its titles, and since when each does."""
        found: dict[str, dict[str, float]] = {}
        if self.collect.browsers:
            for (browser, title), held in self._held.items():
                found.setdefault(browser, {})[title] = held.since
        return found

    def notes(self) -> list[str]:
        """Return what a person should know: whose titles are not kept, and why."""
        return [
            f"no page title of {browser} is kept: {why}"
            for browser, why in self.unreadable.items()
            if not self._is_exempt(browser)
        ]

    def take(self, answers: Mapping[str, Any], steady: float) -> list[Activity]:
        """Take in what histories know; returns rows that can now be described better.

        Args:
            answers: As the child process of `knowing` gives them.
            steady: Now, on the steady clock [s].
        """
        revised: list[Activity] = []
        for browser, answer in answers.items():
            self.unreadable.pop(browser, None)
            if answer["problem"]:
                self.unreadable[browser] = answer["problem"]
            if self._is_exempt(browser):
                revised += self._freed(browser)
            for window, (title, site, page) in answer["found"].items():
                name = (browser, window)
                self._remember(name, _Known(title, site, page, steady + TRUSTED))
                revised += self._described(name)
        self._let_go(steady)
        return revised

    def _each(self, rows: Iterable[Row], steady: float) -> Iterable[Row]:
        for row in rows:
            if self.discretion.fact(row) is None:
                continue
            seen = self._seen(row, steady) if isinstance(row, Activity) else row
            if (written := self.discretion.fact(seen)) is not None:
                yield written

    def _seen(self, row: Activity, steady: float) -> Activity:
        browser = self.browsers.family(row.app)
        if browser is None or row.title is None or self._is_exempt(browser):
            return row
        name = (browser, row.title)
        known = self._known.get(name)
        if known is not None and known.until < steady:
            del self._known[name]
            known = None
        if known is None or known.title is None:
            self._hold(name, row, steady)
        return _as_known(row, known)

    def _is_exempt(self, browser: str) -> bool:
        """True if the person wants titles of a browser whose history cannot be read."""
        wanted = browser in self.collect.titles_without_history
        return wanted and (not self.collect.browsers or browser in self.unreadable)

    def _hold(self, name: Name, row: Activity, steady: float) -> None:
        key = (row.source, row.start)
        before = self._of_row.get(key)
        if before not in {None, name} and before in self._held:  # a window names itself late
            self._held[before].rows.pop(key, None)
        held = self._held.setdefault(name, _Held(steady, steady))
        held.seen = steady
        held.rows[key] = row
        self._of_row[key] = name
        if len(held.rows) > MOST_ROWS:
            oldest = next(iter(held.rows))
            del held.rows[oldest]
            self._of_row.pop(oldest, None)
        if len(self._held) > MOST_TITLES:
            self._drop(min(self._held, key=lambda one: self._held[one].seen))

    def _remember(self, name: Name, known: _Known) -> None:
        self._known.pop(name, None)
        self._known[name] = known
        if len(self._known) > MOST_TITLES:
            del self._known[next(iter(self._known))]

    def _described(self, name: Name) -> list[Activity]:
        """The rows that waited for a title; they wait on while only its site is known."""
        held, known = self._held.get(name), self._known[name]
        if held is None:
            return []
        rows = [self.discretion.fact(_as_known(row, known)) for row in held.rows.values()]
        if known.title is not None:
            self._drop(name)
        return [row for row in rows if row is not None]

    def _freed(self, browser: str) -> list[Activity]:
        """The rows of a browser whose titles are wanted without a history, as they were seen."""
        names = [name for name in self._held if name[0] == browser]
        rows = [row for name in names for row in self._held[name].rows.values()]
        for name in names:
            self._drop(name)
        return [kept for row in rows if (kept := self.discretion.fact(row)) is not None]

    def _let_go(self, steady: float) -> None:
        """Forget what has long not been in front: it was private, or nobody will ever know."""
        for name in [name for name, held in self._held.items() if held.seen + HELD < steady]:
            self._drop(name)

    def _drop(self, name: Name) -> None:
        for key in self._held.pop(name).rows:
            self._of_row.pop(key, None)


def _as_known(row: Activity, known: _Known | None) -> Activity:
    if known is None:
        return replace(row, title=None, site=None, page=None)
    return replace(row, title=known.title, site=known.site, page=known.page)
