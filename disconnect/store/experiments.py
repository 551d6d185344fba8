"""Experiments on oneself: kept as they were drawn, at most one at a time."""

import datetime as dt
import json
import sqlite3
from dataclasses import dataclass

from disconnect.clock import instant, milliseconds
from disconnect.errors import DisconnectError, NothingThereError
from disconnect.statistics.phases import Cuts, phase
from disconnect.store.texts import clean

ANSWERS = ("energy", "drained")
"""Outcomes that are answers of the daily check-in, in the order of its items (0..10)."""
HOURS = (
    "screen_hours",
    "online_hours",
    "broadcast_hours",
    "message_hours",
    "email_hours",
    "call_hours",
    "in_person_hours",
    "divided_hours",
)
"""Outcomes that are hours of a day, as in `contrast`."""
ONE_DAY = dt.timedelta(days=1)
NONE_YET = (
    "there is no experiment yet; begin one with disconnect experiment new --what"
    ' "no feeds after 20:00" --days 28 --outcome energy'
)
_COLUMNS = "id, drawn, what, rule, outcome, first, days, shortest, cuts, stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What is tried, for how long, and when its phases turn; days are local.

    `rule` tells from the data whether a day kept to it; None: that is not counted. `cuts` are
    the days on which B, A and B begin, counted from 0 on `first`.
    """

    what: str
    rule: str | None
    outcome: str
    first: dt.date
    days: int
    shortest: int
    cuts: Cuts

    @property
    def last(self) -> dt.date:
        """The last day."""
        return self.first + ONE_DAY * (self.days - 1)

    def number(self, day: dt.date) -> int | None:
        """Which day it is, from 0; None outside the experiment."""
        since = (day - self.first).days
        return since if 0 <= since < self.days else None

    def day(self, number: int) -> dt.date:
        """The day of that number, from 0."""
        return self.first + ONE_DAY * number

    def phase(self, number: int) -> str:
        """`A` (as usual) or `B` (what is tried) on the day of that number."""
        return phase(self.cuts, number)


@dataclass(frozen=True, slots=True)
class Experiment:
    """A design as it stands in the store; `stopped` is the day on which it was given up."""

    id: int
    drawn: dt.datetime
    design: Design
    stopped: dt.date | None

    def state(self, today: dt.date) -> str:
        """`to come`, `running`, `over` or `given up`."""
        if self.stopped:
            return "given up"
        if today < self.design.first:
            return "to come"
        return "running" if today <= self.design.last else "over"


def add_experiment(
    connection: sqlite3.Connection, design: Design, *, now: dt.datetime, today: dt.date
) -> Experiment:
    """Keep a design that was drawn just now.

    Raises:
        DisconnectError: It would not begin after today, or another one is not over yet.
    """
    if design.first <= today:
        raise DisconnectError(
            f"an experiment begins tomorrow ({today + ONE_DAY}) or later, not on {design.first}:"
            " its phases have to be drawn before it"
        )
    connection.execute("BEGIN IMMEDIATE")
    try:
        _refuse_second(connection, today)
        (added,) = connection.execute(
            "INSERT INTO experiment (drawn, what, rule, outcome, first, days, shortest, cuts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                milliseconds(now),
                clean(design.what),
                design.rule,
                design.outcome,
                design.first.isoformat(),
                design.days,
                design.shortest,
                json.dumps(design.cuts),
            ),
        ).fetchone()
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return one_experiment(connection, int(added))


def _refuse_second(connection: sqlite3.Connection, today: dt.date) -> None:
    other = unfinished(connection, today)
    if other:
        design = other.design
        raise DisconnectError(
            f"experiment {other.id} ({design.what}) goes on until {design.last} as it was drawn and"
            " cannot be changed half-way; disconnect experiment stop gives it up"
        )


def unfinished(connection: sqlite3.Connection, today: dt.date) -> Experiment | None:
    """The experiment that is to come or runs; None when there is none."""
    newest = experiments(connection)[-1:]
    return newest[0] if newest and newest[0].state(today) in {"to come", "running"} else None


def experiments(connection: sqlite3.Connection) -> list[Experiment]:
    """Every experiment, oldest first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM experiment ORDER BY id")  # noqa: S608 - columns of ours
    return [_read(row) for row in rows]


def one_experiment(connection: sqlite3.Connection, number: int | None = None) -> Experiment:
    """The experiment of that number; None: the newest.

    Raises:
        NothingThereError: There is none yet.
        DisconnectError: There is none of that number.
    """
    known = {one.id: one for one in experiments(connection)}
    if not known:
        raise NothingThereError(NONE_YET)
    if number is not None and number not in known:
        raise DisconnectError(
            f"there is no experiment {number}; disconnect experiment list shows those there are"
        )
    return known[max(known) if number is None else number]


def stop_experiment(connection: sqlite3.Connection, today: dt.date) -> Experiment:
    """Give up the experiment that is to come or runs, for good.

    Raises:
        NothingThereError: There is none.
    """
    running = unfinished(connection, today)
    if running is None:
        raise NothingThereError("no experiment is running or to come, so there is none to stop")
    connection.execute(
        "UPDATE experiment SET stopped = ? WHERE id = ? AND stopped IS NULL",
        (today.isoformat(), running.id),
    )
    return one_experiment(connection, running.id)


def line_of_today(connection: sqlite3.Connection, today: dt.date) -> str | None:
    """What today's phase asks, in one line; None when no experiment runs today.

    `Experiment: day 9 of 28, phase B: no feeds after 20:00`
    """
    running = unfinished(connection, today)
    number = running.design.number(today) if running else None
    return spoken(running.design, number) if running and number is not None else None


def spoken(design: Design, number: int) -> str:
    """A day of an experiment in one line; days are counted from 0 here, from 1 in the line."""
    phase_now = design.phase(number)
    asked = design.what if phase_now == "B" else "as usual"
    return f"Experiment: day {number + 1} of {design.days}, phase {phase_now}: {asked}"


def _read(row: tuple[int, int, str, str | None, str, str, int, int, str, str | None]) -> Experiment:
    number, drawn, what, rule, outcome, first, days, shortest, cuts, stopped = row
    begins, tries, again = json.loads(cuts)
    design = Design(
        what=what,
        rule=rule,
        outcome=outcome,
        first=dt.date.fromisoformat(first),
        days=days,
        shortest=shortest,
        cuts=(begins, tries, again),
    )
    given_up = dt.date.fromisoformat(stopped) if stopped else None
    return Experiment(number, instant(drawn), design, given_up)
