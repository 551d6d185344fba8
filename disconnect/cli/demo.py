"""The program seen in half a minute: a made-up year and its report."""

import contextlib
import datetime as dt
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from disconnect.cli.house import House
from disconnect.cli.output import save
from disconnect.errors import DisconnectError
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.settings import Settings

DAYS = 365
SEED = 7
ACTIVITIES_A_DAY = 240
"""Fewer than a busy person has: the story is the same, and half a minute is not long."""
ZONE = "Europe/Berlin"
TRIAL_BEFORE_END = 60
TRIAL_DAYS = 28


@click.command(
    epilog="""Examples:

\b
  disconnect demo
  disconnect demo -o story.pdf
  disconnect demo --keep made-up && disconnect --home made-up contrast --by month
"""
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("disconnect-demo.pdf"),
    show_default=True,
)
@click.option(
    "--keep",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the made-up home in this new folder, to try the other commands on it.",
)
@click.pass_obj
def demo(house: House, output: Path, keep: Path | None) -> None:
    """Write the report of a made-up year, marked as made up on every page.

    It uses a temporary home: your own data is neither read nor touched.
    """
    click.echo(demo_report(house, output, keep))


def demo_report(house: House, output: Path, keep: Path | None = None) -> Path:
    """Make the demo year in a home of its own and write its report; returns the PDF's path."""
    from disconnect.analysis.report import content_for
    from reports.pdf.compose import compose

    last = house.today - dt.timedelta(days=1)
    period = Period(last - dt.timedelta(days=DAYS - 1), last)
    with _home(keep) as home:
        click.echo(f"Making up a year of life, {period} …", err=True)
        fill(home, period)
        click.echo("Writing its report …", err=True)
        content = content_for(home, Settings(), period, house.clock, ZONE)
        save(output.absolute(), compose(content))
    return output.absolute()


def fill(home: Home, period: Period) -> None:
    """Write a made-up life into a home."""
    from collectors.imports.made_up import MadeUpLife
    from disconnect.store.opening import connect
    from disconnect.store.origin import mark_made_up
    from disconnect.store.writing import Writer

    long_ago = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    life = MadeUpLife(
        SEED, period.first, period.days, zone=ZONE, activities_per_day=ACTIVITIES_A_DAY
    )
    connection = connect(home.database)
    try:
        mark_made_up(connection)
        Writer(connection).write(life.facts(long_ago))
        if period.days > TRIAL_BEFORE_END:
            _try_something(connection, period)
    finally:
        connection.close()


def _try_something(connection: sqlite3.Connection, period: Period) -> None:
    """The made-up person's experiment, drawn the day before it began; its days change nothing."""
    import random

    from disconnect.statistics.phases import drawn
    from disconnect.store.experiments import Design, add_experiment

    first = period.last - dt.timedelta(days=TRIAL_BEFORE_END)
    design = Design(
        what="no feeds after 20:00",
        rule="channel=broadcast after 20:00",
        outcome="energy",
        first=first,
        days=TRIAL_DAYS,
        shortest=4,
        cuts=drawn(TRIAL_DAYS, 4, random.Random(SEED)),  # noqa: S311 - a story, no secret
    )
    eve = first - dt.timedelta(days=1)
    now = dt.datetime.combine(eve, dt.time(18), tzinfo=dt.UTC)
    add_experiment(connection, design, now=now, today=eve)


@contextlib.contextmanager
def _home(keep: Path | None) -> Iterator[Home]:
    if keep:
        if keep.exists() and any(keep.iterdir()):
            raise DisconnectError(f"{keep} is not empty; give --keep a new folder")
        yield Home(keep.absolute()).prepare()
        return
    with tempfile.TemporaryDirectory(prefix="disconnect-demo-") as folder:
        yield Home(Path(folder)).prepare()
