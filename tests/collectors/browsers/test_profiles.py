import pytest

from collectors.browsers import profiles
from collectors.browsers.chromium import Chromium
from collectors.browsers.firefox import Firefox


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
    assert isinstance(source, Firefox if product == "firefox" else Chromium)
    assert source.name == f"browsers/{product}/{profile}"


@pytest.mark.parametrize(
    ("platform", "places"),
    [("linux", profiles._LINUX), ("darwin", profiles._MAC), ("win32", profiles._WINDOWS)],
)
def test_every_place_of_every_browser_is_looked_in(tmp_path, platform, places):
    expected = []
    for product, folders in places.items():
        for folder in folders:
            for profile in ("One", "Two"):
                file = "places.sqlite" if product == "firefox" else "History"
                put(tmp_path, f"{folder}/{profile}/{file}")
                expected.append(tmp_path / folder / profile / file)
            put(tmp_path, f"{folder}/Guest Profile/History")
            put(tmp_path, f"{folder}/System Profile/History")
    assert set(places) == set(profiles._LINUX)
    assert sorted(one.path for one in profiles.found(tmp_path, platform)) == sorted(expected)


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
