from collections.abc import Iterable
from pathlib import Path

import pytest

from disconnect.sorting.desktop_entries import DesktopEntries, data_folders, program
from disconnect.sorting.sorter import Sorter

ENTRY = """# made for a test
[Desktop Entry]
Type=Application
Name=Whisper
Name[de]=Flüstern
Exec=env LANG=C /opt/whisper/bin/whisperer --new %U
StartupWMClass=Whisper-Window
Categories=Network;InstantMessaging;

[Desktop Action new]
Exec=other
Categories=Game;
"""


@pytest.fixture
def applications(tmp_path):
    folder = tmp_path / "own" / "applications"
    folder.mkdir(parents=True)
    (folder / "org.example.Whisper.desktop").write_text(ENTRY, encoding="utf-8")
    return folder


def category(folders: Iterable[Path], app: str) -> str:
    sorter = Sorter.load(None, DesktopEntries(tuple(folders)))
    return sorter.categories[sorter.sort(app, "a title", None, None)]


@pytest.mark.parametrize(
    "app", ["Whisper-Window", "org.example.Whisper", "whisper", "whisperer", "whisperer.exe"]
)
def test_an_unknown_app_is_what_its_desktop_entry_says(applications, app):
    assert category([applications], app) == "communication/messaging"


def test_the_explanation_names_the_entry(applications):
    sorter = Sorter.load(None, DesktopEntries((applications,)))
    found = sorter.explain("whisper", None, None, None)
    assert found.source == str(applications / "org.example.Whisper.desktop")
    assert found.why == "the desktop entry of whisper has the category InstantMessaging"


def test_the_persons_own_entry_hides_the_systems(applications, tmp_path):
    system = tmp_path / "system"
    system.mkdir()
    text = ENTRY.replace("InstantMessaging", "Email")
    (system / "org.example.Whisper.desktop").write_text(text, encoding="utf-8")
    assert category([applications, system], "whisper") == "communication/messaging"
    assert category([system, applications], "whisper") == "communication/email"


def test_particular_categories_come_before_general_ones(applications):
    text = ENTRY.replace("Network;InstantMessaging", "Utility;Office;Development;Calendar")
    (applications / "org.example.Whisper.desktop").write_text(text, encoding="utf-8")
    assert category([applications], "whisper") == "work/planning"


def test_an_unknown_browser_is_read_by_its_titles(applications):
    text = ENTRY.replace("InstantMessaging", "WebBrowser")
    (applications / "org.example.Whisper.desktop").write_text(text, encoding="utf-8")
    sorter = Sorter.load(None, DesktopEntries((applications,)))
    mail = sorter.sort("whisper", "Inbox - Gmail", None, None)
    page = sorter.sort("whisper", "A page", None, None)
    assert [sorter.categories[mail], sorter.categories[page]] == ["communication/email", "browsing"]


def test_a_broken_entry_is_passed_over(applications):
    (applications / "broken.desktop").write_bytes(b"\xff\xfe[Desktop Entry\nExec='")
    (applications / "dangling.desktop").symlink_to(applications / "nowhere")
    assert category([applications], "whisper") == "communication/messaging"
    assert category([applications], "broken") == "uncategorised"


@pytest.mark.parametrize(
    ("command", "name"),
    {
        "/usr/bin/gimp-2.10 %U": "gimp-2.10",
        "env A=b thing": "thing",
        '"/opt/My App/app" --x': "app",
        "/usr/bin/flatpak run org.example.App": "",
        "'unclosed": "'unclosed",
        "": "",
    }.items(),
)
def test_the_program_of_an_exec_line(command, name):
    assert program(command) == name


def test_folders_follow_the_environment():
    folders = data_folders({"XDG_DATA_HOME": "/h", "XDG_DATA_DIRS": "/a:/b"})
    assert [str(folder) for folder in folders][:4] == [
        "/h/applications",
        "/h/flatpak/exports/share/applications",
        "/a/applications",
        "/b/applications",
    ]
