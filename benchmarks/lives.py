"""A made-up life of ten years and five million activities, made once and kept."""

import datetime as dt
import sys
from itertools import islice
from pathlib import Path

from collectors.imports.made_up import MadeUpLife
from disconnect.home import Home
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

FOLDER = Path(__file__).parent / ".lives"
FIRST = dt.date(2016, 1, 4)
LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_AT_ONCE = 50_000


def life(days: int = 3653, a_day: int = 1369, seed: int = 1, first: dt.date = FIRST) -> Home:
    """The home of such a life; the default has ten years and five million activities."""
    home = Home(FOLDER / f"{first}-{days}-{a_day}-{seed}")
    done = home.folder / "done"
    if not done.exists():
        home.prepare().database.unlink(missing_ok=True)
        connection = connect(home.database)
        writer = Writer(connection)
        facts = MadeUpLife(seed, first, days, activities_per_day=a_day).facts(LONG_AGO)
        while some := list(islice(facts, _AT_ONCE)):
            writer.write(some)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        done.touch()
    return home


def ends(days: int = 3653) -> dt.datetime:
    """Noon of the last day of such a life."""
    last = dt.datetime.combine(FIRST, dt.time(12), tzinfo=dt.UTC)
    return last + dt.timedelta(days=days - 1)


if __name__ == "__main__":
    sys.stdout.write(f"{life().folder}\n")
