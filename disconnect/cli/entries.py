"""What has been logged: listed, edited, deleted."""

from typing import Any
from zoneinfo import ZoneInfo

import click

from collectors.facts.social import Channel, Encounter
from disconnect.cli.answered import brief
from disconnect.cli.arguments import WHOLE
from disconnect.cli.house import House
from disconnect.cli.log import told_entry
from disconnect.cli.options import format_option
from disconnect.cli.output import records
from disconnect.cli.telling import Told, encounter_options, store, times
from disconnect.errors import DisconnectError, NothingThereError, UsageProblemError
from disconnect.logbook.people import resolved
from disconnect.logbook.settling import settle
from disconnect.logbook.times import shown
from disconnect.logbook.understood import Understood
from disconnect.logbook.whens import When
from disconnect.store.entries import (
    EntryRow,
    delete_entry,
    edit_encounter,
)
from disconnect.store.entries import (
    entries as newest_entries,
)
from disconnect.store.entries import (
    entry as one_entry,
)
from disconnect.store.people import names

_ALL = 1 << 62
"""More entries than there can be."""
COLUMNS = ("id", "kind", "start", "end", "people", "channel", "place", "chance", "text", "words")


@click.group(
    invoke_without_command=True,
    epilog="""Examples:

\b
  disconnect entries
  disconnect entries edit 12 --end 18:00 --with Ana
  disconnect entries delete 12
""",
)
@click.pass_context
def entries(ctx: click.Context) -> None:
    """What has been logged, the newest first."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_entries, limit=20, form="table")


@entries.command(
    "list",
    epilog="""Examples:

\b
  disconnect entries list
  disconnect entries list --limit 100 --format json
""",
)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@format_option
@click.pass_obj
def list_entries(house: House, limit: int, form: str) -> None:
    """The newest entries first, with the number that edit and delete take."""
    with store(house, read_only=True) as connection:
        rows = [_record(entry) for entry in newest_entries(connection, min(limit, _ALL))]
    if not rows:
        raise NothingThereError(
            "nothing has been logged by hand yet; disconnect log coffee with Ana 90m"
        )
    records(rows, COLUMNS, form)


def _record(entry: EntryRow) -> dict[str, Any]:
    if entry.opportunity:
        brought = entry.opportunity
        return {
            "id": entry.id,
            "kind": brought.kind,
            "start": brought.day.isoformat(),
            "people": brought.person,
            "channel": brought.via.value if brought.via else None,
            "text": brought.what,
        }
    if entry.checkins:
        first = entry.checkins[0]
        at = first.at.astimezone(ZoneInfo(first.zone))
        return {
            "id": entry.id,
            "kind": "check-in",
            "start": at.isoformat(timespec="minutes"),
            "text": brief(entry.checkins),
        }
    met = entry.encounter
    assert met  # noqa: S101 - an entry is one of the three
    zone = ZoneInfo(met.zone)
    return {
        "id": entry.id,
        "kind": "encounter",
        "start": met.start.astimezone(zone).isoformat(timespec="minutes"),
        "end": met.end.astimezone(zone).isoformat(timespec="minutes"),
        "people": ", ".join(met.people) or None,
        "channel": met.channel.value,
        "place": met.place,
        "chance": met.chance,
        "text": met.note,
        "words": entry.words,
    }


@entries.command(
    epilog="""Examples:

\b
  disconnect entries edit 12 --end 18:00
  disconnect entries edit 12 --with Ana --with Ben --planned
"""
)
@click.argument("number", metavar="ID", type=WHOLE)
@encounter_options
@click.pass_obj
def edit(house: House, number: int, told: Told) -> None:
    """Change an encounter; what is not named stays as it is."""
    with store(house) as connection:
        old = one_entry(connection, number).encounter
        if old is None:
            raise DisconnectError(f"entry {number} is no encounter; delete it and log it anew")
        changes = _changes(told, old, names(connection), house)
        if not changes:
            raise UsageProblemError("say what to change, such as --end 18:00 or --with Ana")
        new = edit_encounter(connection, number, **changes)
    click.echo(Understood.of(new).echo(house.today))


def _changes(told: Told, old: Encounter, known: list[str], house: House) -> dict[str, Any]:
    """The fields of an encounter that the options change."""
    fields = ("place", "chance", "initiator", "meaning", "disclosure", "energy", "support", "note")
    changes = {name: getattr(told, name) for name in fields if getattr(told, name) is not None}
    if told.people:
        changes["people"] = tuple(dict.fromkeys(resolved(name, known) for name in told.people))
    if told.channel:
        changes["channel"] = Channel(told.channel)
    if told.of_time:
        zone, now = ZoneInfo(old.zone), house.clock()
        begun = old.start.astimezone(zone)
        when = When(day=begun.date(), start=shown(begun), length=old.end - old.start)
        times(when, told, now.astimezone(zone).date())
        changes["start"], changes["end"] = settle(when, now, zone)
    return changes


@entries.command(
    epilog="""Examples:

\b
  disconnect entries delete 12
  disconnect undo
"""
)
@click.argument("number", metavar="ID", type=WHOLE)
@click.pass_obj
def delete(house: House, number: int) -> None:
    """Delete an entry.

    The people that came in with it, and are named nowhere else, go with it.
    """
    with store(house) as connection:
        gone = delete_entry(connection, number)
    click.echo(f"deleted: {told_entry(gone)}")
