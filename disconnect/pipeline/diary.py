"""The diary of company: on which days it was kept, so that a day without an entry means nobody.

A day without an entry is a day without people only while somebody keeps the diary. Silence is
judged by the person's own pauses, the days from one day with an entry to the next:

    |x..x.x....x..............|          x: a day with an entry; today on the right
     known      └ unknown from here on, once the silence exceeds the usual pause
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

SHORTEST = 3
"""No pause of so many days is called unusual."""
USUAL = 0.95
"""The share of a person's pauses that are no longer than their usual longest one."""
FEW = 10
"""Pauses below which a quantile says little."""
MOST_OF_FEW = 14
"""With few pauses nobody is known to be silent for longer than so many days."""
ENDED = 3
"""A silence that an entry ended is a gap from so many usual pauses on."""


@dataclass(frozen=True)
class Diary:
    """The days that entries are about, and what their pauses say of the days without one.

    entries: Local days since 1970 with an encounter through any channel, each once, in order,
        none after `today`.
    today: The local day it is, since 1970.
    """

    entries: Ints
    today: int

    @property
    def last(self) -> int | None:
        """The day of the last entry, since 1970; None without any."""
        return int(self.entries[-1]) if len(self.entries) else None

    @property
    def usual_pause(self) -> int:
        """The longest pause that is usual for this person [days].

        The 95th percentile of their pauses, at least 3. It is the lower of the two neighbouring
        pauses, so one long silence does not become usual by itself; with fewer than ten pauses
        it is 14 days at most.
        """
        pauses = np.sort(np.diff(self.entries))
        if not len(pauses):
            return SHORTEST
        usual = int(pauses[int(USUAL * (len(pauses) - 1))])
        return max(SHORTEST, usual if len(pauses) >= FEW else min(usual, MOST_OF_FEW))

    @property
    def silent_days(self) -> int:
        """Days since the last entry; 0 without any."""
        return 0 if self.last is None else self.today - self.last

    @property
    def lapsed(self) -> bool:
        """True if the silence since the last entry exceeds the usual pause."""
        return self.silent_days > self.usual_pause

    @property
    def end(self) -> int:
        """The last day of which it tells, since 1970: today, or that of the last entry."""
        return self.today if self.last is None or not self.lapsed else self.last

    def as_of(self, day: int) -> "Diary":
        """Return the diary as it stood on a day, since 1970."""
        return diary(self.entries, day)

    def kept(self, first: int, last: int) -> Mask:
        """Tell on which days of a range the diary was kept.

        Args:
            first: The first day, since 1970.
            last: The last day, inclusive.

        Returns:
            True from the first entry to today; to the last entry if the diary has lapsed. Days
            inside a pause of more than three usual ones are False: an entry that ends a silence
            makes it a pause, unless it was out of all proportion.
        """
        day = np.arange(first, last + 1)
        if not len(self.entries):
            return np.zeros(len(day), dtype=bool)
        known = (day >= self.entries[0]) & (day <= self.end)
        at = np.searchsorted(self.entries, day, side="right") - 1
        pauses = np.append(np.diff(self.entries), 0)[at]
        gap = (pauses > ENDED * self.usual_pause) & (day != self.entries[at])
        return np.asarray(known & ~gap, dtype=bool)


NEVER = Diary(np.zeros(0, dtype=np.int64), 0)
"""A diary without an entry."""


def diary(entry_days: Ints, today: int) -> Diary:
    """Return the diary of entries, given by the local days they are about, in any order.

    Args:
        entry_days: Local days since 1970, one for each entry; those after `today` are left out.
        today: The local day it is, since 1970.
    """
    days = np.unique(entry_days.astype(np.int64))
    return Diary(days[days <= today], today)
