"""Ten years and five million activities: how long a question takes, beside familiar yardsticks."""

import sqlite3
import statistics
import subprocess
import sys
import time

from benchmarks.lives import FIRST, ends, life
from benchmarks.processes import in_turn, line
from disconnect.home import Home

DAYS = 3653
ROUNDS = 3
GROUP_BY = "SELECT source, context, start / 3600000, sum(length) FROM activity GROUP BY 1, 2, 3"

CONTRAST = """
import datetime as dt, pathlib, sys
from disconnect.home import Home
from disconnect.settings import Settings
from disconnect.periods import Period
from disconnect.analysis.contrast import contrast_of
now = dt.datetime.fromisoformat({now!r})
period = Period(dt.date.fromisoformat({first!r}), now.date())
contrast_of(Home(pathlib.Path({folder!r})), Settings(), period, {by!r}, lambda: now)
"""


def main() -> None:
    """Print each ratio."""
    home = life(DAYS)
    nothing, plain = _from_nothing(home)
    line("contrast of 10 years by week, from nothing / SQL GROUP BY", nothing, plain, 2.5)
    weeks, today = _words(home, FIRST.isoformat(), "week"), ends(DAYS).date().isoformat()
    pandas = [sys.executable, "-c", "import pandas"]
    warm, day, imported = in_turn(weeks, _words(home, today, "day"), pandas)
    line("contrast of 10 years by week, warm / import pandas", warm, imported, 3)
    line("today / import pandas", day, imported, 1.7)


def _words(home: Home, first: str, by: str) -> list[str]:
    now = ends(DAYS).isoformat()
    code = CONTRAST.format(now=now, first=first, folder=str(home.folder), by=by)
    return [sys.executable, "-c", code]


def _from_nothing(home: Home) -> tuple[float, float]:
    """The medians of both, taken in turn, so that a busy minute of the machine meets both."""
    words = _words(home, FIRST.isoformat(), "week")
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):
        theirs.append(_group_by(home))
        _forget(home)
        began = time.perf_counter()
        subprocess.run(words, check=True)
        ours.append(time.perf_counter() - began)
    return statistics.median(ours), statistics.median(theirs)


def _group_by(home: Home) -> float:
    with sqlite3.connect(home.database) as connection:
        began = time.perf_counter()
        for _ in connection.execute(GROUP_BY):
            pass
        took = time.perf_counter() - began
    connection.close()
    return took


def _forget(home: Home) -> None:
    with sqlite3.connect(home.database) as connection:
        connection.execute("DELETE FROM hour_sums")
        connection.execute("DELETE FROM sorted")
    connection.close()


if __name__ == "__main__":
    main()
