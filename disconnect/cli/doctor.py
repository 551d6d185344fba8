"""Everything a person would ask about, checked, with what to do."""

import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from disconnect.cli.house import House
from disconnect.cli.options import format_option
from disconnect.cli.output import records
from disconnect.errors import DisconnectError
from disconnect.settings import Settings

Finding = tuple[str, str, str]
"""What was looked at, `ok`, `note` or `wrong`, and what it means or what to do."""


@click.command(
    epilog="""Examples:

\b
  disconnect doctor
  disconnect doctor --format json
"""
)
@format_option
@click.pass_context
def doctor(ctx: click.Context, form: str) -> None:
    """Check the home, the settings, the database, the sources and the collector.

    Exits with 1 when something is wrong.
    """
    house = ctx.ensure_object(House)
    findings = list(_findings(house))
    rows = [dict(zip(("check", "state", "detail"), finding, strict=True)) for finding in findings]
    records(rows, ["check", "state", "detail"], form)
    ctx.exit(1 if any(state == "wrong" for _, state, _ in findings) else 0)


def _findings(house: House) -> Iterator[Finding]:
    yield _version()
    yield _folder(house.home.folder)
    yield _checked("settings", lambda: _settings(house))
    yield _checked("rules", lambda: _rules(house))
    yield _database(house)
    yield from _sources()
    yield _daemon(house)


def _version() -> Finding:
    from importlib.metadata import version

    python = ".".join(map(str, sys.version_info[:3]))
    return ("program", "ok", f"disconnect {version('digital-disconnect')}, Python {python}")


def _checked(name: str, look: Callable[[], str]) -> Finding:
    try:
        return (name, "ok", look())
    except DisconnectError as error:
        return (name, "wrong", str(error))
    except OSError as error:
        return (
            name,
            "wrong",
            f"cannot read {error.filename}: {error.strerror}; is the home yours?",
        )


def _settings(house: House) -> str:
    changed = house.settings != Settings()
    return f"{house.home.settings} is in force" if changed else "all defaults"


def _rules(house: House) -> str:
    from disconnect.sorting.sorter import Sorter

    sorter = Sorter.load(house.home.rules if house.home.rules.exists() else None)
    return f"{len(sorter.categories)} categories"


def _folder(folder: Path) -> Finding:
    from disconnect.store.opening import no_room

    if not folder.exists():
        return ("home", "note", f"{folder} is made at the first start, log or import")
    mode = stat.S_IMODE(folder.stat().st_mode)
    if sys.platform != "win32" and mode & 0o077:
        return ("home", "wrong", f"others can enter {folder}: chmod 700 '{folder}'")
    if no_room(folder):
        return ("home", "wrong", f"no room on the disk for {folder}: free some")
    return ("home", "ok", str(folder))


_WAITS = (
    "a deletion is under way, or waits for another program that reads; the next command goes on"
    " with it"
)


def _database(house: House) -> Finding:
    from disconnect.cli.condition import size
    from disconnect.store.marks import is_under_way
    from disconnect.store.opening import connect, damage

    path = house.home.database
    if not os.path.lexists(path) and os.access(path.parent, os.X_OK):
        return ("database", "note", "nothing recorded yet: disconnect start")
    try:
        connection = connect(path, read_only=True)
        try:
            torn = damage(connection)
            cut_short = is_under_way(connection)
            (rows,) = connection.execute("SELECT count(*) FROM activity").fetchone()
        finally:
            connection.close()
    except DisconnectError as error:
        return ("database", "wrong", str(error))
    except sqlite3.Error as error:
        return ("database", "wrong", f"{error}; disconnect start puts it aside and saves the rest")
    if torn:
        return ("database", "wrong", f"{torn}; disconnect start puts it aside and saves the rest")
    if cut_short:
        return ("database", "note", _WAITS)
    return ("database", "ok", f"{rows} activities, {(size(path) or 0) / 1e6:.1f} MB, {path}")


def _sources() -> Iterator[Finding]:
    from collectors.registry import survey

    try:
        found = list(survey())
    except ValueError as error:
        yield ("sources", "wrong", f"{error}; uninstall one of the packages")
        return
    for source in found:
        state = "note" if source.missing else "ok"
        yield (f"source {source.name}", state, source.missing or "can work here")


def _daemon(house: House) -> Finding:
    from disconnect.daemon.control import ask
    from disconnect.daemon.lock import running_pid

    pid = running_pid(house.home)
    if pid is None:
        return ("collector", "note", "not running: disconnect start")
    said = ask(house.home, pid)
    failing = list(said.get("failed_jobs", {}))
    if said.get("database", {}).get("state") == "failing":
        failing.append("database")
    failing += [one["name"] for one in said.get("collectors", []) if one["state"] == "failing"]
    if failing:
        what = ", ".join(failing)
        return ("collector", "wrong", f"pid {pid}, failing: {what}; disconnect status says why")
    return ("collector", "ok", f"running, pid {pid}")
