"""What `experiment new` is told: days enough, a first day, and what counts as kept."""

import datetime as dt
import sys

import click

from disconnect.cli.house import House
from disconnect.errors import UsageProblemError
from disconnect.logbook.adherence import Rule, guessed, rule_of
from disconnect.statistics import phases


def refuse_few(days: int, shortest: int) -> None:
    """Refuse a design from which no result could come, and name one from which it could.

    Raises:
        UsageProblemError: It has too few assignments.
    """
    count, least = phases.assignments(days, shortest), phases.least_days(shortest)
    if days < least:
        raise UsageProblemError(
            f"{days} days in phases of {shortest} or more can be drawn in {_ways(count)}; a result"
            f" that can be told from chance takes {phases.LEAST_ASSIGNMENTS}: --days {least}"
            + (f" or --shortest {_shorter(days)}" if _shorter(days) else "")
        )


def _ways(count: int) -> str:
    return "no way" if not count else "one way" if count == 1 else f"{count} ways"


def _shorter(days: int) -> int:
    """The longest shortest phase for which the days do; 0: none."""
    return max((m for m in range(3, 29) if phases.least_days(m) <= days), default=0)


def first_day(house: House, words: str) -> dt.date:
    """The day that `--starts` names.

    Raises:
        UsageProblemError: The words are no date.
    """
    if words == "tomorrow":
        return house.today + dt.timedelta(days=1)
    try:
        return dt.date.fromisoformat(words)
    except ValueError as error:
        raise UsageProblemError(
            f"--starts takes a date such as {house.today + dt.timedelta(days=1)}, not {words!r}"
        ) from error


def rule_for(words: str | None, what: str) -> Rule | None:
    """The rule as given, else as the words mean it, else as the person says when asked."""
    if words is not None:
        return rule_of(words)
    meant = guessed(what)
    if meant is None and sys.stdin.isatty():
        said = click.prompt(
            "What tells that a day kept to it, such as channel=broadcast after 20:00"
            " (empty: it is not counted)",
            default="",
            show_default=False,
            err=True,
        )
        return rule_of(said) if said.strip() else None
    return meant
