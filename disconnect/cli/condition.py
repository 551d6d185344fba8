"""How the collector is: what it says of itself, beside what the database holds."""

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from disconnect.cli.diary import silence_of
from disconnect.cli.house import House
from disconnect.clock import instant
from disconnect.daemon import control, memory
from disconnect.daemon.lock import running_pid
from disconnect.errors import DisconnectError
from disconnect.store.opening import connect, no_room
from reports.sentences.diary import asked


def condition(house: House) -> dict[str, Any]:
    """Everything `status` tells; `running` is false when no collector runs."""
    pid = running_pid(house.home)
    said: dict[str, Any] = control.ask(house.home, pid) if pid is not None else {}
    zone = ZoneInfo(house.zone)
    notes = list(said.get("notes", []))
    if pid is not None and not said:
        notes.append("it does not answer; it may just have started, or be stopped by a debugger")
    full = no_room(house.home.folder)
    if full:
        notes.append(
            f"no room on the disk for {house.home.folder}: free some; until then the collector"
            " holds what it sees, and cannot say how it is"
        )
    covered, runs = _recorded(house, notes)
    if not full and said.get("database", {}).get("state") == "failing":
        notes.append(f"database: {said['database']['detail']}")
    return {
        "running": pid is not None,
        "pid": pid,
        "since": _local(said.get("since"), zone),
        "collectors": [
            {**one, "last_seen": _local(one["last_seen"], zone)}
            for one in said.get("collectors", [])
        ],
        "covered_hours_today": covered,
        "last_entry": _last_entry(house, notes),
        "database_bytes": size(house.home.database),
        "jobs": _jobs(said, runs, zone),
        "notes": notes,
    }


def _recorded(house: House, notes: list[str]) -> tuple[float, dict[str, tuple[int, str]]]:
    """Hours covered today, and each job's last run, as the database has them."""
    since = _day_start(house, notes)
    if not house.home.database.exists():
        return 0.0, {}
    try:
        connection = connect(house.home.database, read_only=True)
        try:
            now = house.clock()
            covered = memory.covered_hours(connection, since, now)
            rows = connection.execute("SELECT name, last_run, detail FROM job").fetchall()
        finally:
            connection.close()
    except (sqlite3.Error, DisconnectError) as error:
        notes.append(f"the database cannot be read: {error}")
        return 0.0, {}
    return covered, {name: (last_run, detail) for name, last_run, detail in rows}


def _day_start(house: House, notes: list[str]) -> dt.datetime:
    """When today began; at midnight where the settings are wrong, which is noted."""
    zone = ZoneInfo(house.zone)
    try:
        day, starts = house.today, dt.time(house.settings.day_starts_hour)
    except DisconnectError as error:
        notes.append(str(error))
        day, starts = house.clock().astimezone(zone).date(), dt.time()
    return dt.datetime.combine(day, starts, zone).astimezone(dt.UTC)


def _last_entry(house: House, notes: list[str]) -> dict[str, Any] | None:
    """How old the last entry of company is; None without any. What is missing is noted."""
    try:
        found = silence_of(house)
    except (sqlite3.Error, DisconnectError):
        return None  # which is noted already
    if found is None or found.last is None:
        return None
    notes.extend(asked(found))
    return {"day": found.last.isoformat(), "days": found.days, "lapsed": found.lapsed}


def _jobs(
    said: dict[str, Any], runs: dict[str, tuple[int, str]], zone: ZoneInfo
) -> list[dict[str, Any]]:
    failed = said.get("failed_jobs", {})
    due = said.get("next_jobs", {})
    return [
        {
            "name": name,
            "last_run": _local(instant(runs[name][0]).isoformat(), zone) if name in runs else None,
            "next_run": _local(due.get(name), zone),
            "state": "failing" if name in failed else "ok",
            "detail": failed.get(name) or (runs[name][1] if name in runs else "not run yet"),
        }
        for name in sorted({*due, *runs})
    ]


def _local(iso: str | None, zone: ZoneInfo) -> str | None:
    if iso is None:
        return None
    return dt.datetime.fromisoformat(iso).astimezone(zone).isoformat(timespec="seconds")


def size(database: Path) -> int | None:
    """Bytes on the disk, the log among them; None: there is no database."""
    files = (database, database.with_name(f"{database.name}-wal"))
    sizes = [file.stat().st_size for file in files if file.exists()]
    return sum(sizes) if sizes else None
