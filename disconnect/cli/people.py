"""People: relationships, where each began, and the time that went into them."""

import contextlib
import datetime as dt
import sqlite3
from typing import Any

import click

from collectors.facts.social import Met, Person
from disconnect.cli.diary import note, silence_of
from disconnect.cli.house import House
from disconnect.cli.options import format_option
from disconnect.cli.output import records
from disconnect.cli.reach import funnel, reach
from disconnect.cli.telling import store
from disconnect.errors import NothingThereError, UsageProblemError
from disconnect.logbook.people import resolved
from disconnect.logbook.times import moment
from disconnect.store import lived
from disconnect.store.people import (
    PersonRow,
    add_person,
    edit_person,
    find_person,
    merge_people,
    names,
    near,
)
from disconnect.store.people import (
    people as everyone,
)

COLUMNS = (
    "name",
    "met",
    "how",
    "closeness",
    "in_person_hours",
    "online_hours",
    "encounters",
    "last_met",
    "depth",
    "rhythm_days",
    "overdue_days",
    "trend",
)
ALL = (
    *COLUMNS,
    "call_hours",
    "message_hours",
    "email_hours",
    "broadcast_hours",
    "rated",
    "line_hours",
    "gap_probability",
    "trend_ratio",
    "trend_low",
    "trend_high",
)
IN_WORDS = (
    *("line_hours", "rhythm_days", "overdue_days", "gap_probability", "opportunities"),
    *("trend", "trend_ratio", "trend_low", "trend_high"),
)
"""What `show` says in sentences, below the rest."""


@click.group(
    invoke_without_command=True,
    epilog="""Examples:

\b
  disconnect people
  disconnect people edit Ana --met in_person --how chance --closeness 6
  disconnect people reach linkedin 812
""",
)
@click.pass_context
def people(ctx: click.Context) -> None:
    """Your relationships: where each began, how deep, hours, last met."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_people, form="table")


@people.command(
    "list",
    epilog="""Examples:

\b
  disconnect people list
  disconnect people list --format json
""",
)
@format_option
@click.pass_obj
def list_people(house: House, form: str) -> None:
    """Everybody, the most hours in person first. Hours are of what was logged.

    `depth` is the mean of the ratings (1 to 7), drawn to the mean of all where they are few;
    `rhythm_days` how often you meet, `overdue_days` by how much the present pause exceeds it
    (both from three meetings on); `trend` stands only where the last 60 days differ from the
    year before by more than chance.
    """
    with store(house, read_only=True) as connection:
        rows = everyone(connection)
        if not rows:
            raise NothingThereError("nobody is known yet; disconnect log coffee with Ana 90m")
        found = _ties(house, connection)
    told = [_record(row, house) | found[row.name] for row in rows]
    if form != "table":
        records(told, ALL, form)
        return
    records(told, COLUMNS, form)
    import pandas as pd

    from reports.sentences.ties import lines

    said = lines(pd.DataFrame([{"name": name, **tie} for name, tie in found.items()]))
    click.echo("\n".join(["", *said]) if said else "", nl=bool(said))
    note(house)


@people.command(
    epilog="""Examples:

\b
  disconnect people show Ana
  disconnect people show "Ben Oddlington" --format json
