"""What must not be written down: the one list of it, and the one place where it is applied.

Whatever the source, each activity passes `Discretion.fact` before it is written: windows as they are
looked at, visits of browser histories, tables that are imported. Titles of browsers' windows pass
the gate of `title_gate` first.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TypeVar

from collectors.facts.screen import Activity
from disconnect.daemon.bare_paths import bare, without_secrets
from disconnect.settings import Collect

T = TypeVar("T")


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

    def fact(self, fact: T) -> T | None:
        """Return the fact as it may be written; None: not at all.

        A title or page that a pattern of `hash` finds is hashed; where it finds the site, both are.
        Secrets that sites put into paths are cut first.
        """
        return self._activity(_without_secrets(fact)) if isinstance(fact, Activity) else fact  # type: ignore[return-value]

    def _activity(self, fact: Activity) -> Activity | None:
        if _found(self.drop, fact.app, fact.title, fact.site, fact.page):
            return None
        of_site = _found(self.hash, fact.site)
        title = self._text(fact.title, kept=self.titles, hashed=of_site)
        page = self._text(fact.page, kept=self.pages, hashed=of_site)
        if (title, page) == (fact.title, fact.page):
            return fact
        return replace(fact, title=title, page=page)

    def _text(self, text: str | None, *, kept: bool, hashed: bool) -> str | None:
        if not kept or text is None:
            return None
        if hashed or _found(self.hash, text):
            digest = hashlib.blake2b(text.encode(errors="replace"), digest_size=8, key=self.salt)
            return f"#{digest.hexdigest()}"
        return text


def _without_secrets(fact: Activity) -> Activity:
    """Return the fact with a bare page, and bare addresses in its title."""
    page = bare(fact.page) if fact.page else fact.page
    title = without_secrets(fact.title) if fact.title else fact.title
    if (title, page) == (fact.title, fact.page):
        return fact
    return replace(fact, title=title, page=page)


def _found(patterns: tuple[re.Pattern[str], ...], *texts: str | None) -> bool:
    return any(pattern.search(text) for pattern in patterns for text in texts if text)
