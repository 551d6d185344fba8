"""What the index is made of, day by day."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from disconnect.statistics.windows import different, of_last

Floats = npt.NDArray[np.float64]

RATES = (
    "online_hours", "long_day_share", "late_night_hours", "rest_window_hours", "unbroken_share",
    "broadcast_share", "in_person_hours", "outing_share", "support_per_week",
)  # fmt: skip
"""Inputs of single days, smoothed."""
STATES = ("days_since_met", "people_met_14d")
"""Inputs that look back by themselves."""
INPUTS = (*RATES, *STATES)
LONG_DAY = 12.0
LOOKS_BACK = 14
"""Days over which different people are counted."""
HALF_KNOWN = 7
"""Of these so many must be known: who was met on the others is not nobody."""


def inputs(
    days: pd.DataFrame, rhythm: pd.DataFrame, encounters: pd.DataFrame, *, home: frozenset[str]
) -> pd.DataFrame:
    """The inputs of each day.

    Args:
        days: Index `day`, columns of `days`; NaN where too little is known.
        rhythm: The same index, columns of `rhythm`.
        encounters: One row an encounter, person and day it touches: `encounter`, `day` (since
            1970), `person` (-1: nobody named), `channel`, `place`, `hours`, `support`.
        home: What the person calls home, in lower case: who is met there was no day out.

    Returns:
        The same index, INPUTS as columns. `long_day_share` and `outing_share` are 0 or 1 and
        `support_per_week` is seven times the day's: smoothed they become what they are called.
        Support is unknown where none was ever noted.
        `days_since_met` counts known days only: somebody may have been met on the others.
    """
    first = days.index[0].toordinal() - 719163
    size = len(days)
    logged = days["in_person_hours"].notna().to_numpy()
    known = days["online_hours"].notna().to_numpy()
    online = days["online_hours"].to_numpy(dtype=float)
    broadcast = days["broadcast_hours"].to_numpy(dtype=float)
    met = encounters[encounters["channel"] == "in_person"]
    place = met["place"].fillna("").astype(str).str.lower().str.strip()
    out = _by_day(met["day"][~place.isin(home)].to_numpy(), first, size) > 0
    once = encounters.drop_duplicates("encounter")
    received = once["day"][once["support"] == "received"].to_numpy()
    frame = pd.DataFrame(index=days.index)
    frame["online_hours"] = online
    frame["long_day_share"] = np.where(known, online >= LONG_DAY, np.nan)
    frame["late_night_hours"] = rhythm["late_night_hours"].where(known)
    frame["rest_window_hours"] = rhythm["rest_window_hours"]
    frame["unbroken_share"] = rhythm["unbroken_share"].where(known)
    frame["broadcast_share"] = broadcast / np.where(online > 0, online, np.nan)
    frame["in_person_hours"] = days["in_person_hours"]
    frame["outing_share"] = np.where(logged, out, np.nan)
    # Who never notes support, given or received, has not said that there was none.
    noted = logged & bool(once["support"].notna().any())
    frame["support_per_week"] = np.where(noted, 7.0 * _by_day(received, first, size), np.nan)
    since = days["days_since_met"].to_numpy(dtype=float)
    frame["days_since_met"] = np.where(logged, since - of_last(~logged, since), np.nan)
    enough = logged & (of_last(logged, LOOKS_BACK) >= HALF_KNOWN)
    frame["people_met_14d"] = np.where(enough, people_met(met, first, size), np.nan)
    return frame[list(INPUTS)]


def people_met(encounters: pd.DataFrame, first: int, size: int) -> Floats:
    """Different people met in the fourteen days up to each day, as far as they were logged.

    Args:
        encounters: As for `inputs`.
        first: The first day, since 1970.
        size: How many days.
    """
    known = encounters[(encounters["channel"] == "in_person") & (encounters["person"] >= 0)]
    day, person = (known[name].to_numpy(dtype=np.int64) for name in ("day", "person"))
    return different(day, person, np.arange(first, first + size), LOOKS_BACK)


def possible(days: pd.DataFrame) -> Floats:
    """Online hours that may lie in what was not seen, at the person's own 90th percentile [h].

    A day of which too little is known may hold as many as one of the person's heaviest days;
    one that is known holds as many more as its missing hours could.
    """
    online = days["online_hours"].to_numpy(dtype=float)
    covered = days["covered_hours"].fillna(0).to_numpy(dtype=float)
    known = ~np.isnan(online)
    if not known.any():
        return np.zeros(len(days))
    usual = float(np.median(covered[known]))
    rate = float(np.percentile(online[known] / np.maximum(covered[known], 1e-9), 90))
    missing = rate * np.clip(usual - covered, 0, None)
    return np.where(known, missing, float(np.percentile(online[known], 90)))


def _by_day(day: npt.NDArray[np.int64], first: int, size: int) -> npt.NDArray[np.int64]:
    place = day[(day >= first) & (day < first + size)] - first
    return np.bincount(place, minlength=size)
