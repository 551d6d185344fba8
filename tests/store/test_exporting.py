import contextlib
import csv
import io
import json
import sqlite3
import zipfile

import pytest
from click.testing import CliRunner

from disconnect.cli.main import commands
from disconnect.errors import DisconnectError
from disconnect.store import exporting
from disconnect.store.exporting import backup, export, restore
from disconnect.store.opening import connect
from disconnect.store.writing import Writer


def titles(path) -> list[str]:
    with contextlib.closing(connect(path, read_only=True)) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM activities")]


def test_an_export_holds_every_row_twice_over(connection, make, tmp_path):
    Writer(connection).write([make.activity(n, title=f"title, {n}") for n in range(3)])
    target = tmp_path / "all.zip"
    assert export(connection, target)["activities"] == 3
    assert target.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(target) as archive:
        table = list(csv.DictReader(io.StringIO(archive.read("activities.csv").decode())))
        lines = [json.loads(line) for line in archive.read("activities.jsonl").splitlines()]
    assert (
        [row["title"] for row in table]
        == [row["title"] for row in lines]
        == [
            "title, 0",
            "title, 1",
            "title, 2",
        ]
    )
    assert table[0]["start"] == "2026-10-05T12:00:00.000Z"


def test_an_export_that_fails_leaves_nothing_behind(connection, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "VIEWS", ("activities", "no_such_view"))
    with pytest.raises(sqlite3.OperationalError):
        export(connection, tmp_path / "all.zip")
    assert [file.name for file in tmp_path.iterdir()] == ["home"]
    assert not connection.in_transaction


@pytest.mark.parametrize("write", [backup, export])
@pytest.mark.parametrize("ending", ["", "-wal", "-shm"])
def test_the_database_is_not_written_over(connection, path, make, write, ending):
    Writer(connection).write([make.activity(title="mine")])
    with pytest.raises(DisconnectError, match="is the database itself"):
        write(connection, path.with_name(path.name + ending))
    assert titles(path) == ["mine"]


