"""Which reference values stand beside a person's own: only what they said of themselves counts."""

import datetime as dt

from disconnect.settings import Settings
from reports.references import Reference, socialising


def usual(settings: Settings, day: dt.date) -> Reference | None:
    """Time spent socialising by people of the person's age or sex; None where neither is said.

    Args:
        settings: A band of age said there wins over one worked out of the year of birth.
        day: The day as of which the person has an age.
    """
    said = settings.person
    age: int | str | None = said.age_band or None
    if age is None and said.birth_year:
        age = day.year - said.birth_year
    if age is None and not said.sex:
        return None
    return socialising(age, said.sex or None)
