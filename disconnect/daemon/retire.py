"""Forgetting what is older than the person wants it kept; runs as a short child process."""

import argparse
import contextlib
import datetime as dt
import sqlite3
import sys
from pathlib import Path

from disconnect import clock
from disconnect import settings as settings_file
from disconnect.errors import DisconnectError
from disconnect.home import Home
from disconnect.settings import Retention
from disconnect.store import retiring
from disconnect.store.opening import connect, explained


def retire(connection: sqlite3.Connection, kept: Retention, now: dt.datetime) -> str:
    """Delete what is older than it is to be kept; returns what was done, in words."""

    def limit(days: int) -> dt.datetime | None:
        return now - dt.timedelta(days=days) if days else None

    rows, titles = retiring.retire(
        connection,
        activities_before=limit(kept.activities_days),
        titles_before=limit(kept.titles_days),
    )
    return f"deleted {rows} row{'' if rows == 1 else 's'}, and the titles of {titles}"


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
    except sqlite3.Error as error:
        sys.exit(f"disconnect: {explained(home.database, error)}")


if __name__ == "__main__":
    main()
