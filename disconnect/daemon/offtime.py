"""Time in which the machine was off, from what is known before and after: pure, no input or output.

    last look      end of that boot          boot        session     first look
       |--- unknown? ---|==== off ==============|== off =====|-- unknown --|

Off is what nobody can have used: a machine without power, or without a session. Time in which the
machine may have gone on while no collector ran stays unknown.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from disconnect.store.held import LastLook

SURELY_LATER = timedelta(seconds=2)
"""By how much a boot must come after the last look where boots have no ids: clocks are set a bit."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine at the start of a collector."""

    boot: str
    """The boot's id; empty where it has none."""
    booted: datetime | None
    """The boot, by the wall clock of now and the clock that counts since the boot (aware, UTC)."""
    session: datetime | None = None
    """The beginning of the person's session, if logind tells (aware, UTC)."""


@dataclass(frozen=True, slots=True)
class Trace:
    """The latest sign, up to the boot, that the machine was on.

    `is_end`: it is the end of that boot as the machine itself noted it, not only a sign before it.
    """

    at: datetime
    is_end: bool = False


def has_rebooted(before: LastLook, machine: Machine) -> bool:
    """True if the machine was booted anew since the last look."""
    if machine.booted is None or machine.booted <= before.until:
        return False
    if before.boot and machine.boot:
        return before.boot != machine.boot
    return machine.booted > before.until + SURELY_LATER


def off(
    before: LastLook, machine: Machine, now: datetime, trace: Trace | None
) -> tuple[datetime, datetime] | None:
    """Return from when until when nobody can have used the machine; None if that is not known.

    - The collector ended with its session or the machine (`session`): off from the last look on.
    - It was stopped by the person (`stop`): off only from the end of that boot, where the machine
      noted it.
    - It was killed, or the power failed: off from the latest sign that the machine was on.

    Off ends with the person's next session where logind tells, else with the boot.

    Args:
        before: The newest look of the collector before this one.
        machine: What the machine says now.
        now: When that is.
        trace: The latest sign that the machine was on after the last look, before this boot.
    """
    session = machine.session
    if session is not None and not before.until < session <= now:
        session = None
    if not has_rebooted(before, machine) or machine.booted is None:
        return (before.until, session) if session and before.ended == "session" else None
    end = session if session and session >= machine.booted else machine.booted
    since = before.until
    if before.ended != "session" and trace is not None:
        since = max(since, trace.at)
    if before.ended == "stop" and not (trace and trace.is_end and trace.at >= before.until):
        return None
    return (since, end) if since < end <= now else None
