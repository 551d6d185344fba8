"""What it takes to forget an app of one year and of ten, while a collector writes.

    python -m benchmarks.forgetting [--years 1 10]

Each is a whole command, `disconnect forget --app … --yes`, on a copy of a made-up life of half a
million activities a year. Beside it a process writes a row each 20 ms, as a busy collector would,
and notes how long it ever waited.
"""

import argparse
import contextlib
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import lives

A_YEAR = 22_932
"""Rows a year of the app that is forgotten, about."""
_WRITER = """
import os, sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
connection.execute("PRAGMA synchronous = NORMAL")
longest = count = 0
print("writing", flush=True)
while not os.path.exists(sys.argv[2]):
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT OR REPLACE INTO job VALUES ('bench', ?, '')", (count,))
    connection.execute("COMMIT")
    longest = max(longest, time.perf_counter() - began)
    count += 1
    time.sleep(0.02)
print(longest)
"""


def typical(database: Path, rows: int) -> tuple[str, int, int]:
    """The app whose rows are about that many; how many it has, and how many all have."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        (every,) = connection.execute("SELECT count(*) FROM activity").fetchone()
        name, rows = connection.execute(
            "SELECT app.name, count(*) FROM activity JOIN context ON context.id = context"
            " JOIN app ON app.id = app GROUP BY 1 ORDER BY abs(count(*) - ?) LIMIT 1",
            (rows,),
        ).fetchone()
    return str(name), int(rows), int(every)


def forget(database: Path, words: list[str]) -> tuple[float, float, float]:
    """Run it beside a writer: CPU and wall [s], and the writer's longest wait [s]."""
    stop = database.with_name("stop")
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(database), str(stop)], stdout=subprocess.PIPE
    ) as writer:
        try:
            assert writer.stdout
            writer.stdout.readline()
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            program = [sys.executable, "-m", "disconnect", "--home", str(database.parent)]
            subprocess.run([*program, "forget", *words, "--yes"], check=True, stdout=2)
            wall = time.perf_counter() - began
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        finally:
            stop.touch()
        longest = float(writer.stdout.readline())
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall, longest


def measure(years: int) -> None:
    life = lives.life() if years == 10 else lives.life(365 * years)
    app, rows, every = typical(life.database, A_YEAR * years)
    for words, what in (
        (["--app", app], f"{rows} of {every} rows"),
        (["--from", "2016-03-01", "--to", "2016-05-31"], "three months"),
    ):
        with tempfile.TemporaryDirectory(dir=lives.FOLDER) as folder:
            copy = Path(folder) / life.database.name
            shutil.copyfile(life.database, copy)
            os.sync()
            cpu, wall, longest = forget(copy, words)
        print(
            f"{years} year{'s' if years > 1 else ''}, forget {what}: {cpu:.2f} s of processor,"
            f" {wall:.2f} s; a writer waited {1000 * longest:.0f} ms at most (<= 500)"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--years", type=int, nargs="*", default=[1, 10])
    for years in parser.parse_known_args()[0].years:
        measure(years)


if __name__ == "__main__":
    main()
