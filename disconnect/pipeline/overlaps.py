"""Time that two entries share is one time, not two."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

_HOUR = 3_600_000
ONE_BY_ONE = ("person", "channel")
"""A person is met once at a time, yet may be called while somebody is there: channels count apart."""


def once(rows: pd.DataFrame, by: Sequence[str] = ONE_BY_ONE) -> pd.DataFrame:
    """Take from each row the time that earlier rows of its group hold already.

        Ana     |---- 1.5 h ----|            1.5 h
        Ana          |---- 1.5 h ----|       0.5 h

    Args:
        rows: One row an encounter and person, each with an index of its own; `start` [ms UTC],
            `hours` [h], and the columns of `by`.
        by: What makes a group.

    Returns:
        The same rows in the same order, with fewer `hours` and a later `start` where they
        overlap: what is left of a row is its end.
    """
    ordered = rows.sort_values("start", kind="stable")
    start = ordered["start"].to_numpy(dtype=np.float64)
    end = start + ordered["hours"].to_numpy(dtype=np.float64) * _HOUR
    groups = [ordered[name] for name in by]
    reached = pd.Series(end, index=ordered.index).groupby(groups, dropna=False).cummax()
    before = reached.groupby(groups, dropna=False).shift().to_numpy(dtype=np.float64)
    begun = np.minimum(np.fmax(start, before), end)
    # Where nothing overlaps the hours stay what they are, to the last digit.
    hours = np.where(begun > start, (end - begun) / _HOUR, ordered["hours"].to_numpy())
    left = pd.DataFrame({"start": begun.round().astype(np.int64), "hours": hours}, ordered.index)
    return rows.assign(start=left["start"], hours=left["hours"])
