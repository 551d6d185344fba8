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


def aged(silence: Silence) -> list[str]:
    """Say how old the last entry is; empty where the diary is kept, or never was."""
    if silence.last is None or not silence.lapsed:
        return []
    age = f"{wording.count(silence.days, 'day')} old ({wording.day(silence.last)})"
    return [f"Your last entry is {age}, so your company since then is unknown."]


def asked(silence: Silence) -> list[str]:
    """Ask for what is missing since the last entry, with what to type; empty where nothing is."""
    if silence.last is None:
        return [f"You haven't logged any company yet, so it is unknown. Log some: {EXAMPLE}"]
    next_day = silence.last + dt.timedelta(days=1)
    none = f"or, if there was none: disconnect log nobody since {next_day}"
    return [f"{said} Add it: {EXAMPLE}; {none}" for said in aged(silence)]
