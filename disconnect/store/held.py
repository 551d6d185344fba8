"""The file beside the database that holds rows until they are written.

The collector writes rows into the database when they are finished, some at a time. Until then they
lie here, so that a kill, a full disk or a busy database loses nothing: whoever opens the database
next takes them in. The file is two headers of fixed width, overwritten in turn at each look, and
lines that are appended:

    header: held 1 ID GENERATION SEQUENCE UNTIL BOOT ENDED LOST CRC
    line:   GENERATION CRC {"kind": "activity", "start": ..., "end": ..., "open": true, ...}

Of the headers the one with the greater SEQUENCE holds; one that was torn by a power cut leaves the
other. A row that is open reaches until UNTIL [ms since 1970]; of several lines of one row the last one
holds; lines of another generation are left over. What was taken in, up to which SEQUENCE, stands in
the database itself (`last_look`), so that the same twice changes nothing and what a person had
forgotten meanwhile does not come back.
"""

import json
import os
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from collectors.facts.screen import Activity, Presence, PresenceState
from disconnect.clock import instant, milliseconds

NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
NAME = "daemon.held"
"""The file's name, in the folder of the database."""
BESIDE = "disconnect.sqlite"
"""The only database that has one: copies and drafts have none."""
HEADER = 160
"""Bytes of a header, its line break among them."""
BODY = 2 * HEADER
"""Where the lines begin."""
LONGEST = 1 << 26
"""Bytes beyond which a file is none of ours."""

Row = Activity | Presence
Key = tuple[type, str, datetime]


@dataclass(frozen=True, slots=True)
class LastLook:
    """The newest look that a collector is known to have made, and how that collector ended."""

    id: str
    """Drawn by each collector at its start."""
    sequence: int
    until: datetime
    boot: str = ""
    """The machine's boot id; empty where it has none."""
    ended: str = ""
    """`stop`: by the person; `session`: with the session or the machine; empty: not told."""


@dataclass(slots=True)
class Held:
    """The content of one file."""

    look: LastLook
    lost: int = 0
    generation: int = 0
    rows: list[Row] = field(default_factory=list)
    cut: set[Key] = field(default_factory=set)
    """Rows that may stand longer in the database than they are."""
    since: dict[Key, int] = field(default_factory=dict)
    """The sequence of the look that saw a row first."""


def key_of(row: Row) -> Key:
    """Return the key by which a row is known: its table, source and start."""
    return (type(row), row.source, row.start)


def length_of(row: Row) -> int:
    """Return the milliseconds from a row's start to its end."""
    return milliseconds(row.end) - milliseconds(row.start)


def header(look: LastLook, generation: int, lost: int) -> bytes:
    """One of the file's first two lines, always of the same length; it holds no name and no title."""
    words = (
        f"held 1 {look.id:16} {generation:08} {look.sequence:012} {milliseconds(look.until):015}"
        f" {look.boot or '-':36} {look.ended or '-':8} {lost:09}"
    )
    return f"{words} {zlib.crc32(words.encode()):08x}".ljust(HEADER - 1).encode() + b"\n"


def line(row: Row, generation: int, since: int, *, is_open: bool, cut: bool) -> bytes:
    """One row as a line; `since` is the sequence of the look that saw it first."""
    told: dict[str, Any] = {
        "kind": "activity" if isinstance(row, Activity) else "presence",
        "since": since,
        "start": milliseconds(row.start),
        "end": milliseconds(row.end),
        "device": row.device,
        "source": row.source,
        "zone": row.zone,
    }
    if isinstance(row, Activity):
        words = {"app": row.app, "title": row.title, "site": row.site, "page": row.page}
        told |= {name: word for name, word in words.items() if word is not None}
    else:
        told["state"] = row.state.value
    told |= {"open": True} if is_open else {}
    told |= {"cut": True} if cut else {}
    text = json.dumps(told).encode()
    return b"%08d %08x %s\n" % (generation, zlib.crc32(text), text)


def content_of(descriptor: int) -> bytes:
    """Return the bytes of an open file, up to LONGEST."""
    return os.pread(descriptor, min(os.fstat(descriptor).st_size, LONGEST), 0)


def read(path: Path) -> Held | None:
    """Read a file; return None if there is none, or none that makes sense."""
    try:
        descriptor = os.open(path, os.O_RDONLY | NO_LINK)
    except OSError:
        return None
    try:
        return parse(content_of(descriptor))
    finally:
        os.close(descriptor)


def header_at(look: LastLook) -> int:
    """Return where in the file the header of this look stands."""
    return look.sequence % 2 * HEADER


def parse(content: bytes) -> Held | None:
    """Parse the bytes of a file; return None if neither header makes sense."""
    found = [_header(content[at : at + HEADER]) for at in (0, HEADER)]
    held = max((one for one in found if one), key=lambda one: one.look.sequence, default=None)
    if held is None:
        return None
    rows: dict[Key, Row] = {}
    for one in content[BODY:].split(b"\n"):
        _read_line(one, held, rows)
    held.rows = list(rows.values())
    return held


def _header(content: bytes) -> Held | None:
    words = content.decode("ascii", "replace").split()
    told, _, crc = content.rstrip().rpartition(b" ")
    try:
        if words[:2] != ["held", "1"] or zlib.crc32(told) != int(crc, 16):
            return None
        boot, ended = ("" if word == "-" else word for word in words[6:8])
        look = LastLook(words[2], int(words[4]), instant(int(words[5])), boot, ended)
        return Held(look, int(words[8]), int(words[3]))
    except (ValueError, IndexError, OverflowError):
        return None


def _read_line(content: bytes, held: Held, rows: dict[Key, Row]) -> None:
    """Take in one line; one that was not written to its end says nothing."""
    generation, _, rest = content.partition(b" ")
    crc, _, text = rest.partition(b" ")
    try:
        if int(generation) != held.generation or int(crc, 16) != zlib.crc32(text):
            return
        told = json.loads(text)
        start, end = instant(told.pop("start")), instant(told.pop("end"))
        is_open, cut, since = told.pop("open", False), told.pop("cut", False), told.pop("since")
        end = max(end, held.look.until) if is_open else end
        if told.pop("kind") == "activity":
            row: Row = Activity(start=start, end=end, **told)
        else:
            row = Presence(start=start, end=end, state=PresenceState(told.pop("state")), **told)
    except (ValueError, TypeError, KeyError, OverflowError):
        return
    rows[key_of(row)] = row
    held.since[key_of(row)] = since
    if cut:
        held.cut.add(key_of(row))
