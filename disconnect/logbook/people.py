"""Names of people in a text, and names that are nearly the same."""

import difflib
from collections.abc import Sequence

from disconnect.errors import UsageProblemError

_PARTICLES = frozenset(
    {"von", "van", "de", "der", "den", "di", "da", "del", "la", "le", "al", "bin", "ter", "zu"}
)
_WHOSE = frozenset({"my", "our", "his", "her", "their", "your"})
_BEFORE_A_NAME = _WHOSE - {"his", "her", "their"} | {"the", "a", "old"}
_KINDS = frozenset({"old", "new", "best", "good", "dear", "little", "big", "former"})
_KIN = frozenset(
    [
        "uncle",
        "aunt",
        "auntie",
        "grandma",
        "grandpa",
        "granny",
        "cousin",
        "sir",
        "lady",
        "coach",
        "father",
    ]
)
# Who somebody is, before the name: "my sister Eva" is Eva.
_ROLES = frozenset(
    [
        "sister",
        "brother",
        "mother",
        "father",
        "mum",
        "mom",
        "dad",
        "son",
        "daughter",
        "wife",
        "husband",
        "partner",
        "girlfriend",
        "boyfriend",
        "fiance",
        "fiancee",
        "boss",
        "manager",
        "roommate",
        "flatmate",
        "housemate",
        "landlord",
        "teacher",
        "doctor",
        "dentist",
        "therapist",
        "mentor",
        "friend",
        "neighbour",
        "neighbor",
        "colleague",
    ]
)
TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof", "st", "fr", "hr"})


def name_at(words: Sequence[str], known: Sequence[str]) -> tuple[str, int]:
    """The name a list of words begins with, and how many of the words it takes.

    Somebody known is found whatever the case, and by the first name where only one has it.
    Somebody new is a word, and the capitalised words that follow a capitalised one.

    Raises:
        UsageProblemError: A first name that more than one known person has.
    """
    lowered = [word.casefold() for word in words]
    for name in sorted(known, key=len, reverse=True):
        parts = name.casefold().split()
        if parts and lowered[: len(parts)] == parts:
            return name, len(parts)
    skipped = 1 if len(words) > 1 and lowered[0] in _BEFORE_A_NAME else 0
    if skip := roles(words):
        name, count = name_at(words[skip:], known)
        return name, skip + count
    count = skipped + _new_name(words[skipped:])
    name = " ".join(words[skipped:count])
    name = name[:1].upper() + name[1:]
    if count - skipped == 1:
        return _by_first_name(name, known) or name, count
    return name, count


def resolved(name: str, known: Sequence[str]) -> str:
    """The known person a whole name means, else the name as it is given.

    Raises:
        UsageProblemError: A first name that more than one known person has.
    """
    for other in known:
        if other.casefold() == name.strip().casefold():
            return other
    return _by_first_name(name.strip(), known) or " ".join(name.split())


def is_possessive(word: str) -> bool:
    """Whether it says whose: `Ana's`."""
    return word.endswith(("'s", "’s", "s'"))


def roles(words: Sequence[str]) -> int:
    """How many words before a name tell who it is: two of `Ana's sister Eva`."""
    end = begin = 1 if is_possessive(words[0]) or words[0].lower() in _WHOSE else 0
    while end < len(words) and words[end] in _ROLES | _KINDS:
        end += 1
    return end if begin < end < len(words) and words[end][:1].isupper() else 0


def _new_name(words: Sequence[str]) -> int:
    if is_possessive(words[0]) and len(words) > 1 and words[1][:1].islower():
        return 2  # "Ana's sister" is one person
    if not words[0][:1].isupper() and not (
        words[0] in _KIN and len(words) > 1 and words[1][:1].isupper()
    ):
        return 1
    count = 1
    while count < len(words):
        if words[count][:1].isupper() or (
            words[count] in _PARTICLES
            and count + 1 < len(words)
            and (words[count + 1][:1].isupper() or words[count + 1] in _PARTICLES)
        ):
            count += 1
        else:
            break
    while words[count - 1] in _PARTICLES:  # a particle with no name after it is none
        count -= 1
    return count


def _by_first_name(word: str, known: Sequence[str]) -> str | None:
    found = [name for name in known if name.casefold().split()[:1] == [word.casefold()]]
    if len(found) > 1:
        raise UsageProblemError(
            f"{word!r} may be {' or '.join(sorted(found))}; write the whole name"
        )
    return found[0] if found else None


def near(name: str, known: Sequence[str]) -> list[str]:
    """Known names that are nearly this one, nearest first; never the name itself.

    Neither case nor a missing surname makes a name another one.
    """
    folded = {other.casefold(): other for other in known}
    firsts: dict[str, str] = {}
    for other in known:
        firsts.setdefault(other.casefold().split()[0] if other.split() else "", other)
    wanted = name.casefold()
    close = difflib.get_close_matches(wanted, folded, n=3, cutoff=0.74)
    by_first = difflib.get_close_matches(wanted, firsts, n=2, cutoff=0.74)
    found = [folded[key] for key in close] + [firsts[key] for key in by_first]
    return [other for other in dict.fromkeys(found) if other.casefold() != wanted]
