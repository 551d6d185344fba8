"""Which sources there are: ours by name, others by entry point."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Literal, cast

from collectors.desktop.x11 import X11
from collectors.imports.table import Table
from collectors.presence.logind import Logind
from collectors.presence.x11 import X11Idle
from collectors.processes import Processes
from collectors.source import Attendance, Desktop, History, Source

GROUP = "disconnect.sources"
DESKTOPS: tuple[type[Desktop], ...] = (X11,)
"""What tells the window in front, in the order of trying."""
PROGRAMS: tuple[type[Desktop], ...] = (Processes,)
"""What is asked where no window can be seen."""
ATTENDANCE: tuple[type[Attendance], ...] = (X11Idle, Logind)
"""What tells whether anyone is there; all are asked."""
HISTORIES: tuple[type[History], ...] = (Table,)
"""What can be imported."""


@dataclass(frozen=True, slots=True)
class Live:
    """The live sources, ready to be opened."""

    desktops: list[Desktop]
    programs: list[Desktop]
    attendances: list[Attendance]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A source, what kind it is, and why it cannot work here; None: it can."""

    name: str
    kind: Literal["live", "importable"]
    missing: str | None


def sources() -> dict[str, type[Source]]:
    """Every source class by its name; a third party's may not take one of ours.

    Raises:
        ValueError: Two sources have the same name, or one's name does not tell its room.
    """
    ours: list[type[Source]] = [*DESKTOPS, *PROGRAMS, *ATTENDANCE, *HISTORIES]
    theirs = [cast("type[Source]", point.load()) for point in entry_points(group=GROUP)]
    found: dict[str, type[Source]] = {}
    for source in ours + theirs:
        if source.name in found:
            raise ValueError(f"two sources are called {source.name!r}")
        if not (_is_live(source) or hasattr(source, "facts")):
            raise ValueError(f"{source.name!r} neither yields facts nor is named after a live room")
        found[source.name] = source
    return found


def live() -> Live:
    """One of each live source; its name's first part tells what it can be asked."""
    rooms: dict[str, list[Source]] = {"desktop": [], "processes": [], "presence": []}
    for name, source in sources().items():
        if _is_live(source):
            rooms[_room(name)].append(source())
    return Live(
        cast("list[Desktop]", rooms["desktop"]),
        cast("list[Desktop]", rooms["processes"]),
        cast("list[Attendance]", rooms["presence"]),
    )


def survey() -> Iterator[Surveyed]:
    """Every source, live ones first, with the reason when it cannot work here."""
    every = sorted(sources().items(), key=lambda one: not _is_live(one[1]))
    for name, source in every:
        yield Surveyed(name, "live" if _is_live(source) else "importable", source().missing())


def _room(name: str) -> str:
    return name.partition("/")[0]


def _is_live(source: type[Source]) -> bool:
    return _room(source.name) in {"desktop", "processes", "presence"}
