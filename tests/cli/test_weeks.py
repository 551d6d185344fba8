"""Weeks that begin on another day than Monday are the same weeks everywhere."""

import datetime as dt
import json

import pytest
from click.testing import CliRunner

from collectors.imports.made_up import MadeUpLife
from disconnect.cli.house import House
from disconnect.cli.main import commands
from disconnect.home import Home
from disconnect.store.opening import connect
from disconnect.store.writing import Writer
from reports import weeks
from reports.charts.mirrored import _begins

FIRST = dt.date(2026, 11, 12)  # a Thursday; the Sundays are the 15th and the 22nd
SPAN = ["--from", "2026-11-12", "--to", "2026-11-25"]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    connection = connect(folder / "disconnect.sqlite")
    life = MadeUpLife(5, FIRST, 14)
    Writer(connection).write(life.facts(dt.datetime(1970, 1, 1, tzinfo=dt.UTC)))
    connection.close()
    (folder / "settings.toml").write_text('week_starts = "sun"\n')
    return folder


@pytest.fixture
def ask(home):
    def run(*words: str):
        house = House(Home(home), clock=lambda: dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC))
        result = CliRunner().invoke(commands, words, obj=house, env={"TZ": "Europe/Berlin"})
        assert result.exit_code == 0, (words, result.output, result.exception)
        return result.stdout

    return run


def records(ask, *words):
    return json.loads(ask(*words, "--format", "json"))


def test_a_weeks_name_means_the_days_it_is_made_of(ask):
    by_week = {row["period"]: row for row in records(ask, "contrast", "--by", "week", *SPAN)}
    assert list(by_week) == ["2026-W46", "2026-W47", "2026-W48"]
    days = records(ask, "contrast", "--by", "day", "--period", "2026-W47")
    assert [day["period"] for day in days] == [f"2026-11-{n}" for n in range(15, 22)]
    (week,) = records(ask, "contrast", "--by", "week", "--period", "2026-W47")
    assert week == by_week["2026-W47"]
    assert sum(day["screen_hours"] for day in days) == pytest.approx(week["screen_hours"])


def test_query_and_load_have_the_same_weeks(ask):
    by_week = {row["period"]: row for row in records(ask, "contrast", "--by", "week", *SPAN)}
    asked = records(ask, "query", "--by", "week", "--group", "device", *SPAN)
    for name, row in by_week.items():
        hours = sum(one["hours"] for one in asked if one["period"] == name)
        assert hours == pytest.approx(row["screen_hours"], abs=1e-6)
    assert [row["period"] for row in records(ask, "load", "--by", "week", *SPAN)] == list(by_week)


def test_years_are_weeks_added_up(ask):
    (year,) = records(ask, "contrast", "--by", "year", *SPAN)
    assert year["period"] == "2026"
    assert year["covered_days"] == 14
    days = records(ask, "contrast", "--by", "day", *SPAN)
    assert sum(day["online_hours"] for day in days) == pytest.approx(year["online_hours"])


def test_calendars_begin_with_their_day(ask):
    names = ask("chart", "calendars", *SPAN).splitlines()
    assert [line[:3] for line in names[2:9]] == ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    calendar = ask("experiment", "new", "--what", "no feeds after 20:00")
    heads = [line.split() for line in calendar.splitlines()]
    assert ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] in heads


def test_a_chart_names_the_week_by_its_first_day(home, tmp_path, ask):
    with weeks.starting("sun"):
        assert _begins("2026-W47") == dt.date(2026, 11, 15)
    assert _begins("2026-W47") == dt.date(2026, 11, 16)
    drawing = tmp_path / "calendars.svg"
    ask("chart", "calendars", *SPAN, "-o", str(drawing))
    text = drawing.read_text()
    assert text.index(">Sun<") < text.index(">Tue<") < text.index(">Sat<")
    assert ">Mon<" not in text


def test_the_watch_and_changes_stand_on_the_same_weeks(tmp_path):
    connection = connect(tmp_path / "disconnect.sqlite")
    life = MadeUpLife(5, dt.date(2026, 6, 1), 170, activities_per_day=20)
    Writer(connection).write(life.facts(dt.datetime(1970, 1, 1, tzinfo=dt.UTC)))
    connection.close()
    house = House(Home(tmp_path), clock=lambda: dt.datetime(2026, 11, 17, 12, tzinfo=dt.UTC))
    words = ["withdrawal", "--last", "24w", "--format", "json"]
    for starts, weekday in (("mon", 0), ("sun", 6), ("wed", 2)):
        (tmp_path / "settings.toml").write_text(f'week_starts = "{starts}"\n')
        asked = House(house.home, clock=house.clock)
        result = CliRunner().invoke(commands, words, obj=asked, env={"TZ": "Europe/Berlin"})
        rows = json.loads(result.stdout)
        begun = [
            dt.date.fromisoformat(row[name][:10])
            for row in rows
            for name in ("day", "earliest", "latest")
            if row["kind"] != "now" and row[name]
        ]
        assert len(begun) > 10
        assert {day.weekday() for day in begun} == {weekday}
