"""When browsers' histories are asked for pages, and the child process that is.

Asking costs a copy of the history, so it is rare: never while no title waits, never again before
the history was written or the last answer is old enough for what it cost; at once when a person
asks for hours.
"""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from collectors.browsers.copying import UnreadableError, stamp
from disconnect.daemon.children import spawned

FIRST_AFTER = 3.0
"""Seconds until a new title is asked for: most that pass by quicker are never asked for."""
BETWEEN = 10.0
"""Seconds from one time of asking to the next, at least: as long as Chromium takes to write."""
FOR_EACH_SECOND = 100.0
"""Seconds of rest for each second of processor that asking took: one percent of the time."""
WITHOUT_HISTORY = 300.0
"""Seconds until a browser without a history is looked for again."""
LONGEST = 60.0
AT_THE_END = 3.0
_PROGRAM = [sys.executable, "-m", "disconnect.daemon.knowing"]
_log = logging.getLogger(__name__)

Waiting = Mapping[str, Mapping[str, float]]
"""For each browser the titles that wait, and since when [s, steady clock]."""


@dataclass(slots=True)
class _Asked:
    """When a browser was last asked, of which titles, and how its histories stood then."""

    at: float
    titles: frozenset[str]
    histories: dict[str, list[int]] | None = None
    """None: no answer came."""


@dataclass(slots=True)
class Asking:
    """Asks in a thread of its own, one time after the other.

    Args:
        wake: Called from that thread when there is an answer.
        home: The person's home folder, where browsers keep their profiles.
    """

    wake: Callable[[], object]
    home: Path = field(default_factory=Path.home)
    _asked: dict[str, _Asked] = field(default_factory=dict, init=False)
    _cost: float = field(default=0.0, init=False)
    _thread: threading.Thread | None = field(default=None, init=False)
    _child: "subprocess.Popen[str] | None" = field(default=None, init=False)
    _answers: "SimpleQueue[dict[str, Any]]" = field(default_factory=SimpleQueue, init=False)

    @property
    def is_asking(self) -> bool:
        """Whether an answer is awaited."""
        return self._thread is not None

    def ask(self, waiting: Waiting, steady: float, *, at_once: bool = False) -> bool:
        """Ask for the titles that are due; returns whether it does.

        Args:
            waiting: What waits.
            steady: Now, on the steady clock [s].
            at_once: Whether a person waits for it, too.
        """
        if self._thread is not None:
            return False
        request = self._due(waiting, steady, at_once=at_once)
        if not request:
            return False
        self._note(request, steady)
        run = (request, at_once)
        self._thread = threading.Thread(target=self._run, args=run, daemon=True)
        self._thread.start()
        return True

    def answer(self) -> dict[str, Any] | None:
        """Return what histories answered; None: nothing yet."""
        try:
            found = self._answers.get_nowait()
        except Empty:
            return None
        self._take(found)
        return found

    def _take(self, found: dict[str, Any]) -> None:
        self._thread = None
        for browser, one in found.items():
            self._asked[browser].histories = one["histories"]
            self._cost = one["spent"]

    def last_answer(self, waiting: Waiting, steady: float) -> dict[str, Any]:
        """Ask once more and wait for it, for a short time: the collector is about to end."""
        self.end()
        request = self._due(waiting, steady, at_once=True)
        return self._answer_of(request, AT_THE_END, urgent=True) if request else {}

    def end(self) -> None:
        """Ask no more."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        if (child := self._child) is not None:
            child.terminate()  # it takes its copy of a history with it
        thread.join(AT_THE_END)
        self._end_child()

    def _due(self, waiting: Waiting, steady: float, *, at_once: bool) -> dict[str, list[str]]:
        rest = 0.0 if at_once else max(BETWEEN, self._cost * FOR_EACH_SECOND)
        found = {}
        for browser, titles in waiting.items():
            asked = self._asked.get(browser)
            if asked is not None and steady < asked.at + rest:
                continue
            ripe = at_once or any(steady >= since + FIRST_AFTER for since in titles.values())
            without = BETWEEN if at_once else WITHOUT_HISTORY
            if ripe and (asked is None or _has_news(asked, titles, steady - without)):
                found[browser] = list(titles)
        return found

    def _note(self, request: Mapping[str, list[str]], steady: float) -> None:
        for browser, titles in request.items():
            self._asked[browser] = _Asked(steady, frozenset(titles))

    def _run(self, request: dict[str, list[str]], urgent: bool) -> None:  # noqa: FBT001 - a thread's
        self._answers.put(self._answer_of(request, LONGEST, urgent=urgent))
        self.wake()

    def _answer_of(
        self, request: dict[str, list[str]], longest: float, *, urgent: bool
    ) -> dict[str, Any]:
        """Run the child; an empty answer where it fails, with the reason in the log."""
        text = json.dumps({"home": str(self.home), "browsers": request})
        try:
            self._child = spawned(_PROGRAM, lowered=not urgent)
            said, problem = self._child.communicate(text, timeout=longest)
            answer: dict[str, Any] = json.loads(said)
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            self._end_child()
            # The reason alone: what was asked, and said, is nobody's business.
            _log.warning("browser histories gave no answer: %s", type(error).__name__)
            return {}
        if problem:
            _log.warning("browser histories: %d lines of complaint", problem.count("\n"))
        return answer

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is not None and child.poll() is None:
            child.kill()
            child.communicate()


def _has_news(asked: _Asked, titles: Mapping[str, float], without: float) -> bool:
    """True if a title was never asked for, or a history was written since.

    Args:
        asked: How it was asked last.
        titles: What waits now.
        without: Before when a browser without any history must have been asked last [s].
    """
    if asked.histories is None:
        return True
    if not asked.histories:
        return asked.at <= without
    if not asked.titles.issuperset(titles):
        return True
    for path, before in asked.histories.items():
        try:
            if stamp(Path(path)) != before:
                return True
        except UnreadableError:
            continue  # it is gone, and knows nothing new
    return False
