"""The Recovery-Load Index in plain words."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports import wording

Row = Mapping[str, float]

LIMITS = (
    "The index describes behaviour: much load, little recovery. It is no score of burnout and no"
    " diagnosis. Its weights and bounds are what experts would guess, not estimates; all of them"
    " are settings."
)

WORTH_SAYING = 20
"""A load below this is too low to ask what it comes from."""


@dataclass(frozen=True, slots=True)
class Words:
    """How one input is said: its name, its value, and what its weight rests on."""

    name: str
    form: str
    basis: str
    less: str = ""
    """How it is said where there is too little of it."""


WORDS = {
    "online_hours": Words("Online communication", "{h} a day", "demands on a day"),
    "long_day_share": Words("Days of 12 h of it or more", "{:.0%} of days", "long hours"),
    "late_night_hours": Words(
        "Devices late at night",
        "{h} a day",
        "detachment from work, 91 studies (Wendsche & Lohmann-Haislah 2017)",
    ),
    "rest_window_hours": Words(
        "Longest rest from devices", "{h}", "effort and recovery", "short rest from devices"
    ),
    "unbroken_share": Words(
        "Online for more than 90 min without a break", "{:.0%} of the time online", "recovery"
    ),
    "broadcast_share": Words(
        "Feeds and posts",
        "{:.0%} of online communication",
        "weak: 141 studies, mostly |r| < .10 (Godard & Holtzman 2023)",
    ),
    "in_person_hours": Words(
        "Time with people",
        "{h} a day",
        "Americans: 0.65 h a day (ATUS 2003–2016)",
        "little time with people",
    ),
    "days_since_met": Words("Since you last met anyone", "{d}", "social withdrawal"),
    "people_met_14d": Words(
        "Different people in 14 days",
        "{:.0f}",
        "the closest circle has about five (Dunbar)",
        "few people in 14 days",
    ),
    "outing_share": Words("Days out", "{:.0%} of days", "getting out of the house", "few days out"),
    "support_per_week": Words(
        "Support received", "{:.1f} times a week", "support as a buffer", "little support"
    ),
}


def headline(row: Row, when: str) -> str:
    """The number with its interval and what it stands on; or why there is none."""
    covered = int(row["covered_days"])
    if math.isnan(row["load"]):
        return f"No load can be said of the end of {when}: {why_not(row)}."
    return (
        f"Your load at the end of {when}: {number(row)}; {covered} of the last 28 days are"
        " recorded."
    )


def number(row: Row) -> str:
    """`82 of 100 (74–88)`; no bracket where both ends are what stands before it."""
    low, high = f"{row['low']:.0f}", f"{row['high']:.0f}"
    return f"{row['load']:.0f} of 100" + (f" ({low}–{high})" if low != high else "")


def why_not(row: Row) -> str:
    """What is missing for an index."""
    covered = int(row["covered_days"])
    if covered < 7:  # noqa: PLR2004 - the gate of the index
        are = "is" if covered == 1 else "are"
        return f"{covered} of the last 28 days {are} recorded, and it needs 7"
    if math.isnan(row["online_hours"]):
        return f"the {covered} recorded days of the last 28 lie too far back"
    missing = [WORDS[name].name.lower() for name in WORDS if math.isnan(row[name])]
    if not missing:
        return "all of its weights are set to 0"
    return f"too few of its parts are known (not known: {', '.join(missing)})"


def trend(first: Row, last: Row, names: tuple[str, str]) -> str | None:
    """Whether it has changed between two ends, as far as the intervals tell; None: unknown."""
    if math.isnan(first["load"]) or math.isnan(last["load"]):
        return None
    then, now = f"{first['load']:.0f}", f"{last['load']:.0f}"
    if then == now:
        return f"It was {then} at the end of {names[0]}, too."
    if last["low"] > first["high"]:
        return f"It has risen from {then} at the end of {names[0]} to {now}."
    if last["high"] < first["low"]:
        return f"It has fallen from {then} at the end of {names[0]} to {now}."
    return (
        f"It was {then} at the end of {names[0]} and is {now}; the intervals overlap, so no change"
        " can be told."
    )


def explained(row: Row, weights: Mapping[str, float]) -> list[tuple[str, str, str, str]]:
    """Each part, the largest first: name, value, how many points of how many, and its basis."""
    there = {name: w for name, w in weights.items() if not math.isnan(row[name])}
    total = sum(there.values())
    found = []
    for name in sorted(there, key=lambda one: -_points(row, one)):
        words, most = WORDS[name], 100 * there[name] / total if total else 0.0
        value = _value(row, name)
        points = f"{_points(row, name):.0f} of {most:.0f}"
        found.append((words.name, value, points, words.basis))
    return found


def _value(row: Row, name: str) -> str:
    """How much of it there is, and on how many days it is known where those are not all."""
    amount = row[name]
    h, d = wording.hours(amount), wording.tally(amount, "known day")
    said = WORDS[name].form.format(amount, h=h, d=d).replace("%", " %")
    days = row.get(f"{name}_days", math.nan)
    if math.isnan(days) or days >= row["covered_days"]:
        return said
    return f"{said}, known on {wording.count(days, 'day')}"


def printed(
    row: Row, weights: Mapping[str, float], ramps: Mapping[str, tuple[float, float]]
) -> list[list[str]]:
    """Each part with its settings: name, value, points, weight, and from where to where it rises.

    Args:
        row: As of a day.
        weights: As they are set.
        ramps: The value at which there is no load, and the one of full load.

    Returns:
        The largest first; what is not known last, with its weight.
    """
    told = {name: [value, points] for name, value, points, _ in explained(row, weights)}
    order = [*told, *(WORDS[name].name for name in weights if WORDS[name].name not in told)]
    by_name = {WORDS[name].name: name for name in weights}
    return [
        [
            name,
            *told.get(name, ["not known", "–"]),
            f"{weights[by_name[name]]:g}",
            " to ".join(_bound(by_name[name], end) for end in ramps[by_name[name]]),
        ]
        for name in order
    ]


def _bound(name: str, value: float) -> str:
    return f"{100 * value:.0f} %" if "%" in WORDS[name].form else f"{value:g}"


def lines(row: Row, weights: Mapping[str, float], when: str) -> list[str]:
    """The whole explanation for the terminal; a part without weight is left out of it."""
    weights = {name: weight for name, weight in weights.items() if weight}
    said = [headline(row, when)]
    if math.isnan(row["load"]):
        return [*said, LIMITS]
    for name, value, points, basis in explained(row, weights):
        said.append(f"  {points:>8}  {name}: {value} ({basis})")
    missing = [_small(WORDS[name].name) for name in weights if math.isnan(row[name])]
    if missing:
        said.append(f"  not known, and left out: {', '.join(missing)}")
    return [*said, LIMITS]


def _small(name: str) -> str:
    return name[0].lower() + name[1:]


def heaviest(row: Row, weights: Mapping[str, float], most: int = 3) -> str | None:
    """What makes up most of it, in a sentence; None where there is little of it."""
    if math.isnan(row["load"]) or row["load"] < WORTH_SAYING:
        return None
    named = [
        f"{WORDS[name].less or _small(WORDS[name].name)} ({value})"
        for name, value in _largest(row, weights, most)
    ]
    return f"Most of it comes from {_and(named)}." if named else None


def _largest(row: Row, weights: Mapping[str, float], most: int) -> list[tuple[str, str]]:
    known = [name for name in weights if not math.isnan(row[name]) and _points(row, name) >= 1]
    known.sort(key=lambda one: -_points(row, one))
    return [(name, _value(row, name)) for name in known[:most]]


def _points(row: Row, name: str) -> float:
    value = row[f"{name}_contribution"]
    return 0.0 if math.isnan(value) else value


def _and(words: Sequence[str]) -> str:
    if len(words) < 2:  # noqa: PLR2004 - one needs no joining
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def last_known(row: Row, when: str) -> str:
    """The newest index there is, where there is none at the end."""
    return f"The last that can be said is of {when}: {number(row)}."


def caption(known: int, total: int, unit: str = "day") -> str:
    """What stands under the chart; `unit`: of what there is one value each."""
    return (
        "Recovery-Load Index over the last four weeks, the last ones weighing most; the band is the"
        " widest of three 95 % intervals (resampled days, drawn weights, hours nobody saw). Below:"
        " what it is made of. The line breaks where fewer than 7 of 28 days are known."
        f" n = {wording.tally(known, unit)} of {total}."
    )
