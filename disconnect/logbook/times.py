"""Words for lengths, clock times and days."""

import datetime as dt
import re
from collections.abc import Callable

from disconnect.errors import UsageProblemError
from disconnect.logbook.clocks import (
    BARE,
    CLOCK,
    HOUR_WORD,
    O_CLOCK,
    SPELLED,
    both,
    clock_time,
    spelled,
)
from disconnect.logbook.lengths import COUNT, LENGTH, count, length
from disconnect.logbook.whens import ClockTime, When

Handler = Callable[[re.Match[str], When, dt.date], None]

END = r"(?=$|[\s,;.!?)])"
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
    first, second = both(clock_time(match[1]), clock_time(match[2]))
    when.put("start", first)
    when.put("end", second)


def _spelled(match: re.Match[str], when: When, _: dt.date) -> None:
    time = spelled(match[2].lower(), match[3].lower(), match[4])
    when.put("end" if (match[1] or "").lower() in {"until", "till"} else "start", time)
    when.until_now = when.until_now or (match[1] or "").lower() == "since"


def _half_hour(match: re.Match[str], _: When, __: dt.date) -> None:
    raise UsageProblemError(
        f"{match[0]!r} is half past to some and half to for others; write it as 16:30"
    )


def _two_lengths(match: re.Match[str], _: When, __: dt.date) -> None:
    raise UsageProblemError(f"{match[0]!r} is no single length; write one such as 90m")


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
    days = round(count(match[1].lower())) * (7 if match[2].lower().startswith("week") else 1)
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
    word = (match[1] or "").lower()
    if word.startswith("last") and back == 0:
        back = 7
    if word.startswith("this") and back > today.weekday():
        _to_come(match, when, today)
    when.put("day", today - _ONE_DAY * back)
    _part(match[3], when)


def _sat(match: re.Match[str], when: When, today: dt.date) -> None:
    before = match.string[: match.start()].lower().split()
    down = match.string.startswith(" down", match.end())
    if down or not before or before[-1] in {"i", "we", "and", "just"}:
        raise UsageProblemError("'sat' may be Saturday; write saturday, or met")
    when.put("day", today - _ONE_DAY * ((today.weekday() - WEEKDAYS.index("sat")) % 7))


def _last_week(match: re.Match[str], when: When, today: dt.date) -> None:
    on = WEEKDAYS.index((match[1] or match[2])[:3].lower())
    when.put("day", today - _ONE_DAY * (today.weekday() + 7 - on))


def _earlier(_: re.Match[str], when: When, today: dt.date) -> None:
    when.put("day", today)
    when.earlier = True


def _near_day(match: re.Match[str], when: When, today: dt.date) -> None:
    word = match[1].lower()
    back = 0 if word in _TODAY.split("|") else 1 if word in _YESTERDAY.split("|") else 2
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
_OR = r"(?:(?<=[0-9])\s?[-–—]\s?| (?:to|or) )"
_SINGLE = r"(at|@|around|about|from|since|until|till)"
_NEARLY = r"(?:about|around|almost|nearly|roughly)"
# Days in a few more languages: read over, they would leave the time on today.
_TODAY = "today|heute|hoy|oggi|vandaag|сегодня"
_YESTERDAY = "yesterday|gestern|ayer|ieri|gisteren|вчера"
_DAY_BEFORE = r"(?:the )?day before yesterday|vorgestern|anteayer|eergisteren|позавчера"
RULES: tuple[tuple[re.Pattern[str], Handler], ...] = tuple(
    (compiled(f"(?:{pattern}){END}"), handler)
    for pattern, handler in (
        (rf"(?:on )?(?:{_WEEKDAY},? )?([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}})", _iso),
        (rf"(?:on )?(?:{_WEEKDAY},? )?([0-9]{{1,2}}){_TH} (?:of )?{_MONTH}\.?{_YEAR}", _day_month),
        (rf"(?:on )?(?:{_WEEKDAY},? )?{_MONTH}\.? ([0-9]{{1,2}}){_TH}{_YEAR}", _month_day),
        (rf"({COUNT}){_OR}({LENGTH})", _two_lengths),
        (rf"(?:(at|@|around|about|since|until|till) )?{SPELLED}", _spelled),
        (rf"(?:(?:at|around|about|since|until|till) )?half {BARE}(?:{O_CLOCK})?", _half_hour),
        (rf"(?:from )?({CLOCK}){_TO}({CLOCK}|{BARE})", _range),
        (rf"(?:from )?([0-9]{{1,2}}){_TO}({CLOCK})", _range),
        (rf"from ({BARE}){_TO}({CLOCK}|{BARE})", _range),
        (rf"between ({CLOCK}|{BARE}) and ({CLOCK}|{BARE})", _range),
        (rf"(?:{_SINGLE}\s?)?({CLOCK})", _single),
        (rf"in {LENGTH}|tomorrow|next (?:{_WEEKDAY}|week(?:end)?|month|year)", _to_come),
        (rf"(?:{_NEARLY} )?({LENGTH}) ago", _ago),
        (rf"(?:{_NEARLY} )?({COUNT}) (days?|weeks?) ago", _days_ago),
        (rf"(?:for )?(?:{_NEARLY} )?({LENGTH})", _length),
        (rf"(?:{_SINGLE} )?({BARE}{O_CLOCK}|{HOUR_WORD} ?[ap]\.?m\.?)", _single),
        (rf"(at|@|from|since|until|till) ({BARE})", _single),
        (rf"(around|about) ({HOUR_WORD})", _single),
        (rf"(?:on )?{_WEEKDAY},? (?:of )?last week|last week,? (?:on )?{_WEEKDAY}", _last_week),
        (r"(?-i:sat)(?= (?:with|down|in|on|by|next|together|outside|beside)\b)", _sat),
        (rf"(?:on )?(last |this )?{_WEEKDAY}(?: {_PART})?", _weekday),
        (r"earlier(?: today)?", _earlier),
        (rf"({_TODAY}|{_YESTERDAY}|{_DAY_BEFORE})(?: {_PART})?", _near_day),
        (rf"(?:this {_PART}|tonight)", _this_part),
        (r"last night", _last_night),
        (r"(?:in the |at )(morning|afternoon|evening|night)", _some_part),
        (r"(morning|afternoon|evening)", _some_part),
        (r"(?:just |until |till )?now", _now),
    )
)


_SOME = r"(?:a few|some|several|many|(?:a )?couple of)"
VAGUE = compiled(
    r"(?:(?:last|this|past) (?:week(?:end)?|month|year|spring|summer|autumn|fall|winter)"
    r"|the (?:last|past) (?:few|couple of|several) \w+|(?:on|at|over) (?:the )?weekend"
    r"|the other (?:day|week|night|evening|morning)|recently|lately|a while ago|some time ago"
    rf"|{_SOME} (?:hours|days|weeks|months|years) ago"
    rf"|{COUNT} (?:months?|years?|{_WEEKDAY}s) ago"
    rf"|(?:on|over) (?:christmas|easter|thanksgiving|new year'?s?)(?: eve| day)?){END}"
)
"""What says when it was, but not on which day."""


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
