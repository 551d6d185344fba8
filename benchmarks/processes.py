"""Whole processes, timed as a person waits for them."""

import statistics
import subprocess
import time
from collections.abc import Sequence


def seconds(words: Sequence[str], *, runs: int = 7) -> float:
    """The median wall-clock seconds of a whole process, after one run to warm the caches."""
    return in_turn(words, runs=runs)[0]


def in_turn(*commands: Sequence[str], runs: int = 7) -> list[float]:
    """The same of several, run in turn, so that a busy minute of the machine meets them all."""
    took: list[list[float]] = [[] for _ in commands]
    for number in range(runs + 1):
        for words, times in zip(commands, took, strict=True):
            began = time.perf_counter()
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if number or not runs:
                times.append(time.perf_counter() - began)
    return [statistics.median(times) for times in took]


def line(what: str, ours: float, theirs: float, limit: float, unit: str = "s") -> None:
    """Print one comparison: both figures, their ratio, and the ratio that was promised."""
    ratio = ours / theirs
    verdict = "holds" if ratio <= limit else "BROKEN"
    print(
        f"{what:<58} {ours:9.3f} {unit} {theirs:9.3f} {unit} {ratio:7.2f} x (<= {limit:g}: {verdict})"
    )
