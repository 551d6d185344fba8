"""Whether a home's life is made up, so that what is drawn of it can say so."""

import sqlite3

_NAME = "made_up"


def mark_made_up(connection: sqlite3.Connection) -> None:
    """Say so of this home, for good: what was added to it later is no longer told apart."""
    with connection:
        connection.execute("INSERT OR REPLACE INTO fact_of_home VALUES (?, ?)", (_NAME, "yes"))


def is_made_up(connection: sqlite3.Connection) -> bool:
    """Whether it was said."""
    found = connection.execute("SELECT 1 FROM fact_of_home WHERE name = ?", (_NAME,)).fetchone()
    return found is not None