"""
)
@click.argument("name")
@format_option
@click.pass_obj
def show(house: House, name: str, form: str) -> None:
    """All that is known of one person."""
    with store(house, read_only=True) as connection:
        row = somebody(connection, name)
        tie = _ties(house, connection)[row.name]
        came = sum(one["person"] == row.id for one in lived.opportunities(connection))
    record = _record(row, house) | tie | {"opportunities": came}
    if form != "table":
        records([record], tuple(record), form)
        return
    for key, value in record.items():
        known = value is not None and value == value  # noqa: PLR0124 - NaN is not itself
        if known and key not in IN_WORDS:
            shown = f"{value:.2f}" if isinstance(value, float) else value
            click.echo(f"{key.replace('_', ' '):<16}{shown}")
    from reports.sentences.ties import about

    silence = silence_of(house)
    until = silence.last if silence and silence.lapsed else None
    click.echo("\n" + "\n".join(about(tie, row.in_person_hours, came, until)))
    note(house)


def _ties(house: House, connection: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """What each relationship is like, by name."""
    from disconnect.analysis.people import ties_in

    found = ties_in(connection, house.settings, house.today)
    rows = found.drop(columns=["met", "in_person_hours"]).to_dict("records")
    return {row.pop("name"): {str(key): value for key, value in row.items()} for row in rows}


def somebody(connection: sqlite3.Connection, name: str) -> PersonRow:
    """The person of that name, or of that first name where only one has it.

    Raises:
        UsageProblemError: More than one person has that first name; the message names them.
        DisconnectError: Nobody has it.
    """
    return find_person(connection, resolved(name, names(connection)))


def _record(row: PersonRow, house: House) -> dict[str, Any]:
    night = dt.timedelta(hours=house.settings.day_starts_hour)
    last = (row.last_met - night).date() if row.last_met else None
    return {
        "name": row.name,
        "met": row.met,
        "how": row.how,
        "since": row.since.isoformat() if row.since else None,
        "closeness": row.closeness,
        "in_person_hours": row.in_person_hours,
        "online_hours": row.online_hours,
        "encounters": row.encounters,
        "last_met": last.isoformat() if last else None,
        "note": row.note,
    }


_OF_A_PERSON = (
    click.option("--met", type=click.Choice(["in_person", "online"]), help="Where it began."),
    click.option("--how", metavar="TEXT", help="How: chance, introduced, work, school…"),
    click.option("--since", metavar="DATE", help="When it began."),
    click.option("--closeness", type=click.IntRange(1, 7), help="How well you know each other."),
    click.option("--note", metavar="TEXT", help="Anything else."),
)


def _person_options(command: Any) -> Any:
    for option in reversed(_OF_A_PERSON):
        command = option(command)
    return command


@people.command(
    epilog="""Examples:

\b
  disconnect people add Ana --met in_person --how chance
  disconnect people add "Ben Oddlington" --met online --since 2024-05-01
"""
)
@click.argument("name")
@_person_options
@click.pass_obj
def add(house: House, /, name: str, met: Met | None, since: str | None, **more: Any) -> None:
    """Add somebody without an encounter."""
    clean = " ".join(name.split())
    if not clean:
        raise UsageProblemError("a person needs a name")
    person = Person(name=clean, met=met, since=_day(house, since), **more)
    with store(house) as connection:
        alike = near(connection, clean)
        add_person(connection, person)
    click.echo(f"added {clean}")
    if alike:
        click.echo(f"there is also {' and '.join(alike)}: people merge makes one of two", err=True)


@people.command(
    epilog="""Examples:

\b
  disconnect people edit Ana --closeness 6
  disconnect people edit Anna --name "Ana Quillfeather"
"""
)
@click.argument("name")
@click.option("--name", "new_name", metavar="NAME", help="Another name.")
@_person_options
@click.pass_obj
def edit(house: House, /, name: str, new_name: str | None, since: str | None, **more: Any) -> None:
    """Change what is known of somebody; an empty text takes it away."""
    changes = {key: value or None for key, value in more.items() if value is not None}
    if new_name is not None:
        changes["name"] = " ".join(new_name.split())
    if since is not None:
        changes["since"] = _day(house, since)
    if not changes:
        raise UsageProblemError("say what to change: --name, --met, --how, --since, --closeness…")
    with store(house) as connection:
        old = somebody(connection, name).name
        edit_person(connection, old, **changes)
        row = find_person(connection, changes.get("name") or old)
    known = {key: value for key, value in _record(row, house).items() if value is not None}
    click.echo(" · ".join(f"{key} {known[key]}" for key in changes if key in known) or row.name)


@people.command(
    epilog="""Examples:

\b
  disconnect people merge "Ana Quillfeather" Anna
  disconnect people merge Ben "Ben O."
"""
)
@click.argument("keep")
@click.argument("other")
@click.pass_obj
def merge(house: House, keep: str, other: str) -> None:
    """Make one person of two.

    KEEP takes over all that OTHER has, and OTHER is gone.
    """
    with store(house) as connection:
        kept, gone = somebody(connection, keep).name, somebody(connection, other).name
        merge_people(connection, kept, gone)
        row = find_person(connection, kept)
    click.echo(
        f"{gone} is now {kept}: {row.encounters} encounter{'' if row.encounters == 1 else 's'}"
    )


def _day(house: House, words: str | None) -> dt.date | None:
    """A day that has come, in a person's words; a year that begins a relationship may be old."""
    if not words:
        return None
    with contextlib.suppress(ValueError):
        return _past(dt.date.fromisoformat(words), house)
    day, time = moment(words, house.today)
    if day is None or time is not None:
        raise UsageProblemError(f"--since takes a day such as 2024-05-01, not {words!r}")
    return _past(day, house)


def _past(day: dt.date, house: House) -> dt.date:
    if day > house.today:
        raise UsageProblemError(f"--since {day} is still to come")
    return day


people.add_command(reach)
people.add_command(funnel)
