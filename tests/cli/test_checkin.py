"""Checking in by the command line: options, lines, keys; and what comes of it."""

import contextlib
import datetime as dt
import json
import os
import pty
import select
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from disconnect.cli.house import House
from disconnect.cli.main import commands
from disconnect.home import Home

NOW = dt.datetime(2026, 10, 26, 20, 30, tzinfo=dt.UTC)  # Monday, 21:30 in Berlin
WEEKLY = "often sometimes seldom never often sometimes occasionally 2"
MONTHLY = "high, high, somewhat, often, never, seldom, always; hardly ever, some, often"


class Person:
    """Somebody whose clock stands until it is moved."""

    def __init__(self, folder):
        self.home = Home(folder)
        self.now = NOW

    def types(self, *words, lines=None):
        house = House(self.home, clock=lambda: self.now)
        return CliRunner().invoke(
            commands, words, obj=house, env={"TZ": "Europe/Berlin"}, input=lines
        )

    def sees(self, *words, lines=None):
        result = self.types(*words, lines=lines)
        assert result.exit_code == 0, result.output
        return result.stdout.strip()

    def records(self, *words, lines=None):
        return json.loads(self.sees(*words, "--format", "json", lines=lines))

    def kept(self):
        if not self.home.database.exists():
            return []
        with sqlite3.connect(self.home.database) as connection:
            found = connection.execute(
                "SELECT day, instrument, answers, score FROM checkin ORDER BY day, id"
            ).fetchall()
        connection.close()
        return [(day, name, json.loads(answers), score) for day, name, answers, score in found]

    def due(self):
        return [one["instrument"] for one in self.records("checkin", "--list") if one["due"]]


@pytest.fixture
def person(tmp_path):
    return Person(tmp_path / "home")


def test_the_daily_answers_by_options_are_kept_and_said_back(person):
    assert person.sees("checkin", "--energy", "7", "--drained", "3") == (
        "Energy 7 of 10, drained 3 of 10"
    )
    assert person.kept() == [("2026-10-26", "daily", [7, 3], None)]


def test_one_daily_answer_does_not_take_the_other_away(person):
    person.sees("checkin", "--energy", "7")
    person.sees("checkin", "--drained", "3")
    person.sees("checkin", "--energy", "0")
    assert person.kept() == [("2026-10-26", "daily", [0, 3], None)]


def test_the_weekly_answers_in_words_are_scored(person):
    said = person.sees("checkin", "--weekly", "--answers", WEEKLY)
    assert said.splitlines() == [
        "Personal burnout (CBI): 45.8 (0 is never tired, 100 always tired)",
        "Loneliness (ONS): occasionally",
        "Support: 2 (0 is not at all, 4 very much)",
    ]
    assert person.kept() == [
        ("2026-10-26", "cbi_personal", [75, 50, 25, 0, 75, 50], pytest.approx(275 / 6)),
        ("2026-10-26", "ons_loneliness", [3], 3),
        ("2026-10-26", "support", [2], 2),
    ]


def test_the_monthly_answers_are_scored_with_the_last_item_reversed(person):
    (work, lonely) = person.records("checkin", "--monthly", "--answers", MONTHLY)
    assert work["answers"] == [75, 75, 50, 75, 0, 25, 100]
    assert work["score"] == pytest.approx(300 / 7, abs=1e-6)
    assert (lonely["answers"], lonely["score"]) == ([1, 2, 3], 6)


def test_only_what_is_due_is_asked(person):
    assert len(person.due()) == 6
    person.sees("checkin", "--energy", "7", "--weekly", "--answers", WEEKLY)
    assert person.due() == ["cbi_work", "ucla3"]
    person.sees("checkin", "--monthly", "--answers", MONTHLY)
    assert person.due() == []
    assert person.sees("checkin") == "nothing is due; next on Tue 27 Oct"
    person.now += dt.timedelta(days=7)
    assert person.due() == ["daily", "cbi_personal", "ons_loneliness", "support"]
    person.now += dt.timedelta(days=21)
    assert len(person.due()) == 6


