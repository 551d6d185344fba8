"""Encounters with their people, as frames on local days."""

import datetime as dt
import sqlite3
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pandas as pd

from disconnect.clock import milliseconds
from disconnect.pipeline.overlaps import ONE_BY_ONE, once
from disconnect.pipeline.timeline import partition
from disconnect.pipeline.timeline.rows import DAY, HOUR
from disconnect.settings import Settings
from disconnect.store import frames, lived

_RATINGS = ("place", "initiator", "meaning", "disclosure", "energy", "support")
_COLUMNS = (
    "encounter", "day", "person", "channel", "chance", "start", "zone", "hours", *_RATINGS,
)  # fmt: skip


def encounter_rows(connection: sqlite3.Connection, settings: Settings) -> pd.DataFrame:
    """One row per encounter and person, person -1 where nobody is named.

    Columns: `encounter`, `day` (local, on which it began, since 1970), `person`, `channel`,
    `chance`, `start` [ms UTC], `zone` (IANA name), `hours` [h], `place`, `initiator` (me, them),
    `meaning` and `disclosure` (1..7), `energy` (-3..3), `support` (given, received); None or
    NaN: not said.
    """
    zones = frames.names(connection, "zone")
    people: dict[int, list[int]] = {}
    for encounter, person in lived.who_met(connection):
        people.setdefault(encounter, []).append(person)
    rows = []
    for met in lived.encounters(connection):
        local = frames.instant(met["start"]).astimezone(ZoneInfo(zones[met["zone"]]))
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
                zones[met["zone"]],
                hours,
                *told,
            )
            for person in people.get(met["id"], [-1])
        ]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    kinds: dict[str, type] = dict.fromkeys(["meaning", "disclosure", "energy", "hours"], float)
    # Where nothing was logged, the columns would be of no kind, and nothing could be counted.
    kinds |= dict.fromkeys(["encounter", "day", "person", "start"], int) | {"chance": bool}
    return frame.astype(kinds)


def touched(rows: pd.DataFrame, day_starts_hour: int) -> pd.DataFrame:
    """Encounters as days see them: one row for each local day that each of them touches.

    A meeting over midnight is met on both days. `start` and `hours` are those of the part,
    `lasted` are the hours of the whole encounter; time shared with others is not taken off.
    """
    return partition.by_day(rows.assign(lasted=rows["hours"]), day_starts_hour)


def spent(
    rows: pd.DataFrame,
    day_starts_hour: int,
    by: Sequence[str] = ONE_BY_ONE,
    *,
    hourly: bool = False,
) -> pd.DataFrame:
    """Encounters as hours see them: what two of one group share counts once, cut by day or hour.

    `by` makes a group; `start`, `hours` and `day` (and, hourly, `hour`) are those of the part.
    """
    cut = partition.by_hour if hourly else partition.by_day
    return cut(once(rows, by), day_starts_hour)
