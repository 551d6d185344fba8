"""What came of the hours: opportunities and support per 100 of them."""

import click

from disconnect.cli.diary import asked_for
from disconnect.cli.house import House
from disconnect.cli.options import chosen, format_option
from disconnect.cli.output import records, show
from disconnect.errors import UsageProblemError

_SHOWN = ("events", "hours", "rate_per_100h", "low", "high")


@click.command(
    epilog="""Examples:

\b
  disconnect returns
  disconnect returns --by origin --last 2y
  disconnect returns 2026 --by chance --what support --format json
"""
)
@click.argument("words", metavar="[PERIOD]", required=False)
@click.option(
    "--by",
    type=click.Choice(["channel", "origin", "person", "chance"]),
    default="channel",
    show_default=True,
    help="Channel of the offer; where the relationship began; of whom; begun by chance or not.",
)
@click.option(
    "--what",
    type=click.Choice(["opportunities", "support"]),
    default="opportunities",
    show_default=True,
    help="Opportunities, or support received.",
)
@click.option("--period", "when", metavar="WHEN", help="2026-10, 2026-Q4, 2026, last-month …")
@click.option("--last", "length", metavar="LENGTH", help="So long up to today: 30d, 12w, 1y.")
@click.option("--from", "start", metavar="DATE", help="First day.")
@click.option("--to", "end", metavar="DATE", help="Last day.")
@format_option
@click.pass_obj
def returns(  # noqa: PLR0913 - one argument an option
    house: House,
    /,
    *,
    words: str | None,
    by: str,
    what: str,
    when: str | None,
    length: str | None,
    start: str | None,
    end: str | None,
    form: str,
) -> None:
    """What came of the hours, per 100 of them (the last year unless you say).

    `low` and `high` hold 95 %: the fewer hours and events, the wider. Where nothing came, the
    table has no rate, only how high it may be. `ratio` sets in person against online (with
    `--by chance`: begun by chance against the others). What came on days of which the hours are
    not known is `left_out`. A channel without recorded hours has no rate, and no ratio is told
    across it; calls logged by hand are hours of calls.
    """
    if words and when:
        raise UsageProblemError("give the period once: disconnect returns 2026")
    period = chosen(house, "1y", when=words or when, length=length, start=start, end=end)
    from disconnect.analysis.living import living
    from disconnect.analysis.returns import chances_in, returns_in

    life = living(house.home, house.settings, period, house.clock)
    frame = returns_in(life, by, what)
    if form != "table":
        show(frame, form)
        return
    from reports.sentences import returns as said

    name = str(frame.index.name)
    # Where nothing came, the middle of the rate is the prior's, not the data's: its end is enough.
    seen = frame.assign(rate_per_100h=frame["rate_per_100h"].where(frame["events"] > 0))
    rows = seen.reset_index().to_dict("records")
    records([{str(key): cell for key, cell in row.items()} for row in rows], (name, *_SHOWN), form)
    lines = said.lines(frame, what)
    if by == "chance":
        found = chances_in(life)
        interval = (found.low, found.high)
        lines += said.chances(
            found.encounters, found.hours, found.days, interval, found.opportunities, found.people
        )
    click.echo("\n" + "\n".join([*lines, *asked_for(house, period)]))
