"""What is worth a try, and why: in the person's own numbers, without saying what causes what."""

import datetime as dt

from reports import wording

_FEEDS = {"broadcast": "feeds", "message": "messages", "email": "e-mail"}
WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def span_of(hour: int) -> str:
    """`20:00–21:00`."""
    return f"{hour:02}:00–{(hour + 1) % 24:02}:00"


def hour(place: int, channel: str, hours_a_day: float, days: int, company: tuple[int, int]) -> str:
    """Say why this hour: how much lies in it, and whether people were there.

    Args:
        place: The hour of the day.
        channel: What it holds much of.
        hours_a_day: How much [h], on average over `days` recorded days.
        days: How many those are.
        company: On how many days somebody was there in that hour, of how many it is known.
    """
    said = (
        f"{span_of(place)} is among your hours with the most {_FEEDS[channel]}:"
        f" {wording.hours(hours_a_day)} a day over {wording.count(days, 'day')}."
    )
    there, known = company
    if not known:
        return said
    on = f"on {wording.count(there, 'day')}" if there else "on none"
    of = "" if known == days else f" of the {wording.count(known, 'day')} you logged company on"
    return f"{said} You were with people in that hour {on}{of}."


def hour_of(place: int, channel: str) -> str:
    """What to try: `no feeds 20:00–21:00`."""
    return f"no {_FEEDS[channel]} {span_of(place)}"


def energy(
    more: tuple[float, int],
    less: tuple[float, int],
    low: float,
    high: float,
    *,
    after: bool = False,
) -> str:
    """Say energy on days with more of it and less (mean, days), and how far apart they may be.

    `after`: it is the energy of the day after, as the hour is one of the night.
    """
    when = "on the day after" if after else "on"
    with_more, with_less = f"{more[0]:.1f}", f"{less[0]:.1f}"
    days = f"the {wording.count(more[1], 'day')} with more of it"
    means = (
        f"Your energy was {with_more} {when} {days} and {with_less} {when}"
        f" the {wording.count(less[1], 'day')} with less"
        if with_more != with_less
        else f"Your energy was {with_more} {when} {days}, and as much with less"
    )
    least, most = _signed(low), _signed(high)
    ends = f"difference {least} to {most}" if least != most else f"difference about {least}"
    if low <= 0 <= high:
        return f"{means} ({ends}: no clear difference)."
    return f"{means} ({ends}); which of the two leads to the other, only trying tells."


def no_energy(paired: int, needed: int) -> str:
    """Say why energy is not looked at: too few days with both, or hours that hardly vary."""
    if paired < needed:
        return (
            f"Energy is left out: {paired} of the {needed} days it takes have both a check-in and"
            " recorded hours."
        )
    return "Energy is left out: this hour is too much the same every day to compare days by it."


def nothing(
    recorded: tuple[int, int],
    weeks: tuple[int, int, int],
    *,
    running: dt.date | None = None,
) -> str:
    """Say why there is nothing to suggest, by what each kind of suggestion waits for.

    Args:
        recorded: Recorded days, and how many an hour takes.
        weeks: Days of the period, those of which both sides are known, and how many a weekday
            takes.
        running: The last day of an experiment that is not over.
    """
    if running:
        said = f"an experiment runs until {wording.day(running)}, and one at a time is enough"
        return f"nothing to suggest: {said}; and nobody close is overdue"
    days, needed = recorded
    length, known, whole = weeks
    hour = f"an hour takes {needed} recorded days, and {days} are there"
    weekday = f"a weekday takes {whole} days with both sides known, and {known} are there"
    waits = [hour] if days < needed else ["no hour stands out"]
    waits.append("nobody close is overdue (three meetings, and closeness or ratings, tell)")
    waits.append(weekday if min(length, known) < whole else "no weekday stands out")
    return f"nothing to suggest: {'; '.join(waits)}"


def _signed(value: float) -> str:
    said = f"{value:+.1f}".replace("-", "−")
    return said if said[1:] != "0.0" else "0.0"


def somebody(
    name: str, close: tuple[float | None, float | None], overdue: int, since: dt.date | None
) -> str:
    """Say why this person.

    Args:
        name: Of the person.
        close: The closeness they were given (1..7), and the depth of encounters with them; None
            where nothing says.
        overdue: Days by which the pause exceeds the usual one.
        since: The last entry, where the diary was not kept after it; None: it is kept.
    """
    closeness, depth = close
    if closeness is not None:
        how = f"You put {name} at {closeness:.0f} of 7 for closeness"
    else:
        how = f"You rate your meetings with {name} among your deepest ({depth or 0:.1f} of 7)"
    longer = f"your last meeting is {wording.count(overdue, 'day')} longer ago than usual"
    if since is None:
        return f"{how}, and {longer}."
    return f"{how}; as of your last entry, {wording.day(since)}, {longer}."


def brought(opportunities: int) -> str:
    """Say what came of a relationship; nothing where nothing did."""
    if not opportunities:
        return ""
    came = wording.count(opportunities, "opportunity", "opportunities").capitalize()
    return f" {came} came of it."


def alike(balance: float, own: float) -> bool:
    """True if two balances are written alike, so that one is no less than the other."""
    return wording.percent(balance) == wording.percent(own)


def weekday(place: int, balance: float, ends: tuple[float, float], days: int, own: float) -> str:
    """Say why this weekday: its balance beside the person's own."""
    low, high = (wording.percent(end) for end in ends)
    reach = f"; {low} to {high}" if low != high else ""
    return (
        f"On {WEEKDAYS[place]}, {wording.percent(balance)} of your social time is in person"
        f" ({wording.tally(days, 'such day')}{reach}); over all your days it is {wording.percent(own)}."
    )
