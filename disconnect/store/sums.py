"""Kept results that are rebuilt when what they are made of changes."""

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from disconnect.store.turns import roll_back

FORMAT = b"\x03"
"""First byte of each block; another one is as good as no block."""
RECORD = np.dtype(
    [("context", "<u4"), ("ms", "<u4"), ("hour", "u1"), ("what", "u1"), ("device", "<u2")]
)
"""One local hour of one context: `hour` counts from two days before the block's UTC day."""
EARLIEST = 48
STRETCH = np.dtype(
    [("start", "<i8"), ("length", "<u4"), ("ms", "<u4"), ("what", "u1"), ("zone", "<u2")]
)
"""One stretch of a UTC day: `ms` of its `length` [ms] counted; `what` as the pipeline says."""

Records = npt.NDArray[np.void]


def kept(
    connection: sqlite3.Connection, first: int, last: int, rules: str
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Records]:
    """The kept blocks of UTC days first..last that are good under those rules.

    Returns:
        The UTC days there are, how many records each has, and the records of all.
    """
    days, blobs = [], []
    cursor = connection.execute(
        "SELECT utc_day, data FROM hour_sums WHERE utc_day BETWEEN ? AND ? AND rules IN ('', ?)"
        " ORDER BY utc_day",
        (first, last, rules),
    )
    for day, data in cursor:
        if data[:1] == FORMAT:
            days.append(day)
            blobs.append(memoryview(data)[1:])
    counts = np.array([len(blob) // RECORD.itemsize for blob in blobs], dtype=np.int64)
    records = np.frombuffer(b"".join(blobs), dtype=RECORD)
    return np.array(days, dtype=np.int64), counts, records


def keep(
    connection: sqlite3.Connection, blocks: Mapping[int, Records], depending: set[int], rules: str
) -> None:
    """Keep blocks of finished UTC days; those in `depending` only under these rules."""
    rows = [
        (day, rules if day in depending else "", FORMAT + records.tobytes())
        for day, records in blocks.items()
    ]
    connection.executemany(
        "INSERT OR REPLACE INTO hour_sums (utc_day, rules, data) VALUES (?, ?, ?)", rows
    )


def kept_stretches(
    connection: sqlite3.Connection, first: int, last: int, rules: str
) -> tuple[npt.NDArray[np.int64], Records]:
    """The UTC days of first..last whose stretches are kept under those rules, and these."""
    days, blobs = [], []
    cursor = connection.execute(
        "SELECT utc_day, rhythm FROM hour_sums WHERE utc_day BETWEEN ? AND ?"
        " AND rhythm_rules = ? ORDER BY utc_day",
        (first, last, rules),
    )
    for day, data in cursor:
        if data[:1] == FORMAT:
            days.append(day)
            blobs.append(memoryview(data)[1:])
    return np.array(days, dtype=np.int64), np.frombuffer(b"".join(blobs), dtype=STRETCH)


def keep_stretches(
    connection: sqlite3.Connection, blocks: Mapping[int, Records], rules: str
) -> None:
    """Keep the stretches of UTC days whose sums are kept."""
    rows = [(rules, FORMAT + records.tobytes(), day) for day, records in blocks.items()]
    connection.executemany(
        "UPDATE hour_sums SET rhythm_rules = ?, rhythm = ? WHERE utc_day = ?", rows
    )


def categories(connection: sqlite3.Connection, rules: str) -> npt.NDArray[np.uint16]:
    """The category of each context under those rules, by id; as far as it was sorted."""
    rows = connection.execute(
        "SELECT first_context, data FROM sorted WHERE rules = ? ORDER BY first_context", (rules,)
    )
    found = b""
    for first, data in rows:
        if first * 2 != len(found):
            break  # a stretch is missing: from here on all is sorted anew
        found += data
    return np.frombuffer(found, dtype="<u2")


def keep_categories(
    connection: sqlite3.Connection, rules: str, first: int, found: npt.NDArray[np.uint16]
) -> None:
    """Keep one more stretch; what other rules said is dropped."""
    connection.execute("DELETE FROM sorted WHERE rules != ?", (rules,))
    connection.execute(
        "INSERT OR REPLACE INTO sorted VALUES (?, ?, ?)",
        (rules, first, found.astype("<u2").tobytes()),
    )


@contextlib.contextmanager
def one_state(connection: sqlite3.Connection, *, writing: bool) -> Iterator[None]:
    """Read (and write) everything inside as of one moment, all of it or nothing."""
    connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise
