"""Who was there without a name, and whether a word is anybody's."""

import re
from collections.abc import Sequence

from disconnect.logbook.lengths import NUMBERS
from disconnect.logbook.people import is_possessive, name_at, roles
from disconnect.logbook.words import (
    BEFORE_UNNAMED,
    CARRIERS,
    CHANNELS,
    FILLERS,
    MYSELF,
    NO_SUBJECTS,
    PETS,
    UNNAMED,
)

# What stands behind the one who did it: "Tom called", "Tom & Jerry came".
_SUBJECT_ENDS = re.compile(
    r" (?:(?:&|and) [A-Z]|(?:called|phoned|rang|texted|messaged|emailed|visited|came|joined"
    r"|dropped|stopped)(?! [A-Z])\b)"
)
_SURE = UNNAMED | BEFORE_UNNAMED | NUMBERS.keys()


def company(words: Sequence[str]) -> int:
    """How many words say that somebody without a name was there: two of `some friends`; 0: none."""
    if roles(words):
        return 0
    begin = 1 if is_possessive(words[0]) else 0
    count = begin
    while count < len(words) and (words[count] in _SURE or words[count].isdigit()):
        count += 1
    return 0 if UNNAMED.isdisjoint(words[:count]) else count


def keeps_company(words: Sequence[str]) -> bool:
    """Whether somebody without a name was there, and not the dog alone."""
    count = company(words) if words else 0
    return count > 0 and not PETS.issuperset(UNNAMED.intersection(words[:count]))


def starts_a_name(words: Sequence[str], known: Sequence[str]) -> bool:
    """Whether words begin with somebody known, or as a name is written."""
    return bool(words) and (name_at(words, known)[0] in known or words[0][:1].isupper())


def is_self(word: str) -> bool:
    """Whether it is the person who writes."""
    return word == "I" or word.lower() in MYSELF - {"i"}


def is_subject(word: str, rest: str) -> bool:
    """Whether a text's first word is who did it: "Tom called", but not "Just called Ana".

    Args:
        word: The first word.
        rest: The text behind it.
    """
    if not word[:1].isupper() or word.endswith("ly"):
        return False
    if word.lower() in CHANNELS.keys() | FILLERS | NO_SUBJECTS | CARRIERS | UNNAMED:
        return False
    return _SUBJECT_ENDS.match(rest) is not None
