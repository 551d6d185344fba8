"""What a period comes to, in words that claim no more than is known."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

from reports import wording
from reports.sentences.diary import Silence, asked


@dataclass(frozen=True, slots=True)
class Amount:
    """Hours in all and a day [h], NaN: unknown, and the known days they stand on."""

    total: float
    a_day: float
    days: int


@dataclass(frozen=True, slots=True)
class Totals:
    """A period in numbers, all of them made elsewhere; hours [h], NaN: unknown.

    days: All days of the period; recorded_days: those of which enough was recorded, and
        partly_days: those with something, but too little; today_begun: today is one of those.
    online, in_person, divided, channels: over the days on which each is known; means of company
        are of days that are over, if today is one of those begun.
    balance: In person / (in person + online), over the balance_days on which both are known;
        shares: of each channel in the social time of these days.
    apart: Company on days of which too little was recorded.
    so_far: Hours online of a period of which no day is known well enough, and since: when its
        recording began (local).
    met_on: The day of the last meeting that is known; met_ago: days from it to the end of the
        period, or to today (ends_today), NaN where days up to there are unknown.
    """

    days: int
    recorded_days: int
    partly_days: int
    today_begun: bool
    online: Amount
    in_person: Amount
    divided: Amount
    channels: Mapping[str, Amount]
    shares: Mapping[str, float]
    balance: float
    balance_days: int
    apart: Amount
    so_far: float
    recorded_hours: float
    since: dt.datetime | None
    met_on: dt.date | None
    met_ago: float
    ends_today: bool
    silence: Silence


def sentences(found: Totals, when: str) -> list[str]:
    """Say what a period comes to.

    Args:
        found: Its numbers.
        when: The period as it begins a sentence: `Today`, `In this period`.
    """
    lines = _spent(found, when) if found.recorded_days else _little(found, when)
    lines += _balance(found) + _met(found) + _left_out(found)
    if found.days > 1 and 0 < found.recorded_days < wording.FEW_DAYS:
        few = wording.count(found.recorded_days, "day")
        verb = "is" if found.recorded_days == 1 else "are"
        lines.append(f"Only {few} {verb} recorded, so this is a first impression.")
    kept = found.silence.last is not None and not found.silence.lapsed
    if kept and not found.in_person.days:
        lines.append("Your company is unknown: nothing was logged for this time.")
    return lines + asked(found.silence)


def _spent(found: Totals, when: str) -> list[str]:
    online, company = found.online, found.in_person
    said = f"{when} you spent {_amount(found, online)} in online communication"
    if not company.days:
        return [f"{said}{_stands(found, online)}."]
    same = online.days == company.days
    beside = "" if same else _stands(found, online)
    with_people = f"{_amount(found, company)} with people in person{_stands(found, company)}"
    return [f"{said}{beside} and {with_people}."]


def _amount(found: Totals, amount: Amount) -> str:
    return f"{wording.hours(amount.a_day)} a day" if found.days > 1 else wording.hours(amount.total)


def _stands(found: Totals, amount: Amount) -> str:
    return f" ({wording.tally(amount.days, 'day')})" if found.days > 1 else ""


def _little(found: Totals, when: str) -> list[str]:
    """Of a period with no well-known day, what was recorded, and what was logged."""
    if math.isnan(found.so_far):
        lines = [f"{when}, nothing was recorded at a screen, so time online is unknown, not zero."]
    elif found.days == 1 and found.ends_today:
        began = f"Since {found.since:%H:%M} today" if found.since else "So far today"
        lines = [f"{began} you have spent {wording.hours(found.so_far)} in online communication."]
    else:
        since = f" (since {found.since:%H:%M} on {wording.day(found.since)})" if found.since else ""
        recorded, online = wording.hours(found.recorded_hours), wording.hours(found.so_far)
        lines = [
            f"{when} only {recorded} were recorded{since}, too little to speak of a day.",
            f"You spent {online} of it in online communication.",
        ]
    if found.in_person.days:
        company = _amount(found, found.in_person) if found.in_person.total else "no time"
        lines.append(
            f"You logged {company} with people in person{_stands(found, found.in_person)}."
        )
    return lines


def _balance(found: Totals) -> list[str]:
    lines = []
    if not math.isnan(found.balance):
        partial = found.balance_days < max(found.online.days, found.in_person.days)
        known = wording.count(found.balance_days, "day")
        where = f"On the {known} known on both sides, " if partial else ""
        share = "none" if found.balance == 0 else wording.part(found.balance)
        said = f"{where}{share} of your social time was in person."
        lines.append(said[:1].upper() + said[1:])
    if lines and found.apart.days:
        lines.append(
            f"That leaves out {wording.hours(found.apart.total)} with people on"
            f" {wording.count(found.apart.days, 'day')} without enough recording."
        )
    return lines


def _met(found: Totals) -> list[str]:
    if found.met_on is None or (found.days == 1 and found.met_ago == 0):
        return []
    said = f"Your last meeting was on {wording.day(found.met_on)}"
    if math.isnan(found.met_ago):
        return [f"Your last known meeting was on {wording.day(found.met_on)}."]
    if found.met_ago == 0:
        return [f"{said}, {'today' if found.ends_today else 'the last day'}."]
    if found.met_ago == 1:
        return [f"{said}, {'yesterday' if found.ends_today else 'the day before the last'}."]
    ago = wording.count(found.met_ago, "day")
    return [f"{said}, {ago} {'ago' if found.ends_today else 'before the last day'}."]


def _left_out(found: Totals) -> list[str]:
    if not found.recorded_days:
        return []
    some = found.partly_days - found.today_begun
    blank = found.days - found.recorded_days - found.partly_days
    today = ["Today isn't over, so it is in no mean."] if found.today_begun else []
    if not some + blank:
        return today
    parts = [
        f"{wording.count(blank, 'day')} {'was' if blank == 1 else 'were'} not recorded",
        f"{wording.count(some, 'day')} only in part (less than 70 % of the usual waking hours)",
    ]
    said = " and ".join(part for part, number in zip(parts, (blank, some), strict=True) if number)
    if not blank:
        said = said.replace(" only", f" {'was' if some == 1 else 'were'} recorded only", 1)
    what = "it is" if some + blank == 1 else "they are"
    return [f"{said[:1].upper()}{said[1:]}; {what} in no mean of time online.", *today]
