"""Whole processes, measured as a person runs them: processor time and what the clock shows."""

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Took:
    """What a process took: `cpu` is user and system time with its children's [s], `wall` the clock's [s]."""

    cpu: float
    wall: float


def once(
    words: Sequence[str | Path], output: Path | None = None, env: Mapping[str, str] | None = None
) -> Took:
    """Run a command in a process of its own; what it writes goes to a file, or nowhere.

    Raises:
        CalledProcessError: It failed.
    """
    with Path(output or os.devnull).open("wb") as into, Path(os.devnull).open("wb") as nowhere:
        began = time.perf_counter()
        running = subprocess.Popen(words, stdout=into, stderr=nowhere, env=env)
        _, status, used = os.wait4(running.pid, 0)
        wall = time.perf_counter() - began
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, [str(word) for word in words])
    return Took(used.ru_utime + used.ru_stime, wall)


def in_turn(*commands: Sequence[str | Path], runs: int = 7) -> list[Took]:
    """Return the medians of several, run in turn so that a busy minute meets them all.

    One run of each before warms the caches and does not count.
    """
    took: list[list[Took]] = [[] for _ in commands]
    for number in range(runs + 1):
        for words, times in zip(commands, took, strict=True):
            one = once(words)
            if number:
                times.append(one)
    return [middle(times) for times in took]


def middle(times: Sequence[Took]) -> Took:
    """Return the median of each."""
    cpu, wall = (statistics.median(getattr(one, name) for one in times) for name in ("cpu", "wall"))
    return Took(cpu, wall)


def beside(what: str, ours: Took, theirs: Took, limit: float) -> None:
    """Print a command beside its yardstick: processor time decides, for other work shares the clock."""
    ratio = ours.cpu / theirs.cpu
    verdict = "holds" if ratio <= limit else "BROKEN"
    print(
        f"{what:<58} {ours.cpu:8.3f} s cpu {theirs.cpu:8.3f} s {ratio:7.2f} x"
        f" (<= {limit:g}: {verdict}); wall {ours.wall:.3f} s, {theirs.wall:.3f} s,"
        f" {ours.wall / theirs.wall:.2f} x"
    )


def line(what: str, ours: float, theirs: float, limit: float, unit: str = "s") -> None:
    """Print one comparison: both figures, their ratio, and the ratio that was promised."""
    ratio = ours / theirs
    verdict = "holds" if ratio <= limit else "BROKEN"
    print(
        f"{what:<58} {ours:9.3f} {unit} {theirs:9.3f} {unit} {ratio:7.2f} x (<= {limit:g}: {verdict})"
    )
