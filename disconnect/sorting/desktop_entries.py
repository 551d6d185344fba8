"""What Linux applications say of themselves: the Categories of their desktop entries.

Format: freedesktop.org, Desktop Entry Specification 1.5 and Desktop Menu Specification 1.1.
"""

import contextlib
import os
import shlex
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

_RUNNERS = frozenset({"env", "sh", "bash", "flatpak", "snap", "python", "python3", "java", "wine"})
_ALSO = ("/var/lib/flatpak/exports/share", "/var/lib/snapd/desktop")


def data_folders(environment: dict[str, str] | os._Environ[str] = os.environ) -> tuple[Path, ...]:
    """The folders of applications by XDG Base Directory, the person's own first."""
    home = environment.get("XDG_DATA_HOME") or str(Path("~/.local/share").expanduser())
    shared = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    bases = [home, f"{home}/flatpak/exports/share", *shared.split(":"), *_ALSO]
    return tuple(Path(base, "applications") for base in dict.fromkeys(bases) if base)


@dataclass(frozen=True, slots=True)
class DesktopEntry:
    """The part of a desktop entry that tells which window it makes, and what it is for."""

    path: Path
    categories: tuple[str, ...]
    window_class: str = ""
    program: str = ""


@dataclass
class DesktopEntries:
    """The desktop entries of this machine, read once, when an app is first asked for."""

    folders: tuple[Path, ...] = field(default_factory=data_folders)

    def find(self, app: str) -> DesktopEntry | None:
        """The entry of a window's app: by window class, then file name, then program."""
        by_class, by_file, by_program = self._indexes
        return by_class.get(app) or by_file.get(app) or by_program.get(app)

    def names_in(self, category: str) -> frozenset[str]:
        """Return every name that an entry of a category goes by; nothing else stays in memory."""
        names = {
            name
            for index in self._read_all()
            for name, entry in index.items()
            if category in entry.categories
        }
        return frozenset(names)

    @cached_property
    def _indexes(self) -> tuple[dict[str, DesktopEntry], ...]:
        return self._read_all()

    def _read_all(self) -> tuple[dict[str, DesktopEntry], ...]:
        by_class: dict[str, DesktopEntry] = {}
        by_file: dict[str, DesktopEntry] = {}
        by_program: dict[str, DesktopEntry] = {}
        seen: set[str] = set()
        for folder in self.folders:
            for path in sorted(folder.glob("**/*.desktop")):
                name = str(path.relative_to(folder)).replace("/", "-").lower()
                if name in seen:  # the person's own file hides the system's
                    continue
                seen.add(name)
                if entry := _read(path):
                    stem = name.removesuffix(".desktop")
                    by_file.setdefault(stem, entry)
                    by_file.setdefault(stem.rpartition(".")[2], entry)
                    by_class.setdefault(entry.window_class, entry)
                    by_program.setdefault(entry.program, entry)
        by_class.pop("", None)
        by_program.pop("", None)
        return by_class, by_file, by_program


def _read(path: Path) -> DesktopEntry | None:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # a dangling link of something that was uninstalled
        return None
    values = parse(text)
    categories = tuple(word for word in values.get("Categories", "").split(";") if word)
    if not categories or values.get("Hidden", "").lower() == "true":
        return None
    window_class = values.get("StartupWMClass", "").strip().lower()
    return DesktopEntry(path, categories, window_class, program(values.get("Exec", "")))


def parse(text: str) -> dict[str, str]:
    """The keys of the group [Desktop Entry], without their translations."""
    values: dict[str, str] = {}
    inside = False
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("["):
            if inside:
                break
            inside = line == "[Desktop Entry]"
        elif inside and not line.startswith("#"):
            key, equals, value = line.partition("=")
            if equals:
                values.setdefault(key.strip(), value.strip())
    return values


def program(command: str) -> str:
    """The name of the program an Exec line starts; empty when something else runs it."""
    pieces: list[str] = command.split()
    with contextlib.suppress(ValueError):  # an unclosed quote: plain words will do
        pieces = shlex.split(command)
    for piece in pieces:
        if "=" in piece:
            continue
        name = Path(piece).name.lower()
        if name == "env":
            continue
        return "" if name in _RUNNERS else name
    return ""
