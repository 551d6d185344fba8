"""What the daemon costs when nothing changes, and when somebody changes windows all the time.

    python benchmarks/daemon.py [--seconds 60] [--busy-seconds 300] [--with-activitywatch VENV]

It needs a display without a window manager (`xvfb-run python benchmarks/daemon.py`). Quiet: no
input, one window in front; the jobs of the start are over. Busy: two windows with titles of their
own take turns every two seconds. Switches are those of all threads, voluntary and not. What is
written is counted twice (/proc/PID/io): `wchar`, the bytes handed to write calls, and `write_bytes`,
the pages made dirty, which is what a disk sees at most.

VENV is a virtual environment into which ActivityWatch's server was
installed: pip install aw-core aw-client aw-server "peewee<4" "flask<2.3". Without it the figures
published for it stand beside ours. ActivityWatch's watchers are not on PyPI: two programs stand in
for them that send, through its own client, what they send (a window each second, idleness each
five), but do not look at the desktop. So the real watchers cost more than is counted here.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from Xlib import X, Xatom
from Xlib.display import Display

CHANGES_EVERY = 2.0
SETTINGS = "[collect]\nbrowsers = false\n"


@dataclass(frozen=True)
class Cost:
    resident_mb: float
    cpu_percent: float
    switches_a_minute: float | None = None
    handed_mb_an_hour: float | None = None
    dirtied_mb_an_hour: float | None = None


PUBLISHED = Cost(resident_mb=123, cpu_percent=0.4)
WATCHERS = (
    ("aw-watcher-window", "currentwindow", '{"app": "xterm", "title": "make"}', "1"),
    ("aw-watcher-afk", "afkstatus", '{"status": "afk"}', "5"),
)
WATCHER = """
import datetime, json, sys, time
from aw_client import ActivityWatchClient
from aw_core.models import Event
name, kind, data, every = sys.argv[1:]
client = ActivityWatchClient(name, testing=True)
client.create_bucket(name, kind, queued=True)
with client:
    while True:
        now = datetime.datetime.now(datetime.timezone.utc)
        event = Event(timestamp=now, data=json.loads(data))
        client.heartbeat(name, event, pulsetime=2 + float(every), queued=True)
        time.sleep(float(every))
"""


def switches(pid: int) -> int:
    """Context switches of all threads so far, voluntary and not."""
    tasks = Path(f"/proc/{pid}/task").glob("*/status")
    texts = [task.read_text() for task in tasks]
    return sum(int(n) for text in texts for n in re.findall(r"ctxt_switches:\s+(\d+)", text))


def written(pid: int) -> tuple[int, int]:
    """Bytes handed to write calls, and bytes of pages made dirty, so far."""
    told = dict(re.findall(r"(\w+): (\d+)", Path(f"/proc/{pid}/io").read_text()))
    return int(told["wchar"]), int(told["write_bytes"])


def nanoseconds(pid: int) -> int:
    """Processor time of all threads; finer than the ticks of `stat`."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks)


