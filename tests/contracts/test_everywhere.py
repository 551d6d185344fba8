"""What scripts rely on, of every command: periods, formats, names, exit codes, streams."""

import csv
import datetime as dt
import io
import json
import os
import pty
import re
import shutil
import subprocess
import sys

import click
import pandas as pd
import pytest
from click.testing import CliRunner

from collectors.imports.made_up import MadeUpLife
from disconnect.cli.main import COMMANDS, commands
from disconnect.glossary import COLUMNS
from disconnect.pipeline.load.inputs import INPUTS
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

FIRST = dt.date(2026, 3, 2)
SPAN = ["--from", "2026-03-02", "--to", "2026-04-12"]
PERIOD = {"--from", "--to", "--last", "--period"}
ANSWERS = [
    ["contrast", *SPAN],
    ["query", *SPAN],
    ["query", "--group", "person", *SPAN],
    ["query", "--group", "checkin", *SPAN],
    ["load", *SPAN],
    ["returns", *SPAN],
    ["withdrawal", *SPAN],
    ["drain", *SPAN],
    ["people", "list"],
    ["people", "show", "Ana Quillfeather"],
    ["people", "funnel"],
    ["entries", "list"],
    ["categories", "list"],
    ["categories", "test", "slack"],
    ["settings", "show"],
    ["sources"],
    ["doctor"],
    ["sql", "SELECT * FROM encounters LIMIT 3"],
]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lived")
    folder.chmod(0o700)
    connection = connect(folder / "disconnect.sqlite")
    life = MadeUpLife(3, FIRST, 42, activities_per_day=40)
    Writer(connection).write(life.facts(dt.datetime(1970, 1, 1, tzinfo=dt.UTC)))
    connection.close()
    told = ["--with", "Ana Quillfeather", "--start", "2026-04-12T20:00", "--for", "30m"]
    assert call(folder, "log", *told).exit_code == 0
    return folder


def call(home, *words):
    return CliRunner().invoke(commands, ["--home", str(home), *words])


def every_command():
    root = click.Context(commands, info_name="disconnect")
    for name in COMMANDS:
        command = commands.get_command(root, name)
        yield command
        if isinstance(command, click.Group):
            yield from command.commands.values()


def test_whoever_takes_a_period_takes_it_in_every_way():
    dated = 0
    for command in every_command():
        options = {option for one in command.params for option in one.opts}
        if options & {"--last", "--period"}:
            assert options >= PERIOD, command.name
            dated += 1
    assert dated >= 12


def test_results_come_in_the_same_five_formats():
    for command in every_command():
        for option in command.params:
            if "--format" in option.opts and command.name != "status":
                assert list(option.type.choices) == ["table", "json", "csv", "parquet", "md"]
                assert option.default == "table"


@pytest.mark.parametrize("words", ANSWERS, ids=lambda words: " ".join(words[:3]))
def test_names_are_the_same_in_every_format(home, words):
    rows = json.loads(call(home, *words, "--format", "json").stdout)
    assert rows
    names = list(rows[0])
    assert all(list(row) == names for row in rows)
    table = csv.DictReader(io.StringIO(call(home, *words, "--format", "csv").stdout))
    assert table.fieldnames == names
    assert len(list(table)) == len(rows)
    head = call(home, *words, "--format", "md").stdout.splitlines()[0]
    assert [cell.strip() for cell in head.strip("|").split("|")] == names
    raw = call(home, *words, "--format", "parquet").stdout_bytes
    assert list(pd.read_parquet(io.BytesIO(raw)).columns) == names


@pytest.mark.parametrize("words", [*ANSWERS[:8], ANSWERS[10]], ids=lambda words: words[0])
def test_every_column_of_a_result_is_explained_in_the_glossary(home, words):
    (row, *_) = json.loads(call(home, *words, "--format", "json").stdout)
    assert set(row) <= set(COLUMNS)


@pytest.mark.parametrize("words", ANSWERS, ids=lambda words: " ".join(words[:3]))
def test_times_have_an_offset_and_nothing_missing_is_written_as_a_number(home, words):
    said = call(home, *words, "--format", "json").stdout
    assert "NaN" not in said
    assert "Infinity" not in said
    for time in re.findall(r'"\d{4}-\d\d-\d\dT[\d:.]+([^"]*)"', said):
        assert re.fullmatch(r"Z|[+-]\d\d:\d\d", time)


