"""Slow work in short child processes: low priority, a time limit, the error's last line kept."""

import os
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from disconnect.errors import NothingThereError

LONGEST_RUN = 900.0
_NICE = 10
_LONGEST_DETAIL = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job went: whether it worked, and its last line in either case."""

    name: str
    worked: bool
    detail: str


@dataclass(slots=True)
class Children:
    """The child processes that run now; `end` ends them when the daemon stops."""

    longest_run: float = LONGEST_RUN
    _running: "set[subprocess.Popen[str]]" = field(default_factory=set, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)
    _ended: bool = field(default=False, init=False)

    def run(self, name: str, command: Sequence[str]) -> Outcome:
        """Run one command to its end; never raises."""
        try:
            with self._lock:
                if self._ended:
                    return Outcome(name, worked=False, detail="the collector is stopping")
                child = spawned(command)
                self._running.add(child)
        except OSError as error:
            return Outcome(name, worked=False, detail=f"cannot run: {error}")
        try:
            output, errors = child.communicate(timeout=self.longest_run)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            detail = f"took longer than {self.longest_run:g} s and was ended"
            return Outcome(name, worked=False, detail=detail)
        finally:
            self._running.discard(child)
        if child.returncode == 0:
            return Outcome(name, worked=True, detail=_last_line(output) or "done")
        if child.returncode == NothingThereError.exit_code:  # no browser here, no data that week
            nothing = _last_line(errors).removeprefix("disconnect: ")
            return Outcome(name, worked=True, detail=nothing or "nothing to do")
        detail = _last_line(errors) or f"ended with {child.returncode}"
        return Outcome(name, worked=False, detail=detail)

    def end(self) -> None:
        """Begin no more, and end those that run."""
        with self._lock:
            self._ended = True
            for child in tuple(self._running):
                child.terminate()


def spawned(command: Sequence[str], *, lowered: bool = True) -> "subprocess.Popen[str]":
    """Start a command, at a low priority unless somebody waits; its streams are pipes of text.

    Raises:
        OSError: It cannot be started.
    """
    child = subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    if lowered and hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, child.pid, _NICE)
    return child


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1].strip()[:_LONGEST_DETAIL] if lines else ""
