"""The randomised experiment on oneself: new, show, result, list, stop."""

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

import click

from disconnect.cli.arguments import WHOLE
from disconnect.cli.designing import first_day, refuse_few, rule_for
from disconnect.cli.house import House
from disconnect.cli.options import format_option
from disconnect.cli.output import records, show
from disconnect.cli.phases import calendar, told
from disconnect.cli.telling import store
from disconnect.errors import NothingThereError, UsageProblemError
from disconnect.statistics import phases
from disconnect.store.experiments import (
    ANSWERS,
    HOURS,
    NONE_YET,
    Design,
    Experiment,
    add_experiment,
    experiments,
    one_experiment,
    spoken,
    stop_experiment,
)

MOST_DAYS = 120
LISTED = ("experiment", "what", "outcome", "first", "last", "days", "state", "stopped", "rule")
CALENDAR = ("day", "day_number", "phase", "rule_minutes", "kept")


@click.group(
    invoke_without_command=True,
    epilog="""Examples:

\b
  disconnect experiment new --what "no feeds after 20:00" --days 28 --outcome energy
  disconnect experiment show
  disconnect experiment result
""",
)
@click.pass_context
def experiment(ctx: click.Context) -> None:
    """Try something on yourself, so that the result can be told from chance.

    Days run as usual (A), with the change (B), as usual and with the change again; when the
    phases turn is drawn by lot before the first day, and stands.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(show_experiment, form="table")


@experiment.command(
    epilog="""Examples:

\b
  disconnect experiment new --what "no feeds after 20:00" --days 28 --outcome energy
  disconnect experiment new --what "no LinkedIn" --rule "site=linkedin.com less than 2 minutes"
  disconnect experiment new --what "lunch with somebody" --days 42 --outcome in_person_hours
"""
)
@click.option("--what", required=True, metavar="TEXT", help="What is done otherwise in B.")
@click.option(
    "--days", type=click.IntRange(1, MOST_DAYS), default=28, show_default=True, help="How long."
)
@click.option(
    "--outcome",
    type=click.Choice([*ANSWERS, *HOURS]),
    default="energy",
    show_default=True,
    help="What it is to change: an answer of the daily check-in, or hours.",
)
@click.option(
    "--rule",
    metavar="RULE",
    help="What tells that a day kept to it: 'channel=broadcast after 20:00 less than 5 minutes'.",
)
@click.option(
    "--shortest",
    type=click.IntRange(3, 28),
    default=4,
    show_default=True,
    help="Days that a phase has at least.",
)
@click.option("--starts", metavar="DATE", default="tomorrow", help="First day; else tomorrow.")
@click.pass_obj
def new(  # noqa: PLR0913 - one argument an option
    house: House,
    /,
    *,
    what: str,
    days: int,
    outcome: str,
    rule: str | None,
    shortest: int,
    starts: str,
) -> None:
    """Draw the phases of a new experiment by lot.

    They are kept, and their calendar is printed. 28 days tell an effect as large as the usual
    spread of your days in about a third of cases, one twice as large in five of six; smaller ones
    take longer. Nothing of it can be changed afterwards, and one runs at a time. Without --rule,
    whether days kept to it is counted only where the words leave no doubt.
    """
    trying = " ".join(what.split())
    if not trying:
        raise UsageProblemError("say what is done otherwise, such as --what 'no feeds after 20:00'")
    refuse_few(days, shortest)
    first, counted = first_day(house, starts), rule_for(rule, trying)
    with store(house) as connection:
        design = Design(
            what=trying,
            rule=str(counted) if counted else None,
            outcome=outcome,
            first=first,
            days=days,
            shortest=shortest,
            cuts=phases.drawn(days, shortest, secrets.SystemRandom()),
        )
        kept = add_experiment(connection, design, now=house.clock(), today=house.today)
    click.echo(
        f"Experiment {kept.id}: {trying}, {days} days, drawn from"
        f" {phases.assignments(days, shortest)} possible calendars"
    )
    if counted:
        click.echo(f"counted as: {counted}")
    else:
        click.echo("not counted whether days kept to it: no --rule, and the words leave doubt")
    click.echo("\n" + told(design) + "\n\n" + _weeks(house, design))
    if outcome in ANSWERS:
        click.echo("\nThe outcome is asked each day by disconnect checkin.")


@experiment.command(
    "show",
    epilog="""Examples:

