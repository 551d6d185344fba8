import time

import pytest

from collectors.presence.x11 import X11Idle
from collectors.source import Attendance

pytestmark = pytest.mark.desktop


@pytest.fixture
def idle(bare_screen):
    source = X11Idle(bare_screen.display)
    source.open()
    yield source
    source.close()


def test_it_is_an_attendance_source():
    assert isinstance(X11Idle(), Attendance)


def test_idleness_grows_until_something_is_touched(bare_screen, idle):
    bare_screen.run("xdotool", "mousemove", "10", "10")
    time.sleep(0.3)
    before = idle.sample().idle_seconds
    assert before >= 0.25
    bare_screen.run("xdotool", "key", "a")
    assert idle.sample().idle_seconds < before
    assert idle.sample().state is None


def test_a_server_that_goes_away_is_an_error_in_one_line(bare_screen, idle):
    bare_screen.server.kill()
    bare_screen.server.wait()
    with pytest.raises(OSError, match="the X display has gone"):
        idle.sample()
    with pytest.raises(OSError, match="is not open"):
        idle.sample()
    idle.close()


def test_without_a_display_it_says_what_to_do(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    assert "DISPLAY is not set" in (X11Idle().missing() or "")


def test_it_works_on_a_display_that_is_there(bare_screen):
    assert X11Idle(bare_screen.display).missing() is None
