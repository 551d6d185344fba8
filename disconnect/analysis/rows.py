"""Rows of the store as the timeline wants them."""

import sqlite3
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from disconnect.analysis.categories import Categories
from disconnect.pipeline.timeline.rows import (
    CHANNELS,
    DAY,
    Activities,
    Layer,
    Meetings,
    Presences,
)
from disconnect.pipeline.timeline.summing import Rows
from disconnect.pipeline.timeline.waiting import LOOK_BACK
from disconnect.sorting import titles
from disconnect.statistics.intervals import distinct
from disconnect.store import frames, lived
from disconnect.store.frames import SourceRow

Ints = npt.NDArray[np.int64]
_LAYERS = {"desktop": Layer.WINDOW, "browsers": Layer.BROWSER, "processes": Layer.PROCESS}
"""By the room of a source; what any other tells was brought in."""
_NO_PRESENCE = frozenset(_LAYERS)


class Reader:
    """Reads one range after another; looks names up anew where others have written meanwhile."""

    def __init__(self, connection: sqlite3.Connection, categories: Categories) -> None:
        self.connection = connection
        self.categories = categories
        self._version = -1

    def _catch_up(self) -> None:
        """A collector may have brought new windows, a person an encounter, since the last range."""
        connection, categories = self.connection, self.categories
        version = frames.version_of_others(connection)
        if version == self._version:
            return
        self._version = version
        categories.follow(connection)
        self.channels = categories.channel_of_context
        self.in_call = categories.in_call
        self.sources = frames.sources(connection)
        self.zones = frames.names(connection, "zone")
        self.meetings = _meetings(connection)
        self._families = _families(connection, categories)

    def rows(self, lo: int, hi: int) -> Rows:
        """Everything that touches [lo, hi) [ms UTC]; inside a transaction, as of one moment."""
        self._catch_up()
        activities = [part for source in self.sources if (part := self._part(source, lo, hi))]
        presences = [
            Presences(start, end, np.full(len(start), source.device), state, zone)
            for source in self.sources
            if _room(source) not in _NO_PRESENCE
            for start, end, state, zone in (
                frames.spans(self.connection, "presence", source, lo - LOOK_BACK, hi),
            )
        ]
        joined = self._named(Activities.joined(activities))
        return Rows(joined, Presences.joined(presences), self.meetings, self.zones)

    def _part(self, source: SourceRow, lo: int, hi: int) -> Activities | None:
        if source.name.startswith("presence/"):
            return None
        layer = _LAYERS.get(_room(source), Layer.IMPORT)
        since = lo - DAY if layer is Layer.BROWSER else lo
        start, end, context, zone = frames.spans(self.connection, "activity", source, since, hi)

        def same(value: int) -> Ints:
            return np.full(len(start), value, dtype=np.int64)

        channel = self.channels[context].astype(np.int64)
        return Activities(
            start=start,
            end=end,
            device=same(source.device),
            layer=same(layer),
            context=context,
            zone=zone,
            channel=channel,
            in_call=self.in_call[context].astype(np.int64),
            family=same(-1),
            page_title=same(-1),
        )

    def _named(self, activities: Activities) -> Activities:
        """Fill in browsers' families, and of their titles those that a visit has too."""
        if not (activities.layer == Layer.BROWSER).any():
            return activities
        ids, place = np.unique(activities.context, return_inverse=True)
        _, app, title, site = frames.context_parts(self.connection, ids)
        is_visit = activities.layer == Layer.BROWSER
        visited = np.zeros(len(ids), dtype=bool)
        visited[place[is_visit]] = True
        family = self._families[app]
        of_browsers = np.flatnonzero((family >= 0) & (title > 0))
        texts = frames.title_texts(self.connection, distinct(title[of_browsers]))
        pages: dict[str, int] = {}
        of_visit, of_window = np.full((2, len(ids)), -1, dtype=np.int64)
        for number in of_browsers[visited[of_browsers]].tolist():
            own = titles.key(titles.cut(texts[int(title[number])]))
            of_visit[number] = pages.setdefault(own, len(pages))
        for number in of_browsers[~visited[of_browsers]].tolist():
            read = self.categories.sorter.page_titles(texts[int(title[number])])
            of_window[number] = next((pages[one] for one in read if one in pages), -1)
        # A window whose site was written down is a record of its own: no visit refines it.
        may_be_refined = is_visit | (site == 0)[place]
        return replace(
            activities,
            family=np.where(may_be_refined, family[place], -1),
            page_title=np.where(is_visit, of_visit[place], of_window[place]),
        )


def _room(source: SourceRow) -> str:
    return source.name.partition("/")[0]


def _families(connection: sqlite3.Connection, categories: Categories) -> Ints:
    """The number of each app's browser family by the app's id; -1: no browser."""
    apps = frames.names(connection, "app")
    numbers: dict[str, int] = {}
    found = np.full(max(apps, default=0) + 1, -1, dtype=np.int64)
    for app, name in apps.items():
        family = categories.sorter.browser(name)
        if family:
            found[app] = numbers.setdefault(family, len(numbers))
    return found


def _meetings(connection: sqlite3.Connection) -> Meetings:
    rows = lived.encounters(connection)

    def column(key: str) -> Ints:
        return np.array([row[key] for row in rows], dtype=np.int64)

    channel = np.array([CHANNELS.index(row["channel"]) for row in rows], dtype=np.int64)
    return Meetings(column("start"), column("end"), channel, column("zone"))
