"""Which sources there are: ours by name, others by entry point."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Literal, cast

from collectors.browsers.profiles import found
from collectors.browsers.profiles import source as source_of
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
"""What can be imported from a file; browsers' histories are found by their profiles."""


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
    named: dict[str, type[Source]] = {}
    for source in ours + theirs:
        if source.name in named:
            raise ValueError(f"two sources are called {source.name!r}")
        if not (_is_live(source) or hasattr(source, "facts")):
            raise ValueError(f"{source.name!r} neither yields facts nor is named after a live room")
        named[source.name] = source
    return named


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


def survey(home_folder: Path | None = None) -> Iterator[Surveyed]:
    """Every source, live ones first, with the reason when it cannot work here.

    Args:
        home_folder: Where browsers' profiles are looked for; the person's own when None.
    """
    every = sorted(sources().items(), key=lambda one: not _is_live(one[1]))
    for name, source in every:
        yield Surveyed(name, "live" if _is_live(source) else "importable", source().missing())
    yield from _browsers(Path.home() if home_folder is None else home_folder)


def _browsers(home_folder: Path) -> Iterator[Surveyed]:
    """Each profile of each browser: a class of history reads many of them."""
    profiles = found(home_folder)
    for profile in profiles:
        history = source_of(profile, device="", zone="UTC")
        yield Surveyed(history.name, "importable", history.missing())
    if not profiles:
        yield Surveyed("browsers", "importable", f"no browser's history lies below {home_folder}")


def _room(name: str) -> str:
    return name.partition("/")[0]


def _is_live(source: type[Source]) -> bool:
    return _room(source.name) in {"desktop", "processes", "presence"}
