import os
import select

import pytest
from Xlib import X, Xatom
from Xlib.display import Display

from collectors.desktop import x11
from collectors.desktop.x11 import X11
from collectors.source import Desktop, Window

pytestmark = pytest.mark.desktop


@pytest.fixture
def front(screen):
    source = X11(screen.display)
    source.open()
    yield source
    source.close()


@pytest.fixture
def bare_front(bare_screen):
    source = X11(bare_screen.display)
    source.open()
    yield source
    source.close()


@pytest.fixture
def client(bare_screen):
    connection = Display(bare_screen.display)
    yield connection
    connection.close()


def shown(client, title=None, kind=None, wm_class=("it", "Tester")):
    """A window of ours, focused, whose title is of this type."""
    root = client.screen().root
    window = root.create_window(0, 0, 99, 99, 0, X.CopyFromParent)
    if wm_class:
        window.set_wm_class(*wm_class)
    if title is not None:
        window.change_property(Xatom.WM_NAME, kind or Xatom.STRING, 8, title)
    window.map()
    window.set_input_focus(X.RevertToPointerRoot, X.CurrentTime)
    client.sync()
    return window


def test_it_is_a_desktop_source():
    assert isinstance(X11(), Desktop)


def test_the_window_in_front_is_told_with_its_class_in_lower_case(screen, front, until):
    screen.terminal("Inbox - me@example.org")
    until(lambda: front.sample() == Window("xterm", "Inbox - me@example.org"))


def test_a_new_title_and_another_window_wake_whoever_waits(screen, front, until):
    first = screen.terminal("one")
    screen.terminal("two")
    until(lambda: front.sample() == Window("xterm", "two"))
    screen.run("xdotool", "windowactivate", "--sync", first)
    assert select.select([front.fileno()], [], [], 5)[0]
    until(lambda: front.sample() == Window("xterm", "one"))
    screen.run("xdotool", "set_window", "--name", "three", first)
    assert select.select([front.fileno()], [], [], 5)[0]
    until(lambda: front.sample() == Window("xterm", "three"))


def test_a_quiet_desktop_wakes_nobody(screen, front, until):
    screen.terminal("quiet")
    until(lambda: front.sample() == Window("xterm", "quiet"))
    front.sample()
    assert select.select([front.fileno()], [], [], 0.3)[0] == []


def test_an_empty_workspace_has_nothing_in_front(screen, front, until):
    window = screen.terminal("soon gone")
    until(lambda: front.sample() == Window("xterm", "soon gone"))
    screen.run("xdotool", "windowkill", window)
    until(lambda: front.sample() is None)


def test_a_desktop_where_nothing_was_opened_yet_has_nothing_in_front(screen, front):
    assert front.sample() is None


def test_a_switch_never_shows_an_empty_desktop(screen, front, until):
    one, two = screen.terminal("one"), screen.terminal("two")
    until(lambda: front.sample() == Window("xterm", "two"))
    for target in (one, two) * 10:
        screen.start("xdotool", "windowactivate", target)
        for _ in range(20):
            select.select([front.fileno()], [], [], 0.005)
            assert front.sample() is not None


def test_windows_that_die_at_once_are_survived(screen, front, until):
    for number in range(8):
        short = screen.start("xterm", "-T", f"short {number}", "-e", "true")
        while short.poll() is None:
            front.sample()
    until(lambda: front.sample() is None)


@pytest.mark.parametrize("title", ["Ana - Chromium (Incognito)", "notes (private)"])
def test_every_title_is_told_as_it_is(title, client, bare_front):
    shown(client, title.encode(), wm_class=("browser", "Chromium"))
    assert bare_front.sample() == Window("chromium", title)


def test_without_a_window_manager_the_focused_window_is_told(client, bare_front):
    shown(client, b"caf\xe9", wm_class=("work/profile", "Chromium"))
    assert bare_front.sample() == Window("chromium", "café")


def test_a_focused_child_is_named_after_its_window(client, bare_front):
    window = shown(client, b"the window")
    child = window.create_window(0, 0, 9, 9, 0, X.CopyFromParent)
    child.map()
    child.set_input_focus(X.RevertToParent, X.CurrentTime)
    client.sync()
    assert bare_front.sample() == Window("tester", "the window")


def test_titles_of_either_type_are_read(client, bare_front):
    utf8 = client.intern_atom("UTF8_STRING")
    window = shown(client, "Grüße".encode("latin-1"))
    assert bare_front.sample() == Window("tester", "Grüße")
    window.change_property(client.intern_atom("_NET_WM_NAME"), utf8, 8, "Σιγά".encode())
    client.sync()
    assert bare_front.sample() == Window("tester", "Σιγά")


def told_at_last(source, truth):
    """Wait as the daemon does, on the socket or because the source asks for it."""
    while source.sample() != truth:
        woken = select.select([source.fileno()], [], [], 0.1 if source.unsettled else 10)[0]
        assert woken or source.unsettled, f"nothing wakes whoever waits for {truth}"


