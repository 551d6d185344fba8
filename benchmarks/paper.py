"""How long the demo, a year's report and a year's load take."""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.processes import beside, in_turn, line, once
from disconnect.analysis.load import load_of
from disconnect.clock import system
from disconnect.home import Home
from disconnect.periods import last
from disconnect.settings import Settings

DEMO_SECONDS = 20.0
LOAD_SECONDS = 1.0


def main() -> None:
    """Print the demo's seconds, and the ratio of a year's report to importing what draws it."""
    program = [sys.executable, "-m", "disconnect"]
    with tempfile.TemporaryDirectory() as folder:
        kept, paper = str(Path(folder) / "kept"), str(Path(folder) / "year.pdf")
        demo = once([*program, "demo", "-o", paper, "--keep", kept])
        line("the demo, start to PDF / its limit", demo.wall, DEMO_SECONDS, 1)
        print(f"… of it {demo.cpu:.2f} s of processor time")
        year = [*program, "--home", kept, "report", "--last", "1y", "-o", paper]
        importing = [sys.executable, "-c", "import pandas, matplotlib.figure"]
        report, imports = in_turn(year, importing, runs=3)
        beside("a year's report / import pandas, matplotlib.figure", report, imports, 5)
        line("a year's load by day, with its intervals / its limit", _load(kept), LOAD_SECONDS, 1)


def _load(home: str) -> float:
    """Seconds that the index of each day of a year takes; sums are kept, imports are done."""
    place = Home(Path(home))
    now = system()
    year = last("1y", now.date())
    took = []
    for _ in range(3):
        began = time.perf_counter()
        load_of(place, Settings(), year, "day", lambda: now)
        took.append(time.perf_counter() - began)
    return statistics.median(took)


if __name__ == "__main__":
    main()
