"""What `log`, `done` and `entries edit` share: the options that say what words say, and win."""

import contextlib
import datetime as dt
import functools
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from collectors.facts.social import Channel, Initiator, Support
from disconnect.cli.house import House
from disconnect.errors import UsageProblemError
from disconnect.logbook.lengths import length
from disconnect.logbook.people import resolved
from disconnect.logbook.reading import Reading
from disconnect.logbook.times import moment
from disconnect.logbook.whens import When

F = TypeVar("F", bound=Callable[..., Any])
CHANNELS = tuple(channel.value for channel in Channel if channel is not Channel.OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the options of a call say of an encounter; None: nothing."""

    people: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    length: str | None = None
    place: str | None = None
    channel: str | None = None
    chance: bool | None = None
    initiator: Initiator | None = None
    meaning: int | None = None
    disclosure: int | None = None
    energy: int | None = None
    support: Support | None = None
    note: str | None = None

    @property
    def of_time(self) -> bool:
        """Whether an option says when it was."""
        return any((self.start, self.end, self.length))


_OPTIONS = (
    click.option("--with", "people", metavar="NAME", multiple=True, help="Who (repeatable)."),
    click.option("--start", metavar="WHEN", help="16:00, 'yesterday 4pm', 2026-10-24T16:00."),
    click.option("--end", metavar="WHEN", help="When it ended."),
    click.option("--for", "length", metavar="LENGTH", help="How long: 90m, 1h30, 2h."),
    click.option("--at", "place", metavar="PLACE", help="Where."),
    click.option("--channel", type=click.Choice(CHANNELS), help="How you reached each other."),
    click.option("--chance/--planned", default=None, help="Whether you met by chance."),
    click.option("--initiator", type=click.Choice(["me", "them"]), help="Who began it."),
    click.option("--meaning", type=click.IntRange(1, 7), help="How meaningful it was."),
    click.option("--disclosure", type=click.IntRange(1, 7), help="How much of yourself you told."),
    click.option("--energy", type=click.IntRange(-3, 3), help="What it did to your energy."),
    click.option("--support", type=click.Choice(["given", "received"]), help="Real support."),
    click.option("--note", metavar="TEXT", help="Anything else."),
)


def encounter_options(command: F) -> F:
    """Give a command every option of an encounter, passed on as one `told`."""

    @functools.wraps(command)
    def wrapped(*args: Any, **options: Any) -> Any:
        told = Told(**{name: options.pop(name) for name in Told.__slots__})
        return command(*args, told=told, **options)

    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[return-value]


@contextlib.contextmanager
def store(house: House, *, read_only: bool = False) -> Iterator[sqlite3.Connection]:
    """The database of the home, closed afterwards."""
    from disconnect.store.opening import connect

    with contextlib.closing(
        connect(house.home.prepare().database, read_only=read_only)
    ) as connection:
        yield connection


@contextlib.contextmanager
def showing(words: str) -> Iterator[None]:
    """What cannot be understood is shown in the message."""
    try:
        yield
    except UsageProblemError as error:
        raise UsageProblemError(f"cannot log {words!r}: {error}") from error


def overrule(reading: Reading, told: Told, known: list[str], today: dt.date) -> None:
    """Let the options win over what the words said.

    Raises:
        UsageProblemError: An option's words cannot be understood.
    """
    if told.people:
        reading.people = []
    for name in told.people:
        reading.add_person(resolved(name, known))
    if told.place:
        reading.places = [told.place.strip()]
        reading.exact.update(reading.places)
    if told.channel:
        reading.said = Channel(told.channel)
    if told.note:
        reading.note = [told.note]
    for name in ("chance", "initiator", "meaning", "disclosure", "energy", "support"):
        value = getattr(told, name)
        if value is not None:
            setattr(reading, name, value)
    times(reading.when, told, today)


def times(when: When, told: Told, today: dt.date) -> None:
    """Let `--start`, `--end` and `--for` win over what is known of the time.

    Raises:
        UsageProblemError: One of them cannot be understood.
    """
    if told.start:
        day, time = _moment("--start", told.start, today)
        if time is None and when.start is None:
            raise UsageProblemError(f"--start {told.start!r} needs a time of day, such as 16:00")
        when.day, when.start = day or when.day, time or when.start
        when.ago = when.part = None
        when.until_now = False
    if told.end:
        when.end_day, when.end = _moment("--end", told.end, today)
        if when.end is None:
            raise UsageProblemError(f"--end {told.end!r} needs a time of day, such as 17:30")
        when.until_now = False
        if when.start or when.ago is not None:
            when.length = None
    if told.length:
        when.length = length(told.length)
        if not told.end and (when.start or when.ago is not None):
            when.end = when.end_day = None


def _moment(option: str, words: str, today: dt.date) -> tuple[dt.date | None, Any]:
    try:
        return moment(words, today)
    except UsageProblemError as error:
        raise UsageProblemError(f"{option}: {error}") from error


def day_that_came(house: House, words: str | None) -> dt.date:
    """The day that `--on` names, today where it names none.

    Raises:
        UsageProblemError: It is no day, or still to come.
    """
    if not words:
        return house.today
    day, time = moment(words, house.today)
    if day is None or time is not None:
        raise UsageProblemError(f"--on takes a day such as 2026-10-24 or yesterday, not {words!r}")
    if day > house.today:
        raise UsageProblemError(f"--on {day} is still to come; log it when it came")
    return day
