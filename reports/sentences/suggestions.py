"""What is worth a try, and why: in the person's own numbers, without saying what causes what."""

from reports import wording

_FEEDS = {"broadcast": "feeds", "message": "messages", "email": "e-mail"}
WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def span_of(hour: int) -> str:
    """`20:00–21:00`."""
    return f"{hour:02}:00–{(hour + 1) % 24:02}:00"


def hour(place: int, channel: str, hours_a_day: float, days: int, days_together: int) -> str:
    """Why this hour: how much lies in it, and whether people were there."""
    return (
        f"Of your hours, {span_of(place)} is among those with the most {_FEEDS[channel]}:"
        f" {wording.hours(hours_a_day)} a day on average over {wording.count(days, 'day')}."
        f" Somebody was with you in that hour on"
        f" {wording.count(days_together, 'day') if days_together else 'none'} of them."
    )


def hour_of(place: int, channel: str) -> str:
    """What to try: `no feeds 20:00–21:00`."""
    return f"no {_FEEDS[channel]} {span_of(place)}"


def energy(more: tuple[float, int], less: tuple[float, int], low: float, high: float) -> str:
    """Energy on days with more of it and less (mean, days), and the interval of the difference."""
    means = (
        f"Energy was {more[0]:.1f} on the {wording.count(more[1], 'day')} with more of it and"
        f" {less[0]:.1f} on the {wording.count(less[1], 'day')} with less"
    )
    ends = f"difference {_signed(low)} to {_signed(high)}"
    if low <= 0 <= high:
        return f"{means} ({ends}: no clear difference)."
    return f"{means} ({ends}); which of the two leads to the other, only trying tells."


def no_energy() -> str:
    """Said where check-ins are too few."""
    return "Energy is left out: it takes 28 days with a check-in."


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def somebody(name: str, depth: float, days_overdue: int, opportunities: int) -> str:
    """Why this person."""
    came = (
        f" {wording.count(opportunities, 'opportunity', 'opportunities').capitalize()} came of it."
        if opportunities
        else ""
    )
    return (
        f"{name} is among those you are closest to (depth {depth:.1f} of 7), and your last meeting"
        f" is {wording.count(days_overdue, 'day')} longer ago than your usual pause.{came}"
    )


def weekday(place: int, balance: float, ends: tuple[float, float], days: int, own: float) -> str:
    """Why this weekday: its balance beside the person's own."""
    return (
        f"On {WEEKDAYS[place]} {wording.percent(balance)} of your social time was in person in the"
        f" median of {days} (interval {wording.percent(ends[0])} to {wording.percent(ends[1])});"
        f" on all your days it was {wording.percent(own)}."
    )
