"""Numbers in words: unknown is said, the singular is right, few days are called few."""

import datetime as dt
import math
import re

import pandas as pd

EXACT_SECONDS = 600
"""Below ten minutes seconds are worth saying."""
FEW_DAYS = 7
"""Fewer covered days than this are too few to speak of a habit."""
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SMALL = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


# Control characters, marks that turn the direction of what follows, and what no XML may hold.
_ILLEGIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff]+"
)


def legible(text: str, most: int | None = None) -> str:
    """Return text of other people as it can be drawn on one line, at most so many letters of it."""
    plain = _ILLEGIBLE.sub(" ", text)
    return plain if most is None or len(plain) <= most else f"{plain[: most - 1]}…"


def hours(value: float | None) -> str:
    """`5 h 20 min`, `20 min`, `4 min 10 s`, `12 s`, `unknown`; from 100 hours on, whole hours."""
    if value is None or math.isnan(value):
        return "unknown"
    if value >= 100:  # noqa: PLR2004 - minutes say nothing there
        return f"{value:,.0f} h".replace(",", " ")
    seconds = round(value * 3600)
    if seconds < EXACT_SECONDS:
        return _exact(seconds) if seconds or not value else "less than a second"
    whole, minutes = divmod(round(value * 60), 60)
    if not whole:
        return f"{minutes} min"
    return f"{whole} h {minutes} min" if minutes else f"{whole} h"


