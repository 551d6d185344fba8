"""Logging in a person's own words: log, meet and done, undo."""

import datetime as dt
import sqlite3
from zoneinfo import ZoneInfo

import click

from disconnect.cli.alone import log_alone
from disconnect.cli.answered import told_sitting
from disconnect.cli.house import House
from disconnect.cli.opportunity import told_of
from disconnect.cli.telling import (
    Told,
    encounter_options,
    overrule,
    showing,
    store,
)
from disconnect.errors import DisconnectError, NothingThereError, UsageProblemError
from disconnect.logbook.alone import alone
from disconnect.logbook.people import near
from disconnect.logbook.phrases import read
from disconnect.logbook.reading import Reading
from disconnect.logbook.settling import LONGEST, settle, spoken
from disconnect.logbook.times import shown
from disconnect.logbook.understood import Understood
from disconnect.logbook.whens import When
from disconnect.store.entries import (
    EntryRow,
    Meeting,
    add_encounter,
    clear_meeting,
    current_meeting,
    overlapping,
    start_meeting,
)
from disconnect.store.entries import (
    undo as undo_last,
)
from disconnect.store.people import names


@click.command(
    epilog="""Examples:

\b
  disconnect log "coffee with Ana and Ben 90m yesterday 16:00 at Blue Bottle #chance"
  disconnect log called Cleo 20m
  disconnect log --with Ana --start 16:00 --end 17:30 --at "the park" --energy 2
  disconnect log nobody since Monday
"""
)
@click.argument("text", nargs=-1)
@encounter_options
@click.pass_obj
def log(house: House, text: tuple[str, ...], told: Told) -> None:
    """Log one encounter from plain words; options say the same exactly, and win.

    Say with whom, how long or from when to when, and if you like where and how. `#chance`
    marks a chance encounter, `#brief` one of a few minutes, `#given` and `#received` support.
    It prints what it understood; `disconnect undo` takes it back. `nobody` says that you had no
    company: on a day, or on all days since.
    """
    words, now = " ".join(text), house.clock()
    without = alone(words)
    if without and told == Told():
        log_alone(house, without[0], since=without[1])
        return
    with store(house) as connection:
        known = names(connection)
        with showing(words):
            reading = read(words, now=now, zone=house.zone, known=known)
            overrule(reading, told, known, now.astimezone(ZoneInfo(house.zone)).date())
            understood = reading.settled(now, house.zone)
        _keep(connection, house, understood, words, known)


def _keep(
    connection: sqlite3.Connection,
    house: House,
    understood: Understood,
    words: str,
    known: list[str],
    *,
    ends_meeting: bool = False,
) -> None:
    """Write it, say what was written, and point at names that look mistyped."""
    now = house.clock()
    added = add_encounter(
        connection, understood.encounter(), words=words, now=now, ends_meeting=ends_meeting
    )
    click.echo(understood.echo(now.astimezone(ZoneInfo(understood.zone)).date()))
    for other in overlapping(connection, added):
        click.echo(
            f"it overlaps entry {other.id} ({told_entry(other)}): the shared time counts once;"
            " disconnect undo takes this one back",
            err=True,
        )
    for name in understood.people:
        if name.casefold() in {other.casefold() for other in known}:
            continue
        alike = near(name, known)
        hint = f"; did you mean {' or '.join(alike)}? disconnect undo" if alike else ""
        click.echo(f"new person {name}{hint}", err=True)


@click.command(
    epilog="""Examples:

\b
  disconnect meet with Ana at Blue Bottle
  disconnect meet
  disconnect done
"""
)
@click.argument("text", nargs=-1)
@click.pass_obj
def meet(house: House, text: tuple[str, ...]) -> None:
    """Start a timer: you are with people now. `disconnect done` ends it.

    The timer survives a restart. `since 16:00` or `20m ago` starts it earlier.
    """
    words, now = " ".join(text), house.clock()
    with store(house) as connection:
        with showing(words):
            words, reading = _with_whom(words, now, house.zone, names(connection))
            start = _began(reading.when, now, ZoneInfo(house.zone))
        running = current_meeting(connection)
        if running:
            since = running.start.astimezone(ZoneInfo(running.zone))
            raise DisconnectError(
                f"a timer runs since {since:%a %H:%M} ({running.words or 'no words'});"
                " disconnect done ends it, done --discard drops it"
            )
        start_meeting(connection, Meeting(start, house.zone, words))
    local = start.astimezone(ZoneInfo(house.zone))
    click.echo(f"timer runs since {local:%H:%M}; disconnect done ends it")


