"""Taking a period, or some contexts, out of one source's rows."""

import sqlite3
from dataclasses import dataclass

CHOSEN = "chosen"
"""The table, of one connection only, of the contexts that are meant."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What goes of one source's rows in `activity` or `presence`; times in ms UTC."""

    table: str
    source: int
    since: int
    until: int
    longest: int
    """The source's longest row [ms]: those that reach into the period begin no earlier."""
    chosen: bool
    """Only activities of the contexts that were chosen."""

    @property
    def which(self) -> str:
        """The rows, as SQL with the names of `known`; `:low` and `:high` bound the start, too."""
        only = f" AND context IN (SELECT id FROM temp.{CHOSEN})" if self.chosen else ""  # noqa: S608
        # (One upper bound alone: SQLite takes either of two, and would read on to the farther.)
        return f"source = :source AND start + length > :since{only}"

    @property
    def known(self) -> dict[str, int]:
        """Values for `which`."""
        return {
            "source": self.source,
            "since": self.since,
            "until": self.until,
            "low": self.since - self.longest,
            "high": self.until,
        }

    def count(self, connection: sqlite3.Connection) -> int:
        """How many rows it touches."""
        (number,) = connection.execute(
            f"SELECT count(*) FROM {self.table} WHERE {self.which}"  # noqa: S608 - names of ours
            " AND start >= :low AND start < :high",
            self.known,
        ).fetchone()
        return int(number)

    def out(self, connection: sqlite3.Connection, low: int, high: int) -> int:
        """Take it out of rows that begin in [low, high), in the caller's transaction.

        What lies before and after the period stays. Contexts that lost a row are put on the
        list `leaving` (`sweeping.prepare`). Returns how many rows had any of it.
        """
        known = {**self.known, "low": low, "high": high}
        which = f"{self.which} AND start >= :low AND start < :high"
        what = "context" if self.table == "activity" else "state"
        execute = connection.execute
        if self.table == "activity":
            execute(
                f"INSERT OR IGNORE INTO temp.leaving SELECT context FROM activity WHERE {which}",  # noqa: S608
                known,
            )
        execute(
            f"INSERT INTO {self.table} (source, start, length, {what}, zone)"  # noqa: S608 - names of ours
            f" SELECT source, :until, start + length - :until, {what}, zone FROM {self.table}"
            f" WHERE {which} AND start + length > :until"
            " ON CONFLICT DO UPDATE SET length = max(length, excluded.length)",
            known,
        )
        headed = execute(
            f"UPDATE {self.table} SET length = :since - start WHERE {which} AND start < :since",  # noqa: S608
            known,
        ).rowcount
        return headed + execute(f"DELETE FROM {self.table} WHERE {which}", known).rowcount  # noqa: S608
