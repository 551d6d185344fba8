import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from disconnect.cli.main import commands


@pytest.fixture
def run(tmp_path):
    def call(*words):
        return CliRunner().invoke(commands, ["--home", str(tmp_path), "categories", *words])

    return call


def records(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    rows: list[dict[str, Any]] = json.loads(result.stdout)
    return rows


def test_list_has_every_category_with_its_channel(run):
    rows = {row["category"]: row for row in records(run("list", "--format", "json"))}
    assert rows["communication/calls"]["channel"] == "call"
    assert rows["communication/messaging"]["apps"] > 100
    assert next(iter(rows)) == "uncategorised"


def test_list_of_one_category_shows_its_rules(run):
    rows = records(run("list", "communication/email", "--format", "json"))
    (gmail,) = [row for row in rows if row["rule"] == "mail.google.com"]
    assert gmail["kind"] == "sites"
    assert gmail["source"].startswith("rules/communication.toml:")
    assert run("list", "nonsense").exit_code == 3


@pytest.mark.parametrize(
    ("what", "read_as", "category"),
    [
        ("https://www.linkedin.com/messaging/thread/1?x=2", "site", "communication/messaging"),
        ("linkedin.com/feed", "site", "communication/social"),
        ("Slack.exe", "app", "communication/messaging"),
        ("visual studio code", "app", "work/coding"),
        ("(3) Feed | LinkedIn - Chromium", "title", "communication/social"),
        ("Signal processing - Wikipedia", "title", "learning"),
    ],
)
def test_test_says_what_and_why(run, what, read_as, category):
    (row,) = records(run("test", what, "--format", "json"))
    assert (row["read_as"], row["category"]) == (read_as, category)
    assert row["why"]
    assert row["source"].startswith("rules/")


def test_set_holds_from_then_on(run, tmp_path):
    done = run("set", "https://myforum.org", "communication/forums")
    assert (done.exit_code, done.stdout) == (0, "")
    (row,) = records(run("test", "myforum.org/topic", "--format", "json"))
    assert (row["category"], row["channel"]) == ("communication/forums", "broadcast")
    assert row["source"] == f"{tmp_path / 'rules.toml'}:6"


def test_set_refuses_a_category_that_is_not_there(run, tmp_path):
    wrong = run("set", "myforum.org", "comunication/forums")
    assert wrong.exit_code == 2
    assert "did you mean communication/forums?" in wrong.stderr
    assert not (tmp_path / "rules.toml").exists()


def test_the_looks_of_a_pattern_can_be_overruled(run):
    assert run("set", "whereby.com", "games", "--as", "app").exit_code == 0
    (row,) = records(run("test", "whereby.com", "--format", "json"))
    assert row["category"] == "communication/calls"


def test_a_wrong_rule_file_is_one_line_on_stderr(run, tmp_path):
    (tmp_path / "rules.toml").write_text('[[rule]]\ncategory = "news"\nsite = "a"\n')
    wrong = run("list")
    assert wrong.exit_code == 1
    assert wrong.stderr.count("\n") == 1
    assert "line 3: site: no such key; did you mean sites?" in wrong.stderr
