"""Calls that nobody should make: one line that says what to do, nothing written, no traceback."""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

BYTES = os.fsdecode(b"caf\xe9")
LONG = "x" * 100_000
LOGGED = ("log", "--with", "Ana", "--start", "2026-10-05T16:00", "--end", "2026-10-05T17:30")


@pytest.fixture
def run(tmp_path):
    """The program as a process, in a home of its own."""

    def call(*words, home=tmp_path / "home", **options):
        environment = {**os.environ, "DISCONNECT_HOME": str(home), "TZ": "UTC"}
        environment |= options.pop("environment", {})
        known = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.run(
            [sys.executable, "-m", "disconnect", *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            check=False,
            **known | options,
        )

    return call


def one_line(said, code=1):
    assert "Traceback" not in said.stderr
    assert said.returncode == code, said.stderr
    assert said.stderr.splitlines()[-1].startswith("disconnect: "), said.stderr
    assert len(said.stderr) < 2000
    return said.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "words",
    [
        ("log", "coffee", "with", BYTES, "30m"),
        ("log", "coffee", "with", "Ana", "30m", "--note", BYTES),
        ("meet", "with", BYTES),
        ("people", "add", BYTES),
        ("forget", "--title", BYTES, "--yes"),
        ("forget", "--site", BYTES, "--yes"),
        ("sql", f"SELECT '{BYTES}'"),
    ],
)
def test_bytes_that_are_no_text_are_refused_before_anything_is_written(run, tmp_path, words):
    assert "no text in UTF-8" in one_line(run(*words), 2)
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("log", "coffee", "with", LONG, "5m"),
        ("log", "coffee", "with", "Ana", "5m", "--at", LONG),
        ("log", "coffee", "5m", "--with", "y" * 300),
        ("people", "add", LONG),
        ("opportunity", LONG, "--from", "Ana"),
        ("query", "--period", LONG),
        ("chart", LONG),
    ],
)
def test_a_text_that_would_not_be_kept_whole_is_refused(run, tmp_path, words):
    one_line(run(*words), 2)
    if (tmp_path / "home").exists():
        assert run("people").returncode == 3


def test_what_is_said_back_is_what_was_written(run):
    said = run("log", "coffee", "with", "An\u202ea", "5m", "--at", "the\x1b[31m Park\x07")
    assert said.returncode == 0
    assert said.stdout.rstrip("\n").isprintable()
    (row,) = json.loads(run("entries", "list", "--format", "json").stdout)
    assert row["people"] in said.stdout
    assert row["place"] in said.stdout


def test_a_name_is_changed_to_what_can_be_kept(run):
    assert run(*LOGGED).returncode == 0
    one_line(run("people", "edit", "Ana", "--name", "y" * 300))
    assert run("people", "edit", "Ana", "--name", "A\x07na").returncode == 0
    assert '"A na"' in run("sql", "SELECT name FROM people", "--format", "json").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("query", "--period", "9999-W52"),
        ("query", "--from", "0001-01-01T00:00+14:00"),
        ("query", "--to", "9999-12-31T23:59-12:00"),
        ("forget", "--period", "9999", "--yes"),
        ("contrast", "--from", "0001-01-01", "--to", "9999-12-31"),
        ("contrast", "--last", "2025y"),
    ],
)
def test_years_beyond_any_life_are_refused(run, words):
    assert run(*LOGGED).returncode == 0
    said = one_line(run(*words), 2)
    assert "between 1900 and 2250" in said or "date value out of range" in said


@pytest.mark.parametrize(
    "words",
    [
        ("entries", "delete", "9" * 23),
        ("entries", "edit", "9" * 23, "--for", "5m"),
        ("people", "reach", "mastodon", "9" * 23),
    ],
)
def test_numbers_that_no_table_holds_are_refused(run, words):
    assert run(*LOGGED).returncode == 0
    one_line(run(*words), 2)
    assert run("entries", "list", "--limit", "9" * 20).returncode == 0


@pytest.mark.skipif(
    not Path("/dev/full").exists() and os.environ.get("CI") != "true", reason="needs /dev/full"
)
@pytest.mark.parametrize("words", [("--help",), ("settings", "show"), ("query", "--help")])
def test_a_result_that_cannot_be_written_is_one_line(run, words):
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        said = run(*words, stdout=full)
    assert "No space left on device" in one_line(said)
    assert len(said.stderr.splitlines()) == 1


def test_a_terminal_that_lacks_a_letter_shows_another(run):
    said = run("settings", "show", environment={"PYTHONIOENCODING": "latin-1"})
    assert said.returncode == 0, said.stderr
    assert "day_starts" in said.stdout


