"""How deep, how regular, and whether it fades: each relationship as its encounters tell."""

import math
from itertools import pairwise

import numpy as np
import pandas as pd

from disconnect.statistics import rates

CHANNELS = ("in_person", "call", "message", "email", "broadcast")
TIES = (
    "name",
    "met",
    *(f"{channel}_hours" for channel in CHANNELS),
    "depth",
    "rated",
    "line_hours",
    "rhythm_days",
    "overdue_days",
    "gap_probability",
    "trend",
    "trend_ratio",
    "trend_low",
    "trend_high",
)
GROWN = ("name", "met", "day", "total_hours")
LINES = (50, 90, 200)
"""Hours in all after which people called each other casual friends, friends, close friends [h].

Hall 2018, Journal of Social and Personal Relationships 36:1278-1296, United States.
"""
PRIOR_RATINGS = 3
"""So many ratings at the mean of all weigh beside a person's own."""
PRIOR_INTERVALS = 2
"""So many intervals at the median of all relationships weigh beside a person's own."""
FEWEST_MEETINGS = 3
RECENT, BEFORE = 60, 365


def ties(people: pd.DataFrame, encounters: pd.DataFrame, until: int) -> pd.DataFrame:
    """What each relationship is like.

    Args:
        people: `person` (id), `name`, `met`.
        encounters: Of all time, one row an encounter and person: `encounter`, `person`, `day`
            (since 1970), `channel`, `hours` [h], `meaning` and `disclosure` (1..7 or NaN).
        until: The last day of which the diary tells, since 1970: what nobody logged cannot fade.

    Returns:
        TIES as columns, in the order of `people`. Hours as logged [h]. `depth` (1..7) by
        `depths`, NaN where nothing was rated. `line_hours`: the highest of LINES that the
        hours in person logged have reached, else NaN. `rhythm_days`, `overdue_days` and
        `gap_probability` by `rhythm`, `trend*` by `trend`.
    """
    begun = int(encounters["day"].min()) if len(encounters) else until
    by_person = dict(iter(encounters.groupby("person")))
    nothing = encounters.iloc[:0]
    parts = [by_person.get(person, nothing) for person in people["person"]]
    meetings = [_days(part[part["channel"] == "in_person"]) for part in parts]
    usual = _usual(meetings)
    depth = depths(encounters)
    rows = []
    for person, name, met, part, days in zip(
        people["person"], people["name"], people["met"], parts, meetings, strict=True
    ):
        hours = part.groupby("channel")["hours"].sum()
        in_person = float(hours.get("in_person", 0.0))
        rows.append(
            (
                name,
                met,
                *(float(hours.get(channel, 0.0)) for channel in CHANNELS),
                *depth.get(int(person), (math.nan, 0)),
                max((line for line in LINES if in_person >= line), default=math.nan),
                *rhythm(days, usual, until),
                *trend(_days(part), begun, until),
            )
        )
    return pd.DataFrame(rows, columns=list(TIES))


def depths(encounters: pd.DataFrame) -> dict[int, tuple[float, int]]:
    """How deep encounters with each person are, and how many were rated.

    An encounter's depth is the mean of its ratings of meaning and disclosure. A person's is
    (n·mean + 3·all)/(n + 3), `all` being the mean of every rated encounter: one good evening
    does not make somebody the closest friend.
    """
    rated = encounters.assign(depth=encounters[["meaning", "disclosure"]].mean(axis=1))
    rated = rated[rated["depth"].notna()]
    everywhere = float(rated.drop_duplicates("encounter")["depth"].mean())
    return {
        int(str(person)): (
            (len(part) * float(part.mean()) + PRIOR_RATINGS * everywhere)
            / (len(part) + PRIOR_RATINGS),
            len(part),
        )
        for person, part in rated.groupby("person")["depth"]
    }


