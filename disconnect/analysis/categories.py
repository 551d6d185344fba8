"""Which category and channel each context has, sorted once and kept."""

import sqlite3
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from disconnect.home import Home
from disconnect.pipeline.timeline.rows import CHANNELS
from disconnect.sorting.sorter import Sorter
from disconnect.store import frames, sums

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Categories:
    """The sorter, and what it said of every context, by the context's id."""

    sorter: Sorter
    of_context: npt.NDArray[np.uint16]
    channel_of_category: npt.NDArray[np.int8]

    @property
    def channel_of_context(self) -> npt.NDArray[np.int8]:
        """Numbers into CHANNELS."""
        return self.channel_of_category[self.of_context]


def categories(connection: sqlite3.Connection, home: Home, *, keep: bool) -> Categories:
    """Sort the contexts that came since the last time; those before are remembered."""
    sorter = Sorter.load(home.rules)
    known = sums.categories(connection, sorter.fingerprint)
    last = frames.last_context(connection)
    if len(known) <= last:
        first = len(known)
        fresh = np.zeros(last + 1 - first, dtype=np.uint16)
        sort = sorter.sort
        for number, app, title, site, page in frames.contexts_to_sort(connection, first):
            fresh[number - first] = sort(app, title, site, page)
        if keep:
            with sums.one_state(connection, writing=True):
                sums.keep_categories(connection, sorter.fingerprint, first, fresh)
        known = np.concatenate([known, fresh])
    channels = np.array([CHANNELS.index(str(c)) for c in sorter.channels], dtype=np.int8)
    return Categories(sorter, known, channels)
