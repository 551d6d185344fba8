"""Where browsers keep their profiles below a person's home folder, by platform.

A product is a browser as its windows name it (`disconnect/sorting/rules/browsers.toml`): a beta
or developer build of the Chromium family has folders and a window class of its own, so it is a
product of its own; the channels of Firefox share theirs.
"""

from typing import Literal

Family = Literal["chromium", "firefox"]
Places = dict[str, tuple[str, ...]]

FILES: dict[Family, str] = {"chromium": "History", "firefox": "places.sqlite"}
"""The name of a history's file in each family."""


def _linux(folders: str, flatpaks: str = "", snaps: str = "") -> tuple[str, ...]:
    """Folders as such, then in each Snap, then in each Flatpak, which have homes of their own.

    Args:
        folders: Paths below home, with commas between: names hold spaces.
        flatpaks: Application ids; what lies in `.config` lies in their `config`.
        snaps: Names of Snap packages.
    """
    found = [folder.strip() for folder in folders.split(",")]
    every = list(found)
    for name in snaps.split():
        every += [f"snap/{name}/{home}/{one}" for home in ("common", "current") for one in found]
    for name in flatpaks.split():
        every += [f".var/app/{name}/{one.replace('.config/', 'config/')}" for one in found]
    return tuple(every)


LINUX: dict[Family, Places] = {
    "chromium": {
        "chromium": (
            ".config/chromium",
            "snap/chromium/common/chromium",
            ".var/app/org.chromium.Chromium/config/chromium",
            ".var/app/io.github.ungoogled_software.ungoogled_chromium/config/chromium",
            "snap/chromium/current/.config/chromium",
        ),
        "google-chrome": _linux(".config/google-chrome", "com.google.Chrome"),
        "google-chrome-beta": _linux(
            ".config/google-chrome-beta", "com.google.Chrome com.google.ChromeBeta"
        ),
        "google-chrome-unstable": _linux(
            ".config/google-chrome-unstable", "com.google.Chrome com.google.ChromeDev"
        ),
        "google-chrome-canary": _linux(".config/google-chrome-canary"),
        "brave-browser": _linux(
            ".config/BraveSoftware/Brave-Browser", "com.brave.Browser", "brave"
        ),
        "brave-browser-beta": _linux(
            ".config/BraveSoftware/Brave-Browser-Beta", "com.brave.Browser", "brave"
        ),
        "brave-browser-dev": _linux(".config/BraveSoftware/Brave-Browser-Dev"),
        "brave-browser-nightly": _linux(
            ".config/BraveSoftware/Brave-Browser-Nightly", "com.brave.Browser", "brave"
        ),
        "microsoft-edge": _linux(".config/microsoft-edge", "com.microsoft.Edge"),
        "microsoft-edge-beta": _linux(".config/microsoft-edge-beta", "com.microsoft.Edge"),
        "microsoft-edge-dev": _linux(
            ".config/microsoft-edge-dev", "com.microsoft.Edge com.microsoft.EdgeDev"
        ),
        "microsoft-edge-canary": _linux(".config/microsoft-edge-canary"),
        "vivaldi": _linux(".config/vivaldi", "com.vivaldi.Vivaldi", "vivaldi"),
        "vivaldi-snapshot": _linux(".config/vivaldi-snapshot", "com.vivaldi.Vivaldi"),
        "opera": _linux(".config/opera", "com.opera.Opera", "opera"),
        "opera-beta": _linux(".config/opera-beta", snaps="opera-beta"),
        "opera-developer": _linux(".config/opera-developer", snaps="opera-developer"),
        "opera-gx": _linux(".config/opera-gx", "com.opera.opera-gx"),
        "yandex-browser": _linux(".config/yandex-browser", "ru.yandex.Browser"),
        "yandex-browser-beta": _linux(".config/yandex-browser-beta"),
        "thorium-browser": _linux(".config/thorium"),
    },
    "firefox": {
        "firefox": _linux(
            ".mozilla/firefox, .config/mozilla/firefox", "org.mozilla.firefox", "firefox"
        ),
        "librewolf": _linux(
            ".librewolf, .config/librewolf/librewolf, .config/librewolf",
            "io.gitlab.librewolf-community",
            "librewolf",
        ),
        "waterfox": _linux(
            ".waterfox, .config/waterfox/waterfox, .config/waterfox", "net.waterfox.waterfox"
        ),
        "floorp": _linux(".floorp, .config/floorp/floorp, .config/floorp", "one.ablaze.floorp"),
        "zen": _linux(
            ".zen, .config/zen/zen, .config/zen, zen",
            "app.zen_browser.zen io.github.zen_browser.zen",
        ),
        "mullvad-browser": _linux(
            ".mullvad/mullvadbrowser, .mullvad-browser/.mullvad/mullvadbrowser,"
            " .config/mullvad/mullvadbrowser",
            "net.mullvad.MullvadBrowser",
        ),
        "palemoon": _linux(".moonchild productions/pale moon"),
        "basilisk": _linux(".moonchild productions/basilisk, .basilisk-dev/basilisk"),
        "seamonkey": _linux(".mozilla/seamonkey"),
        "icecat": _linux(".mozilla/icecat", "org.gnu.icecat"),
    },
}

