"""Withdrawal in words: what is known, and no more of a change than its means show."""

import datetime as dt
import math
from collections.abc import Mapping

import pandas as pd

from reports import wording

UNKNOWN = (
    "Time with people is not known: nothing has been logged. Not logged is not alone; disconnect"
    " log says how it was."
)
_NOW = {"in_person_hours": "meet people", "online_hours": "are online"}
_THEN = {"in_person_hours": "met people", "online_hours": "were online"}
_NAMES = {"in_person_hours": "time with people", "online_hours": "online communication"}
_HARDLY = 0.1
"""Less than six minutes a day is hardly any time at all [h]."""


def standing(now: Mapping[str, float], as_of: dt.date | None = None) -> list[str]:
    """How it stands: since anybody was met, how many people, how often out.

    Args:
        now: `days_since_met` and `unknown_days_since_met` of them, `people_met_14d`,
            `outings_14d` and `known_days_14d`.
        as_of: The last known day, where days of which nothing is known follow it.
    """
    if math.isnan(now["known_days_14d"]) or not now["known_days_14d"]:
        return [UNKNOWN]
    known = round(now["known_days_14d"])
    people, out = now["people_met_14d"], now["outings_14d"]
    met = wording.count(people, "person", "people")
    whole = known >= 14  # noqa: PLR2004 - two weeks
    said = "In the 14 days up to then" if as_of else "In the last 14 days"
    said += "" if whole else f", of which {wording.count(known, 'is known', 'are known')},"
    said += f" you met {met}"
    said += f", and were out to meet somebody on {wording.count(out, 'day')}."
    return [_since(now["days_since_met"], now["unknown_days_since_met"], as_of), said]


def _since(days: float, unknown: float, as_of: dt.date | None) -> str:
    if math.isnan(days):
        return "Nobody has been met for ten minutes or more since the log began."
    the_day = f"the last known day{f', {wording.day(as_of)}' if as_of else ''}"
    if days < 1:
        return f"You met somebody on {the_day}."
    ago = wording.count(days, "day")
    known = ""
    if unknown > 0:
        of_them = wording.count(unknown, "of them is", "of them are")
        known = f", as far as is known: {of_them} not known"
    if as_of:
        return f"On {the_day}, it was {ago} since you had met anybody{known}."
    return f"It is {ago} since you met anybody{known}."


def turned(changes: pd.DataFrame, known_days: int, most: int | None = None) -> list[str]:
    """When the level changed, each with its means; or that no change is clear.

    Args:
        changes: `measure`, `day`, `before` and `after`, in the order of the days.
        known_days: On how many days time with people is known.
        most: How many to tell, the newest; the others are counted. None: all.
    """
    if known_days < 28:  # noqa: PLR2004 - the gate of the step
        so_far = wording.count(known_days, "known day")
        return [f"Too early to say whether anything changed: {so_far} of the 28 it needs."]
    if changes.empty:
        return ["No change of level is clear in this period."]
    last = changes.drop_duplicates("measure", keep="last").index
    lasts = [number in last for number in changes.index]
    columns = (changes[name].tolist() for name in ("measure", "day", "before", "after"))
    said = [
        change(measure, day, (before, after), lasts=goes_on)
        for measure, day, before, after, goes_on in zip(*columns, lasts, strict=True)
    ]
    if most is None or len(said) <= most:
        return said
    earlier = wording.count(len(said) - most, "change").capitalize()
    return [f"{earlier} before these: disconnect withdrawal lists all.", *said[-most:]]


def newest(changes: pd.DataFrame) -> str:
    """The last change of time with people, else of hours online; empty where there is none."""
    for measure in _NOW:
        of_it = changes[changes["measure"] == measure]
        if len(of_it):
            row = of_it.iloc[-1]
            return change(measure, row["day"], (row["before"], row["after"]), lasts=True)
    return ""


def change(measure: str, day: dt.date, means: tuple[float, float], *, lasts: bool) -> str:
    """One change: `Since the week of 4 May you meet people half as long: …`; `lasts`: to the end."""
    before, after = means
    monday = day - dt.timedelta(days=day.weekday())
    week = f"the week of {monday.day} {wording.MONTHS[monday.month - 1]} {monday.year}"
    a_day = f"{_minutes(after)} a day, before that {_minutes(before)}"
    since = f"Since {week} you {_NOW[measure]}" if lasts else f"From {week} you {_THEN[measure]}"
    return f"{since} {_how_much(before, after)}: {a_day}."


def _minutes(hours: float) -> str:
    """Whole minutes: a mean over weeks has no seconds."""
    whole = round(hours * 60)
    return wording.hours(whole / 60) if whole else "less than a minute"


def _how_much(before: float, after: float) -> str:
    """More or less, by the ratio of the means; round words only where they are true."""
    if before < _HARDLY <= after:
        return "again"
    if after < _HARDLY <= before:
        return "hardly at all"
    ratio = after / before if before else float("inf")
    if ratio >= 1.75:  # noqa: PLR2004 - from there on `times` reads better than `longer`
        return f"{ratio:.1f} times as long".replace(".0 ", " ")
    if ratio > 1:
        return "longer"
    if ratio < 0.45:  # noqa: PLR2004 - up to .55 it is a half
        return "less than half as long"
    return "half as long" if ratio <= 0.55 else "less"  # noqa: PLR2004


def watching(watch: pd.DataFrame) -> list[str]:
    """What the weekly line says; it is called a watch, for it can be wrong."""
    if watch.empty:
        return ["The weekly watch begins after nine known weeks."]
    said = []
    for measure, part in watch.groupby("measure", sort=False):
        alarm = part["alarm"] > 0
        begun = part["week"][alarm & ~alarm.shift(fill_value=False)]
        if begun.empty:
            continue
        ongoing = bool(alarm.iloc[-1])
        first = pd.Timestamp(begun.iloc[-1])
        week = f"the week of {first.day} {wording.MONTHS[first.month - 1]} {first.year}"
        way = "less" if measure == "in_person_hours" else "more"
        name = _NAMES[str(measure)]
        has, since = ("has been", ", since") if ongoing else ("was", " for a time, from")
        before = wording.count(len(begun) - 1, "such time")
        again = f"; {before} came before" if len(begun) > 1 else ""
        said.append(
            f"Watch: {name} {has} {way} than in the first eight weeks{since} {week}{again}."
        )
    return said or ["The weekly watch is quiet: no drift away from the first eight weeks."]


def caption(known: int, total: int, *, watched: bool = True) -> str:
    """What stands under the chart; `watched`: the strip of the watch is drawn."""
    strip = (
        " Below, the watch: weekly hours in person and online against the first eight weeks,"
        " deviations added up, in standard deviations; over 5 it speaks up. It can be wrong: take"
        " it as a reason to look."
    )
    return (
        "Days since the last meeting in person of ten minutes or more that is known; hatched: not"
        " known."
        f"{strip if watched else ''} n = {wording.tally(known, 'known day')} of {total}."
    )
