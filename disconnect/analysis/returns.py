"""What came of the hours online and in person: opportunities and support per 100 hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from disconnect.analysis.encounters import spent
from disconnect.analysis.living import Living, living
from disconnect.analysis.sums import EPOCH
from disconnect.clock import Clock
from disconnect.glossary import checked
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline import returns as step
from disconnect.pipeline.timeline.partition import within
from disconnect.settings import Settings

BY = ("channel", "origin", "person", "chance")
WHAT = ("opportunities", "support")
_NAMES = {"channel": "channel", "origin": "origin", "person": "person", "chance": "began"}


@dataclass(frozen=True, slots=True)
class Chances:
    """Encounters that nobody planned, and what they began.

    `hours` are hours in person as logged [h]: time out on which nobody was met is not in them.
    `days` had an encounter in person. Rates are chance encounters per 100 of those hours.
    `people`: who was first met in the period, by chance; `opportunities`: what came in the
    period of relationships that began by chance, whenever that was.
    """

    encounters: int
    hours: float
    days: int
    rate_per_100h: float
    low: float
    high: float
    people: tuple[str, ...]
    opportunities: int


def returns_of(
    home: Home, settings: Settings, period: Period, how: tuple[str, str], clock: Clock
) -> pd.DataFrame:
    """Set what came against the hours; `how`: by what, and what of (BY, WHAT).

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    return returns_in(living(home, settings, period, clock), *how)


def returns_in(life: Living, by: str, what: str = "opportunities") -> pd.DataFrame:
    """The same of a life that has been gathered.

    What an hour stands for differs by what is asked, and is never guessed:

    - opportunities by `channel`: how the offer arrived (`via`), against the hours of that
      channel: observed online, logged in person.
    - opportunities by `origin`: where the relationship began, against the hours in that world:
      in person as logged, or all online communication observed. With whom an hour online was
      spent is seldom known, so this is no rate of the hours with those people.
    - by `person` and `chance`: of whom, or of relationships that began by chance, against the
      hours logged with these people in any channel. Messages that nobody logged are not in
      them, so people one mostly writes to look better than they are.
    - support, which is told of with an encounter, always against the hours of encounters that
      were logged: observed hours would count support that nobody logged as none.

    Online communication in somebody's company counts as both. What came on a day of which the
    hours are not known is `left_out` where the channel has hours on others; where it has none,
    all that came by it counts and has no rate. What has no channel or origin stands in a row of
    its own without a rate.

    Returns:
        Index `channel`, `origin`, `person` or `began`; RETURNS as columns.
    """
    support = what == "support"
    events = _support(life) if support else _opportunities(life)
    met = life.encounters.copy()
    if by == "channel":
        events["group"], met["group"] = events["channel"], met["channel"]
    else:
        groups = _groups(life, by)
        for rows in (events, met):
            rows["group"] = [groups.get(int(person)) for person in rows["person"]]
    if support or by in {"person", "chance"}:
        hours, known = _logged(life, met), None
    else:
        hours, known = _observed(life, by)
    counts = step.counted(events, known)
    if by == "person":  # who brought nothing belongs beside those who brought something
        silent = [name for name in hours if name not in counts.index]
        counts = counts.reindex([*counts.index, *silent], fill_value=0)
    frame = step.returns(counts, hours, step.GROUPS.get(by, ()))
    if by == "person":
        frame = frame.sort_values(["events", "hours"], ascending=False, kind="stable")
    return checked(frame, step.RETURNS).rename_axis(_NAMES[by])


