"""What a collector or a person writes while a question is being answered."""

import datetime as dt
import sqlite3

import pytest

from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.facts.social import Channel, Encounter
from disconnect.analysis import building
from disconnect.analysis.categories import categories
from disconnect.analysis.query import query_of
from disconnect.analysis.sums import hours
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.settings import Settings
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

DAY = dt.date(2026, 6, 1)
TEN = dt.datetime(2026, 6, 1, 10, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def clock():
    return TEN + dt.timedelta(days=3)


def write(home, facts):
    connection = connect(home.database)
    Writer(connection).write(facts)
    connection.close()


def used(app, start, *, zone="UTC"):
    return [
        Activity(
            start=start, end=start + HOUR, device="d", source="desktop/x11", app=app, zone=zone
        ),
        Presence(
            start=start, end=start + HOUR, device="d", source="presence/daemon",
            state=PresenceState.ACTIVE, zone=zone,
        ),
    ]  # fmt: skip


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path).prepare()
    write(home, used("code", TEN))
    return home


def blocks(home):
    connection = sqlite3.connect(home.database)
    found = dict(connection.execute("SELECT utc_day, data FROM hour_sums"))
    connection.close()
    return found


@pytest.mark.parametrize("group", ["app", "category", "site", "device"])
def test_a_window_never_seen_before_may_come_while_a_question_is_answered(home, monkeypatch, group):
    def sorted_and_then_more(*words, **options):
        known = categories(*words, **options)
        write(home, used("brand-new", TEN + HOUR, zone="Europe/Berlin"))
        return known

    monkeypatch.setattr("disconnect.analysis.sums.categories", sorted_and_then_more)
    found = query_of(home, Settings(), Period(DAY, DAY), None, group, (), clock)
    assert found["hours"].sum() == 2


def test_what_is_written_before_days_are_kept_is_in_what_is_kept(home, monkeypatch):
    runs = building._runs

    def written_first(missing):
        write(home, used("brand-new", TEN + HOUR, zone="Europe/Berlin"))
        write(home, [Encounter(start=TEN, end=TEN + HOUR, people=("Ana",), channel=Channel.CALL)])
        yield from runs(missing)

    monkeypatch.setattr(building, "_runs", written_first)
    hours(home, Settings(), Period(DAY, DAY), clock)
    monkeypatch.undo()
    kept = blocks(home)
    with sqlite3.connect(home.database) as connection:
        connection.execute("DELETE FROM hour_sums")
    connection.close()
    hours(home, Settings(), Period(DAY, DAY), clock)
    assert kept == blocks(home)
    assert kept
