"""What was answered at check-ins, by time: the mean of each score."""

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from disconnect.analysis.contrast import labels
from disconnect.analysis.sums import EPOCH, settle
from disconnect.errors import NothingThereError, UsageProblemError
from disconnect.glossary import checked
from disconnect.logbook.instruments import BY_NAME, INSTRUMENTS
from disconnect.periods import Period
from disconnect.settings import Settings
from disconnect.store import lived

COLUMNS = ["period", "instrument", "score", "answered"]
_ASKED = [
    name
    for one in INSTRUMENTS
    for name in ([item.name for item in one.items] if one.scoring == "each" else [one.name])
]


def answers_of(
    connection: sqlite3.Connection,
    settings: Settings,
    period: Period,
    by: str | None,
    where: Sequence[tuple[str, str]],
) -> pd.DataFrame:
    """The mean score of each instrument in each period, oldest first, in the order they are asked.

    Items that have no score together (energy, drained) stand for themselves. A check-in with too
    few answers for a score is not counted.

    Args:
        connection: The database.
        settings: Tells on which day a week starts, and at which hour a day.
        period: What to look at.
        by: `day`, `week`, `month`, `year`; None: all in one.
        where: Conditions on `instrument`.

    Raises:
        UsageProblemError: By hour.
        NothingThereError: Nothing was answered in the period.
    """
    if by == "hour":
        raise UsageProblemError("check-ins are of days: --by takes day, week, month or year")
    wanted = {value for _, value in where}
    period = settle(connection, settings, period).period
    found = [
        one
        for one in _scores(connection)
        if period.first <= one[0] <= period.last and (not wanted or one[1] in wanted)
    ]
    if not found:
        raise NothingThereError(f"nothing was answered in {period}; disconnect checkin asks")
    frame = pd.DataFrame(found, columns=["day", "instrument", "score"])
    numbers = np.array([(day - EPOCH).days for day in frame["day"]], dtype=np.int64)
    frame["period"] = str(period) if by is None else labels(numbers, by, settings.week_starts)
    asked = frame["instrument"].map(_ASKED.index)
    frame = frame.iloc[np.lexsort((asked, pd.factorize(frame["period"])[0]))]
    grouped = frame.groupby(["period", "instrument"], sort=False)["score"]
    table = grouped.agg(score="mean", answered="count").reset_index()
    return checked(table[COLUMNS], COLUMNS)


def _scores(connection: sqlite3.Connection) -> Iterator[tuple[dt.date, str, float]]:
    """Day, name and number of every score there is, oldest first."""
    for row in lived.checkins(connection):
        day = dt.date.fromisoformat(row["day"])
        instrument = BY_NAME.get(row["instrument"])
        if instrument and instrument.scoring == "each":
            for item, answer in zip(instrument.items, row["answers"], strict=True):
                if answer is not None:
                    yield day, item.name, answer
        elif row["score"] is not None:
            yield day, row["instrument"], row["score"]
