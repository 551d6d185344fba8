"""The daemon: one loop that waits on the desktop's own events, and looks at least every 5 s."""

import datetime as dt
import logging
import os
import platform
import signal
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

from disconnect import settings as settings_file
from disconnect.clock import Clock, local_zone
from disconnect.daemon import jobs, memory, resuming, status
from disconnect.daemon.asking import Asking
from disconnect.daemon.children import Outcome
from disconnect.daemon.discretion import Discretion
from disconnect.daemon.jobs import Jobs
from disconnect.daemon.ledger import Ledger
from disconnect.daemon.looking import Looking
from disconnect.daemon.notify import notify
from disconnect.daemon.page_titles import PageTitles
from disconnect.daemon.sessionizer import Changes, Moment, Sessionizer, Span
from disconnect.daemon.title_gate import TitleGate
from disconnect.daemon.waking import STOP, Waking
from disconnect.errors import DisconnectError
from disconnect.home import Home
from disconnect.settings import Settings
from disconnect.sorting.browsers import Browsers

BETWEEN_EVENTS = 0.2
"""Seconds before the next event is looked at: a title that flickers is looked at five times a
second, each time until a look drained nothing or three were made."""
_log = logging.getLogger(__name__)


def moment(clock: Clock) -> Moment:
    """Now, on every clock."""
    steady = time.monotonic()
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    awake_or_not = time.clock_gettime(boot) if boot is not None else steady
    return Moment(clock(), steady, awake_or_not, local_zone())


