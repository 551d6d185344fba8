"""Who holds a home, and who is signalled: never a process that only seems to."""

import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from disconnect.clock import instant
from disconnect.daemon.control import left_behind
from disconnect.daemon.lock import alone_in, is_held, running_pid
from disconnect.errors import DisconnectError
from disconnect.home import Home
from disconnect.store.held import LastLook, header

HOLD = """
import fcntl, sys, time
file = open(sys.argv[1], "r+")
getattr(fcntl, sys.argv[2])(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(600)
"""
pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def innocent():
    process = subprocess.Popen(["sleep", "600"])
    yield process
    assert process.poll() is None, "it was signalled"
    process.kill()
    process.wait()


@pytest.fixture(params=["flock", "lockf"])
def held(request, machine, innocent):
    """The lock of a home, held by a program of the same user that is no collector."""
    lock = machine.home / "daemon.lock"
    lock.write_text(f"{innocent.pid}\n")
    words = [sys.executable, "-c", HOLD, str(lock), request.param]
    holder = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    yield machine
    assert holder.poll() is None, "it was signalled"
    holder.kill()
    holder.communicate()


def test_a_program_that_holds_the_lock_is_not_signalled(held):
    said = held.disconnect("stop")
    assert said.returncode == 1
    assert "no collector of yours" in said.stderr
    assert said.stderr.count("\n") == 1
    assert held.status()["running"] is False
    assert held.disconnect("doctor").returncode in (0, 1)


def test_a_home_whose_lock_another_program_holds_is_not_watched(held):
    said = held.disconnect("start")
    assert said.returncode == 1
    assert "another program holds" in said.stderr
    assert said.stderr.count("\n") == 1


def test_a_pid_that_is_only_written_is_nobodys(machine, innocent):
    (machine.home / "daemon.lock").write_text(f"{innocent.pid}\n")
    assert machine.status()["running"] is False
    assert machine.disconnect("stop").stderr == "not running\n"


def test_the_kernel_says_who_holds_it_whatever_is_written(machine, innocent):
    watch = machine.watch()
    (machine.home / "daemon.lock").write_text(f"{innocent.pid}\n")
    assert running_pid(Home(machine.home)) == machine.status()["pid"] == watch.pid
    assert f"pid was {watch.pid}" in machine.disconnect("stop").stderr
    assert watch.wait(5) == 0


def test_a_daemon_that_was_put_to_sleep_is_woken_to_stop(machine):
    watch = machine.watch()
    watch.send_signal(signal.SIGSTOP)
    assert machine.disconnect("stop").returncode == 0
    assert watch.wait(5) == 0


def test_a_lock_that_is_a_link_is_refused(tmp_path, machine):
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (machine.home / "daemon.lock").symlink_to(precious)
    said = machine.disconnect("start")
    assert said.returncode == 1
    assert "is a link" in said.stderr
    assert said.stderr.count("\n") == 1
    assert precious.read_text() == "mine"
    assert running_pid(Home(machine.home)) is None
    assert not is_held(Home(machine.home))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_home_of_another_user_is_refused_by_every_command(machine):
    os.chown(machine.home, 65534, 65534)
    for words in (["start"], ["start", "--foreground"], ["today"], ["status"], ["stop"]):
        said = machine.disconnect(*words)
        assert said.returncode == 1, words
        assert "belongs to another user" in said.stderr
        assert said.stderr.count("\n") == 1
    assert {file.name for file in machine.home.iterdir()} == {"settings.toml"}
    with pytest.raises(DisconnectError, match="another user"), alone_in(Home(machine.home)):
        pass
    os.chown(machine.home, os.geteuid(), os.getegid())


def test_rows_that_are_lost_are_not_lost_silently(machine):
    home = Home(machine.home)
    look = LastLook("collector", 0, instant(0), ended="stop")
    home.held.write_bytes(header(look, 1, 0))
    assert left_behind(home) is None
    home.held.write_bytes(header(replace(look, id="another"), 1, 3))
    with pytest.raises(DisconnectError, match="3 rows are lost"):
        left_behind(home)
