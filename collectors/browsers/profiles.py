"""Find every profile of every browser, and the history in it."""

import configparser
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from collectors.browsers.chromium import Chromium
from collectors.browsers.firefox import Firefox
from collectors.browsers.places import FILES, Family, of_platform

_NOBODYS = frozenset({"System Profile", "Guest Profile"})


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile of one browser, and its history file."""

    product: str
    profile: str
    path: Path
    family: Family


def found(home_folder: Path, platform: str = sys.platform) -> list[Profile]:
    """Return every profile with a history below a person's home folder, in a steady order.

    Firefox and its family say in `profiles.ini` where a profile lies, which may be anywhere;
    profiles made by its newer profile manager are not in that file, but lie beside the others.
    """
    every: list[Profile] = []
    seen: set[Path] = set()
    for family, places in of_platform(platform).items():
        for product, folders in places.items():
            for folder in folders:
                for one in _profiles(product, family, home_folder / folder):
                    real = one.path.resolve()  # a folder may be a link to another
                    if real not in seen:
                        seen.add(real)
                        every.append(one)
    return _told_apart(every)


def _told_apart(every: list[Profile]) -> list[Profile]:
    """Number a second installation's profile of the same name: names key the facts."""
    times: Counter[tuple[str, str]] = Counter()
    apart = []
    for one in every:
        key = (one.product, one.profile)
        times[key] += 1
        number = f" ({times[key]})" if times[key] > 1 else ""
        apart.append(replace(one, profile=one.profile + number))
    return apart


def _profiles(product: str, family: Family, folder: Path) -> Iterator[Profile]:
    for history in _histories(family, folder):
        if _is_history(history):
            profile = "Default" if history.parent == folder else history.parent.name
            yield Profile(product, profile, history, family)


def _histories(family: Family, folder: Path) -> list[Path]:
    """Return where the histories of a browser's folder may lie, in a steady order."""
    name = FILES[family]
    try:
        inside = [*folder.glob(name), *folder.glob(f"*/{name}")]
        if family == "firefox":
            inside += [*folder.glob(f"Profiles/*/{name}"), *_listed(folder)]
    except OSError:
        return []  # a folder that may not be read has no profile for us
    return sorted(set(inside))


def _listed(folder: Path) -> Iterator[Path]:
    """Yield the histories of the profiles in a `profiles.ini`, relative and absolute ones."""
    written = configparser.RawConfigParser(strict=False)
    try:
        written.read_string((folder / "profiles.ini").read_text("utf-8-sig", "replace"))
    except (OSError, configparser.Error):
        return  # none, or not one: what lies in the folder is found without it
    for section in written.values():
        path = section.get("Path", "").strip()
        if section.name.startswith("Profile") and path and "\0" not in path:
            relative = section.get("IsRelative", "1").strip() != "0"
            place = folder / path if relative else Path(path)  # an absolute one wins either way
            yield place / FILES["firefox"]


def _is_history(path: Path) -> bool:
    try:
        return path.is_file() and path.parent.name not in _NOBODYS
    except OSError:
        return False  # a folder that may not be looked into, a name too long


def source(profile: Profile, device: str, zone: str) -> Chromium | Firefox:
    """Return the source that reads a profile."""
    kind = Chromium if profile.family == "chromium" else Firefox
    return kind(
        profile.path, product=profile.product, profile=profile.profile, device=device, zone=zone
    )


def of_file(history: Path) -> Profile | None:
    """Return the profile of a history file somebody names; None if no browser's is called so."""
    for family, name in FILES.items():
        if history.name == name:
            return Profile(family, history.parent.name, history, family)
    return None
