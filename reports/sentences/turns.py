"""Changes of level in words: what changed and when, and how well either is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reports import wording

NEEDED_WEEKS = 14
FEW = 0.2
"""Days with people of all known days, below which a change of them rarely shows."""
_HARDLY = 0.1
"""Less than six minutes a day is hardly any time at all [h]."""
_SAME = (0.8, 1.25)
"""A level so near the one before the last change is that one again."""
_TOTAL, _OFTEN, _LONG, _ONLINE = (
    "in_person_hours", "met_days_per_week", "hours_per_met_day", "online_hours",
)  # fmt: skip
_SUBJECT = {_TOTAL: "time with people", _ONLINE: "time online"}
_UNITS = {_TOTAL: "a day", _OFTEN: "days a week", _LONG: "on a day with people", _ONLINE: "a day"}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Turn:
    """A change: its Monday, its rows by measure, and the rows of the change before it, if any."""

    day: pd.Timestamp
    rows: Mapping[str, Row]
    last: Mapping[str, Row]


def turned(
    changes: pd.DataFrame, grounds: Mapping[str, float], most: int | None = None
) -> list[str]:
    """Tell every change with its levels; where none is told, say why.

    Args:
        changes: `measure`, `day`, `earliest`, `latest`, and `before` and `after` with their `_low`
            and `_high`, in the order of the days.
        grounds: `in_person_weeks` and `online_weeks` known, `met_share` of known days.
        most: How many to tell, the newest; the others are counted. None: all.
    """
    said = [change(turn) for turn in _in_order(changes)]
    if most is not None and len(said) > most:
        earlier = wording.count(len(said) - most, "earlier change").capitalize()
        said = [f"{earlier}: disconnect withdrawal lists all.", *said[-most:]]
    return [*said, *_untold(set(changes["measure"]), grounds)]


def newest(changes: pd.DataFrame) -> str:
    """Return the last change of time with people, else of time online; empty if there is none."""
    found = _in_order(changes)
    with_people = [turn for turn in found if _ONLINE not in turn.rows]
    return change((with_people or found)[-1], plain=True) if found else ""


def change(turn: Turn, *, plain: bool = False) -> str:
    """Say one change: `In the week of 4 May 2026 you began to meet people half as often: …`.

    Args:
        turn: The change.
        plain: Without its intervals.
    """
    claim, shown = _claim(turn)
    levels = "; ".join(_levels(measure, turn.rows[measure]) for measure in shown)
    said = f"In the week of {wording.day(turn.day)} you {claim}: {levels}"
    if plain:
        return f"{said}."
    sure = [_interval(measure, turn.rows[measure]) for measure in shown]
    return f"{said} (95 %: {'; '.join([*sure, _begun(turn.rows[shown[0]])])})."


def _in_order(changes: pd.DataFrame) -> list[Turn]:
    found: list[Turn] = []
    last: dict[bool, Mapping[str, Row]] = {False: {}, True: {}}
    together: dict[tuple[pd.Timestamp, bool], dict[str, Row]] = {}
    for row in changes.to_dict("records"):
        kind = pd.Timestamp(row["day"]), row["measure"] == _ONLINE
        named = {str(name): value for name, value in row.items()}
        together.setdefault(kind, {})[str(row["measure"])] = named
    for (day, online), rows in sorted(together.items(), key=lambda one: one[0]):
        found.append(Turn(day, rows, last[online]))
        last[online] = rows
    return found


def _untold(told: set[str], grounds: Mapping[str, float]) -> list[str]:
    """Why no change of a measure is told: it is too early, meetings are few, or none is clear."""
    quiet: list[str] = []
    others: list[str] = []
    for measure, subject in _SUBJECT.items():
        weeks = round(grounds[f"{measure.removesuffix('_hours')}_weeks"])
        if measure in told:
            continue
        if weeks < NEEDED_WEEKS:
            others.append(
                f"Too early to tell from this period if your {subject} changed: {weeks} of the {NEEDED_WEEKS} known"
                " weeks it takes."
            )
        elif measure == _TOTAL and grounds["met_share"] < FEW:
            others.append(
                f"You meet people on {_number(7 * grounds['met_share'])} days a week: too few to"
                " tell if that changed."
            )
        else:
            quiet.append(subject)
    clear = [f"No clear change in your {' or your '.join(quiet)}."] if quiet else []
    return [*clear, *others]


def _claim(turn: Turn) -> tuple[str, list[str]]:
    """What the person began, and the measures whose levels bear it out."""
    rows = turn.rows
    if _ONLINE in rows:
        back = _back(turn, _ONLINE)
        return back or f"began to spend {_more(rows[_ONLINE])} time online", [_ONLINE]
    if len({_rose(row) for row in rows.values()}) == 1 and _shown(_TOTAL, rows[_TOTAL]):
        whole = _hardly(rows[_TOTAL], earlier=bool(turn.last)) or _back(turn, _TOTAL)
        if whole:
            return whole, [_TOTAL]
    return _parts(rows)


def _parts(rows: Mapping[str, Row]) -> tuple[str, list[str]]:
    """The claim where how often or how long people are met, or both, carries the change."""
    if _OFTEN not in rows:
        return f"began to meet people for {_more(rows[_LONG])} time", [_LONG]
    often = f"began to meet people {_times(rows[_OFTEN])}"
    if _LONG not in rows:
        return often, [_OFTEN]
    link = "and" if _rose(rows[_OFTEN]) == _rose(rows[_LONG]) else "but"
    return f"{often} {link} for {_more(rows[_LONG])} time", [_OFTEN, _LONG]


def _hardly(total: Row, *, earlier: bool) -> str:
    if total["after"] < _HARDLY <= total["before"]:
        return "all but stopped meeting people"
    if total["before"] < _HARDLY <= total["after"]:
        return "began to meet people again" if earlier else "began to meet people"
    return ""


def _back(turn: Turn, measure: str) -> str:
    """Words for a return to the level before the last change; empty where it is none."""
    if measure not in turn.last:
        return ""
    then, now = turn.last[measure], turn.rows[measure]
    other_way = _rose(then) != _rose(now)
    near = _SAME[0] * then["before"] <= now["after"] <= _SAME[1] * then["before"]
    apart = now["after_high"] < then["before_low"] or now["after_low"] > then["before_high"]
    return (
        f"were back to your earlier {_SUBJECT[measure]}" if other_way and near and not apart else ""
    )


def _rose(row: Row) -> bool:
    return bool(row["after"] > row["before"])


def _more(row: Row) -> str:
    return "more" if _rose(row) else "less"


def _times(row: Row) -> str:
    """How often, by the ratio of the levels; round words only where they are true."""
    if not row["before"] or not row["after"]:
        return f"{_more(row)} often"
    ratio = row["after"] / row["before"]
    bounds = (
        (0.45, "less than half as often"),
        (0.55, "half as often"),
        (1.0, "less often"),
        (1.8, "more often"),
        (2.25, "twice as often"),
    )
    return next((words for most, words in bounds if ratio < most), "more than twice as often")


def _levels(measure: str, row: Row) -> str:
    """`2 days a week, down from 4`."""
    way = "up" if _rose(row) else "down"
    after, before = (_value(measure, row[side]) for side in ("after", "before"))
    return f"{after} {_unit(measure, row['after'])}, {way} from {before}"


def _shown(measure: str, row: Row) -> bool:
    """True if the levels differ as they are shown."""
    return _value(measure, row["before"]) != _value(measure, row["after"])


def _interval(measure: str, row: Row) -> str:
    after, before = (
        f"{_value(measure, row[f'{side}_low'])} to {_value(measure, row[f'{side}_high'])}"
        for side in ("after", "before")
    )
    return f"{after}, before {before}"


def _begun(row: Row) -> str:
    first, last = (pd.Timestamp(row[end]) for end in ("earliest", "latest"))
    if first == last:
        return "begun in that week"
    return f"begun between the weeks of {wording.day(first)} and {wording.day(last)}"


def _value(measure: str, value: float) -> str:
    """Days a week to a tenth; hours in whole minutes, as a mean over weeks has no seconds."""
    if measure == _OFTEN:
        return _number(value)
    minutes = round(value * 60)
    return wording.hours(minutes / 60) if minutes else "less than a minute"


def _unit(measure: str, value: float) -> str:
    return "day a week" if measure == _OFTEN and _number(value) == "1" else _UNITS[measure]


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
