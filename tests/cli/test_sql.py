"""Questions that would take all the time or memory there is."""

import pytest
from click.testing import CliRunner

from disconnect.cli import sql
from disconnect.cli.main import commands
from disconnect.store.opening import connect

ENDLESS = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"


@pytest.fixture
def ask(tmp_path):
    connect(tmp_path / "disconnect.sqlite").close()

    def asking(question):
        return CliRunner().invoke(commands, ["--home", str(tmp_path), "sql", question])

    return asking


@pytest.mark.parametrize("question", ["SELECT count(*) FROM n", "SELECT x FROM n ORDER BY -x"])
def test_a_question_without_end_is_stopped(ask, monkeypatch, question):
    monkeypatch.setattr(sql, "_SECONDS", 0.2)
    done = ask(f"{ENDLESS} {question}")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("disconnect: the question takes longer than")
    assert done.stderr.count("\n") == 1


def test_an_answer_too_large_to_hold_is_stopped(ask, monkeypatch):
    monkeypatch.setattr(sql, "_MOST_HELD", 1 << 20)
    done = ask(f"{ENDLESS} SELECT x FROM n")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "disconnect: the answer has more than 1 MB: ask for fewer rows or columns, or add LIMIT\n"
    )


def test_a_value_too_large_to_hold_is_stopped(ask):
    for question in ("SELECT zeroblob(500000000)", "SELECT hex(zeroblob(12000000))"):
        done = ask(question)
        assert (done.exit_code, done.stdout) == (1, "")
        assert "a value of the answer has more than 16 MB" in done.stderr


def test_the_help_says_the_limits():
    told = " ".join(CliRunner().invoke(commands, ["sql", "--help"]).stdout.split())
    assert f"{sql._SECONDS:.0f} s" in told
    assert f"{sql._MOST_HELD >> 20} MB" in told


def test_what_is_within_them_is_answered(ask):
    done = ask(f"{ENDLESS} SELECT sum(x) AS y FROM (SELECT x FROM n LIMIT 100000)")
    assert done.exit_code == 0
    assert "5000050000" in done.stdout
