import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from collectors import registry
from collectors.source import Attendance, Desktop, History


class Theirs:
    name = "imports/theirs"

    def missing(self):
        return None

    def facts(self, since):
        return iter(())


class Clashing(Theirs):
    name = "imports/csv"


class TheirPresence(Theirs):
    name = "presence/theirs"


class Nothing:
    name = "somewhere/nothing"

    def missing(self):
        return None


@pytest.fixture
def third_party(monkeypatch):
    def install(*classes):
        points = [
            EntryPoint(one.name, f"{__name__}:{one.__name__}", registry.GROUP) for one in classes
        ]
        monkeypatch.setattr(EntryPoint, "load", lambda point: globals()[point.attr])
        monkeypatch.setattr(registry, "entry_points", lambda group: points)

    return install


def test_every_source_is_found_by_its_own_name():
    found = registry.sources()
    assert {"desktop/x11", "presence/x11", "presence/logind", "processes/psutil"} <= set(found)
    assert all(name == source.name for name, source in found.items())


def test_made_up_life_is_no_source():
    assert not any("made" in name for name in registry.sources())


def test_every_source_keeps_to_what_it_promises():
    assert all(isinstance(one(), Desktop) for one in registry.DESKTOPS + registry.PROGRAMS)
    assert all(isinstance(one(), Attendance) for one in registry.ATTENDANCE)
    assert all(isinstance(one(), History) for one in registry.HISTORIES)


def test_a_third_partys_source_is_found(third_party):
    third_party(Theirs, TheirPresence)
    assert registry.sources()["imports/theirs"] is Theirs
    assert "presence/theirs" in [one.name for one in registry.live().attendances]


def test_two_sources_of_one_name_are_an_error(third_party):
    third_party(Clashing)
    with pytest.raises(ValueError, match="two sources are called 'imports/csv'"):
        registry.sources()


def test_a_source_that_can_be_asked_nothing_is_an_error(third_party):
    third_party(Nothing)
    with pytest.raises(ValueError, match="'somewhere/nothing' neither yields facts nor"):
        registry.sources()


def test_live_gives_each_kind_its_place():
    live = registry.live()
    assert [one.name for one in live.desktops] == ["desktop/x11"]
    assert [one.name for one in live.programs] == ["processes/psutil"]
    assert [one.name for one in live.attendances] == ["presence/x11", "presence/logind"]


def test_the_survey_says_why_a_source_cannot_work_here(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    told = {one.name: one for one in registry.survey()}
    assert told["desktop/x11"].kind == "live"
    assert "DISPLAY is not set" in (told["desktop/x11"].missing or "")
    assert told["processes/psutil"].missing is None
    assert told["imports/csv"].kind == "importable"


def test_the_survey_names_each_profile_of_a_browser(tmp_path):
    (absent,) = [one for one in registry.survey(tmp_path) if one.name.startswith("browsers")]
    assert absent.missing == f"no browser's history lies below {tmp_path}"
    profile = tmp_path / ".config/chromium/Default"
    profile.mkdir(parents=True)
    (profile / "History").touch()
    (there,) = [one for one in registry.survey(tmp_path) if one.name.startswith("browsers")]
    assert there == registry.Surveyed("browsers/chromium/Default", "importable", None)


def test_listing_the_sources_imports_nothing_heavy():
    check = (
        "import sys, collectors.registry as r; r.sources(); "
        "print(*{'Xlib', 'jeepney', 'psutil', 'pandas', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
