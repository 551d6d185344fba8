import shutil
import subprocess

import psutil
import pytest

from collectors.processes import Processes
from collectors.source import Desktop


@pytest.fixture
def slack(tmp_path, monkeypatch):
    """A program of that name that runs; it only sleeps. Others of the machine are not looked at."""
    program = tmp_path / "slack"
    shutil.copy(shutil.which("sleep") or "sleep", program)
    process = subprocess.Popen([str(program), "60"])
    every = psutil.pids
    monkeypatch.setattr(psutil, "pids", lambda: [pid for pid in every() if pid == process.pid])
    yield process
    process.kill()
    process.wait()


def test_it_is_a_live_source_that_works_anywhere():
    assert isinstance(Processes(), Desktop)
    assert Processes().missing() is None
    assert Processes().fileno() is None


def test_a_program_is_named_while_it_runs(slack):
    source = Processes()
    source.open()
    assert "slack" in source.running()
    slack.kill()
    slack.wait()
    assert "slack" not in source.running()
    source.close()


def test_a_program_that_runs_is_never_said_to_be_in_front(slack):
    source = Processes()
    source.open()
    assert source.sample() is None


def test_only_new_processes_are_asked_for_their_names(slack, monkeypatch):
    source = Processes()
    source.open()
    alive = psutil.pids()  # others come and go while a test runs
    monkeypatch.setattr(psutil, "pids", lambda: alive)
    source.running()
    source.running()  # those seen for the first time are asked twice: they may have been forks
    asked: list[int] = []
    monkeypatch.setattr(psutil, "pids", lambda: sorted(source._running))
    monkeypatch.setattr(psutil, "Process", asked.append)
    assert "slack" in source.running()
    assert asked == []


def test_it_begins_anew_after_closing(slack):
    source = Processes()
    source.open()
    source.running()
    source.close()
    source.close()
    source.open()
    assert "slack" in source.running()
