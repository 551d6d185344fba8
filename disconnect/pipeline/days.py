"""From records to one row a day (and one row an hour of it)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

MS_PER_HOUR = 3_600_000
EPOCH = np.datetime64("1970-01-01", "D")
CALL, MESSAGE, EMAIL, BROADCAST = range(1, 5)
ONLINE = {"call": CALL, "message": MESSAGE, "email": EMAIL, "broadcast": BROADCAST}
UNKNOWN = 4
STOPPED_LOGGING = 14
"""Days after the last logged encounter from which "met nobody" is no longer known."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Records as parallel arrays."""

    hour: Ints
    """Local hours since 1970, shifted so that a day begins at its hour 0."""
    ms: Ints
    state: Ints
    channel: Ints
    """Place in in_person, call, message, email, broadcast, other."""
    counted: NDArray[np.bool_]
    """Time on a screen or logged online, not mere presence."""
    someone: NDArray[np.bool_]
    """With people in the room."""


def _sums(cell: Ints, measured: Measured, count: int) -> dict[str, Floats]:
    """Hours by cell for each quantity; `cell` < 0 is left out."""
    inside = (cell >= 0) & (cell < count)

    def hours(chosen: NDArray[np.bool_]) -> Floats:
        use = inside & chosen
        total = np.bincount(cell[use], weights=measured.ms[use], minlength=count)
        return total / MS_PER_HOUR

    online = measured.counted & (measured.channel >= CALL) & (measured.channel <= BROADCAST)
    found = {
        "covered_hours": hours(measured.state != UNKNOWN),
        "screen_hours": hours(measured.counted),
        "online_hours": hours(online),
        "in_person_hours": hours(measured.someone),
        "divided_hours": hours(online & measured.someone),
    }
    for name, number in ONLINE.items():
        found[f"{name}_hours"] = hours(measured.counted & (measured.channel == number))
    return found


def hours_of_days(measured: Measured, first: int, days: int) -> pd.DataFrame:
    """Hours by local day and clock hour, where anything is known.

    Args:
        measured: The records.
        first: The first local day, since 1970.
        days: How many days.

    Returns:
        Columns `day` (datetime64), `hour` (0..23 after the day began), `covered_hours`,
        `screen_hours`, `online_hours`, `in_person_hours` [h]; hours nobody recorded are left out.
    """
    sums = _sums(measured.hour - first * 24, measured, days * 24)
    known = np.flatnonzero((sums["covered_hours"] > 0) | (sums["in_person_hours"] > 0))
    frame = pd.DataFrame(
        {
            name: sums[name][known]
            for name in ("covered_hours", "screen_hours", "online_hours", "in_person_hours")
        }
    )
    frame.insert(0, "hour", known % 24)
    frame.insert(0, "day", _dates(first + known // 24))
    return frame


def days(measured: Measured, first: int, count: int, meetings: pd.DataFrame) -> pd.DataFrame:
    """One row for every local day, recorded or not.

    Args:
        measured: The records.
        first: The first local day, since 1970.
        count: How many days.
        meetings: In-person encounters; columns `day` (since 1970), `chance`, `people` (sets of
            ids); all there are, so that the days since the last one are known.

    Returns:
        Index `day` (datetime64, no zone). Hours [h] are NaN where nothing was recorded;
        `in_person_hours`, `encounters` and `people_met` are NaN on days that nobody logged:
        before the first encounter, two weeks after the last, and days without any record.
    """
    sums = _sums(measured.hour // 24 - first, measured, count)
    number = np.arange(first, first + count)
    frame = pd.DataFrame(sums, index=pd.DatetimeIndex(_dates(number), name="day"))
    # Time that devices recorded by themselves proves itself even where no one watched.
    unknown = (frame["covered_hours"] == 0) & (frame["screen_hours"] == 0)
    on_screen = [name for name in frame.columns if name != "in_person_hours"]
    frame.loc[unknown.to_numpy(), on_screen] = np.nan
    social = _social(number, meetings)
    logged = social.pop("logging")
    met = frame["in_person_hours"].to_numpy() > 0
    silent = ~met & (~logged | unknown.to_numpy())
    frame["in_person_hours"] = np.where(silent, np.nan, frame["in_person_hours"])
    for name, values in social.items():
        blank = silent if name != "days_since_met" else np.zeros(count, dtype=bool)
        frame[name] = np.where(blank, np.nan, values)
    frame["balance"] = balance(frame["in_person_hours"], frame["online_hours"])
    return frame


def balance(in_person: "pd.Series[float]", online: "pd.Series[float]") -> "pd.Series[float]":
    """The share of social time spent in the room [0..1]; NaN where there was none, or unknown."""
    social = in_person + online
    return in_person / social.where(social > 0)


def _social(number: Ints, meetings: pd.DataFrame) -> dict[str, Floats]:
    """People met, encounters and days since, for each day; and whether the person was logging."""
    count = len(number)
    found = {name: np.zeros(count) for name in ("people_met", "encounters", "chance_encounters")}
    day = meetings["day"].to_numpy(dtype=np.int64)
    inside = (day >= number[0]) & (day <= number[-1]) if count else np.zeros(len(day), dtype=bool)
    place = day[inside] - number[0] if count else day[inside]
    found["encounters"] = np.bincount(place, minlength=count).astype(float)
    chance = meetings["chance"].to_numpy(dtype=float)[inside]
    found["chance_encounters"] = np.bincount(place, weights=chance, minlength=count)
    met: dict[int, set[int]] = {}
    for where, people in zip(place.tolist(), meetings["people"][inside], strict=True):
        met.setdefault(where, set()).update(people)
    for where, people in met.items():
        found["people_met"][where] = len(people)
    ordered = np.sort(day)
    last = np.searchsorted(ordered, number, side="right") - 1
    since = number - ordered[np.maximum(last, 0)] if len(ordered) else np.zeros(count)
    found["days_since_met"] = np.where(last >= 0, since, np.nan)
    newest = ordered[-1] if len(ordered) else -1
    found["logging"] = (last >= 0) & (number <= newest + STOPPED_LOGGING)
    return found


def _dates(number: Ints) -> NDArray[np.datetime64]:
    return (EPOCH + number.astype("timedelta64[D]")).astype("datetime64[ns]")
