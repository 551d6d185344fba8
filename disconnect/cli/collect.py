"""The collector: started, stopped, asked how it is, started at login; and history brought in."""

import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from disconnect.cli.house import House
from disconnect.home import Home


@click.command(
    epilog="""Examples:

\b
  disconnect start
  disconnect --home ~/second start
  disconnect start --foreground
"""
)
@click.option("--foreground", is_flag=True, help="Stay in this terminal until stopped.")
@click.pass_obj
def start(house: House, *, foreground: bool) -> None:
    """Start the collector in the background; when it runs already, nothing changes."""
    from disconnect.daemon import control

    home = house.home.prepare()
    _ = house.settings  # a mistake in them is said here, not in a log
    if foreground:
        _become_the_collector(home)
    pid, new = control.start(home)
    click.echo(f"{'started' if new else 'already running'}, pid {pid}", err=True)
    note = "; ".join(control.ask(home, pid).get("notes", []))
    if note:
        click.echo(f"note: {note}", err=True)


def _become_the_collector(home: Home) -> None:
    """Run the collector in this process and terminal, without the command line's libraries."""
    from disconnect.daemon.lock import MODULE

    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", MODULE, str(home.folder)])  # noqa: S606 - our own program


@click.command(
    epilog="""Examples:

\b
  disconnect stop
  disconnect stop && disconnect start
"""
)
@click.pass_obj
def stop(house: House) -> None:
    """Stop the collector; what it holds is written first."""
    from disconnect.daemon import control

    pid = control.stop(house.home)
    if pid is None:
        click.echo("not running", err=True)
        return
    left = control.left_behind(house.home)
    click.echo(f"stopped, pid was {pid}{f'; {left}' if left else ''}", err=True)


@click.command(
    epilog="""Examples:

\b
  disconnect status
  disconnect status --format json
"""
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How the result is printed.",
)
@click.pass_obj
def status(house: House, form: str) -> None:
    """Say whether the collector runs, what each source saw last, and today's coverage."""
    from disconnect.cli.condition import condition

    found = condition(house)
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print_condition(found)


def _print_condition(found: dict[str, Any]) -> None:
    from disconnect.cli.output import records

    if found["running"]:
        click.echo(f"running, pid {found['pid']}, since {found['since']}")
    else:
        click.echo("not running; start it with: disconnect start")
    for note in found["notes"]:
        click.echo(f"note: {note}")
    size = found["database_bytes"]
    click.echo(f"today: {found['covered_hours_today']:.2f} h covered")
    click.echo(f"last entry: {_age(found['last_entry'])}")
    click.echo(f"database: {size / 1e6:.1f} MB" if size is not None else "database: none yet")
    if found["collectors"]:
        records(found["collectors"], ["name", "state", "detail", "last_seen"], "table")
    if found["jobs"]:
        records(found["jobs"], ["name", "last_run", "next_run", "state", "detail"], "table")


def _age(entry: dict[str, Any] | None) -> str:
    if entry is None:
        return "none yet"
    ago = {0: "today", 1: "yesterday"}.get(entry["days"], f"{entry['days']} days ago")
    day = dt.date.fromisoformat(entry["day"])
    return f"{day:%a} {day.day} {day:%b %Y}, {ago}"


@click.group(
    epilog="""Examples:

\b
  disconnect service install
  disconnect service show
  disconnect service remove
"""
)
def service() -> None:
    """Start the collector at login, or stop doing so."""


@service.command(
    epilog="""Examples:

\b
  disconnect service install
  disconnect --home ~/second service install
"""
)
@click.pass_obj
def install(house: House) -> None:
    """Start at login from now on.

    By a systemd user unit or an autostart entry, a launchd agent, or a scheduled task.
    """
    from disconnect.daemon.service import install as install_service

    for line in install_service(house.home.prepare()):
        click.echo(line, err=True)


@service.command(
    epilog="""Examples:

\b
  disconnect service remove
  disconnect service remove && disconnect stop
"""
)
@click.pass_obj
def remove(house: House) -> None:
    """No longer start at login; what was collected stays."""
    from disconnect.daemon.service import remove as remove_service

    for line in remove_service(house.home):
        click.echo(line, err=True)


@service.command(
    epilog="""Examples:

\b
  disconnect service show
  disconnect service show > disconnect.service
"""
)
@click.pass_obj
def show(house: House) -> None:
    """Print the files that `install` writes, with their paths."""
    from disconnect.daemon.service import files

    for file in files(house.home):
        encoding = "utf-16" if file.path.suffix == ".xml" else "utf-8"
        state = "installed" if file.path.exists() else "not installed"
        click.echo(f"# {file.path} ({state})\n{file.content.decode(encoding)}")


@click.command(
    epilog="""Examples:

\b
  disconnect import browsers
  disconnect import browsers ~/old-laptop/History --dry-run
  disconnect import csv hours.csv
"""
)
@click.argument("source")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read and count, write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before browser histories are read.")
@click.option("--quiet", is_flag=True, help="Print one line only.")
@click.pass_obj
def import_(house: House, /, source: str, paths: tuple[Path, ...], **how: bool) -> None:
    """Bring in history from SOURCE: `browsers` (all found, or the files given) or `csv`.

    The header of a CSV file says what its rows are: `start,end,app` (what was in front),
    `start,end,state` (active, idle, locked, asleep) or `day,platform,people`. A package of others
    may add sources; disconnect sources lists them.

    Doing it twice changes nothing. Prints what was read, added, already there and refused.
    """
    from disconnect.cli.history import bring_in

    bring_in(house, source, paths, dry_run=how["dry_run"], ask=not how["yes"], brief=how["quiet"])
