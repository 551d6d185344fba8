"""What `load` and `withdrawal` print, on made-up life."""

import datetime as dt
import json

import pytest
from click.testing import CliRunner

from collectors.imports.made_up import MadeUpLife
from disconnect.cli.main import commands
from disconnect.pipeline.load.inputs import INPUTS
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

FIRST = dt.date(2026, 1, 1)
DAYS = 120
LAST = FIRST + dt.timedelta(days=DAYS - 1)
SPAN = ["--from", FIRST.isoformat(), "--to", LAST.isoformat()]


def home_of(folder, days):
    connection = connect(folder / "disconnect.sqlite")
    life = MadeUpLife(3, FIRST, days, activities_per_day=60)
    Writer(connection).write(life.facts(dt.datetime(1970, 1, 1, tzinfo=dt.UTC)))
    connection.close()
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return home_of(tmp_path_factory.mktemp("home"), DAYS)


@pytest.fixture
def types(home):
    def run(*words: str):
        return CliRunner().invoke(commands, ["--home", str(home), *words])

    return run


def test_load_has_the_columns_that_scripts_rely_on(types):
    rows = json.loads(types("load", *SPAN, "--by", "month", "--format", "json").stdout)
    assert [row["period"] for row in rows] == ["2026-01", "2026-02", "2026-03", "2026-04"]
    for row in rows:
        assert row["low"] <= row["load"] <= row["high"]
        parts = [row[f"{name}_contribution"] for name in INPUTS]
        assert sum(part for part in parts if part is not None) == pytest.approx(
            row["load"], abs=1e-4
        )


def test_load_follows_the_story_of_a_slide_into_long_online_months(types):
    rows = json.loads(types("load", *SPAN, "--by", "day", "--format", "json").stdout)
    by_day = {row["period"]: row["load"] for row in rows}
    deep = (FIRST + dt.timedelta(days=int(DAYS * 0.62))).isoformat()
    early = (FIRST + dt.timedelta(days=int(DAYS * 0.2))).isoformat()
    assert by_day[deep] > by_day[early] + 30


def test_a_load_without_enough_days_says_what_is_missing(types):
    first = ["--from", "2026-01-01", "--to", "2026-01-03"]
    result = types("load", *first)
    assert result.exit_code == 3
    assert "3 of the last 28 days are recorded, and it needs 7" in result.stderr


def test_load_is_explained_in_words(types):
    told = types("load", *SPAN, "--explain").stdout
    assert told.startswith("Your load at the end of 30 April 2026: ")
    assert "of 100 (" in told.splitlines()[0]
    assert "Online communication:" in told
    assert "no diagnosis" in told


def test_an_explanation_is_in_words_and_there_is_none_where_there_is_no_load(types):
    assert types("load", *SPAN, "--explain", "--format", "json").exit_code == 2
    result = types("load", "--from", "2026-01-01", "--to", "2026-01-03", "--explain")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "of the last 28 days are recorded, and it needs 7" in result.stderr


def test_weights_of_ones_own_count(types, home):
    settings = home / "settings.toml"
    before = json.loads(types("load", *SPAN, "--by", "month", "--format", "json").stdout)
    settings.write_text("[load.online_hours]\nweight = 0\n[load]\nhalf_life = 14\n")
    try:
        after = json.loads(types("load", *SPAN, "--by", "month", "--format", "json").stdout)
    finally:
        settings.unlink()
    assert after[-1]["online_hours_contribution"] == 0
    assert after[-1]["load"] != before[-1]["load"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "[load.online_hours]\nlow = 12\n",
            "line 1: load.online_hours: low must be less than high",
        ),
        ("[load.online_hours]\nweigth = 3\n", "did you mean weight?"),
        ("[load]\nhalf_life = 0\n", "line 2: load.half_life: must be more than 0 days"),
        ("[load.late_night_hours]\nweight = -1\n", "must not be negative"),
    ],
)
def test_wrong_weights_are_one_line(types, home, text, told):
    settings = home / "settings.toml"
    settings.write_text(text)
    try:
        result = types("load", *SPAN)
    finally:
        settings.unlink()
    assert result.exit_code == 1
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_withdrawal_says_how_it_stands_and_when_it_turned(tmp_path):
    long = ["--home", str(home_of(tmp_path, 210)), "withdrawal", "--from", "2026-01-01"]
    long += ["--to", "2026-07-29"]
    told = CliRunner().invoke(commands, long).stdout.splitlines()
    assert told[0].startswith(("You met people", "It is "))
    assert any(line.startswith("In the week of") for line in told)
    assert not any("Too early" in line for line in told)
    rows = json.loads(CliRunner().invoke(commands, [*long, "--format", "json"]).stdout)
    assert {row["kind"] for row in rows} == {"now", "change", "watch"}
    for change in (row for row in rows if row["kind"] == "change"):
        assert change["before_low"] <= change["before"] <= change["before_high"]
        assert change["after_low"] <= change["after"] <= change["after_high"]
        assert change["earliest"] <= change["day"] <= change["latest"]
        assert change["value"] is None


def test_how_it_stands_has_the_day_it_is_of(types):
    rows = json.loads(
        types("withdrawal", "--from", "2026-01-01", "--to", "2026-06-30", "--format", "json").stdout
    )
    days = {row["day"] for row in rows if row["kind"] == "now"}
    assert days == {LAST.isoformat()}


@pytest.mark.parametrize("command", ["load", "withdrawal"])
def test_where_nothing_is_known_the_period_that_was_asked_for_is_named(types, command):
    result = types(command, "--period", "2025-06")
    assert result.exit_code == 3
    assert "2025-06" in result.stderr
    assert "2025-05" not in result.stderr


def test_withdrawal_of_a_week_is_too_early(types):
    told = types("withdrawal", "--from", "2026-01-01", "--to", "2026-01-07").stdout
    assert "Too early to tell from this period if your time with people changed: " in told


def test_drain_tells_five_questions_with_their_days(types):
    told = types("drain", *SPAN).stdout
    assert told.count(" days)") >= 5
    assert "need not be cause and effect" in told
    rows = json.loads(types("drain", *SPAN, "--format", "json").stdout)
    assert len(rows) == 5
    for row in rows:
        if row["coefficient"] is not None:
            assert row["low"] <= row["coefficient"] <= row["high"]


def test_drain_of_two_weeks_says_what_it_needs(types):
    told = types("drain", "--from", "2026-01-01", "--to", "2026-01-14").stdout
    assert "Too early to set your energy beside your hours" in told
    assert "cause" not in told
