"""How late the daemon sees what changes on the desktop, closes and quick switches above all.

    xvfb-run -a python benchmarks/lateness.py [--closes 25] [--switches 60]

It needs openbox, xterm and xdotool. After each close of the front window, and after each burst of
three switches, the time is noted; the daemon's rows say afterwards from when on it was right.
"""

import argparse
import contextlib
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from disconnect import clock
from disconnect.store.opening import connect

SETTLES = 0.7
"""Seconds after a change before the next: within them it must have been seen."""
Change = tuple[dt.datetime, str]


def seen_late(home: Path, changes: list[Change]) -> list[float]:
    """Seconds from each change until the row that tells it begins; infinite where none does."""
    with contextlib.closing(connect(home / "disconnect.sqlite", read_only=True)) as connection:
        rows = connection.execute(
            "SELECT start, app.name FROM activity JOIN context ON context.id = context"
            " JOIN app ON app.id = context.app ORDER BY start"
        ).fetchall()
    found = []
    for at, program in changes:
        begins, ends = clock.milliseconds(at) - 200, clock.milliseconds(at) + 1000 * SETTLES
        starts = [start for start, name in rows if name == program and begins <= start <= ends]
        found.append(max(0.0, (starts[-1] - begins - 200) / 1000) if starts else float("inf"))
    return found


@contextmanager
def terminal(title: str) -> Iterator[str]:
    """A window in front, of a program of that name; its id."""
    words = ["xterm", "-T", title, "-class", title, "-e", "sleep", "600"]
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    try:
        yield subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--name", f"^{title}$"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()[0]
    finally:
        process.kill()
        process.wait()


def closes(number: int) -> list[Change]:
    found = []
    with terminal("below"):
        for turn in range(number):
            with terminal(f"above{turn}"):
                time.sleep(SETTLES)
            found.append((clock.system(), "below"))
            time.sleep(SETTLES)
    return found


def switches(number: int) -> list[Change]:
    found = []
    with terminal("one") as one, terminal("two") as two, terminal("three") as three:
        windows = {"one": one, "two": two, "three": three}
        for turn in range(number):
            titles = ("one", "two", "three") if turn % 2 else ("three", "one", "two")
            for title in titles:
                subprocess.run(["xdotool", "windowactivate", windows[title]], check=True)
            found.append((clock.system(), titles[-1]))
            time.sleep(SETTLES)
    return found


def told(name: str, found: list[float]) -> None:
    ordered = sorted(found)
    median = ordered[len(ordered) // 2]
    slow = sum(one > 0.3 for one in found)
    print(f"{name:24} median {median:.3f} s, slowest {ordered[-1]:.3f} s, over 0.3 s: {slow}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--closes", type=int, default=25)
    parser.add_argument("--switches", type=int, default=60)
    options = parser.parse_args()
    manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        (home / "settings.toml").write_text("[collect]\nbrowsers = false\n")
        program = [sys.executable, "-m", "disconnect", "--home", str(home)]
        os.environ.pop("WAYLAND_DISPLAY", None)
        time.sleep(1)
        subprocess.run([*program, "start"], check=True)
        try:
            closed, switched = closes(options.closes), switches(options.switches)
            time.sleep(6)
        finally:
            subprocess.run([*program, "stop"], check=True)
            manager.terminate()
            manager.wait()
        told(f"{options.closes} closes", seen_late(home, closed))
        told(f"{options.switches} bursts of three", seen_late(home, switched))


if __name__ == "__main__":
    main()
