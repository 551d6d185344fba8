"""Turns at the write lock: short ones, with room between them for a collector that waits."""

import contextlib
import sqlite3
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

LONGEST_TURN = 0.04
"""Seconds that a turn should take; the number of rows follows from how long the last one took."""
_WORTH_A_PAUSE = 0.02
_PAUSE = 0.03
"""Seconds: SQLite tries again each 25 ms at first, so whoever waits finds this gap."""
_ROWS = (500, 16_000)
_FASTEST_GROWTH = 1.5
"""From turn to turn; where rows lie apart now, they may lie close together next."""


def roll_back(connection: sqlite3.Connection) -> None:
    """Undo the transaction, unless SQLite has done so itself (a full disk)."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


@dataclass(slots=True)
class Turns:
    """Takes the write lock again and again, each time shortly."""

    connection: sqlite3.Connection
    rows: int = 2000
    """How many rows a turn may look at."""
    _held: float = field(default=0.0, init=False)

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Write everything inside in one transaction, or nothing; waits first, for the others."""
        self.let_others()
        self.connection.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            roll_back(self.connection)
            raise
        took = time.monotonic() - began
        self._held += took
        wanted = self.rows * min(LONGEST_TURN / max(took, 1e-3), _FASTEST_GROWTH)
        self.rows = int(min(max(wanted, _ROWS[0]), _ROWS[1]))

    def let_others(self) -> None:
        """Wait a moment where the lock has been held for long: no writer waits 0.5 s."""
        if self._held > _WORTH_A_PAUSE:
            time.sleep(max(_PAUSE, self._held / 2))
            self._held = 0.0

    def stretches(
        self, table: str, key: str, condition: str, known: Mapping[str, int]
    ) -> Iterator[tuple[int, int]]:
        """Split the rows that meet a condition into stretches [low, high) of a key, one a turn.

        Args:
            table: The table.
            key: A whole-numbered column by which the rows are found in order.
            condition: SQL, with `known` for its names; `:low` and `:high` bound the key.
            known: Values of those names, with `low` and `high` for the whole.
        """
        low, high = known["low"], known["high"]
        ordered = f"SELECT {key} FROM {table} WHERE {condition} AND {key} >= :low AND {key} < :high"  # noqa: S608 - names of ours
        first = f"{ordered} ORDER BY {key} LIMIT 1"
        last = f"{first} OFFSET :rows"
        while found := self.connection.execute(first, {**known, "low": low}).fetchone():
            low = int(found[0])
            values = {**known, "low": low, "rows": self.rows}
            beyond = self.connection.execute(last, values).fetchone()
            until = int(beyond[0]) if beyond else high
            yield low, until
            low = until
