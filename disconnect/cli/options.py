"""Options that many commands share, in one place."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import click

from disconnect import periods
from disconnect.cli.house import House
from disconnect.errors import UsageProblemError
from disconnect.periods import Period

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("table", "json", "csv", "parquet", "md")


def format_option(command: F) -> F:
    """Give a command `--format`, passed on as `form`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How the result is printed.",
    )(command)


def period_options(default: str) -> Callable[[F], F]:
    """Give a command `--from/--to`, `--last` and `--period`, passed on as one `period`.

    Args:
        default: The period when none is given: a length (`30d`) or a name (`this-week`).
    """

    def decorate(command: F) -> F:
        @click.option("--period", "when", metavar="WHEN", help=_PERIOD_HELP)
        @click.option("--last", "length", metavar="LENGTH", help="So long up to today: 30d, 12w.")
        @click.option("--from", "start", metavar="DATE", help="First day, or a date-time.")
        @click.option("--to", "end", metavar="DATE", help="Last day, or a date-time (exclusive).")
        @functools.wraps(command)
        def wrapped(*args: Any, **options: Any) -> Any:
            house = click.get_current_context().find_object(House)
            assert house is not None  # noqa: S101 - the group always gives one
            words = {key: options.pop(key) for key in ("when", "length", "start", "end")}
            return command(*args, period=chosen(house, default, **words), **options)

        return wrapped  # type: ignore[return-value]

    return decorate


def chosen(
    house: House,
    default: str,
    *,
    when: str | None = None,
    length: str | None = None,
    start: str | None = None,
    end: str | None = None,
) -> Period:
    """The period that the words of a call mean.

    Raises:
        UsageProblemError: They contradict each other, or name no period.
    """
    ways = [bool(when), bool(length), bool(start or end)]
    if sum(ways) > 1:
        raise UsageProblemError("give one of --period, --last, or --from/--to")
    today = house.today
    week_starts = house.settings.week_starts
    if start or end:
        hour = house.settings.day_starts_hour
        return periods.between(start, end, today, day_starts_hour=hour)
    if length or (not when and default[0].isdigit()):
        return periods.last(length or default, today)
    return periods.named(when or default, today, week_starts=week_starts)


_PERIOD_HELP = "2026-10-31, 2026-W40, 2026-10, 2026-Q4, 2026, today, this-week, last-month…"
