"""What is older than the settings keep goes, by the job that the daemon runs."""

import contextlib
from datetime import timedelta
from queue import Queue

import pytest

from collectors.facts.screen import Activity
from disconnect import settings as settings_file
from disconnect.clock import system
from disconnect.daemon import jobs as jobs_module
from disconnect.daemon.jobs import Jobs, wanted
from disconnect.home import Home
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

KEPT = "[retention]\nactivities_days = 100\ntitles_days = 30\n"


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "home")
    made.prepare()
    made.settings.write_text(KEPT, "utf-8")
    return made


def run(home, monkeypatch):
    """Let the daemon's scheduler run the job as it would a little after its start."""
    monkeypatch.setattr(jobs_module, "SOON", timedelta(0))
    found = wanted(home, settings_file.load(home.settings), system, "UTC")
    outcomes = Queue()
    jobs = Jobs(system, outcomes.put)
    jobs.begin([job for job in found if job.name == "retention"], {})
    try:
        return outcomes.get(timeout=30)
    finally:
        jobs.end()


def lived(days):
    start = system() - timedelta(days=days)
    return Activity(
        start=start,
        end=start + timedelta(hours=1),
        device="laptop",
        source="desktop/x11",
        app="slack",
        title=f"title of {days} days ago",
    )


def test_the_settings_are_kept_to(home, monkeypatch):
    with contextlib.closing(connect(home.database)) as connection:
        Writer(connection).write([lived(200), lived(50), lived(5)])
    outcome = run(home, monkeypatch)
    assert (outcome.worked, outcome.detail) == (True, "deleted 1 row, and the titles of 1")
    with contextlib.closing(connect(home.database, read_only=True)) as connection:
        found = connection.execute("SELECT title FROM activities ORDER BY start").fetchall()
    assert found == [(None,), ("title of 5 days ago",)]
    left = b"".join(file.read_bytes() for file in home.folder.rglob("*") if file.is_file())
    assert b"of 200 days ago" not in left
    assert b"of 50 days ago" not in left


def test_a_database_that_cannot_be_used_is_one_line(home, monkeypatch):
    home.database.write_bytes(b"no database " * 1000)
    outcome = run(home, monkeypatch)
    assert not outcome.worked
    assert outcome.detail.startswith("disconnect: the database")