\b
  disconnect experiment show
  disconnect experiment show --format csv
""",
)
@click.argument("number", metavar="[ID]", type=WHOLE, required=False)
@format_option
@click.pass_obj
def show_experiment(house: House, form: str, number: int | None = None) -> None:
    """Today's phase, the calendar, and how far days kept to it. The outcome stays unseen."""
    with store(house, read_only=True) as connection:
        found = one_experiment(connection, number)
    from disconnect.analysis.experiments import kept_so_far

    days = kept_so_far(house.home, house.settings, found, house.clock, house.today)
    kept = [None if value != value else bool(value) for value in days["kept"]]  # noqa: PLR0124 - NaN
    if form != "table":
        rows = [
            {
                "day": found.design.day(place),
                "day_number": place + 1,
                "phase": found.design.phase(place),
                "rule_minutes": float(minutes),
                "kept": kept[place],
            }
            for place, minutes in enumerate(days["rule_minutes"])
        ]
        records(rows, CALENDAR, form)
        return
    from disconnect.pipeline.experiment import adherence

    click.echo(_now(found, house.today))
    click.echo("\n" + told(found.design) + "\n\n" + _weeks(house, found.design, kept))
    if found.state(house.today) != "to come":
        from reports.sentences.experiment import kept as kept_in_words

        click.echo("\n" + kept_in_words(_about(found), adherence(days)))


def _now(found: Experiment, today: dt.date) -> str:
    design, state = found.design, found.state(today)
    if state == "running":
        return spoken(design, (today - design.first).days)
    ends = {
        "to come": f"begins on {design.first}",
        "over": f"ended on {design.last}; disconnect experiment result tells what came of it",
        "given up": f"given up on {found.stopped}",
    }
    return f"Experiment {found.id}: {design.what}; {ends[state]}"


def _about(found: Experiment) -> Any:
    from reports.sentences.experiment import About

    design = found.design
    return About(design.what, design.outcome, design.rule, design.days)


@experiment.command(
    epilog="""Examples:

\b
  disconnect experiment result
  disconnect experiment result 2 --format json
"""
)
@click.argument("number", metavar="[ID]", type=WHOLE, required=False)
@format_option
@click.pass_obj
def result(house: House, form: str, number: int | None) -> None:
    """What came of it, once it is over.

    The difference of B and A, its interval, and how far the days kept to it. Not before: who looks
    early, and stops when it looks good, finds effects where there are none. The drawn calendar is
    set against every other that could have been drawn.
    """
    from disconnect.analysis.experiments import finished, result_frame

    found = finished(house.home, house.settings, number, house.clock, house.today)
    if form != "table":
        show(result_frame(found), form)
        return
    from reports.sentences.experiment import result as in_words

    design = found.experiment.design
    click.echo(f"Experiment {found.experiment.id}, {design.first} – {design.last}: {design.what}")
    click.echo("\n" + "\n".join(in_words(_about(found.experiment), found.result.row)))


@experiment.command(
    "list",
    epilog="""Examples:

\b
  disconnect experiment list
  disconnect experiment list --format json
""",
)
@format_option
@click.pass_obj
def list_experiments(house: House, form: str) -> None:
    """Every experiment there has been, those given up too."""
    with store(house, read_only=True) as connection:
        known = experiments(connection)
    if not known:
        raise NothingThereError(NONE_YET)
    records([_record(one, house.today) for one in known], LISTED, form)


def _record(one: Experiment, today: dt.date) -> dict[str, Any]:
    design = one.design
    return {
        "experiment": one.id,
        "what": design.what,
        "outcome": design.outcome,
        "first": design.first,
        "last": design.last,
        "days": design.days,
        "state": one.state(today),
        "stopped": one.stopped,
        "rule": design.rule,
    }


@experiment.command(
    epilog="""Examples:

\b
  disconnect experiment stop
  disconnect experiment list
"""
)
@click.pass_obj
def stop(house: House) -> None:
    """Give it up, for good: there will be no result, and another one may begin."""
    with store(house) as connection:
        gone = stop_experiment(connection, house.today)
    click.echo(f"given up on {gone.stopped}: {gone.design.what}; it will have no result")


def _weeks(house: House, design: Design, kept: Sequence[bool | None] = ()) -> str:
    return calendar(design, house.today, kept, house.settings.week_starts)
