"""Whole processes, timed as a person waits for them."""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence


def seconds(words: Sequence[str], *, runs: int = 7) -> float:
    """The median wall-clock seconds of a whole process, after one run to warm the caches."""
    took = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        took.append(time.perf_counter() - began)
    return statistics.median(took[1:] or took)


def python(code: str, *, runs: int = 7) -> float:
    """The same, of `python -c code`."""
    return seconds([sys.executable, "-c", code], runs=runs)


def line(what: str, ours: float, theirs: float, limit: float, unit: str = "s") -> None:
    """Print one comparison: both figures, their ratio, and the ratio that was promised."""
    ratio = ours / theirs
    verdict = "holds" if ratio <= limit else "BROKEN"
    print(
        f"{what:<58} {ours:9.3f} {unit} {theirs:9.3f} {unit} {ratio:7.2f} x (<= {limit:g}: {verdict})"
    )
