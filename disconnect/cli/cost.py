"""What it costs: the load, the withdrawal, and whether it drains."""

import math

import click

from disconnect.cli.diary import asked_for
from disconnect.cli.house import House
from disconnect.cli.options import format_option, period_options
from disconnect.cli.output import show
from disconnect.errors import NothingThereError, UsageProblemError
from disconnect.periods import Period

BY = ("day", "week", "month")


@click.command(
    epilog="""Examples:

\b
  disconnect load
  disconnect load --explain
  disconnect load --last 1y --by month --format csv > load.csv
"""
)
@click.option("--by", type=click.Choice(BY), default="week", show_default=True)
@click.option("--explain", is_flag=True, help="In plain words, part by part, as of the end.")
@period_options("12w")
@format_option
@click.pass_obj
def load(house: House, by: str, period: Period, form: str, *, explain: bool) -> None:
    """The Recovery-Load Index: how much load your days carry, and how little recovery.

    From 0 to 100, as of the end of each day, week or month, from the 28 days before it; the
    interval is the widest of three. No score of burnout, no diagnosis: the weights are expert
    guesses and yours to change (settings, section load). Fewer than 7 recorded days give none.
    """
    from disconnect.analysis.load import components, load_of
    from reports.sentences.load import headline, lines, why_not
    from reports.wording import day

    found = load_of(house.home, house.settings, period, by, house.clock)
    last = {str(name): float(value) for name, value in found.iloc[-1].items()}
    if explain:
        when = day(min(period.last, house.today))  # a week or month may not be over
        if form != "table":
            raise UsageProblemError(
                "--explain is in words; the formats have its numbers without it"
            )
        if math.isnan(last["load"]):
            raise NothingThereError(headline(last, when).removesuffix("."))
        weights = {one.name: one.weight for one in components(house.settings)}
        click.echo("\n".join([*lines(last, weights, when), *asked_for(house, period)]))
        return
    if found["load"].isna().all():
        raise NothingThereError(f"no load can be said of {period}: {why_not(last)}")
    show(found if form != "table" else found[["load", "low", "high", "covered_days"]], form)


@click.command(
    epilog="""Examples:

\b
  disconnect withdrawal
  disconnect withdrawal --period 2026
  disconnect withdrawal --last 2y --format json
"""
)
@period_options("1y")
@format_option
@click.pass_obj
def withdrawal(house: House, period: Period, form: str) -> None:
    """Whether you meet fewer people, and since when.

    Days since you met anyone, people and days out in 14 days; when the level of your time with
    people or online changed, from 14 known weeks on; and a weekly watch, which can be wrong.
    Unknown days are left out, and so are weeks unlike the rest (a holiday) in a level.
    """
    from disconnect.analysis.withdrawal import records, withdrawal_of
    from reports.sentences.turns import turned
    from reports.sentences.withdrawal import standing, watching

    found = withdrawal_of(house.home, house.settings, period, house.clock)
    if form != "table":
        show(records(found), form)
        return
    said = standing(found.now, found.as_of)
    lines = [
        *said,
        *turned(found.changes, found.grounds),
        *watching(found.watch, found.grounds["met_share"]),
    ]
    click.echo("\n".join([*lines, *asked_for(house, period)]))


@click.command(
    epilog="""Examples:

\b
  disconnect drain
  disconnect drain --last 2y
  disconnect drain --format json
"""
)
@period_options("1y")
@format_option
@click.pass_obj
def drain(house: House, period: Period, form: str) -> None:
    """Whether hours online and your energy go together, from your daily check-ins.

    Five questions, declared beforehand and corrected for being five; each with n and interval,
    given yesterday's energy. An effect on the day after is told only where it holds given the
    hours of the day itself, too; a late night counts to the evening that it ends. It needs 28
    days with the day before known, too, and finds what is real mostly after four months. It says
    nothing of cause.
    """
    from disconnect.analysis.drain import drain_of
    from disconnect.analysis.load import components
    from disconnect.pipeline.association import detectable
    from reports.sentences import drain as said

    found = drain_of(house.home, house.settings, period, house.clock)
    if form != "table":
        show(found.associations, form)
        return
    tested = found.associations.dropna(subset=["coefficient"])["paired_days"]
    fit = found.calibration
    errors = (fit.error, fit.as_before, fit.p)
    energy = found.daily["energy"]
    beside = said.all_told(found.associations) or said.alone(energy)
    lines = [said.describing(energy), *beside]
    if len(tested):
        most = int(tested.max())
        lines += [said.findable(most, detectable(most)), said.NOT_CAUSE]
    lines.append(said.weighing(fit.pairs, fit.weeks, errors, supported=fit.supported))
    if fit.supported:
        parts = components(house.settings)
        whole = sum(part.weight for part in parts)
        pairs = zip(parts, fit.weights, strict=True)
        lines.append(said.yours({one.name: (own, one.weight / whole) for one, own in pairs}))
    click.echo("\n".join(lines))
