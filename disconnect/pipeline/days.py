"""One row per local day: what counted, what was logged, and what is unknown."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

DAYS = (
    "covered_hours",
    "screen_hours",
    "online_hours",
    "broadcast_hours",
    "message_hours",
    "email_hours",
    "call_hours",
    "in_person_hours",
    "divided_hours",
    "people_met",
    "encounters",
    "chance_encounters",
    "days_since_met",
)
_ONLINE = {"call_hours": 1, "message_hours": 2, "email_hours": 3, "broadcast_hours": 4}
_COVERED, _IN_PERSON = 1, 2
_HOUR = 3_600_000
_NOTHING = 1e-9  # hours; sums of whole milliseconds in hours differ by less


def days(
    first: int,
    last: int,
    records: Mapping[str, Ints],
    encounters: pd.DataFrame,
    kept: npt.NDArray[np.bool_],
) -> pd.DataFrame:
    """Add up records to local days.

    Args:
        first: The first local day, since 1970.
        last: The last one, inclusive.
        records: Arrays `day` (since 1970), `kind` (0 activity, 1 covered, 2 in person),
            `channel` (0 in_person .. 5 other), `together` (0, 1), `by_hand` (0, 1: logged, and seen
            by no device), `ms` [ms].
        encounters: Every encounter in person ever, a row for each day that it touches and each
            person, or one with person -1: `encounter`, `day` (since 1970), `person`, `chance`
            (bool), `lasted` [h], all of it; `inside` (bool) where a part of the first or last
            day is not asked for: whether it counts.
        kept: For each day of the range, whether the diary of company was kept.

    Returns:
        Index `day` (no zone), every day of the range; DAYS as columns. Observed hours are NaN
        where nothing was recorded on the day; a call that was logged by hand is known all the
        same, and says nothing of feeds, messages and email. Time with people is NaN on days without any on
        which the diary was not kept, whatever was recorded.
    """
    length = last - first + 1
    cell = (records["day"] - first) * 16 + np.where(
        records["kind"] == 0, records["channel"] + 6 * records["together"], 11 + records["kind"]
    )
    total = np.bincount(cell, weights=records["ms"], minlength=length * 16)
    table: Floats = total.reshape(length, 16).astype(np.float64) / _HOUR
    covered = table[:, 11 + _COVERED]
    known = covered > 0
    each = table[:, :6] + table[:, 6:12]
    by_hand = np.zeros((length, 6))
    logged_by = records["by_hand"] == 1
    np.add.at(
        by_hand,
        (records["day"][logged_by] - first, records["channel"][logged_by]),
        records["ms"][logged_by] / _HOUR,
    )
    recorded = covered - by_hand.sum(axis=1) > _NOTHING
    columns: dict[str, Floats] = {"covered_hours": _where(known, covered)}
    columns["screen_hours"] = _where(known, each.sum(axis=1))
    columns["online_hours"] = _where(known, each[:, 1:5].sum(axis=1))
    for name in ("broadcast_hours", "message_hours", "email_hours", "call_hours"):
        there = recorded | (by_hand[:, _ONLINE[name]] > 0)
        columns[name] = _where(there, each[:, _ONLINE[name]])
    in_person = table[:, 11 + _IN_PERSON]
    logged = (in_person > 0) | kept
    columns["in_person_hours"] = _where(logged, in_person)
    columns["divided_hours"] = _where(recorded & logged, table[:, 7:11].sum(axis=1))
    columns |= _met(first, length, logged, encounters)
    index = pd.DatetimeIndex(
        (np.arange(first, last + 1)).astype("datetime64[D]").astype("datetime64[ns]"), name="day"
    )
    return pd.DataFrame({name: columns[name] for name in DAYS}, index=index)


def _where(known: npt.NDArray[np.bool_], values: Floats) -> Floats:
    return np.where(known, values, np.nan)


def _met(
    first: int, length: int, logged: npt.NDArray[np.bool_], encounters: pd.DataFrame
) -> dict[str, Floats]:
    day = encounters["day"].to_numpy(dtype=np.int64) - first
    person = encounters["person"].to_numpy(dtype=np.int64)
    chance = encounters["chance"].to_numpy(dtype=bool)
    meeting = np.stack([encounters["encounter"].to_numpy(dtype=np.int64), day])
    one = np.unique(meeting, axis=1, return_index=True)[1]
    inside = (day >= 0) & (day < length)
    if "inside" in encounters:
        inside &= encounters["inside"].to_numpy(dtype=bool)
    pairs = np.unique(np.stack([day, person])[:, inside & (person >= 0)], axis=1)
    one = one[inside[one]]
    surprising = one[chance[one]]
    logged = logged.copy()
    logged[day[one]] = True
    long = np.unique(day[encounters["lasted"].to_numpy(dtype=np.float64) >= 1 / 6])
    before = np.searchsorted(long, np.arange(length), side="right") - 1
    since = np.arange(length) - long[before] if len(long) else np.zeros(length)
    return {
        "people_met": _where(logged, np.bincount(pairs[0], minlength=length).astype(float)),
        "encounters": _where(logged, np.bincount(day[one], minlength=length).astype(float)),
        "chance_encounters": _where(
            logged, np.bincount(day[surprising], minlength=length).astype(float)
        ),
        "days_since_met": _where(logged & (before >= 0), since.astype(float)),
    }
