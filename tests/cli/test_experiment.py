"""An experiment on oneself by the command line, in a real home: drawn, lived, told."""

import contextlib
import datetime as dt
import json
import random
import secrets
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from click.testing import CliRunner

from collectors.facts.checkin import CheckIn
from collectors.facts.screen import Activity, Presence, PresenceState
from disconnect.cli.house import House
from disconnect.cli.main import commands
from disconnect.home import Home
from disconnect.pipeline.days import DAYS
from disconnect.statistics import phases
from disconnect.store.experiments import HOURS, one_experiment
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

BERLIN = ZoneInfo("Europe/Berlin")
BEFORE = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)
AFTER = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)
NEW = ("experiment", "new", "--what", "no feeds after 20:00")


class Person:
    """Somebody in Berlin whose clock stands until it is moved."""

    def __init__(self, folder):
        self.home = Home(folder)
        self.now = BEFORE
        self.machine = "Europe/Berlin"

    def types(self, *words):
        house = House(self.home, clock=lambda: self.now)
        return CliRunner().invoke(commands, words, obj=house, env={"TZ": self.machine})

    def sees(self, *words):
        result = self.types(*words)
        assert result.exit_code == 0, result.output
        return result.stdout

    def refused(self, *words):
        result = self.types(*words)
        assert result.stdout == ""
        assert len(result.stderr.splitlines()) == 1
        return result.exit_code, result.stderr.removeprefix("disconnect: ").strip()

    def design(self):
        with contextlib.closing(connect(self.home.database)) as connection:
            return one_experiment(connection).design

    def lives(self, facts):
        with contextlib.closing(connect(self.home.database)) as connection:
            Writer(connection).write(facts)


def answered(day, energy):
    at = dt.datetime.combine(day, dt.time(21), BERLIN).astimezone(dt.UTC)
    return CheckIn(at=at, day=day, instrument="daily", answers=(energy, None), zone="Europe/Berlin")


def evening(day, minutes, clock=(20, 30)):
    """A day at the screen from 19:00 to 22:00, of which so many minutes in a feed from 20:30."""
    start, end, feed = (
        dt.datetime.combine(day, dt.time(*time), BERLIN).astimezone(dt.UTC)
        for time in ((19, 0), (22, 0), clock)
    )
    there = {"device": "laptop", "zone": "Europe/Berlin"}
    state = PresenceState.ACTIVE
    yield Presence(start=start, end=end, source="presence/daemon", state=state, **there)
    until = feed + dt.timedelta(minutes=minutes)
    window = {"source": "desktop/x11", **there}
    yield Activity(start=start, end=feed, app="code", **window)
    if minutes:
        yield Activity(start=feed, end=until, app="firefox", site="linkedin.com", **window)
    yield Activity(start=until, end=end, app="code", **window)


@pytest.fixture
def person(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    same = random.Random(4)  # noqa: S311 - the same again, in tests
    monkeypatch.setattr(secrets, "SystemRandom", lambda: same)
    return Person(tmp_path)


@pytest.fixture
def lived(person):
    """Energy is two points higher in B; B is kept to but once, A never; three days are missing."""
    person.sees(*NEW)
    design, rng = person.design(), np.random.default_rng(7)
    facts = []
    broken = design.cuts[0]
    for number in range(design.days):
        tried = design.phase(number) == "B"
        if number not in {2, 9, 20}:
            energy = float(np.clip(round(5 + 2 * tried + rng.normal(0, 0.8)), 0, 10))
            facts.append(answered(design.day(number), energy))
        facts += evening(design.day(number), 3 if tried and number != broken else 40)
    person.lives(facts)
    return person


def test_new_prints_the_calendar_it_keeps(person):
    said = person.sees(*NEW)
    design = person.design()
    assert "28 days, drawn from 455 possible calendars" in said
    assert "counted as: channel=broadcast after 20:00 less than 5 minutes" in said
    weeks = said[said.index("Mon  Tue") :]
    letters = "".join(letter for letter in weeks if letter in "AB")
    assert letters == "".join(design.phase(number) for number in range(28))
    assert design.first == dt.date(2026, 10, 6)


def test_the_lot_is_the_operating_systems(tmp_path, monkeypatch):
    seen = []

    def drawn(days, shortest, rng):
        seen.append(rng)
        return 6, 13, 20

    monkeypatch.setattr(phases, "drawn", drawn)
    assert Person(tmp_path).types(*NEW).exit_code == 0
    assert isinstance(seen[0], random.SystemRandom)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--days", "20"), "in 35 ways; a result that can be told from chance takes 40: --days 21"),
        (("--days", "28", "--shortest", "7"), "in one way; a result that can be told from chance"),
        (("--days", "28", "--shortest", "7"), "--days 33 or --shortest 5"),
        (("--days", "10"), "in no way; a result that can be told from chance"),
    ],
)
def test_a_length_with_too_few_assignments_names_one_that_has_them(person, options, words):
    code, said = person.refused(*NEW, *options)
    assert code == 2
    assert words in said
    assert not person.home.database.exists()


