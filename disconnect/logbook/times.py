"""Words for lengths, clock times and days."""

import datetime as dt
import re
from collections.abc import Callable

from disconnect.errors import UsageProblemError
from disconnect.logbook.whens import ClockTime, When

Handler = Callable[[re.Match[str], When, dt.date], None]

END = r"(?=$|[\s,;.!?)])"
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1
    )
} | {"a": 1, "an": 1}
_COUNT = r"(?:[0-9]{1,4}(?:[.,][0-9]{1,2})?|" + "|".join(_NUMBERS) + ")"
_HOURS = r"(?:hours?|hrs?|(?<=[0-9])h|(?<=[0-9] )h)"
_MINUTES = r"(?:minutes?|mins?|(?<=[0-9])m|(?<=[0-9] )m)"
_LENGTH = (
    r"(?:half an hour|(?:a )?quarter of an hour|an hour and a half|an hour and a quarter"
    rf"|{_COUNT} and a half {_HOURS}"
    rf"|{_COUNT}\s?{_HOURS}\s?(?:and )?[0-9]{{1,2}}\s?{_MINUTES}"
    rf"|[0-9]{{1,2}}h[0-9]{{1,2}}|[0-9]{{1,2}}:[0-5][0-9]h"
    rf"|{_COUNT}\s?{_HOURS}|{_COUNT}\s?{_MINUTES})"
)
_OFFSET = r"(?:\s?UTC[+-][0-9]{2}:[0-9]{2})?"
_CLOCK = (
    rf"(?:[0-9]{{1,2}}:[0-9]{{2}}(?:\s?[ap]\.?m\.?)?{_OFFSET}|[0-9]{{1,2}}\s?[ap]\.?m\.?"
    r"|noon|midday|midnight)"
)
_BARE = r"[0-9]{1,2}"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = (
    r"(mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
_PART = r"(morning|afternoon|evening|night)"
_TH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+((?:19|20)[0-9]{2}))?"
_ONE_DAY = dt.timedelta(days=1)


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern for whole words, whatever their case (of ASCII letters alone)."""
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


def length(words: str) -> dt.timedelta:
    """Read a length such as `90m`, `1h30`, `1.5h`, `2 hours`, `half an hour`.

    Raises:
        UsageProblemError: The words are no length, or none that time with people can have.
    """
    text = " ".join(words.lower().split())
    if not re.fullmatch(_LENGTH, text, re.ASCII):
        raise UsageProblemError(f"{words!r} is no length; write 90m, 1h30, 1.5h or 2 hours")
    fixed = {
        "half an hour": 30,
        "quarter of an hour": 15,
        "a quarter of an hour": 15,
        "an hour and a half": 90,
        "an hour and a quarter": 75,
    }
    if text in fixed:
        return dt.timedelta(minutes=fixed[text])
    if ":" in text:
        hours, minutes = text.removesuffix("h").split(":")
        return dt.timedelta(hours=int(hours), minutes=int(minutes))
    match = re.match(rf"({_COUNT})", text)
    assert match  # noqa: S101 - the pattern above begins with a count
    count = _count(match[1]) + (0.5 if " and a half " in text else 0.0)
    rest = text[match.end() :].strip()
    if rest.startswith("m"):
        return dt.timedelta(minutes=round(count))
    more = re.search(r"[0-9]+", rest)
    return dt.timedelta(minutes=round(count * 60) + (int(more[0]) if more else 0))


def _count(word: str) -> float:
    return float(_NUMBERS.get(word) or word.replace(",", "."))


def clock_time(words: str) -> ClockTime:
    """Read a time of day such as `16:00`, `4pm`, `4:30 pm`, `noon`, or a bare `4`.

    Raises:
        UsageProblemError: There is no such time of day.
    """
    text = words.lower().replace(".", "").strip()
    if text in {"noon", "midday"}:
        return ClockTime(12)
    if text == "midnight":
        return ClockTime(0)
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
    clear = bool(half or match[2])
    return ClockTime(hour, minute, half, clear, offset)


def date_of(year: int, month: int, day: int) -> dt.date:
    """A date that exists.

    Raises:
        UsageProblemError: There is none of that name, or none in living memory.
    """
    try:
        date = dt.date(year, month, day)
    except ValueError as error:
        raise UsageProblemError(f"there is no {year:04}-{month:02}-{day:02}") from error
    if date.year < 1971:  # noqa: PLR2004 - times are counted from 1970
        raise UsageProblemError(f"{date} is too long ago; the log begins in 1971")
    return date


def _range(match: re.Match[str], when: When, _: dt.date) -> None:
    first, second = clock_time(match[1]), clock_time(match[2])
    if not first.clear and second.half and _minutes(first, second.half) < _minutes(second, None):
        first = ClockTime(first.hour, first.minute, second.half)
    elif not first.clear and second.half:
        first = ClockTime(first.hour, first.minute, "am")
    elif first.clear != second.clear and not (first.half or second.half):
        first = ClockTime(first.hour, first.minute, offset=first.offset)
        second = ClockTime(second.hour, second.minute, offset=second.offset)
    when.put("start", first)
    when.put("end", second)


def _minutes(time: ClockTime, half: str | None) -> int:
    half = time.half or half
    hour = time.hour if half is None else time.hour % 12 + (12 if half == "pm" else 0)
    return hour * 60 + time.minute


def _single(match: re.Match[str], when: When, _: dt.date) -> None:
    word = (match[1] or "").lower()
    if word in {"until", "till"}:
        when.put("end", clock_time(match[2]))
        return
    when.put("start", clock_time(match[2]))
    when.until_now = when.until_now or word == "since"


def _ago(match: re.Match[str], when: When, _: dt.date) -> None:
    when.put("ago", length(match[1]))


def _length(match: re.Match[str], when: When, _: dt.date) -> None:
    when.put("length", length(match[1]))


def _days_ago(match: re.Match[str], when: When, today: dt.date) -> None:
    days = round(_count(match[1].lower())) * (7 if match[2].lower().startswith("week") else 1)
    when.put("day", today - _ONE_DAY * days)


def _dated(weekday: str | None, day: dt.date, when: When) -> None:
    if weekday and WEEKDAYS.index(weekday[:3].lower()) != day.weekday():
        raise UsageProblemError(f"{day} is a {day:%A}, not a {weekday}")
    when.put("day", day)


def _day_month(match: re.Match[str], when: When, today: dt.date) -> None:
    _dated(match[1], _in_a_year(match[4], match[3], int(match[2]), today), when)


def _month_day(match: re.Match[str], when: When, today: dt.date) -> None:
    _dated(match[1], _in_a_year(match[4], match[2], int(match[3]), today), when)


def _in_a_year(year: str | None, month_name: str, day: int, today: dt.date) -> dt.date:
    month = _MONTHS.index(month_name[:3].lower()) + 1
    if year:
        return date_of(int(year), month, day)
    for back in range(9):  # 29 February may be eight years away
        try:
            date = dt.date(today.year - back, month, day)
        except ValueError:
            continue
        if date <= today:
            return date
    raise UsageProblemError(f"there is no {day} {month_name.capitalize()}")


def _iso(match: re.Match[str], when: When, _: dt.date) -> None:
    _dated(match[1], date_of(int(match[2]), int(match[3]), int(match[4])), when)


def _weekday(match: re.Match[str], when: When, today: dt.date) -> None:
    back = (today.weekday() - WEEKDAYS.index(match[2][:3].lower())) % 7
    if (match[1] or "").lower().startswith("last") and back == 0:
        back = 7
    when.put("day", today - _ONE_DAY * back)
    _part(match[3], when)


def _near_day(match: re.Match[str], when: When, today: dt.date) -> None:
    word = match[1].lower()
    back = 0 if word == "today" else 1 if word == "yesterday" else 2
    when.put("day", today - _ONE_DAY * back)
    _part(match[2], when)


def _this_part(match: re.Match[str], when: When, today: dt.date) -> None:
    when.put("day", today)
    _part(match[1] or "evening", when)


def _last_night(_: re.Match[str], when: When, today: dt.date) -> None:
    when.put("day", today - _ONE_DAY)
    _part("night", when)


def _some_part(match: re.Match[str], when: When, _: dt.date) -> None:
    _part(match[1], when)


def _part(part: str | None, when: When) -> None:
    if part:
        when.put("part", part.lower())


def _to_come(match: re.Match[str], _: When, __: dt.date) -> None:
    raise UsageProblemError(f"{match[0]!r} is still to come; what has happened can be logged")


def _now(_: re.Match[str], when: When, __: dt.date) -> None:
    when.until_now = True


_TO = r"\s?(?:-|–|—|\bto\b|\buntil\b|\btill\b)\s?"
_DAY_BEFORE = r"(?:the )?day before yesterday"
RULES: tuple[tuple[re.Pattern[str], Handler], ...] = tuple(
    (compiled(f"(?:{pattern}){END}"), handler)
    for pattern, handler in (
        (rf"(?:on )?(?:{_WEEKDAY},? )?([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}})", _iso),
        (rf"(?:on )?(?:{_WEEKDAY},? )?([0-9]{{1,2}}){_TH} (?:of )?{_MONTH}\.?{_YEAR}", _day_month),
        (rf"(?:on )?(?:{_WEEKDAY},? )?{_MONTH}\.? ([0-9]{{1,2}}){_TH}{_YEAR}", _month_day),
        (rf"(?:from )?({_CLOCK}){_TO}({_CLOCK}|{_BARE})", _range),
        (rf"(?:from )?({_BARE}){_TO}({_CLOCK})", _range),
        (rf"from ({_BARE}){_TO}({_BARE})", _range),
        (rf"between ({_CLOCK}|{_BARE}) and ({_CLOCK}|{_BARE})", _range),
        (rf"(?:(at|@|around|about|from|since|until|till)\s?)?({_CLOCK})", _single),
        (rf"(?:(at|@|from|since|until|till) )({_BARE})", _single),
        (rf"in {_LENGTH}|tomorrow|next {_WEEKDAY}|next week", _to_come),
        (rf"({_LENGTH}) ago", _ago),
        (rf"({_COUNT}) (days?|weeks?) ago", _days_ago),
        (rf"(?:for )?(?:about )?({_LENGTH})", _length),
        (rf"(?:on )?(last |this )?{_WEEKDAY}(?: {_PART})?", _weekday),
        (rf"(today|yesterday|{_DAY_BEFORE})(?: {_PART})?", _near_day),
        (rf"(?:this {_PART}|tonight)", _this_part),
        (r"last night", _last_night),
        (r"(?:in the |at )(morning|afternoon|evening|night)", _some_part),
        (r"(?:just |until |till )?now", _now),
    )
)


def moment(words: str, today: dt.date) -> tuple[dt.date | None, ClockTime | None]:
    """Read a day, a time of day, or both: `16:00`, `yesterday 4pm`, `2026-10-24T16:00`.

    Raises:
        UsageProblemError: The words are neither, or more than that.
    """
    when, text = When(), words.strip().replace("T", " ") if words[:4].isdigit() else words.strip()
    at = 0
    while at < len(text):
        for pattern, take in RULES:
            if match := pattern.match(text, at):
                take(match, when, today)
                at = match.end()
                break
        else:
            raise UsageProblemError(f"{words!r} is no time; write 16:00 or 2026-10-24T16:00")
        at += len(text[at:]) - len(text[at:].lstrip())
    if When(day=when.day, start=when.start) != when:
        raise UsageProblemError(f"{words!r} is no single time; write 16:00 or 2026-10-24T16:00")
    return when.day, when.start


def shown(instant: dt.datetime) -> ClockTime:
    """The time on the clock of an aware instant, with the offset that makes it the only one."""
    return ClockTime(instant.hour, instant.minute, offset=instant.utcoffset())
