"""The diary of company of a home; light, so that `status` can ask for it."""

import datetime as dt
import sqlite3
from zoneinfo import ZoneInfo

import numpy as np

from disconnect.clock import Clock, instant, local_zone
from disconnect.logbook.alone import NOBODY
from disconnect.pipeline.diary import Diary, diary
from disconnect.store import frames, lived
from reports.sentences.diary import Silence

EPOCH = dt.date(1970, 1, 1)


def diary_in(connection: sqlite3.Connection, day_starts_hour: int, today: int) -> Diary:
    """Return the diary that every encounter makes, through whatever channel.

    A day of which the person said that they met nobody is an entry, too.

    Args:
        connection: The database.
        day_starts_hour: The local hour at which days begin.
        today: The local day it is, since 1970.
    """
    zones = {number: ZoneInfo(name) for number, name in frames.names(connection, "zone").items()}
    days: set[int] = set()
    night = dt.timedelta(hours=day_starts_hour)
    for met in lived.encounters(connection):
        first, last = (
            (instant(at).astimezone(zones[met["zone"]]) - night).toordinal() - EPOCH.toordinal()
            for at in (met["start"], max(met["start"], met["end"] - 1))
        )
        days.update(range(first, last + 1))
    for said in lived.checkins(connection):
        if said["instrument"] == NOBODY:
            days.add((dt.date.fromisoformat(said["day"]) - EPOCH).days)
    return diary(np.array(sorted(days), dtype=np.int64), today)


def local_day(clock: Clock, day_starts_hour: int) -> int:
    """Return the local day it is on this machine, since 1970."""
    local = clock().astimezone(ZoneInfo(local_zone())) - dt.timedelta(hours=day_starts_hour)
    return (local.date() - EPOCH).days


def silence(known: Diary, last: int | None = None) -> Silence:
    """Return how old the last entry is, for words.

    Args:
        known: The diary as of today.
        last: The last day of a period, since 1970: the silence is said where it reaches into it.
            None: today.
    """
    if known.last is None:
        return Silence(None, 0, lapsed=False)
    reached = last is None or last > known.last
    day = EPOCH + dt.timedelta(days=known.last)
    return Silence(day, known.silent_days, lapsed=known.lapsed and reached)