@pytest.mark.parametrize("starts", ["2026-10-05", "2026-10-04"])
def test_today_and_the_past_are_refused(person, starts):
    code, said = person.refused(*NEW, "--starts", starts)
    assert code == 1
    assert said == (
        f"an experiment begins tomorrow (2026-10-06) or later, not on {starts}:"
        " its phases have to be drawn before it"
    )


def test_a_rule_that_is_not_understood_keeps_nothing(person):
    code, said = person.refused(*NEW, "--rule", "channel=broadcast after 8")
    assert code == 2
    assert "'8' is no time of a rule" in said
    assert person.types("experiment", "list").exit_code == 3


def test_words_with_doubt_are_not_counted_and_said_so(person):
    said = person.sees("experiment", "new", "--what", "no phone at dinner")
    assert "not counted whether days kept to it" in said
    assert person.design().rule is None


def test_halfway_nothing_can_be_changed(person):
    person.sees(*NEW)
    person.now += dt.timedelta(days=9)
    code, said = person.refused("experiment", "new", "--what", "no feeds at all")
    assert code == 1
    assert said == (
        "experiment 1 (no feeds after 20:00) goes on until 2026-11-02 as it was drawn and cannot be"
        " changed half-way; disconnect experiment stop gives it up"
    )


def test_the_result_is_refused_before_the_end_and_says_when(lived):
    lived.now = dt.datetime(2026, 11, 2, 22, tzinfo=dt.UTC)  # 23:00 of the last day in Berlin
    code, said = lived.refused("experiment", "result")
    assert code == 1
    assert "its result is there from 2026-11-03 on; not before, because" in said
    assert lived.types("chart", "experiment").exit_code == 1


def test_one_that_was_given_up_has_no_result(lived):
    lived.now = BEFORE + dt.timedelta(days=5)
    assert "given up on 2026-10-10" in lived.sees("experiment", "stop")
    lived.now = AFTER
    code, said = lived.refused("experiment", "result")
    assert code == 1
    assert "was given up on 2026-10-10" in said


def test_an_effect_that_is_there_is_found_with_missing_days(lived):
    lived.now = AFTER
    (row,) = json.loads(lived.sees("experiment", "result", "--format", "json"))
    assert (row["a_days"] + row["b_days"], row["missing_days"]) == (25, 3)
    assert row["assignments"] == 455
    assert row["low"] < 2 < row["high"]
    assert row["low"] > 0
    assert row["p"] <= 0.05
    text = lived.sees("experiment", "result")
    assert "no effect at all does not (p = " in text
    assert "Three days of 28 have no value and are left out" in text
    assert "another experiment can tell" in text


def test_adherence_is_counted_from_the_data(lived):
    lived.now = AFTER
    (row,) = json.loads(lived.sees("experiment", "result", "--format", "json"))
    design = lived.design()
    in_b = sum(design.phase(number) == "B" for number in range(28))
    assert (row["b_days_told"], row["b_days_kept"]) == (in_b, in_b - 1)
    assert (row["a_days_told"], row["a_days_kept"]) == (28 - in_b, 0)
    assert row["a_rule_minutes"] == pytest.approx(40)
    assert row["b_rule_minutes"] == pytest.approx((3 * (in_b - 1) + 40) / in_b)