def chances_in(life: Living) -> Chances:
    """Chance encounters of the period, and what they began."""
    first, last = _ends(life)
    groups = _groups(life, "chance")
    met = _in_period(life, life.encounters)
    met = met[met["channel"] == "in_person"]
    count = int(met.loc[met["chance"], "encounter"].nunique())
    hours = _sum(life.days["in_person_hours"])
    rate, low, high = step.per_100h(count, hours)
    beginnings = life.encounters.groupby("person")["day"].min()
    names = dict(zip(life.people["person"], life.people["name"], strict=True))
    fresh = [
        str(names[person])
        for person, day in beginnings.items()
        if first <= day <= last and groups.get(int(str(person))) == "chance"
    ]
    came = _opportunities(life)
    by_chance = [groups.get(int(person)) == "chance" for person in came["person"]]
    return Chances(
        encounters=count,
        hours=hours,
        days=int(met["day"].nunique()),
        rate_per_100h=rate,
        low=low,
        high=high,
        people=tuple(sorted(fresh)),
        opportunities=sum(by_chance),
    )


def _ends(life: Living) -> tuple[int, int]:
    first, last = ((life.days.index[end].date() - EPOCH).days for end in (0, -1))
    return first, last


def _in_period(life: Living, rows: pd.DataFrame) -> pd.DataFrame:
    first, last = _ends(life)
    return rows[rows["day"].between(first, last)].copy()


def _opportunities(life: Living) -> pd.DataFrame:
    rows = _in_period(life, life.opportunities)
    channel = rows["via"].astype(object).where(rows["via"].notna(), None)
    return pd.DataFrame(
        {
            "event": np.arange(len(rows)),
            "day": rows["day"].to_numpy(),
            "person": rows["person"].to_numpy(),
            "channel": channel.to_numpy(),
        }
    )


def _support(life: Living) -> pd.DataFrame:
    rows = _in_period(life, life.encounters)
    rows = rows[rows["support"] == "received"].rename(columns={"encounter": "event"})
    return rows[["event", "day", "person", "channel"]].copy()


def _groups(life: Living, by: str) -> Mapping[int, Any]:
    if by == "chance":
        return step.began(life.people, life.encounters)
    column = "met" if by == "origin" else "name"
    pairs = zip(life.people["person"], life.people[column], strict=True)
    return {int(person): group for person, group in pairs}


def _observed(life: Living, by: str) -> tuple[dict[Any, float], dict[Any, set[int]]]:
    """The hours of each group, and the days on which they are known.

    A call that was logged is known on a day of which nothing else is: on it, it is all the
    hours of calls. On other days it is among those that were counted.
    """
    first, _ = _ends(life)
    hours = {group: life.days[f"{group}_hours"].astype(float) for group in step.GROUPS[by]}
    if "call" in hours:
        hours["call"] = hours["call"].fillna(_calls(life))
    known = {
        group: {first + int(number) for number in np.flatnonzero(column.notna())}
        for group, column in hours.items()
    }
    return {group: _sum(column) for group, column in hours.items()}, known


def _calls(life: Living) -> "pd.Series[float]":
    """Hours of calls that were logged, of each day with any; index `day`."""
    rows = life.encounters
    rows = rows[rows["channel"] == "call"].drop_duplicates("encounter")
    parts = within(spent(rows, life.day_starts_hour, ("channel",)), _ends(life), life.cut)
    daily = parts.groupby("day")["hours"].sum()
    days = pd.to_datetime(daily.index.to_numpy(dtype=np.int64), unit="D")
    return pd.Series(daily.to_numpy(dtype=float), index=days)


def _logged(life: Living, met: pd.DataFrame) -> dict[Any, float]:
    """The hours of the encounters of each group; one of several people counts once in each.

    So does time that two entries share, by one channel: online in company is both. What goes
    over the edge of the period counts as far as it lies within.
    """
    rows = met[met["group"].notna()].drop_duplicates(["encounter", "group"])
    parts = spent(rows, life.day_starts_hour, ("group", "channel"))
    rows = within(parts, _ends(life), life.cut)
    return dict(rows.groupby("group")["hours"].sum().items())


def _sum(column: "pd.Series[float]") -> float:
    return float(column.astype(float).sum(min_count=1))
