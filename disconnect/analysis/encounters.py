"""Encounters with their people, as frames on local days."""

import datetime as dt
import sqlite3
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from disconnect.clock import milliseconds
from disconnect.pipeline.timeline.rows import DAY, HOUR
from disconnect.settings import Settings
from disconnect.store import frames, lived

_RATINGS = ("place", "initiator", "meaning", "disclosure", "energy", "support")
_COLUMNS = (
    "encounter", "day", "person", "channel", "chance", "start", "ahead", "hours", *_RATINGS,
)  # fmt: skip


def encounter_rows(connection: sqlite3.Connection, settings: Settings) -> pd.DataFrame:
    """One row per encounter and person, person -1 where nobody is named.

    Columns: `encounter`, `day` (local, since 1970), `person`, `channel`, `chance`,
    `start` [ms UTC], `ahead` (so far was the local clock ahead of UTC when it began [ms]),
    `hours` [h], `place`, `initiator` (me, them), `meaning` and `disclosure` (1..7), `energy`
    (-3..3), `support` (given, received); None or NaN: not said.
    """
    zones = {number: ZoneInfo(name) for number, name in frames.names(connection, "zone").items()}
    people: dict[int, list[int]] = {}
    for encounter, person in lived.who_met(connection):
        people.setdefault(encounter, []).append(person)
    rows = []
    for met in lived.encounters(connection):
        local = frames.instant(met["start"]).astimezone(zones[met["zone"]])
        ahead = milliseconds(local.replace(tzinfo=dt.UTC)) - met["start"]
        day = (met["start"] + ahead - settings.day_starts_hour * HOUR) // DAY
        hours = (met["end"] - met["start"]) / HOUR
        told = [met[name] for name in _RATINGS]
        rows += [
            (
                met["id"],
                day,
                person,
                met["channel"],
                bool(met["chance"]),
                met["start"],
                ahead,
                hours,
                *told,
            )
            for person in people.get(met["id"], [-1])
        ]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    kinds: dict[str, type] = dict.fromkeys(["meaning", "disclosure", "energy", "hours"], float)
    # Where nothing was logged, the columns would be of no kind, and nothing could be counted.
    kinds |= dict.fromkeys(["encounter", "day", "person", "start", "ahead"], int) | {"chance": bool}
    return frame.astype(kinds)


def within(rows: pd.DataFrame, since: int | None, until: int | None) -> pd.DataFrame:
    """Encounters as a period sees them that begins or ends within a day [ms UTC; None: whole].

    What began after its end is gone. `hours_inside` are the hours of it, and `inside` tells what
    reaches into it: what was over before stays, since days since a meeting are told by it.
    """
    if since is None and until is None:
        return rows.assign(inside=True, hours_inside=rows["hours"])
    start = rows["start"].to_numpy(dtype=np.int64)
    end = start + (rows["hours"] * HOUR).round().to_numpy().astype(np.int64)
    first = start if since is None else start.clip(min=since)
    last = end if until is None else end.clip(max=until)
    shared = (last - first).clip(min=0)
    cut = rows.assign(inside=(shared > 0) | (start >= first), hours_inside=shared / HOUR)
    return cut if until is None else cut[start < until]
