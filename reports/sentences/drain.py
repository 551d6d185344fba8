"""Whether hours and energy go together, in words; never that one makes the other."""

import math
from collections.abc import Mapping

import pandas as pd

from reports import wording
from reports.sentences.load import WORDS

NAMES = {
    "online_hours": "online communication",
    "broadcast_hours": "feeds and posts",
    "in_person_hours": "time with people",
    "late_night_hours": "devices late at night",
}
NOT_CAUSE = (
    "What goes together need not be cause and effect: a tiring day may make for hours online, and"
    " a third thing for both."
)
POINTS = (
    "In points of 0 to 10, for an hour more; in brackets the 95 % interval and the number of days."
)
FEW = 28
MANY = 60


def describing(energy: pd.Series) -> str:
    """The median of the energy that was told, or that there is too little."""
    known = energy.dropna()
    if len(known) < 14:  # noqa: PLR2004 - the gate for describing
        return (
            f"Energy is known of {wording.count(len(known), 'day')}; from 14 on it is described,"
            " from 28 on set beside the hours. disconnect checkin asks for it."
        )
    low, middle, high = known.quantile([0.25, 0.5, 0.75])
    return (
        f"Your energy was {middle:g} of 10 on the middle day, between {low:g} and {high:g} on half"
        f" of them (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{len(known)})."
    )


def all_told(associations: pd.DataFrame) -> list[str]:
    """Every association; where there are too few days for any, one sentence says so."""
    if associations["coefficient"].isna().all():
        most = int(associations["paired_days"].max())
        if not most:
            return []  # that energy is not known has been said
        said = f"Your energy is set beside your hours from {FEW} days in a row on; so far there are"
        return [f"{said} {most}."]
    return [*(told(row) for _, row in associations.iterrows()), POINTS]


def first_told(associations: pd.DataFrame) -> str:
    """The first association that can be told; empty where none can."""
    found = associations[associations["told"] == 1]  # what could not be tested is NaN, and true
    return told(found.iloc[0]) if len(found) else ""


def told(row: "pd.Series[float]") -> str:
    """One association, with n and interval; `told` decides whether it is called one."""
    days = int(row["paired_days"])
    name = NAMES[str(row["predictor"])]
    when = "the same day" if not row["lag"] else "the day after"
    if math.isnan(row["coefficient"]):
        return (
            f"{name.capitalize()} and energy {when}: not enough days in a row yet"
            f" ({days} of {FEW})."
        )
    interval = f"{row['low']:+.2f} to {row['high']:+.2f}".replace("-", "−")
    interval = interval.replace(" ", "\N{NO-BREAK SPACE}")
    if not row["told"]:
        return (
            f"{name.capitalize()} and energy {when}: no association can be told"
            f" ({interval}, n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{days})."
        )
    way = "lower" if row["coefficient"] < 0 else "higher"
    return (
        f"An hour more of {name}: energy {abs(row['coefficient']):.2f} {way} {when}, on average"
        f" ({interval}, n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{days})."
    )


def findable(days: int, r: float) -> str:
    """What so many days can find at all."""
    return (
        f"With {days} days, four times in five only a correlation of {r:.2f} or more would be"
        " found; real ones are mostly between 0.10 and 0.25."
    )


def weighing(pairs: int, weeks: int, errors: tuple[float, float, float], *, supported: bool) -> str:
    """Whether the data support weights of one's own; errors: model, as yesterday, as ever."""
    if math.isnan(errors[0]):
        return (
            "To weigh the parts of the load by your own data takes"
            f" {MANY} days of which all is known and 8 weekly check-ins; so far there are {pairs}"
            f" and {weeks}."
        )
    model, yesterday, ever = errors
    if not supported:
        return (
            "Your data do not support personal weights yet: a guess from the parts of the load"
            f" misses your energy by {model / 10:.1f} points, the guess “as yesterday” by"
            f" {yesterday / 10:.1f}, “as on average so far” by {ever / 10:.1f}."
        )
    return (
        "A guess from the parts of the load, weighed by your own data, misses your energy by"
        f" {model / 10:.1f} points; the guess “as yesterday” by {yesterday / 10:.1f}, “as on"
        f" average so far” by {ever / 10:.1f}."
    )


def yours(weights: Mapping[str, tuple[float, float]], most: int = 3) -> str:
    """The heaviest personal weights beside those that are set; shares of 1: yours, set."""
    first = sorted(weights, key=lambda name: -weights[name][0])[:most]
    parts = [
        f"{WORDS[name].name[0].lower()}{WORDS[name].name[1:]} {wording.percent(weights[name][0])}"
        f" (set: {wording.percent(weights[name][1])})"
        for name in first
    ]
    return f"In your data these weigh most: {', '.join(parts)}. They foretell; they prove nothing."
