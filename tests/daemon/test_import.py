import json
import subprocess

import pytest

ROWS = """start,end,app,title
2026-10-05T10:00:00+00:00,2026-10-05T10:30:00+00:00,thunderbird,Inbox
2026-10-05T11:00:00+00:00,2026-10-05T11:30:00+00:00,keepassxc,Secrets
2026-10-05T12:00:00+00:00,never,xterm,
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "hours.csv"
    path.write_text(ROWS)
    return str(path)


def test_a_table_is_brought_in_once_and_its_bad_rows_are_named(machine, table):
    first = machine.disconnect("import", "csv", table)
    assert first.returncode == 0, first.stderr
    assert first.stdout == "imports/csv: read 3, added 2, already there 0, refused 1\n"
    assert "hours.csv:4" in first.stderr
    second = machine.disconnect("import", "csv", table)
    assert second.stdout == "imports/csv: read 3, added 0, already there 2, refused 1\n"
    assert [row[2] for row in machine.rows("activity")] == ["thunderbird", "keepassxc"]


def test_a_dry_run_counts_and_writes_nothing(machine, table):
    said = machine.disconnect("import", "csv", table, "--dry-run")
    assert said.stdout == "imports/csv: read 3, added 2, already there 0, refused 1\n"
    assert "nothing was written" in said.stderr
    assert not (machine.home / "disconnect.sqlite").exists()


def test_the_persons_rules_hold_for_history_too(machine, table):
    (machine.home / "settings.toml").write_text('[collect]\ndrop = ["keepass"]\n')
    said = machine.disconnect("import", "csv", table)
    assert "added 1, already there 0, refused 1, left out by your settings 1" in said.stdout
    assert [row[2] for row in machine.rows("activity")] == ["thunderbird"]


VISITS = """start,end,app,title,site,page
2026-10-05T10:00:00+00:00,2026-10-05T10:30:00+00:00,firefox,Statement,bank.example,/account/17
2026-10-05T11:00:00+00:00,2026-10-05T11:30:00+00:00,firefox,Weather,sky.example,/berlin
"""


def test_a_page_that_is_to_be_hashed_is_in_no_file_of_the_home(machine, tmp_path):
    table = tmp_path / "visits.csv"
    table.write_text(VISITS)
    (machine.home / "settings.toml").write_text('[collect]\nhash = ["/acc.unt/"]\n')
    said = machine.disconnect("import", "csv", str(table))
    assert "added 2" in said.stdout, said.stderr
    for path in machine.home.iterdir():
        assert b"account" not in path.read_bytes(), path
    pages = machine.disconnect("sql", "SELECT name FROM page ORDER BY name", "--format", "csv")
    hashed, kept = pages.stdout.split()[1:]
    assert kept == "/berlin"
    assert len(hashed) == 17


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (["nonsense"], 2, "known: browsers, csv"),
        (["csv"], 2, "import csv takes the files"),
        (["csv", "/no/such/file"], 1, "there is no file /no/such/file"),
        (["browsers"], 3, "no browser history was found"),
    ],
)
def test_what_cannot_be_brought_in_is_one_clear_line(machine, words, code, hint):
    said = machine.disconnect("import", *words)
    assert said.returncode == code
    assert said.stderr.count("\n") == 1
    assert hint in said.stderr


CHECK = """
import json, sys
import disconnect.cli.collect
import disconnect.daemon.foreground
heavy = {"pandas", "numpy", "matplotlib", "pyarrow"}
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules} & heavy)))
"""


def test_all_that_the_daemon_imports_is_light(machine):
    said = subprocess.run(
        [machine.command()[0], "-c", CHECK], capture_output=True, text=True, check=True
    )
    assert json.loads(said.stdout) == []