def _with_whom(words: str, now: dt.datetime, zone: str, known: list[str]) -> tuple[str, Reading]:
    """Read the words of a timer; `meet Ben` means `meet with Ben`."""
    reading = read(words, now=now, zone=zone, known=known)
    if words and not reading.people:
        said = f"with {words}"
        with_them = read(said, now=now, zone=zone, known=known)
        if with_them.people:
            return said, with_them
    return words, reading


def _began(when: When, now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """When a timer begins: now, unless the words say since when."""
    if when.length is not None or when.end or when.brief:
        raise UsageProblemError("it has an end already; disconnect log logs it at once")
    if when.start or when.ago is not None:
        when.until_now = True
        return settle(when, now, zone)[0]
    if when.day or when.part:
        raise UsageProblemError("a time of day is missing, such as since 16:00")
    return now


@click.command(
    epilog="""Examples:

\b
  disconnect done
  disconnect done --energy 2 --meaning 6
  disconnect done with Ana and Ben --end 17:30
"""
)
@click.argument("text", nargs=-1)
@click.option("--discard", is_flag=True, help="Stop the timer and log nothing.")
@encounter_options
@click.pass_obj
def done(house: House, text: tuple[str, ...], told: Told, *, discard: bool) -> None:
    """Stop the timer of `meet` and log the time; words and options add to what was said."""
    with store(house) as connection:
        running = current_meeting(connection)
        if running is None:
            raise NothingThereError("no timer is running; disconnect meet starts one")
        if discard:
            clear_meeting(connection)
            click.echo("timer stopped, nothing logged")
            return
        words, known = " ".join(filter(None, (running.words, *text))), names(connection)
        with showing(words):
            more = read(" ".join(text), now=house.clock(), zone=running.zone, known=known)
            if not more.when.empty:
                raise UsageProblemError("say the time with --start, --end or --for")
            understood = _ended(house, running, words, told, known)
        _keep(connection, house, understood, words, known, ends_meeting=True)


def _ended(house: House, running: Meeting, words: str, told: Told, known: list[str]) -> Understood:
    """What the timer's encounter was, by now."""
    now, zone = house.clock(), ZoneInfo(running.zone)
    began = running.start.astimezone(zone)
    reading = read(words, now=now, zone=running.zone, known=known)
    reading.when = When(day=began.date(), start=shown(began))
    overrule(reading, told, known, now.astimezone(zone).date())
    reading.complete()
    if told.of_time:
        return reading.settled(now, running.zone)
    if not running.start < now <= running.start + LONGEST:
        raise DisconnectError(
            f"the timer says {spoken(now - running.start)}, which cannot be; say how long it was:"
            " disconnect done --for 90m"
            if now > running.start
            else "the clock was put back since the timer began; disconnect done --for 90m"
        )
    return reading.between(running.start, now, running.zone)


def told_entry(entry: EntryRow) -> str:
    """An entry in one line, with the words it was logged by."""
    if entry.encounter:
        said = f" · “{entry.words}”" if entry.words else ""
        return Understood.of(entry.encounter).echo() + said
    if entry.checkins:
        return told_sitting(entry.checkins)
    return told_of(entry.opportunity) if entry.opportunity else f"entry {entry.id}"


@click.command(
    epilog="""Examples:

\b
  disconnect undo
  disconnect entries list
"""
)
@click.pass_obj
def undo(house: House) -> None:
    """Take the last entry back, with the people that came in with it."""
    with store(house) as connection:
        gone = undo_last(connection)
    if gone is None:
        raise NothingThereError("nothing to take back: nothing is logged")
    click.echo(f"taken back: {told_entry(gone)}")
