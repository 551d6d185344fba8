"""What it costs to ask a browser's history which of 20 titles it knows.

    python -m benchmarks.histories

Processor and wall time are those of the whole child process; the history is Chromium's in form.
"""

import contextlib
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGES = (1_000, 20_000, 250_000)
TITLES = 20
TIMES = 5
TABLE = "CREATE TABLE urls (id INTEGER PRIMARY KEY, url, title, last_visit_time, hidden DEFAULT 0)"


def made(history: Path, pages: int) -> None:
    """Write a history of that many pages on a two-hundredth as many sites."""
    history.parent.mkdir(parents=True)
    with contextlib.closing(sqlite3.connect(history)) as connection, connection:
        connection.execute(TABLE)
        connection.executemany(
            "INSERT INTO urls (url, title, last_visit_time) VALUES (?, ?, ?)",
            (
                (
                    f"https://site{number // 200}.example/{number}?words={'x' * 700}",
                    f"Page {number} of many - Site {number // 200}th",
                    number,
                )
                for number in range(pages)
            ),
        )


def asked(home: Path, pages: int) -> tuple[float, float, int]:
    """Ask once: seconds of processor, seconds of wall time, and how many titles are known."""
    windows = [
        f"Page {number * 7} of many - Site {number * 7 // 200}th - Chromium"
        for number in range(TITLES // 2)
    ]
    windows += [f"Page {pages + number} of secrets - Chromium" for number in range(TITLES // 2)]
    request = json.dumps({"home": str(home), "browsers": {"chromium": windows}})
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "disconnect.daemon.knowing"],
        input=request,
        capture_output=True,
        text=True,
        check=True,
    )
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, wall, len(json.loads(done.stdout)["chromium"]["found"])


def main() -> None:
    """Print the median of several times for histories of several sizes."""
    for pages in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            history = Path(folder) / ".config/chromium/Default/History"
            made(history, pages)
            runs = sorted(asked(Path(folder), pages) for _ in range(TIMES))
            spent, wall, known = runs[TIMES // 2]
            size = history.stat().st_size / 1e6
            print(
                f"{pages:>7} pages, {size:6.1f} MB: {spent:.2f} s of processor,"
                f" {wall:.2f} s; {known} of {TITLES} titles known"
            )


if __name__ == "__main__":
    main()
