"""What each setting's value must be, beyond its type."""

import datetime as dt
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from disconnect import periods
from disconnect.errors import DisconnectError

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
LONGEST_PAUSE = 5
"""Seconds of sampling that a kill may lose at most."""
_MOST = 1e6
"""Nothing that is counted or weighed here comes near it."""
_LONGEST_WAIT = 7 * 86_400
"""Seconds between two readings of a history, or without input, at most."""
_LONGEST_KEPT = 36_500
"""Days that rows are kept at most, where they are not kept for ever: a hundred years."""
AGE_BANDS = ("15-19", "20-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def kind_in_words(kind: Any) -> str:
    """What a value must be, as a person would say it."""
    return {str: "a text", bool: "true or false", int: "a whole number", float: "a number"}[kind]


def objection(name: str, value: Any) -> str | None:
    """What is wrong with a value of the right type; None when it is fine."""
    rule = _RULES.get(name)
    if rule:
        return rule(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _bad_number(value, _MOST)
    return None


def _bad_number(value: float, most: float) -> str | None:
    if math.isnan(value):
        return "must be a number, not nan"
    if value < 0:
        return f"must not be negative, not {value!r}"
    return f"must be {most:g} at most, not {value!r}" if value > most else None


def _bad_wait(value: float) -> str | None:
    return _bad_number(value, _LONGEST_WAIT)


def _bad_days(value: int) -> str | None:
    return _bad_number(value, _LONGEST_KEPT)


def _bad_period(value: str) -> str | None:
    try:
        periods.named(value, dt.date(2026, 1, 1))
    except DisconnectError:
        return f"must be a period such as last-week, last-month or 2026-10, not {value!r}"
    return None


def _bad_folder(value: str) -> str | None:
    try:
        Path(value).expanduser()
    except RuntimeError:
        return f"must be a folder such as ~/reports, not {value!r}: there is no such user"
    return "must be a folder's name, without a zero byte" if "\0" in value else None


def _bad_hour(value: str) -> str | None:
    fine = _TIME.fullmatch(value) and value.endswith(":00")
    return None if fine else f"must be a full hour such as 04:00, not {value!r}"


def _bad_weekday(value: str) -> str | None:
    fine = value in _WEEKDAYS
    return None if fine else f"must be one of {', '.join(_WEEKDAYS)}, not {value!r}"


def _bad_hours(value: str) -> str | None:
    start, _, end = value.partition("-")
    fine = _TIME.fullmatch(start) and _TIME.fullmatch(end)
    return None if fine else f"must be two times such as 22:00-06:00, not {value!r}"


def _bad_moment(value: str) -> str | None:
    day, _, time = value.partition(" ")
    fine = not value or (day in _WEEKDAYS and _TIME.fullmatch(time))
    return None if fine else f"must be a weekday and a time such as 'mon 08:00', not {value!r}"


def _bad_time(value: str) -> str | None:
    fine = not value or _TIME.fullmatch(value)
    return None if fine else f"must be a time such as 20:30, not {value!r}"


def _bad_year(value: int) -> str | None:
    fine = not value or 1900 <= value <= 2100  # noqa: PLR2004 - nobody alive was born outside
    return None if fine else f"must be a year such as 1985, or 0, not {value!r}"


def _bad_band(value: str) -> str | None:
    fine = not value or value in AGE_BANDS
    return None if fine else f"must be one of {', '.join(AGE_BANDS)}, or empty, not {value!r}"


def _bad_sex(value: str) -> str | None:
    fine = value in {"", "female", "male"}
    return None if fine else f"must be female or male, or empty, not {value!r}"


def _bad_pause(value: float) -> str | None:
    fine = 1 <= value <= LONGEST_PAUSE
    return None if fine else f"must lie between 1 and {LONGEST_PAUSE} seconds, not {value:g}"


def _bad_half_life(value: float) -> str | None:
    return _bad_number(value, _MOST) if value > 0 else f"must be more than 0 days, not {value:g}"


def _bad_pattern(patterns: tuple[str, ...]) -> str | None:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            return f"{pattern!r} is no regular expression: {error}"
    return None


def _bad_names(names: tuple[str, ...]) -> str | None:
    for name in names:
        if not name or name != name.strip().lower():
            return f"must be names of browsers in lower case, such as qutebrowser, not {name!r}"
    return None


_RULES: dict[str, Callable[[Any], str | None]] = {
    "day_starts": _bad_hour,
    "week_starts": _bad_weekday,
    "quiet_hours": _bad_hours,
    "person.birth_year": _bad_year,
    "person.age_band": _bad_band,
    "person.sex": _bad_sex,
    "report.when": _bad_moment,
    "report.period": _bad_period,
    "report.folder": _bad_folder,
    "retention.activities_days": _bad_days,
    "retention.titles_days": _bad_days,
    "checkin.notify_at": _bad_time,
    "load.half_life": _bad_half_life,
    "collect.sample_every": _bad_pause,
    "collect.idle_after": _bad_wait,
    "collect.browsers_every": _bad_wait,
    "collect.titles_without_history": _bad_names,
    "collect.drop": _bad_pattern,
    "collect.hash": _bad_pattern,
}
