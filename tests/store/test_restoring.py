"""Backups that come from anywhere: their rows are taken, and nothing else of them."""

import contextlib
import datetime as dt
import sqlite3

import pytest
from click.testing import CliRunner

from collectors.facts.checkin import CheckIn
from collectors.facts.social import Encounter, Opportunity, Reach
from disconnect.cli.main import commands
from disconnect.errors import DisconnectError
from disconnect.store import migrating, restoring
from disconnect.store.backups import backup
from disconnect.store.entries import add_encounter, add_opportunity, entries
from disconnect.store.opening import connect, damage
from disconnect.store.plausible import TABLES
from disconnect.store.restoring import restore
from disconnect.store.sittings import add_sitting
from disconnect.store.writing import Writer

ENDLESS = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"


@pytest.fixture
def copy(path, make, tmp_path):
    """A backup with something in every table, and a database with other rows."""
    now = make.noon
    with contextlib.closing(connect(path)) as connection:
        Writer(connection).write([make.activity(title="old"), make.presence(0, 9)])
        Writer(connection).write([Reach(day=now.date(), platform="somewhere", people=9)])
        met = Encounter(start=now, end=now + dt.timedelta(hours=1), people=("Ana",))
        add_encounter(connection, met, words="tea with Ana", now=now)
        add_opportunity(
            connection, Opportunity(day=now.date(), person="Ana", what="a job"), now=now
        )
        said = CheckIn(at=now, day=now.date(), instrument="daily", answers=(7.0, 3.0))
        add_sitting(connection, [said], now=now)
        connection.execute("INSERT INTO job VALUES ('sums', ?, 'done')", (1_700_000_000_000,))
        connection.execute("INSERT INTO meeting VALUES (1, 1700000000000, 'UTC', 'with Ana')")
        connection.execute(
            "INSERT INTO experiment VALUES (1, 1700000000000, 'less', NULL, 'energy', '2026-10-01',"
            " 28, 4, '[7, 14, 21]', NULL)"
        )
        connection.execute("INSERT INTO fact_of_home VALUES ('made_up', 'yes')")
        backup(connection, tmp_path / "copy.sqlite")
        Writer(connection).write([make.activity(5, title="new")])
    return tmp_path / "copy.sqlite"


def titles(path):
    with contextlib.closing(connect(path, read_only=True)) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM activities")]


def everything(path):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


def schema(path):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 2").fetchall()


def change(path, *statements):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def refused(copy, path):
    """The one line with which a backup is refused; nothing has changed by it."""
    before = titles(path)
    with pytest.raises(DisconnectError) as caught:
        restore(copy, path)
    assert titles(path) == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_every_table_that_is_not_made_anew_is_taken(path):
    made_anew = {"hour_sums", "sorted", "sqlite_sequence"}
    connect(path).close()
    assert {name for kind, name, _ in schema(path) if kind == "table"} - made_anew == {*TABLES}


def test_all_rows_come_back_and_can_be_read(copy, path):
    told = restore(copy, path)
    assert everything(path) == everything(copy)
    assert told == restoring.Restored(sum(map(len, everything(copy).values())), ())
    with contextlib.closing(connect(path)) as connection:
        assert damage(connection) is None
        assert len(entries(connection)) == 3


def test_what_is_none_of_ours_is_left_out_and_said(copy, path):
    change(
        copy,
        "CREATE TABLE spy (x)",
        f"CREATE VIEW endless AS {ENDLESS}",
        "CREATE TRIGGER thief AFTER INSERT ON activity BEGIN INSERT INTO spy VALUES (new.start); END",
        "DROP VIEW activities",
        "CREATE VIEW activities AS SELECT 'forged' AS title",
        "DROP TRIGGER activity_gone",
        "CREATE TRIGGER activity_gone AFTER INSERT ON person BEGIN DELETE FROM person; END",
    )
    done = CliRunner().invoke(commands, ["--home", str(path.parent), "restore", str(copy), "--yes"])
    assert done.exit_code == 0
    assert "left out, as it is none of ours: table spy, trigger thief, view endless" in done.stderr
    kept = path.with_name("disconnect.sqlite.before-restore")
    assert schema(path) == schema(kept)
    assert titles(path) == ["old"]


@pytest.mark.parametrize("table", TABLES)
def test_what_only_looks_like_our_table_is_refused(copy, path, table):
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        for kind, name, _ in schema(copy):
            if kind in ("view", "trigger"):
                connection.execute(f"DROP {kind} {name}")
        connection.execute(f"ALTER TABLE {table} RENAME TO hidden")
        connection.execute(f"CREATE VIEW {table} AS {ENDLESS}")
        connection.commit()
    assert f"{table} is no table in it" in refused(copy, path)


