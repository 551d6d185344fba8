"""Where browsers keep their profiles, on each platform, with every profile of each."""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from collectors.browsers.chromium import Chromium
from collectors.browsers.firefox import Firefox

Family = Literal["chromium", "firefox"]

_LINUX: dict[str, tuple[str, ...]] = {
    "chromium": (
        ".config/chromium",
        "snap/chromium/common/chromium",
        ".var/app/org.chromium.Chromium/config/chromium",
    ),
    "google-chrome": (
        ".config/google-chrome",
        ".var/app/com.google.Chrome/config/google-chrome",
    ),
    "brave-browser": (
        ".config/BraveSoftware/Brave-Browser",
        ".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser",
    ),
    "microsoft-edge": (
        ".config/microsoft-edge",
        ".var/app/com.microsoft.Edge/config/microsoft-edge",
    ),
    "vivaldi": (".config/vivaldi", ".var/app/com.vivaldi.Vivaldi/config/vivaldi"),
    "opera": (".config/opera",),
    "firefox": (
        ".mozilla/firefox",
        ".config/mozilla/firefox",
        "snap/firefox/common/.mozilla/firefox",
        ".var/app/org.mozilla.firefox/.mozilla/firefox",
    ),
}
# Not yet run on such machines: the folders are the browsers' documented ones.
_MAC: dict[str, tuple[str, ...]] = {
    "chromium": ("Library/Application Support/Chromium",),
    "google-chrome": ("Library/Application Support/Google/Chrome",),
    "brave-browser": ("Library/Application Support/BraveSoftware/Brave-Browser",),
    "microsoft-edge": ("Library/Application Support/Microsoft Edge",),
    "vivaldi": ("Library/Application Support/Vivaldi",),
    "opera": ("Library/Application Support/com.operasoftware.Opera",),
    "firefox": ("Library/Application Support/Firefox/Profiles",),
}
_WINDOWS: dict[str, tuple[str, ...]] = {
    "chromium": ("AppData/Local/Chromium/User Data",),
    "google-chrome": ("AppData/Local/Google/Chrome/User Data",),
    "brave-browser": ("AppData/Local/BraveSoftware/Brave-Browser/User Data",),
    "microsoft-edge": ("AppData/Local/Microsoft/Edge/User Data",),
    "vivaldi": ("AppData/Local/Vivaldi/User Data",),
    "opera": ("AppData/Roaming/Opera Software/Opera Stable",),
    "firefox": ("AppData/Roaming/Mozilla/Firefox/Profiles",),
}
_FILES: dict[Family, str] = {"chromium": "History", "firefox": "places.sqlite"}


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile of one browser, and its history file."""

    product: str
    profile: str
    path: Path
    family: Family


def found(home_folder: Path, platform: str = sys.platform) -> list[Profile]:
    """Every profile with a history below a person's home folder, in a steady order."""
    places = {"darwin": _MAC, "win32": _WINDOWS}.get(platform, _LINUX)
    every: list[Profile] = []
    for product, folders in places.items():
        for folder in folders:
            every += _profiles(product, home_folder / folder)
    return _told_apart(every)


def _told_apart(every: list[Profile]) -> list[Profile]:
    """A second installation's profile of the same name gets a number: names key the facts."""
    times: Counter[tuple[str, str]] = Counter()
    apart = []
    for one in every:
        key = (one.product, one.profile)
        times[key] += 1
        number = f" ({times[key]})" if times[key] > 1 else ""
        apart.append(replace(one, profile=one.profile + number))
    return apart


def _profiles(product: str, folder: Path) -> Iterator[Profile]:
    family: Family = "firefox" if product == "firefox" else "chromium"
    try:
        histories = sorted([*folder.glob(_FILES[family]), *folder.glob(f"*/{_FILES[family]}")])
    except OSError:
        return  # a folder that may not be read has no profile for us
    for history in histories:
        if history.is_file() and history.parent.name not in {"System Profile", "Guest Profile"}:
            profile = "Default" if history.parent == folder else history.parent.name
            yield Profile(product, profile, history, family)


def source(profile: Profile, device: str, zone: str) -> Chromium | Firefox:
    """The source that reads a profile."""
    kind = Chromium if profile.family == "chromium" else Firefox
    return kind(
        profile.path, product=profile.product, profile=profile.profile, device=device, zone=zone
    )


def of_file(history: Path) -> Profile | None:
    """A history file somebody names; None when its name is that of no browser's history."""
    for family, name in _FILES.items():
        if history.name == name:
            return Profile(family, history.parent.name, history, family)
    return None