def test_load_and_returns_have_the_columns_that_scripts_rely_on(home):
    (row, *_) = json.loads(call(home, "load", *SPAN, "--format", "json").stdout)
    assert list(row)[:5] == ["period", "load", "low", "high", "covered_days"]
    assert {*INPUTS, *(f"{name}_contribution" for name in INPUTS)} < set(row)
    (row, *_) = json.loads(call(home, "returns", *SPAN, "--format", "json").stdout)
    promised = {"events", "hours", "rate_per_100h", "low", "high"}
    assert promised | {"ratio", "ratio_low", "ratio_high"} < set(row)
    for by in ("channel", "origin", "person"):
        rows = json.loads(call(home, "returns", "--by", by, *SPAN, "--format", "json").stdout)
        assert next(iter(rows[0])) == by


def test_status_has_what_scripts_rely_on(home):
    found = json.loads(call(home, "status", "--format", "json").stdout)
    assert {"running", "pid", "since", "collectors"} <= set(found)
    assert found["running"] is False


@pytest.mark.parametrize(
    "period",
    ["2026-03-10", "2026-W11", "2026-03", "2026-Q1", "2026"],
)
def test_every_word_for_a_period_is_understood(home, period):
    result = call(home, "contrast", "--by", "month", "--period", period, "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)[-1]["period"][:4] == "2026"


@pytest.mark.parametrize("word", ["today", "yesterday", "this-week", "last-month"])
def test_words_that_move_with_the_day_are_periods_too(home, word):
    assert call(home, "contrast", "--period", word).exit_code in {0, 3}
    assert call(home, "contrast", "--period", f"{word}s").exit_code == 2


def program(home, *words, **environment):
    return [sys.executable, "-m", "disconnect", "--home", str(home), *words], {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        **environment,
    }


def on_a_terminal(home, *words, **environment):
    """What a call writes to a terminal."""
    call, env = program(home, *words, **environment)
    ours, theirs = pty.openpty()
    done = subprocess.Popen(call, stdin=theirs, stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    said = b""
    try:
        while piece := os.read(ours, 65536):
            said += piece
    except OSError:  # the terminal is gone when the program has ended
        pass
    finally:
        os.close(ours)
    return done.wait(timeout=60), said.decode()


def test_progress_is_for_terminals_and_results_for_pipes(home, tmp_path):
    words = ["report", *SPAN, "-o", str(tmp_path / "a.pdf")]
    code, said = on_a_terminal(home, *words, NO_COLOR="1")
    assert code == 0
    assert "Writing the report" in said
    assert "\x1b[" not in said
    call, env = program(home, *words)
    piped = subprocess.run(call, env=env, capture_output=True, text=True, check=True)
    assert piped.stdout.strip() == str(tmp_path / "a.pdf")
    assert piped.stderr == ""


def test_no_color_holds_on_a_terminal(home):
    code, said = on_a_terminal(home, "contrast", *SPAN, NO_COLOR="1")
    assert code == 0
    assert "\x1b[" not in said


def test_debug_adds_the_traceback(tmp_path):
    words = ["sql", "SELECT nothing"]
    call, env = program(tmp_path, *words)
    plain = subprocess.run(call, env=env, capture_output=True, text=True, check=False)
    assert plain.returncode == 3
    assert len(plain.stderr.splitlines()) == 1
    call.insert(call.index("--home"), "--debug")
    told = subprocess.run(call, env=env, capture_output=True, text=True, check=False)
    assert told.returncode != 0
    assert "Traceback" in told.stderr


def test_new_rules_sort_what_was_collected_and_rewrite_nothing(home, tmp_path):
    shutil.copytree(home, tmp_path / "copy")
    asked = ["query", "--group", "category", "--where", "app=slack", *SPAN, "--format", "json"]
    rows = "SELECT count(*), total(start), total(length), total(context) FROM activity"

    def collected():
        connection = connect(tmp_path / "copy" / "disconnect.sqlite", read_only=True)
        try:
            return connection.execute(rows).fetchone()
        finally:
            connection.close()

    (before,) = json.loads(call(tmp_path / "copy", *asked).stdout)
    stored = collected()
    assert call(tmp_path / "copy", "categories", "set", "slack", "games").exit_code == 0
    (after,) = json.loads(call(tmp_path / "copy", *asked).stdout)
    assert (before["category"], after["category"]) == ("communication/messaging", "games")
    assert after["hours"] == before["hours"]
    assert collected() == stored
