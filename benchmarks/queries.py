"""Ten years and five million activities up to today: whole commands, beside familiar yardsticks."""

import datetime as dt
import sqlite3
import sys

from benchmarks.lives import life
from benchmarks.processes import beside, in_turn, middle, once
from disconnect.home import Home

DAYS = 3653
ROUNDS = 3
GROUP_BY = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
for _ in connection.execute(
    "SELECT source, context, start / 3600000, sum(length) FROM activity GROUP BY 1, 2, 3"
): pass
"""


def main() -> None:
    """Print each ratio."""
    home = life(DAYS, first=dt.datetime.now(dt.UTC).date() - dt.timedelta(days=DAYS - 1))  # noqa: TID251 - a real command asks the real clock
    program = [sys.executable, "-m", "disconnect", "--home", str(home.folder)]
    weeks = [*program, "contrast", "--last", "10y", "--by", "week"]
    grouped = [sys.executable, "-c", GROUP_BY, str(home.database)]
    nothing, plain = [], []
    for _ in range(ROUNDS):
        plain.append(once(grouped))
        _forget(home)
        nothing.append(once(weeks))
    what = "contrast --last 10y --by week, from nothing / SQL GROUP BY"
    beside(what, middle(nothing), middle(plain), 2.5)
    pandas = [sys.executable, "-c", "import pandas"]
    warm, today, imported = in_turn(weeks, [*program, "today"], pandas)
    beside("contrast --last 10y --by week, warm / import pandas", warm, imported, 3)
    beside("today / import pandas", today, imported, 2)


def _forget(home: Home) -> None:
    with sqlite3.connect(home.database) as connection:
        connection.execute("DELETE FROM hour_sums")
        connection.execute("DELETE FROM sorted")
    connection.close()


if __name__ == "__main__":
    main()
