"""Check-ins by time: means of scores, and nothing where nothing was answered."""

import contextlib
import datetime as dt
import json

import pytest
from click.testing import CliRunner

from collectors.facts.checkin import CheckIn
from disconnect.cli.main import commands
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

OCTOBER = ["--period", "2026-10"]


def said(day, instrument, answers, score=None):
    at = dt.datetime(2026, 10, day, 20, tzinfo=dt.UTC)
    return CheckIn(at=at, day=at.date(), instrument=instrument, answers=answers, score=score)


@pytest.fixture
def ask(tmp_path):
    with contextlib.closing(connect(tmp_path / "disconnect.sqlite")) as connection:
        Writer(connection).write(
            [
                said(3, "support", (2.0,), 2.0),
                said(5, "daily", (4.0, 8.0)),
                said(6, "daily", (6.0, None)),
                said(12, "daily", (9.0, 1.0)),
                said(6, "cbi_personal", (75.0,) * 6, 75.0),
                said(13, "cbi_personal", (75.0, None, None, None, None, None), None),
                said(13, "support", (2.0,), 2.0),
            ]
        )

    def run(*words):
        return CliRunner().invoke(
            commands, ["--home", str(tmp_path), "query", "--group", "checkin", *words]
        )

    return run


def rows(result):
    assert result.exit_code == 0, result.output
    return [tuple(row.values()) for row in json.loads(result.stdout)]


def test_energy_and_being_drained_stand_for_themselves(ask):
    found = json.loads(ask(*OCTOBER, "--format", "json").stdout)
    assert list(found[0]) == ["period", "instrument", "score", "answered"]
    month = "2026-10-01 – 2026-10-31"
    assert [row["instrument"] for row in found] == ["energy", "drained", "cbi_personal", "support"]
    assert {tuple(row.values()) for row in found} == {
        (month, "energy", 6.3333333333, 3),
        (month, "drained", 4.5, 2),
        (month, "cbi_personal", 75, 1),
        (month, "support", 2, 2),
    }


def test_weeks_and_days_have_their_own_means_and_none_where_nothing_was_answered(ask):
    where = ["--where", "instrument=energy", "--format", "json"]
    assert rows(ask(*OCTOBER, "--by", "week", *where)) == [
        ("2026-W41", "energy", 5, 2),
        ("2026-W42", "energy", 9, 1),
    ]
    assert [row[0] for row in rows(ask(*OCTOBER, "--by", "day", *where))] == [
        "2026-10-05", "2026-10-06", "2026-10-12",
    ]  # fmt: skip


def test_too_few_answers_for_a_score_do_not_count_as_nought(ask):
    found = rows(
        ask(*OCTOBER, "--by", "week", "--where", "instrument=cbi_personal", "--format", "json")
    )
    assert found == [("2026-W41", "cbi_personal", 75, 1)]


def test_a_period_without_answers_says_so(ask):
    result = ask("--period", "2025-10")
    assert result.exit_code == 3
    assert (
        "nothing was answered in 2025-10-01 – 2025-10-31; disconnect checkin asks" in result.stderr
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--by", "hour"], "check-ins are of days"),
        (["--where", "app=slack"], "--where takes NAME=VALUE with instrument, not 'app=slack'"),
    ],
)
def test_what_check_ins_are_not_told_by_is_refused(ask, words, why):
    result = ask(*OCTOBER, *words)
    assert result.exit_code == 2
    assert why in result.stderr


def test_hours_are_not_narrowed_by_instruments(tmp_path, ask):
    result = CliRunner().invoke(
        commands, ["--home", str(tmp_path), "query", "--where", "instrument=energy"]
    )
    assert result.exit_code == 2
    assert "category, channel, app, site, device" in result.stderr
