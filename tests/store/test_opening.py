import contextlib
import sqlite3
import stat

import pytest

from disconnect.errors import DisconnectError, NothingThereError
from disconnect.store.exporting import VIEWS
from disconnect.store.migrating import NEWEST
from disconnect.store.opening import CorruptDatabaseError, connect, damage, is_damaged
from disconnect.store.writing import Writer


def test_the_file_and_those_beside_it_are_the_owners_alone(path, connection, make):
    Writer(connection).write([make.activity()])
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    assert {file.suffix for file in path.parent.iterdir()} >= {".sqlite", ".sqlite-wal"}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_it_keeps_a_write_ahead_log_and_overwrites_what_is_deleted(connection):
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)
    assert connection.execute("PRAGMA user_version").fetchone() == (NEWEST,)


def test_a_newer_schema_is_refused_and_left_alone(path):
    connect(path).close()
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 99")
    for read_only in (False, True):
        with pytest.raises(DisconnectError) as caught:
            connect(path, read_only=read_only)
        assert str(caught.value) == (
            f"{path} was written by a newer disconnect (schema 99, this one knows {NEWEST});"
            " update disconnect"
        )


def test_reading_where_there_is_nothing_says_what_to_do(path):
    with pytest.raises(NothingThereError, match="disconnect start"):
        connect(path, read_only=True)
    assert not path.exists()


def test_a_reader_changes_nothing(path, connection):
    with (
        contextlib.closing(connect(path, read_only=True)) as reader,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        reader.execute("DELETE FROM activity")


def test_a_file_that_is_no_database_is_called_damaged(path):
    path.parent.mkdir()
    path.write_bytes(b"not a database at all" * 500)
    with pytest.raises(CorruptDatabaseError, match="is damaged"):
        connect(path)


def test_every_view_answers(connection):
    views = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")
    ]
    assert sorted(views) == sorted(VIEWS)
    for view in views:
        assert connection.execute("SELECT * FROM " + view).fetchall() == []


def test_a_database_that_somebody_holds_is_not_called_damaged(path):
    connect(path).close()
    assert not is_damaged(path)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        holder.execute("INSERT INTO app (name) VALUES ('held')")
        reader = sqlite3.connect(path, timeout=0)
        with contextlib.closing(reader):
            assert damage(reader) is None
        holder.execute("COMMIT")
