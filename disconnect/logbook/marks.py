"""Short marks in a text: #chance, energy+2, meaning:6, by chance, in person."""

import re
from collections.abc import Callable
from typing import Literal

from collectors.facts.social import Channel, Support
from disconnect.errors import UsageProblemError
from disconnect.logbook.reading import Reading
from disconnect.logbook.times import END, compiled

Taker = Callable[[re.Match[str], Reading], None]
SCALES = {"energy": (-3, 3), "meaning": (1, 7), "disclosure": (1, 7)}
_CHANNELS = {channel.value: channel for channel in Channel}


def _tag(match: re.Match[str], reading: Reading) -> None:
    word = match[1].lower()
    if word == "chance":
        reading.chance = True
    elif word == "brief":
        reading.when.brief = True
    elif word in {"given", "received"}:
        _helped(word, reading)
    elif word.replace("-", "_") in _CHANNELS:
        reading.said = _CHANNELS[word.replace("-", "_")]
    else:
        reading.rest(match[0])


def _helped(word: str, reading: Reading) -> None:
    support: Support = "given" if word == "given" else "received"
    if reading.support not in {None, support}:
        raise UsageProblemError(
            "support was either #given or #received; log two encounters for both"
        )
    reading.support = support


def _support(match: re.Match[str], reading: Reading) -> None:
    _helped(match[1].lower(), reading)


def _rating(match: re.Match[str], reading: Reading) -> None:
    name, value = match[1].lower(), int(match[2].replace("−", "-"))
    low, high = SCALES[name]
    if not low <= value <= high:
        raise UsageProblemError(f"{name} goes from {low} to {high}, not {value}")
    setattr(reading, name, value)


def _chance(_: re.Match[str], reading: Reading) -> None:
    reading.chance = True


def _in_person(_: re.Match[str], reading: Reading) -> None:
    reading.said = Channel.IN_PERSON


def _other(_: re.Match[str], reading: Reading) -> None:
    reading.said = Channel.OTHER


def _begun(match: re.Match[str], reading: Reading) -> None:
    who: Literal["me", "them"] = "me" if match[1].lower() == "me" else "them"
    reading.initiator = who


MARKS: tuple[tuple[re.Pattern[str], Taker], ...] = tuple(
    (compiled(f"(?:{pattern}){END}"), take)
    for pattern, take in (
        (r"#([a-z][a-z_-]*)", _tag),
        (r"#?(energy)[ :=]?([+−-]?[0-9]{1,3})", _rating),
        (r"#?(meaning|disclosure)[ :=]?([+−-]?[0-9]{1,3})", _rating),
        (r"by chance", _chance),
        (r"in person", _in_person),
        (r"other channel", _other),
        (r"support (given|received)", _support),
        (r"(?:begun|initiated|started) by (me|them)", _begun),
    )
)
