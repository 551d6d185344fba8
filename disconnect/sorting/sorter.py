"""Sorts what was in front into categories: by site, app, title, or the desktop's own word."""

import functools
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from collectors.facts.social import Channel
from disconnect.errors import DisconnectError
from disconnect.sorting import browsers, domains, titles
from disconnect.sorting.books import Book, Categories, Entry, app_name
from disconnect.sorting.desktop_entries import DesktopEntries
from disconnect.sorting.explaining import BUNDLED, place, why
from disconnect.sorting.matching import Matcher, web_app
from disconnect.sorting.rules import read
from disconnect.sorting.titles import BrowserNames

CODE_VERSION = "3"
"""Raised when the same rules sort differently, so that what was sorted before is sorted anew."""

_NUMBER = re.compile(r"[ _-]v?\d+(?:\.\d+)*$")

IN_CALL = 1 << 15
"""Set beside the number of a category where the rule shows that a call goes on."""
UNCATEGORISED = Entry(0, "none", "", "")


@dataclass(frozen=True, slots=True)
class Explained:
    """Where something belongs, by which rule of which file, and why that rule matched."""

    category: str
    channel: Channel
    rule: str
    source: str
    why: str
    in_call: bool


@dataclass(frozen=True, slots=True)
class _App:
    """What is known of a window's app, whatever its title."""

    name: str
    browses: bool
    site: str | None = None
    page: str | None = None
    runs: str = ""
    """What other programs run inside it: `commands` in a terminal, `buffers` in Emacs."""


