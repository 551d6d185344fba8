"""What came of the hours: opportunities and support, per 100 hours they stand against."""

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from disconnect.statistics import rates

RETURNS = (
    "events",
    "left_out",
    "hours",
    "rate_per_100h",
    "low",
    "high",
    "ratio",
    "ratio_low",
    "ratio_high",
    "ratio_probability",
)
ONLINE = ("call", "message", "email", "broadcast")
GROUPS = {
    "channel": ("in_person", *ONLINE),
    "origin": ("in_person", "online"),
    "chance": ("chance", "otherwise"),
}
"""The rows that are always there, by what is asked; the first is set against the others."""
LEAST_EACH = 2 / 60
"""An event takes so much time of its channel at the least: in less, what came cannot lie [h]."""
_EPOCH = 719163  # of 1970-01-01


def began(people: pd.DataFrame, encounters: pd.DataFrame) -> dict[int, str | None]:
    """How each relationship began: `chance`, `otherwise`, or None where it is not known.

    What was said (`how`) decides. Where nothing was, a first logged encounter that was a chance
    one counts as the beginning, unless the relationship is said to be older than it.

    Args:
        people: `person` (id), `how`, `since` (date or None).
        encounters: Of all time: `person`, `day` (since 1970), `start` [ms], `chance`.
    """
    first = encounters.sort_values("start", kind="stable").drop_duplicates("person")
    met = {
        int(person): (int(day), bool(chance))
        for person, day, chance in zip(first["person"], first["day"], first["chance"], strict=True)
    }
    return {
        int(person): _beginning(how, since, met.get(int(person)))
        for person, how, since in zip(people["person"], people["how"], people["since"], strict=True)
    }


def _beginning(
    how: str | None, since: dt.date | None, first: tuple[int, bool] | None
) -> str | None:
    if how:
        return "chance" if "chance" in how.casefold() else "otherwise"
    if first is None:
        return None
    day, chance = first
    older = since is not None and since.toordinal() - _EPOCH < day
    return "chance" if chance and not older else "otherwise"


def counted(events: pd.DataFrame, known: Mapping[Any, "set[int]"] | None) -> pd.DataFrame:
    """Count events by their group.

    Args:
        events: One row an event and person: `event`, `day` (since 1970), `group` (None: not
            known).
        known: For each group the days on which its hours are known; None: every day is.

    Returns:
        Index of groups (None at the end); `events`, and `left_out`: those on days of which the
        hours are not known, so that counts and hours are about the same days. An event of
        several people counts once in the group of each.
    """
    rows: dict[Any, tuple[set[int], set[int]]] = {}
    groups = events["group"].astype(object).where(events["group"].notna(), None)
    for event, day, group in zip(events["event"], events["day"], groups, strict=True):
        inside = known is None or group not in known or int(day) in known[group]
        rows.setdefault(group, (set(), set()))[0 if inside else 1].add(int(event))
    order = sorted(rows, key=lambda group: (group is None, str(group)))
    return pd.DataFrame(
        {
            "events": [len(rows[group][0]) for group in order],
            "left_out": [len(rows[group][1]) for group in order],
        },
        index=pd.Index(order, dtype=object),
        dtype=int,
    )


def returns(
    counts: pd.DataFrame, hours: Mapping[Any, float], first: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Set counts against their hours.

    A count k in t hours has the rate Gamma(k + 1/2, t) (Jeffreys): its median, and an interval
    that holds 95 %. Nothing in 320 h is thus not "0" but "up to 0.8 per 100 h".

    Where no hours are recorded, or so few that what came cannot lie in them, there is no rate,
    and every event counts: none is left out for its day. No ratio is told across such a group.

    Args:
        counts: Index of groups; `events`, `left_out`.
        hours: The hours of each group [h]; a group without is not known (NaN).
        first: Groups that are always rows, in this order; the ratio sets the first of them
            against the others together. Without any, there is no ratio.

    Returns:
        RETURNS as columns; rates per 100 h. Rates without recorded hours are NaN. Where one side
        of the ratio had no event, it has an exact bound on one end only and no middle.
    """
    groups = [*first, *(group for group in counts.index if group not in first)]
    told = {
        group: (int(events), int(left_out))
        for group, events, left_out in zip(
            counts.index, counts["events"], counts["left_out"], strict=True
        )
    }
    full = pd.DataFrame(
        [told.get(group, (0, 0)) for group in groups],
        index=pd.Index(groups, dtype=object),
        columns=["events", "left_out"],
    )
    full["hours"] = [float(hours.get(group, math.nan)) for group in groups]
    came = full["events"] + full["left_out"]
    unrecorded = ~(full["hours"] > 0) | (full["hours"] < LEAST_EACH * full["events"])
    full["events"] = full["events"].mask(unrecorded, came)
    full["left_out"] = full["left_out"].mask(unrecorded, 0)
    found = [
        per_100h(int(k), math.nan if unknown else float(t))
        for k, t, unknown in zip(full["events"], full["hours"], unrecorded, strict=True)
    ]
    full[["rate_per_100h", "low", "high"]] = np.array(found, dtype=float).reshape(-1, 3)
    for name in RETURNS[6:]:
        full[name] = np.nan
    if first and not full.empty:
        full.iloc[0, 6:] = _ratio(full, first)
    return full[list(RETURNS)]


def per_100h(events: int, hours: float) -> tuple[float, float, float]:
    """The rate per 100 h and its interval; NaN where there are no hours to divide by."""
    if not hours > 0:
        return math.nan, math.nan, math.nan
    found = rates.rate(events, hours / 100)
    return found.rate, found.low, found.high


def _ratio(full: pd.DataFrame, first: tuple[str, ...]) -> list[float]:
    """Ratio, low, high, probability; a side without events leaves the other end open (NaN)."""
    sides = full.loc[list(first)]
    recorded = sides["rate_per_100h"].notna()
    if (sides["events"] > 0)[~recorded].any() or not recorded.iloc[0]:
        return [math.nan] * 4
    there = sides[recorded].iloc[1:]
    mine, theirs = int(sides["events"].to_numpy()[0]), int(there["events"].to_numpy().sum())
    hours, their_hours = float(sides["hours"].to_numpy()[0]), float(there["hours"].to_numpy().sum())
    if not (their_hours > 0 and mine + theirs):
        return [math.nan] * 4
    found = rates.ratio(mine, hours, theirs, their_hours)
    if not theirs:  # how many times "none" goes into something only the prior would say
        return [math.nan, found.exact_low, math.nan, found.p_greater]
    if not mine:
        return [math.nan, 0.0, found.exact_high, found.p_greater]
    return [found.ratio_median, found.low, found.high, found.p_greater]
