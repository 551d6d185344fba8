"""Logging by the command line, in a real home with the real store."""

import datetime as dt
import json
import sqlite3

import pytest
from click.testing import CliRunner

from disconnect.cli.house import House
from disconnect.cli.main import commands
from disconnect.home import Home

NOW = dt.datetime(2026, 10, 26, 16, 30, tzinfo=dt.UTC)  # Monday, 17:30 in Berlin


class Person:
    """Somebody at a terminal, whose clock stands until it is moved."""

    def __init__(self, folder):
        self.home = Home(folder)
        self.now = NOW

    def types(self, *words):
        house = House(self.home, clock=lambda: self.now)
        return CliRunner().invoke(commands, words, obj=house, env={"TZ": "Europe/Berlin"})

    def sees(self, *words):
        result = self.types(*words)
        assert result.exit_code == 0, result.output
        return result.stdout.strip()

    def records(self, *words):
        return json.loads(self.sees(*words, "--format", "json"))

    def rows(self, table):
        with sqlite3.connect(self.home.database) as connection:
            found = connection.execute(f"SELECT * FROM {table}").fetchall()
        connection.close()
        return found


@pytest.fixture
def person(tmp_path):
    return Person(tmp_path / "home")


def test_plain_words_are_logged_and_said_back(person):
    said = person.sees("log", "coffee with Ana and Ben 90m yesterday 16:00 at Blue Bottle #chance")
    assert said == (
        "coffee with Ana and Ben · in person · Sun 25 Oct 16:00–17:30 · at Blue Bottle · by chance"
    )
    (entry,) = person.records("entries", "list")
    assert entry == {
        "id": 1,
        "kind": "encounter",
        "start": "2026-10-25T16:00+01:00",
        "end": "2026-10-25T17:30+01:00",
        "people": "Ana, Ben",
        "channel": "in_person",
        "place": "Blue Bottle",
        "chance": True,
        "text": None,
        "words": "coffee with Ana and Ben 90m yesterday 16:00 at Blue Bottle #chance",
    }


def test_words_need_no_quotes(person):
    assert person.sees("log", "called", "Ana", "20m") == (
        "call with Ana · call · Mon 26 Oct 17:10–17:30"
    )


def test_options_say_the_same_exactly(person):
    words = "coffee with Ana and Ben from 16:00 to 17:00 at Blue Bottle #chance energy+2 meaning:6"
    person.sees("log", f"{words} disclosure:5 #received note: talked")
    options = "--with Ana --with Ben --start 16:00 --end 17:00 --chance --energy 2 --meaning 6"
    more = ["--disclosure", "5", "--support", "received", "--note", "talked", "--at", "Blue Bottle"]
    person.sees("log", *options.split(), *more)
    first, second = person.rows("encounter")
    assert first[1:-1] == second[1:-1]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--with", "Cleo"], "coffee with Cleo · in person · Mon 26 Oct 16:00–17:00"),
        (["--for", "30m"], "coffee with Ana · in person · Mon 26 Oct 16:00–16:30"),
        (["--end", "17:15"], "coffee with Ana · in person · Mon 26 Oct 16:00–17:15"),
        (["--start", "15:30"], "coffee with Ana · in person · Mon 26 Oct 15:30–17:00"),
        (
            ["--start", "yesterday 15:00", "--for", "2h"],
            "coffee with Ana · in person · Sun 25 Oct 15:00–17:00",
        ),
        (
            ["--start", "2026-10-24T22:00", "--end", "2026-10-25T01:00"],
            "coffee with Ana · in person · Sat 24 Oct 22:00–01:00",
        ),
        (["--channel", "call"], "coffee with Ana · call · Mon 26 Oct 16:00–17:00"),
        (
            ["--initiator", "them"],
            "coffee with Ana · in person · Mon 26 Oct 16:00–17:00 · begun by them",
        ),
    ],
)
def test_options_win_over_words(person, options, told):
    assert person.sees("log", "coffee with Ana 16:00-17:00", *options) == told


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["coffee with Ana"], "how long it took is missing"),
        (["coffee with Ana 16:00-17:00 tomorrow"], "'tomorrow' is still to come"),
        (["with Ana 1h", "--start", "25:00"], "there is no time '25:00'"),
        (["with Ana 1h", "--start", "soon"], "--start: 'soon' is no time"),
        (["with Ana", "--for", "ages"], "'ages' is no length"),
        (["with Ana", "--for", "30h"], "30h is longer than a day"),
    ],
)
def test_what_cannot_be_understood_writes_nothing(person, words, why):
    result = person.types("log", *words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"disconnect: cannot log {words[0]!r}: ")
    assert why in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not person.rows("encounter")
    assert not person.rows("person")


