"""What deleting rows cannot reach: copies, reports and texts beside the database."""

import contextlib
import datetime as dt
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from disconnect.store.forgetting import What
from disconnect.store.held import NAME as HELD
from disconnect.store.marks import LOCK

_MADE = {
    ".pdf": (b"Typst", b"Matplotlib", b"matplotlib"), ".png": (b"Matplotlib", b"matplotlib"),
    ".zip": (b"activities.jsonl",), ".parquet": (b"pandas",),
}  # fmt: skip
"""Files in which words cannot be looked up, and what tells that disconnect made one."""
_DRAFT = re.compile(r"\..*\.draft(-journal)?")
_COPIES = ("disconnect-history-*", "disconnect-dry-run-*")
"""Folders in which histories, or the database, are copied for a while."""
_LEFT_BEHIND = 60.0
"""Seconds after which a folder that nobody has written into belongs to a killed process."""
_SPAN = re.compile(r"disconnect-(\d{4}-\d\d-\d\d)-(\d{4}-\d\d-\d\d)\.pdf")
_LONGEST = 1 << 24
"""Bytes of a file that are looked at."""
_DEEPEST = 2
"""Folders below the home that are looked into: a home may be a folder of many other things."""
_MOST_FILES = 5000


@dataclass(frozen=True, slots=True)
class Remains:
    """Files that may still hold what was forgotten."""

    copies: tuple[Path, ...]
    """Older copies of the database."""
    made: tuple[Path, ...]
    """Reports, charts and exports in the home; what they hold cannot be looked up."""
    texts: tuple[Path, ...]
    """Texts in the home in which the words stand."""


def remains(database: Path, folders: Iterable[Path], what: What) -> Remains:
    """Find what is left of something that was forgotten.

    Args:
        database: The database.
        folders: Where reports go, besides the database's own folder.
        what: What was forgotten.
    """
    home = database.parent
    ours = {database.name, f"{database.name}-wal", f"{database.name}-shm", LOCK, HELD}
    others = [path for path in _files(home) if path.name not in ours]
    copies = [path for path in others if path.name.startswith(f"{database.name}.")]
    rest = [path for path in others if path not in copies]
    reports = [path for folder in folders for path in _files(folder) if _SPAN.fullmatch(path.name)]
    made = {path for path in rest if _is_made(path)}
    return Remains(
        tuple(sorted(copies)),
        tuple(sorted(path for path in {*made, *reports} if _may_hold(path, what))),
        tuple(sorted(path for path in rest if path not in made and _names(path, what))),
    )


def remove_drafts(home: Path) -> list[Path]:
    """Remove what killed commands left unfinished, in the home and in the folder for copies.

    Returns:
        What was removed.
    """
    gone = []
    for path in _files(home):
        if _DRAFT.fullmatch(path.name):
            with contextlib.suppress(OSError):
                path.unlink()
                gone.append(path)
    for folder in {Path(tempfile.gettempdir()), Path("/dev/shm")}:  # noqa: S108 - looked at only
        for pattern in _COPIES:
            for copy in sorted(folder.glob(pattern)):
                if _is_left_behind(copy):
                    shutil.rmtree(copy, ignore_errors=True)
                    gone.append(copy)
    return gone


def _is_left_behind(folder: Path) -> bool:
    """True if a folder is one's own, and nobody has written into it for a while."""
    try:
        found = folder.lstat()
        newest = max([found.st_mtime, *(path.lstat().st_mtime for path in folder.iterdir())])
    except OSError:
        return False
    mine = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    return mine and stat.S_ISDIR(found.st_mode) and newest < _now(folder) - _LEFT_BEHIND


def _now(folder: Path) -> float:
    """The time by the clock of the folder's own disk."""
    with tempfile.TemporaryFile(dir=folder.parent) as probe:
        return os.fstat(probe.fileno()).st_mtime


def _files(folder: Path) -> Iterator[Path]:
    """Every file in a folder and in those below it; a folder that cannot be read has none."""
    return islice(_walked(folder), _MOST_FILES)


def _walked(folder: Path) -> Iterator[Path]:
    for parent, below, names in os.walk(folder):
        if len(Path(parent).relative_to(folder).parts) >= _DEEPEST:
            below.clear()
        for name in names:
            yield Path(parent) / name


def _content(path: Path) -> bytes:
    """What a file holds; nothing where it is a link, cannot be read, or is no file at all."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return b""
        with path.open("rb") as file:
            return file.read(_LONGEST)
    except OSError:
        return b""


def _is_made(path: Path) -> bool:
    """True if disconnect made it of a person's data, and its words cannot be looked up."""
    signs = _MADE.get(path.suffix.lower(), ())
    content = _content(path) if signs else b""
    return any(sign in content for sign in signs)


def _may_hold(path: Path, what: What) -> bool:
    """True unless the file's name says that it is of another time."""
    span = _SPAN.fullmatch(path.name)
    if span is None or not (what.since or what.until):
        return True
    try:
        first, last = map(dt.date.fromisoformat, span.groups())
    except ValueError:
        return True
    day = dt.timedelta(days=1)
    begun = what.until is None or first <= what.until.date()
    return begun and (what.since is None or last + day >= what.since.date())


def _names(path: Path, what: What) -> bool:
    """True if the words that were forgotten stand in a text."""
    words = [word for word in (what.app, what.site, what.title, what.person) if word]
    text = _content(path).decode("utf-8", errors="replace").casefold() if words else ""
    return any(word.strip().casefold() in text for word in words)