def test_who_does_not_work_is_not_asked_about_it(person):
    person.home.prepare().settings.write_text("[checkin]\nwork = false\n")
    assert "cbi_work" not in person.due()
    said = person.records("checkin", "--monthly", "--answers", "hardly, some, often")
    assert [one["instrument"] for one in said] == ["ucla3"]


def test_lines_answer_what_is_due_and_may_end_early(person):
    result = person.types("checkin", lines="7\n-\nalways\noften\n")
    assert result.stdout == "Energy 7 of 10, drained skipped\n"
    assert "not finished: Personal burnout (CBI), 2 of 6 answers" in result.stderr
    assert person.kept() == [("2026-10-26", "daily", [7, None], None)]
    assert "cbi_personal" in person.due()


def test_a_second_answer_of_the_day_takes_the_place_of_the_first(person):
    person.sees("checkin", "--daily", lines="7\n3\n")
    person.sees("checkin", "--daily", lines="5\n-\n")
    assert person.kept() == [("2026-10-26", "daily", [5, None], None)]
    assert [one["kind"] for one in person.records("entries", "list")] == ["check-in"]


def test_the_score_before_is_told_beside_the_new_one(person):
    person.sees("checkin", "--weekly", "--answers", WEEKLY)
    person.now += dt.timedelta(days=7)
    said = person.sees("checkin", "--weekly", "--answers", WEEKLY.replace("often", "always"))
    assert said.startswith(
        "Personal burnout (CBI): 54.2 (0 is never tired, 100 always tired); 45.8 on 26 Oct"
    )


def test_too_few_answers_make_no_score(person):
    (burnout, *_) = person.records("checkin", "--weekly", "--answers", "often often - - - - - -")
    assert burnout["score"] is None
    assert person.kept()[0][2:] == ([75, 75, None, None, None, None], None)
    assert len(person.kept()) == 1  # what was skipped all through is not kept, and stays due
    assert "ons_loneliness" in person.due()


def test_undo_takes_a_sitting_back_as_one_and_leaves_the_rest(person):
    person.sees("checkin", "--energy", "7")
    person.sees("checkin", "--weekly", "--answers", WEEKLY)
    (weekly, daily) = person.records("entries", "list")
    assert weekly["text"] == (
        "Personal burnout (CBI): 45.8; Loneliness (ONS): occasionally; Support: 2"
    )
    assert daily["text"] == "Energy 7 of 10, drained skipped"
    assert person.sees("undo").startswith("taken back: check-in of Mon 26 Oct · Personal burnout")
    assert [name for _, name, *_ in person.kept()] == ["daily"]
    person.sees("entries", "delete", str(daily["id"]))
    assert person.kept() == []
    assert person.types("undo").exit_code == 3


def test_a_check_in_is_answered_anew_and_not_edited(person):
    person.sees("checkin", "--energy", "7")
    result = person.types("entries", "edit", "1", "--energy", "2")
    assert result.exit_code == 1
    assert result.stderr == "disconnect: entry 1 is no encounter; delete it and log it anew\n"


def test_yesterday_can_be_told_today(person):
    person.sees("checkin", "--on", "yesterday", "--energy", "4")
    person.sees("checkin", "--at", "yesterday 22:00", "--drained", "6")
    assert person.kept() == [("2026-10-25", "daily", [4, 6], None)]


