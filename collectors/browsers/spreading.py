"""When a page was in view, of which a browser knows only how long.

A browser counts the time that a visit was in view, however often its tab was come back to, but
not when. A visit starts in view; what remains of its time when the next page opens lies in the
gaps that other visits leave, at first near them: who comes back to a tab has just used the browser.

```
visits      A (20 min, left at the end)  B (5)        C (5)
            |                            |            |
in view     AAAAAAAAAA                   BBBBBAAAAAA  CCCCCAAAA
```
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

UNKNOWN_VIEW = timedelta(minutes=5)
"""The longest a visit without a record of its time in view counts: a page read, then left open."""
NEARBY = timedelta(minutes=10)
"""So much of a gap is filled at first; later parts only by what finds no room elsewhere."""
NOTHING = timedelta()


class Viewed(Protocol):
    """A visit: when it began, how long it was in view, and when at the latest.

    `in_view` None: not recorded. `left` None: not recorded, or it is open still.
    """

    @property
    def start(self) -> datetime:
        """When the page was opened."""

    @property
    def in_view(self) -> timedelta | None:
        """How long it was in view, in all."""

    @property
    def left(self) -> datetime | None:
        """When it was closed, or navigated away from."""


@dataclass(slots=True)
class _Gap:
    """Time after a visit that no visit has taken yet; `near` of it may be taken at first."""

    start: datetime
    end: datetime
    near: timedelta


@dataclass(slots=True)
class _Gaps:
    """The gaps between visits, and for each the next one with room: full ones are passed over."""

    gaps: list[_Gap]
    onwards: list[int] = field(default_factory=list)

    def with_room(self, at: int) -> int:
        """Return the first gap from this one on that has room; one past the last: none has."""
        found = at
        while self.onwards[found] != found:
            found = self.onwards[found]
        while self.onwards[at] != found:
            self.onwards[at], at = found, self.onwards[at]
        return found

    def fill(
        self, at: int, rest: timedelta, until: datetime, *, near: bool
    ) -> Iterator[tuple[datetime, datetime]]:
        """Yield spans from a gap on, at most `rest` in all and none after `until`."""
        at = self.with_room(at)
        while rest > NOTHING and at < len(self.gaps) and self.gaps[at].start < until:
            gap = self.gaps[at]
            room = min(gap.near, gap.end - gap.start) if near else gap.end - gap.start
            taken = min(rest, room, until - gap.start)
            if taken > NOTHING:
                yield gap.start, gap.start + taken
                gap.start += taken
                gap.near -= min(taken, gap.near)
                rest -= taken
            if taken == room:
                self.onwards[at] = at + 1
            at = self.with_room(at + 1)

    def begin(self) -> None:
        """Forget which gaps are full: for another way of filling them."""
        self.onwards = list(range(len(self.gaps) + 1))


def spread(visits: Sequence[Viewed], until: datetime) -> list[tuple[datetime, datetime, int]]:
    """Say when each visit was in view.

    Args:
        visits: Oldest first.
        until: When the history was last written; it cannot speak of later time.

    Returns:
        Spans and the numbers of their visits, by time. None overlap; those of one visit are no
        longer than its time in view, and shorter only if there is no room until it was left.
    """
    spans, gaps = _from_the_start(visits, until)
    over = {
        number: rest
        for start, end, number in spans
        if (rest := (visits[number].in_view or NOTHING) - (end - start)) > NOTHING
    }
    # Those left first know least of what came later: what they took stays theirs when read again.
    order = sorted(over, key=lambda number: (_left(visits[number], until), -number))
    rooms = _Gaps(gaps)
    for near in (True, False):
        rooms.begin()
        for number in order:
            latest = _left(visits[number], until)
            for start, end in rooms.fill(number, over[number], latest, near=near):
                spans.append((start, end, number))
                over[number] -= end - start
    return _joined(spans)


def _from_the_start(
    visits: Sequence[Viewed], until: datetime
) -> tuple[list[tuple[datetime, datetime, int]], list[_Gap]]:
    """Return when each visit was in view from its start on, and the gap after each."""
    spans: list[tuple[datetime, datetime, int]] = []
    later = _later(visits, until)
    taken = datetime.min.replace(tzinfo=UTC)
    for number, visit in enumerate(visits):
        start = max(visit.start, taken)  # of two that began at one instant one comes first
        if visit.in_view is not None:
            end = min(start + visit.in_view, later[number])
        else:
            following = visits[number + 1].start if number + 1 < len(visits) else later[number]
            left = visit.left or following
            end = max(start, min(start + UNKNOWN_VIEW, following, left))
        taken = end
        spans.append((start, end, number))
    ends = [start for start, _, _ in spans[1:]] + later[-1:]
    gaps = [_Gap(span[1], max(end, span[1]), NEARBY) for span, end in zip(spans, ends, strict=True)]
    return spans, gaps


def _later(visits: Sequence[Viewed], until: datetime) -> list[datetime]:
    """Return for each visit when the next later one began; what is last may go on until then."""
    later: list[datetime] = []
    following = until
    if visits and until <= visits[-1].start:  # the clock of the files is another one
        following = visits[-1].start + (visits[-1].in_view or UNKNOWN_VIEW)
    for number in range(len(visits) - 1, -1, -1):
        if number + 1 < len(visits) and visits[number + 1].start > visits[number].start:
            following = visits[number + 1].start
        later.append(following)
    return later[::-1]


def _left(visit: Viewed, until: datetime) -> datetime:
    return until if visit.left is None else min(visit.left, until)


def _joined(spans: list[tuple[datetime, datetime, int]]) -> list[tuple[datetime, datetime, int]]:
    """Return spans by time, without empty ones; those of one visit that touch are one."""
    joined: list[tuple[datetime, datetime, int]] = []
    for start, end, number in sorted(spans):
        if end <= start:
            continue
        if joined and joined[-1][1:] == (start, number):
            joined[-1] = (joined[-1][0], end, number)
        else:
            joined.append((start, end, number))
    return joined
