"""When the level changed: how often people are met, how long, and hours online."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from disconnect.pipeline.withdrawal.levels import (
    EXCURSION,
    IN_PERSON,
    LONG,
    OFTEN,
    ONLINE,
    Level,
    excursions,
    level,
)
from disconnect.pipeline.withdrawal.weekly import met, weekly
from disconnect.statistics.shuffling import Split, place_interval, splits

CHANGES = (
    "measure", "day", "earliest", "latest", "before", "before_low", "before_high", "after",
    "after_low", "after_high", "before_days", "after_days",
)  # fmt: skip
TOLD_AT = {"often": 0.01, "long": 0.008, "online": 0.005}
"""p up to which a change is told once a year of weeks is known; before that, less."""
YEAR = 52
FEWEST_WEEKS = 14
"""Known weeks below which no change is looked for."""
LOOK_EVERY = 2
"""Weeks between two looks. They end on fixed Mondays, however often the question is asked."""
NEAR = 4
"""Weeks that the places of one change may lie apart."""
FEW = 0.2
"""Days with people of all known days, below which a change of them rarely shows."""
_MEASURES = {"often": OFTEN, "long": LONG, "online": ONLINE}
_LEAST = {OFTEN: 0.25, LONG: 1 / 30, ONLINE: 1 / 30}
"""A difference that is not worth telling [of the measure]."""
_LEAST_SHARE = 0.05
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_FIRST_MONDAY = pd.Timestamp("1970-01-05")


@dataclass(frozen=True, slots=True)
class Turn:
    """A change: where in the weeks the new level begins, and the parts that carry it.

    The strongest part stands first; the place is that of its split.
    """

    at: int
    parts: tuple[tuple[str, Split], ...]


def grounds(days: pd.DataFrame) -> dict[str, float]:
    """Return what decides whether a change could be told at all.

    Args:
        days: As for `changes`.

    Returns:
        `in_person_weeks` and `online_weeks`: known weeks up to the last look; `met_share`: days
        with people of all known days (NaN: none known).
    """
    weeks = weekly(days)
    hours = days["in_person_hours"].dropna().to_numpy(dtype=float)
    return {
        "in_person_weeks": float(_looked_at(weeks["often"]).notna().sum()),
        "online_weeks": float(_looked_at(weeks["online"]).notna().sum()),
        "met_share": float(met(hours).mean()) if len(hours) else float("nan"),
    }


def changes(days: pd.DataFrame) -> pd.DataFrame:
    """Find when the level of time with people and of online communication changed.

    Three series of calendar weeks are searched: how often people are met, how long, and hours
    online. A change is told if it beats shuffled weeks at two looks in a row, two weeks apart, in
    the same direction and place; both looks are computed from the days given. How often and how
    long, four weeks apart or less, are one change.

    Args:
        days: Index `day`, in order and without holes; `in_person_hours`, `online_hours` [h], NaN
            where unknown: unknown days are left out, never 0.

    Returns:
        CHANGES, in time's order. `day`: Monday of the first week of the new level; `earliest` and
        `latest`: Mondays between which it lies (95 %). `before` and `after`: the levels between
        the neighbouring changes with their 95 % intervals, and the known days of each; weeks far
        outside the others of their level are left out. A change of time with people has a row
        `in_person_hours` [h/day], and beside it rows for the parts that carry it:
        `met_days_per_week` [days a week], `hours_per_met_day` [h].
    """
    weeks = weekly(days)
    rows: list[tuple[object, ...]] = []
    for column, parts in ((IN_PERSON, ("often", "long")), (ONLINE, ("online",))):
        rows += _rows(days[column], weeks, parts)
    frame = pd.DataFrame(rows, columns=list(CHANGES))
    kinds: dict[str, str] = dict.fromkeys(CHANGES[4:], "float64")
    frame = frame.astype(kinds | dict.fromkeys(CHANGES[1:4], "datetime64[ns]"))
    return frame.sort_values(["day", "measure"], kind="stable").reset_index(drop=True)


def told(values: "pd.Series[float]", part: str) -> list[Split]:
    """Find the changes of one part that the last two looks agree upon.

    The bar is higher while few weeks are known, (weeks / 52)³ times the p of a whole year: in the
    first year the question may be asked at any time.

    Args:
        values: One value a week, index its Monday; NaN where unknown.
        part: `often`, `long` or `online`.
    """
    seen = _looked_at(values)
    if seen.notna().sum() < FEWEST_WEEKS:
        return []
    now = _look(seen, part)
    earlier = _look(seen.iloc[:-LOOK_EVERY], part) if now else []
    return [
        one
        for one in now
        if any(one.direction == old.direction and abs(one.at - old.at) <= NEAR for old in earlier)
    ]


def _look(values: "pd.Series[float]", part: str) -> list[Split]:
    alpha = TOLD_AT[part] * min(1.0, int(values.notna().sum()) / YEAR) ** 3
    return splits(values.to_numpy(dtype=float), alpha, spare=EXCURSION)


def _looked_at(values: "pd.Series[float]") -> "pd.Series[float]":
    """The weeks up to the last look: up to the last known week, of an even number since 1970."""
    known = np.flatnonzero(values.notna().to_numpy())
    if not len(known):
        return values.iloc[:0]
    end = int(known[-1]) + 1
    return values.iloc[: end - (_number(values.index[:1])[0] + end) % LOOK_EVERY]


def _number(mondays: pd.Index) -> Ints:
    """Weeks since the first Monday of 1970."""
    return np.asarray((pd.DatetimeIndex(mondays) - _FIRST_MONDAY).days // 7, dtype=np.int64)


def _turns(weeks: pd.DataFrame, parts: tuple[str, ...]) -> list[Turn]:
    found = [(part, split) for part in parts for split in told(weeks[part], part)]
    groups: list[list[tuple[str, Split]]] = []
    for part, split in sorted(found, key=lambda one: one[1].at):
        group = groups[-1] if groups else []
        alone = all(part != other for other, _ in group)
        if group and alone and split.at - group[0][1].at <= NEAR:
            group.append((part, split))
        else:
            groups.append([(part, split)])
    strongest = [sorted(group, key=lambda one: one[1].p) for group in groups]
    return [Turn(group[0][1].at, tuple(group)) for group in strongest]


def _rows(
    hours: "pd.Series[float]", weeks: pd.DataFrame, parts: tuple[str, ...]
) -> list[tuple[object, ...]]:
    found = _turns(weeks, parts)
    edges = [0, *(turn.at for turn in found), len(weeks) + 1]  # a week that is not over counts too
    stretches = _stretches(hours, weeks, edges)
    rows: list[tuple[object, ...]] = []
    around = zip(edges[:-2], edges[2:], strict=True)
    for turn, sides, ends in zip(found, pairwise(stretches), around, strict=True):
        levels = _levels(turn, str(hours.name), sides)
        if levels:
            part, split = turn.parts[0]
            first, last = place_interval(weeks[part].to_numpy()[slice(*ends)], split.at - ends[0])
            when = [weeks.index[place] for place in (split.at, ends[0] + first, ends[0] + last)]
            rows += [(measure, *when, *_cells(*pair)) for measure, pair in levels.items()]
    return rows


def _stretches(
    hours: "pd.Series[float]", weeks: pd.DataFrame, edges: list[int]
) -> list[tuple[Floats, Ints]]:
    """The known hours of the days between the edges, with the number of each day's week."""
    if len(edges) < 3:  # noqa: PLR2004 - no change
        return []
    known = hours.dropna()
    values = known.to_numpy(dtype=float)
    index = pd.DatetimeIndex(known.index)
    week = _number(index - pd.to_timedelta(index.day_of_week, unit="D"))
    place = week - _number(weeks.index[:1])[0]
    stretches = []
    for start, stop in pairwise(edges):
        inside = (place >= start) & (place < stop)
        kept = ~excursions(values[inside], week[inside])
        stretches.append((values[inside][kept], week[inside][kept]))
    return stretches


def _levels(
    turn: Turn, column: str, sides: tuple[tuple[Floats, Ints], tuple[Floats, Ints]]
) -> dict[str, tuple[Level, Level]]:
    """The levels on either side of a change, by measure; empty where none differs enough."""
    every = np.concatenate([hours for hours, _ in sides])
    usual = float(every[met(every)].mean()) if met(every).any() else 0.0
    found: dict[str, tuple[Level, Level]] = {}
    for part, split in turn.parts:
        measure = _MEASURES[part]
        if measure == LONG and not all(met(hours).any() for hours, _ in sides):
            continue
        before, after = (level(measure, *side, usual) for side in sides)
        least = max(_LEAST[measure], _LEAST_SHARE * max(before.mean, after.mean))
        if split.direction * (after.mean - before.mean) >= least:
            found[measure] = before, after
    if found and column == IN_PERSON:
        before, after = (level(IN_PERSON, *side, usual) for side in sides)
        found = {IN_PERSON: (before, after)} | found
    return found


def _cells(before: Level, after: Level) -> tuple[float, ...]:
    levels = (before.mean, before.low, before.high, after.mean, after.low, after.high)
    return (*levels, before.days, after.days)
