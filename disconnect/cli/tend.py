"""Tending: forget, export, backup and restore."""

import contextlib
import dataclasses
import datetime as dt
import sqlite3
from pathlib import Path

import click

from disconnect.cli.house import House
from disconnect.cli.left_over import listed, says_yes, what_stays
from disconnect.cli.options import chosen
from disconnect.clock import instant
from disconnect.errors import DisconnectError, NothingThereError
from disconnect.periods import Period
from disconnect.store.forgetting import Forgotten, What, count
from disconnect.store.opening import connect


@click.command(
    epilog="""Examples:

\b
  disconnect forget --site facebook.com
  disconnect forget --title "job interview" --yes
  disconnect forget --period 2026-10-31
"""
)
@click.option("--app", help="Activities of this app.")
@click.option("--site", help="Activities on this site, and on all below it.")
@click.option("--title", help="Activities whose title has these words.")
@click.option("--person", help="A person, and what was logged with them alone.")
@click.option("--period", "when", metavar="WHEN", help="Only then; alone: everything then.")
@click.option("--last", "length", metavar="LENGTH", help="So long up to today: 30d, 12w.")
@click.option("--from", "start", metavar="DATE", help="First day, or a date-time.")
@click.option("--to", "end", metavar="DATE", help="Last day, or a date-time (exclusive).")
@click.option("--people", is_flag=True, help="With a period: people met only then, too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def forget(  # noqa: PLR0913 - one argument an option
    house: House,
    /,
    *,
    app: str | None,
    site: str | None,
    title: str | None,
    person: str | None,
    people: bool,
    yes: bool,
    **words: str | None,
) -> None:
    """Delete, truly: the bytes are gone from the database's files. Backups are yours to delete.

    It says what it cannot delete: older copies, reports made of that time, words in other texts.
    Of a period, activities and presence are cut at its edges; an encounter that reaches into
    it goes whole. What a browser keeps in its own history is the browser's to delete; disconnect
    does not read it in again.
    """
    from disconnect.store.forgetting import forget as forget_it

    what = What(app=app, site=site, title=title, person=person)
    period = chosen(house, "today", **words) if any(words.values()) else None
    if what == What() and period is None:
        raise click.UsageError("say what to forget: --app, --site, --title, --person, or a period")
    _need_data(house)
    with contextlib.closing(connect(house.home.database)) as connection:
        if period:
            since, until = _bounds(connection, house, period)
            what = dataclasses.replace(what, since=since, until=until)
        would = count(connection, what)
        if not would.total:
            raise NothingThereError("nothing matches; nothing was deleted")
        if not yes:
            click.confirm(f"Delete {_told(would)}, for good?", abort=True, err=True)
        people = people or (not yes and _also(would.met_then_only))
        gone = forget_it(connection, what, now=house.clock(), people_too=people)
        click.echo(f"deleted {_told(gone)}")
    _tell_the_collector(house)
    for line in what_stays(house, what, gone, people_too=people, ask=not yes):
        click.echo(line, err=True)


def _also(names: tuple[str, ...]) -> bool:
    """Whether people whom nothing names any more are to go, too."""
    if not names:
        return False
    return says_yes(f"Met only then: {listed(names)}. Delete them, too?")


def _bounds(
    connection: sqlite3.Connection, house: House, period: Period
) -> tuple[dt.datetime, dt.datetime]:
    """The instants at which a period's days begin and end, where the person was then."""
    from disconnect.store.frames import instant_there

    start = dt.time(house.settings.day_starts_hour)
    first = period.since or dt.datetime.combine(period.first, start)
    last = period.until or dt.datetime.combine(period.last + dt.timedelta(days=1), start)

    def there(when: dt.datetime) -> dt.datetime:
        at, zone = instant_there(connection, when, house.zone)
        return instant(at).astimezone(zone)

    return there(first), there(last)


def _told(gone: Forgotten) -> str:
    counted = (
        (gone.activities, "activity", "activities"),
        (gone.presences, "presence row", "presence rows"),
        (gone.encounters, "encounter", "encounters"),
        (gone.opportunities, "opportunity", "opportunities"),
        (gone.checkins, "check-in", "check-ins"),
        (gone.people, "person", "people"),
    )
    told = [f"{number} {one if number == 1 else many}" for number, one, many in counted if number]
    return ", ".join(told) or "nothing"


def _tell_the_collector(house: House) -> None:
    """What it holds open was forgotten, too: it is to let go of that before we are done."""
    from disconnect.daemon.control import ask
    from disconnect.daemon.lock import running_pid

    pid = running_pid(house.home)
    if pid is not None and not ask(house.home, pid):
        click.echo(
            "the collector does not answer: what was in front stands in its file"
            f" {house.home.held} until it looks again",
            err=True,
        )


def _need_data(house: House) -> None:
    if not house.home.database.exists():
        raise NothingThereError("there is no data yet; disconnect start collects some")


@click.command(
    epilog="""Examples:

\b
  disconnect export everything.zip
  unzip -p everything.zip encounters.csv | head
"""
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export(house: House, file: Path) -> None:
    """Write everything as CSV and JSON Lines into one zip archive."""
    from disconnect.store.exporting import export as export_to

    with contextlib.closing(connect(house.home.database, read_only=True)) as connection:
        rows = export_to(connection, file.absolute())
    click.echo(", ".join(f"{number} {name}" for name, number in rows.items()), err=True)
    click.echo(file.absolute())


@click.command(
    epilog="""Examples:

\b
  disconnect backup disconnect-2026-11.sqlite
  disconnect backup /media/stick/disconnect.sqlite
"""
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup(house: House, file: Path) -> None:
    """Write a consistent copy of the database, also while the collector runs."""
    from disconnect.store.backups import backup as backup_to

    with contextlib.closing(connect(house.home.database, read_only=True)) as connection:
        backup_to(connection, file.absolute())
    click.echo(file.absolute())


@click.command(
    epilog="""Examples:

\b
  disconnect restore disconnect-2026-11.sqlite
  disconnect stop && disconnect restore disconnect-2026-11.sqlite --yes && disconnect start
"""
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(house: House, file: Path, *, yes: bool) -> None:
    """Put a backup back; what is there now is kept beside it."""
    from disconnect.daemon.lock import running_pid
    from disconnect.store.restoring import restore as restore_from

    if running_pid(house.home) is not None:
        raise DisconnectError("the collector is running; disconnect stop first, then restore")
    if not file.is_file():
        raise DisconnectError(f"there is no file {file}")
    if not yes:
        click.confirm(f"Replace your data with {file}?", abort=True, err=True)
    house.home.prepare()
    restored = restore_from(file, house.home.database)
    if restored.left_out:
        click.echo(f"left out, as it is none of ours: {', '.join(restored.left_out)}", err=True)
    click.echo(f"restored; what was there is in {house.home.database}.before-restore", err=True)
