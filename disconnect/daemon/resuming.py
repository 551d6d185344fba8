"""The time between the last look and this start: off, as far as that is known."""

import sqlite3
from datetime import datetime

from collectors.facts.screen import Presence, PresenceState
from disconnect.clock import Clock, instant
from disconnect.daemon import boots, memory
from disconnect.daemon.offtime import Trace, has_rebooted, off
from disconnect.daemon.sessionizer import PRESENCE_SOURCE
from disconnect.store.held import LastLook


def off_before(
    connection: sqlite3.Connection, before: LastLook | None, device: str, clock: Clock
) -> Presence | None:
    """Return a presence row of the time in which the machine was off; None if that is not known.

    Args:
        connection: The home's database.
        before: The newest look of the collector before; None: one that left no word of it.
        device: This machine's name.
        clock: Tells what time it is.
    """
    newest = _newest(connection, device)
    if newest is None:
        return None  # it has never been watched
    end, zone = newest
    last = before or LastLook("", 0, end)
    machine, now = boots.this_machine(clock), clock()
    trace = None
    if machine.booted and has_rebooted(last, machine):
        trace = boots.trace(last.boot, last.until, machine.booted)
        trace = _latest(trace, memory.forgotten_at(connection), last.until, machine.booted)
    span = off(last, machine, now, trace)
    if span is None:
        return None
    start, end = (at.replace(microsecond=at.microsecond // 1000 * 1000) for at in span)
    if start >= end or memory.recorded_after(connection, device, start):
        return None  # the clock was set back since: what is recorded stays
    return Presence(
        start=start,
        end=end,
        device=device,
        source=PRESENCE_SOURCE,
        state=PresenceState.ASLEEP,
        zone=zone,
    )


def _latest(
    trace: Trace | None, forgotten: datetime, after: datetime, before: datetime
) -> Trace | None:
    """A person who had something forgotten was at the machine then: it was on."""
    if not after < forgotten < before:
        return trace
    return trace if trace and trace.at >= forgotten else Trace(forgotten)


def _newest(connection: sqlite3.Connection, device: str) -> tuple[datetime, str] | None:
    """Return until when this machine was watched last, and in which zone."""
    found = connection.execute(
        "SELECT start + length, zone.name FROM presence JOIN source ON source.id = source"
        " JOIN device ON device.id = device JOIN zone ON zone.id = zone"
        " WHERE source.name = ? AND device.name = ? ORDER BY start DESC LIMIT 1",
        (PRESENCE_SOURCE, device),
    ).fetchone()
    return (instant(found[0]), found[1]) if found else None
