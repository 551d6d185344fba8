"""Checking in: how you are, asked only when it is due."""

import contextlib
import datetime as dt
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import click

from collectors.facts.checkin import CheckIn
from disconnect.cli.answered import COLUMNS, record, told
from disconnect.cli.asking import by_keys, by_lines, by_text
from disconnect.cli.house import House
from disconnect.cli.options import format_option
from disconnect.cli.output import records
from disconnect.cli.telling import store
from disconnect.errors import UsageProblemError
from disconnect.logbook.answering import Answers, Sitting, number_of
from disconnect.logbook.due import asked, cannot_take_it, due, high_for_two_weeks, next_day
from disconnect.logbook.instruments import CBI_PERSONAL, DAILY
from disconnect.logbook.scales import Instrument
from disconnect.logbook.settling import moment_of
from disconnect.logbook.times import moment
from disconnect.store.sittings import add_sitting, answers_of, last_days, scores
from reports.sentences.checkin import signpost

LATEST = dt.timedelta(hours=24)
"""How long afterwards an answer can still be given: later, it is a memory of a memory."""
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the options of a call say."""

    energy: str | None = None
    drained: str | None = None
    daily: bool = False
    weekly: bool = False
    monthly: bool = False
    answers: str | None = None
    at: str | None = None
    on: str | None = None

    @property
    def kinds(self) -> set[str]:
        """The kinds that are asked for by name."""
        return {kind for kind in ("daily", "weekly", "monthly") if getattr(self, kind)}

    @property
    def is_told(self) -> bool:
        """Whether the daily answers stand in the call."""
        return self.energy is not None or self.drained is not None


@click.command(
    epilog="""Examples:

\b
  disconnect checkin
  disconnect checkin --energy 7 --drained 3
  disconnect checkin --weekly --answers "often sometimes seldom never often - occasionally 2"
  disconnect checkin --list
