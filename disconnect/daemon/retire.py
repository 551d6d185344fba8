"""Forgetting what is older than the person wants it kept; runs as a short child process."""

import argparse
import contextlib
import datetime as dt
import sqlite3
import sys
from pathlib import Path

from disconnect import clock
from disconnect import settings as settings_file
from disconnect.clock import milliseconds
from disconnect.errors import DisconnectError
from disconnect.home import Home
from disconnect.settings import Retention
from disconnect.store.opening import connect

_PLAIN = """
    INSERT OR IGNORE INTO context (title, page, app, site)
    SELECT DISTINCT 0, 0, c.app, c.site FROM activity AS a JOIN context AS c ON c.id = a.context
    WHERE a.start < :before AND (c.title != 0 OR c.page != 0)
"""
_MOVED = """
    UPDATE activity SET context = (
      SELECT plain.id FROM context AS c
      JOIN context AS plain ON plain.title = 0 AND plain.page = 0
        AND plain.app = c.app AND plain.site = c.site
      WHERE c.id = activity.context)
    WHERE start < :before
      AND context IN (SELECT id FROM context WHERE title != 0 OR page != 0)
"""
_UNUSED = (
    "DELETE FROM context WHERE id NOT IN (SELECT context FROM activity)",
    "DELETE FROM title WHERE id NOT IN (SELECT title FROM context)",
    "DELETE FROM page WHERE id NOT IN (SELECT page FROM context)",
)


def retire(connection: sqlite3.Connection, kept: Retention, now: dt.datetime) -> str:
    """Delete what is older than it is to be kept; returns what was done, in words."""
    rows = titles = 0
    connection.execute("BEGIN IMMEDIATE")
    try:
        if kept.activities_days:
            before = milliseconds(now - dt.timedelta(days=kept.activities_days))
            for table in ("activity", "presence"):
                done = connection.execute(
                    f"DELETE FROM {table} WHERE start + length <= ?",  # noqa: S608 - two names of ours
                    (before,),
                )
                rows += done.rowcount
        if kept.titles_days:
            before = milliseconds(now - dt.timedelta(days=kept.titles_days))
            connection.execute(_PLAIN, {"before": before})
            titles = connection.execute(_MOVED, {"before": before}).rowcount
        if rows or titles:
            for statement in _UNUSED:
                connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return f"deleted {rows} rows, and the titles of {titles}"


def main() -> None:
    """Do it for one home: `python -m disconnect.daemon.retire --home DIR`."""
    parser = argparse.ArgumentParser(prog="disconnect.daemon.retire")
    parser.add_argument("--home", type=Path, required=True)
    home = Home(parser.parse_args().home)
    try:
        kept = settings_file.load(home.settings).retention
        with contextlib.closing(connect(home.database)) as connection:
            sys.stdout.write(retire(connection, kept, clock.system()) + "\n")
    except DisconnectError as error:
        sys.exit(f"disconnect: {error}")


if __name__ == "__main__":
    main()