_MAC = "Library/Application Support/"
_LOCAL = "AppData/Local/"
_ROAMING = "AppData/Roaming/"

# Not yet run on such machines: the folders are the browsers' documented ones.
MAC: dict[Family, Places] = {
    "chromium": {
        product: (_MAC + folder,)
        for product, folder in {
            "chromium": "Chromium",
            "google-chrome": "Google/Chrome",
            "google-chrome-beta": "Google/Chrome Beta",
            "google-chrome-unstable": "Google/Chrome Dev",
            "google-chrome-canary": "Google/Chrome Canary",
            "brave-browser": "BraveSoftware/Brave-Browser",
            "brave-browser-beta": "BraveSoftware/Brave-Browser-Beta",
            "brave-browser-dev": "BraveSoftware/Brave-Browser-Dev",
            "brave-browser-nightly": "BraveSoftware/Brave-Browser-Nightly",
            "microsoft-edge": "Microsoft Edge",
            "microsoft-edge-beta": "Microsoft Edge Beta",
            "microsoft-edge-dev": "Microsoft Edge Dev",
            "microsoft-edge-canary": "Microsoft Edge Canary",
            "vivaldi": "Vivaldi",
            "vivaldi-snapshot": "Vivaldi Snapshot",
            "opera": "com.operasoftware.Opera",
            "opera-beta": "com.operasoftware.OperaNext",
            "opera-developer": "com.operasoftware.OperaDeveloper",
            "opera-gx": "com.operasoftware.OperaGX",
            "yandex-browser": "Yandex/YandexBrowser",
            "thorium-browser": "Thorium",
        }.items()
    },
    "firefox": {
        product: (_MAC + folder,)
        for product, folder in {
            "firefox": "Firefox",
            "librewolf": "librewolf",
            "waterfox": "Waterfox",
            "floorp": "Floorp",
            "zen": "zen",
            "mullvad-browser": "MullvadBrowser-Data/Browser",
            "palemoon": "Pale Moon",
            "basilisk": "Basilisk",
            "seamonkey": "SeaMonkey",
        }.items()
    },
}

WINDOWS: dict[Family, Places] = {
    "chromium": {
        product: (folder,)
        for product, folder in {
            "chromium": _LOCAL + "Chromium/User Data",
            "google-chrome": _LOCAL + "Google/Chrome/User Data",
            "google-chrome-beta": _LOCAL + "Google/Chrome Beta/User Data",
            "google-chrome-unstable": _LOCAL + "Google/Chrome Dev/User Data",
            "google-chrome-canary": _LOCAL + "Google/Chrome SxS/User Data",
            "brave-browser": _LOCAL + "BraveSoftware/Brave-Browser/User Data",
            "brave-browser-beta": _LOCAL + "BraveSoftware/Brave-Browser-Beta/User Data",
            "brave-browser-nightly": _LOCAL + "BraveSoftware/Brave-Browser-Nightly/User Data",
            "microsoft-edge": _LOCAL + "Microsoft/Edge/User Data",
            "microsoft-edge-beta": _LOCAL + "Microsoft/Edge Beta/User Data",
            "microsoft-edge-dev": _LOCAL + "Microsoft/Edge Dev/User Data",
            "microsoft-edge-canary": _LOCAL + "Microsoft/Edge SxS/User Data",
            "vivaldi": _LOCAL + "Vivaldi/User Data",
            "opera": _ROAMING + "Opera Software/Opera Stable",
            "opera-beta": _ROAMING + "Opera Software/Opera Next",
            "opera-developer": _ROAMING + "Opera Software/Opera Developer",
            "opera-gx": _ROAMING + "Opera Software/Opera GX Stable",
            "yandex-browser": _LOCAL + "Yandex/YandexBrowser/User Data",
            "thorium-browser": _LOCAL + "Thorium/User Data",
        }.items()
    },
    "firefox": {
        product: (_ROAMING + folder,)
        for product, folder in {
            "firefox": "Mozilla/Firefox",
            "librewolf": "librewolf",
            "waterfox": "Waterfox",
            "floorp": "Floorp",
            "zen": "zen",
            "mullvad-browser": "Mullvad/MullvadBrowser",
            "palemoon": "Moonchild Productions/Pale Moon",
            "basilisk": "Moonchild Productions/Basilisk",
            "seamonkey": "Mozilla/SeaMonkey",
        }.items()
    },
}


def of_platform(platform: str) -> dict[Family, Places]:
    """Return the places of a platform, named as in `sys.platform`, by family and product."""
    return {"darwin": MAC, "win32": WINDOWS}.get(platform, LINUX)