def measured(pid: int, seconds: float) -> Cost:
    """Measure a running process over so many seconds."""
    switched, spent, before = switches(pid), nanoseconds(pid), written(pid)
    time.sleep(seconds)
    used = (nanoseconds(pid) - spent) / 1e9
    (resident,) = re.findall(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    woken = (switches(pid) - switched) * 60 / seconds
    handed, dirtied = (
        (after - was) / 1e6 * 3600 / seconds
        for was, after in zip(before, written(pid), strict=True)
    )
    return Cost(int(resident) / 1024, 100 * used / seconds, woken, handed, dirtied)


def ours(seconds: float, busy_seconds: float) -> tuple[Cost, Cost]:
    """The quiet daemon, and the same with a change of window every two seconds."""
    with tempfile.TemporaryDirectory() as folder, Desk() as desk:
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        (home / "settings.toml").write_text(SETTINGS)
        program = [sys.executable, "-m", "disconnect", "--home", str(home)]
        subprocess.run([*program, "start"], check=True)
        try:
            pid = int((home / "daemon.lock").read_text())
            time.sleep(30)  # the first jobs, made up after the start, are not the quiet daemon
            quiet = measured(pid, seconds)
            with desk.changing():
                time.sleep(2)
                return quiet, measured(pid, busy_seconds)
        finally:
            subprocess.run([*program, "stop"], check=True)


class Desk:
    """Two windows on the display, of which the root says which one is in front."""

    def __enter__(self) -> Self:
        self._display = Display()
        self._root = self._display.screen().root
        self._active = self._display.intern_atom("_NET_ACTIVE_WINDOW")
        self._windows = [self._window(name) for name in ("one", "two")]
        self._show(0)
        self._stop = threading.Event()
        return self

    def __exit__(self, *_: object) -> None:
        self._display.close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Change the window in front every two seconds."""

        def change() -> None:
            number = 0
            while not self._stop.wait(CHANGES_EVERY):
                number += 1
                self._windows[number % 2].set_wm_name(f"page {number} of {number % 50}")
                self._show(number % 2)

        thread = threading.Thread(target=change)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def _window(self, name: str) -> Any:
        window = self._root.create_window(0, 0, 99, 99, 0, X.CopyFromParent)
        window.set_wm_class(name, name)
        window.set_wm_name(name)
        window.map()
        return window

    def _show(self, number: int) -> None:
        self._root.change_property(self._active, Xatom.WINDOW, 32, [self._windows[number].id])
        self._display.sync()


def activitywatch(venv: Path, seconds: float) -> Cost:
    """Server and both stand-ins for its watchers, added up."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"HOME": folder}
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            environment[name] = folder
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        running = [
            subprocess.Popen([venv / "bin" / "aw-server", "--testing"], env=environment, **quiet)
        ]
        try:
            time.sleep(10)
            for name, kind, data, every in WATCHERS:
                words = [venv / "bin" / "python", "-c", WATCHER, name, kind, data, every]
                running.append(subprocess.Popen(words, env=environment, **quiet))
            time.sleep(10)
            with ThreadPoolExecutor() as pool:
                costs = list(pool.map(lambda one: measured(one.pid, seconds), running))
            if any(one.poll() is not None for one in running):
                sys.exit("a part of ActivityWatch did not run to the end")
        finally:
            for one in reversed(running):
                one.send_signal(signal.SIGINT)
                try:
                    one.wait(20)
                except subprocess.TimeoutExpired:  # a client waits for a server that has gone
                    one.kill()
                    one.wait()
    return Cost(
        sum(cost.resident_mb for cost in costs),
        sum(cost.cpu_percent for cost in costs),
        sum(cost.switches_a_minute or 0 for cost in costs),
    )


def line(name: str, cost: Cost) -> str:
    more = (cost.switches_a_minute, cost.handed_mb_an_hour, cost.dirtied_mb_an_hour)
    shown = " ".join(" " * 9 if one is None else f"{one:9.2f}" for one in more)
    return f"{name:32} {cost.resident_mb:8.1f} {cost.cpu_percent:8.3f} {shown}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--busy-seconds", type=float, default=300)
    parser.add_argument("--with-activitywatch", type=Path, metavar="VENV")
    options = parser.parse_args()
    mine, busy = ours(options.seconds, options.busy_seconds)
    heads = ("RSS [MB]", "CPU [%]", "sw./min", "wchar/h", "dirty/h")
    print(f"{'':32} {heads[0]:>8} {heads[1]:>8} {heads[2]:>9} {heads[3]:>9} {heads[4]:>9}  [MB/h]")
    print(line("disconnect, quiet", mine))
    print(line(f"… a change every {CHANGES_EVERY:g} s", busy), flush=True)
    if options.with_activitywatch:
        name, other = (
            "aw-server, two clients",
            activitywatch(options.with_activitywatch, options.seconds),
        )
    else:
        name, other = "ActivityWatch (published)", PUBLISHED
    print(line(name, other))
    print(
        f"ratio, quiet: {other.resident_mb / mine.resident_mb:.1f} times the memory,"
        f" {other.cpu_percent / max(mine.cpu_percent, 1e-4):.1f} times the processor"
    )


if __name__ == "__main__":
    main()
