"""The real things: an X server with a window manager, and a system bus with a logind on it."""

import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NEEDED = {
    "x11": ("Xvfb", "openbox", "xterm", "xdotool", "xprop"),
    "logind": ("dbus-daemon",),
}
PYTHON_WITH_DBUSMOCK = "/usr/bin/python3"


def _until(true: Callable[[], Any], seconds: float = 10.0) -> Any:
    """Wait until something is so; returns what it gave."""
    give_up_at = time.monotonic() + seconds
    while time.monotonic() < give_up_at:
        if found := true():
            return found
        time.sleep(0.01)
    raise AssertionError(f"not so after {seconds} s")


def _needs(*programs: str) -> None:
    absent = [name for name in programs if shutil.which(name) is None]
    if absent and os.environ.get("CI") != "true":  # under CI a test that cannot run fails
        pytest.skip(f"needs {', '.join(absent)}")


@pytest.fixture(scope="session")
def until():
    return _until


@dataclass
class Screen:
    """An X server of its own; everything started on it is stopped with it."""

    display: str
    server: "subprocess.Popen[bytes]"
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
        return {**kept, "DISPLAY": self.display}

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            words, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.running.append(process)
        return process

    def run(self, *words: str) -> str:
        done = subprocess.run(
            words, env=self.environment, capture_output=True, text=True, check=True, timeout=20
        )
        return done.stdout.strip()

    def terminal(self, title: str, *words: str) -> str:
        """An xterm that is in front; returns its window's id."""
        self.start("xterm", "-T", title, *words, "-e", "sleep", "600")
        found = _until(lambda: self._search(title))
        self.run("xdotool", "windowactivate", "--sync", found)
        return str(found)

    def _search(self, title: str) -> str:
        done = subprocess.run(
            ("xdotool", "search", "--onlyvisible", "--name", f"^{title}$"),
            env=self.environment, capture_output=True, text=True, check=False, timeout=20,
        )  # fmt: skip
        return done.stdout.split()[0] if done.stdout.split() else ""

    def stop(self) -> None:
        for process in (*reversed(self.running), self.server):
            process.kill()
            process.wait()


def _bare_screen() -> Screen:
    _needs(*NEEDED["x11"])
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24", "-nolisten", "tcp",
         "-noreset"],
        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    number = ""
    # The number and its line break come in two writes; the server dies when the second fails.
    while not number.endswith("\n") and select.select([reading], [], [], 20)[0]:
        number += os.read(reading, 16).decode()
    number = number.strip()
    os.close(reading)
    assert number, "Xvfb did not come up"
    return Screen(f":{number}", server)


@pytest.fixture
def bare_screen() -> Iterator[Screen]:
    """A screen without a window manager."""
    screen = _bare_screen()
    yield screen
    screen.stop()


@pytest.fixture
def screen(bare_screen: Screen) -> Screen:
    """A screen with openbox."""
    bare_screen.start("openbox")
    _until(lambda: "_NET_ACTIVE_WINDOW" in bare_screen.run("xprop", "-root"))
    return bare_screen


@dataclass
class Bus:
    """A bus of its own that serves as system bus, with a logind whose state can be set."""

    address: str
    daemon: "subprocess.Popen[bytes]"
    logind: "subprocess.Popen[bytes] | None" = None

    def call(self, path: str, method: str, *arguments: str) -> str:
        done = subprocess.run(
            ["dbus-send", f"--bus={self.address}", "--print-reply", "--dest=org.freedesktop.login1",
             f"/org/freedesktop/login1{path}", method, *arguments],
            capture_output=True, text=True, check=True, timeout=20,
        )  # fmt: skip
        return done.stdout

    def add_session(self, name: str, seat: str = "seat0", uid: int | None = None) -> None:
        self.call(
            "", "org.freedesktop.DBus.Mock.AddSession", f"string:{name}", f"string:{seat}",
            f"uint32:{os.getuid() if uid is None else uid}", "string:me", "boolean:true",
        )  # fmt: skip

    def lock(self, name: str, *, locked: bool) -> None:
        self.call(
            f"/session/{name}",
            "org.freedesktop.login1.Session.SetLockedHint",
            f"boolean:{str(locked).lower()}",
        )

    def sleep(self, *, begins: bool) -> None:
        self.emit("PrepareForSleep", "b", f"<{str(begins).lower()}>")

    def emit(self, signal: str, signature: str, body: str) -> None:
        """Emit a signal of logind's manager."""
        subprocess.run(
            ["gdbus", "call", "--address", self.address, "--dest", "org.freedesktop.login1",
             "--object-path", "/org/freedesktop/login1",
             "--method", "org.freedesktop.DBus.Mock.EmitSignal",
             "org.freedesktop.login1.Manager", signal, signature, f"[{body}]"],
            capture_output=True, check=True, timeout=20,
        )  # fmt: skip

    def stop(self) -> None:
        for process in (self.logind, self.daemon):
            if process is not None:
                process.kill()
                process.wait()


@pytest.fixture
def empty_bus(tmp_path, monkeypatch) -> Iterator[Bus]:
    """A system bus without a logind."""
    _needs(*NEEDED["logind"], "dbus-send", "gdbus")
    address = f"unix:path={tmp_path / 'bus'}"
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", f"--address={address}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
    _until(Path(tmp_path / "bus").exists)
    bus = Bus(address, daemon)
    yield bus
    bus.stop()


@pytest.fixture
def bus(empty_bus: Bus) -> Bus:
    """A system bus with a logind and one session, c1, of the person who runs this."""
    empty_bus.logind = subprocess.Popen(
        [PYTHON_WITH_DBUSMOCK, "-m", "dbusmock", "--system", "--template", "logind"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip

    def answers() -> bool:
        try:
            empty_bus.call("", "org.freedesktop.login1.Manager.ListSessions")
        except subprocess.CalledProcessError:
            return False
        return True

    _until(answers)
    empty_bus.add_session("c1")
    return empty_bus
