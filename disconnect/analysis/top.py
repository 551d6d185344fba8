"""What took the most time, and what no rule knows yet."""

import sqlite3

import numpy as np
import pandas as pd

from disconnect.analysis.sums import HourSums, hours_in, nothing_in, opened
from disconnect.clock import Clock
from disconnect.glossary import checked
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline.timeline.rows import CHANNELS, Kind
from disconnect.settings import Settings
from disconnect.store import frames

_MS = 3_600_000
_UNSORTED = 0  # the first category: "uncategorised"


def top_in(connection: sqlite3.Connection, found: HourSums, most: int = 20) -> pd.DataFrame:
    """Sites (where known, else apps) by time: `name`, `category`, `channel`, `hours`."""
    rows = _named(connection, found)
    frame = rows.drop(columns="kind").head(most).reset_index(drop=True)
    return checked(frame, ["name", "category", "channel", "hours"])


def unsorted(home: Home, settings: Settings, period: Period, clock: Clock) -> pd.DataFrame:
    """Sites and apps that no rule knows, most time first: `name`, `kind`, `hours`.

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    with opened(home) as (connection, keep):
        found = hours_in(connection, home, settings, period, (clock, keep))
        if not len(found.sums):
            raise nothing_in(period)
        rows = _named(connection, found)
        unknown = found.categories.sorter.categories[_UNSORTED]
    frame = rows[rows["category"] == unknown][["name", "kind", "hours"]].reset_index(drop=True)
    return checked(frame, ["name", "kind", "hours"])


def _named(connection: sqlite3.Connection, found: HourSums) -> pd.DataFrame:
    sums, known = found.sums, found.categories
    of_context = np.bincount(
        sums.context[sums.kind == Kind.ACTIVITY],
        weights=sums.ms[sums.kind == Kind.ACTIVITY],
        minlength=len(known.of_context),
    )
    used = np.flatnonzero(of_context)
    used = used[used > 0]  # what was logged by hand has no name
    ids, app, _, site = frames.context_parts(connection, used)
    category = known.of_context[ids].astype(np.int64)
    width = len(known.sorter.categories)
    name = np.where(site > 0, site * 2, app * 2 + 1)
    distinct, place = np.unique(name * width + category, return_inverse=True)
    hours = np.bincount(place, weights=of_context[ids], minlength=len(distinct)) / _MS
    order = np.argsort(-hours, kind="stable")
    names = (frames.names(connection, "site"), frames.names(connection, "app"))
    rows = []
    for cell in distinct[order].tolist():
        number, what = divmod(cell, width)
        rows.append(
            (
                names[number % 2][number // 2],
                known.sorter.categories[what],
                CHANNELS[known.channel_of_category[what]],
                ("site", "app")[number % 2],
            )
        )
    frame = pd.DataFrame(rows, columns=["name", "category", "channel", "kind"])
    return frame.assign(hours=hours[order])
