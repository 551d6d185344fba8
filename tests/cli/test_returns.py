"""Returns, ties and reach by the command line, in a real home."""

import datetime as dt
import json
import os
import pty
import subprocess
import sys

import pytest
from click.testing import CliRunner

from disconnect.cli.house import House
from disconnect.cli.main import commands
from disconnect.home import Home

NOW = dt.datetime(2026, 10, 26, 16, 30, tzinfo=dt.UTC)


class Person:
    def __init__(self, folder):
        self.home = Home(folder)

    def types(self, *words):
        house = House(self.home, clock=lambda: NOW)
        return CliRunner().invoke(commands, words, obj=house, env={"TZ": "Europe/Berlin"})

    def sees(self, *words):
        result = self.types(*words)
        assert result.exit_code == 0, result.output
        return result.stdout.strip()


@pytest.fixture
def person(tmp_path):
    return Person(tmp_path / "home")


@pytest.fixture
def met(person):
    person.sees("log", "--with", "Ana", "--start", "2026-10-20T10:00", "--end", "2026-10-20T14:00")
    person.sees("people", "edit", "Ana", "--met", "in_person")
    person.sees(
        "opportunity", "a course", "--from", "Ana", "--via", "in_person", "--on", "2026-10-20"
    )
    return person


def test_returns_say_in_json_what_they_say_in_words(met):
    rows = json.loads(met.sees("returns", "--last", "30d", "--format", "json"))
    assert [row["channel"] for row in rows] == [
        "in_person",
        "call",
        "message",
        "email",
        "broadcast",
    ]
    assert rows[0]["events"] == 1
    assert rows[0]["hours"] == 4
    assert rows[0]["low"] < 25 < rows[0]["high"]
    assert rows[1]["rate_per_100h"] is None
    assert met.sees("returns", "--last", "30d", "--what", "support").splitlines()[4].split() == [
        *("in_person", "0", "4.00", "–", "0.00"),
        f"{json.loads(met.sees('returns', '--last', '30d', '--what', 'support', '--format', 'json'))[0]['high']:.2f}",
    ]
    text = met.sees("returns", "--last", "30d")
    assert "One opportunity in 4 h in person" in text
    assert "cannot be compared" in text


@pytest.mark.parametrize("by", ["channel", "origin", "person", "chance"])
@pytest.mark.parametrize("what", ["opportunities", "support"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_every_way_round_can_be_printed(met, by, what, form):
    said = met.sees("returns", "2026-10", "--by", by, "--what", what, "--format", form)
    assert "nan" not in said.casefold().replace("nana", "")


def test_the_chart_says_short_hours_in_minutes_and_one_with_nothing_to_show_is_no_result(met):
    met.sees("log", "call with Ana 30m 2026-10-21 10:00")
    assert "0 in 30 min" in met.sees("chart", "returns", "--last", "30d")
    result = met.types("chart", "energy", "--last", "30d")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("disconnect: nothing is known of 2026-09-27 – 2026-10-26 that")
    assert len(result.stderr.splitlines()) == 1


def test_time_that_two_entries_share_counts_once_everywhere(met):
    again = ("--start", "2026-10-20T13:00", "--end", "2026-10-20T15:00", "--support", "received")
    assert "the shared time counts once" in met.types("log", "--with", "Ana", *again).stderr
    met.sees("log", "--with", "Ben", *again)

    def hours(*words):
        return json.loads(met.sees(*words, "--format", "json"))[0]["hours"]

    assert json.loads(met.sees("people", "list", "--format", "json"))[0]["in_person_hours"] == 5
    assert hours("query", "--group", "person", "--period", "2026-10") == 5
    part = ("--from", "2026-10-20T13:30", "--to", "2026-10-20T14:30")
    assert hours("query", "--group", "person", *part) == 1
    for by in ("channel", "origin", "person"):
        assert hours("returns", "2026-10", "--by", by, "--what", "support") == 5
    assert met.sees("chart", "ties").splitlines()[1].split()[:2] == ["Ana", "5.00"]


def test_a_period_is_given_once(met):
    assert met.types("returns", "2026-10", "--period", "2026-09").exit_code == 2
    assert met.types("returns", "2019").exit_code == 3


def test_reach_is_noted_once_a_day_and_platform(person):
    assert person.types("people", "reach").exit_code == 3
    assert person.sees("people", "reach", "linkedin", "812") == "linkedin · 812 people · 2026-10-26"
    assert person.sees("people", "reach", "LinkedIn", "815").endswith("(was 812)")
    assert "was" not in person.sees("people", "reach", "linkedin", "815")
    person.sees("people", "reach", "mastodon", "30", "--on", "2026-10-01")
    assert json.loads(person.sees("people", "reach", "--format", "json")) == [
        {"day": "2026-10-01", "platform": "mastodon", "people": 30},
        {"day": "2026-10-26", "platform": "linkedin", "people": 815},
    ]
    assert person.sees("people", "reach", "mastodon", "--remove", "--on", "2026-10-01")
    assert person.types("people", "reach", "mastodon", "--remove").exit_code == 1
    funnel = person.sees("people", "funnel", "--format", "csv")
    assert funnel.splitlines()[:3] == ["stage,people", "reached,815", "conversed,0"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["linkedin"], "say how many"),
        (["linkedin", "-3"], "no such option"),
        (["linkedin", "--", "-3"], "not -3"),
        ([" ", "3"], "the name of a platform"),
        (["linkedin", "3", "--on", "2026-10-27"], "is still to come"),
        (["linkedin", "three"], "not a valid integer"),
    ],
)
def test_reach_that_cannot_be_is_refused(person, words, why):
    result = person.types("people", "reach", *words)
    assert result.exit_code == 2
    assert why in result.stderr
    assert person.types("people", "reach").exit_code == 3


