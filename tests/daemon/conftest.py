"""A display of its own, and the real daemon on it."""

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from Xlib import X
from Xlib.display import Display

NEEDED = ("Xvfb", "openbox", "xterm", "xdotool")
SETTINGS = "[collect]\nsample_every = 1\nbrowsers = false\n"
ON_A_DISPLAY = ("test_running", "test_clocks", "test_hanging")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if not missing or os.environ.get("CI") == "true":
        return  # under CI a test that cannot run fails
    for item in items:
        if item.path.stem in ON_A_DISPLAY and item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.skip(reason=f"needs {', '.join(missing)}"))


def until(true: Callable[[], Any], seconds: float = 15.0) -> Any:
    """Wait until something is so; returns what it gave."""
    give_up_at = time.monotonic() + seconds
    while time.monotonic() < give_up_at:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not so after {seconds} s")


@dataclass
class Machine:
    """A home, an environment, and the daemons started in it."""

    home: Path
    environment: dict[str, str]
    started: list["subprocess.Popen[str]"] = field(default_factory=list)

    def disconnect(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(*words),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "disconnect", "--home", str(self.home), *words]

    def watch(self, *prefix: str, **environment: str) -> "subprocess.Popen[str]":
        """A daemon in the foreground, ready."""
        process = subprocess.Popen(
            [*prefix, *self.command("start", "--foreground")],
            env=self.environment | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        until(lambda: process.poll() is not None or self.said().get("pid") == process.pid)
        return process

    def said(self) -> dict[str, Any]:
        with contextlib.suppress(OSError, ValueError):
            found: dict[str, Any] = json.loads((self.home / "status.json").read_text())
            return found
        return {}

    def status(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.disconnect("status", "--format", "json").stdout)
        return found

    def rows(self, table: str) -> list[tuple[float, float, Any]]:
        """Start and end [s since 1970], and the app or the state."""
        what = "state" if table == "presence" else "app.name"
        joined = (
            ""
            if table == "presence"
            else " JOIN context ON context.id = context JOIN app ON app.id = context.app"
        )
        with contextlib.closing(sqlite3.connect(self.home / "disconnect.sqlite")) as connection:
            return connection.execute(
                f"SELECT start / 1e3, (start + length) / 1e3, {what} FROM {table}{joined}"
                " ORDER BY start"
            ).fetchall()

    def log(self) -> str:
        return (self.home / "daemon.log").read_text()

    def end(self) -> None:
        self.disconnect("stop")
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.communicate(timeout=10)


def without_desktop(folder: Path) -> dict[str, str]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("XDG_", "DBUS_", "WAYLAND", "DISPLAY", "DISCONNECT", "NOTIFY"))
    }
    (folder / "person" / "run").mkdir(mode=0o700, parents=True)
    return kept | {
        "HOME": str(folder / "person"),
        "XDG_RUNTIME_DIR": str(folder / "person" / "run"),
        "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder}/no-bus",
        "TZ": "Europe/Berlin",
    }


@pytest.fixture
def machine(tmp_path) -> Iterator[Machine]:
    """A machine without a display."""
    made = Machine(tmp_path / "home", without_desktop(tmp_path))
    made.home.mkdir(mode=0o700)
    (made.home / "settings.toml").write_text(SETTINGS)
    yield made
    made.end()


@pytest.fixture(scope="session")
def display(tmp_path_factory) -> Iterator[str]:
    """A display with a window manager and one xterm in front."""
    with x_server() as (name, _):
        environment = without_desktop(tmp_path_factory.mktemp("x")) | {"DISPLAY": name}
        running = [subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)]

        def is_shown() -> bool:
            find = ["xdotool", "search", "--onlyvisible", "--class", "xterm"]
            said = subprocess.run(find, env=environment, capture_output=True, check=False)
            return bool(said.stdout)

        try:
            # A window that is mapped while the window manager starts may never be shown.
            until(lambda: is_managed(name))
            running.append(subprocess.Popen(["xterm", "-T", "a shell"], env=environment))
            until(is_shown)
            yield name
        finally:
            for process in reversed(running):
                process.terminate()
                process.wait(10)


def is_managed(name: str) -> bool:
    """Whether a window manager has taken over the display."""
    connection = Display(name)
    try:
        mark = connection.intern_atom("_NET_SUPPORTING_WM_CHECK")
        return connection.screen().root.get_full_property(mark, X.AnyPropertyType) is not None
    finally:
        connection.close()


@contextlib.contextmanager
def x_server() -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """An X server on a free display, and its process."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "800x600x24", "-noreset"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        name = f":{told.readline().strip()}"
    try:
        yield name, server
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def desk(machine, display) -> Machine:
    """A machine with a display."""
    machine.environment["DISPLAY"] = display
    return machine


@pytest.fixture(name="until")
def _until() -> Callable[..., Any]:
    return until


@pytest.fixture(name="x_server")
def _x_server() -> Any:
    return x_server
