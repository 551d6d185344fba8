"""What the daemon costs when nothing changes: memory, processor time, wake-ups.

    python benchmarks/daemon.py [--seconds 60] [--with-activitywatch VENV]

It needs a display (DISPLAY). VENV is a virtual environment into which ActivityWatch's server was
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
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")
SETTINGS = "[collect]\nbrowsers = false\n"


@dataclass(frozen=True)
class Cost:
    resident_mb: float
    cpu_percent: float
    wakeups_a_minute: float | None = None


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


def counters(pid: int) -> tuple[float, int]:
    """Processor seconds and voluntary context switches of all threads so far."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    tasks = Path(f"/proc/{pid}/task").glob("*/status")
    switches = (re.search(r"\nvoluntary_ctxt_switches:\s+(\d+)", t.read_text()) for t in tasks)
    return (int(words[11]) + int(words[12])) / TICKS, sum(int(s[1]) for s in switches if s)


def nanoseconds(pid: int) -> int:
    """Processor time of all threads; finer than the ticks of `stat`."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks)


def measured(pid: int, seconds: float) -> Cost:
    """What a running process costs over so many seconds."""
    _, switches = counters(pid)
    spent = nanoseconds(pid)
    time.sleep(seconds)
    used = (nanoseconds(pid) - spent) / 1e9
    (resident,) = re.findall(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    woken = (counters(pid)[1] - switches) * 60 / seconds
    return Cost(int(resident) / 1024, 100 * used / seconds, woken)


def ours(seconds: float) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        (home / "settings.toml").write_text(SETTINGS)
        program = [sys.executable, "-m", "disconnect", "--home", str(home)]
        subprocess.run([*program, "start"], check=True)
        try:
            pid = int((home / "daemon.lock").read_text())
            time.sleep(30)  # the first jobs, made up after the start, are not the quiet daemon
            return measured(pid, seconds)
        finally:
            subprocess.run([*program, "stop"], check=True)


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
                one.wait(20)
    return Cost(
        sum(cost.resident_mb for cost in costs),
        sum(cost.cpu_percent for cost in costs),
        sum(cost.wakeups_a_minute or 0 for cost in costs),
    )


def line(name: str, cost: Cost) -> str:
    woken = "" if cost.wakeups_a_minute is None else f"{cost.wakeups_a_minute:8.0f}"
    return f"{name:32} {cost.resident_mb:8.1f} {cost.cpu_percent:8.3f} {woken:>8}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--with-activitywatch", type=Path, metavar="VENV")
    options = parser.parse_args()
    mine = ours(options.seconds)
    if options.with_activitywatch:
        name, other = (
            "aw-server, two clients",
            activitywatch(options.with_activitywatch, options.seconds),
        )
    else:
        name, other = "ActivityWatch (published)", PUBLISHED
    print(f"{'':32} {'RSS [MB]':>8} {'CPU [%]':>8} {'wake-ups/min':>8}")
    print(line("disconnect, all of it", mine))
    print(line(name, other))
    print(
        f"ratio: {other.resident_mb / mine.resident_mb:.1f} times the memory,"
        f" {other.cpu_percent / max(mine.cpu_percent, 1e-4):.1f} times the processor"
    )


if __name__ == "__main__":
    main()
