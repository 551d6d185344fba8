"""Off is told apart from unknown: what a machine says of its boots, and what is made of it."""

import contextlib
import platform
import signal
import struct
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.screen import Presence, PresenceState
from disconnect.clock import instant, milliseconds
from disconnect.daemon import boots, resuming
from disconnect.daemon.holding import Holding
from disconnect.daemon.ledger import Ledger
from disconnect.daemon.offtime import Machine, Trace, off
from disconnect.daemon.sessionizer import Changes
from disconnect.store import held
from disconnect.store.forgetting import FORGOTTEN_AT
from disconnect.store.held import LastLook
from disconnect.store.opening import connect
from disconnect.store.taking_in import last_look
from disconnect.store.writing import Writer

FRIDAY = datetime(2026, 10, 2, 16, tzinfo=UTC)
SHUTDOWN = FRIDAY + timedelta(hours=2)
BOOT = datetime(2026, 10, 5, 6, 30, tzinfo=UTC)
LOGIN = BOOT + timedelta(minutes=3)
START = BOOT + timedelta(minutes=4)
HOUR = timedelta(hours=1)


def look(ended="", boot="one"):
    return LastLook("collector", 7, FRIDAY, boot, ended)


def told(before, machine, trace=None):
    return off(before, machine, START, trace)


def test_a_weekend_in_which_the_machine_was_off_is_off():
    assert told(look("session"), Machine("two", BOOT)) == (FRIDAY, BOOT)
    assert told(look(""), Machine("two", BOOT)) == (FRIDAY, BOOT)  # the power failed
    assert told(look("session", boot=""), Machine("", BOOT)) == (FRIDAY, BOOT)  # no ids here


def test_before_the_login_nobody_can_have_used_it():
    assert told(look("session"), Machine("two", BOOT, LOGIN)) == (FRIDAY, LOGIN)
    # A session that began before the boot, or in the future, is a slip of a clock.
    for session in (BOOT - HOUR, START + HOUR, FRIDAY - HOUR):
        assert told(look("session"), Machine("two", BOOT, session)) == (FRIDAY, BOOT)


def test_a_collector_that_was_stopped_leaves_it_unknown_until_the_machine_went_off():
    assert told(look("stop"), Machine("two", BOOT)) is None
    assert told(look("stop"), Machine("two", BOOT), Trace(SHUTDOWN)) is None  # only a sign
    assert told(look("stop"), Machine("two", BOOT), Trace(SHUTDOWN, True)) == (SHUTDOWN, BOOT)


def test_a_collector_that_was_killed_while_the_machine_went_on():
    assert told(look(), Machine("two", BOOT), Trace(SHUTDOWN)) == (SHUTDOWN, BOOT)
    # One whose session ended is told by that: what the machine did alone, nobody used.
    assert told(look("session"), Machine("two", BOOT), Trace(SHUTDOWN)) == (FRIDAY, BOOT)


def test_a_machine_that_went_on_is_off_only_while_there_was_no_session():
    running = Machine("one", FRIDAY - HOUR)
    for ended in ("", "stop", "session"):
        assert told(look(ended), running) is None
        # The same boot, whatever the clock was set to meanwhile.
        assert told(look(ended), Machine("one", BOOT)) is None
    logged_in = Machine("one", FRIDAY - HOUR, LOGIN)
    assert told(look("session"), logged_in) == (FRIDAY, LOGIN)
    assert told(look("stop"), logged_in) is None
    assert told(look(""), logged_in) is None


instants = st.integers(0, 10**6).map(lambda second: FRIDAY + timedelta(seconds=second - 5 * 10**5))
maybe = st.none() | instants


@given(
    st.sampled_from(["", "stop", "session"]),
    st.sampled_from(["", "one"]),
    st.builds(Machine, st.sampled_from(["", "one", "two"]), maybe, maybe),
    instants,
    st.none() | st.builds(Trace, instants, st.booleans()),
)
def test_off_lies_between_the_last_look_and_now(ended, boot, machine, now, trace):
    before = look(ended, boot)
    span = off(before, machine, now, trace)
    if span:
        assert before.until <= span[0] < span[1] <= now
        assert span[1] in (machine.booted, machine.session)
        if ended == "stop":
            assert trace is not None
            assert span[0] >= trace.at


@pytest.fixture
def weekend(tmp_path, monkeypatch):
    """A home that was watched until Friday, on a machine that boots on Monday."""
    monkeypatch.setattr(boots, "WTMP", tmp_path / "wtmp")
    monkeypatch.setattr(boots, "this_machine", lambda _: Machine("two", BOOT))

    def begin(ended="session", boot="one"):
        path = tmp_path / "disconnect.sqlite"
        holding = Holding(path.with_name(held.NAME), boot)
        holding.begin(FRIDAY)
        ledger = Ledger(lambda: connect(path), holding)
        row = Presence(
            start=FRIDAY - HOUR,
            end=FRIDAY,
            device="laptop",
            source="presence/daemon",
            state=PresenceState.IDLE,
            zone="Europe/Berlin",
        )
        ledger.put(Changes(grown=(row,)), FRIDAY)
        ledger.close(ended)
        return path

    return begin