def test_show_counts_days_that_are_over_and_keeps_the_outcome_to_itself(lived):
    lived.now = BEFORE + dt.timedelta(days=9)
    rows = json.loads(lived.sees("experiment", "show", "--format", "json"))
    assert list(rows[0]) == ["day", "day_number", "phase", "rule_minutes", "kept"]
    assert [row["kept"] is not None for row in rows] == [True] * 8 + [False] * 20
    text = lived.sees("experiment", "show")
    assert text.startswith("Experiment: day 9 of 28, phase ")
    assert text.count("✗") + text.count("✓") == 8
    assert text.count("[") == 1
    assert "energy" not in text.lower()


def test_today_has_a_line_of_it(lived):
    lived.now = BEFORE + dt.timedelta(days=9, hours=8)
    first = lived.sees("today").splitlines()[0]
    assert first.startswith("Experiment: day 9 of 28, phase ")
    lived.now = AFTER
    lived.lives(evening(AFTER.date(), 5))
    lived.now += dt.timedelta(hours=10)
    assert "Experiment" not in lived.sees("today")


def test_today_has_its_line_on_a_morning_of_which_nothing_is_known(person):
    person.sees(*NEW)
    person.now += dt.timedelta(days=1)
    told = person.types("today")
    assert (told.exit_code, told.stdout.split(",")[0]) == (3, "Experiment: day 1 of 28")


@pytest.mark.parametrize(
    ("rule", "minutes"),
    [
        ("channel=broadcast after 20:30 less than 5 minutes", 40),
        ("site=linkedin.com after 20:45 less than 5 minutes", 25),
        ("channel=broadcast before 20:40 less than 5 minutes", 10),
        ("channel=broadcast after 20:35 before 20:50 less than 5 minutes", 15),
        ("channel=broadcast after 20:50 before 20:35 less than 5 minutes", 25),
        ("app=firefox category=work less than 5 minutes", 0),
        ("after 20:00 less than 5 minutes", 120),
        ("channel=email less than 5 minutes", 0),
    ],
)
def test_rules_count_to_the_minute(person, rule, minutes):
    person.sees(*NEW, "--rule", rule)
    person.lives(evening(dt.date(2026, 10, 6), 40))
    person.now += dt.timedelta(days=3)
    rows = json.loads(person.sees("experiment", "show", "--format", "json"))
    assert rows[0]["rule_minutes"] == pytest.approx(minutes)
    assert rows[0]["kept"] == (minutes < 5)
    assert rows[1]["rule_minutes"] is None, "nobody recorded that day"
    assert rows[1]["kept"] is None


@pytest.mark.parametrize("machine", ["Asia/Kolkata", "America/New_York"])
def test_minutes_are_those_of_where_the_person_was(person, machine):
    person.sees(*NEW, "--rule", "site=linkedin.com after 20:45 less than 5 minutes")
    person.lives(evening(dt.date(2026, 10, 6), 40))
    person.now += dt.timedelta(days=3)
    person.machine = machine
    rows = json.loads(person.sees("experiment", "show", "--format", "json"))
    assert rows[0]["rule_minutes"] == pytest.approx(25)


def test_hours_can_be_the_outcome(person):
    person.sees(*NEW, "--outcome", "broadcast_hours")
    design = person.design()
    person.lives(
        fact
        for number in range(28)
        for fact in evening(design.day(number), 6 if design.phase(number) == "B" else 60)
    )
    person.now = AFTER
    (row,) = json.loads(person.sees("experiment", "result", "--format", "json"))
    assert row["difference"] == pytest.approx(-0.9)
    assert "Mean broadcast time: 6 min a day on" in person.sees("experiment", "result")


def test_every_hour_outcome_is_a_column_of_days():
    assert set(HOURS) <= set(DAYS)


def test_without_answers_there_is_nothing_to_tell(person):
    person.sees(*NEW)
    person.now = AFTER
    code, said = person.refused("experiment", "result")
    assert code == 3
    assert "A and B need 4 each, and have 0 and 0" in said


def test_the_chart_of_a_finished_experiment(lived, tmp_path):
    lived.now = AFTER
    target = tmp_path / "abab.svg"
    lived.sees("chart", "experiment", "-o", str(target))
    assert "455 calendars" in target.read_text("utf-8")
    assert len(lived.sees("chart", "experiment").splitlines()) == 29
