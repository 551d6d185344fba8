"""What a text says about time, before it is known which instant that is."""

import datetime as dt
from dataclasses import dataclass, field

from disconnect.errors import UsageProblemError


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day as it was written; `half` is am or pm, `offset` the offset from UTC."""

    hour: int
    minute: int = 0
    half: str | None = None
    clear: bool = True
    """Whether it needs no am or pm."""
    offset: dt.timedelta | None = None
    short: bool = field(default=False, compare=False)
    """Whether it was written `8:30`: some say that of the evening, too."""


@dataclass(slots=True)
class When:
    """The parts of a time that a text gave; each at most once."""

    day: dt.date | None = None
    part: str | None = None
    start: ClockTime | None = None
    end: ClockTime | None = None
    end_day: dt.date | None = None
    length: dt.timedelta | None = None
    ago: dt.timedelta | None = None
    until_now: bool = False
    brief: bool = False
    earlier: bool = False
    """Whether it was not just now."""
    vague: str | None = None
    """Words that name no day, such as `last month`."""

    def put(self, name: str, value: object) -> None:
        """Take one part.

        Raises:
            UsageProblemError: It was given before, and differently.
        """
        before = getattr(self, name)
        if before is not None and before != value:
            hint = "; name the day it began" if name == "day" else ""
            raise UsageProblemError(f"there are two different {_NAMES[name]}s in it{hint}")
        setattr(self, name, value)

    @property
    def empty(self) -> bool:
        """Whether nothing was said about time."""
        return self == When()


_NAMES = {
    "day": "day",
    "part": "part of the day",
    "start": "start",
    "end": "end",
    "length": "length",
    "ago": "start",
}
