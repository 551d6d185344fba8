"""`next`: from a home's own data, with commands that can be run as they stand."""

import contextlib
import datetime as dt
import json
import shlex

import pytest
from click.testing import CliRunner

from collectors.facts.checkin import CheckIn
from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.facts.social import Channel, Encounter, Person
from disconnect.cli.house import House
from disconnect.cli.main import commands
from disconnect.home import Home
from disconnect.store.experiments import Design, add_experiment
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

FIRST = dt.datetime(2026, 7, 6, tzinfo=dt.UTC)  # a Monday
DAYS = 84
NOW = FIRST + dt.timedelta(days=DAYS, hours=9)


def at(day, hour):
    return FIRST + dt.timedelta(days=day, hours=hour)


def a_life():
    """Feeds each evening, somebody on every day but Tuesdays, and Zoë no more since a month."""
    yield Person(name="Zoë O'Hara", closeness=6)
    yield Person(name="Ben", closeness=2)
    for day in range(DAYS):
        yield Presence(
            start=at(day, 8),
            end=at(day, 22),
            device="laptop",
            source="presence/daemon",
            state=PresenceState.ACTIVE,
        )
        for start, end, app, site in (
            (8, 20, "code", None),
            (20, 20.4 + 0.05 * (day % 5), "firefox", "linkedin.com"),
        ):
            yield Activity(
                start=at(day, start),
                end=at(day, end),
                device="laptop",
                source="desktop/x11",
                app=app,
                site=site,
            )
        yield CheckIn(at=at(day, 21.5), day=at(day, 0).date(), instrument="daily", answers=(6, 2))
        if day % 7 != 1:
            name = "Zoë O'Hara" if day < 50 and day % 7 == 5 else "Ben"
            yield Encounter(
                start=at(day, 18),
                end=at(day, 19),
                people=(name,),
                channel=Channel.IN_PERSON,
                zone="UTC",
            )


@pytest.fixture
def ask(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    home = Home(tmp_path)

    def run(*words, facts=(), later=dt.timedelta()):
        if facts:
            with contextlib.closing(connect(home.database)) as connection:
                Writer(connection).write(facts)
        house = House(home, clock=lambda: NOW + later)
        return CliRunner().invoke(commands, words, obj=house, env={"TZ": "UTC"})

    return run


def test_an_hour_a_person_and_a_weekday_are_suggested(ask):
    result = ask("next", "--format", "json", facts=a_life())
    assert result.exit_code == 0, result.output
    hour, person, weekday = json.loads(result.stdout)
    assert hour["suggestion"] == "no feeds 20:00–21:00"
    assert "over 84 days" in hour["reason"]
    assert "no clear difference" in hour["reason"]
    assert person["suggestion"] == "meet Zoë O'Hara"
    assert weekday["suggestion"] == "time with somebody on Tuesdays"
    assert "On Tuesdays, 0 %" in weekday["reason"]


def test_every_command_it_gives_can_be_run(ask):
    rows = json.loads(ask("next", "--format", "json", facts=a_life()).stdout)
    hour, person, weekday = (shlex.split(row["command"])[1:] for row in rows)
    begun = ask(*hour)
    assert begun.exit_code == 0, begun.output
    assert (
        "counted as: channel=broadcast after 20:00 before 21:00 less than 5 minutes" in begun.stdout
    )
    assert ask("experiment", "stop").exit_code == 0
    assert ask(*weekday).exit_code == 0
    assert ask(*person).exit_code == 0
    assert "Zoë O'Hara" in ask("done", later=dt.timedelta(minutes=20)).stdout


def test_it_calls_it_worth_a_try_and_shows_the_command(ask):
    text = ask("next", facts=a_life()).stdout
    assert text.count("Worth a try: ") == 3
    assert text.count("\n  disconnect ") == 3
    assert "because" not in text


def test_without_data_there_is_nothing_to_suggest(ask):
    result = ask("next")
    assert (result.exit_code, result.stdout) == (3, "")
    assert len(result.stderr.splitlines()) == 1


def test_with_few_days_there_is_nothing_to_suggest(ask):
    few = [fact for fact in a_life() if getattr(fact, "start", FIRST) < at(3, 0)]
    result = ask("next", "--from", "2026-07-06", "--to", "2026-07-08", facts=few)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "an hour takes 14 recorded days, and 3 are there" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_while_an_experiment_runs_no_other_is_suggested(ask):
    rows = json.loads(ask("next", "--format", "json", facts=a_life()).stdout)
    hour = shlex.split(rows[0]["command"])[1:]
    assert ask(*hour).exit_code == 0
    (person,) = json.loads(ask("next", "--format", "json").stdout)
    assert person["suggestion"] == "meet Zoë O'Hara"


def test_what_was_tried_to_no_good_is_not_suggested_again(ask, tmp_path):
    rows = json.loads(ask("next", "--format", "json", facts=a_life()).stdout)
    assert rows[0]["suggestion"] == "no feeds 20:00–21:00"
    design = Design(
        what="an early evening",
        rule="channel=broadcast after 19:00 before 22:00 less than 5 minutes",
        outcome="energy",
        first=FIRST.date() + dt.timedelta(days=50),
        days=28,
        shortest=4,
        cuts=(7, 14, 21),
    )
    before = FIRST + dt.timedelta(days=49)
    with contextlib.closing(connect(Home(tmp_path).database)) as connection:
        add_experiment(connection, design, now=before, today=before.date())
    again = json.loads(ask("next", "--format", "json").stdout)
    assert [row["suggestion"] for row in again] == [row["suggestion"] for row in rows[1:]]


def test_nobody_is_overdue_by_days_after_the_last_entry(ask):
    facts = [fact for fact in a_life() if not isinstance(fact, Encounter)]
    for week in range(8):  # every Saturday, and then the log ends
        start = at(7 * week + 5, 18)
        facts.append(
            Encounter(
                start=start, end=start + dt.timedelta(hours=1), people=("Zoë O'Hara",), zone="UTC"
            )
        )
    told = json.loads(ask("next", "--format", "json", facts=facts).stdout)
    assert not [row for row in told if row["suggestion"].startswith("meet")]
