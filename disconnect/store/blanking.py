"""Overwrite, in the pages of a database file, the bytes between what they hold: a small program.

When SQLite moves rows from page to page, a copy of them can stay behind in the gap between a
page's list of cells and the cells, even where what is deleted is overwritten (`secure_delete`).
The gap belongs to nobody, so writing zeros there changes nothing that anybody reads.

It runs as a process of its own, while the one that started it holds the write lock: a process
that closes a file loses all locks on it, and SQLite's are on this one.
https://sqlite.org/fileformat.html#b_tree_pages

It imports nothing of disconnect: `python -I -S blanking.py FILE`, one line `PAGE SECONDS` in, the
next page out, until it answers 0.
"""

import os
import struct
import sys
import time

_TREES = (0x02, 0x05, 0x0A, 0x0D)
_INNER = (0x02, 0x05)
_HEAD = struct.Struct(">BHHH")
"""Kind, first free block, number of cells, where their contents begin."""
_AT_ONCE = 256
"""Pages that are read at once."""


def blank(handle: int, first: int, seconds: float) -> int:
    """Overwrite gaps from a page on (counted from 0), about that long; the next page, 0 at the end."""
    until = time.monotonic() + seconds
    head = os.pread(handle, 100, 0)
    (size,) = struct.unpack(">H", head[16:18])
    size = 65536 if size == 1 else size
    usable = size - head[20]
    while True:
        pages = os.pread(handle, _AT_ONCE * size, first * size)
        for begins in range(0, len(pages) - size + 1, size):
            low, high = gap(pages, begins, 100 if first + begins == 0 else 0, usable)
            if pages[low:high].strip(b"\0"):
                os.pwrite(handle, bytes(high - low), first * size + low)
        first += _AT_ONCE
        if len(pages) < _AT_ONCE * size:
            os.fsync(handle)
            return 0
        if time.monotonic() > until:
            return first


def gap(pages: bytes, begins: int, header: int, usable: int) -> tuple[int, int]:
    """Where the gap of the page that begins there is; nothing where it is no page of a tree."""
    kind, _, cells, start = _HEAD.unpack_from(pages, begins + header)
    if kind not in _TREES:
        return 0, 0
    low = header + (12 if kind in _INNER else 8) + 2 * cells
    high = start or 65536
    return (begins + low, begins + high) if low <= high <= usable else (0, 0)


def main() -> None:
    """Answer line by line, until the input ends."""
    handle = os.open(sys.argv[1], os.O_RDWR | getattr(os, "O_BINARY", 0))
    for line in sys.stdin:
        first, seconds = line.split()
        print(blank(handle, int(first), float(seconds)), flush=True)  # noqa: T201 - its answer


if __name__ == "__main__":
    main()
