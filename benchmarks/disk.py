"""Bytes on disk for one activity, on a made-up year with its titles and pages.

As recorded, and once questions were asked: the answers' sums are kept in the same file.
"""

import datetime as dt
import sys
import tempfile
from pathlib import Path

from benchmarks.lives import LONG_AGO
from benchmarks.processes import once
from collectors.imports.made_up import MadeUpLife
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

ACTIVITYWATCH, ARBTT = 184.0, 85.0
"""Bytes an event, measured once on a million events over two years."""
FIRST, DAYS = dt.date(2025, 10, 6), 365


def main() -> None:
    """Print ours beside what ActivityWatch and arbtt take."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "disconnect.sqlite"
        connection = connect(path)
        Writer(connection).write(MadeUpLife(7, FIRST, DAYS).facts(LONG_AGO))
        (count,) = connection.execute("SELECT count(*) FROM activity").fetchone()
        connection.close()
        recorded = _bytes(path) / count
        last = FIRST + dt.timedelta(days=DAYS - 1)
        program = [sys.executable, "-m", "disconnect", "--home", folder]
        for question in ("contrast", "load"):
            once([*program, question, "--from", str(FIRST), "--to", str(last)])
        asked = _bytes(path) / count
    print(f"{count} activities, {recorded:.1f} bytes each as recorded (<= 45)")
    print(f"{asked:.1f} bytes each once contrast and load were asked of all of them")
    print(
        f"ActivityWatch takes {ACTIVITYWATCH / asked:.1f} times that, arbtt {ARBTT / asked:.1f} times"
    )


def _bytes(path: Path) -> int:
    """The database and what lies beside it; the log of changes is taken in first."""
    connection = connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*"))


if __name__ == "__main__":
    main()