def test_an_hour_after_midnight_belongs_to_the_day_before_where_days_start_at_four(person):
    person.home.prepare().settings.write_text('day_starts = "04:00"\n')
    person.now = dt.datetime(2026, 10, 27, 0, 30, tzinfo=dt.UTC)  # 01:30 in Berlin
    person.sees("checkin", "--energy", "4")
    assert person.kept()[0][0] == "2026-10-26"
    person.sees("checkin", "--at", "00:15", "--drained", "4")
    assert person.kept() == [("2026-10-26", "daily", [4, 4], None)]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--energy", "11"], "--energy takes a whole number from 0 to 10, not '11'"),
        (["--energy", "-1"], "--energy takes a whole number from 0 to 10, not '-1'"),
        (["--drained", "some"], "--drained takes a whole number from 0 to 10, not 'some'"),
        (["--energy", "7", "--on", "tomorrow"], "'tomorrow'"),
        (["--energy", "7", "--on", "2026-10-27"], "--on 2026-10-27 is still to come"),
        (["--energy", "7", "--on", "2026-10-24"], "--on 2026-10-24 is more than a day ago"),
        (["--energy", "7", "--at", "23:59"], "--at 23:59 is still to come"),
        (["--energy", "7", "--at", "yesterday 21:00"], "is more than a day ago"),
        (["--energy", "7", "--at", "yesterday"], "--at takes a time such as 21:30"),
        (["--energy", "7", "--at", ""], "--at takes a time such as 21:30"),
        (["--energy", "7", "--on", ""], "--on takes today or yesterday"),
        (["--energy", "7", "--at", "20:00", "--on", "today"], "give one of --at and --on"),
        (["--energy", "7", "--answers", "often"], "--answers has nothing to answer"),
        (["--weekly", "--answers", "often"], "1 answer for 8 questions (Personal burnout (CBI): 6,"),
        (["--weekly", "--answers", WEEKLY + " 3"], "9 answers for 8 questions"),
        (["--weekly", "--answers", WEEKLY.replace("never", "perhaps")],
         "answer 4: 'perhaps' is no answer to \"How often do you think"),
        (["--weekly", "--answers", WEEKLY.replace("seldom", "s")], "answer 3: 's' is no answer"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_clear_line_and_nothing_is_written(person, words, why):
    result = person.types("checkin", *words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert why in result.stderr
    assert person.kept() == []


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("", "there are no answers on standard input"),
        ("\n\n", "there are no answers on standard input"),
        ("7\n11\n", "line 2: '11' is no answer to"),
        ("7\n3\n4\n", "3 answers for 2 questions (Daily: 2)"),
    ],
)
def test_lines_that_cannot_be_are_one_clear_line_and_nothing_is_written(person, lines, why):
    result = person.types("checkin", "--daily", lines=lines)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert why in result.stderr
    assert person.kept() == []


def test_answers_to_nothing_are_refused(person):
    person.sees("checkin", "--energy", "7", "--weekly", "--answers", WEEKLY)
    person.sees("checkin", "--monthly", "--answers", MONTHLY)
    result = person.types("checkin", "--answers", "7, 3")
    assert result.exit_code == 2
    assert "nothing is due; say what the answers are to" in result.stderr


def test_the_signpost_comes_with_always_and_with_nothing_less(person):
    said = person.sees("checkin", "--weekly", "--answers", WEEKLY.replace("never", "often"))
    assert "diagnosis" not in said
    said = person.sees("checkin", "--weekly", "--answers", WEEKLY.replace("never", "always"))
    (why, where) = said.splitlines()[-2:]
    assert why == "You answered “I can't take it anymore” with Always."
    assert where.startswith("That is no diagnosis. If you would like to talk to somebody:")


def test_the_signpost_comes_with_the_second_high_week_and_keeps_out_of_records(person):
    high = "often often often often often often occasionally 2"
    assert "diagnosis" not in person.sees("checkin", "--weekly", "--answers", high)
    person.now += dt.timedelta(days=7)
    result = person.types("checkin", "--weekly", "--answers", high, "--format", "json")
    assert len(json.loads(result.stdout)) == 3
    assert "at 75 or more for two weeks" in result.stderr


def test_check_ins_are_exported(person, tmp_path):
    import zipfile

    person.sees("checkin", "--energy", "7")
    person.sees("export", str(tmp_path / "all.zip"))
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        (row,) = archive.read("checkins.jsonl").decode().splitlines()
        assert json.loads(row)["answers"] == "[7.0, null]"
        assert "checkins" in archive.read("README.txt").decode()


