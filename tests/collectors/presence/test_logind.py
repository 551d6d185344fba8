import os
import select

import pytest

from collectors.facts.screen import PresenceState
from collectors.presence.logind import Logind
from collectors.source import Attendance, Attended

LOCKED = Attended(state=PresenceState.LOCKED)
ASLEEP = Attended(state=PresenceState.ASLEEP)
UNKNOWN = Attended()


@pytest.fixture
def logind(bus, monkeypatch):
    monkeypatch.delenv("XDG_SESSION_ID", raising=False)
    source = Logind()
    source.open()
    yield source
    source.close()


def woken(source) -> bool:
    return bool(select.select([source.fileno()], [], [], 5)[0])


def test_it_is_an_attendance_source():
    assert isinstance(Logind(), Attendance)


def test_a_lock_is_told_as_it_happens(bus, logind):
    assert logind.sample() == UNKNOWN
    bus.lock("c1", locked=True)
    assert woken(logind)
    assert logind.sample() == LOCKED
    bus.lock("c1", locked=False)
    assert woken(logind)
    assert logind.sample() == UNKNOWN


def test_sleep_comes_before_a_lock(bus, logind):
    bus.lock("c1", locked=True)
    bus.sleep(begins=True)
    assert woken(logind)
    assert logind.sample() == ASLEEP
    bus.sleep(begins=False)
    assert woken(logind)
    assert logind.sample() == LOCKED


def test_a_session_that_is_locked_already_is_known_at_opening(bus):
    bus.lock("c1", locked=True)
    source = Logind()
    source.open()
    assert source.sample() == LOCKED
    source.close()


def test_the_lock_of_another_person_is_not_ours(bus, logind):
    bus.add_session("c2", uid=os.getuid() + 1)
    bus.lock("c2", locked=True)
    assert logind.sample() == UNKNOWN


def test_without_a_logind_it_says_so(empty_bus):
    with pytest.raises(OSError, match="logind does not answer"):
        Logind().open()


def test_without_a_bus_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    with pytest.raises(OSError, match="logind does not answer"):
        Logind().open()


def test_a_bus_that_goes_away_is_an_error_in_one_line(bus, logind):
    bus.daemon.kill()
    bus.daemon.wait()
    with pytest.raises(OSError, match="the system bus has gone"):
        logind.sample()
    with pytest.raises(OSError, match="is not open"):
        logind.sample()
    assert logind.fileno() is None
    logind.close()


def test_it_works_where_logind_answers(bus):
    assert Logind().missing() is None


def session_signal(name):
    return "so", f"<'{name}'>, <objectpath '/org/freedesktop/login1/session/{name}'>"


def test_without_a_session_nobody_is_there_until_one_begins(bus, logind):
    assert not logind.ending
    bus.emit("SessionRemoved", *session_signal("another"))
    assert woken(logind)
    assert logind.sample() == UNKNOWN
    bus.emit("SessionRemoved", *session_signal("c1"))
    assert woken(logind)
    assert logind.sample() == ASLEEP
    assert logind.ending
    bus.add_session("c2")
    bus.lock("c2", locked=True)
    bus.emit("SessionNew", *session_signal("c2"))
    assert woken(logind)
    assert logind.sample() != ASLEEP
    assert not logind.ending


def test_another_session_at_a_seat_takes_the_place_of_one_that_ended(bus, logind):
    bus.add_session("c2")
    bus.lock("c2", locked=True)
    bus.emit("SessionRemoved", *session_signal("c1"))
    assert woken(logind)
    assert logind.sample() == LOCKED
    assert not logind.ending


def test_a_shutdown_is_told_before_it_comes(bus, logind):
    bus.emit("PrepareForShutdown", "b", "<true>")
    assert woken(logind)
    logind.sample()
    assert logind.ending
    bus.emit("PrepareForShutdown", "b", "<false>")
    assert woken(logind)
    logind.sample()
    assert not logind.ending


def test_when_the_session_began_is_told(bus, logind):
    assert logind.began().year == 1970  # 42 µs after 1970, says the one of the tests
