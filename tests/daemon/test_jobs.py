import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from disconnect.clock import system
from disconnect.daemon import jobs as jobs_module
from disconnect.daemon.children import Children
from disconnect.daemon.jobs import Job, Jobs, wanted, was_missed
from disconnect.home import Home
from disconnect.settings import Collect, Report, Retention, Settings

NOON = datetime(2026, 10, 7, 12, tzinfo=UTC)  # a Wednesday
MONDAYS = CronTrigger(day_of_week="mon", hour=8, minute=0, timezone=ZoneInfo("Europe/Berlin"))
HELLO = [sys.executable, "-c", "print('hello')"]


def named(settings):
    found = wanted(Home(Path("/h")), settings, lambda: NOON, "UTC")
    return {job.name: job for job in found}


def test_only_what_the_settings_ask_for_is_done():
    assert set(named(Settings())) == {"sums", "browsers"}
    quiet = Settings(collect=Collect(browsers=False))
    assert set(named(quiet)) == {"sums"}
    busy = Settings(report=Report(when="mon 08:00"), retention=Retention(titles_days=30))
    assert set(named(busy)) == {"sums", "browsers", "report", "retention"}


def test_the_report_is_named_after_what_it_covers():
    report = named(Settings(report=Report(when="mon 08:00")))["report"]
    assert report.command()[-5:] == [
        "report",
        "--period",
        "last-week",
        "-o",
        "/h/reports/disconnect-2026-09-28-2026-10-04.pdf",
    ]


@pytest.mark.parametrize(
    ("last_run", "missed"),
    [
        (datetime(2026, 10, 5, 6, 0, 1, tzinfo=UTC), False),  # Monday 08:00 in Berlin, done
        (datetime(2026, 10, 5, 5, 59, tzinfo=UTC), True),
        (datetime(2026, 9, 1, tzinfo=UTC), True),
    ],
)
def test_a_report_that_fell_due_while_nothing_ran_was_missed(last_run, missed):
    assert was_missed(MONDAYS, last_run, NOON) is missed


def test_a_job_that_cannot_even_begin_is_told_like_one_that_failed():
    def impossible():
        raise ValueError("no such period")

    told = Queue()
    jobs = Jobs(system, told.put)
    jobs.begin([Job("report", impossible, IntervalTrigger(seconds=1, timezone=UTC))], {})
    outcome = told.get(timeout=30)
    jobs.end()
    assert (outcome.worked, outcome.detail) == (False, "cannot begin: no such period")


def test_an_interval_is_missed_when_it_has_passed():
    every = IntervalTrigger(seconds=300, timezone=UTC)
    assert was_missed(every, NOON - timedelta(seconds=301), NOON)
    assert not was_missed(every, NOON - timedelta(seconds=299), NOON)


@pytest.fixture
def scheduler(monkeypatch):
    monkeypatch.setattr(jobs_module, "SOON", timedelta(0))
    outcomes = Queue()
    made = Jobs(system, outcomes.put)
    yield made, outcomes
    made.end()


def test_a_missed_job_is_made_up_once(scheduler):
    jobs, outcomes = scheduler
    jobs.begin([Job("report", lambda: HELLO, MONDAYS)], {"report": system() - timedelta(weeks=5)})
    outcome = outcomes.get(timeout=20)
    assert (outcome.name, outcome.worked, outcome.detail) == ("report", True, "hello")
    time.sleep(0.3)
    assert outcomes.empty()


def test_a_job_that_is_new_waits_for_its_time(scheduler):
    jobs, outcomes = scheduler
    jobs.begin([Job("report", lambda: HELLO, MONDAYS)], {})
    time.sleep(0.3)
    assert outcomes.empty()
    assert jobs.due()["report"] > system()


def test_a_clock_set_back_does_not_stop_the_jobs():
    offset = timedelta()
    outcomes = Queue()
    jobs = Jobs(lambda: system() + offset, outcomes.put)
    job = Job("browsers", lambda: HELLO, IntervalTrigger(seconds=1, timezone=UTC))
    # The step is acted out the other way round: what is due lies an hour ahead of the clock.
    offset = timedelta(hours=1)
    jobs.begin([job], {"browsers": system() + offset})
    try:
        jobs._scheduler.modify_job("browsers", next_run_time=system() + offset)
        time.sleep(1.3)
        assert outcomes.empty()
        offset = timedelta()
        jobs.clock_was_set()
        assert outcomes.get(timeout=20).worked
    finally:
        jobs.end()


def test_a_child_that_fails_leaves_its_last_line():
    script = "import sys; sys.exit('disconnect: no room')"
    outcome = Children().run("sums", [sys.executable, "-c", script])
    assert (outcome.worked, outcome.detail) == (False, "disconnect: no room")


def test_a_child_with_nothing_to_do_is_no_failure():
    script = "import sys; print('disconnect: no browser here', file=sys.stderr); sys.exit(3)"
    outcome = Children().run("browsers", [sys.executable, "-c", script])
    assert (outcome.worked, outcome.detail) == (True, "no browser here")


def test_a_child_that_cannot_run_or_never_ends_is_no_more_than_a_failure():
    assert not Children().run("sums", ["/no/such/program"]).worked
    endless = [sys.executable, "-c", "import time; time.sleep(60)"]
    outcome = Children(longest_run=0.5).run("sums", endless)
    assert outcome.detail == "took longer than 0.5 s and was ended"


def test_children_yield_to_whoever_works():
    script = "import os; print(os.getpriority(os.PRIO_PROCESS, 0))"
    slow = "import time; time.sleep(0.3); " + script
    outcome = Children().run("sums", [sys.executable, "-c", slow])
    assert int(outcome.detail) >= 10
