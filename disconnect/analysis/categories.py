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


@dataclass
class Categories:
    """The sorter, and what it said of every context, by the context's id; it grows with them."""

    sorter: Sorter
    of_context: npt.NDArray[np.uint16]
    channel_of_category: npt.NDArray[np.int8]

    @property
    def channel_of_context(self) -> npt.NDArray[np.int8]:
        """Numbers into CHANNELS."""
        return self.channel_of_category[self.of_context]

    def follow(self, connection: sqlite3.Connection) -> npt.NDArray[np.uint16]:
        """Sort the contexts that came since the last time; what is said of those."""
        first = len(self.of_context)
        fresh = np.zeros(max(frames.last_context(connection) + 1 - first, 0), dtype=np.uint16)
        if len(fresh):
            sort = self.sorter.sort
            for number, app, title, site, page in frames.contexts_to_sort(connection, first):
                fresh[number - first] = sort(app, title, site, page)
            self.of_context = np.concatenate([self.of_context, fresh])
        return fresh


def categories(connection: sqlite3.Connection, home: Home, *, keep: bool) -> Categories:
    """Sort the contexts that came since the last time; those before are remembered."""
    sorter = Sorter.load(home.rules)
    channels = np.array([CHANNELS.index(str(c)) for c in sorter.channels], dtype=np.int8)
    known = Categories(sorter, sums.categories(connection, sorter.fingerprint), channels)
    first = len(known.of_context)
    fresh = known.follow(connection)
    if keep and len(fresh):
        with sums.one_state(connection, writing=True):
            sums.keep_categories(connection, sorter.fingerprint, first, fresh)
    return known
