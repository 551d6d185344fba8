"""An X server that hangs, or goes and comes back, under the real daemon."""

import signal
import subprocess
import time

import pytest

from disconnect.daemon.deadline import NoAnswerError, within
from disconnect.store import held

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.xdist_group("display"),
    pytest.mark.timeout(180),
]


def states(machine):
    found = machine.said().get("collectors", [])
    return {one["name"]: (one["state"], one["detail"]) for one in found}


def x_states(machine):
    told = states(machine)
    return {told.get(name) for name in ("desktop/x11", "presence/x11")}


def ended(machine):
    """How the collector will have ended, should it say nothing more."""
    left = held.read(machine.home / held.NAME)
    return left.look.ended if left else None


WORKING = {("ok", "working")}


def test_what_takes_too_long_is_interrupted_and_what_is_quick_is_not():
    with pytest.raises(NoAnswerError, match="does not answer within 0"), within(0.05):
        time.sleep(5)
    with within(5):
        time.sleep(0.01)
    assert signal.getitimer(signal.ITIMER_REAL)[0] > 60  # that of the tests themselves runs on


def test_a_server_that_hangs_is_told_and_found_again(machine, x_server, until):
    with x_server() as (name, server):
        machine.environment["DISPLAY"] = name
        machine.watch()
        assert x_states(machine) == WORKING
        server.send_signal(signal.SIGSTOP)
        try:
            until(lambda: {state for state, _ in x_states(machine)} == {"failing"}, 30)
            assert all(detail.startswith("does not answer") for _, detail in x_states(machine))
            assert ended(machine) == ""  # a server that hangs ends no session
            told = machine.status()["collectors"]
            assert [one["state"] for one in told if one["name"].endswith("/x11")] == ["failing"] * 2
        finally:
            server.send_signal(signal.SIGCONT)
        until(lambda: x_states(machine) == WORKING, 30)
        server.send_signal(signal.SIGSTOP)
        try:
            assert machine.disconnect("stop").returncode == 0
        finally:
            server.send_signal(signal.SIGCONT)


def test_another_server_on_the_same_display_is_found(machine, x_server, until):
    with x_server() as (name, server):
        machine.environment["DISPLAY"] = name
        machine.watch()
        server.kill()
        server.wait()
        until(lambda: {state for state, _ in x_states(machine)} == {"failing"}, 30)
        until(lambda: ended(machine) == "session", 30)
        # As long as a person takes to log in again: the pauses between two tries are at their longest.
        time.sleep(15)
        quiet = subprocess.DEVNULL
        again = subprocess.Popen(["Xvfb", name, "-noreset"], stderr=quiet)
        try:
            until(lambda: x_states(machine) == WORKING, 30)
            until(lambda: ended(machine) == "", 30)
            assert machine.disconnect("stop").returncode == 0
            assert ended(machine) == "stop"
        finally:
            again.terminate()
            again.wait()
