"""Which sources there are: ours by name, others by entry point."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
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
_LIVE = frozenset({"desktop", "processes", "presence"})
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
    left_out: dict[str, str] = field(default_factory=dict)
    """Sources of others that cannot be used, by name, and why."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A source, what kind it is, and why it cannot work here; None: it can."""

    name: str
    kind: Literal["live", "importable"]
    missing: str | None


def sources() -> dict[str, type[Source]]:
    """Every source class by its name; a third party's may not take one of ours.

    What cannot be loaded is left out: `broken` has it.

    Raises:
        ValueError: Two sources have the same name, or one's name does not tell its room.
    """
    return _named(_theirs()[0])


def broken() -> dict[str, str]:
    """Return the sources of others that cannot be loaded, by the entry point's name, and why."""
    return _theirs()[1]


def importable() -> dict[str, type[History]]:
    """Return the sources of others that history can be brought in from, by name.

    Raises:
        ValueError: As for `sources`.
    """
    theirs, _ = _theirs()
    _named(theirs)
    return {one.name: cast("type[History]", one) for one in theirs if not _is_live(one)}


def history(source: type[History], path: Path | None, *, zone: str, device: str) -> History:
    """Make a source of history, telling it what its class takes of all this.

    Raises:
        ValueError: There is a file, and it reads none.
    """
    takes = inspect.signature(source).parameters
    anything = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in takes.values())
    if path is not None and not (anything or "path" in takes):
        raise ValueError(f"{source.name} reads no file; leave {path} out")
    told: dict[str, object] = {"zone": zone, "device": device}
    if path is not None:
        told["path"] = path
    return source(**{key: value for key, value in told.items() if anything or key in takes})


def live() -> Live:
    """One of each live source; its name's first part tells what it can be asked.

    A source of others that cannot be made is left out, and so are all of theirs where two have
    one name: nothing of theirs keeps ours from watching. `Live.left_out` says so.
    """
    theirs, left_out = _theirs()
    try:
        named = _named(theirs)
    except ValueError as error:
        named = _named([])
        left_out = {**left_out, GROUP: str(error)}
    rooms: dict[str, list[Source]] = {"desktop": [], "processes": [], "presence": []}
    for name, source in named.items():
        if _is_live(source):
            try:
                rooms[_room(name)].append(source())
            except Exception as error:  # noqa: BLE001 - whoever wrote it, the others go on
                left_out[name] = _why(error)
    return Live(
        cast("list[Desktop]", rooms["desktop"]),
        cast("list[Desktop]", rooms["processes"]),
        cast("list[Attendance]", rooms["presence"]),
        left_out,
    )


def _theirs() -> tuple[list[type[Source]], dict[str, str]]:
    """The classes that other packages name, and those that cannot be loaded, with the reason."""
    found: list[type[Source]] = []
    wrong: dict[str, str] = {}
    for point in entry_points(group=GROUP):
        try:
            found.append(_class(point))
        except Exception as error:  # noqa: BLE001 - it is somebody else's code
            wrong[point.name] = _why(error)
    return found, wrong


def _class(point: EntryPoint) -> type[Source]:
    source = point.load()
    if not (isinstance(source, type) and isinstance(getattr(source, "name", None), str)):
        raise TypeError(f"{point.value} is no class with a name")
    return cast("type[Source]", source)


def _named(theirs: list[type[Source]]) -> dict[str, type[Source]]:
    ours: list[type[Source]] = [*DESKTOPS, *PROGRAMS, *ATTENDANCE, *HISTORIES]
    named: dict[str, type[Source]] = {}
    for source in ours + theirs:
        if source.name in named:
            raise ValueError(f"two sources are called {source.name!r}")
        if not (_is_live(source) or hasattr(source, "facts")):
            raise ValueError(f"{source.name!r} neither yields facts nor is named after a live room")
        named[source.name] = source
    return named


def _why(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]


def survey(home_folder: Path | None = None) -> Iterator[Surveyed]:
    """Every source, live ones first, with the reason when it cannot work here.

    Args:
        home_folder: Where browsers' profiles are looked for; the person's own when None.

    Raises:
        ValueError: As for `sources`.
    """
    every = sorted(sources().items(), key=lambda one: not _is_live(one[1]))
    for name, source in every:
        yield Surveyed(name, "live" if _is_live(source) else "importable", _missing(source))
    for name, why in broken().items():
        yield Surveyed(
            name, "live" if _room(name) in _LIVE else "importable", f"cannot be loaded: {why}"
        )
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


def _missing(source: type[Source]) -> str | None:
    try:
        return source().missing()
    except Exception as error:  # noqa: BLE001 - it may be somebody else's code
        return f"cannot be made: {_why(error)}"


def _is_live(source: type[Source]) -> bool:
    return _room(source.name) in _LIVE
