"""The real daemon: what it survives, and what it says of itself."""

import contextlib
import os
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

ACTIVE = 0
pytestmark = [pytest.mark.xdist_group("display"), pytest.mark.timeout(120)]


def overlaps(rows):
    return [(one, other) for one, other in pairwise(rows) if one[1] > other[0] + 1e-9]


@pytest.mark.desktop
def test_what_is_in_front_is_recorded_until_the_stop(desk, until):
    began = time.time()  # noqa: TID251 - held against the daemon's own clock
    watch = desk.watch()
    time.sleep(3)
    said = desk.status()
    assert said["running"] is True
    assert said["pid"] == watch.pid
    states = {one["name"]: one["state"] for one in said["collectors"]}
    assert states["desktop/x11"] == states["presence/x11"] == "ok"
    assert said["covered_hours_today"] > 0
    assert desk.disconnect("stop").returncode == 0
    ended = time.time()  # noqa: TID251
    assert watch.wait(5) == 0
    (row,) = desk.rows("activity")
    assert row[2] == "xterm"
    assert began <= row[0]
    assert row[1] <= ended
    assert row[1] - row[0] >= ended - began - 2.5
    assert desk.rows("presence")[0][2] == ACTIVE
    assert "a shell" not in desk.log()


@pytest.mark.desktop
def test_kill_9_loses_at_most_one_look_and_the_next_start_is_clean(desk):
    watch = desk.watch()
    time.sleep(3.5)
    killed_at = time.time()  # noqa: TID251
    watch.kill()
    watch.wait(5)
    assert desk.status()["running"] is False
    assert killed_at - desk.rows("presence")[-1][1] <= 1.5
    assert killed_at - desk.rows("activity")[-1][1] <= 1.5
    desk.watch()
    time.sleep(1.5)
    desk.disconnect("stop")
    assert len(desk.rows("presence")) == 2
    assert overlaps(desk.rows("presence")) == []


@pytest.mark.desktop
def test_time_in_which_the_process_was_stopped_is_unknown(desk):
    watch = desk.watch()
    time.sleep(2)
    stopped_at = time.time()  # noqa: TID251
    watch.send_signal(signal.SIGSTOP)
    time.sleep(12)
    watch.send_signal(signal.SIGCONT)
    time.sleep(2.5)
    desk.disconnect("stop")
    before, after = desk.rows("presence")
    assert before[1] <= stopped_at + 0.5
    assert after[0] >= stopped_at + 11.5
    assert [row[2] for row in desk.rows("activity")] == ["xterm", "xterm"]


@pytest.mark.desktop
def test_the_daemon_is_small_and_holds_nothing_heavy(desk):
    watch = desk.watch()
    time.sleep(1.5)
    maps = Path(f"/proc/{watch.pid}/maps").read_text()
    assert not re.search(r"numpy|pandas|matplotlib|pyarrow|libarrow", maps)
    status = Path(f"/proc/{watch.pid}/status").read_text()
    (resident,) = re.findall(r"VmRSS:\s+(\d+) kB", status)
    assert int(resident) / 1024 < 33


@pytest.mark.desktop
def test_whoever_deletes_the_home_is_not_recorded_any_more(desk, until):
    watch = desk.watch()
    time.sleep(1.5)
    shutil.rmtree(desk.home)
    until(lambda: watch.poll() is not None, 10)
    assert watch.returncode == 0
    assert not desk.home.exists()


@pytest.mark.desktop
def test_an_x_server_that_goes_away_costs_nothing_and_stops_nothing(machine, x_server, until):
    def has_gone():
        states = {one["name"]: one["state"] for one in machine.status()["collectors"]}
        return states["desktop/x11"] in ("failing", "unavailable")

    with x_server() as (name, server):
        machine.environment["DISPLAY"] = name
        watch = machine.watch()
        server.terminate()
        server.wait(10)
        until(has_gone, 30)
        before = cpu_seconds(watch.pid)
        time.sleep(4)
        assert cpu_seconds(watch.pid) - before < 0.6  # a loop without rest takes all four seconds
        said = machine.status()
    assert any("no window can be seen" in note for note in said["notes"])
    assert machine.disconnect("stop").returncode == 0


def cpu_seconds(pid):
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def test_without_a_display_it_runs_and_says_that_no_window_can_be_seen(machine):
    started = machine.disconnect("start")
    assert started.returncode == 0
    assert "no window can be seen" in started.stderr
    said = machine.status()
    states = {one["name"]: one["state"] for one in said["collectors"]}
    assert states["desktop/x11"] == "unavailable"
    assert states["processes/psutil"] == "ok"
    assert "no window can be seen" in machine.log()


def test_starting_twice_starts_one(machine):
    first = machine.disconnect("start")
    pid = machine.status()["pid"]
    assert first.stderr.startswith(f"started, pid {pid}")
    second = machine.disconnect("start")
    assert second.returncode == 0
    assert f"already running, pid {pid}" in second.stderr
    foreground = machine.disconnect("start", "--foreground")
    assert foreground.returncode == 0
    assert f"already running, pid {pid}" in foreground.stderr


