"""How old the last entry is, and what to type for what is missing since."""

import datetime as dt
from dataclasses import dataclass

from reports import wording

EXAMPLE = 'disconnect log "lunch with Ana yesterday 12:30-13:15"'


@dataclass(frozen=True, slots=True)
class Silence:
    """How the diary of company stands at the end of a period.

    last: The day of the last entry; None without any. days: Since then, up to today.
    lapsed: It is silent for longer than usual, and the period reaches into the silence.
    """

    last: dt.date | None
    days: int
    lapsed: bool


def asked(silence: Silence) -> list[str]:
    """Ask for what is missing since the last entry; empty where nothing is."""
    if silence.last is None:
        return [f"You haven't logged any company yet, so it is unknown. Log some: {EXAMPLE}"]
    if not silence.lapsed:
        return []
    age = f"{wording.count(silence.days, 'day')} old ({wording.day(silence.last)})"
    missing = f"{EXAMPLE}; or, if there was none: disconnect log nobody since"
    next_day = silence.last + dt.timedelta(days=1)
    said = f"Your last entry is {age}, so your company since then is unknown."
    return [f"{said} Add it: {missing} {next_day}"]