def test_a_name_nearly_the_same_is_pointed_at(person):
    person.sees("log", "coffee with Ana 20m")
    result = person.types("log", "coffee with Anna 20m yesterday 16:00")
    assert result.exit_code == 0
    assert result.stderr == "new person Anna; did you mean Ana? disconnect undo\n"
    person.sees("undo")
    assert [row["name"] for row in person.records("people", "list")] == ["Ana"]


def test_somebody_known_is_nobody_new(person):
    person.sees("people", "add", "Ana Quillfeather")
    result = person.types("log", "coffee with ana 20m")
    assert "with Ana Quillfeather" in result.stdout
    assert result.stderr == ""


def test_undo_takes_the_last_entry_back(person):
    person.sees("log", "coffee with Ana 20m")
    assert person.sees("undo") == (
        "taken back: with Ana · in person · Mon 26 Oct 2026 17:10–17:30 · “coffee with Ana 20m”"
    )
    assert not person.rows("encounter")
    assert not person.rows("person")
    result = person.types("undo")
    assert result.exit_code == 3
    assert result.stderr == "disconnect: nothing to take back: nothing is logged\n"


def test_the_timer_survives_and_is_logged(person):
    assert person.sees("meet", "with Ana at Blue Bottle") == (
        "timer runs since 17:30; disconnect done ends it"
    )
    person.now += dt.timedelta(minutes=75)
    result = person.types("meet")
    assert result.exit_code == 1
    assert "a timer runs since Mon 17:30 (with Ana at Blue Bottle)" in result.stderr
    assert person.sees("done", "--energy", "2") == (
        "with Ana · in person · Mon 26 Oct 17:30–18:45 · at Blue Bottle · energy +2"
    )
    assert person.types("done").exit_code == 3


def test_the_timer_may_have_begun_earlier_and_end_earlier(person):
    person.sees("meet", "with Ana since 16:00")
    person.now += dt.timedelta(hours=5)
    assert person.sees("done", "and Ben", "--end", "18:00") == (
        "with Ana and Ben · in person · Mon 26 Oct 16:00–18:00"
    )


def test_whom_the_timer_was_with_can_be_said_at_the_end(person):
    person.sees("meet")
    person.now += dt.timedelta(minutes=20)
    result = person.types("done")
    assert result.exit_code == 2
    assert "with whom is missing" in result.stderr
    assert person.sees("done", "with Ana") == "with Ana · in person · Mon 26 Oct 17:30–17:50"


def test_a_forgotten_timer_is_not_logged_as_days(person):
    person.sees("meet", "with Ana")
    person.now += dt.timedelta(days=3)
    result = person.types("done")
    assert result.exit_code == 1
    assert "72h" in result.stderr
    assert "disconnect done --for 90m" in result.stderr
    assert person.sees("done", "--for", "2h") == "with Ana · in person · Mon 26 Oct 17:30–19:30"


def test_a_timer_can_be_discarded(person):
    person.sees("meet")
    assert person.sees("done", "--discard") == "timer stopped, nothing logged"
    assert person.types("done").exit_code == 3
    assert not person.rows("encounter")


def test_a_timer_with_an_end_is_refused(person):
    result = person.types("meet", "with Ana 90m")
    assert result.exit_code == 2
    assert "it has an end already" in result.stderr


def test_an_opportunity_is_of_somebody_known(person):
    person.sees("log", "coffee with Ana 20m")
    result = person.types("opportunity", "a course", "--from", "Anna")
    assert result.exit_code == 1
    assert "did you mean Ana?" in result.stderr
    assert "Or add them: disconnect people add Anna" in result.stderr
    told = person.sees(
        "opportunity",
        "a course",
        "--from",
        "ana",
        "--kind",
        "job",
        "--on",
        "yesterday",
        "--value",
        "6",
    )
    assert told == "a course · from Ana · job · 2026-10-25 · value 6"
    assert person.records("entries", "list")[0]["kind"] == "job"
    assert person.sees("undo").startswith("taken back: a course")


