"""Numbers in words: unknown is said, the singular is right, few days are called few."""

import datetime as dt
import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

EXACT_SECONDS = 600
"""Below ten minutes seconds are worth saying."""
LEAST_SHARE = 0.005
"""A share that rounds to none though there was some is not called 0 %."""
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


def part(share: float) -> str:
    """`23 %`, `under 1 %`, `over 99 %`, or `unknown`: some is never called none, nor all."""
    if 0 < share < LEAST_SHARE:
        return "under 1 %"
    return "over 99 %" if 1 - LEAST_SHARE < share < 1 else percent(share)


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


def covered(days: "pd.DataFrame") -> int:
    """On how many days enough was recorded to speak of them."""
    return int(days["screen_hours"].notna().sum())


def partly(days: "pd.DataFrame") -> int:
    """Of how many days something was recorded, but too little."""
    return int(((days["covered_hours"].fillna(0) > 0) & days["screen_hours"].isna()).sum())