def test_forgetting_a_day_forgets_its_check_ins_and_their_entries(person):
    person.sees("checkin", "--energy", "7")
    person.sees("checkin", "--on", "yesterday", "--energy", "4")
    person.sees("forget", "--period", "2026-10-25", "--yes")
    assert [day for day, *_ in person.kept()] == ["2026-10-26"]
    assert len(person.records("entries", "list")) == 1


class Terminal:
    """The real command on a real terminal."""

    def __init__(self, home, *words):
        self.ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "disconnect", "--home", str(home), "checkin", *words],
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env={**os.environ, "TZ": "UTC", "TERM": "xterm"},
        )  # fmt: skip
        os.close(theirs)
        self.shown = ""

    def sees(self, words):
        give_up_at = time.monotonic() + 30
        while words not in self.shown and time.monotonic() < give_up_at:
            if select.select([self.ours], [], [], 0.1)[0]:
                try:
                    self.shown += os.read(self.ours, 4096).decode()
                except OSError:
                    break
        assert words in self.shown, self.shown
        self.shown = self.shown.partition(words)[2]

    def presses(self, keys):
        os.write(self.ours, keys.encode())

    def end(self):
        return self.process.wait(20)

    def close(self):
        self.process.kill()
        self.process.wait(20)
        with contextlib.suppress(OSError):
            os.close(self.ours)

    def vanishes(self):
        """The window is closed."""
        self.process.send_signal(signal.SIGHUP)
        os.close(self.ours)


@pytest.fixture
def sit_down(person):
    """Begin a check-in on a terminal."""
    opened = []

    def begin(*words):
        opened.append(Terminal(person.home.folder, *words))
        return opened[-1]

    yield begin
    for terminal in opened:
        terminal.close()


def test_one_key_answers_and_one_goes_back(person, sit_down):
    terminal = sit_down("--daily")
    terminal.sees("1 of 2  Energy right now?")
    terminal.presses("7")
    terminal.sees("2 of 2  Drained by today's online communication?")
    terminal.presses("b")
    terminal.sees("1 of 2  Energy right now? [7]")
    terminal.presses("?")
    terminal.sees("[0–10, s, b or q]")
    terminal.presses("1")
    terminal.sees("1 (0 makes it 10, Enter leaves it)")
    terminal.presses("0")
    terminal.sees("2 of 2")
    terminal.presses(" ")
    terminal.sees("Energy 10 of 10, drained skipped")
    assert terminal.end() == 0
    assert person.kept()[0][1:] == ("daily", [10, None], None)


def test_leaving_keeps_what_is_finished_and_says_what_is_not(person, sit_down):
    terminal = sit_down()
    terminal.sees("1 of 20")
    terminal.presses("13")  # at once: a 1 that stays a 1, and a 3
    terminal.sees("in the past week (our adaptation: the CBI names no time)")
    terminal.sees("3 of 20  How often do you feel tired?")
    terminal.presses("2")
    terminal.sees("4 of 20")
    terminal.presses("q")
    terminal.sees("not kept, for it is not finished: Personal burnout (CBI), 1 of 6 answers")
    terminal.sees("Energy 1 of 10, drained 3 of 10")
    assert terminal.end() == 0
    assert [name for _, name, *_ in person.kept()] == ["daily"]


def test_closing_the_window_loses_nothing_that_is_finished(person, sit_down):
    terminal = sit_down()
    terminal.sees("1 of 20")
    terminal.presses("243")
    terminal.sees("4 of 20")
    terminal.vanishes()
    terminal.end()
    assert [name for _, name, *_ in person.kept()] == ["daily"]


def test_control_c_loses_nothing_that_is_finished(person, sit_down):
    terminal = sit_down()
    terminal.sees("1 of 20")
    terminal.presses("24")
    terminal.sees("3 of 20")
    terminal.presses("\x03")
    terminal.sees("Energy 2 of 10, drained 4 of 10")
    assert terminal.end() == 0
    assert len(person.kept()) == 1
