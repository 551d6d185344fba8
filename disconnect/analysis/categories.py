"""Which category and channel each context has, sorted once and kept."""

import sqlite3
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from disconnect.home import Home
from disconnect.pipeline.timeline.rows import CHANNELS
from disconnect.sorting.sorter import IN_CALL, Sorter
from disconnect.store import frames, sums

Ints = npt.NDArray[np.int64]


@dataclass
class Categories:
    """The sorter, and what it said of every context, by the context's id; it grows with them."""

    sorter: Sorter
    told: npt.NDArray[np.uint16]
    """As the sorter says it: a category's number, and whether it shows a call that goes on."""
    channel_of_category: npt.NDArray[np.int8]

    @property
    def of_context(self) -> npt.NDArray[np.uint16]:
        """Numbers into the sorter's categories."""
        return self.told & np.uint16(IN_CALL - 1)

    @property
    def in_call(self) -> npt.NDArray[np.bool_]:
        """Whether a context shows that a call goes on, also while nobody types."""
        return self.told >= IN_CALL

    @property
    def channel_of_context(self) -> npt.NDArray[np.int8]:
        """Numbers into CHANNELS."""
        return self.channel_of_category[self.of_context]

    def follow(self, connection: sqlite3.Connection) -> npt.NDArray[np.uint16]:
        """Sort the contexts that came since the last time; what is said of those."""
        first = len(self.told)
        fresh = np.zeros(max(frames.last_context(connection) + 1 - first, 0), dtype=np.uint16)
        if len(fresh):
            told = self.sorter.told
            for number, app, title, site, page in frames.contexts_to_sort(connection, first):
                fresh[number - first] = told(app, title, site, page)
            self.told = np.concatenate([self.told, fresh])
        return fresh


def categories(connection: sqlite3.Connection, home: Home, *, keep: bool) -> Categories:
    """Sort the contexts that came since the last time; those before are remembered."""
    sorter = Sorter.load(home.rules)
    channels = np.array([CHANNELS.index(str(c)) for c in sorter.channels], dtype=np.int8)
    known = Categories(sorter, sums.categories(connection, sorter.fingerprint), channels)
    first = len(known.told)
    fresh = known.follow(connection)
    if keep and len(fresh):
        with sums.one_state(connection, writing=True):
            sums.keep_categories(connection, sorter.fingerprint, first, fresh)
    return known
