"""How old the last entry is, beside answers about company."""

from typing import TYPE_CHECKING

import click

from disconnect.cli.house import House
from disconnect.cli.telling import store
from disconnect.periods import Period

if TYPE_CHECKING:
    from reports.sentences.diary import Silence


def silence_of(house: House, period: Period | None = None) -> "Silence | None":
    """Return how old the last entry is at the end of a period (None: today); None: no database."""
    if not house.home.database.exists():
        return None
    from disconnect.analysis.diary import EPOCH, diary_in, silence

    starts, today = house.settings.day_starts_hour, (house.today - EPOCH).days
    with store(house, read_only=True) as connection:
        known = diary_in(connection, starts, today)
    return silence(known, None if period is None else (period.last - EPOCH).days)


def asked_for(house: House, period: Period | None = None) -> list[str]:
    """Return what to say where entries are missing; empty where none are."""
    from reports.sentences.diary import asked

    found = silence_of(house, period)
    return [] if found is None else asked(found)


def note(house: House, period: Period | None = None) -> None:
    """Say on stderr where entries are missing, beside a table of numbers."""
    for line in asked_for(house, period):
        click.echo(f"note: {line}", err=True)
