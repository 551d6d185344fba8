"""One run of the real daemon in which every slow job has its turn."""

import contextlib
import datetime as dt
import sqlite3
import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from collectors.facts.screen import Activity, Presence, PresenceState
from disconnect.clock import milliseconds, system
from disconnect.daemon import jobs
from disconnect.daemon.memory import remember_run
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

ZONE = ZoneInfo("Europe/Berlin")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SINCE_1601 = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def lived(machine):
    """A home that was last looked after two weeks ago; the report fell due an hour ago."""
    now = system()
    due = (now - dt.timedelta(hours=1)).astimezone(ZONE)
    (machine.home / "settings.toml").write_text(
        "[collect]\nsample_every = 1\nbrowsers_every = 3600\n"
        f'[report]\nwhen = "{WEEKDAYS[due.weekday()]} {due:%H:%M}"\nperiod = "last-week"\n'
    )
    monday = (now.astimezone(ZONE) - dt.timedelta(days=now.astimezone(ZONE).weekday() + 7)).replace(
        hour=9, minute=0, second=0, microsecond=0
    )
    begun = monday.astimezone(dt.UTC)
    span: dict[str, Any] = {
        "start": begun,
        "end": begun + dt.timedelta(hours=3),
        "device": "laptop",
    }
    with contextlib.closing(connect(machine.home / "disconnect.sqlite")) as connection:
        Writer(connection).write(
            [
                Presence(**span, source="presence/daemon", state=PresenceState.ACTIVE),
                Activity(**span, source="desktop/x11", app="slack", title="general"),
            ]
        )
        remember_run(connection, "report", now - dt.timedelta(days=14), "made")
    history(machine, now - dt.timedelta(hours=2))
    return machine


def history(machine, visited):
    """A Chromium profile with one visit, where the daemon looks for profiles."""
    path = machine.home.parent / "person/.config/chromium/Default/History"
    path.parent.mkdir(parents=True)
    micros = (visited - SINCE_1601) // dt.timedelta(microseconds=1)
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        for statement in (
            "CREATE TABLE urls (id INTEGER PRIMARY KEY, url, title)",
            "CREATE TABLE visits (id INTEGER PRIMARY KEY, url, visit_time, transition)",
            "CREATE TABLE context_annotations (visit_id, total_foreground_duration)",
            "INSERT INTO urls VALUES (1, 'https://www.linkedin.com/feed/', 'Feed | LinkedIn')",
            f"INSERT INTO visits VALUES (1, 1, {micros}, {0x20000000})",
            "INSERT INTO context_annotations VALUES (1, 60000000)",
        ):
            connection.execute(statement)


def job(machine, name):
    return next((one for one in machine.status()["jobs"] if one["name"] == name), {})


def asked(machine, question):
    with contextlib.closing(sqlite3.connect(machine.home / "disconnect.sqlite")) as connection:
        return connection.execute(question).fetchall()


def test_histories_sums_and_a_missed_report_are_made_up_once(lived, until):
    began = milliseconds(system())
    assert lived.disconnect("start").returncode == 0
    until(lambda: all(ran_since(lived, name, began) for name in ("browsers", "sums", "report")), 90)
    assert {job(lived, name)["state"] for name in ("browsers", "sums", "report")} == {"ok"}
    assert asked(lived, "SELECT site FROM activities WHERE source LIKE 'browsers/%'") == [
        ("linkedin.com",)
    ]
    assert asked(lived, "SELECT count(*) FROM hour_sums")[0][0] >= 1
    (made,) = (lived.home / "reports").glob("disconnect-*.pdf")
    assert made.read_bytes().startswith(b"%PDF")
    assert str(made) in job(lived, "report")["detail"]
    table = lived.disconnect("status").stdout
    assert "report" in table
    last = job(lived, "report")["last_run"]
    lived.disconnect("stop")
    made.unlink()
    assert lived.disconnect("start").returncode == 0
    time.sleep(jobs.SOON.total_seconds() + 5)
    assert job(lived, "report")["last_run"] == last
    assert not made.exists()


def ran_since(machine, name, began):
    rows = asked(machine, f"SELECT last_run FROM job WHERE name = '{name}'")
    return bool(rows) and rows[0][0] >= began
