"""Telling once a day that a check-in is due and what an experiment asks; a short child process.

The notification says that there is something to answer, never what was answered.
"""

import argparse
import contextlib
import datetime as dt
import sqlite3
import sys
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from disconnect import clock as clocks
from disconnect import settings as settings_file
from disconnect.clock import Clock
from disconnect.errors import DisconnectError
from disconnect.home import Home
from disconnect.logbook.due import due
from disconnect.settings import Settings
from disconnect.store.experiments import line_of_today
from disconnect.store.opening import connect, explained
from disconnect.store.sittings import last_days

BUS = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
TITLE = "A check-in is due"
BODY = "disconnect checkin"
EXPERIMENT = "Today's experiment"
LATEST = dt.timedelta(hours=1)
"""How long after its time it may still come: a machine that slept does not call in the morning."""
ANSWER_SECONDS = 5.0
_TOLD_ON = "checkin_told_on"


def remind(home: Home, settings: Settings, clock: Clock, zone: str) -> str:
    """Tell it if it is time, something is due, and it was not told today; says what was done.

    Raises:
        DisconnectError: There is nobody to show it.
    """
    local = clock().astimezone(ZoneInfo(zone))
    if not _is_time(settings.checkin.notify_at, local):
        return "not the time for it"
    day = (local - dt.timedelta(hours=settings.day_starts_hour)).date()
    with contextlib.closing(connect(home.database)) as connection:
        to_answer = due(last_days(connection, day), day, works=settings.checkin.work)
        phase = line_of_today(connection, day)
        if not to_answer and not phase:
            return "nothing is due"
        if _told_on(connection) == day.isoformat():
            return "told today already"
        said = [BODY if to_answer else "", phase or ""]
        show(TITLE if to_answer else EXPERIMENT, "\n".join(filter(None, said)))
        connection.execute(
            "INSERT OR REPLACE INTO fact_of_home VALUES (?, ?)", (_TOLD_ON, day.isoformat())
        )
    return "told that a check-in is due" if to_answer else "told the phase of the experiment"


def _is_time(notify_at: str, local: dt.datetime) -> bool:
    if not notify_at:
        return False
    hour, minute = map(int, notify_at.split(":"))
    begun = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return begun <= local < begun + LATEST


def _told_on(connection: sqlite3.Connection) -> str | None:
    found = connection.execute(
        "SELECT value FROM fact_of_home WHERE name = ?", (_TOLD_ON,)
    ).fetchone()
    return str(found[0]) if found else None


def show(title: str, body: str) -> None:
    """Show a desktop notification (Desktop Notifications Specification 1.2).

    Raises:
        DisconnectError: There is no session bus, or nobody on it who shows notifications.
    """
    try:
        from jeepney import DBusAddress, DBusErrorResponse, new_method_call
        from jeepney.io.blocking import open_dbus_connection
        from jeepney.wrappers import unwrap_msg
    except ImportError as error:
        raise DisconnectError("cannot notify: jeepney is not installed") from error
    shown: tuple[Any, ...] = ("disconnect", 0, "", title, body, [], {}, -1)
    call = new_method_call(DBusAddress(PATH, BUS, BUS), "Notify", "susssasa{sv}i", shown)
    try:
        with contextlib.closing(open_dbus_connection(bus="SESSION")) as connection:
            unwrap_msg(connection.send_and_get_reply(call, timeout=ANSWER_SECONDS))
    except KeyError as error:
        raise DisconnectError("cannot notify: there is no session bus") from error
    except (DBusErrorResponse, TimeoutError, OSError, StopIteration) as error:
        raise DisconnectError(f"cannot notify: nobody shows notifications ({error})") from error


def main() -> None:
    """Do it for one home: `python -m disconnect.daemon.reminding --home DIR`."""
    parser = argparse.ArgumentParser(prog="disconnect.daemon.reminding")
    parser.add_argument("--home", type=Path, required=True)
    home = Home(parser.parse_args().home)
    try:
        settings = settings_file.load(home.settings)
        done = remind(home, settings, clocks.system, clocks.local_zone())
        sys.stdout.write(done + "\n")
    except DisconnectError as error:
        sys.exit(f"disconnect: {error}")
    except sqlite3.Error as error:
        sys.exit(f"disconnect: {explained(home.database, error)}")


if __name__ == "__main__":
    main()
