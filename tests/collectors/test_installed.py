"""A package of somebody else's, really installed, adds sources that are run and imported."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "somebody-elses-sources"
version = "1.0"
[project.entry-points."disconnect.sources"]
"phone/diary" = "elsewhere.sources:Diary"
"desktop/elsewhere" = "elsewhere.sources:Front"
"presence/elsewhere" = "elsewhere.sources:There"
"phone/broken" = "elsewhere.absent:Nothing"
[tool.hatch.build.targets.wheel]
packages = ["elsewhere"]
"""
SOURCES = """
import datetime as dt
from collectors.facts.screen import Activity, BadRecord
from collectors.source import Attended, Window

class Diary:
    name = "phone/diary"
    def __init__(self, path=None, zone="UTC", device="phone"):
        self.path, self.zone, self.device = path, zone, device
    def missing(self):
        return None if self.path else "name its file: disconnect import diary FILE"
    def facts(self, since):
        for number, line in enumerate(self.path.read_text().splitlines(), 1):
            if line == "fail":
                raise RuntimeError("the battery is\\nempty")
            if line == "something":
                yield line
                continue
            start, minutes, app = line.split()
            begun = dt.datetime.fromisoformat(start)
            if begun > since:
                yield Activity(
                    start=begun, end=begun + dt.timedelta(minutes=int(minutes)), app=app,
                    device=self.device, source=self.name, zone=self.zone,
                )

class Front:
    name = "desktop/elsewhere"
    def missing(self): return None
    def open(self): pass
    def fileno(self): return None
    def sample(self): return Window("slack", "general")
    def close(self): pass

class There(Front):
    name = "presence/elsewhere"
    def sample(self): return Attended(idle_seconds=0.0)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder that the package is installed into, by pip."""
    project = tmp_path_factory.mktemp("project")
    (project / "elsewhere").mkdir()
    (project / "pyproject.toml").write_text(PROJECT)
    (project / "elsewhere/__init__.py").write_text("")
    (project / "elsewhere/sources.py").write_text(SOURCES)
    target = tmp_path_factory.mktemp("site")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
         "--no-deps", "--no-index", "--no-build-isolation", "--target", target, project],
        check=True, capture_output=True,
    )  # fmt: skip
    return target


@pytest.fixture
def disconnect(site, tmp_path):
    """Run the program where that package is installed, and no display is."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_SESSION_TYPE"}
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    environment |= {"PYTHONPATH": str(site), "TZ": "Europe/Berlin"}

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "disconnect", "--home", tmp_path / "home", *words]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    return run


def hours(disconnect, *words):
    asked = disconnect("query", "--group", "app", *words, "--format", "json")
    return {row["app"]: row["hours"] for row in json.loads(asked.stdout or "[]")}


def test_sources_lists_them_and_what_cannot_be_loaded(disconnect):
    listed = json.loads(disconnect("sources", "--format", "json").stdout)
    told = {one["source"]: (one["kind"], one["missing"]) for one in listed}
    assert told["desktop/elsewhere"] == told["presence/elsewhere"] == ("live", None)
    assert told["phone/diary"] == ("importable", "name its file: disconnect import diary FILE")
    assert told["phone/broken"][1] == (
        "cannot be loaded: ModuleNotFoundError: No module named 'elsewhere.absent'"
    )
    assert "imports/csv" in told


@pytest.mark.parametrize("name", ["phone/diary", "diary"])
def test_history_is_brought_in_by_name_and_counts(disconnect, tmp_path, name):
    file = tmp_path / "phone.txt"
    file.write_text("2026-10-05T10:00+00:00 90 whatsapp\nsomething\n")
    done = disconnect("import", name, file)
    assert done.returncode == 0, done.stderr
    assert "read 2, added 1, already there 0, refused 1" in done.stdout
    assert "a str, which is no fact" in done.stderr
    assert hours(disconnect, "--period", "2026-10-05") == {"whatsapp": 1.5}
    again = disconnect("import", name, file)
    assert "added 0, already there 1" in again.stdout


def test_a_source_that_fails_is_one_line_and_keeps_what_came_before(disconnect, tmp_path):
    file = tmp_path / "phone.txt"
    file.write_text("2026-10-05T10:00+00:00 60 whatsapp\nfail\n")
    done = disconnect("import", "diary", file)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "disconnect: phone/diary stopped: RuntimeError: the battery is; what came before it is"
        " brought in"
    )
    assert hours(disconnect, "--period", "2026-10-05") == {"whatsapp": 1.0}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("import", "nobody"), "known: browsers, csv, phone/diary"),
        (("import", "phone/broken"), "cannot be loaded: ModuleNotFoundError"),
        (("import", "diary"), "name its file"),
    ],
)
def test_what_cannot_be_brought_in_is_told(disconnect, words, told):
    done = disconnect(*words)
    assert done.returncode != 0
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_live_sources_are_watched(disconnect):
    assert disconnect("start").returncode == 0
    try:
        until, states, status = time.monotonic() + 20, {}, {}
        while states.get("desktop/elsewhere") != "ok" and time.monotonic() < until:
            time.sleep(0.2)
            status = json.loads(disconnect("status", "--format", "json").stdout)
            states = {one["name"]: one["state"] for one in status["collectors"]}
        assert states["desktop/elsewhere"] == states["presence/elsewhere"] == "ok"
        assert any("phone/broken is left out" in note for note in status["notes"])
        time.sleep(2)
    finally:
        disconnect("stop")
    found = hours(disconnect, "--last", "2d")
    assert list(found) == ["slack"]
    assert found["slack"] > 1 / 3600