"""
)
@click.option("--energy", metavar="0..10", help="Your energy right now.")
@click.option(
    "--drained", metavar="0..10", help="How drained today's online communication left you."
)
@click.option("--daily", is_flag=True, help="Ask the two daily questions, due or not.")
@click.option("--weekly", is_flag=True, help="Ask the weekly ones (burnout, loneliness, support).")
@click.option("--monthly", is_flag=True, help="Ask the monthly ones (work, loneliness).")
@click.option("--answers", metavar="TEXT", help="All answers at once: words or keys, - skips one.")
@click.option("--at", metavar="WHEN", help="When it was, up to 24 h ago: 21:30, 'yesterday 21:30'.")
@click.option("--on", metavar="DAY", help="The day it is about: today or yesterday.")
@click.option("--list", "listed", is_flag=True, help="Say what is due, and ask nothing.")
@format_option
@click.pass_obj
def checkin(house: House, /, *, listed: bool, form: str, **words: Any) -> None:
    """How you are: asks only what is due, and says your scores back.

    Daily two questions (15 seconds), every seven days eight, every four weeks ten. Any question
    can be skipped. Answers can also come on standard input, one a line. A second answer of the
    same day takes the place of the first; `disconnect undo` takes a sitting back.
    """
    wanted = Wanted(**words)
    day, at = _about(wanted, house)
    works = house.settings.checkin.work
    with store(house) as connection:
        last = last_days(connection, day)
        if listed:
            records(list(_listed(last, day, works=works)), _LISTED, form)
            return
        instruments = _chosen(wanted, last, day, works=works)
        answered = list(_from_options(connection, wanted, day))
        if not (instruments or answered):
            click.echo(_nothing_due(wanted, last, day, works=works))
            return
        answered += _from_person(wanted, instruments)
        if not answered:
            click.echo("nothing was answered, and nothing is kept", err=True)
            return
        found = [
            CheckIn(
                at=at or house.clock(),
                day=day,
                instrument=one.name,
                answers=answers,
                score=one.score(answers),
                zone=house.zone,
            )
            for one, answers in answered
        ]
        add_sitting(connection, found, now=house.clock())
        _say_back(connection, found, form)


def _about(wanted: Wanted, house: House) -> tuple[dt.date, dt.datetime | None]:
    """The local day that is meant, and the instant if one was named.

    Raises:
        UsageProblemError: It lies in the future, or more than a day ago.
    """
    now, zone = house.clock(), ZoneInfo(house.zone)
    if wanted.at is not None and wanted.on is not None:
        raise UsageProblemError("give one of --at and --on")
    if wanted.on is not None:
        day, time = moment(wanted.on, house.today)
        if day is None or time is not None:
            raise UsageProblemError(f"--on takes today or yesterday, not {wanted.on!r}")
        _refuse(f"--on {wanted.on}", day > house.today, house.today - day > _ONE_DAY)
        return day, None
    if wanted.at is not None:
        day_of, time = moment(wanted.at, now.astimezone(zone).date())
        if time is None:
            raise UsageProblemError(f"--at takes a time such as 21:30, not {wanted.at!r}")
        at = moment_of(time, day_of, now, zone)
        _refuse(f"--at {wanted.at}", at > now, now - at > LATEST)
        return house.day_of(at), at
    return house.today, None


def _refuse(what: str, is_to_come: bool, is_too_old: bool) -> None:  # noqa: FBT001 - two tests, one place
    if is_to_come:
        raise UsageProblemError(f"{what} is still to come; a check-in tells what has been")
    if is_too_old:
        raise UsageProblemError(
            f"{what} is more than a day ago; a check-in can be given up to 24 hours later, since"
            " memory changes what was felt"
        )


def _chosen(
    wanted: Wanted, last: dict[str, dt.date], day: dt.date, *, works: bool
) -> tuple[Instrument, ...]:
    """What to ask: the kinds that are named, or else what is due; not what the call answers."""
    if not wanted.kinds:
        return () if wanted.is_told else due(last, day, works=works)
    named = (one for one in asked(works=works) if one.every in wanted.kinds)
    return tuple(one for one in named if not (wanted.is_told and one is DAILY))


def _nothing_due(wanted: Wanted, last: dict[str, dt.date], day: dt.date, *, works: bool) -> str:
    if wanted.answers:
        raise UsageProblemError(
            "nothing is due; say what the answers are to: --daily, --weekly or --monthly"
        )
    following = min(next_day(one, last.get(one.name), day) for one in asked(works=works))
    return f"nothing is due; next on {following:%a} {following.day} {following:%b}"


def _from_options(
    connection: sqlite3.Connection, wanted: Wanted, day: dt.date
) -> Iterator[tuple[Instrument, Answers]]:
    """The daily answers of the call; one that it leaves out stays as it was said that day."""
    if not wanted.is_told:
        return
    said = list(answers_of(connection, DAILY.name, day) or (None, None))
    for place, item in enumerate(DAILY.items):
        words = getattr(wanted, item.name)
        if words is None:
            continue
        try:
            said[place] = number_of(item, words)
        except UsageProblemError as error:
            raise UsageProblemError(
                f"--{item.name} takes a whole number from {item.low:g} to {item.high:g},"
                f" not {words!r}"
            ) from error
    if set(said) != {None}:
        yield DAILY, tuple(said)


def _from_person(
    wanted: Wanted, instruments: tuple[Instrument, ...]
) -> list[tuple[Instrument, Answers]]:
    """Ask, or read; what was not finished is said, and not kept."""
    if not instruments:
        if wanted.answers:
            raise UsageProblemError("--answers has nothing to answer; add --weekly or --monthly")
        return []
    sitting = Sitting(instruments)
    if wanted.answers is not None:
        by_text(sitting, wanted.answers)
    elif sys.stdin.isatty():
        by_keys(sitting)
    else:
        by_lines(sitting, sys.stdin.read().splitlines())
    _say_unfinished(sitting)
    return sitting.answered()


def _say_unfinished(sitting: Sitting) -> None:
    left = sitting.unfinished()
    if not left:
        return
    one, number = left
    with contextlib.suppress(OSError):  # nobody is there to read it, and the rest is still to keep
        click.echo(
            f"not kept, for it is not finished: {one.title}, {number} of {len(one.items)} answers",
            err=True,
        )


def _say_back(connection: sqlite3.Connection, found: list[CheckIn], form: str) -> None:
    """Say what was kept, and where somebody to talk to is found if an answer asks for it."""
    known = {one.instrument: scores(connection, one.instrument, one.day) for one in found}
    if form == "table":
        for one in found:
            (*_, earlier) = [None, *known[one.instrument][:-1]]
            click.echo(told(one, earlier))
    else:
        records([record(one) for one in found], COLUMNS, form)
    for one in found:
        if one.instrument == CBI_PERSONAL.name:
            lines = signpost(
                cannot_take_it=cannot_take_it(one.answers),
                high_for_two_weeks=high_for_two_weeks(known[one.instrument]),
            )
            click.echo(
                "\n".join(["", *lines] if lines else []), err=form != "table", nl=bool(lines)
            )


_LISTED = ("instrument", "title", "every", "questions", "last", "next", "due")


def _listed(last: dict[str, dt.date], day: dt.date, *, works: bool) -> Iterator[dict[str, object]]:
    for one in asked(works=works):
        following = next_day(one, last.get(one.name), day)
        yield {
            "instrument": one.name,
            "title": one.title,
            "every": one.every,
            "questions": len(one.items),
            "last": last.get(one.name),
            "next": following,
            "due": following <= day,
        }
