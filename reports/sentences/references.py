"""One's own month beside a reference, with what the two do not have in common."""

import math

from reports import references, wording
from reports.references import Reference

ENOUGH_DAYS = 28
"""Known days from which on a mean may stand beside the reference: never a single day."""


def socialising(reference: Reference, mean_hours: float, known_days: int) -> list[str]:
    """What is usual elsewhere, and how the own mean stands to it.

    Args:
        reference: The range of means [h a day].
        mean_hours: Own mean in person [h a day]; NaN where it is not known.
        known_days: On how many days it rests.
    """
    first = (
        f"People in the US, {reference.whom}, spent {_minutes(reference.low)} socialising on a"
        f" weekday and {_minutes(reference.high)} on a day of the weekend, on average"
        f" ({reference.label.rsplit(', ', 1)[-1]}; {reference.source})."
    )
    if math.isnan(mean_hours):
        return [first]
    if known_days < ENOUGH_DAYS:
        few = wording.count(known_days, "known day").capitalize()
        return [first, f"{few} of your own are too few to stand beside it: it takes a month."]
    where = "within"
    if not reference.low <= mean_hours <= reference.high:
        where = "below" if mean_hours < reference.low else "above"
    own = (
        f"Your mean was {wording.hours(mean_hours)} a day in person ({known_days} days), {where}"
        " that range; theirs counts socialising as the main activity, yours all time with people that was logged,"
        " so the two are not quite the same."
    )
    return [first, own]


def layers() -> str:
    """How many people others have relationships with, layer by layer."""
    people, label, source = references.layers()
    inner = ", ".join(map(str, people[:-1]))
    return f"For scale: {label} hold about {inner} and {people[-1]} people ({source})."


def _minutes(hours: float) -> str:
    return f"{60 * hours:.0f} min"