def test_no_close_of_the_front_window_is_missed(screen, front):
    screen.terminal("below")
    for number in range(12):
        screen.start("xterm", "-T", f"above {number}", "-e", "sleep", "600")
        told_at_last(front, Window("xterm", f"above {number}"))
        last = screen.running.pop()
        last.kill()
        last.wait()
        told_at_last(front, Window("xterm", "below"))


def test_no_switch_in_a_burst_is_missed(screen, front):
    windows = {title: screen.terminal(title) for title in ("one", "two", "three")}
    for number in range(20):
        for title in ("one", "two", "three") if number % 2 else ("three", "two", "one"):
            screen.run("xdotool", "windowactivate", windows[title])
            front.sample()  # in the midst of it
        told_at_last(front, Window("xterm", title))


def test_events_that_come_during_a_look_are_looked_at(client, bare_front, monkeypatch):
    root = client.screen().root
    window = shown(client, b"first")
    active = client.intern_atom("_NET_ACTIVE_WINDOW")
    root.change_property(active, Xatom.WINDOW, 32, [window.id])
    client.sync()
    read_title = bare_front._title
    late = [b"second", b"third"]

    def title_that_changes_once_read(of):
        read = read_title(of)
        if late:
            window.change_property(Xatom.WM_NAME, Xatom.STRING, 8, late.pop(0))
            client.sync()
        return read

    monkeypatch.setattr(bare_front, "_title", title_that_changes_once_read)
    assert bare_front.sample() == Window("tester", "third")
    late += [b"4", b"5", b"6"]
    window.change_property(Xatom.WM_NAME, Xatom.STRING, 8, b"3")
    client.sync()
    bare_front.sample()
    assert bare_front.unsettled  # no look without events among three: it must be asked again
    told_at_last(bare_front, Window("tester", "6"))
    assert not bare_front.unsettled


def test_a_destroyed_window_is_nothing_though_its_program_lives(client, bare_front):
    root = client.screen().root
    window = shown(client, b"short-lived", wm_class=None)
    root.change_property(client.intern_atom("_NET_ACTIVE_WINDOW"), Xatom.WINDOW, 32, [window.id])
    client.sync()
    bare_front._nameless[window.id] = 0.0  # it had time enough to name itself
    window.destroy()
    client.sync()
    assert bare_front.sample() is None
    assert bare_front.unsettled


def test_a_class_that_comes_late_is_waited_for(client, bare_front):
    window = shown(client, b"slow to start", wm_class=None)
    for _ in range(5):
        assert bare_front.sample() is None
        assert bare_front.unsettled
    window.set_wm_class("it", "Slow")
    client.sync()
    told_at_last(bare_front, Window("slow", "slow to start"))
    assert not bare_front.unsettled


def test_a_window_that_never_has_a_class_is_named_after_its_program(
    client, bare_front, monkeypatch
):
    monkeypatch.setattr(x11, "CLASS_PATIENCE", 0.2)
    monkeypatch.setattr(x11, "program_of", lambda pid: "tool" if pid == os.getpid() else None)
    shown(client, b"nameless", wm_class=None)  # and without _NET_WM_PID: the server knows the pid
    told_at_last(bare_front, Window("tool", "nameless"))


def test_an_interpreter_is_the_last_name_to_take(client, bare_front, monkeypatch):
    monkeypatch.setattr(x11, "CLASS_PATIENCE", 0.0)
    monkeypatch.setattr(x11, "program_of", lambda _: "python")
    shown(client, b"nameless", wm_class=None)
    assert bare_front.sample() is None
    monkeypatch.setattr(x11, "SCRIPT_PATIENCE", 0.0)
    assert bare_front.sample() == Window("python", "nameless")
    assert not bare_front.unsettled


# python-xlib leaves the sockets of a failed connection to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_server_that_goes_away_is_an_error_in_one_line(screen, front, until):
    screen.terminal("last words")
    until(lambda: front.sample() == Window("xterm", "last words"))
    screen.server.kill()
    screen.server.wait()
    with pytest.raises(OSError, match="the X display has gone"):
        front.sample()
    with pytest.raises(OSError, match="is not open"):
        front.sample()
    assert front.fileno() is None
    front.close()
    with pytest.raises(OSError, match="cannot reach the X display"):
        front.open()


def test_without_a_display_it_says_what_to_do(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
    assert X11().missing() == (
        "DISPLAY is not set: start disconnect from within the graphical session"
    )
    with pytest.raises(OSError, match="DISPLAY is not set"):
        X11().open()


def test_in_a_wayland_session_it_does_not_pretend(monkeypatch, bare_screen):
    monkeypatch.setenv("DISPLAY", bare_screen.display)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert "Wayland" in (X11().missing() or "")


def test_it_works_on_the_display_of_the_environment(monkeypatch, bare_screen):
    for name in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", bare_screen.display)
    assert X11().missing() is None


def test_it_opens_again_after_closing_twice(bare_screen):
    source = X11(bare_screen.display)
    source.open()
    source.close()
    source.close()
    source.open()
    assert source.sample() is None
    source.close()
