"""The day on which a week begins, as the person has set it, for every chart and sentence."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from contextvars import ContextVar

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_first: ContextVar[int] = ContextVar("week_starts", default=0)


@contextlib.contextmanager
def starting(week_starts: str) -> Iterator[None]:
    """Draw and say all inside with weeks that begin on that day (`mon` .. `sun`)."""
    token = _first.set(_SHORT.index(week_starts))
    try:
        yield
    finally:
        _first.reset(token)


def first() -> int:
    """Return the weekday that weeks begin on, 0 for Monday."""
    return _first.get()


def first_name() -> str:
    """Return its name: `Monday`."""
    return DAYS[_first.get()]


def place(day: dt.date) -> int:
    """Return the place of a day in its week, 0 to 6."""
    return (day.weekday() - _first.get()) % 7


def names() -> list[str]:
    """Return the short names of the days of a week, in their order: `Mon` .. `Sun`."""
    return [DAYS[(_first.get() + number) % 7][:3] for number in range(7)]


def begins(year: int, number: int) -> dt.date:
    """Return the first day of a week by its name: the ISO week that its middle day lies in.

    Raises:
        ValueError: The year has no such week.
    """
    monday = dt.date.fromisocalendar(year, number, 1)
    return monday + dt.timedelta(days=(_first.get() + 3) % 7 - 3)
