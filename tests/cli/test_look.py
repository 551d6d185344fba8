"""What `look` prints, on a week of made-up life."""

import csv
import datetime as dt
import io
import json
import subprocess
import sys

import pandas as pd
import pytest
from click.testing import CliRunner

from collectors.imports.made_up import MadeUpLife
from disconnect.cli.house import House
from disconnect.cli.main import commands
from disconnect.home import Home
from disconnect.store.opening import connect
from disconnect.store.writing import Writer
from reports import gallery

FIRST = dt.date(2026, 10, 12)  # a Monday
WEEK = ["--from", "2026-10-12", "--to", "2026-10-18"]
CONTRACT = [
    "period", "covered_hours", "screen_hours", "online_hours", "broadcast_hours", "message_hours",
    "email_hours", "call_hours", "in_person_hours", "divided_hours", "balance", "people_met",
    "encounters", "chance_encounters", "days_since_met",
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    connection = connect(folder / "disconnect.sqlite")
    life = MadeUpLife(3, FIRST, 7)
    Writer(connection).write(life.facts(dt.datetime(1970, 1, 1, tzinfo=dt.UTC)))
    connection.close()
    return folder


@pytest.fixture
def ask(home):
    def run(*words: str):
        result = CliRunner().invoke(commands, ["--home", str(home), *words])
        assert result.exit_code == 0, (words, result.output, result.exception)
        return result.stdout

    return run


def test_the_contrast_has_the_columns_that_scripts_rely_on(ask):
    days = json.loads(ask("contrast", *WEEK, "--format", "json"))
    assert [day["period"] for day in days] == [f"2026-10-{n}" for n in range(12, 19)]
    assert [name for name in days[0] if name in CONTRACT] == CONTRACT


def test_days_add_up_to_their_week(ask):
    days = json.loads(ask("contrast", *WEEK, "--format", "json"))
    (week,) = json.loads(ask("contrast", *WEEK, "--by", "week", "--format", "json"))
    assert week["period"] == "2026-W42"
    for name in ("screen_hours", "online_hours", "call_hours", "in_person_hours"):
        assert sum(day[name] or 0 for day in days) == pytest.approx(week[name], abs=1e-5)


def test_channels_add_up_to_what_is_online(ask):
    (week,) = json.loads(ask("contrast", *WEEK, "--by", "week", "--format", "json"))
    parts = sum(week[f"{name}_hours"] for name in ("broadcast", "message", "email", "call"))
    assert parts == pytest.approx(week["online_hours"], abs=1e-5)


def test_every_way_round_has_the_same_hours(ask):
    totals = []
    for group in ("category", "channel", "app", "site", "device"):
        rows = json.loads(ask("query", "--group", group, *WEEK, "--format", "json"))
        if group == "channel":  # time with people is there, too, and is no time at a screen
            (week,) = json.loads(ask("contrast", *WEEK, "--by", "week", "--format", "json"))
            (there,) = [row for row in rows if row["channel"] == "in_person"]
            assert there["hours"] == pytest.approx(week["in_person_hours"], abs=1e-5)
            rows.remove(there)
        totals.append(sum(row["hours"] for row in rows))
    assert totals == pytest.approx([totals[0]] * len(totals), abs=1e-4)
    assert totals[0] > 1


def test_where_narrows_and_a_category_holds_what_lies_below_it(ask):
    rows = json.loads(ask("query", "--where", "category=communication", *WEEK, "--format", "json"))
    assert rows
    assert all(row["category"].startswith("communication") for row in rows)


def test_what_fits_nothing_is_nothing_there(home):
    words = ["query", "--group", "app", "--where", "site=nowhere.example", *WEEK]
    result = CliRunner().invoke(commands, ["--home", str(home), *words])
    assert (result.exit_code, result.stdout) == (3, "")
    assert "fits site=nowhere.example" in result.stderr


def test_csv_has_the_header_of_json_and_unknown_days_are_empty(ask):
    rows = list(
        csv.DictReader(
            io.StringIO(
                ask("contrast", "--from", "2026-10-11", "--to", "2026-10-12", "--format", "csv")
            )
        )
    )
    assert rows[0]["period"] == "2026-10-11"
    assert rows[0]["online_hours"] == ""
    assert float(rows[1]["covered_hours"]) > 0


def test_parquet_and_markdown_come_out_too(home, ask, tmp_path):
    assert ask("contrast", *WEEK, "--format", "md").startswith("| period |")
    raw = CliRunner().invoke(
        commands, ["--home", str(home), "contrast", *WEEK, "--format", "parquet"]
    )
    assert len(pd.read_parquet(io.BytesIO(raw.stdout_bytes))) == 7


@pytest.mark.parametrize(
    "name", ["mirrored", "balance", "calendars", "actogram", "people", "coverage"]
)
@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_every_chart_is_drawn_as_a_file(ask, tmp_path, name, ending):
    target = tmp_path / f"{name}.{ending}"
    assert ask("chart", name, *WEEK, "-o", str(target)).strip() == str(target)
    begins = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[ending]
    assert target.read_bytes().startswith(begins)


@pytest.mark.parametrize("name", ["mirrored", "calendars", "actogram", "people", "coverage"])
def test_every_chart_can_be_drawn_in_the_terminal(ask, name):
    assert len(ask("chart", name, *WEEK).splitlines()) > 1


def test_a_balance_of_one_week_says_what_it_needs(ask):
    assert ask("chart", "balance", *WEEK).startswith("The balance needs at least 14 days")


def test_an_unknown_chart_names_those_there_are(home):
    result = CliRunner().invoke(commands, ["--home", str(home), "chart", "pie"])
    assert result.exit_code == 2
    assert result.stderr == (
        f"disconnect: there is no chart 'pie'; known: {', '.join(gallery.CHARTS)}\n"
    )


def test_sql_reads_and_changes_nothing(home, ask):
    (row,) = json.loads(ask("sql", "SELECT count(*) AS n FROM activities", "--format", "json"))
    assert row["n"] > 100
    result = CliRunner().invoke(commands, ["--home", str(home), "sql", "DELETE FROM activity"])
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert json.loads(ask("sql", "SELECT count(*) AS n FROM activities", "--format", "json")) == [
        row
    ]
    assert "encounters" in ask("sql", "--views")


def test_views_say_what_the_commands_say_and_times_are_instants(ask):
    def rows(select):
        return json.loads(ask("sql", select, "--format", "json"))

    told = {one["name"]: one for one in json.loads(ask("people", "list", "--format", "json"))}
    for one in rows("SELECT name, hours, encounters, last_met FROM people"):
        frame = told[one["name"]]
        assert one["encounters"] == frame["encounters"]
        hours = frame["in_person_hours"] + frame["online_hours"]
        assert one["hours"] == pytest.approx(hours)
        newest = (
            'SELECT max("end") AS "end" FROM encounters'
            f" WHERE channel = 'in_person' AND people LIKE '%{one['name']}%'"
        )
        assert rows(newest) == [{"end": one["last_met"]}]


def test_the_view_of_people_counts_shared_time_once_and_a_call_as_no_meeting(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")

    def call(*words):
        result = CliRunner().invoke(commands, ["--home", str(tmp_path), *words])
        assert result.exit_code == 0, result.output
        return result.stdout

    for start, end, *more in (
        ("10:00", "11:30"),
        ("11:00", "12:00"),
        ("15:00", "15:30", "--channel", "call"),
    ):
        times = ("--start", f"2026-10-20T{start}", "--end", f"2026-10-20T{end}")
        call("log", "--with", "Ana", *times, *more)
    (ana,) = json.loads(call("sql", "SELECT * FROM people", "--format", "json"))
    (told,) = json.loads(call("people", "list", "--format", "json"))
    assert ana["hours"] == 2.5 == told["in_person_hours"] + told["online_hours"]
    assert (ana["encounters"], ana["last_met"]) == (3, "2026-10-20T12:00:00.000Z")


def test_a_report_of_a_period_is_named_after_it(ask, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert ask("report", *WEEK).strip() == str(tmp_path / "disconnect-2026-10-12-2026-10-18.pdf")


def test_a_pipe_that_closes_early_is_no_error(home):
    asked = [sys.executable, "-m", "disconnect", "--home", str(home), "sql"]
    asked.append("SELECT * FROM activities")
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_doctor_finds_a_home_that_others_can_enter(home):
    home.chmod(0o755)
    try:
        result = CliRunner().invoke(commands, ["--home", str(home), "doctor", "--format", "json"])
    finally:
        home.chmod(0o700)
    assert result.exit_code == 1
    states = {row["check"]: row["state"] for row in json.loads(result.stdout)}
    assert states["home"] == "wrong"
    assert states["database"] == "ok"


def test_a_day_of_meetings_alone_is_shown(tmp_path):
    noon = dt.datetime(2026, 10, 14, 12, tzinfo=dt.UTC)

    def say(*words):
        return CliRunner().invoke(commands, words, obj=House(Home(tmp_path), lambda: noon))

    assert say("log", "coffee with Ana 20m").exit_code == 0
    result = say("today")
    assert result.exit_code == 0, result.output
    assert "20 min" in result.stdout
