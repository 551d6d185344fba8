"""How many could be reached, and what became of it."""

import datetime as dt

import click

from collectors.facts.social import Reach
from disconnect.cli.arguments import WHOLE
from disconnect.cli.house import House
from disconnect.cli.options import format_option, period_options
from disconnect.cli.output import records
from disconnect.cli.telling import day_that_came, store
from disconnect.errors import DisconnectError, NothingThereError, UsageProblemError
from disconnect.periods import Period


@click.command(
    epilog="""Examples:

\b
  disconnect people reach linkedin 812
  disconnect people reach mastodon 240 --on 2026-10-01
  disconnect people reach
"""
)
@click.argument("platform", required=False)
@click.argument("people", metavar="[N]", type=WHOLE, required=False)
@click.option("--on", "day", metavar="DATE", help="When you counted; today unless given.")
@click.option("--remove", is_flag=True, help="Take back what was noted for that day.")
@format_option
@click.pass_obj
def reach(
    house: House,
    /,
    *,
    platform: str | None,
    people: int | None,
    day: str | None,
    remove: bool,
    form: str,
) -> None:
    """Note how many people a platform reaches.

    Followers, connections or members; without words, list what was noted. A second count for the
    same day takes the place of the first.
    """
    if platform is None:
        _listed(house, form)
        return
    when = day_that_came(house, day)
    if remove:
        _removed(house, platform, when)
        return
    if people is None:
        raise UsageProblemError(f"say how many: disconnect people reach {platform} 812")
    try:
        counted = Reach(day=when, platform=" ".join(platform.split()), people=people)
    except ValueError as error:
        raise UsageProblemError(str(error)) from error
    from disconnect.store.social import insert_reach

    with store(house) as connection:
        before = insert_reach(connection, counted)
    was = f" (was {before})" if before not in {None, people} else ""
    click.echo(f"{counted.platform} · {people} people · {when}{was}")


def _listed(house: House, form: str) -> None:
    from disconnect.store.lived import reach as noted

    with store(house, read_only=True) as connection:
        rows = noted(connection)
    if not rows:
        raise NothingThereError("no reach is noted yet; disconnect people reach linkedin 812")
    records(rows, ("day", "platform", "people"), form)


def _removed(house: House, platform: str, day: dt.date) -> None:
    from disconnect.store.social import remove_reach

    with store(house) as connection:
        if not remove_reach(connection, day, platform):
            raise DisconnectError(
                f"nothing is noted of {platform} on {day}; disconnect people reach lists what is"
            )
    click.echo(f"taken back: {platform} on {day}")


@click.command(
    epilog="""Examples:

\b
  disconnect people funnel
  disconnect people funnel --period 2026 --format json
"""
)
@period_options("1y")
@format_option
@click.pass_obj
def funnel(house: House, period: Period, form: str) -> None:
    """From reach to support: who could be reached, conversed, was met, and helped."""
    from disconnect.analysis.people import funnel_of

    stages = funnel_of(house.home, house.settings, period)
    counts = [None if count != count else int(count) for count in stages["people"]]  # noqa: PLR0124 - NaN
    rows = zip(stages["stage"], counts, strict=True)
    records(
        [{"stage": stage, "people": people} for stage, people in rows], ("stage", "people"), form
    )
    if form == "table":
        from reports.sentences import ties

        click.echo(f"\n{ties.funnel(stages)}")
