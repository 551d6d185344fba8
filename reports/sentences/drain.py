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
            f" ({interval} for an hour more, n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{days})."
        )
    way = "lower" if row["coefficient"] < 0 else "higher"
    return (
        f"With one hour more of {name}, energy {when} was {abs(row['coefficient']):.2f} of 10"
        f" {way} on average ({interval}, n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{days})."
    )


def findable(days: int, r: float) -> str:
    """What so many days can find at all."""
    return (
        f"With {days} days, only a correlation of about {r:.2f} or more would be found four times"
        " in five; real ones are mostly between .1 and .25."
    )


def weighing(pairs: int, weeks: int, errors: tuple[float, float, float], *, supported: bool) -> str:
    """Whether the data support weights of one's own; errors: model, as yesterday, as ever."""
    if math.isnan(errors[0]):
        return (
            f"Weights of your own need {MANY} days with all of it known and 8 weekly check-ins;"
            f" there are {pairs} and {weeks}."
        )
    model, yesterday, ever = errors
    if not supported:
        return (
            "Your data do not support personal weights yet: the index foretells your energy with an"
            f" error of {model / 10:.1f}, “as yesterday” with {yesterday / 10:.1f}, “as ever” with"
            f" {ever / 10:.1f} (of 10)."
        )
    return (
        f"Personal weights foretell your energy with an error of {model / 10:.1f} of 10, better than"
        f" “as yesterday” ({yesterday / 10:.1f}) and “as ever” ({ever / 10:.1f})."
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
