"""Days without company can be said; then they are known, and nobody has to guess."""

import datetime as dt
import json

import pytest
from click.testing import CliRunner

from disconnect.cli.house import House
from disconnect.cli.main import commands
from disconnect.home import Home

NOW = dt.datetime(2026, 11, 24, 20, tzinfo=dt.UTC)  # a Tuesday


@pytest.fixture
def say(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")

    def run(*words, at=NOW, fails=0):
        house = House(Home(tmp_path), lambda: at)
        result = CliRunner().invoke(commands, ["--home", str(tmp_path), *words], obj=house)
        assert result.exit_code == fails, result.output
        return result.stderr if fails else result.stdout

    return run


def known(say):
    days = json.loads(say("contrast", "--last", "14d", "--format", "json"))
    return {
        day["period"]: day["in_person_hours"] for day in days if day["in_person_hours"] is not None
    }


def test_days_said_to_be_without_company_are_known_as_such(say):
    say("log", "--with", "Ana", "--start", "2026-11-12T18:00", "--end", "2026-11-12T20:00")
    assert set(known(say)) == {"2026-11-12"}
    assert "Your last entry is twelve days old" in say("today", fails=3)
    assert "disconnect log nobody since 2026-11-13" in say("today", fails=3)
    told = say("log", "nobody since 2026-11-13")
    assert told == "met nobody on 12 days, Fri 13 Nov to Tue 24 Nov\n"
    found = known(say)
    assert list(found.values()) == [2.0] + [0.0] * 12
    assert "days old" not in say("today", fails=3)
    (entry,) = json.loads(say("entries", "list", "--format", "json"))[:1]
    assert entry["text"] == told.strip()
    assert say("undo") == f"taken back: {told}"
    assert set(known(say)) == {"2026-11-12"}


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("nobody", "Tue 24 Nov"),
        ("met nobody yesterday", "Mon 23 Nov"),
        ("no one 2026-11-20", "Fri 20 Nov"),
    ],
)
def test_one_day_can_be_said(say, words, day):
    assert say("log", *words.split()) == f"met nobody on {day}\n"


def test_a_day_with_company_is_not_one_without(say):
    say("log", "coffee with Ana yesterday 12:00-12:30")
    assert say("log", "nobody since Sunday") == "met nobody on 2 days, Sun 22 Nov to Tue 24 Nov\n"
    line = say("log", "nobody yesterday", fails=2)
    assert line == (
        "disconnect: company is logged for 2026-11-23; disconnect entries list has it\n"
    )


@pytest.mark.parametrize(
    "words", ["nobody tomorrow", "nobody since 16:00", "nobody since 2020-01-01"]
)
def test_what_is_no_day_so_far_is_refused_in_one_line(say, words):
    assert len(say("log", *words.split(), fails=2).splitlines()) == 1


def test_whoever_says_so_day_by_day_can_be_told_how_long_it_has_been(say):
    say("log", "--with", "Ana", "--start", "2026-11-12T18:00", "--end", "2026-11-12T20:00")
    say("log", "nobody since 2026-11-13")
    rows = json.loads(say("withdrawal", "--format", "json"))
    since = next(row for row in rows if row["measure"] == "days_since_met")
    assert (since["day"], since["value"]) == ("2026-11-24", 12)
