"""The first report: of the person's own data where there is some, else of the made-up year."""

import datetime as dt
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from disconnect.cli.demo import demo_report
from disconnect.cli.house import House
from disconnect.clock import instant
from disconnect.periods import Period

NEXT = """
Three things to try next:
  {program} start                    collect from now on, in the background
  {program} log "coffee with Ana 90m yesterday 16:00"
  {program} contrast --last 12w --by week
"""


@click.command(
    epilog="""Examples:

\b
  disconnect welcome
  disconnect welcome --yes          read the browser histories without asking
  disconnect welcome --demo         the made-up year, whatever there is
"""
)
@click.option("--yes", is_flag=True, help="Read the browser histories found, without asking.")
@click.option("--demo", "made_up", is_flag=True, help="The made-up year, whatever there is.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_context
def welcome(ctx: click.Context, yes: bool, made_up: bool, output: Path | None) -> None:  # noqa: FBT001
    """Write your first report and say what to try next.

    Of your own data where this home has some, or where browser histories are found and you
    agree that they are read (they stay on this machine); else of a made-up year.
    """
    house = ctx.ensure_object(House)
    if not made_up and not _has_data(house):
        _offer_histories(ctx, house, yes=yes)
    if not made_up and _has_data(house):
        path = _own_report(ctx, output)
    else:
        path = demo_report(house, output or Path("disconnect-demo.pdf"))
        click.echo("This is a made-up year: there is nothing of your own yet.", err=True)
    click.echo(path)
    click.echo(NEXT.format(program=_program()), err=True)


def _has_data(house: House) -> bool:
    from disconnect.store.opening import connect

    if not house.home.database.exists():
        return False
    connection = connect(house.home.database, read_only=True)
    try:
        found = connection.execute("SELECT 1 FROM activity LIMIT 1").fetchone()
    finally:
        connection.close()
    return found is not None


def _offer_histories(ctx: click.Context, house: House, *, yes: bool) -> None:
    """Import the browser histories of this machine, if the person agrees."""
    from collectors.browsers import profiles
    from disconnect.cli.collect import import_

    found = profiles.found(Path.home())
    if not found:
        return
    click.echo(f"Found {len(found)} browser histories:", err=True)
    for profile in found:
        click.echo(f"  {profile.product} {profile.profile}: {profile.path}", err=True)
    if not yes:
        if not sys.stdin.isatty():
            click.echo("They are not read: nobody is here to agree (--yes agrees).", err=True)
            return
        if not click.confirm("Read them? They stay on this machine", err=True):
            return
    house.home.prepare()
    ctx.invoke(import_, source="browsers", paths=(), yes=True)


def _own_report(ctx: click.Context, output: Path | None) -> Path:
    """The report of the last 90 days of what there is."""
    from disconnect.cli.paper import written_report

    house = ctx.ensure_object(House)
    last = _last_recorded_day(house)
    return written_report(house, Period(last - dt.timedelta(days=89), last), output)


def _last_recorded_day(house: House) -> dt.date:
    from disconnect.store.opening import connect

    connection = connect(house.home.database, read_only=True)
    try:
        (newest,) = connection.execute("SELECT max(start + length) FROM activity").fetchone()
    finally:
        connection.close()
    return min(instant(newest).astimezone(ZoneInfo(house.zone)).date(), house.today)


def _program() -> str:
    """What to type for `disconnect`: the way it was called, where it is not on the PATH."""
    import shutil

    called = Path(sys.argv[0])
    return (
        "disconnect" if shutil.which("disconnect") or called.name != "disconnect" else str(called)
    )
