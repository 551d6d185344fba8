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
    "Points are of 0 to 10, for an hour more; brackets hold the 95 % interval and the days it"
    " stands on. Yesterday's energy is held fixed throughout; for the day after, so are the hours"
    " of the day itself."
)
DESCRIBED = 14
FEW = 28
MANY = 60
BY_CHANCE = 0.05
WEEKS = 8
_SPACE = "\N{NO-BREAK SPACE}"


def describing(energy: pd.Series) -> str:
    """Say the median of the energy that was told, or that there is too little."""
    known = energy.dropna()
    if len(known) < DESCRIBED:
        return (
            f"Energy is known of {wording.count(len(known), 'day')}; from 14 on it is described,"
            " from 28 on set beside the hours. disconnect checkin asks for it."
        )
    low, middle, high = known.quantile([0.25, 0.5, 0.75])
    half = f"at {low:g} on half of them" if low == high else f"between {low:g} and {high:g} on half"
    many = f"(n{_SPACE}={_SPACE}{len(known)})"
    of = "" if low == high else " of them"
    return f"Your energy was {middle:g} of 10 on the middle day, {half}{of} {many}."


def all_told(associations: pd.DataFrame) -> list[str]:
    """Say every association; where none can be tested for one reason, one sentence says so."""
    if not associations["coefficient"].isna().all():
        return [*(told(row) for _, row in associations.iterrows()), POINTS]
    most = int(associations["paired_days"].max())
    reasons = set(associations["untested"])
    if not most:
        return []  # that energy is not known has been said
    if reasons == {"energy"}:
        return ["You gave the same energy every time, so nothing can go with it yet."]
    if reasons <= {"days", "in a row"}:
        said = "Too early to set your energy beside your hours: the fullest of the five questions"
        return [f"{said} has {most} of the {FEW} days it takes, each with the day before known."]
    return [told(row) for _, row in associations.iterrows()]


def alone(energy: pd.Series) -> list[str]:
    """Say that described energy has no hours to stand beside; nothing where it is not described."""
    if energy.notna().sum() < DESCRIBED:
        return []
    return ["No day has both your energy and recorded hours, so nothing can be set beside it."]


def first_told(associations: pd.DataFrame) -> str:
    """Say the first association that can be told; empty where none can."""
    found = associations[associations["told"] == 1]  # what could not be tested is NaN, and true
    return told(found.iloc[0]) if len(found) else ""


def told(row: "pd.Series[float]") -> str:
    """Say one association with its days and interval; `told` decides whether it is called one."""
    name, after = NAMES[str(row["predictor"])], bool(row["lag"])
    when = "the day after" if after else "the same day"
    if math.isnan(row["coefficient"]):
        return f"{name.capitalize()} and energy {when}: {_untested(row)}."
    days = f"{row['paired_days']:.0f} days"
    low, high = float(row["low"]), float(row["high"])
    if not row["told"]:
        ends = _ends(low, high).replace(" ", _SPACE)
        return (
            f"{name.capitalize()} and energy {when}: no link can be told"
            f" ({ends} points; {days}){_doubt(low, high, after=after)}."
        )
    way = "lower" if row["coefficient"] < 0 else "higher"
    sizes = (abs(float(row["coefficient"])), *sorted((abs(low), abs(high))))
    size, least, most = (f"{one:.{_decimals(*sizes)}f}" for one in sizes)
    ends = f"{least} to {most}; {days}" if least != most else days
    begins = f"{'After' if after else 'On'} days with an extra hour of {name}"
    held = ", given yesterday's energy" if after else ""
    return f"{begins}, your energy is about {size} points {way} ({ends}){held}."


def _untested(row: "pd.Series[float]") -> str:
    """Why a question has no answer; it names the count that falls short, and no other."""
    count = f"{row['paired_days']:.0f} of the {FEW} days it takes"
    lacks = {
        "days": f"too early to tell, {count} have both",
        "in a row": f"too early to tell, {count} have both and the day before known, too",
        "hours": "cannot be told, as the hours were the same every day",
        "energy": "cannot be told, as you gave the same energy every time",
    }
    return lacks.get(str(row["untested"]), "cannot be told, as each day was like the day before")


def _doubt(low: float, high: float, *, after: bool) -> str:
    """Why an interval that leaves out 0 is no finding."""
    if low <= 0 <= high:
        return ""
    if after:
        return "; it may be chance, or no more than what the hours did on their own day"
    return "; with five questions asked, it may be chance"


def _ends(low: float, high: float) -> str:
    """`−0.2 to +0.1`, or `about +0.1` where both ends are written alike."""
    decimals = _decimals(low, high)
    least, most = (f"{end:+.{decimals}f}".replace("-", "−") for end in (low, high))
    return f"{least} to {most}" if least != most else f"about {most}"


def _decimals(*values: float) -> int:
    """As many decimals as keep the smallest of them from being written as none, four at most."""
    smallest = min((abs(value) for value in values if value), default=1.0)
    return next((places for places in (1, 2, 3) if smallest >= 0.5 * 10.0**-places), 4)


def findable(days: int, r: float) -> str:
    """What so many days can find at all."""
    return (
        f"With {days} days, four times in five only a correlation of {r:.2f} or more would be"
        " found; real ones are mostly between 0.10 and 0.25."
    )


def weighing(pairs: int, weeks: int, errors: tuple[float, float, float], *, supported: bool) -> str:
    """Say if the data support weights of one's own, and if not, why.

    Args:
        pairs: Days on which all is known.
        weeks: Weekly check-ins.
        errors: Of days not seen, from the parts of the load and without them, and the share of
            shifts in time that fit as well; NaN: too early.
        supported: If they do.
    """
    model, before, by_chance = errors
    if math.isnan(model):
        waits = [f"{pairs} of the {MANY} days with all of them known"] if pairs < MANY else []
        waits += [f"{weeks} of the {WEEKS} weekly check-ins"] if weeks < WEEKS else []
        there = " and ".join(waits) or "but hardly a part of the load is known on most days"
        return f"Too early to weigh the parts of the load by your own data: {there}."
    if supported:
        less = max(1, round(100 * (1 - (model / before) ** 2)))
        return (
            "Weighed by your own data, the parts of the load foretell your energy better than your"
            f" energy the day before does: they leave {less} % less of it open."
        )
    why = "no better than your energy the day before does"
    if model < before and by_chance > BY_CHANCE:
        why = (
            "a little better than your energy the day before does, but they often do so when moved"
            f" to another time of the year too (in {wording.percent(by_chance)} of tries)"
        )
    elif model < before:
        why = "only where more load goes with more energy"
    return (
        "Your data don't support personal weights yet: the parts of the load foretell your energy"
        f" {why}."
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
