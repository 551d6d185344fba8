import pytest

from collectors.browsers import profiles
from collectors.browsers.chromium import Chromium
from collectors.browsers.firefox import Firefox
from collectors.browsers.places import FILES, of_platform
from disconnect.sorting.sorter import Sorter


def put(home, path):
    (home / path).parent.mkdir(parents=True, exist_ok=True)
    (home / path).touch()


@pytest.mark.parametrize(
    ("platform", "path", "product", "profile"),
    [
        ("linux", ".config/chromium/Default/History", "chromium", "Default"),
        ("linux", "snap/chromium/common/chromium/Profile 1/History", "chromium", "Profile 1"),
        ("linux", ".var/app/com.google.Chrome/config/google-chrome/Default/History", "google-chrome", "Default"),
        ("linux", ".config/BraveSoftware/Brave-Browser/Default/History", "brave-browser", "Default"),
        ("linux", ".config/opera/History", "opera", "Default"),
        ("linux", ".mozilla/firefox/ab.default-esr/places.sqlite", "firefox", "ab.default-esr"),
        ("linux", ".config/mozilla/firefox/ab.default/places.sqlite", "firefox", "ab.default"),
        ("linux", "snap/firefox/common/.mozilla/firefox/ab.x/places.sqlite", "firefox", "ab.x"),
        ("linux", ".config/google-chrome-beta/Default/History", "google-chrome-beta", "Default"),
        ("linux", ".config/google-chrome-unstable/Default/History", "google-chrome-unstable", "Default"),
        ("linux", "snap/brave/current/.config/BraveSoftware/Brave-Browser/Default/History", "brave-browser", "Default"),
        ("linux", "snap/opera-beta/current/.config/opera-beta/Default/History", "opera-beta", "Default"),
        ("linux", ".var/app/com.microsoft.EdgeDev/config/microsoft-edge-dev/Default/History", "microsoft-edge-dev", "Default"),
        ("linux", ".config/vivaldi-snapshot/Default/History", "vivaldi-snapshot", "Default"),
        ("linux", ".config/yandex-browser/Default/History", "yandex-browser", "Default"),
        ("linux", ".config/thorium/Default/History", "thorium-browser", "Default"),
        ("linux", ".librewolf/ab.default-default/places.sqlite", "librewolf", "ab.default-default"),
        ("linux", ".var/app/io.gitlab.librewolf-community/config/librewolf/librewolf/a.x/places.sqlite", "librewolf", "a.x"),
        ("linux", ".var/app/net.waterfox.waterfox/.waterfox/ab.x/places.sqlite", "waterfox", "ab.x"),
        ("linux", ".floorp/ab.x/places.sqlite", "floorp", "ab.x"),
        ("linux", ".zen/ab.Default (release)/places.sqlite", "zen", "ab.Default (release)"),
        ("linux", ".var/app/app.zen_browser.zen/zen/ab.x/places.sqlite", "zen", "ab.x"),
        ("linux", ".mullvad/mullvadbrowser/ab.x/places.sqlite", "mullvad-browser", "ab.x"),
        ("linux", ".moonchild productions/pale moon/ab.x/places.sqlite", "palemoon", "ab.x"),
        ("linux", ".mozilla/seamonkey/ab.x/places.sqlite", "seamonkey", "ab.x"),
        ("darwin", "Library/Application Support/Floorp/Profiles/ab.x/places.sqlite", "floorp", "ab.x"),
        ("win32", "AppData/Local/Google/Chrome SxS/User Data/Default/History", "google-chrome-canary", "Default"),
        ("darwin", "Library/Application Support/Google/Chrome/Default/History", "google-chrome", "Default"),
        ("darwin", "Library/Application Support/Firefox/Profiles/ab.x/places.sqlite", "firefox", "ab.x"),
        ("win32", "AppData/Local/Microsoft/Edge/User Data/Profile 2/History", "microsoft-edge", "Profile 2"),
        ("win32", "AppData/Roaming/Mozilla/Firefox/Profiles/ab.x/places.sqlite", "firefox", "ab.x"),
    ],
)  # fmt: skip
def test_a_profile_is_found_where_its_browser_keeps_it(tmp_path, platform, path, product, profile):
    put(tmp_path, path)
    (found,) = profiles.found(tmp_path, platform)
    assert (found.product, found.profile, found.path) == (product, profile, tmp_path / path)
    source = profiles.source(found, "d", "UTC")
    assert isinstance(source, Firefox if path.endswith("places.sqlite") else Chromium)
    assert source.name == f"browsers/{product}/{profile}"


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_every_place_of_every_browser_is_looked_in(tmp_path, platform):
    expected = []
    for family, products in of_platform(platform).items():
        for folder in (folder for folders in products.values() for folder in folders):
            for profile in ("One", "Two"):
                put(tmp_path, f"{folder}/{profile}/{FILES[family]}")
                expected.append(tmp_path / folder / profile / FILES[family])
            put(tmp_path, f"{folder}/Guest Profile/History")
            put(tmp_path, f"{folder}/System Profile/History")
    found = [one.path for one in profiles.found(tmp_path, platform)]
    assert sorted(found) == sorted(expected)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_every_browser_with_a_history_is_known_by_its_windows(platform):
    sorter = Sorter.load(None)
    for products in of_platform(platform).values():
        assert [sorter.browser(product) for product in products] == list(products)


