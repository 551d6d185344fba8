"""One file that several programs hold open, or that came from elsewhere."""

import contextlib
import sqlite3

import pytest

from disconnect.errors import NothingThereError
from disconnect.store import migrating
from disconnect.store.forgetting import What, forget
from disconnect.store.opening import connect
from disconnect.store.writing import Writer


def test_a_writer_notices_that_another_program_forgot(path, make):
    with contextlib.closing(connect(path)) as daemons, contextlib.closing(connect(path)) as persons:
        writer = Writer(daemons)
        writer.write([make.activity(0, 1, title="secret", site="a.example")])
        forget(persons, What(title="secret"))
        # Another takes the number that the writer remembers for what was forgotten.
        Writer(persons).write([make.activity(5, 1, app="mail", title="harmless")])
        writer.write([make.activity(9, 1, title="secret", site="a.example")])
        found = daemons.execute("SELECT app, title FROM activities ORDER BY start").fetchall()
    assert found == [("mail", "harmless"), ("slack", "secret")]


def test_a_file_that_others_could_read_is_made_private(path):
    connect(path).close()
    path.chmod(0o644)
    connect(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_empty_file_holds_no_data_yet(path):
    path.parent.mkdir(mode=0o700)
    path.touch()
    with pytest.raises(NothingThereError, match="there is no data yet"):
        connect(path, read_only=True)


def test_a_step_of_the_schema_makes_the_views_anew_and_keeps_a_copy(path, make, monkeypatch):
    with contextlib.closing(connect(path)) as connection:
        Writer(connection).write([make.activity(title="kept")])
        connection.execute("DROP VIEW people")
        connection.execute("CREATE VIEW people AS SELECT 'of old' AS old")
        connection.execute("PRAGMA user_version = 0")
        # The step from 0 would make all tables; here it is one that makes a single table.
        monkeypatch.setattr(migrating, "_statements", _step_of)
        migrating._step(connection, 0, "schema.sql", 1)
        columns = [row[1] for row in connection.execute("PRAGMA table_info(people)")]
        migrating._keep_copy(connection, path, 2)
    assert "name" in columns
    copy = path.with_name("disconnect.sqlite.before-2")
    assert copy.stat().st_mode & 0o777 == 0o600
    with contextlib.closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT name FROM title").fetchall() == [("kept",)]


def test_an_older_store_becomes_what_a_new_one_is(path, tmp_path, make):
    new = tmp_path / "new.sqlite"
    with contextlib.closing(connect(new)) as connection:
        expected = _schema(connection)
    with contextlib.closing(connect(path)) as connection:
        Writer(connection).write([make.activity(title="kept")])
        for statement in _AS_OF_1:
            connection.execute(statement)
        assert _schema(connection) != expected
    with contextlib.closing(connect(path)) as connection:
        assert _schema(connection) == expected
        assert connection.execute("SELECT name FROM title").fetchall() == [("kept",)]


_AS_OF_1 = (
    "DROP TRIGGER presence_added",
    "CREATE TRIGGER presence_added AFTER INSERT ON presence BEGIN DELETE FROM hour_sums; END",
    "PRAGMA user_version = 1",
)


def _schema(connection: sqlite3.Connection) -> dict[str, str | None]:
    return dict(connection.execute("SELECT name, sql FROM sqlite_schema"))


def _step_of(script: str) -> list[str]:
    if "CREATE TABLE device" in script:
        return ["CREATE TABLE of_the_next_schema (x)"]
    return [part for part in script.split(";\n") if part.strip()]
