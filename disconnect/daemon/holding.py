"""The file that holds rows until the database has them, as the collector writes it."""

import contextlib
import logging
import os
import secrets
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from disconnect.store import held, taking_in
from disconnect.store.held import Held, Key, LastLook, Row, key_of

RESERVED = 1 << 17
"""Bytes that the file takes from the beginning: on a disk that is full there is room in it."""
MOST_BYTES = 1 << 24
"""Bytes beyond which nothing is added: weeks of looks that no database took."""
WORTH_WRITING = 1 << 16
"""Bytes of rows after which the database should take them."""
PATIENCE = 2.0
_BETWEEN_TRIES = 0.02
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Holding:
    """A row is appended when it begins or ends; a look that changes nothing moves one number.

    Args:
        path: The file; made where it is missing, private to its owner.
        boot: The machine's boot id.
    """

    path: Path
    boot: str = ""
    detail: str = ""
    """Why the file cannot be written; empty while it can."""
    left: Held | None = field(default=None, init=False)
    """The content that the collector before this one left behind."""
    look: LastLook = field(init=False)
    size: int = field(default=0, init=False)
    _descriptor: int = field(default=-1, init=False)
    _generation: int = field(default=0, init=False)
    _open: dict[Key, Row] = field(default_factory=dict, init=False)
    _since: dict[Key, int] = field(default_factory=dict, init=False)

    def begin(self, now: datetime) -> None:
        """Open the file and read what was left in it; nothing is overwritten yet.

        Raises:
            OSError: It cannot be made, is a link, or another process holds it.
        """
        wanted = os.O_RDWR | os.O_CREAT | held.NO_LINK
        self._descriptor = os.open(self.path, wanted, 0o600)
        give_up_at = time.monotonic() + PATIENCE
        while not taking_in.lock(self._descriptor):  # whoever takes it in holds it for a moment
            if time.monotonic() > give_up_at:
                raise OSError(f"another process holds {self.path}")
            time.sleep(_BETWEEN_TRIES)
        content = held.content_of(self._descriptor)
        self.left = held.parse(content)
        self.size = max(held.BODY, len(content.rstrip(b"\0")))
        self._generation = self.left.generation if self.left else 0
        sequence = self.left.look.sequence if self.left else 0
        self.look = LastLook(secrets.token_hex(8), sequence, now, self.boot)

    def note(self, rows: Iterable[Row], cut: Collection[Key], now: datetime) -> None:
        """Put down what changed at a look; never raises for a full disk (see `detail`).

        Args:
            rows: Those that grew, or were cut, at this look.
            cut: Those of them that end earlier than before.
            now: When the look was made: rows that end then are open.
        """
        self.look = replace(self.look, sequence=self.look.sequence + 1, until=now)
        changed = list(rows)
        still = {key_of(row) for row in changed if row.end == now}
        lines = [self._line(self._open.pop(key), cut=False) for key in self._open.keys() - still]
        for row in changed:
            lines += self._change(row, cut=key_of(row) in cut, is_open=key_of(row) in still)
        self._append(b"".join(lines))

    def reset(
        self,
        rows: Iterable[Row],
        now: datetime,
        *,
        cut: Collection[Key] = (),
        all_written: bool = False,
    ) -> None:
        """Begin the file anew with these rows alone.

        Args:
            rows: The rows.
            now: When the newest look was made: rows that end then are open.
            cut: Those that may stand longer in the database than they are.
            all_written: The database has them, so that a kill in the midst of it loses nothing.
        """
        kept = {key_of(row): row for row in rows}
        self._since = {key: at for key, at in self._since.items() if key in kept}
        self._open = {key: row for key, row in kept.items() if row.end == now}
        self._generation += 1
        self.look = replace(self.look, sequence=self.look.sequence + 1, until=now)
        lines = b"".join(
            self._line(row, cut=key in cut, is_open=key in self._open) for key, row in kept.items()
        )
        in_place = all_written or self.size > MOST_BYTES // 2
        self._try(lambda: self._replace(lines, held.BODY if in_place else self.size))

    def taken_in(self, known: LastLook | None, row: Row) -> int:
        """Return the length [ms] with which others took in a row, up to that look; 0: not."""
        since = self._since.get(key_of(row), self.look.sequence + 1)
        return taking_in.known_length(known, self.look.id, row, since)

    def expect(self, ended: str) -> None:
        """Say beforehand how this collector will have ended, should it say nothing more."""
        if ended != self.look.ended:
            self.look = replace(self.look, ended=ended)

    def end(self, why: str, lost: int) -> None:
        """Say how this collector ended, and let go of the file."""
        if self._descriptor < 0:
            return
        self.look = replace(self.look, sequence=self.look.sequence + 1, ended=why)
        self._try(lambda: self._write_header(lost))
        os.close(self._descriptor)
        self._descriptor = -1

    def _change(self, row: Row, *, cut: bool, is_open: bool) -> list[bytes]:
        """The lines that a row takes; none for one that is open and grew, nothing else."""
        before = self._open.get(key_of(row))
        if is_open:
            self._open[key_of(row)] = row
            if before is not None and replace(before, end=row.end) == row:
                return []
        return [self._line(row, cut=cut, is_open=is_open)]

    def _append(self, lines: bytes) -> None:
        if self.size + len(lines) > MOST_BYTES:
            self._fail(f"{self.path} is full")
            return

        def write() -> None:
            if lines:
                _write(self._descriptor, lines, self.size)
                self.size += len(lines)
            self._write_header()

        self._try(write)

    def _replace(self, lines: bytes, at: int) -> None:
        """Write the lines of a new generation, and zeros over the old: no name stays behind."""
        used, self.size = self.size, at + len(lines)
        _write(self._descriptor, lines.ljust(used - at, b"\0"), at)
        self._write_header()
        if at > held.BODY:
            blank = b"\n".rjust(at - held.BODY, b"\0")
            _write(self._descriptor, blank, held.BODY)
        there = os.fstat(self._descriptor).st_size
        if there > max(RESERVED, self.size):
            os.ftruncate(self._descriptor, max(RESERVED, self.size))
        elif there < RESERVED and hasattr(os, "posix_fallocate"):
            with contextlib.suppress(OSError):  # a full disk may still have room for each line
                os.posix_fallocate(self._descriptor, 0, RESERVED)

    def _write_header(self, lost: int = 0) -> None:
        header = held.header(self.look, self._generation, lost)
        _write(self._descriptor, header, held.header_at(self.look))

    def _try(self, write: Callable[[], object]) -> None:
        try:
            write()
        except OSError as error:
            self._fail(f"cannot write {self.path}: {error.strerror}")
        else:
            self.detail = ""

    def _fail(self, detail: str) -> None:
        if detail != self.detail:
            _log.error("%s", detail)
        self.detail = detail

    def _line(self, row: Row, *, cut: bool, is_open: bool = False) -> bytes:
        since = self._since.setdefault(key_of(row), self.look.sequence)
        return held.line(row, self._generation, since, is_open=is_open, cut=cut)


def _write(descriptor: int, content: bytes, at: int) -> None:
    """Write all of it, however often it takes.

    Raises:
        OSError: There is no room.
    """
    while content:
        written = os.pwrite(descriptor, content, at)
        content, at = content[written:], at + written
