"""Files in folders that others can write to."""

import errno
import os
import subprocess
import sys
import time

import pytest

from disconnect import files
from disconnect.errors import DisconnectError


@pytest.fixture(params=["nameless", "hidden"])
def way(request, monkeypatch):
    """Both ways to a new file: without a name until it is finished, and with a hidden one."""
    if request.param == "hidden":
        monkeypatch.setattr(files, "_NAMELESS", 0)
    elif not files._NAMELESS:
        pytest.skip("only Linux makes files without a name")
    return request.param


@pytest.fixture(params=[0o777, 0o1777])
def shared(tmp_path, request):
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(request.param)
    return folder


def names(folder):
    return [file.name for file in folder.iterdir()]


def write(path, data=b"my life"):
    with files.fresh(path) as file:
        file.write(data)


def test_a_new_file_is_private_under_any_umask(shared, way):
    before = os.umask(0o777)
    try:
        write(shared / "a.zip")
    finally:
        os.umask(before)
    assert (shared / "a.zip").read_bytes() == b"my life"
    assert (shared / "a.zip").stat().st_mode & 0o7777 == 0o600
    assert names(shared) == ["a.zip"]


def test_a_file_of_ones_own_is_replaced_and_never_reused(shared, way):
    target = shared / "a.zip"
    target.write_bytes(b"older")
    target.chmod(0o666)
    with target.open("rb") as listener:  # who has it open reads no more than what was there
        write(target)
        assert listener.read() == b"older"
    assert target.read_bytes() == b"my life"
    assert target.stat().st_mode & 0o7777 == 0o600


def test_a_link_is_not_followed_nor_replaced(shared, way, tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"untouched")
    for aim in (victim, tmp_path / "nowhere"):
        link = shared / f"to-{aim.name}"
        link.symlink_to(aim)
        with pytest.raises(DisconnectError, match="is a link") as caught:
            write(link)
        assert "\n" not in str(caught.value)
        assert link.is_symlink()
    assert victim.read_bytes() == b"untouched"
    assert not (tmp_path / "nowhere").exists()


def test_a_link_put_there_meanwhile_is_not_followed(shared, way, tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"untouched")
    with pytest.raises(DisconnectError, match="is a link"), files.fresh(shared / "a") as file:  # noqa: PT012
        file.write(b"my life")
        (shared / "a").symlink_to(victim)
    assert victim.read_bytes() == b"untouched"
    assert names(shared) == ["a"]


def test_what_is_no_file_is_refused(shared, way):
    (shared / "folder").mkdir()
    os.mkfifo(shared / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(DisconnectError, match="is not a file"):
            write(shared / name)


def test_another_users_file_is_refused(shared, way, monkeypatch):
    (shared / "a").write_bytes(b"theirs")
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(DisconnectError, match="belongs to another user"):
        write(shared / "a")
    assert (shared / "a").read_bytes() == b"theirs"


def test_a_block_that_raises_changes_nothing(shared, way):
    (shared / "a").write_bytes(b"older")
    with pytest.raises(ZeroDivisionError), files.fresh(shared / "a") as file:  # noqa: PT012
        file.write(b"half")
        raise ZeroDivisionError
    assert (shared / "a").read_bytes() == b"older"
    assert names(shared) == ["a"]


def test_a_folder_that_is_not_there_is_told_as_such(tmp_path, way):
    with pytest.raises(FileNotFoundError):
        write(tmp_path / "none" / "a")


def test_from_one_disk_to_another_the_bytes_are_copied(tmp_path, monkeypatch):
    draft = tmp_path / "draft"
    draft.write_bytes(b"my life")
    refused = [OSError(errno.EXDEV, "another disk")]
    replace = type(draft).replace

    def across(self, target):
        if refused:
            raise refused.pop()
        return replace(self, target)

    monkeypatch.setattr(type(draft), "replace", across)
    files.put_in_place(draft, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"my life"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["a"]


@pytest.mark.skipif(not files._NAMELESS, reason="only Linux makes files without a name")
def test_a_killed_writer_leaves_no_draft(tmp_path):
    script = (
        "import sys, time; from pathlib import Path; from disconnect.files import fresh\n"
        "with fresh(Path(sys.argv[1])) as file:\n"
        "    file.write(b'secret' * 10000); file.flush(); print('half', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "a.zip")], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == b"half\n"
        writer.kill()
    deadline = time.monotonic() + 5
    while names(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert names(tmp_path) == []