def test_counts_come_in_from_a_table(person, tmp_path):
    table = tmp_path / "reach.csv"
    table.write_text(
        "day,platform,people\n2026-10-01,LinkedIn,790\n2026-10-02,,3\nx,y,3\n2026-10-03,z,-1\n"
    )
    result = person.types("import", "csv", str(table))
    assert "read 4, added 1, already there 0, refused 3" in result.stdout
    assert "reach.csv:5: not a number of people: '-1'" in result.stderr
    assert "added 0, already there 1" in person.types("import", "csv", str(table)).stdout


def test_a_first_name_that_two_have_is_one_clear_line(person):
    person.sees("people", "add", "Ana A.")
    person.sees("people", "add", "Ana B.")
    for words in (
        ["opportunity", "a job", "--from", "ana"],
        ["people", "show", "ana"],
        ["people", "edit", "ana", "--how", "work"],
    ):
        result = person.types(*words)
        assert result.exit_code == 2
        assert result.stderr.splitlines() == [
            "disconnect: 'ana' may be Ana A. or Ana B.; write the whole name"
        ]
    assert "from Ana B." in person.sees("opportunity", "a job", "--from", "ana b.")


def test_a_person_is_shown_with_what_came_of_them(met):
    shown = met.sees("people", "show", "Ana")
    assert "gap probability" not in shown
    assert "4 h in person were logged: short of the 50 h of casual friends" in shown
    assert shown.endswith("One opportunity came of it.")
    (row,) = json.loads(met.sees("people", "show", "Ana", "--format", "json"))
    assert (row["opportunities"], row["line_hours"]) == (1, None)


def test_a_first_name_that_one_has_is_enough(person):
    person.sees("people", "add", "Ana Quillfeather")
    assert "from Ana Quillfeather" in person.sees("opportunity", "a job", "--from", "Ana")


def test_nobody_is_there_twice_whatever_the_case(person):
    person.sees("people", "add", "Östen")
    person.sees("people", "add", "Ben")
    result = person.types("people", "add", "östen")
    assert result.exit_code == 1
    assert "needs a longer name" in result.stderr
    assert "is taken" in person.types("people", "edit", "Ben", "--name", "ÖSTEN").stderr
    person.sees("people", "edit", "Östen", "--name", "östen")


def test_in_a_script_somebody_unknown_stays_an_error(person):
    person.sees("people", "add", "Ana")
    result = person.types("opportunity", "a job", "--from", "Zeno")
    assert result.exit_code == 1
    assert "; or add them: disconnect people add Zeno\n" in result.stderr
    result = person.types("opportunity", "a job", "--from", "Zoë O'Hara")
    assert """disconnect people add 'Zoë O'"'"'Hara'""" in result.stderr


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1)])
def test_at_a_terminal_somebody_new_can_be_added_on_the_way(tmp_path, answer, code):
    mine, theirs = pty.openpty()
    words = ["opportunity", "a job", "--from", "Zeno", "--kind", "job"]
    call = [sys.executable, "-m", "disconnect", "--home", str(tmp_path / "home"), *words]
    os.write(mine, answer.encode())
    done = subprocess.run(
        call, stdin=theirs, capture_output=True, text=True, timeout=60, check=False
    )
    os.close(mine)
    os.close(theirs)
    assert done.returncode == code
    assert "Zeno is not known yet. Add them?" in done.stderr
    assert ("a job · from Zeno" in done.stdout) == (code == 0)