def test_two_starts_at_once_start_one(machine):
    starts = [
        subprocess.Popen(
            machine.command("start"),
            env=machine.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    said = [start.communicate(timeout=60)[1] for start in starts]
    assert [start.returncode for start in starts] == [0, 0, 0], (said, machine.log())
    assert len(set(re.findall(r"pid (\d+)", "\n".join(said)))) == 1
    assert "".join(said).count("started, pid") <= 1
    assert "stopped" in machine.disconnect("stop").stderr
    time.sleep(2)  # one that was slow to come up would now find the place free
    assert machine.status()["running"] is False


def test_a_second_daemon_ends_without_an_error_while_one_watches(machine):
    machine.watch()
    second = subprocess.run(
        [sys.executable, "-m", "disconnect.daemon", str(machine.home)],
        env=machine.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    # `start` takes an error of its child for a start that failed.
    assert second.returncode == 0, second.stderr
    assert "already running, pid" in second.stderr


def test_nothing_running_is_no_error(machine):
    assert machine.status()["running"] is False
    assert machine.disconnect("stop").returncode == 0
    assert "not running" in machine.disconnect("status").stdout


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_stop_is_heard_at_once(machine, number):
    watch = machine.watch()
    watch.send_signal(number)
    assert watch.wait(5) == 0
    assert not (machine.home / "status.json").exists()


def test_settings_are_read_again_on_sighup_and_kept_when_wrong(machine, until):
    watch = machine.watch()
    settings = machine.home / "settings.toml"
    settings.write_text("[collect]\nsample_every = 2\nbrowsers = true\n")
    watch.send_signal(signal.SIGHUP)
    until(lambda: "browsers" in machine.said()["next_jobs"])
    settings.write_text("[collect]\nsample_evry = 2\n")
    watch.send_signal(signal.SIGHUP)
    until(lambda: "did you mean sample_every" in machine.log())
    assert watch.poll() is None


def test_wrong_settings_stop_the_start_with_one_line(machine):
    (machine.home / "settings.toml").write_text("[collect]\nsample_every = 99\n")
    said = machine.disconnect("start")
    assert said.returncode == 1
    assert said.stderr.count("\n") == 1
    assert "settings.toml, line 2: collect.sample_every" in said.stderr


def test_a_home_that_cannot_be_written_is_one_clear_line(machine):
    words = machine.command("start")
    if os.geteuid() == 0:
        # Root without its powers, in a home that belongs to somebody else.
        os.chown(machine.home, 65534, 65534)
        machine.home.chmod(0o755)
        words = ["setpriv", "--inh-caps=-all", "--bounding-set=-all", *words]
    else:
        (machine.home / "settings.toml").unlink()
        machine.home.rmdir()
        machine.home.parent.chmod(0o500)
    said = subprocess.run(
        words, env=machine.environment, capture_output=True, text=True, check=False
    )
    machine.home.parent.chmod(0o700)
    assert said.returncode == 1, said.stderr
    assert said.stderr.count("\n") == 1, said.stderr
    assert "home" in said.stderr
    assert "choose another with --home" in said.stderr


def test_a_damaged_database_is_put_aside_and_said(machine):
    machine.watch()
    machine.disconnect("stop")
    (machine.home / "disconnect.sqlite").write_bytes(b"no database at all" * 1000)
    machine.watch()
    said = machine.status()
    assert any("corrupt-" in note for note in said["notes"])
    assert "corrupt-" in machine.log()
    assert list(machine.home.glob("disconnect.sqlite.corrupt-*"))
    assert said["running"] is True


def test_a_database_torn_while_it_runs_is_put_aside_by_the_start_that_others_advise(machine):
    machine.disconnect("start")
    with contextlib.closing(sqlite3.connect(machine.home / "disconnect.sqlite")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (machine.home / "disconnect.sqlite").open("r+b") as file:
        file.write(b"\xff" * 100)
    assert "disconnect start puts it aside" in machine.disconnect("today").stderr
    again = machine.disconnect("start")
    assert again.returncode == 0, again.stderr
    assert "corrupt-" in again.stderr
    assert machine.disconnect("sql", "SELECT 1").returncode == 0


@pytest.mark.desktop
def test_a_database_taken_away_while_it_runs_is_begun_anew_and_said(desk, until):
    desk.watch()
    until(lambda: desk.rows("activity"))
    for file in desk.home.glob("disconnect.sqlite*"):
        file.unlink()
    until(lambda: any("was taken away" in note for note in desk.said()["notes"]))
    assert desk.rows("activity")


def test_everything_it_writes_is_its_owners_alone(machine):
    machine.watch()
    for file in machine.home.iterdir():
        if file.name != "settings.toml":  # the test wrote that one
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert stat.S_IMODE(machine.home.stat().st_mode) == 0o700


@pytest.mark.desktop
def test_stop_says_what_a_database_that_others_hold_could_not_take(desk):
    desk.watch()
    time.sleep(3)
    with contextlib.closing(sqlite3.connect(desk.home / "disconnect.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(2)
        said = desk.disconnect("stop")
        other.rollback()
    assert said.returncode == 0
    assert "could not take the newest" in said.stderr
    assert "daemon.held" in said.stderr
    stopped_at = time.time()  # noqa: TID251
    desk.disconnect("start")
    desk.disconnect("stop")
    assert stopped_at - desk.rows("activity")[0][1] < 15
    assert overlaps(desk.rows("presence")) == overlaps(desk.rows("activity")) == []


def test_in_the_foreground_it_is_as_small_as_in_the_background(machine):
    watch = machine.watch()
    words = Path(f"/proc/{watch.pid}/cmdline").read_bytes().split(b"\0")
    assert b"disconnect.daemon" in words  # the command line's libraries are gone
    maps = Path(f"/proc/{watch.pid}/maps").read_text()
    assert not re.search(r"libssl|libcrypto", maps)
