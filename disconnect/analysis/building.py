"""Sums of UTC days: kept where they are, made and kept where they are missing."""

import sqlite3
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from disconnect.analysis.categories import Categories
from disconnect.analysis.rows import Reader
from disconnect.pipeline.timeline import summing
from disconnect.pipeline.timeline.rows import DAY, HOUR, Ints, Sums
from disconnect.pipeline.timeline.stretches import Stretches, rejoined
from disconnect.store import frames
from disconnect.store import sums as store

DAYS_AT_ONCE = 32
FINISHED_AFTER = HOUR
"""A UTC day is kept once it has been over for so long."""


def sums_of(
    connection: sqlite3.Connection,
    categories: Categories,
    days: tuple[int, int],
    now: int,
    *,
    keep: bool,
) -> Sums:
    """The sums of UTC days first..last, both inclusive.

    Args:
        connection: The store.
        categories: What each context is.
        days: The first UTC day and the last, since 1970.
        now: The time it is [ms UTC].
        keep: Whether what is made may be kept for the next time.
    """
    extent = frames.extent(connection)
    if extent is None:
        return Sums.joined([])
    first, last = max(days[0], extent[0] // DAY), min(days[1], extent[1] // DAY)
    rules = categories.sorter.fingerprint
    known, counts, records = store.kept(connection, first, last, rules)
    parts = [_decoded(known, counts, records)]
    missing = np.setdiff1d(np.arange(first, last + 1), known)
    if len(missing):
        reader = Reader(connection, categories)
        for some in _runs(missing):
            with store.one_state(connection, writing=keep):
                parts.append(_made(reader, some, now, keep=keep)[0])
    return Sums.joined(parts)


def fresh(connection: sqlite3.Connection, categories: Categories, since: int, until: int) -> Sums:
    """The sums of [since, until) [ms UTC], read off the rows."""
    if until <= since:
        return Sums.joined([])
    lo, hi = since // DAY * DAY, -(-until // DAY) * DAY
    with store.one_state(connection, writing=False):
        rows = Reader(connection, categories).rows(lo, hi)
    return summing.counted(rows, lo, hi).sums((since, until))


def _runs(missing: Ints) -> Iterator[Ints]:
    """Missing days that follow each other, so many at once."""
    breaks = np.flatnonzero(np.diff(missing) > 1) + 1
    for stretch in np.split(missing, breaks):
        for first in range(0, len(stretch), DAYS_AT_ONCE):
            yield stretch[first : first + DAYS_AT_ONCE]


def stretches_of(
    connection: sqlite3.Connection,
    categories: Categories,
    days: tuple[int, int],
    now: int,
    *,
    keep: bool,
) -> Stretches:
    """The stretches of UTC days first..last, both inclusive, joined over midnights.

    Args:
        connection: The store.
        categories: What each context is.
        days: The first UTC day and the last, since 1970.
        now: The time it is [ms UTC].
        keep: Whether what is made may be kept for the next time.
    """
    extent = frames.extent(connection)
    if extent is None:
        return Stretches.joined([])
    first, last = max(days[0], extent[0] // DAY), min(days[1], extent[1] // DAY)
    rules = categories.sorter.fingerprint
    known, records = store.kept_stretches(connection, first, last, rules)
    parts = [_decoded_stretches(records)]
    missing = np.setdiff1d(np.arange(first, last + 1), known)
    if len(missing):
        reader = Reader(connection, categories)
        for some in _runs(missing):
            with store.one_state(connection, writing=keep):
                parts.append(_made(reader, some, now, keep=keep)[1])
    return rejoined(Stretches.joined(parts))


def _made(reader: Reader, days: Ints, now: int, *, keep: bool) -> tuple[Sums, Stretches]:
    """Count those days, which follow each other, and keep the finished ones."""
    lo, hi = int(days[0]) * DAY, (int(days[-1]) + 1) * DAY
    counted = summing.counted(reader.rows(lo, hi), lo, hi)
    sums, stretches = counted.sums(), counted.stretches()
    if keep:
        finished = [day for day in days.tolist() if (day + 1) * DAY + FINISHED_AFTER <= now]
        rules, connection = reader.categories.sorter.fingerprint, reader.connection
        blocks = _by_day(finished, sums.utc_day, _encoded(sums))
        store.keep(connection, blocks, set(counted.unsure.tolist()), rules)
        ordered = stretches.take(np.argsort(stretches.start, kind="stable"))
        blocks = _by_day(finished, ordered.start // DAY, _encoded_stretches(ordered))
        store.keep_stretches(connection, blocks, rules)
    return sums, stretches


def _by_day(days: list[int], utc_day: Ints, records: store.Records) -> dict[int, store.Records]:
    """The records of each of these days; they come in the order of their days."""
    first, stop = (np.searchsorted(utc_day, days, side=side) for side in ("left", "right"))
    return {day: records[first[n] : stop[n]] for n, day in enumerate(days)}


def _encoded(found: Sums) -> npt.NDArray[np.void]:
    records = np.empty(len(found), dtype=store.RECORD)
    records["context"] = found.context
    records["ms"] = found.ms
    records["hour"] = found.hour - found.utc_day * 24 + store.EARLIEST
    records["what"] = found.kind | (found.channel + 1) << 2 | found.together << 5
    records["device"] = found.device
    return records


def _encoded_stretches(found: Stretches) -> store.Records:
    records = np.empty(len(found), dtype=store.STRETCH)
    records["start"], records["length"] = found.start, found.end - found.start
    records["ms"], records["what"], records["zone"] = found.ms, found.what, found.zone
    return records


def _decoded_stretches(records: store.Records) -> Stretches:
    start = records["start"].astype(np.int64)
    return Stretches(
        start=start,
        end=start + records["length"],
        ms=records["ms"].astype(np.int64),
        what=records["what"].astype(np.int64),
        zone=records["zone"].astype(np.int64),
    )


def _decoded(days: Ints, counts: Ints, records: npt.NDArray[np.void]) -> Sums:
    utc_day = np.repeat(days, counts)
    what = records["what"]
    return Sums(
        utc_day=utc_day,
        hour=utc_day * 24 + (records["hour"].astype(np.int32) - store.EARLIEST),
        device=records["device"],
        context=records["context"],
        kind=what & 3,
        channel=((what >> 2) & 7).astype(np.int64) - 1,
        together=what >> 5,
        ms=records["ms"],
    )
