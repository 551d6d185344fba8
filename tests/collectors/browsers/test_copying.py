import os
import sqlite3
import tempfile
import threading
from contextlib import closing

import pytest

from collectors.browsers import copying
from collectors.browsers.copying import UnreadableError, copied


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path, monkeypatch):
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_the_copy_is_private_and_always_removed(made_chromium, own_temporary_folder):
    with copied(made_chromium.path):
        (folder,) = own_temporary_folder.iterdir()
        assert folder.stat().st_mode & 0o777 == 0o700
    assert list(own_temporary_folder.iterdir()) == []
    with pytest.raises(UnreadableError, match="no such table: x"), copied(made_chromium.path) as it:
        it.execute("SELECT * FROM x")
    assert list(own_temporary_folder.iterdir()) == []


def test_a_copy_left_behind_by_a_killed_reader_is_removed(made_chromium, own_temporary_folder):
    stale, fresh = (own_temporary_folder / f"{copying.PREFIX}{name}" for name in ("old", "new"))
    stale.mkdir()
    (stale / "copy-0").write_text("private")
    fresh.mkdir()
    os.utime(stale, (0, 0))
    with copied(made_chromium.path):
        assert not stale.exists()
        assert fresh.exists()  # another reader may be at work


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_what_another_process_is_writing_is_read_whole(tmp_path, mode):
    path = tmp_path / "History"
    done = threading.Event()
    with closing(sqlite3.connect(path)) as made:
        made.execute(f"PRAGMA journal_mode={mode}")
        made.execute("CREATE TABLE pairs (a, b)")
        made.commit()

    def write():
        with closing(sqlite3.connect(path)) as writer:
            writer.execute("PRAGMA locking_mode=EXCLUSIVE")
            number = 0
            while not done.is_set():
                number += 1
                writer.execute("INSERT INTO pairs VALUES (?, ?)", (number, "x" * 500))
                writer.commit()
                done.wait(0.002)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        counts = []
        for _ in range(20):
            with copied(path) as connection:
                count, last = connection.execute("SELECT count(*), max(a) FROM pairs").fetchone()
                assert count == (last or 0)
                counts.append(count)
    finally:
        done.set()
        thread.join()
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]