def listed(folder, *sections):
    folder.mkdir(parents=True, exist_ok=True)
    text = "[General]\nStartWithLastProfile=1\n\n" + "\n".join(sections)
    (folder / "profiles.ini").write_text(text, encoding="utf-8")


def test_profiles_ini_is_followed_by_relative_and_by_absolute_paths(tmp_path):
    firefox = tmp_path / ".mozilla/firefox"
    listed(
        firefox,
        "[Profile0]\nName=here\nIsRelative=1\nPath=deep/inside/ab.here\nDefault=1\n",
        f"[Profile1]\nName=away\nIsRelative=0\nPath={tmp_path}/disk/away\n",
        "[Profile2]\nName=up\nIsRelative=1\nPath=../../moved/cd.up\n",
        "[Profile3]\nName=gone\nIsRelative=0\nPath=/nowhere/at/all\n",
        "[Install4F96D1932A9F858E]\nDefault=deep/inside/ab.here\nLocked=1\n",
    )
    put(firefox, "deep/inside/ab.here/places.sqlite")
    put(tmp_path, "disk/away/places.sqlite")
    put(tmp_path, ".mozilla/firefox/../../moved/cd.up/places.sqlite")
    put(firefox, "zz.of-the-new-manager/places.sqlite")  # it lists none of its profiles there
    found = {one.profile for one in profiles.found(tmp_path, "linux")}
    assert found == {"ab.here", "away", "cd.up", "zz.of-the-new-manager"}


def test_a_profile_that_is_reached_in_two_ways_is_one(tmp_path):
    place = tmp_path / ".mozilla/firefox"
    put(place, "ab.default/places.sqlite")
    listed(place, f"[Profile0]\nIsRelative=0\nPath={place}/ab.default\n")
    (tmp_path / ".config/mozilla").mkdir(parents=True)
    (tmp_path / ".config/mozilla/firefox").symlink_to(place)
    (only,) = profiles.found(tmp_path, "linux")
    assert only.path == place / "ab.default/places.sqlite"


@pytest.mark.parametrize(
    "text",
    [b"\xff\xfe[Profile0", b"Path=x", b"[Profile0]\nPath=\n", b"[Profile0]\nPath=a\0b\n",
     b"[Profile0]\nPath=" + b"x" * 5000, b"[Profile0]\n[Profile0]\nPath=%(x)s\n"],
)  # fmt: skip
def test_a_profiles_ini_that_is_none_costs_no_profile(tmp_path, text):
    put(tmp_path, ".librewolf/ab.x/places.sqlite")
    (tmp_path / ".librewolf/profiles.ini").write_bytes(text)
    assert [one.profile for one in profiles.found(tmp_path, "linux")] == ["ab.x"]


def test_every_profile_of_every_browser_is_found_in_a_steady_order(tmp_path):
    for path in (
        ".config/chromium/Profile 1/History",
        ".config/chromium/Default/History",
        ".config/chromium/Guest Profile/History",
        ".mozilla/firefox/b.x/places.sqlite",
        ".mozilla/firefox/a.x/places.sqlite",
    ):
        put(tmp_path, path)
    found = [(one.product, one.profile) for one in profiles.found(tmp_path, "linux")]
    assert found == [
        ("chromium", "Default"),
        ("chromium", "Profile 1"),
        ("firefox", "a.x"),
        ("firefox", "b.x"),
    ]


def test_two_installations_of_one_browser_have_names_of_their_own(tmp_path):
    put(tmp_path, ".config/chromium/Default/History")
    put(tmp_path, "snap/chromium/common/chromium/Default/History")
    names = [profiles.source(one, "d", "UTC").name for one in profiles.found(tmp_path, "linux")]
    assert len(names) == len(set(names)) == 2


def test_nothing_is_found_where_nothing_is(tmp_path):
    assert profiles.found(tmp_path) == []
