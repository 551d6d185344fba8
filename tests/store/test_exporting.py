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


def test_a_backup_is_whole_while_another_writes(connection, path, make, tmp_path):
    Writer(connection).write([make.activity(title="before")])
    with contextlib.closing(connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        backup(connection, tmp_path / "copy.sqlite")
        other.execute("ROLLBACK")
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


@pytest.mark.parametrize("kind", ["text", "other", "newer", "missing"])
def test_what_is_no_backup_is_refused_and_nothing_changes(path, make, tmp_path, kind):
    with contextlib.closing(connect(path)) as connection:
        Writer(connection).write([make.activity(title="mine")])
    wrong = tmp_path / "wrong.sqlite"
    if kind == "text":
        wrong.write_text("no database " * 100)
    elif kind in {"other", "newer"}:
        with contextlib.closing(sqlite3.connect(wrong)) as raw:
            raw.execute("CREATE TABLE t (x)")
            raw.execute(f"PRAGMA user_version = {99 if kind == 'newer' else 0}")
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
