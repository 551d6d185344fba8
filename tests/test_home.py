import os
import stat

import pytest

from disconnect.errors import DisconnectError
from disconnect.home import Home, find


def test_a_new_home_is_private(tmp_path):
    home = Home(tmp_path / "deep" / "home").prepare()
    assert stat.S_IMODE(home.folder.stat().st_mode) == 0o700


def test_a_home_that_others_could_enter_is_closed(tmp_path):
    tmp_path.chmod(0o755)
    Home(tmp_path).prepare()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_the_words_of_the_call_win_over_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("DISCONNECT_HOME", str(tmp_path / "environment"))
    assert find(tmp_path / "call").folder == tmp_path / "call"
    assert find().folder == tmp_path / "environment"


def test_without_either_it_is_the_platforms_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("DISCONNECT_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert find().folder == tmp_path / "disconnect"


def test_a_home_under_a_file_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DisconnectError, match="cannot make the home"):
        Home(tmp_path / "file" / "home").prepare()


def test_a_folder_that_is_not_ours_to_change_is_left_to_opening(tmp_path):
    if os.geteuid() == 0:
        assert Home(tmp_path).prepare().folder == tmp_path
