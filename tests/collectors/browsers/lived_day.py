"""A made-up day in a browser: what was in view when, and what the browser recorded of it."""

import itertools
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from collectors.browsers.visits import Visit

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PINNED = ("https://web.whatsapp.com/", "https://mail.google.com/mail/u/0/")


@dataclass
class Tab:
    """A tab, and the number of the visit that it shows."""

    visit: int
    pinned: bool = False


@dataclass
class Day:
    """Visits as the browser recorded them, and the truth: spans of time with the visit in view."""

    visits: list[Visit]
    truth: list[tuple[datetime, datetime, int]]
    ended: datetime

    def in_view(self, spans: list[tuple[datetime, datetime, int]]) -> Counter[str]:
        """Seconds in view by page."""
        total: Counter[str] = Counter()
        for start, end, number in spans:
            total[self.visits[number].address] += round((end - start).total_seconds())
        return total


def each_instant_once(
    spans: list[tuple[datetime, datetime, int]],
) -> list[tuple[datetime, datetime, int]]:
    """Cut spans so that none overlap: at each instant the one that began last is seen."""
    edges = sorted({edge for span in spans for edge in span[:2]})
    seen = []
    for start, end in itertools.pairwise(edges):
        shown = [span for span in spans if span[0] <= start and end <= span[1]]
        if shown:
            seen.append((start, end, max(shown)[2]))
    return seen


class _Living:
    """A person at a browser, step by step."""

    def __init__(self, seed: int) -> None:
        self.chance = np.random.default_rng(seed)
        self.now = MORNING
        self.visits: list[Visit] = []
        self.truth: list[tuple[datetime, datetime, int]] = []
        self.tabs: list[Tab] = []
        for address in PINNED:
            self.tabs.append(Tab(self.opened(address), pinned=True))
            self.look(self.tabs[-1].visit, 30)
        self.front = self.tabs[0]

    def opened(self, address: str) -> int:
        self.visits.append(Visit(len(self.visits), self.now, address, address, timedelta()))
        return len(self.visits) - 1

    def left(self, number: int) -> None:
        self.visits[number] = replace(self.visits[number], left=self.now)

    def look(self, number: int, seconds: float) -> None:
        end = self.now + round(seconds) * SECOND
        self.truth.append((self.now, end, number))
        seen = self.visits[number].in_view or timedelta()
        self.visits[number] = replace(self.visits[number], in_view=seen + (end - self.now))
        self.now = end

    def go_on(self) -> None:
        """Come back to a tab, close one, follow a link in one, or open one."""
        what = self.chance.random()
        address = f"https://page.example/{len(self.visits)}"
        if what < 0.5:
            among = self.tabs[:2] if what < 0.35 else self.tabs
            self.front = among[self.chance.integers(len(among))]
        elif what < 0.75 and not self.front.pinned:
            self.left(self.front.visit)
            if what < 0.6:
                self.tabs.remove(self.front)
                self.front = self.tabs[-1]
            else:
                self.front.visit = self.opened(address)
        else:
            self.front = Tab(self.opened(address))
            self.tabs.append(self.front)
        self.look(self.front.visit, self.chance.exponential(90) + 2)
        if self.chance.random() < 0.25:
            self.now += round(self.chance.exponential(240)) * SECOND


def day(seed: int, steps: int = 160) -> Day:
    """Live a day: two pinned tabs that are come back to, others that are opened, left and closed."""
    life = _Living(seed)
    for _ in range(steps):
        life.go_on()
    for tab in life.tabs:
        life.left(tab.visit)
    return Day(life.visits, life.truth, life.now)
