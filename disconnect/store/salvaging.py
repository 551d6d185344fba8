"""Copying rows out of a damaged database: page by page, and around what cannot be read."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

from disconnect.errors import DisconnectError
from disconnect.store.mending import mend_references

Row = tuple[object, ...]

_IDS = ("device", "zone", "source", "app", "site", "title", "page", "context", "person",
        "encounter", "opportunity", "checkin", "experiment", "entry", "meeting")  # fmt: skip
"""Tables by a whole number; the order is one in which references hold."""
_SPANS = ("activity", "presence")
_SMALL = ("encounter_person", "reach", "job", "fact_of_home")
_BY_INDEX = {
    "device": ("sqlite_autoindex_device_1", ("id", "name")),
    "zone": ("sqlite_autoindex_zone_1", ("id", "name")),
    "app": ("sqlite_autoindex_app_1", ("id", "name")),
    "site": ("sqlite_autoindex_site_1", ("id", "name")),
    "source": ("sqlite_autoindex_source_1", ("id", "name", "device")),
    "context": ("context_parts", ("id", "app", "title", "site", "page")),
}
"""Indexes that hold a whole row: a second copy of what stands on a damaged page."""
_FARTHEST = 1 << 46
"""Beyond every id and every time there can be."""
_TIMES = (946_684_800_000, 2_587_680_000_000)
"""Where islands of time are looked for: from 2000 to 2052."""
_PARTS = 1024
"""In how many places a stretch is tried that gives nothing from its ends."""
_STEPS = 100_000
"""Steps of SQLite's machine between two looks at whether it runs in a circle."""
_HOLDS: dict[str, tuple[type, ...]] = {
    "INTEGER": (int,), "TEXT": (str,), "BLOB": (bytes,), "REAL": (float, int),
}  # fmt: skip
"""What a column of a declared type holds; a page of nonsense can give it anything."""
_UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""What damaged pages raise: nonsense in the schema is told in bytes that are no text."""


def salvage(
    old: sqlite3.Connection, fresh: sqlite3.Connection, size: int
) -> tuple[int, tuple[str, ...]]:
    """Copy all that can be read into a new database.

    Args:
        old: The damaged database.
        fresh: A new one.
        size: How large the damaged file is [bytes].

    Returns:
        How many rows were saved, and the tables of which some could not be read.

    Raises:
        DisconnectError: The new one cannot take them.
    """
    tables = (*_IDS, *_SPANS, *_SMALL)
    damaged = []
    fresh.execute("PRAGMA foreign_keys = OFF")
    fresh.execute("BEGIN IMMEDIATE")
    for table in tables:
        declared = {row[1]: row[2] for row in fresh.execute(f"PRAGMA table_info({table})")}
        copy = _Copy(old, fresh, table, declared, most_rows=size // 4)
        copy.all()
        if not copy.whole:
            damaged.append(table)
    mend_references(fresh)
    rows = sum(fresh.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables)  # noqa: S608 - names of ours
    fresh.execute("COMMIT")
    fresh.execute("PRAGMA foreign_keys = ON")
    return rows, tuple(damaged)


@dataclass(frozen=True, slots=True)
class _Walk:
    """How to read a table in the order of a whole number, within what `where` says."""

    table: str
    columns: tuple[str, ...]
    key: str
    where: str = "1"

    def rows(
        self, old: sqlite3.Connection, low: int, high: int, order: str
    ) -> Iterator[tuple[int, Row]]:
        """Rows with low < key < high, each with its key.

        Raises:
            sqlite3.DatabaseError: A page cannot be read, or leads round in a circle.
        """
        cursor = old.execute(
            f"SELECT {self.key}, {', '.join(self.columns)} FROM {self.table}"  # noqa: S608 - names of ours
            f" WHERE {self.where} AND {self.key} > ? AND {self.key} < ?"
            f" ORDER BY {self.key} {order}",
            (low, high),
        )
        for key, *row in cursor:
            if not (isinstance(key, int) and low < key < high):
                raise sqlite3.DatabaseError("keys out of order")
            if order == "ASC":
                low = key
            else:
                high = key
            yield key, tuple(row)


@dataclass(slots=True)
class _Copy:
    """The copying of one table; `whole` until something could not be read."""

    old: sqlite3.Connection
    fresh: sqlite3.Connection
    table: str
    declared: dict[str, str]
    """The type of each column."""
    most_rows: int
    """More than there can be in the file."""
    whole: bool = True
    _patience: int = field(default=0, init=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """The table's columns, in their order."""
        return tuple(self.declared)

    def all(self) -> None:
        """Copy whatever can be read."""
        self.old.set_progress_handler(self._loses_patience, _STEPS)
        if not self._is_known():
            self.whole = False
        elif self.table in _SPANS:
            self._spans()
        elif self.table in _SMALL:
            self._small()
        else:
            self._by_id()

    def _is_known(self) -> bool:
        """Whether the damaged database still knows what the table is, whatever its rows are."""
        self._afresh()
        try:
            self.old.execute(f"SELECT * FROM {self.table} WHERE 0").fetchall()  # noqa: S608 - ours
        except _UNREADABLE:
            return False
        return True

    def _loses_patience(self) -> bool:
        """Whether it takes longer than reading the whole file would: pages lead in a circle."""
        self._patience -= 1
        return self._patience < 0

    def _afresh(self) -> None:
        self._patience = 10 + 25 * self.most_rows // _STEPS

    def _by_id(self) -> None:
        """A table by its own number; what is damaged is looked for in an index, too."""
        key = "one" if self.table == "meeting" else "id"
        self._around(_Walk(self.table, self.columns, key))
        if self.whole or self.table not in _BY_INDEX:
            return
        index, columns = _BY_INDEX[self.table]
        for order in ("ASC", "DESC"):
            sorting = "title, page, app, site" if self.table == "context" else "name"
            directed = ", ".join(f"{part} {order}" for part in sorting.split(", "))
            self._until_it_fails(
                f"SELECT {', '.join(columns)} FROM {self.table} INDEXED BY {index}"  # noqa: S608
                f" ORDER BY {directed}",
                columns,
            )

    def _spans(self) -> None:
        """Activities or presence: source by source, in the order of time."""
        known = {number for (number,) in self.fresh.execute("SELECT id FROM source")}
        last = max(known, default=0) + 8  # a few more: sources that were lost themselves
        for number in range(1, last + 1):
            self._around(_Walk(self.table, self.columns, "start", f"source = {number}"))

    def _small(self) -> None:
        """A table of a few pages: from the front, and from the back."""
        for order in ("ASC", "DESC"):
            wanted = f"SELECT {', '.join(self.columns)} FROM {self.table} ORDER BY 1 {order}"  # noqa: S608
            if self._until_it_fails(wanted, self.columns):
                return
            self.whole = False

    def _around(self, walk: _Walk) -> None:
        """Read from below and from above; between the two, look for islands, and so on."""
        self._afresh()
        stretches = [(-_FARTHEST, _FARTHEST)]
        while stretches:
            low, high = stretches.pop()
            bottom, fine = self._walked(walk, low, high, "ASC")
            if fine:
                continue
            self.whole = False
            top, _ = self._walked(walk, bottom, high, "DESC")
            island = self._island(walk, bottom, top)
            if island is not None:
                stretches += [(bottom, island), (island, top)]

    def _island(self, walk: _Walk, bottom: int, top: int) -> int | None:
        """A key between two torn pages that can be read: near the ends first, then anywhere."""
        first, last = _TIMES if self.table in _SPANS else (0, self.most_rows)
        first, last = max(bottom, first), min(top, last)
        leaps = [1 << power for power in range(_FARTHEST.bit_length())]
        steps = [first + (last - first) * part // _PARTS for part in range(1, _PARTS)]
        tries = [
            *((bottom, top - leap, "DESC") for leap in leaps),
            *((bottom + leap, top, "ASC") for leap in leaps),
            *((step, top, "ASC") for step in steps),
        ]
        for low, high, order in tries:
            if not bottom <= low < high <= top:
                continue
            try:
                found = next(walk.rows(self.old, low, high, order), None)
            except _UNREADABLE:
                continue
            if found is not None:
                self._put(walk.columns, found[1])
                return found[0]
        return None

    def _walked(self, walk: _Walk, low: int, high: int, order: str) -> tuple[int, bool]:
        """Copy what lies between; the last key that was read, and whether that was the end."""
        reached = low if order == "ASC" else high
        try:
            for key, row in walk.rows(self.old, low, high, order):
                self._put(walk.columns, row)
                reached = key
        except _UNREADABLE:
            return reached, False
        return reached, True

    def _until_it_fails(self, select: str, columns: tuple[str, ...]) -> bool:
        self._afresh()
        try:
            for number, row in enumerate(self.old.execute(select)):
                if number > self.most_rows:
                    return False
                self._put(columns, row)
        except _UNREADABLE:
            return False
        return True

    def _is_ours(self, columns: tuple[str, ...], row: Row) -> bool:
        """Whether each value is of its column's type."""
        kinds = (_HOLDS.get(self.declared[name], (object,)) for name in columns)
        return all(
            value is None or isinstance(value, kind) for value, kind in zip(row, kinds, strict=True)
        )

    def _put(self, columns: tuple[str, ...], row: Row) -> None:
        if not self._is_ours(columns, row):
            self.whole = False
            return
        marks = ", ".join("?" * len(columns))
        try:
            self.fresh.execute(
                f"INSERT OR IGNORE INTO {self.table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 - names of ours
                row,
            )
        except sqlite3.IntegrityError:
            self.whole = False  # a page of nonsense that still looks like rows
        except sqlite3.Error as error:
            raise DisconnectError(str(error)) from error
