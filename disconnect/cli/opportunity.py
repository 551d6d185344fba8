"""What a relationship brought, logged."""

import shlex
import sqlite3
import sys

import click

from collectors.facts.social import OPPORTUNITY_KINDS, Channel, Opportunity
from disconnect.cli.house import House
from disconnect.cli.telling import CHANNELS, day_that_came, store
from disconnect.errors import DisconnectError, UsageProblemError
from disconnect.logbook.people import near, resolved
from disconnect.store.entries import add_opportunity
from disconnect.store.people import find_person, names


@click.command(
    epilog="""Examples:

\b
  disconnect opportunity "asked me to run a course" --from Ana --kind job --value 6
  disconnect opportunity "lent a van" --from "Ben Oddlington" --kind help --on yesterday
"""
)
@click.argument("text", nargs=-1, required=True)
@click.option("--from", "person", metavar="NAME", required=True, help="Whom it came of.")
@click.option("--kind", type=click.Choice(OPPORTUNITY_KINDS), default="other", show_default=True)
@click.option("--on", "day", metavar="DATE", help="When it came; today unless given.")
@click.option("--via", type=click.Choice(CHANNELS), help="Through which channel it came.")
@click.option("--value", type=click.IntRange(1, 7), help="What it is worth to you.")
@click.pass_obj
def opportunity(  # noqa: PLR0913 - one argument an option
    house: House,
    text: tuple[str, ...],
    *,
    person: str,
    kind: str,
    day: str | None,
    via: str | None,
    value: int | None,
) -> None:
    """Log what a relationship brought: a job, an introduction, help, a friendship."""
    what = " ".join(text).strip()
    if not what:
        raise UsageProblemError("say what came, such as 'asked me to run a course'")
    came = day_that_came(house, day)
    with store(house) as connection:
        brought = Opportunity(
            day=came,
            person=_somebody(connection, person),
            what=what,
            kind=kind,
            via=Channel(via) if via else None,
            value=value,
        )
        add_opportunity(connection, brought, now=house.clock())
    click.echo(told_of(brought))


def _somebody(connection: sqlite3.Connection, name: str) -> str:
    """The person it came of; at a terminal somebody new can be added on the way.

    Raises:
        UsageProblemError: More than one person has that first name.
        DisconnectError: Nobody is called so.
    """
    known = names(connection)
    wanted = resolved(name, known)
    if wanted.casefold() in {other.casefold() for other in known}:
        return wanted
    if wanted and sys.stdin.isatty():
        alike = near(wanted, known)
        hint = f" ({' or '.join(alike)} is known)" if alike else ""
        if click.confirm(f"{wanted} is not known yet{hint}. Add them?", err=True):
            return wanted
    try:
        return find_person(connection, wanted).name
    except DisconnectError as error:
        more = f"disconnect people add {shlex.quote(wanted)}"
        words = f"{error} Or" if str(error).endswith("?") else f"{error}; or"
        raise DisconnectError(f"{words} add them: {more}") from error


def told_of(brought: Opportunity) -> str:
    """An opportunity in one line."""
    parts = [
        brought.what,
        f"from {brought.person}",
        brought.kind,
        brought.day.isoformat(),
        f"via {brought.via.value}" if brought.via else "",
        f"value {brought.value}" if brought.value else "",
    ]
    return " · ".join(filter(None, parts))
