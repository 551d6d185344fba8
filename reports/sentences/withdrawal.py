"""Withdrawal in words: how it stands, and what the weekly watch says."""

import datetime as dt
import math
from collections.abc import Mapping

import pandas as pd

from reports import wording
from reports.sentences.turns import FEW

UNKNOWN = (
    "Time with people is not known: nothing has been logged. Not logged is not alone; disconnect"
    " log says how it was."
)
DAYS = 14
"""Days that are looked back over for people and days out."""
_NAMES = {"in_person_hours": "time with people", "online_hours": "online communication"}


def standing(now: Mapping[str, float], as_of: dt.date | None = None) -> list[str]:
    """Say how it stands: days since a meeting, people met, and days out.

    Args:
        now: `days_since_met` and `unknown_days_since_met` of them, `people_met_14d`,
            `outings_14d` and `known_days_14d`.
        as_of: The last known day, where unknown days follow it.
    """
    if math.isnan(now["known_days_14d"]) or not now["known_days_14d"]:
        return [UNKNOWN]
    return [
        _since(now["days_since_met"], now["unknown_days_since_met"], as_of),
        _lately(now, as_of),
    ]


def _lately(now: Mapping[str, float], as_of: dt.date | None) -> str:
    """People and days out in two weeks; none of it denies what is said of the last meeting."""
    known = round(now["known_days_14d"])
    people, out = now["people_met_14d"], now["outings_14d"]
    when = "In the 14 days up to then" if as_of else "In the last 14 days"
    if known < DAYS:
        when += f" ({wording.count(known, 'known day')})"
    since = now["days_since_met"]
    if since < DAYS:
        met = wording.count(people, "person", "people") if people else "people whom you didn't name"
        return f"{when} you met {met}; you were out with people on {wording.count(out, 'day')}."
    if not people and not out:
        return f"{when} you logged no meeting, not even a brief one."
    met = wording.count(people, "person", "people") if people else "people"
    out_on = f", on {wording.count(out, 'day')} out" if out else ""
    return f"{when} you met {met} only briefly{out_on}."


def _since(days: float, unknown: float, as_of: dt.date | None) -> str:
    if math.isnan(days):
        return "No meeting of ten minutes or more has been logged yet."
    the_day = f"the last known day{f', {wording.day(as_of)}' if as_of else ''}"
    if days < 1:
        return f"You met people on {the_day}."
    known = ""
    if unknown > 0:
        of_them = wording.count(unknown, "of them is", "of them are")
        known = f", as far as is known: {of_them} unknown"
    met = "met anyone for ten minutes or more"
    if as_of:
        return f"On {the_day}, it was {wording.count(days, 'day')} since you had {met}{known}."
    return f"It is {wording.count(days, 'day')} since you {met}{known}."


def watching(watch: pd.DataFrame, met_share: float = 1.0) -> list[str]:
    """Say what the weekly line says; it is called a watch, as it can be wrong.

    Args:
        watch: `measure`, `week` (its Monday), `alarm` (0, 1), in the order of the weeks.
        met_share: Days with people of all known days.
    """
    if watch.empty:
        return ["The weekly watch begins after nine known weeks."]
    said = []
    for measure, part in watch.groupby("measure", sort=False):
        alarm = part["alarm"] > 0
        begun = part["week"][alarm & ~alarm.shift(fill_value=False)]
        if begun.empty:
            continue
        way = "less" if measure == "in_person_hours" else "more"
        has, since = ("has been", "since") if alarm.iloc[-1] else ("was for a time", "from")
        before = wording.count(len(begun) - 1, "earlier time")
        again = f" ({before})" if len(begun) > 1 else ""
        said.append(
            f"Watch: {_NAMES[str(measure)]} {has} {way} than in the weeks before, {since} about the"
            f" week of {wording.day(pd.Timestamp(begun.iloc[-1]))}{again}. This can be chance."
        )
    quiet = "The weekly watch is quiet: no drift away from the weeks before."
    if met_share < FEW and "in_person_hours" in set(watch["measure"]):
        quiet = (
            "The weekly watch is quiet, but you meet people on so few days that it would hardly"
            " notice fewer."
        )
    return said or [quiet]


def caption(known: int, total: int, *, watched: bool = True) -> str:
    """What stands under the chart; `watched`: the strip of the watch is drawn."""
    strip = (
        " Below, the watch: each week against all weeks before it, less time with people and more"
        " online added up, in standard deviations; over 5.8 it speaks up. It can be wrong: take it"
        " as a reason to look."
    )
    return (
        "Days since the last meeting in person of ten minutes or more that is known; hatched: not"
        " known."
        f"{strip if watched else ''} n = {wording.tally(known, 'known day')} of {total}."
    )
