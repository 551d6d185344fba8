"""Looking: today, week, query and contrast."""

import click

from disconnect.cli.diary import asked_for, note
from disconnect.cli.house import House
from disconnect.cli.options import format_option, period_options
from disconnect.cli.output import show
from disconnect.cli.telling import store
from disconnect.errors import NothingThereError
from disconnect.periods import Period

BY = ("hour", "day", "week", "month", "year")
GROUPS = ("category", "channel", "app", "site", "device", "person", "checkin")


@click.command(
    epilog="""Examples:

\b
  disconnect contrast
  disconnect contrast --last 12w --by week
  disconnect contrast --from 2026-10-01 --to 2026-10-31 --format csv > october.csv
"""
)
@click.option("--by", type=click.Choice(BY[1:]), default="day", show_default=True)
@period_options("7d")
@format_option
@click.pass_obj
def contrast(house: House, by: str, period: Period, form: str) -> None:
    """Online communication against time with people.

    Hours are hours; what is unknown is –, never 0. `divided_hours` is online communication
    while with someone. `balance` is in person / (in person + online), both over the days on
    which both are known: enough of the day was recorded, the machine being off included, and
    you log your company. Of weeks and months, `balance_days` says how many these are.
    """
    from disconnect.analysis.contrast import contrast_of

    found = contrast_of(house.home, house.settings, period, by, house.clock)
    show(found.rename_axis("period"), form)
    if form == "table":
        note(house, period)


@click.command(
    epilog="""Examples:

\b
  disconnect query --group site --last 30d
  disconnect query --by week --group channel --period 2026-Q4
  disconnect query --group checkin --by week --last 12w
  disconnect query --group app --where 'channel=message' --where 'site=linkedin.com'
"""
)
@click.option("--by", type=click.Choice(BY), help="One row for each of these; else one in all.")
@click.option("--group", type=click.Choice(GROUPS), default="category", show_default=True)
@click.option(
    "--where",
    multiple=True,
    metavar="NAME=VALUE",
    help="Only where this holds; repeat it to narrow further.",
)
@period_options("7d")
@format_option
@click.pass_obj
def query(
    house: House,
    by: str | None,
    group: str,
    where: tuple[str, ...],
    period: Period,
    form: str,
) -> None:
    """Hours, any way round: by time, and by category, channel, app, site, device or person.

    `--group checkin` gives the mean `score` of each instrument instead, and how many were
    `answered`; `--where instrument=energy` gives one alone, and repeated several.
    """
    from disconnect.analysis.query import query_of

    found = query_of(house.home, house.settings, period, by, group, where, house.clock)
    if found.empty:
        fits = f"fits {' and '.join(where)}" if where else f"can be told by {group}"
        raise NothingThereError(f"nothing in {period} {fits}")
    show(found, form)


@click.command(
    epilog="""Examples:

\b
  disconnect today
  disconnect today --format json
"""
)
@format_option
@click.pass_obj
def today(house: House, form: str) -> None:
    """Today on one screen: hours online by channel, hours with people, what is unknown."""
    if form == "table" and house.home.database.exists():
        from disconnect.store.experiments import line_of_today

        # First, so that it is there in the morning, when nothing is known of the day.
        with store(house, read_only=True) as connection:
            line = line_of_today(connection, house.today)
        if line:
            click.echo(f"{line}\n")
    _one_screen(house, Period(house.today, house.today), "today", form)


@click.command(
    epilog="""Examples:

\b
  disconnect week
  disconnect week --format md
"""
)
@format_option
@click.pass_obj
def week(house: House, form: str) -> None:
    """Show this week on one screen: each day's hours online beside its hours with people."""
    from disconnect import periods

    this_week = periods.named("this-week", house.today, week_starts=house.settings.week_starts)
    _one_screen(house, this_week, "this week", form)


def _one_screen(house: House, period: Period, words: str, form: str) -> None:
    from disconnect.analysis.totals import totals_of
    from reports.sentences.diary import EXAMPLE

    try:
        found, days = totals_of(house.home, house.settings, period, house.clock)
    except NothingThereError as nothing:
        missing = asked_for(house, period) or [f"Log something: {EXAMPLE}"]
        raise NothingThereError(". ".join([str(nothing), *missing])) from nothing
    if form != "table":
        show(days.rename_axis("period"), form)
        return
    from disconnect.analysis.query import query_of
    from reports.sentences.contrast import sentences
    from reports.terminal import screen

    said = sentences(found, words[:1].upper() + words[1:])
    top = query_of(house.home, house.settings, period, None, "category", (), house.clock)
    click.echo(screen(said, days, top))