def rhythm(days: list[int], usual: float, until: int) -> tuple[float, float, float]:
    """How often two meet in person, how overdue they are, and how rare so long a pause is.

    Intervals between days of meeting are taken as exponential; their mean has an inverse-gamma
    prior with the weight of two intervals at `usual`. With n own intervals of S days in all it
    is expected to be (S + 2·usual)/(n + 2), and a pause longer than s days has the probability
    (B/(B + s))^(n + 3), B = S + 2·usual (Lomax, the posterior predictive distribution).

    Args:
        days: Days of meeting in person, each once, in order.
        usual: Median over all relationships of the mean interval [days].
        until: The day it is.

    Returns:
        The expected interval [days]; by how much the present pause exceeds it, at least 0
        [days]; the probability of a pause this long. All NaN with fewer than three meetings.
    """
    if len(days) < FEWEST_MEETINGS:
        return math.nan, math.nan, math.nan
    intervals = len(days) - 1
    together = (days[-1] - days[0]) + PRIOR_INTERVALS * usual
    expected = together / (intervals + PRIOR_INTERVALS)
    pause = max(0, until - days[-1])
    rare = (together / (together + pause)) ** (intervals + PRIOR_INTERVALS + 1)
    return expected, max(0.0, pause - expected), rare


def trend(days: list[int], begun: int, until: int) -> tuple[str | None, float, float, float]:
    """Whether two have been in touch less or more of late than in the year before.

    Days with any encounter in the last 60 days against those of the 365 before, as the ratio of
    two Poisson rates. The years before the log began, or before these two first met, are no
    time without contact, and the first encounter itself is not counted.

    Returns:
        `fading` or `reviving` where the 95 % interval of the ratio excludes 1, else None; the
        ratio, its low and its high end; NaN where fewer than 60 days lie before.
    """
    recent_from = until - RECENT + 1
    nothing = (None, math.nan, math.nan, math.nan)
    if not days:
        return nothing
    start = max(recent_from - BEFORE, begun, days[0] + 1)
    if recent_from - start < RECENT:
        return nothing
    recent = sum(recent_from <= day <= until for day in days)
    before = sum(start <= day < recent_from for day in days)
    if recent + before == 0:
        return nothing
    found = rates.ratio(recent, RECENT, before, recent_from - start)
    # Where one side has nothing, its end of the interval is the exact one, not the prior's.
    low = found.low if recent and before else found.exact_low
    high = found.high if recent and before else found.exact_high
    word = "fading" if high < 1 else "reviving" if low > 1 else None
    middle = found.ratio_median if recent and before else math.nan
    return word, middle, low, high if math.isfinite(high) else math.nan


def grown(people: pd.DataFrame, encounters: pd.DataFrame, most: int = 12) -> pd.DataFrame:
    """How hours in person with each person added up, the most hours first.

    Args:
        people: `person` (id), `name`, `met`.
        encounters: One row an encounter and person: `person`, `day` (since 1970), `channel`,
            `hours` [h].
        most: So many people at most.

    Returns:
        One row a person and day of meeting: `name`, `met`, `day` (date), `total_hours`: all
        hours in person logged up to the end of that day [h].
    """
    met = encounters[(encounters["channel"] == "in_person") & (encounters["person"] >= 0)]
    totals = met.groupby("person")["hours"].sum().sort_values(ascending=False, kind="stable")
    known = people.set_index("person")
    daily = met.groupby(["person", "day"])["hours"].sum()
    parts = []
    for person in totals.index[:most]:
        hours = daily.loc[person].sort_index()
        parts.append(
            pd.DataFrame(
                {
                    "name": known.loc[person, "name"],
                    "met": known.loc[person, "met"],
                    "day": pd.to_datetime(hours.index.to_numpy(), unit="D"),
                    "total_hours": hours.cumsum().to_numpy(),
                }
            )
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(GROWN))


def _days(part: pd.DataFrame) -> list[int]:
    return [int(day) for day in np.unique(part["day"].to_numpy())]


def _usual(meetings: list[list[int]]) -> float:
    """The median over relationships of the mean interval between meetings [days]."""
    means = [
        sum(after - before for before, after in pairwise(days)) / (len(days) - 1)
        for days in meetings
        if len(days) >= FEWEST_MEETINGS
    ]
    return float(np.median(means)) if means else math.nan
