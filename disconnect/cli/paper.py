"""The PDF report and single charts."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from disconnect.cli.house import House
from disconnect.cli.options import chosen, period_options
from disconnect.cli.output import save
from disconnect.errors import NothingThereError, UsageProblemError
from disconnect.periods import Period

if TYPE_CHECKING:
    import pandas as pd

LONGEST_BY_DAY = 31
LONGEST_BY_WEEK = 731
OF_LIVING = ("load", "withdrawal", "energy", "ties", "funnel", "returns")
"""Charts that need more than a report's frames."""


@click.command(
    epilog="""Examples:

\b
  disconnect report
  disconnect report last-month -o october.pdf
  disconnect report --last 1y
"""
)
@click.argument("words", metavar="[PERIOD]", required=False)
@click.option("--period", "when", metavar="WHEN", help="2026-10, 2026-Q4, last-week …")
@click.option("--last", "length", metavar="LENGTH", help="So long up to today: 30d, 12w, 1y.")
@click.option("--from", "start", metavar="DATE", help="First day.")
@click.option("--to", "end", metavar="DATE", help="Last day.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file; else a name made of the period, here.",
)
@click.pass_obj
def report(  # noqa: PLR0913 - one argument an option
    house: House,
    /,
    *,
    words: str | None,
    when: str | None,
    length: str | None,
    start: str | None,
    end: str | None,
    output: Path | None,
) -> None:
    """Write the PDF report of a period (the last 90 days unless you say); prints its path."""
    if words and when:
        raise UsageProblemError("give the period once: disconnect report last-month")
    period = chosen(house, "90d", when=words or when, length=length, start=start, end=end)
    click.echo(written_report(house, period, output))


def written_report(house: House, period: Period, output: Path | None) -> Path:
    """Write the report of a period; returns the PDF's path.

    Raises:
        NothingThereError: Nothing is known of the period.
        DisconnectError: The file cannot be written.
    """
    from disconnect.analysis.report import content_for

    content = content_for(house.home, house.settings, period, house.clock, house.zone)
    if sys.stderr.isatty():
        click.echo(f"Writing the report of {period} …", err=True)
    from reports.pdf.compose import compose
    from reports.weeks import starting

    path = (output or Path(f"disconnect-{period.first}-{period.last}.pdf")).expanduser().absolute()
    with starting(house.settings.week_starts):
        save(path, compose(content))
    return path


@click.command(
    epilog="""Examples:

\b
  disconnect chart --list
  disconnect chart mirrored --last 12w
  disconnect chart actogram --period 2026-10 -o october.svg
"""
)
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="Every chart, with what it shows.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file ending in .svg, .png or .pdf; without it, a drawing in the terminal.",
)
@click.option("--dark", is_flag=True, help="On a dark ground.")
@period_options("90d")
@click.pass_obj
def chart(
    house: House,
    /,
    *,
    name: str | None,
    listing: bool,
    output: Path | None,
    dark: bool,
    period: Period,
) -> None:
    """Draw one chart: as a file, or in the terminal."""
    from reports import gallery

    if listing:
        for one in gallery.CHARTS.values():
            click.echo(f"{one.name:<12} {one.line}")
        return
    if name not in gallery.CHARTS:
        known = ", ".join(gallery.CHARTS)
        raise UsageProblemError(f"there is no chart {name or ''!r}; known: {known}")
    form = output.suffix.lstrip(".").lower() if output else ""
    if output and form not in gallery.FORMATS:
        raise UsageProblemError(f"{output}: a chart's file ends in .svg, .png or .pdf")
    frame = _frame(house, gallery.CHARTS[name].needs, period)
    options: dict[str, object] = {}
    if name == "actogram":
        options["quiet"] = house.settings.quiet_minutes
    if name == "balance":
        options["reference"] = _usual(house, period)
    from reports.theme import DARK, LIGHT
    from reports.weeks import starting

    with starting(house.settings.week_starts):
        if not output:
            click.echo(_in_terminal(house, name, frame, period))
            return
        figure = gallery.draw(name, frame, theme=DARK if dark else LIGHT, **options)
        save(output.absolute(), gallery.drawn(figure, form))
    click.echo(output.absolute())


def _in_terminal(house: House, name: str, frame: "pd.DataFrame", period: Period) -> str:
    from reports.terminal_charts import NOTHING, in_terminal

    drawn = in_terminal(name, frame, house.settings.quiet_minutes)
    if drawn == NOTHING:
        raise NothingThereError(
            f"nothing is known of {period} that the chart {name} could show; disconnect chart"
            " --list says what each shows"
        )
    return drawn


def _frame(house: House, needs: str, period: Period) -> "pd.DataFrame":
    if needs == "experiment":  # it has days of its own
        from disconnect.analysis.experiments import chart_rows, finished

        return chart_rows(finished(house.home, house.settings, None, house.clock, house.today))
    from disconnect.analysis.report import content_for

    if needs in OF_LIVING:
        from disconnect.analysis.shown import frame_of

        return frame_of(needs, house.home, house.settings, period, house.clock)
    content = content_for(house.home, house.settings, period, house.clock, house.zone)
    if needs != "periods":
        return cast("pd.DataFrame", getattr(content, needs))
    if period.days > LONGEST_BY_WEEK:
        return content.months
    if period.days > LONGEST_BY_DAY:
        return content.weeks
    import pandas as pd

    by_day = content.days.copy()
    by_day.index = pd.DatetimeIndex(by_day.index).strftime("%Y-%m-%d")
    by_day.index.name = "period"
    return by_day


def _usual(house: House, period: Period) -> tuple[float, float] | None:
    """Usual time in person among people of the same age or sex; None where neither is said."""
    from disconnect.analysis.usual import usual

    found = usual(house.settings, period.last)
    return (found.low, found.high) if found else None
