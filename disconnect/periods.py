"""Dates and periods in the words people use, in one place."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from disconnect.errors import UsageProblemError

_LAST = re.compile(r"(\d{1,4})([dwmy])")
_WEEK = re.compile(r"(\d{4})-W(\d{1,2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"(\d{4})")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ONE_DAY = dt.timedelta(days=1)
_YEARS = (1900, 2250)
"""No screen was watched before, and zones, weeks and offsets reach beyond what is asked for."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole local days, both inclusive; `since` and `until` cut finer (aware or local times).

    `until` is exclusive. Where only days matter, `first` and `last` are all there is.
    """

    first: dt.date
    last: dt.date
    since: dt.datetime | None = None
    until: dt.datetime | None = None

    @property
    def days(self) -> int:
        """How many local days it spans."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        """`2026-10-01 – 2026-10-31`, or the one day."""
        if self.first == self.last:
            return self.first.isoformat()
        return f"{self.first.isoformat()} – {self.last.isoformat()}"


def named(words: str, today: dt.date, *, week_starts: str = "mon") -> Period:
    """Read a period such as `2026-10-31`, `2026-W40`, `2026-10`, `2026-Q4`, `2026`, `last-week`.

    Raises:
        UsageProblemError: The words name no period, or a date that does not exist.
    """
    relative = _relative(words, today, week_starts)
    if relative:
        return relative
    try:
        return _within(_absolute(words, week_starts))
    except (ValueError, OverflowError) as error:
        raise UsageProblemError(f"there is no {words!r}: {error}") from error


def last(words: str, today: dt.date) -> Period:
    """Read `30d`, `12w`, `6m` or `2y`: so long, up to and with today.

    Raises:
        UsageProblemError: The words are no such length.
    """
    match = _LAST.fullmatch(words)
    if not match or int(match[1]) == 0:
        raise UsageProblemError(f"--last takes a length such as 30d, 12w, 6m or 2y, not {words!r}")
    count = int(match[1])
    try:
        if match[2] in "dw":
            first = today - ONE_DAY * (count * (7 if match[2] == "w" else 1) - 1)
        else:
            first = _months_before(today, count * (12 if match[2] == "y" else 1)) + ONE_DAY
        return _within(Period(first, today))
    except (ValueError, OverflowError) as error:
        raise UsageProblemError(f"--last {words} goes back too far: {error}") from error


def _within(period: Period) -> Period:
    """Refuse what lies outside the years of a life."""
    if period.first.year < _YEARS[0] or period.last.year > _YEARS[1]:
        raise ValueError(f"a period lies between {_YEARS[0]} and {_YEARS[1]}")
    return period


def between(
    start: str | None, end: str | None, today: dt.date, *, day_starts_hour: int = 0
) -> Period:
    """Read `--from` and `--to`: dates (both inclusive) or date-times (`to` exclusive).

    Args:
        start: The first day, or instant; None: from the beginning.
        end: The last day, or the instant before which it ends; None: today.
        today: The local day it is.
        day_starts_hour: The hour at which days begin: 02:00 can be of the day before.

    Raises:
        UsageProblemError: One is no date that exists, or the end comes before the start.
    """
    first, since = _end_of_range("--from", start) if start else (dt.date(1970, 1, 1), None)
    final, until = _end_of_range("--to", end) if end else (today, None)
    night = dt.timedelta(hours=day_starts_hour)
    if since:
        first = (since - night).date()
    if until:  # which is not in it: a day that would begin then is not, either
        final = (until - night - dt.timedelta(microseconds=1)).date()
    # A day and a time with an offset are a day apart in some zone: which, only the data tell.
    either = ONE_DAY if any(one and one.tzinfo for one in (since, until)) else 0 * ONE_DAY
    if final + either < first or (since and until and _reversed(since, until)):
        raise UsageProblemError(f"the period ends before it starts: {start} to {end or today}")
    return Period(first, final, since, until)


def _reversed(since: dt.datetime, until: dt.datetime) -> bool:
    """Whether it ends before it starts; of one with an offset and one without the data tell."""
    return bool(since.tzinfo) == bool(until.tzinfo) and until <= since


def _end_of_range(option: str, words: str) -> tuple[dt.date, dt.datetime | None]:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
            day = dt.date.fromisoformat(words)
            return _within(Period(day, day)).first, None
        instant = dt.datetime.fromisoformat(words)
        _within(Period(instant.date(), instant.date()))
    except ValueError as error:
        raise UsageProblemError(
            f"{option}: there is no {words!r} ({error}); write 2026-10-31 or 2026-10-31T18:00"
        ) from error
    return instant.date(), instant


def week_name(day: dt.date, week_starts: str = "mon") -> str:
    """Return the name of a day's week, such as `2026-W47`: the ISO week its middle day lies in.

    So a week that begins on Sunday the 15th has the number of the Monday after it.
    """
    begun = (day.weekday() - WEEKDAYS.index(week_starts)) % 7
    year, week, _ = (day + ONE_DAY * (3 - begun)).isocalendar()
    return f"{year}-W{week:02}"


def _week(year: int, number: int, week_starts: str) -> Period:
    """The seven days that `week_name` calls so."""
    middle = (WEEKDAYS.index(week_starts) + 3) % 7
    first = dt.date.fromisocalendar(year, number, 1) + ONE_DAY * (middle - 3)
    return Period(first, first + 6 * ONE_DAY)


def _relative(words: str, today: dt.date, week_starts: str) -> Period | None:
    offset = (today.weekday() - WEEKDAYS.index(week_starts)) % 7
    begun = today - ONE_DAY * offset
    month = today.replace(day=1)
    ends = {
        "today": (today, today),
        "yesterday": (today - ONE_DAY, today - ONE_DAY),
        "this-week": (begun, today),
        "last-week": (begun - 7 * ONE_DAY, begun - ONE_DAY),
        "this-month": (month, today),
        "last-month": ((month - ONE_DAY).replace(day=1), month - ONE_DAY),
        "this-year": (today.replace(month=1, day=1), today),
        "last-year": (dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31)),
    }
    return Period(*ends[words]) if words in ends else None


def _absolute(words: str, week_starts: str) -> Period:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
        day = dt.date.fromisoformat(words)
        return Period(day, day)
    if match := _WEEK.fullmatch(words):
        return _week(int(match[1]), int(match[2]), week_starts)
    if match := _QUARTER.fullmatch(words):
        first = dt.date(int(match[1]), 3 * int(match[2]) - 2, 1)
        return Period(first, _month_end(first.year, first.month + 2))
    if match := _MONTH.fullmatch(words):
        first = dt.date(int(match[1]), int(match[2]), 1)
        return Period(first, _month_end(first.year, first.month))
    if match := _YEAR.fullmatch(words):
        return Period(dt.date(int(match[1]), 1, 1), dt.date(int(match[1]), 12, 31))
    raise ValueError(
        "write a period as 2026-10-31, 2026-W40, 2026-10, 2026-Q4, 2026, today, yesterday,"
        " this-week, last-week, this-month or last-month"
    )


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _months_before(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    month += 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