def _exact(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    parts = [f"{minutes} min" if minutes or not rest else "", f"{rest} s" if rest else ""]
    return " ".join(part for part in parts if part)


def count(number: float, one: str, many: str | None = None) -> str:
    """`one person`, `3 people`-like: the number in words up to twelve, with the right noun."""
    whole = round(number)
    noun = one if whole == 1 else many or f"{one}s"
    return f"{_SMALL[whole] if 0 <= whole < len(_SMALL) else f'{whole:,}'.replace(',', ' ')} {noun}"


def tally(number: float, one: str, many: str | None = None) -> str:
    """The same in figures, for captions and between other figures: `1 day`, `1 073 days`."""
    whole = round(number)
    return f"{whole:,} ".replace(",", " ") + (one if whole == 1 else many or f"{one}s")


def percent(share: float) -> str:
    """`23 %`, or `unknown`."""
    return "unknown" if math.isnan(share) else f"{100 * share:.0f} %"


def day(value: dt.date) -> str:
    """`5 October 2026`."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def clock(minute: int) -> str:
    """`22:00`, `6:30`: a minute of the day."""
    return f"{minute // 60}:{minute % 60:02}"


def month(label: str) -> str:
    """`Oct 2026` for `2026-10`; any other label as it is."""
    year, _, number = label.partition("-")
    return f"{MONTHS[int(number) - 1][:3]} {year}" if number.isdigit() else label


def span(first: dt.date, last: dt.date) -> str:
    """`5 October 2026`, `5–9 October 2026`, or `5 October – 3 November 2026`."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    start = day(first)
    if first.year == last.year:
        start = start.removesuffix(f" {first.year}")
    return f"{start} – {day(last)}"


def daily(days: pd.DataFrame, column: str) -> float:
    """The mean hours a day over the recorded days on which it is known; NaN where none is.

    On days nobody recorded, hours with people are known only where there were some.
    """
    known = days.loc[days["screen_hours"].notna(), column].dropna().astype(float)
    return float(known.mean()) if len(known) else float("nan")


def covered(days: pd.DataFrame) -> int:
    """On how many days enough was recorded to speak of them."""
    return int(days["screen_hours"].notna().sum())


def partly(days: pd.DataFrame) -> int:
    """Of how many days something was recorded, but too little."""
    return int(((days["covered_hours"].fillna(0) > 0) & days["screen_hours"].isna()).sum())


def balance(days: pd.DataFrame) -> float:
    """In person / (in person + online), over the days on which both are known."""
    both = both_known(days)
    social = float(both["in_person_hours"].sum()) + float(both["online_hours"].sum())
    return float(both["in_person_hours"].sum()) / social if social > 0 else float("nan")


def both_known(days: pd.DataFrame) -> pd.DataFrame:
    """The days on which both hours online and hours with people are known."""
    return days.dropna(subset=["in_person_hours", "online_hours"])


def since_met(days: pd.DataFrame) -> float:
    """Days since anyone was met, as of the last day of which it is known."""
    known = days["days_since_met"].dropna()
    return float(known.iloc[-1]) if len(known) else float("nan")


def sentences(days: pd.DataFrame, when: str, today: dt.date | None = None) -> list[str]:
    """What a period comes to, in two to four sentences that claim no more than is known.

    Args:
        days: The days frame.
        when: The period as it begins a sentence: `Today`, `In this period`.
        today: The day that is not over; too little known of it is nobody's gap.
    """
    known = covered(days)
    if not known:
        return _unrecorded(days, when)
    total = len(days)
    a_day = " a day" if total > 1 else ""
    first = (
        f"{when} you spent {_spent(days, 'online_hours')}{a_day} in online communication"
        f" and {_spent(days, 'in_person_hours')}{a_day} with people in person."
    )
    lines = [first]
    lines += _balance_words(days)
    lines += _since_words(days)
    if known < total:
        lines += _left_out(days, today)
    if total > 1 and known < FEW_DAYS:
        lines.append(f"With only {count(known, 'day')} recorded, take this as an impression.")
    return lines


def _unrecorded(days: pd.DataFrame, when: str) -> list[str]:
    met = days["in_person_hours"].dropna().astype(float)
    met = met[met > 0]
    if not len(met):
        return [f"{when}, nothing was recorded, so nothing can be said; that is not zero hours."]
    first = f"{when}, nothing was recorded at a screen, so hours online are unknown, not zero."
    logged = f"{hours(float(met.sum()))} with people in person were logged"
    on = f", on {count(len(met), 'day')}" if len(days) > 1 else ""
    return [first, f"{logged}{on}.", *_since_words(days)]


def _left_out(days: pd.DataFrame, today: dt.date | None) -> list[str]:
    begun = days["screen_hours"].isna()
    begun &= days.index == pd.Timestamp(today) if today else False
    over = days.loc[~begun]
    lines = [_missing(over)] if covered(over) < len(over) else []
    return [*lines, "Today is not over and is left out."] if begun.any() else lines


def _missing(days: pd.DataFrame) -> str:
    some, missing = partly(days), len(days) - covered(days)
    out = f"{'is' if missing == 1 else 'are'} left out, not counted as zero."
    few = f"{'was' if some == 1 else 'were'} recorded for less than 70 % of a usual day"
    if some == missing:
        return f"{count(some, 'day').capitalize()} of {len(days)} {few} and {out}"
    if not some:
        return f"{count(missing, 'day').capitalize()} of {len(days)} went unrecorded and {out}"
    whole = count(missing - some, "day").capitalize()
    return f"{whole} of {len(days)} went unrecorded and {_figure(some)} {few}; they {out}"


def _figure(number: int) -> str:
    return _SMALL[number] if number < len(_SMALL) else f"{number}"


def _spent(days: pd.DataFrame, column: str) -> str:
    value = daily(days, column)
    return "an unknown time" if math.isnan(value) else hours(value)


def _balance_words(days: pd.DataFrame) -> list[str]:
    share = balance(days)
    if math.isnan(share):
        return []
    if share == 0:
        return ["None of that social time was in person, as far as it was logged."]
    return [f"Of that social time, {percent(share)} was in person."]


def _since_words(days: pd.DataFrame) -> list[str]:
    ago = since_met(days)
    if math.isnan(ago):
        return []
    at = pd.DatetimeIndex(days.index[days["days_since_met"].notna()])[-1]
    end = at == days.index[-1]
    if ago < 1:
        last = "on the last day" if end else f"on the last day of which it is known, {day(at)}"
        return [f"You met someone {last}."] if len(days) > 1 else []
    when = "At its end" if end else f"On {day(at)}, the last day of which it is known"
    after = days.loc[at - dt.timedelta(days=ago) : at, "in_person_hours"]
    known = ", as far as is known" if after.isna().any() else ""
    return [f"{when}, {count(ago, 'day')} had passed since you last met anyone{known}."]


def short_sample(days: pd.DataFrame) -> bool:
    """Whether the period holds too few covered days for habits."""
    return covered(days) < FEW_DAYS
