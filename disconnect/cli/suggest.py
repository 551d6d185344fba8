"""What is worth a try next."""

import click

from disconnect.cli.house import House
from disconnect.cli.options import format_option, period_options
from disconnect.cli.output import show
from disconnect.periods import Period


@click.command(
    "next",
    epilog="""Examples:

\b
  disconnect next
  disconnect next --last 1y --format json
""",
)
@period_options("90d")
@format_option
@click.pass_obj
def next_(house: House, period: Period, form: str) -> None:
    """Find what is worth a try: an hour to give up, somebody to meet, a weekday to change.

    Each with its reason in your own numbers, and the command that begins it. It is a guess
    from what goes together, not knowledge of what causes what: an experiment tells that.
    """
    from disconnect.analysis.suggestions import suggestions_of

    found = suggestions_of(house.home, house.settings, period, house.clock, house.today)
    if form != "table":
        show(found, form)
        return
    import textwrap

    from reports.terminal import width

    parts = [
        f"Worth a try: {one.suggestion}\n"
        + textwrap.fill(str(one.reason), width(88), initial_indent="  ", subsequent_indent="  ")
        + f"\n  {one.command}"
        for one in found.itertuples(index=False)
    ]
    click.echo("\n\n".join(parts))
