"""Which windows are browsers' own, and what browsers write behind a page's title."""

import re
import tomllib
from pathlib import Path

from disconnect.sorting.desktop_entries import DesktopEntries
from disconnect.sorting.titles import BrowserNames, visible

TABLE = Path(__file__).parent / "rules" / "browsers.toml"
_END = re.compile(r"[-_. ]")
_LONG = 7
"""Letters of a name that is a browser's, whatever follows it: shorter ones are words, too."""
_BROWSER = "WebBrowser"
"""The category of browsers in the Desktop Menu Specification."""


def read(text: str) -> tuple[dict[str, str], BrowserNames]:
    """Return the family of each window name, and what browsers write in titles."""
    families: dict[str, str] = {}
    names: set[str] = set()
    profiles: set[str] = set()
    for family, table in tomllib.loads(text)["browsers"].items():
        own = [visible(name.strip()).lower() for name in table["names"].split(",")]
        names.update(own)
        if table.get("profiles"):
            profiles.update(own)
        for app in re.split(r"[,\n]", table["apps"]):
            families[app.strip()] = app.strip() if family == "others" else family
    return families, BrowserNames(frozenset(names), frozenset(profiles))


class Browsers:
    """Tell browsers' windows from others: by the bundled table, else by the desktop's own word."""

    def __init__(self, desktop: DesktopEntries | None = None) -> None:
        self._families, self.names = read(TABLE.read_text(encoding="utf-8"))
        self._desktop = desktop or DesktopEntries()
        self._others: frozenset[str] | None = None

    def family(self, app: str) -> str | None:
        """Return the browser that a window's app belongs to; its own name where no table has it.

        None: the app is no browser.
        """
        known = self._families.get(app) or self._families.get(self._base(app))
        if known:
            return known
        if self._others is None:
            self._others = self._desktop.names_in(_BROWSER)
        return app if app in self._others else None

    def _base(self, app: str) -> str:
        """The known name that an app's begins with, such as firefox of `firefox-esr-140`."""
        cuts = (end.start() for end in _END.finditer(app))
        return next((app[:cut] for cut in cuts if cut >= _LONG and app[:cut] in self._families), "")
