"""Ten years and five million activities: how long a question takes, beside familiar yardsticks."""

import sqlite3
import sys
import time

from benchmarks.lives import FIRST, ends, life
from benchmarks.processes import line, python, seconds
from disconnect.home import Home

DAYS = 3653
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
    pandas = python("import pandas")
    plain = _group_by(home)
    _forget(home)
    nothing = _seconds_once([sys.executable, "-c", _code(home, FIRST.isoformat(), "week")])
    line("contrast of 10 years by week, from nothing / SQL GROUP BY", nothing, plain, 2.5)
    warm = seconds([sys.executable, "-c", _code(home, FIRST.isoformat(), "week")])
    line("contrast of 10 years by week, warm / import pandas", warm, pandas, 3)
    today = ends(DAYS).date().isoformat()
    day = seconds([sys.executable, "-c", _code(home, today, "day")])
    line("today / import pandas", day, pandas, 1.7)


def _code(home: Home, first: str, by: str) -> str:
    now = ends(DAYS).isoformat()
    return CONTRAST.format(now=now, first=first, folder=str(home.folder), by=by)


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


def _seconds_once(words: list[str]) -> float:
    import subprocess

    began = time.perf_counter()
    subprocess.run(words, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