def test_homes_that_cannot_be_told_are_one_line(run, tmp_path):
    assert "~nobody-at-all/x" in one_line(run("people", home="~nobody-at-all/x"))
    gone = tmp_path / "gone"
    gone.mkdir()
    script = 'cd "$1" && rmdir "$1" && shift && exec "$@"'
    said = subprocess.run(
        ["sh", "-c", script, "sh", gone, sys.executable, "-m", "disconnect", "people"],
        env={**os.environ, "DISCONNECT_HOME": "somewhere", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "name a whole path with --home" in one_line(said)


def test_an_empty_home_is_no_home(run, tmp_path):
    said = run(
        "--home", "", *LOGGED, cwd=tmp_path, environment={"PYTHONPATH": os.pathsep.join(sys.path)}
    )
    assert "the name is empty" in one_line(said, 2)
    assert list(tmp_path.iterdir()) == []


def test_a_question_writes_no_file(run, tmp_path):
    assert run(*LOGGED).returncode == 0
    for words in (f"ATTACH '{tmp_path}/a' AS a", f"VACUUM INTO '{tmp_path}/a'", "PRAGMA x = 1"):
        assert "only questions" in one_line(run("sql", words), 2)
    assert not (tmp_path / "a").exists()
    assert run("sql", "SELECT x'ff00' AS a", "--format", "json").stdout.split() == [
        "[", "{", '"a":', '"ff00"', "}", "]",
    ]  # fmt: skip
    assert "same name" in one_line(run("sql", "SELECT 1 AS a, 2 AS a"), 2)


def test_rows_that_make_no_sense_are_called_damage_and_are_saved_at_the_start(run, tmp_path):
    assert run(*LOGGED).returncode == 0
    path = tmp_path / "home/disconnect.sqlite"
    rows = tmp_path / "rows.csv"
    rows.write_text("start,end,app\n2026-10-05T10:00,2026-10-05T11:00,slack\n")
    assert run("import", "csv", str(rows)).returncode == 0
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE activity SET zone = 8963")
    said = run("contrast", "--period", "2026-10-05")
    assert "is damaged" in one_line(said)
    assert "disconnect start" in said.stderr
    assert "damaged" in one_line(run("backup", str(tmp_path / "copy.sqlite")))
    assert not (tmp_path / "copy.sqlite").exists()
    assert run("doctor").returncode == 1
    from disconnect.clock import system
    from disconnect.daemon.foreground import Opening
    from disconnect.home import Home

    opening = Opening(Home(path.parent), system)
    opening().close()
    assert "the damaged file is kept" in opening.notes[0]
    assert run("contrast", "--period", "2026-10-05").returncode == 0


@pytest.mark.parametrize("ending", ["", "-wal", "-shm"])
@pytest.mark.parametrize("kind", ["folder", "pipe", "loop"])
def test_what_is_no_file_is_not_opened(run, tmp_path, kind, ending):
    assert run(*LOGGED).returncode == 0
    path = tmp_path / f"home/disconnect.sqlite{ending}"
    path.unlink(missing_ok=True)
    {"folder": path.mkdir, "pipe": lambda: os.mkfifo(path), "loop": lambda: path.symlink_to(path)}[
        kind
    ]()
    for words in (LOGGED, ("people",), ("contrast",)):
        assert "is no file; move it away" in one_line(run(*words, timeout=60))


def test_a_file_that_gave_nothing_is_an_error(run, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("a,b\n1,2\n")
    assert "nothing was brought in" in one_line(run("import", "csv", str(table)))


def test_a_folder_that_holds_other_things_stays_as_open_as_it_was(run, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    shared.chmod(0o755)
    (shared / "thesis.txt").write_text("")
    assert run(*LOGGED, home=shared).returncode == 0
    assert run(*LOGGED[:-1], "2026-10-05T17:00", home=shared).returncode == 0
    assert shared.stat().st_mode & 0o777 == 0o755
    assert (shared / "disconnect.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_draft_of_the_settings_is_kept_for_the_next_edit_and_nothing_else_is(run, tmp_path):
    home = tmp_path / "home"
    assert "editor did not run" in one_line(
        run("settings", "edit", environment={"VISUAL": "false"})
    )
    assert "editor did not run" in one_line(run("settings", "edit", environment={"VISUAL": "'"}))
    assert list(home.iterdir()) == []
    bad = run("settings", "edit", environment={"VISUAL": "sed -i '$ a week_starts = 5'"})
    assert "your draft is kept" in one_line(bad)
    good = run("settings", "edit", environment={"VISUAL": "sed -i '$ s/.*//'"})
    assert good.returncode == 0, good.stderr
    assert [one.name for one in home.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("query", "--group", "pie"), "invalid value for '--group'"),
        (("contrast", "--frmat", "json"), "no such option '--frmat'"),
        (("--hom", "x", "today"), "did you mean '--home'?"),
        (("people", "show"), "missing argument 'NAME'; see disconnect people show --help"),
        (("log", "--meaning", "9", "tea with Ana 1h"), "invalid value for '--meaning'"),
    ],
)
def test_wrong_words_of_a_call_are_one_line_that_says_where_the_help_is(run, words, said):
    found = run(*words)
    line = one_line(found, 2)
    assert found.stderr == f"{line}\n"
    assert said.lower() in line.lower()
    assert "--help" in line


def test_no_words_at_all_get_the_help(run):
    assert "Usage: disconnect" in run(*()).stderr + run(*()).stdout