@dataclass
class Daemon:
    """Everything the running daemon holds."""

    home: Home
    clock: Clock
    settings: Settings
    ledger: Ledger
    looking: Looking
    notes: list[str] = field(default_factory=list)
    """What a person should know about this start, such as a database put aside."""
    holds: Callable[[], bool] = lambda: True
    """Whether the home is still the one that this daemon was started in."""

    def __post_init__(self) -> None:
        """Prepare what the first look needs."""
        self.since = self.clock()
        self.device = platform.node() or "this-device"
        self._salt = memory.salt(self.ledger.connection)
        self._outcomes: SimpleQueue[Outcome] = SimpleQueue()
        self._failed: dict[str, str] = {}
        self._jobs = Jobs(self.clock, self._job_has_run)
        self._zone = local_zone()
        collect = self.settings.collect
        gate = TitleGate(Browsers(), collect, Discretion.of(collect, self._salt))
        self._sessionizer = Sessionizer(
            self.device,
            collect.sample_every,
            collect.idle_after,
            taken=self._recorded_after(self.since),
        )
        self._last_wall = self.since
        self._looked_at = float("-inf")
        self._stopping = False
        self._ended = ""
        self._said: Any = None
        self._waking = Waking()
        asking = Asking(self._waking.wake)
        self._titles = PageTitles(gate, asking, self.ledger, time.monotonic)

    def run(self) -> None:
        """Watch until told to stop; then write what is held and let go of everything."""
        restore = self._waking.listen()
        try:
            self._begin_jobs()
            self._note_what_was_off()
            self._look()
            self._say(even_if_unchanged=True)
            notify("READY=1")
            _log.info("watching, pid %d", os.getpid())
            while not self._stopping:
                self._wait_and_look()
            self._look()
        finally:
            notify("STOPPING=1")
            self._end()
            restore()

    def _note_what_was_off(self) -> None:
        """Write down that the machine was off since the last look, where that is known."""
        try:
            found = resuming.off_before(
                self.ledger.connection, self.ledger.before, self.device, self.clock
            )
        except sqlite3.Error as error:
            _log.warning("could not tell since when the machine was off: %s", error)
            return
        if found:
            self.ledger.put(Changes(grown=(found,)))
            _log.info("off from %s to %s", found.start.isoformat(), found.end.isoformat())

    def _begin_jobs(self) -> None:
        wanted = self._wanted_jobs()
        last_runs = memory.last_runs(self.ledger.connection)
        if any(job.name == "report" for job in wanted) and "report" not in last_runs:
            # From now on one can be missed; before, nobody had asked for any.
            self.ledger.remember_run("report", self.since, "not made yet")
        self._jobs.begin(wanted, last_runs)

    def _wait_and_look(self) -> None:
        """Sleep until an event, a signal or the next look is due; then look."""
        pause = BETWEEN_EVENTS if self.looking.unsettled else self.settings.collect.sample_every
        until = self._looked_at + pause
        events = self.looking.waits_on()
        while not self._stopping:
            woken, has_news = self._waking.wait(events, max(0.0, until - time.monotonic()))
            if woken:
                self._answer()
            if has_news:
                # Those that follow a look too closely wait for the next one together.
                until, events = min(until, self._looked_at + BETWEEN_EVENTS), []
            if time.monotonic() >= until:
                self._look()
                return

    def _look(self) -> None:
        if not self.holds():  # whoever deletes it all wants no new record of themselves
            if not self._stopping:
                _log.warning("the home was taken away; nothing more is recorded")
            self._stopping = True
            return
        now = moment(self.clock)
        seen = self._titles.seen(self.looking.look(now))
        if now.wall < self._last_wall:
            self._sessionizer.taken += self._recorded_after(now.wall)
        self._last_wall = now.wall
        if self.ledger.holding:
            self.ledger.holding.expect("session" if self.looking.ending else "")
        changes = self._titles.passing(self._sessionizer.look(now, seen))
        self._let_go_of_forgotten(self.ledger.put(changes, now.wall))
        self._looked_at = now.steady
        if changes.stepped:
            _log.info("the clock was set, or the machine slept")
            self._jobs.clock_was_set()
        if now.zone != self._zone:
            self._zone = now.zone
            self._jobs.change(self._wanted_jobs())
        notify("WATCHDOG=1")
        self._say()

    def _answer(self) -> None:
        """Do what signals and finished jobs ask for."""
        asked = self._waking.asked()
        if asked & set(STOP):
            self._stopping = True
            self._ended = "stop" if signal.SIGINT in asked else "session"
        if signal.SIGHUP in asked:
            self._read_settings()
        if signal.SIGUSR2 in asked:
            self._titles.question()
        self._note_outcomes()
        if signal.SIGUSR1 in asked:
            self._let_go_of_forgotten(self.ledger.refresh())
        if self._titles.take_in():
            self._look()
        self._say(even_if_unchanged=signal.SIGUSR1 in asked)

    def _let_go_of_forgotten(self, forgotten: bool) -> None:  # noqa: FBT001 - what was found
        if forgotten:
            _log.info("what is open was forgotten; it begins anew")
            self._sessionizer.let_go()

    def _read_settings(self) -> None:
        try:
            self.settings = settings_file.load(self.home.settings)
        except DisconnectError as error:
            _log.warning("the settings stay as they were: %s", error)
            return
        _log.info("settings read again")
        collect = self.settings.collect
        self._titles.gate.obey(collect, Discretion.of(collect, self._salt))
        self._sessionizer.sample_every = self.settings.collect.sample_every
        self._sessionizer.idle_after = self.settings.collect.idle_after
        self._jobs.change(self._wanted_jobs())

    def _job_has_run(self, outcome: Outcome) -> None:
        """Hand a job's outcome to the loop; called from the scheduler's thread."""
        self._outcomes.put(outcome)
        self._waking.wake()

    def _note_outcomes(self) -> None:
        while True:
            try:
                outcome = self._outcomes.get_nowait()
            except Empty:
                return
            if outcome.worked:
                self._failed.pop(outcome.name, None)
                _log.info("%s: %s", outcome.name, outcome.detail)
            else:
                self._failed[outcome.name] = outcome.detail
                _log.warning("%s failed: %s", outcome.name, outcome.detail)
                self.ledger.look_for_damage()
            self.ledger.remember_run(outcome.name, self.clock(), outcome.detail)

    def _say(self, *, even_if_unchanged: bool = False) -> None:
        """Write the status file when asked to, and when something a person would ask changed."""
        states = self.looking.states()
        now = [[one["state"], one["detail"]] for one in states]
        said = [now, self.ledger.detail, list(self.notes), dict(self._failed), self.settings]
        said += [self._titles.answered, self._titles.gate.notes()]
        if said == self._said and not even_if_unchanged:
            return
        self._said = said
        try:
            status.write(self.home, self._everything(states))
        except OSError as error:
            _log.warning("cannot write the status: %s", error.strerror)

    def _everything(self, states: list[dict[str, Any]]) -> dict[str, Any]:
        due = {name: when.isoformat() for name, when in self._jobs.due().items()}
        holding = self.ledger.holding.detail if self.ledger.holding else ""
        notes = [
            *self.notes,
            *filter(None, (self.looking.note, holding)),
            *self._titles.gate.notes(),
        ]
        return {
            "pid": os.getpid(),
            "since": self.since.isoformat(),
            "collectors": states,
            "database": {
                "state": "ok" if self.ledger.works else "failing",
                "detail": self.ledger.detail,
            },
            "failed_jobs": self._failed,
            "next_jobs": due,
            "notes": notes,
            "questions_answered": self._titles.answered,
        }

    def _recorded_after(self, wall: dt.datetime) -> list[Span]:
        """What is recorded after an instant that the clock now shows (again)."""
        return self.ledger.recorded_after(self.device, wall)

    def _wanted_jobs(self) -> list[jobs.Job]:
        return jobs.wanted(self.home, self.settings, self.clock, self._zone)

    def _end(self) -> None:
        self._jobs.end()
        self._note_outcomes()
        self._titles.end()
        self.looking.close()
        self.ledger.close(self._ended)
        self.home.status.unlink(missing_ok=True)
        _log.info("stopped")
