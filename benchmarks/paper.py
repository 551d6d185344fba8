"""How long the demo and a year's report take."""

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.processes import in_turn, line, seconds

DEMO_SECONDS = 20.0


def main() -> None:
    """Print the demo's seconds, and the ratio of a year's report to importing what draws it."""
    program = [sys.executable, "-m", "disconnect"]
    with tempfile.TemporaryDirectory() as folder:
        kept, paper = str(Path(folder) / "kept"), str(Path(folder) / "year.pdf")
        began = time.perf_counter()
        seconds([*program, "demo", "-o", paper, "--keep", kept], runs=0)
        line(
            "the demo, a year made up and reported / its limit",
            time.perf_counter() - began,
            DEMO_SECONDS,
            1,
        )
        year = [*program, "--home", kept, "report", "--last", "1y", "-o", paper]
        importing = [sys.executable, "-c", "import pandas, matplotlib.figure"]
        report, imports = in_turn(year, importing, runs=3)
        line("a year's report / import pandas, matplotlib.figure", report, imports, 5)


if __name__ == "__main__":
    main()