@pytest.mark.parametrize(
    ("statement", "column"),
    [
        ("UPDATE activity SET start = 253402300800000", "start"),
        ("UPDATE activity SET start = 'yesterday'", "start"),
        ("UPDATE activity SET start = 1.5", "start"),
        ("UPDATE activity SET length = 1000000000000000", "length"),
        ("UPDATE presence SET start = -9000000000000", "start"),
        ("UPDATE title SET name = zeroblob(100)", "name"),
        ("UPDATE title SET name = printf('%.9000c', 'x')", "name"),
        ("UPDATE title SET name = 'a' || char(0) || 'b'", "name"),
        ("UPDATE context SET id = 4611686018427387904", "id"),
        ("UPDATE device SET id = 70000", "id"),
        ("UPDATE source SET longest = -1", "longest"),
        ("UPDATE person SET since = 'long ago'", "since"),
        ("UPDATE encounter SET energy = 900", "energy"),
        ("UPDATE encounter SET initiator = 'nobody'", "initiator"),
        ("UPDATE opportunity SET day = '9999-12-31'", "day"),
        ("UPDATE checkin SET day = '2026-02-30'", "day"),
        ("UPDATE checkin SET answers = '[1'", "answers"),
        ("UPDATE checkin SET answers = '[\"x\"]'", "answers"),
        ("UPDATE checkin SET score = 9e999", "score"),
        ("UPDATE reach SET people = -1", "people"),
        ("UPDATE entry SET people_added = '{}'", "people_added"),
        ("UPDATE meeting SET start = NULL", "start"),
        ("UPDATE job SET last_run = x'00'", "last_run"),
        ("INSERT INTO fact_of_home VALUES ('salt_of_hashes', 'none')", "value"),
        ("INSERT INTO fact_of_home VALUES ('forgotten_at', 'soon')", "value"),
    ],
)
def test_values_that_cannot_be_are_refused(copy, path, statement, column):
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '')")
        connection.commit()
    change(copy, "PRAGMA ignore_check_constraints = ON", statement)
    assert refused(copy, path).endswith(f"a row whose {column} cannot be")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE encounter SET channel = 'telepathy'",
        "UPDATE encounter SET meaning = 8",
        "UPDATE opportunity SET kind = 'curse'",
        "UPDATE zone SET name = '../../etc/passwd'",
        "UPDATE zone SET name = 'Nowhere/At_All'",
        "UPDATE meeting SET zone = 'Moon'",
        "UPDATE experiment SET cuts = '[]'",
        "UPDATE activity SET context = 99",
        "UPDATE context SET app = 99",
        "UPDATE encounter_person SET person = 99",
    ],
)
def test_what_nobody_could_read_afterwards_is_refused(copy, path, statement):
    change(copy, "DROP TRIGGER experiment_stands", statement)
    assert "is no backup of disconnect: " in refused(copy, path)


def test_a_computed_column_is_refused(copy, path):
    change(copy, "ALTER TABLE reach ADD COLUMN twice AS (people * 2)")
    assert "reach has computed columns" in refused(copy, path)


def test_what_takes_without_end_is_stopped(copy, path, monkeypatch):
    """An index of the backup's own that takes long to be looked at, row by row."""
    monkeypatch.setattr(restoring, "_SECONDS", 0.2)
    monkeypatch.setattr(restoring, "_STEPS", 100)
    slow = "0 * length(replace(hex(zeroblob(200000 + length(name))), '0', 'ab'))"
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        rows = [(str(number),) for number in range(3000)]
        connection.executemany("INSERT INTO title (hash, name) VALUES (1, ?)", rows)
        connection.execute("CREATE INDEX slow ON title (hash + 7 * 0)")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, '7 * 0', ?)", (slow,))
        connection.commit()
    assert "it cannot be read within" in refused(copy, path)


def test_a_newer_one_is_refused_as_such(copy, path):
    change(copy, f"PRAGMA user_version = {migrating.NEWEST + 1}")
    assert refused(copy, path).endswith("update disconnect")


def test_a_backup_of_an_older_schema_comes_back_in_the_newest(copy, path):
    change(copy, "PRAGMA user_version = 1", "DROP TRIGGER presence_added")
    restore(copy, path)
    assert schema(path) == schema(path.with_name("disconnect.sqlite.before-restore"))
    assert titles(path) == ["old"]
