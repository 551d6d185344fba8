"""Experiments stay as they were drawn, one at a time."""

import contextlib
import dataclasses
import datetime as dt
import sqlite3
import subprocess
import sys

import pytest

from disconnect.errors import DisconnectError, NothingThereError
from disconnect.store.experiments import (
    Design,
    add_experiment,
    experiments,
    line_of_today,
    one_experiment,
    stop_experiment,
    unfinished,
)
from disconnect.store.opening import connect

NOW = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
DESIGN = Design(
    what="no feeds after 20:00",
    rule="channel=broadcast after 20:00 less than 5 minutes",
    outcome="energy",
    first=dt.date(2026, 10, 6),
    days=28,
    shortest=4,
    cuts=(6, 13, 20),
)


@pytest.fixture
def store(tmp_path):
    with contextlib.closing(connect(tmp_path / "d.sqlite")) as connection:
        yield connection


def test_a_design_comes_back_as_it_was_drawn(store):
    kept = add_experiment(store, DESIGN, now=NOW, today=TODAY)
    assert kept.design == DESIGN
    assert kept.drawn == NOW
    assert one_experiment(store) == kept


@pytest.mark.parametrize(
    "change",
    [
        "cuts = '[5, 13, 20]'", "what = 'x'", "rule = NULL", "outcome = 'drained'", "days = 30",
        "first = '2026-10-07'", "shortest = 3", "drawn = 0",
    ],
)  # fmt: skip
def test_nothing_of_a_design_can_be_changed(store, change):
    add_experiment(store, DESIGN, now=NOW, today=TODAY)
    with pytest.raises(sqlite3.IntegrityError, match="cannot be changed"):
        store.execute(f"UPDATE experiment SET {change}")
    assert one_experiment(store).design == DESIGN


@pytest.mark.parametrize("first", [TODAY, TODAY - dt.timedelta(days=1)])
def test_none_begins_today_or_in_the_past(store, first):
    late = dataclasses.replace(DESIGN, first=first)
    with pytest.raises(DisconnectError, match="begins tomorrow"):
        add_experiment(store, late, now=NOW, today=TODAY)
    assert not experiments(store)


def test_a_second_one_is_refused_until_the_first_is_over(store):
    add_experiment(store, DESIGN, now=NOW, today=TODAY)
    for today in (TODAY, DESIGN.first, DESIGN.last):
        later = dataclasses.replace(DESIGN, first=today + dt.timedelta(days=1))
        with pytest.raises(DisconnectError, match="cannot be changed half-way"):
            add_experiment(store, later, now=NOW, today=today)
    after = DESIGN.last + dt.timedelta(days=1)
    later = dataclasses.replace(DESIGN, first=after + dt.timedelta(days=1))
    add_experiment(store, later, now=NOW, today=after)
    assert len(experiments(store)) == 2


def test_one_that_was_given_up_makes_room_and_stays_on_record(store):
    add_experiment(store, DESIGN, now=NOW, today=TODAY)
    gone = stop_experiment(store, TODAY)
    assert gone.stopped == TODAY
    assert unfinished(store, TODAY) is None
    add_experiment(store, DESIGN, now=NOW, today=TODAY)
    assert [one.state(TODAY) for one in experiments(store)] == ["given up", "to come"]


def test_there_is_nothing_to_stop_after_the_end(store):
    add_experiment(store, DESIGN, now=NOW, today=TODAY)
    with pytest.raises(NothingThereError):
        stop_experiment(store, DESIGN.last + dt.timedelta(days=1))


def test_todays_line_tells_day_and_phase(store):
    add_experiment(store, DESIGN, now=NOW, today=TODAY)
    assert line_of_today(store, TODAY) is None
    lines = [line_of_today(store, DESIGN.day(number)) for number in (0, 5, 6, 27)]
    assert lines == [
        "Experiment: day 1 of 28, phase A: as usual",
        "Experiment: day 6 of 28, phase A: as usual",
        "Experiment: day 7 of 28, phase B: no feeds after 20:00",
        "Experiment: day 28 of 28, phase B: no feeds after 20:00",
    ]
    assert line_of_today(store, DESIGN.last + dt.timedelta(days=1)) is None


def test_no_line_for_one_that_was_given_up(store):
    add_experiment(store, DESIGN, now=NOW, today=TODAY)
    stop_experiment(store, TODAY)
    assert line_of_today(store, DESIGN.first) is None


def test_todays_line_needs_nothing_heavy():
    check = "import sys, disconnect.store.experiments; print({'numpy', 'pandas'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
