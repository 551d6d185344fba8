"""Which instruments are due on a day, and which answers point to somebody to talk to."""

import datetime as dt
from collections.abc import Mapping, Sequence

from disconnect.logbook.instruments import CANNOT_TAKE_IT, INSTRUMENTS
from disconnect.logbook.scales import Instrument

DAYS = {"daily": 1, "weekly": 7, "monthly": 28}
"""Days from one time to the next. A month is four weeks: always the same weekday, never two in
a row because one month has ended."""
ALWAYS = 100
HIGH = 75
_WEEK, _TWO_WEEKS = dt.timedelta(days=7), dt.timedelta(days=14)


def asked(*, works: bool) -> tuple[Instrument, ...]:
    """The instruments that are meant for a person who works, or does not."""
    return tuple(one for one in INSTRUMENTS if works or not one.of_work)


def next_day(instrument: Instrument, last: dt.date | None, day: dt.date) -> dt.date:
    """The day from which it is due; `day` itself where it was never answered."""
    return day if last is None else last + dt.timedelta(days=DAYS[instrument.every])


def due(last: Mapping[str, dt.date], day: dt.date, *, works: bool) -> tuple[Instrument, ...]:
    """What is due on a day.

    Args:
        last: When each instrument was answered last, not later than `day`; by name.
        day: The local day.
        works: Whether the person works.
    """
    return tuple(one for one in asked(works=works) if next_day(one, last.get(one.name), day) <= day)


def cannot_take_it(answers: Sequence[float | None]) -> bool:
    """Whether CBI's fourth item, “I can't take it anymore”, was answered with Always."""
    return answers[CANNOT_TAKE_IT] == ALWAYS


def high_for_two_weeks(scores: Sequence[tuple[dt.date, float | None]]) -> bool:
    """Whether the newest score is high and one of the week before was, with none lower between.

    Args:
        scores: Personal burnout (CBI) [0..100] by day, oldest first; None: too few answers.
    """
    known = [(day, score) for day, score in scores if score is not None]
    if not known:
        return False
    newest = known[-1][0]
    for day, score in reversed(known):
        if score < HIGH or newest - day >= _TWO_WEEKS:
            return False
        if newest - day >= _WEEK:
            return True
    return False
