import os
import plistlib
import shutil
import stat
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from disconnect.daemon.service import files, install
from disconnect.errors import DisconnectError
from disconnect.home import Home

NAMES = ["plain", "with space", 'a "quoted" 100% $name\\']


def needed(program: str) -> str:
    found = shutil.which(program)
    if found is None and os.environ.get("CI") != "true":
        pytest.skip(f"needs {program}")
    assert found
    return found


@pytest.fixture(params=NAMES)
def home(request, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return Home(tmp_path / request.param)


def test_systemd_accepts_the_unit(home, tmp_path, monkeypatch):
    program = needed("systemd-analyze")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    unit, _ = files(home, platform="linux")
    path = tmp_path / unit.path.name
    path.write_bytes(unit.content)
    verified = subprocess.run(
        [program, "--user", "verify", "--recursive-errors=yes", path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (verified.returncode, verified.stderr) == (0, "")


def test_the_unit_waits_for_the_desktop_and_is_watched_over(home):
    unit, _ = files(home, platform="linux")
    lines = unit.content.decode().splitlines()
    for line in ("Type=notify", "WatchdogSec=60", "WantedBy=graphical-session.target"):
        assert line in lines
    assert unit.path.parts[-3:] == ("systemd", "user", "disconnect.service")


def test_desktops_accept_the_autostart_entry(home, tmp_path):
    program = needed("desktop-file-validate")
    _, entry = files(home, platform="linux")
    path = tmp_path / entry.path.name
    path.write_bytes(entry.content)
    said = subprocess.run([program, path], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (0, "")
    assert "X-systemd-skip=true" in entry.content.decode().splitlines()


def test_the_launchd_agent_starts_the_collector(home):
    (agent,) = files(home, platform="darwin")
    told = plistlib.loads(agent.content)
    assert told["ProgramArguments"][-3:] == ["-m", "disconnect.daemon", str(home.folder)]
    assert told["RunAtLoad"] is True
    assert agent.path.parent == Path.home() / "Library/LaunchAgents"


def test_the_scheduled_task_starts_the_collector_at_logon(home):
    (task,) = files(home, platform="win32")
    root = ET.fromstring(task.content)  # noqa: S314 - written by us, a line above
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert root.find("t:Triggers/t:LogonTrigger", space) is not None
    arguments = root.findtext("t:Actions/t:Exec/t:Arguments", "", space)
    words = ["-m", "disconnect.daemon", str(home.folder)]
    assert arguments == subprocess.list2cmdline(words)


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o777, 0])
def test_the_system_can_read_the_files_under_any_umask(home, monkeypatch, umask):
    monkeypatch.setattr("disconnect.daemon.service.shutil.which", lambda _: None)
    before = os.umask(umask & 0o077)  # the folders above must stay ours to enter
    try:
        files(home)[0].path.parent.mkdir(parents=True)
        files(home)[1].path.parent.mkdir(parents=True)
        os.umask(umask)
        install(home)
    finally:
        os.umask(before)
    for file in files(home):
        assert stat.S_IMODE(file.path.stat().st_mode) == 0o644


def test_nobody_else_can_write_to_the_folders_it_makes(home, monkeypatch):
    monkeypatch.setattr("disconnect.daemon.service.shutil.which", lambda _: None)
    before = os.umask(0)
    try:
        install(home)
    finally:
        os.umask(before)
    for file in files(home):
        assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o755
        assert stat.S_IMODE(file.path.stat().st_mode) == 0o644


def test_a_link_where_the_unit_belongs_is_not_followed(home, monkeypatch, tmp_path):
    monkeypatch.setattr("disconnect.daemon.service.shutil.which", lambda _: None)
    victim = tmp_path / "victim"
    victim.write_text("mine")
    victim.chmod(0o600)
    unit = files(home)[0].path
    unit.parent.mkdir(parents=True)
    unit.symlink_to(victim)
    with pytest.raises(DisconnectError, match="is a link"):
        install(home)
    assert (victim.read_text(), stat.S_IMODE(victim.stat().st_mode)) == ("mine", 0o600)