def test_a_backup_is_whole_while_another_writes(connection, path, make, tmp_path):
    Writer(connection).write([make.activity(title="before")])
    with contextlib.closing(connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM activity")
        backup(connection, tmp_path / "copy.sqlite")
        other.execute("COMMIT")
    assert titles(tmp_path / "copy.sqlite") == ["before"]
    assert (tmp_path / "copy.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_backup_comes_back_and_what_was_there_is_kept(path, make, tmp_path):
    with contextlib.closing(connect(path)) as connection:
        Writer(connection).write([make.activity(title="old")])
        backup(connection, tmp_path / "copy.sqlite")
        Writer(connection).write([make.activity(5, title="new")])
    restore(tmp_path / "copy.sqlite", path)
    assert titles(path) == ["old"]
    assert titles(path.with_name("disconnect.sqlite.before-restore")) == ["old", "new"]


def damage(file) -> None:
    torn = bytearray(file.read_bytes())
    middle = len(torn) // 2 // 4096 * 4096
    torn[middle : middle + 4096] = b"\xff" * 4096
    file.write_bytes(torn)


def test_a_damaged_backup_is_refused_in_one_line(path, make, tmp_path):
    with contextlib.closing(connect(path)) as connection:
        Writer(connection).write([make.activity(n, title=f"t{n}" * 50) for n in range(800)])
        backup(connection, tmp_path / "copy.sqlite")
    damage(tmp_path / "copy.sqlite")
    with pytest.raises(DisconnectError) as caught:
        restore(tmp_path / "copy.sqlite", path)
    assert len(str(caught.value).splitlines()) == 1
    assert len(titles(path)) == 800


def test_a_backup_takes_the_place_of_a_damaged_database(path, make, tmp_path):
    with contextlib.closing(connect(path)) as connection:
        Writer(connection).write([make.activity(title="mine")])
        backup(connection, tmp_path / "copy.sqlite")
    path.write_bytes(b"no database " * 1000)
    restore(tmp_path / "copy.sqlite", path)
    assert titles(path) == ["mine"]
    kept = path.with_name("disconnect.sqlite.before-restore")
    assert kept.read_bytes().startswith(b"no database")


def test_what_was_before_comes_back_too(path, make, tmp_path):
    with contextlib.closing(connect(path)) as connection:
        Writer(connection).write([make.activity(title="old")])
        backup(connection, tmp_path / "copy.sqlite")
        Writer(connection).write([make.activity(5, title="new")])
    restore(tmp_path / "copy.sqlite", path)
    restore(path.with_name("disconnect.sqlite.before-restore"), path)
    assert titles(path) == ["old", "new"]


@pytest.mark.parametrize("kind", ["text", "other", "stranger", "newer", "missing"])
def test_what_is_no_backup_is_refused_and_nothing_changes(path, make, tmp_path, kind):
    with contextlib.closing(connect(path)) as connection:
        Writer(connection).write([make.activity(title="mine")])
    wrong = tmp_path / "wrong.sqlite"
    if kind == "text":
        wrong.write_text("no database " * 100)
    elif kind != "missing":
        version = {"other": 0, "stranger": 1, "newer": 99}[kind]
        with contextlib.closing(sqlite3.connect(wrong)) as raw:
            raw.execute("CREATE TABLE t (x)")
            raw.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(DisconnectError) as caught:
        restore(wrong, path)
    assert "\n" not in str(caught.value)
    assert titles(path) == ["mine"]


def test_the_commands_do_the_same(path, make, tmp_path):
    with contextlib.closing(connect(path)) as connection:
        Writer(connection).write([make.activity(title="mine")])

    def call(*words):
        return CliRunner().invoke(commands, ["--home", str(path.parent), *words])

    copy = tmp_path / "copy.sqlite"
    assert call("backup", str(copy)).stdout == f"{copy}\n"
    assert call("export", str(tmp_path / "all.zip")).exit_code == 0
    assert call("restore", str(copy), "--yes").exit_code == 0
    assert call("restore", str(tmp_path / "none"), "--yes").stderr == (
        f"disconnect: there is no file {tmp_path / 'none'}\n"
    )


HARMFUL = ("=HYPERLINK(1)", "+1+2", "-1-2", "@SUM(1)", "'=quoted", "＝wide", "plain")


def test_no_cell_of_an_export_runs_and_reading_it_back_gives_the_same_texts(path, make, tmp_path):
    with contextlib.closing(connect(path)) as connection:
        Writer(connection).write([make.activity(n, title=t) for n, t in enumerate(HARMFUL)])
        export(connection, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        table = archive.read("activities.csv").decode()
        lines = [json.loads(line) for line in archive.read("activities.jsonl").splitlines()]
    (tmp_path / "activities.csv").write_text(table, encoding="utf-8", newline="")
    assert [line["title"] for line in lines] == list(HARMFUL)
    for row in csv.reader(io.StringIO(table)):
        assert not [cell for cell in row if cell[:1] in {*"=+-@\t\r"}]
    again = tmp_path / "again"
    done = CliRunner().invoke(
        commands, ["--home", str(again), "import", "csv", str(tmp_path / "activities.csv")]
    )
    assert done.exit_code == 0
    assert titles(again / "disconnect.sqlite") == list(HARMFUL)


@pytest.mark.parametrize("command", ["backup", "export"])
def test_neither_link_nor_draft_of_others_is_written_through(path, make, tmp_path, command):
    with contextlib.closing(connect(path)) as connection:
        Writer(connection).write([make.activity(title="mine")])
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o777)
    victim = tmp_path / "victim"
    victim.write_bytes(b"untouched")
    (shared / "a.out").symlink_to(victim)
    (shared / ".b.out.draft").symlink_to(victim)  # a name that could be foreseen
    words = ["--home", str(path.parent), command]
    refused = CliRunner().invoke(commands, [*words, str(shared / "a.out")])
    assert refused.exit_code == 1
    assert refused.stderr.endswith("is a link, and links are not followed; name another file\n")
    assert CliRunner().invoke(commands, [*words, str(shared / "b.out")]).exit_code == 0
    assert (shared / "b.out").stat().st_mode & 0o777 == 0o600
    assert victim.read_bytes() == b"untouched"
    assert sorted(file.name for file in shared.iterdir()) == [".b.out.draft", "a.out", "b.out"]
    assert [file.name for file in path.parent.iterdir()] == ["disconnect.sqlite"]
