"""`disconnect log nobody since Monday`: days without company, said rather than left open."""

import datetime as dt
import sqlite3

import click

from collectors.facts.checkin import CheckIn
from disconnect.cli.house import House
from disconnect.cli.telling import store
from disconnect.errors import UsageProblemError
from disconnect.logbook.alone import NOBODY
from disconnect.logbook.times import moment
from disconnect.store.lived import encounters
from disconnect.store.sittings import add_sitting

MOST_DAYS = 366


def log_alone(house: House, day_words: str, *, since: bool) -> None:
    """Log that nobody was met on a day, or on every day from it to today; one entry to undo.

    Raises:
        UsageProblemError: The words name no day up to today, or company is logged for all of them.
    """
    first = _day(house, day_words)
    last = house.today if since else first
    if (last - first).days >= MOST_DAYS:
        raise UsageProblemError(f"{first} is more than a year ago; say it year by year")
    with store(house) as connection:
        met = _days_with_company(connection, house)
        days = [day for n in range((last - first).days + 1) if (day := _after(first, n)) not in met]
        if not days:
            raise UsageProblemError(
                f"company is logged for {first}; disconnect entries list has it"
            )
        now = house.clock()
        said = [
            CheckIn(at=now, day=day, instrument=NOBODY, answers=(0.0,), zone=house.zone)
            for day in days
        ]
        add_sitting(connection, said, now=now)
    click.echo(told_alone(days))


def told_alone(days: list[dt.date]) -> str:
    """Such days in one line."""
    first, last = (f"{day:%a} {day.day} {day:%b}" for day in (days[0], days[-1]))
    if len(days) == 1:
        return f"met nobody on {first}"
    return f"met nobody on {len(days)} days, {first} to {last}"


def _day(house: House, words: str) -> dt.date:
    if not words:
        return house.today
    day, time = moment(words, house.today)
    if day is None or time is not None or day > house.today:
        raise UsageProblemError(
            f"can't read {words!r}: say a day up to today, such as disconnect log nobody since Monday"
        )
    return day


def _days_with_company(connection: sqlite3.Connection, house: House) -> set[dt.date]:
    """The days on which somebody was met in person began."""
    from disconnect.clock import instant

    return {
        house.day_of(instant(met["start"]))
        for met in encounters(connection)
        if met["channel"] == "in_person"
    }


def _after(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days=days)
