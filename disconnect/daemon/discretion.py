"""What must not be written down: dropped or hashed before anything is stored."""

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TypeVar

from collectors.facts.screen import Activity
from collectors.source import Window
from disconnect.settings import Collect

T = TypeVar("T")

PRIVATE = re.compile(
    r"private browsing|\(incognito\)|\[inprivate\]|inprivate$|\(private\)$"
    r"|privater modus|\(inkognito\)|navigation privée|navegación privada",
    re.IGNORECASE,
)
"""How browsers mark private windows in their titles."""


@dataclass(frozen=True, slots=True)
class Discretion:
    """A person's rules about titles, pages and what is not recorded at all."""

    titles: bool
    pages: bool
    drop: tuple[re.Pattern[str], ...]
    hash: tuple[re.Pattern[str], ...]
    salt: bytes

    @classmethod
    def of(cls, collect: Collect, salt: bytes) -> "Discretion":
        """Take the rules from the settings; `salt` makes this home's hashes its own."""
        drop = tuple(re.compile(pattern) for pattern in collect.drop)
        hashed = tuple(re.compile(pattern) for pattern in collect.hash)
        return cls(collect.titles, collect.pages, drop, hashed, salt)

    def window(self, window: Window) -> Window | None:
        """The window as it may be written; None: not at all."""
        if window.title and PRIVATE.search(window.title):
            return None
        if self._dropped(window.app, window.title):
            return None
        return Window(window.app, self._text(window.title, kept=self.titles))

    def fact(self, fact: T) -> T | None:
        """The fact as it may be written; None: not at all."""
        if not isinstance(fact, Activity):
            return fact
        if self._dropped(fact.app, fact.title, fact.site, fact.page):
            return None
        title = self._text(fact.title, kept=self.titles)
        page = self._text(fact.page, kept=self.pages)
        if (title, page) == (fact.title, fact.page):
            return fact
        return replace(fact, title=title, page=page)

    def _dropped(self, *texts: str | None) -> bool:
        return any(pattern.search(text) for pattern in self.drop for text in texts if text)

    def _text(self, text: str | None, *, kept: bool) -> str | None:
        if not kept or text is None:
            return None
        if any(pattern.search(text) for pattern in self.hash):
            digest = hashlib.blake2b(text.encode(), digest_size=8, key=self.salt)
            return f"#{digest.hexdigest()}"
        return text
