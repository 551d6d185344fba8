"""Words for a time of day, and for two of them."""

import datetime as dt
import re
from dataclasses import replace

from disconnect.errors import UsageProblemError
from disconnect.logbook.lengths import NUMBERS
from disconnect.logbook.whens import ClockTime

_OFFSET = r"(?:\s?UTC[+-][0-9]{2}:[0-9]{2})?"
CLOCK = (
    rf"(?:[0-9]{{1,2}}:[0-9]{{2}}(?:\s?[ap]\.?m\.?)?{_OFFSET}|[0-9]{{1,2}}\s?[ap]\.?m\.?"
    r"|noon|midday|midnight)"
)
# "at Four Seasons" is a place, so an hour as a word has a small letter.
HOUR_WORD = r"(?-i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
BARE = rf"(?:[0-9]{{1,2}}|{HOUR_WORD})"
O_CLOCK = r" o['’]?clock"
SPELLED = rf"(half|(?:a )?quarter|five|ten|twenty(?:-five)?) (past|after|to) ({BARE})(?:{O_CLOCK})?"
_NOON, _DAY = 12, 24
_LAST_NIGHTLY = 6


def clock_time(words: str) -> ClockTime:
    """Read a time of day such as `16:00`, `4pm`, `4:30 pm`, `noon`, or a bare `4`.

    `4:30` needs am or pm as a bare 4 does: who counts to 24 writes `04:30`.

    Raises:
        UsageProblemError: There is no such time of day.
    """
    text = re.sub(O_CLOCK, "", words.lower()).replace(".", "").strip()
    if text in {"noon", "midday"}:
        return ClockTime(12)
    if text == "midnight":
        return ClockTime(0)
    head, space, tail = text.partition(" ")
    text = f"{NUMBERS.get(head, head)}{space}{tail}"
    match = re.fullmatch(
        r"([0-9]{1,2})(?::([0-9]{2}))?\s?([ap]m)?(?:\s?utc([+-])([0-9]{2}):([0-9]{2}))?", text
    )
    if not match:
        raise UsageProblemError(f"{words!r} is no time of day; write 16:00 or 4pm")
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):  # noqa: PLR2004 - a clock
        raise UsageProblemError(f"there is no time {words.strip()!r}; write 16:00 or 4pm")
    offset = None
    if match[4]:
        offset = dt.timedelta(hours=int(match[5]), minutes=int(match[6]))
        offset = -offset if match[4] == "-" else offset
    short = len(match[1]) == 1 and hour > 0 and not half and offset is None
    clear = bool(half or match[2]) and not (short and hour <= _LAST_NIGHTLY)
    return ClockTime(hour, minute, half, clear, offset, short)


def spelled(words: str, side: str, hour_word: str) -> ClockTime:
    """Read `half past four` or `ten to four`: what, on which side, of which hour."""
    minute = {"half": 30, "quarter": 15}.get(words.rsplit(maxsplit=1)[-1]) or NUMBERS[words]
    hour = int(NUMBERS.get(hour_word) or hour_word)
    if hour >= _DAY:
        raise UsageProblemError(f"there is no time {hour_word!r}; write 16:00 or 4pm")
    if side == "to":
        hour, minute = (hour - 1) % _DAY, 60 - minute
        hour = hour or (0 if hour_word == "0" else _NOON)
    return ClockTime(hour, minute, clear=not 1 <= hour <= _NOON)


def both(first: ClockTime, second: ClockTime) -> tuple[ClockTime, ClockTime]:
    """What a beginning and an end tell of each other: am, pm, or that hours go to 24.

    An end that is not clear is the first one after the beginning (see settling).
    """
    if second.half and not first.half and 1 <= first.hour <= _NOON:
        other = "am" if second.half == "pm" else "pm"
        same = _minutes(first, second.half) < _minutes(second, None)
        first = replace(first, half=second.half if same else other)
    elif first.half and not second.half and 1 <= second.hour <= _NOON:
        second = replace(second, clear=False)
    elif second.clear and not first.clear and first.hour > _LAST_NIGHTLY:
        first = replace(first, clear=True)
    return first, second


def _minutes(time: ClockTime, half: str | None) -> int:
    half = time.half or half
    hour = time.hour if half is None else time.hour % 12 + (12 if half == "pm" else 0)
    return hour * 60 + time.minute
