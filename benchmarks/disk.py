"""Bytes on disk for one activity, on a made-up year with its titles and pages."""

import datetime as dt
import tempfile
from pathlib import Path

from benchmarks.lives import LONG_AGO
from collectors.imports.made_up import MadeUpLife
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

ACTIVITYWATCH, ARBTT = 184.0, 85.0
"""Bytes an event, measured once on a million events over two years."""


def main() -> None:
    """Print ours beside what ActivityWatch and arbtt take."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "disconnect.sqlite"
        connection = connect(path)
        Writer(connection).write(MadeUpLife(7, dt.date(2025, 10, 6), 365).facts(LONG_AGO))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (count,) = connection.execute("SELECT count(*) FROM activity").fetchone()
        connection.close()
        ours = path.stat().st_size / count
    print(f"{count} activities, {ours:.1f} bytes each (<= 45)")
    print(
        f"ActivityWatch takes {ACTIVITYWATCH / ours:.1f} times that, arbtt {ARBTT / ours:.1f} times"
    )


if __name__ == "__main__":
    main()
