"""A damaged file, a full disk, a home that cannot be written: one line, nothing lost."""

import contextlib
import datetime as dt
import os
import subprocess

import pytest
from click.testing import CliRunner

from disconnect.cli.main import commands
from disconnect.store.opening import CorruptDatabaseError, connect
from disconnect.store.recovering import recover
from disconnect.store.writing import Writer

NOW = dt.datetime(2026, 10, 6, 8, 30, tzinfo=dt.UTC)
FULL = ["log", "--with", "Ana", "--start", "2026-10-05T16:00", "--end", "2026-10-05T17:30"]


def filled(path, make, count: int = 4000) -> int:
    with contextlib.closing(connect(path)) as connection:
        Writer(connection).write(
            make.activity(number, 1, title=f"title number {number}") for number in range(count)
        )
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return count


def test_a_torn_page_costs_little_and_the_damaged_file_is_kept(path, make):
    count = filled(path, make)
    damaged = bytearray(path.read_bytes())
    middle = len(damaged) // 2 // 4096 * 4096
    damaged[middle : middle + 4096] = b"\xff" * 4096
    path.write_bytes(damaged)

    told = recover(path, NOW)

    assert told.aside == path.with_name("disconnect.sqlite.corrupt-20261006-083000")
    assert told.aside.read_bytes() == bytes(damaged)
    assert f"{told.rows} rows were saved" in str(told)
    with contextlib.closing(connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (saved,) = connection.execute("SELECT count(*) FROM activity").fetchone()
    assert saved >= count * 0.7


def test_a_file_with_a_destroyed_beginning_loses_nothing(path, make):
    count = filled(path, make, 10)
    path.write_bytes(b"\0" * 200 + path.read_bytes()[200:])
    with pytest.raises(CorruptDatabaseError):
        connect(path)
    told = recover(path, NOW)
    assert told.aside.exists()
    with contextlib.closing(connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM activity").fetchone() == (count,)


def test_a_sound_file_loses_nothing_by_being_recovered(path, make):
    count = filled(path, make, 500)
    told = recover(path, NOW)
    assert told.tables_damaged == ()
    with contextlib.closing(connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM activities").fetchone() == (count,)


@pytest.fixture
def mounted(tmp_path):
    """A small disk of its own; mounting needs root, which a test machine has."""
    folder = tmp_path / "disk"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=600k,mode=0700", "tmpfs", str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = f"cannot mount a small disk: {done.stderr.strip()}"
        if os.environ.get("CI") == "true":  # under CI a test that cannot run fails
            pytest.fail(reason)
        pytest.skip(reason)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def call(home, *words):
    return CliRunner().invoke(commands, ["--home", str(home), *words])


def test_a_full_disk_is_one_line_and_what_was_there_stays(mounted):
    assert call(mounted, *FULL).exit_code == 0
    with contextlib.suppress(OSError), (mounted / "ballast").open("wb") as ballast:
        while True:
            ballast.write(b"x" * 4096)
            ballast.flush()
    result = call(
        mounted, "log", "--with", "Ben " + "x" * 150, "--start", "2026-10-04T16:00",
        "--end", "2026-10-04T17:30", "--note", "n" * 900,
    )  # fmt: skip
    assert result.exit_code == 1, result.output
    assert len(result.stderr.splitlines()) == 1
    assert "no room on the disk" in result.stderr
    (mounted / "ballast").unlink()
    listed = call(mounted, "entries", "list", "--format", "csv")
    assert "Ana" in listed.stdout
    assert "Ben" not in listed.stdout


@pytest.mark.parametrize("room", [0, 60_000, 200_000])
def test_a_disk_without_room_for_the_tables_is_called_full(mounted, room):
    with contextlib.suppress(OSError), (mounted / "ballast").open("wb") as ballast:
        while True:
            ballast.write(b"x" * 4096)
            ballast.flush()
    with (mounted / "ballast").open("r+b") as ballast:
        ballast.truncate((mounted / "ballast").stat().st_size - room)
    result = call(mounted, *FULL)
    assert result.exit_code == 1, result.output
    assert len(result.stderr.splitlines()) == 1
    assert "no room on the disk" in result.stderr


def test_status_and_doctor_say_that_the_disk_is_full(mounted):
    assert call(mounted, *FULL).exit_code == 0
    assert "no room" not in call(mounted, "status").stdout
    with contextlib.suppress(OSError), (mounted / "ballast").open("wb") as ballast:
        while True:
            ballast.write(b"x" * 4096)
            ballast.flush()
    assert f"note: no room on the disk for {mounted}: free some" in call(mounted, "status").stdout
    checked = call(mounted, "doctor", "--format", "csv")
    assert checked.exit_code == 1
    assert f"home,wrong,no room on the disk for {mounted}: free some" in checked.stdout


def test_a_home_that_is_read_only_is_one_line(mounted):
    assert call(mounted, *FULL).exit_code == 0
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    result = call(mounted, *FULL[:-1], "2026-10-05T17:45")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "cannot write" in result.stderr
    assert "Ana" in call(mounted, "sql", "SELECT name FROM people").stdout
    assert call(mounted, "contrast", "--period", "2026-10-05").exit_code == 0
