"""Words for how long something took."""

import datetime as dt
import re

from disconnect.errors import UsageProblemError

_SMALL = [
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
NUMBERS = {word: number for number, word in enumerate(_SMALL, start=1)} | {
    "a": 1,
    "an": 1,
    "fifteen": 15,
    "twenty": 20,
    "twenty-five": 25,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
}
_WORDS = "|".join(sorted(NUMBERS, key=len, reverse=True))
COUNT = rf"(?:[0-9]{{1,4}}(?:[.,][0-9]{{1,2}})?|{_WORDS})"
_HOURS = r"(?:hours?|hrs?|(?<=[0-9])h|(?<=[0-9] )h)"
_MINUTES = r"(?:minutes?|mins?|(?<=[0-9])m|(?<=[0-9] )m)"
_FIXED = {
    r"(?:a )?half(?: an |[ -])hour": 30,
    r"(?:a )?quarter of an hour": 15,
    r"three[ -]quarters of an hour": 45,
    r"(?:an )?hour and a half": 90,
    r"(?:an )?hour and a quarter": 75,
}
LENGTH = (
    rf"(?:{'|'.join(_FIXED)}|{COUNT} and a half {_HOURS}|{COUNT} {_HOURS} and a half"
    rf"|{COUNT}\s?{_HOURS}\s?(?:and )?(?:[0-9]{{1,2}}|{_WORDS})\s?{_MINUTES}"
    rf"|[0-9]{{1,2}}h[0-9]{{1,2}}|[0-9]{{1,2}}:[0-5][0-9]h"
    rf"|{COUNT}\s?{_HOURS}|{COUNT}\s?{_MINUTES})"
)


def length(words: str) -> dt.timedelta:
    """Read a length such as `90m`, `1h30`, `1.5h`, `2 hours`, `half an hour`.

    Raises:
        UsageProblemError: The words are no length, or none that time with people can have.
    """
    text = " ".join(words.lower().split())
    if not re.fullmatch(LENGTH, text, re.ASCII):
        raise UsageProblemError(f"{words!r} is no length; write 90m, 1h30, 1.5h or 2 hours")
    for pattern, minutes in _FIXED.items():
        if re.fullmatch(pattern, text):
            return dt.timedelta(minutes=minutes)
    if ":" in text:
        hours, minutes_past = text.removesuffix("h").split(":")
        return dt.timedelta(hours=int(hours), minutes=int(minutes_past))
    match = re.match(rf"({COUNT})", text)
    assert match  # noqa: S101 - the pattern above begins with a count
    number = count(match[1]) + (0.5 if " and a half" in text else 0.0)
    rest = text[match.end() :].strip()
    if rest.startswith("m"):
        return dt.timedelta(minutes=round(number))
    more = re.search(rf"[0-9]+|(?<= )(?:{_WORDS})(?=\s?{_MINUTES})", rest)
    return dt.timedelta(minutes=round(number * 60) + (int(count(more[0])) if more else 0))


def count(word: str) -> float:
    """A number as digits or as a word."""
    return float(NUMBERS.get(word) or word.replace(",", "."))
