"""The slow work and when it is due: browser histories, sums, the report, forgetting, reminding.

APScheduler's thread sleeps until the next job is due, so it wakes nobody on a quiet machine.
Each job is a short child process: what it needs (pandas, matplotlib) never enters the daemon.
"""

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from disconnect import periods
from disconnect.clock import Clock
from disconnect.daemon.children import Children, Outcome
from disconnect.home import Home
from disconnect.settings import Settings

Trigger: TypeAlias = CronTrigger | IntervalTrigger

SOON = dt.timedelta(seconds=20)
"""How long after the start what was missed is made up: the login comes first."""
DAILY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to do again and again.

    `made_up` says whether one that fell due while nothing ran is done at the next start.
    """

    name: str
    command: Callable[[], list[str]]
    trigger: Trigger
    made_up: bool = True


def wanted(home: Home, settings: Settings, clock: Clock, zone: str) -> list[Job]:
    """The jobs that the settings ask for."""
    program = [sys.executable, "-m", "disconnect", "--home", str(home.folder)]
    keep = [sys.executable, "-m", "disconnect.analysis.keep", "--home", str(home.folder)]
    jobs = [Job("sums", lambda: keep, CronTrigger(hour="*/6", minute=20, timezone=dt.UTC))]
    if settings.collect.browsers:
        every = IntervalTrigger(
            seconds=max(1, round(settings.collect.browsers_every)), timezone=dt.UTC
        )
        history = [*program, "import", "browsers", "--yes", "--quiet"]
        jobs.append(Job("browsers", lambda: history, every))
    if settings.report.when:
        day, _, time = settings.report.when.partition(" ")
        hour, minute = time.split(":")
        due = CronTrigger(
            day_of_week=day, hour=int(hour), minute=int(minute), timezone=ZoneInfo(zone)
        )
        jobs.append(Job("report", lambda: report_command(home, settings, clock, zone), due))
    if settings.checkin.notify_at:
        hour, minute = settings.checkin.notify_at.split(":")
        remind = [sys.executable, "-m", "disconnect.daemon.reminding", "--home", str(home.folder)]
        daily = CronTrigger(hour=int(hour), minute=int(minute), timezone=ZoneInfo(zone))
        jobs.append(Job("checkin", lambda: remind, daily, made_up=False))
    if settings.retention.activities_days or settings.retention.titles_days:
        retire = [sys.executable, "-m", "disconnect.daemon.retire", "--home", str(home.folder)]
        jobs.append(
            Job("retention", lambda: retire, CronTrigger(hour=3, minute=40, timezone=dt.UTC))
        )
    return jobs


def report_command(home: Home, settings: Settings, clock: Clock, zone: str) -> list[str]:
    """How the scheduled report is made, as of now; the file is named after what it covers."""
    today = clock().astimezone(ZoneInfo(zone)).date()
    period = periods.named(settings.report.period, today, week_starts=settings.week_starts)
    folder = Path(settings.report.folder).expanduser() if settings.report.folder else home.reports
    name = f"disconnect-{period.first.isoformat()}-{period.last.isoformat()}.pdf"
    program = [sys.executable, "-m", "disconnect", "--home", str(home.folder)]
    return [*program, "report", "--period", settings.report.period, "-o", str(folder / name)]


def was_missed(trigger: Trigger, last_run: dt.datetime, now: dt.datetime) -> bool:
    """Whether it fell due between its last run and now."""
    if isinstance(trigger, IntervalTrigger):
        return bool(last_run + trigger.interval <= now)
    due = trigger.get_next_fire_time(last_run, last_run + dt.timedelta(microseconds=1))
    return due is not None and bool(due <= now)


class Jobs:
    """The scheduler, and the child processes it starts.

    Args:
        clock: Tells what is due at the start.
        on_outcome: Called from another thread when a job has run.
    """

    def __init__(self, clock: Clock, on_outcome: Callable[[Outcome], None]) -> None:
        self._clock = clock
        self._on_outcome = on_outcome
        self._children = Children()
        self._jobs: dict[str, Job] = {}
        self._scheduler = BackgroundScheduler(
            timezone=dt.UTC,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )

    def begin(self, jobs: list[Job], last_runs: Mapping[str, dt.datetime]) -> None:
        """Schedule the jobs; one that was missed while nothing ran is made up once, soon."""
        for job in jobs:
            self._add(job, last_runs.get(job.name))
        self._scheduler.start()

    def change(self, jobs: list[Job]) -> None:
        """Take other jobs in place of those that were (the settings have changed)."""
        now = self._clock()
        for name in self._jobs:
            self._scheduler.remove_job(name)
        self._jobs.clear()
        for job in jobs:
            self._add(job, now)

    def clock_was_set(self) -> None:
        """Count intervals from now on: after a step back they would wait for as long as the step."""
        now = self._clock()
        for job in self._jobs.values():
            if isinstance(job.trigger, IntervalTrigger):
                self._scheduler.modify_job(job.name, next_run_time=now + job.trigger.interval)
        self._scheduler.wakeup()

    def due(self) -> dict[str, dt.datetime]:
        """When each job is due next."""
        found = ((job.id, job.next_run_time) for job in self._scheduler.get_jobs())
        return {name: due.astimezone(dt.UTC) for name, due in found if due}

    def end(self) -> None:
        """Begin no more, and end what runs."""
        self._children.end()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _add(self, job: Job, last_run: dt.datetime | None) -> None:
        now = self._clock()
        when: dict[str, Any] = {}
        # What never ran is new, not missed; only sums and histories have a past to catch up with.
        missed = was_missed(job.trigger, last_run, now) if last_run else job.name != "report"
        if job.made_up and missed:
            when = {"next_run_time": now + SOON}
        self._jobs[job.name] = job
        self._scheduler.add_job(self._run, job.trigger, args=[job], id=job.name, **when)

    def _run(self, job: Job) -> None:
        try:
            command = job.command()
        except Exception as error:  # noqa: BLE001 - one job that cannot begin stops no other
            self._on_outcome(Outcome(job.name, worked=False, detail=f"cannot begin: {error}"))
            return
        self._on_outcome(self._children.run(job.name, command))