class Sorter:
    """Sorts contexts by the bundled rules and a person's own, which come first."""

    def __init__(
        self,
        books: Sequence[Book],
        categories: Categories,
        families: tuple[dict[str, str], BrowserNames],
        fingerprint: str,
        desktop: DesktopEntries,
    ) -> None:
        self.fingerprint = fingerprint
        self.categories = tuple(categories.channels)
        self.channels = tuple(categories.channels.values())
        self._matchers = tuple(Matcher(book, self.categories) for book in books if book != Book())
        self._bundled = books[-1]
        self._families, self._browser_names = families
        self._desktop = desktop
        self._apps: dict[str, _App] = {}
        self._by_desktop: dict[str, Entry] = {}
        self._browsing = Entry(self.categories.index("browsing"), "browser", "", "")

    @classmethod
    def load(cls, own: Path | None, desktop: DesktopEntries | None = None) -> "Sorter":
        """Read the bundled rules and a person's own file, which may be missing.

        Raises:
            DisconnectError: The person's file cannot be read, or a rule in it is wrong.
        """
        bundled, book, channels, table = _bundled()
        text = _own_text(own)
        digest = hashlib.sha256(CODE_VERSION.encode())
        for part in [*(text for _, text in bundled), text]:
            digest.update(part.encode() + b"\0")
        categories = Categories(dict(channels))
        books = [book]
        if own is not None and text.strip():
            books.insert(0, read([(own, text)], categories, books[0].vocabulary))
        return cls(books, categories, table, digest.hexdigest()[:16], desktop or DesktopEntries())

    def sort(self, app: str, title: str | None, site: str | None, page: str | None) -> int:
        """The index in `categories` of what was in front; what decides alone is remembered."""
        return self._entry(app, title, site, page)[0]

    def told(self, app: str, title: str | None, site: str | None, page: str | None) -> int:
        """The same, with IN_CALL set where it shows that a call goes on."""
        entry = self._entry(app, title, site, page)
        return entry.category | IN_CALL if entry.in_call else entry.category

    def explain(self, app: str, title: str | None, site: str | None, page: str | None) -> Explained:
        """Say where something belongs, and which rule of which file says so."""
        entry = self._entry(app, title, site, page)
        return Explained(
            category=self.categories[entry.category],
            channel=self.channels[entry.category],
            rule=entry.rule,
            source=place(entry),
            why=why(entry, app_name(app), site),
            in_call=entry.in_call,
        )

    def browser(self, app: str) -> str | None:
        """The browser family of a window's app; None when it is no browser."""
        return self._families.get(app) or self._families.get(self._app(app).name)

    def page_titles(self, window: str) -> list[str]:
        """The titles, as `titles.key` has them, that the page in a browser's window can have."""
        shown = titles.shown(titles.cut(window), self._browser_names)
        return [titles.key(parts) for parts in shown.pages]

    def domain(self, site: str) -> str:
        """The registrable domain of a host, by the bundled Public Suffix List."""
        known = domains.registrable_known(site, self._bundled.sites)
        return known or domains.registrable(site)

    def knows_app(self, app: str) -> bool:
        """Whether a rule, a browser or a desktop entry goes by that name."""
        name = app_name(app)
        return self._app(app).browses or self._entry(name, None, None, None) is not UNCATEGORISED

    def entries(self) -> Iterator[Entry]:
        """Every rule in force, a person's own first."""
        for matcher in self._matchers:
            yield from matcher.book.entries()

    @staticmethod
    def place(entry: Entry) -> str:
        """The file a rule stands in, with its line where it can be told."""
        return place(entry)

    def _entry(self, app: str, title: str | None, site: str | None, page: str | None) -> Entry:
        known = self._apps.get(app) or self._app(app)
        if not site and known.site:
            site, page = known.site, known.page
        pages = self._pages(title) if title and known.browses and not site else ()
        for matcher in self._matchers:
            found = (
                (matcher.by_regex(title) if title and matcher.regexes else None)
                or (matcher.by_site(site, page, title) if site else None)
                or (self._by_title(matcher, pages) if pages else None)
                or (matcher.by_program(known.runs, title) if title and known.runs else None)
                or matcher.by_app(known.name, title)
            )
            if found:
                return found
        if known.browses:
            return UNCATEGORISED if site else self._browsing
        return self._by_desktop.get(known.name, UNCATEGORISED)

    def _pages(self, title: str) -> tuple[list[str], ...]:
        return titles.shown(titles.cut(title), self._browser_names).pages

    @staticmethod
    def _by_title(matcher: Matcher, pages: tuple[list[str], ...]) -> Entry | None:
        for parts in pages:
            if found := matcher.names.find(parts):
                return found
        return None

    def _app(self, app: str) -> _App:
        known = self._apps.get(app)
        if known is None:
            known = self._apps[app] = self._learn(app)
        return known

    def _learn(self, app: str) -> _App:
        """Find out once what an app is: its name in the rules, a browser, a site as an app."""
        name = app_name(app)
        site, page = web_app(name)
        if site:
            return _App(name, browses=False, site=site, page=page)
        if not self._is_ruled(name) and name.count(".") > 1:
            # org.gnome.Evolution, as Wayland and Flatpak call what X11 calls evolution.
            last = name.rpartition(".")[2]
            name = last if self._is_ruled(last) else name
        if not self._is_ruled(name):
            # gimp-2.10, and steam_app_12345 as Steam calls a game's window.
            unnumbered = _NUMBER.sub("", name)
            name = unnumbered if self._is_ruled(unnumbered) else name
        if self._is_ruled(name):
            return _App(name, browses=name in self._families, runs=self._runs(name))
        entry = self._desktop_entry(name)
        if entry is not None:
            self._by_desktop[name] = entry
            runs = "commands" if entry.rule == "TerminalEmulator" else ""
            return _App(name, browses=entry.rule == "WebBrowser", runs=runs)
        return _App(name, browses=False)

    def _runs(self, name: str) -> str:
        """Say what runs inside an app: it is a terminal as long as no own rule says otherwise."""
        entry = next((m.apps[name] for m in self._matchers if name in m.apps), None)
        if entry and self.categories[entry.category] == "work/terminal":
            return "commands"
        return "buffers" if "emacs" in name else ""

    def _is_ruled(self, name: str) -> bool:
        return name in self._families or any(name in matcher.apps for matcher in self._matchers)

    def _desktop_entry(self, name: str) -> Entry | None:
        """What an unknown app's desktop entry says; particular words before general ones."""
        found = self._desktop.find(name) if name else None
        if found is None:
            return None
        for shelf in ("desktop", "desktop_general"):
            for matcher in self._matchers:
                rules: dict[str, Entry] = getattr(matcher.book, shelf)
                for word, entry in rules.items():
                    if word in found.categories:
                        return entry._replace(file=str(found.path))
        return None


def bundled_texts() -> list[tuple[Path, str]]:
    """The rule files that come with the program, in a fixed order."""
    return [(path, path.read_text(encoding="utf-8")) for path in sorted(BUNDLED.glob("*.toml"))]


@functools.cache
def _bundled() -> tuple[
    list[tuple[Path, str]], Book, dict[str, Channel], tuple[dict[str, str], BrowserNames]
]:
    """The bundled files, read once: their texts, their book and its categories, and browsers."""
    texts = bundled_texts()
    categories = Categories()
    book = read(texts, categories)
    table = browsers.read(next(text for path, text in texts if path.name == "browsers.toml"))
    return texts, book, categories.channels, table


def _own_text(own: Path | None) -> str:
    if own is None:
        return ""
    try:
        return own.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise DisconnectError(f"cannot read the rules {own}: {error}") from error
