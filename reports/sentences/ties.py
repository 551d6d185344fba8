"""Relationships in sentences: who has not been met for long, what fades and what revives."""

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from reports import wording
from reports.sentences.returns import between, figure

RARE = 0.05
"""A pause is called long only where the rhythm so far gives it less than this probability."""


FRIENDS = {50: "casual friends", 90: "friends", 200: "close friends"}
"""What people called each other after so many hours in all [h]."""


def about(
    tie: Mapping[str, Any], hours: float, opportunities: int, until: dt.date | None = None
) -> list[str]:
    """One relationship: how far, how regular, whether it changed, what came of it.

    Args:
        tie: `line_hours` [h], `rhythm_days`, `overdue_days` [days], `gap_probability`, `trend`,
            `trend_low`, `trend_high`; NaN where it cannot be told.
        hours: In person, as logged [h].
        opportunities: How many came of it.
        until: The last entry of all, if the diary ends there: nothing is known of the time since.
    """
    pause = "the present pause" if until is None else f"the pause until {wording.day(until)}"
    said = [_friendship(hours, float(tie["line_hours"])), _pause(tie, pause), _change(tie)]
    if opportunities:
        came = wording.count(opportunities, "opportunity", "opportunities").capitalize()
        said.append(f"{came} came of it.")
    return [line for line in said if line]


def _friendship(hours: float, passed: float) -> str:
    if not hours > 0:
        return ""
    ahead = [line for line in FRIENDS if line > hours]
    parts = [] if math.isnan(passed) else [f"past the {passed:g} h of {FRIENDS[int(passed)]}"]
    parts += [f"short of the {ahead[0]} h of {FRIENDS[ahead[0]]}"] if ahead else []
    return (
        f"{wording.hours(hours)} in person were logged: {' and '.join(parts)}, as movers"
        " and students in the United States called each other (Hall 2018)."
    )


def _pause(tie: Mapping[str, Any], pause: str) -> str:
    rhythm, overdue = float(tie["rhythm_days"]), float(tie["overdue_days"])
    if math.isnan(rhythm):
        return "How often you meet can be told from three days with a meeting on."
    every = f"You meet about every {wording.count(rhythm, 'day')}"
    if rhythm < 1.5:  # noqa: PLR2004 - days
        every = "You meet about every day"
    if overdue < 1:
        return f"{every}, and {pause} is no longer than that."
    share = float(tie["gap_probability"])
    seldom = "less than 1 %" if share < 0.01 else wording.percent(share)  # noqa: PLR2004
    return (
        f"{every}; {pause} is {wording.count(overdue, 'day')} longer. By that rhythm a"
        f" pause so long has a probability of {seldom}."
    )


def _change(tie: Mapping[str, Any]) -> str:
    low, high = float(tie["trend_low"]), float(tie["trend_high"])
    if math.isnan(low):
        return ""
    ends = f"{figure(low)} times or more" if math.isnan(high) else f"{between(low, high)} times"
    words = {"fading": "You are less in touch", "reviving": "You are more in touch"}
    how = words.get(str(tie["trend"]), "It cannot be told whether you are more or less in touch")
    return f"{how} in the last 60 days than in the year before: {ends} as often would fit."


def lines(ties: pd.DataFrame) -> list[str]:
    """Long pauses, fading, reviving; nothing where nothing stands out.

    Args:
        ties: `name`, `rhythm_days`, `overdue_days`, `gap_probability`, `trend`, `trend_low`.
    """
    return [*_pauses(ties), *_trends(ties)]


def _pauses(ties: pd.DataFrame) -> list[str]:
    regular = ties[ties["gap_probability"].notna()]
    long = regular[regular["gap_probability"] < RARE].sort_values("gap_probability")
    said = [
        f"{name}: not met for {wording.count(rhythm + overdue, 'day')}, where about"
        f" {wording.count(rhythm, 'day')} {'is' if round(rhythm) == 1 else 'are'} usual."
        for name, rhythm, overdue in zip(
            long["name"], long["rhythm_days"], long["overdue_days"], strict=True
        )
    ]
    return [*said, _by_chance(len(regular), len(long), "so long a pause")] if said else []


def _trends(ties: pd.DataFrame) -> list[str]:
    compared = ties[ties["trend_low"].notna()]
    said = []
    for word, less in (("fading", "less"), ("reviving", "more")):
        names = compared.loc[compared["trend"] == word, "name"]
        if len(names):
            said.append(
                f"In touch {less} in the last 60 days than in the year before: {', '.join(names)}."
            )
    found = int(compared["trend"].isin(["fading", "reviving"]).sum())
    return [*said, _by_chance(len(compared), found, "such a change")] if said else []


def _by_chance(compared: int, found: int, what: str) -> str:
    """How many would stand out though nothing had changed: a twentieth of those compared."""
    expected = RARE * compared
    about = "fewer than one" if expected < 1 else f"about {expected:.0f}"
    return (
        f"Of {wording.count(compared, 'relationship')} {about} would show {what} by chance alone;"
        f" {found} did."
    )


def funnel(stages: pd.DataFrame) -> str:
    """From reach to support in one sentence.

    Args:
        stages: `stage` (reached, conversed, met, supported), `people`.
    """
    count = dict(zip(stages["stage"], stages["people"].astype(float), strict=True))
    talked, met, helped = (
        f"{count[stage]:,.0f}".replace(",", " ") if count[stage] else "nobody"
        for stage in ("conversed", "met", "supported")
    )
    reached = count["reached"]
    first = (
        "How many people you could reach was not noted."
        if math.isnan(reached)
        else f"You could reach {wording.tally(reached, 'person', 'people')}."
    )
    return (
        f"{first} As far as was logged, you talked with {talked}, met {met} in person, and"
        f" {helped} helped you or brought you something."
    )


def caption(grown: pd.DataFrame, *, dashed: bool = True) -> str:
    """What the chart of hours that add up shows, with n; `dashed`: it has lines of friendship."""
    people = wording.tally(grown["name"].nunique(), "person", "people")
    lines = (
        " Dashed: hours after which people called each other casual friend, friend, close friend"
        " (United States, Hall 2018)."
    )
    return (
        "Hours in person with each, all in all since the log began, coloured by where the"
        f" relationship began; a dot: last met.{lines if dashed else ''} n = {people}."
    )


def funnel_caption(stages: pd.DataFrame) -> str:
    """What the chart of reach shows, with n."""
    count = dict(zip(stages["stage"], stages["people"].astype(float), strict=True))
    return (
        "Different people, on a logarithmic axis. Reach is what was noted of each platform, added"
        " up, so whoever is on two counts twice; the others are of the encounters and"
        f" opportunities that were logged. n = {wording.tally(count['conversed'], 'person', 'people')}."
    )