@pytest.mark.parametrize("day", ["tomorrow", "2026-10-27", "16:00", "2026-02-31"])
def test_an_opportunity_has_a_day_that_was(person, day):
    person.sees("people", "add", "Ana")
    result = person.types("opportunity", "a course", "--from", "Ana", "--on", day)
    assert result.exit_code == 2
    assert not person.rows("opportunity")


def test_people_are_edited_and_merged(person):
    person.sees("log", "coffee with Ana 60m")
    person.sees("log", "call with Anna 30m")
    person.sees(
        "people", "edit", "ana", "--met", "in_person", "--how", "chance", "--closeness", "6"
    )
    person.sees("people", "merge", "Ana", "Anna")
    (row,) = person.records("people", "list")
    assert (
        row.items()
        >= {
            "name": "Ana",
            "met": "in_person",
            "how": "chance",
            "closeness": 6,
            "in_person_hours": 1.0,
            "online_hours": 0.5,
            "encounters": 2,
            "last_met": "2026-10-26",
            "call_hours": 0.5,
            "depth": None,
            "rhythm_days": None,
            "trend": None,
        }.items()
    )
    person.sees("people", "edit", "Ana", "--name", "Ana Tal", "--since", "2020-05-01")
    shown = person.sees("people", "show", "ana tal")
    assert "since           2020-05-01" in shown


def test_somebody_unknown_is_said_to_be(person):
    person.sees("people", "add", "Ana")
    for words in (["show", "Anna"], ["edit", "Anna", "--how", "x"], ["merge", "Ana", "Anna"]):
        result = person.types("people", *words)
        assert result.exit_code == 1
        assert "did you mean Ana?" in result.stderr
    assert person.types("people", "add", "ana").exit_code == 1
    assert person.types("people", "add", " ").exit_code == 2


def test_an_entry_is_edited_and_deleted(person):
    person.sees("log", "coffee with Ana and Ben 16:00-17:00 at Blue Bottle #chance")
    assert person.sees("entries", "edit", "1", "--end", "17:15", "--with", "Ana", "--planned") == (
        "with Ana · in person · Mon 26 Oct 16:00–17:15 · at Blue Bottle"
    )
    assert person.sees("entries", "edit", "1", "--start", "yesterday 15:00", "--for", "2h") == (
        "with Ana · in person · Sun 25 Oct 15:00–17:00 · at Blue Bottle"
    )
    assert person.types("entries", "edit", "1", "--start", "2026-10-26T22:00").exit_code == 2
    assert person.types("entries", "edit", "1").exit_code == 2
    assert person.types("entries", "edit", "9", "--for", "1h").exit_code == 1
    assert person.sees("entries", "delete", "1").startswith("deleted: with Ana")
    assert person.types("entries", "delete", "1").exit_code == 1
    assert person.types("entries").exit_code == 3


def test_nothing_there_is_said(person):
    assert person.types("people").exit_code == 3
    assert person.types("entries", "list").exit_code == 3


@pytest.mark.parametrize(
    "words",
    ["log", "meet", "done", "undo", "opportunity", "people", "entries"]
    + [f"people {word}" for word in ("list", "show", "add", "edit", "merge")]
    + [f"entries {word}" for word in ("list", "edit", "delete")],
)
def test_every_help_has_examples(person, words):
    shown = person.sees(*words.split(), "--help")
    assert "Examples:" in shown
    assert shown.count("  disconnect ") >= 2


def test_meet_ben_means_with_ben(person):
    person.sees("meet", "Ben")
    person.now += dt.timedelta(minutes=40)
    assert person.sees("done").startswith("with Ben · in person · Mon 26 Oct 17:30–18:10")


def test_an_encounter_that_overlaps_another_is_kept_and_said(person):
    person.sees("log", "coffee with Ana from 14:00 to 15:00")
    result = person.types("log", "walk with Ben from 14:30 to 16:00")
    assert result.exit_code == 0
    (line,) = (line for line in result.stderr.splitlines() if "overlaps" in line)
    assert line.startswith("it overlaps entry 1 (with Ana · in person")
    assert "disconnect undo" in line
    assert "overlaps" not in person.types("log", "called Cleo from 14:10 to 14:20").stderr
    assert "overlaps" not in person.types("log", "lunch with Ana from 13:00 to 14:00").stderr