def off_at_start(path, device="laptop"):
    with contextlib.closing(connect(path)) as connection:
        return resuming.off_before(connection, last_look(connection), device, lambda: START)


def test_the_row_says_where_and_how_long(weekend):
    row = off_at_start(weekend())
    assert row == Presence(
        start=FRIDAY,
        end=BOOT,
        device="laptop",
        source="presence/daemon",
        state=PresenceState.ASLEEP,
        zone="Europe/Berlin",
    )


def test_another_machine_that_took_over_the_home_was_not_off(weekend):
    assert off_at_start(weekend(), device="tower") is None


def test_rows_without_a_word_of_how_they_ended_are_enough(weekend):
    path = weekend()
    with contextlib.closing(connect(path)) as connection:
        connection.execute("DELETE FROM fact_of_home")
        row = resuming.off_before(connection, None, "laptop", lambda: START)
    assert row
    assert (row.start, row.end) == (FRIDAY, BOOT)


def test_what_is_recorded_after_the_last_look_stays(weekend):
    path = weekend()
    with contextlib.closing(connect(path)) as connection:
        ahead = Presence(
            start=BOOT - HOUR,
            end=BOOT,
            device="laptop",
            source="presence/daemon",
            state=PresenceState.ACTIVE,
        )
        Writer(connection).write([ahead])
    assert off_at_start(path) is None


def test_whoever_had_something_forgotten_was_there(weekend):
    path = weekend(ended="")
    with contextlib.closing(connect(path)) as connection:
        at = str(milliseconds(SHUTDOWN))
        connection.execute("INSERT INTO fact_of_home VALUES (?, ?)", (FORGOTTEN_AT, at))
    assert off_at_start(path).start == SHUTDOWN


def wtmp(*records):
    """Records as utmp(5) has them: kind, user and time."""
    shape = struct.Struct("<hxxi32s4s32s256shhiii4i20x")
    return b"".join(
        shape.pack(kind, 0, b"~", b"~~", user, b"", 0, 0, 0, int(at.timestamp()), 0, 0, 0, 0, 0)
        for kind, user, at in records
    )


def test_wtmp_tells_when_the_machine_was_shut_down(weekend, tmp_path):
    path = weekend(ended="stop")
    assert off_at_start(path) is None
    told_of = (7, b"ana", FRIDAY + HOUR), (1, b"shutdown", SHUTDOWN), (2, b"reboot", BOOT)
    (tmp_path / "wtmp").write_bytes(wtmp(*told_of) + b"torn")
    assert off_at_start(path).start == SHUTDOWN


def test_this_machine_says_when_it_booted():
    machine = boots.this_machine(lambda: datetime.now(UTC))  # noqa: TID251 - the real one
    with open("/proc/uptime") as file:  # noqa: PTH123
        uptime = float(file.read().split()[0])
    booted = datetime.now(UTC) - timedelta(seconds=uptime)  # noqa: TID251
    assert machine.booted is not None
    assert abs(machine.booted - booted) < timedelta(seconds=2)
    assert len(machine.boot) == 36
    assert boots.trace("00000000-0000-0000-0000-000000000000", FRIDAY, BOOT) is None


@pytest.mark.timeout(120)
def test_the_real_daemon_writes_down_that_the_machine_was_off(machine):
    booted = time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)  # noqa: TID251
    last = instant(int(1000 * booted)) - timedelta(days=3)
    row = {"device": platform.node(), "source": "presence/daemon"}
    with contextlib.closing(connect(machine.home / "disconnect.sqlite")) as connection:
        active = Presence(start=last - HOUR, end=last, state=PresenceState.ACTIVE, **row)
        Writer(connection).write([active])
    machine.watch()
    machine.disconnect("stop")
    was, slept, *_ = machine.rows("presence")
    assert was[1] == slept[0]
    assert slept[1] == pytest.approx(booted, abs=2)
    assert slept[2] == 3
    # Once is enough: the next start finds that it was watched meanwhile.
    machine.watch()
    machine.disconnect("stop")
    assert [row[2] for row in machine.rows("presence")].count(3) == 1


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("signal_name", "ended"), [("SIGTERM", "session"), ("SIGINT", "stop"), ("SIGKILL", "")]
)
def test_how_it_ended_is_told(machine, signal_name, ended):
    watch = machine.watch()
    watch.send_signal(signal.Signals[signal_name])
    watch.wait(10)
    left = held.read(machine.home / held.NAME)
    assert left is not None
    assert left.look.ended == ended
    assert left.look.boot == boots.boot_id()
