"""Bringing in the browsers' histories by the command line, from a home folder made by hand."""

import datetime as dt
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from disconnect.cli.main import commands

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
SINCE_1601 = round((NOON - dt.datetime(1601, 1, 1, tzinfo=dt.UTC)).total_seconds() * 1e6)
SINCE_1970 = round(NOON.timestamp() * 1e6)
CHAIN_END = 0x20000000


def made(path, *statements):
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def person(tmp_path, monkeypatch):
    """The home folder of somebody with a Chromium, a Firefox, and a damaged Brave."""
    folder = tmp_path / "person"
    monkeypatch.setenv("HOME", str(folder))
    made(
        folder / ".config/chromium/Default/History",
        "CREATE TABLE urls (id INTEGER PRIMARY KEY, url, title)",
        "CREATE TABLE visits (id INTEGER PRIMARY KEY, url, visit_time, transition)",
        "CREATE TABLE context_annotations (visit_id, total_foreground_duration)",
        "INSERT INTO urls VALUES (1, 'https://me:secret@www.friends.example:8443/feed?secret#secret',"
        " 'Feed')",
        f"INSERT INTO visits VALUES (1, 1, {SINCE_1601}, {CHAIN_END})",
        f"INSERT INTO visits VALUES (2, 1, 7, {CHAIN_END})",
        "INSERT INTO context_annotations VALUES (1, 30000000)",
    )
    made(
        folder / ".mozilla/firefox/ab.default/places.sqlite",
        "CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url, title, hidden)",
        "CREATE TABLE moz_historyvisits (id, from_visit, place_id, visit_date, visit_type)",
        "INSERT INTO moz_places VALUES (1, 'https://news.example/', X'ff41', 0)",
        f"INSERT INTO moz_historyvisits VALUES (1, 0, 1, {SINCE_1970}, 1)",
        f"INSERT INTO moz_historyvisits VALUES (2, 0, 1, {SINCE_1970 + 60_000_000}, 1)",
    )
    made(folder / ".config/BraveSoftware/Brave-Browser/Default/History")
    brave = folder / ".config/BraveSoftware/Brave-Browser/Default/History"
    brave.write_bytes(b"no database at all" * 99)
    return folder


@pytest.fixture
def imports(person, tmp_path):
    def run(*words):
        everything = ["--home", str(tmp_path / "home"), "import", "browsers", *words]
        result = CliRunner().invoke(commands, everything, env={"TZ": "UTC"})
        assert result.exit_code == 0, result.output
        return result

    return run


@pytest.fixture
def rows(tmp_path):
    def read():
        path = tmp_path / "home/disconnect.sqlite"
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(
                "SELECT start, length FROM activity ORDER BY start, length"
            ).fetchall()

    return read


def test_twice_is_once(imports, rows):
    first = imports("--yes")
    start = SINCE_1970 // 1000
    assert rows() == [(start, 30_000), (start, 60_000), (start + 60_000, 300_000)]
    assert "browsers/chromium/Default: read 2, added 1, already there 0, refused 1" in first.stdout
    second = imports("--yes")
    assert rows() == [(start, 30_000), (start, 60_000), (start + 60_000, 300_000)]
    assert "added 0, already there 3" in second.stdout.splitlines()[-1]


def test_what_was_forgotten_is_not_read_in_again(imports, rows, tmp_path):
    imports("--yes")
    home = ["--home", str(tmp_path / "home")]
    gone = CliRunner().invoke(commands, [*home, "forget", "--site", "friends.example", "--yes"])
    assert gone.exit_code == 0, gone.output
    start = SINCE_1970 // 1000
    assert rows() == [(start, 60_000), (start + 60_000, 300_000)]
    imports("--yes")
    assert rows() == [(start, 60_000), (start + 60_000, 300_000)]


def test_what_cannot_be_read_is_told_with_where_and_why(imports, person):
    told = imports("--yes").stderr
    brave = person / ".config/BraveSoftware/Brave-Browser/Default/History"
    assert f"refused {brave}: is damaged: file is not a database" in told
    assert "refused browsers/chromium/Default, visit 2: time out of range: 1601-" in told


def test_nothing_but_host_and_path_reaches_the_database(imports, tmp_path):
    imports("--yes")
    raw = b"".join(file.read_bytes() for file in (tmp_path / "home").rglob("*") if file.is_file())
    assert b"friends.example" in raw
    assert b"secret" not in raw
    assert b"8443" not in raw


def test_a_dry_run_writes_nothing(imports, tmp_path):
    result = imports("--yes", "--dry-run")
    assert "added 3" in result.stdout.splitlines()[-1]
    assert "nothing was written" in result.stderr
    home = tmp_path / "home"
    assert not home.exists() or not any(home.iterdir())


def test_nobodys_history_is_read_unasked(person, tmp_path):
    words = ["--home", str(tmp_path / "home"), "import", "browsers"]
    result = CliRunner().invoke(commands, words)
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert "browsers/chromium/Default" in result.stderr
