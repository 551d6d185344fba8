"""Encounters on the local days of where they were."""

import contextlib
import datetime as dt

import pytest

from collectors.facts.social import Channel, Encounter
from disconnect.analysis.encounters import encounter_rows, spent, touched
from disconnect.settings import Settings
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

EPOCH = dt.date(1970, 1, 1)


@pytest.fixture
def rows(tmp_path, monkeypatch):
    """Write encounters; the machine stands elsewhere."""
    monkeypatch.setenv("TZ", "America/New_York")

    def write(*encounters, starts="00:00"):
        with contextlib.closing(connect(tmp_path / "disconnect.sqlite")) as connection:
            Writer(connection).write(encounters)
            return encounter_rows(connection, Settings(day_starts=starts))

    return write


def met(start, hours, zone, *people, channel=Channel.IN_PERSON):
    begun = dt.datetime.fromisoformat(start)
    end = begun + dt.timedelta(hours=hours)
    return Encounter(start=begun, end=end, people=people, zone=zone, channel=channel)


def days(frame):
    return [str(EPOCH + dt.timedelta(days=int(day))) for day in frame["day"]]


@pytest.mark.parametrize(
    ("zone", "starts", "day"),
    [
        ("Asia/Tokyo", "00:00", "2026-10-21"),
        ("Europe/Berlin", "00:00", "2026-10-21"),
        ("UTC", "00:00", "2026-10-20"),
        ("America/St_Johns", "00:00", "2026-10-20"),
        ("Asia/Tokyo", "04:00", "2026-10-21"),
        ("Europe/Berlin", "04:00", "2026-10-20"),
    ],
)
def test_its_day_is_that_of_where_it_was(rows, zone, starts, day):
    assert days(rows(met("2026-10-20T22:30+00:00", 1, zone, "Ana"), starts=starts)) == [day]


def test_over_midnight_it_touches_both_days_and_its_hours_are_shared_out(rows):
    frame = rows(met("2026-10-20T20:00+00:00", 4, "Europe/Berlin", "Ana"))
    both = touched(frame, 0)
    assert days(both) == ["2026-10-20", "2026-10-21"]
    assert both["hours"].tolist() == [2, 2]
    assert both["lasted"].tolist() == [4, 4]
    assert days(touched(frame, 4)) == ["2026-10-20"]


def test_what_ends_at_midnight_does_not_touch_the_next_day(rows):
    assert days(touched(rows(met("2026-10-20T20:00+00:00", 2, "Europe/Berlin", "Ana")), 0)) == [
        "2026-10-20"
    ]


def test_hours_of_the_clock_are_those_of_where_it_was(rows):
    frame = rows(met("2026-10-20T20:45+00:00", 1, "Asia/Kathmandu", "Ana"))
    parts = spent(frame, 0, hourly=True)
    assert (parts["hour"] % 24).tolist() == [2, 3]
    assert parts["hours"].tolist() == [0.5, 0.5]


def test_the_night_the_clocks_go_back_is_an_hour_longer(rows):
    frame = rows(met("2026-10-24T22:00+00:00", 25, "Europe/Berlin", "Ana"))
    assert days(spent(frame, 0)) == ["2026-10-25"]
    parts = spent(frame, 0, hourly=True)
    assert parts.loc[parts["hour"] % 24 == 2, "hours"].tolist() == [2.0]


def test_shared_time_is_counted_once_before_days_are_cut(rows):
    frame = rows(
        met("2026-10-20T20:00+00:00", 4, "Europe/Berlin", "Ana"),
        met("2026-10-20T22:30+00:00", 2.5, "Europe/Berlin", "Ana", "Ben"),
        met("2026-10-20T22:30+00:00", 1, "Europe/Berlin", "Ana", channel=Channel.CALL),
    )
    parts = spent(frame[frame["channel"] == "in_person"], 0)
    hours = parts.groupby(["person", "day"])["hours"].sum()
    assert sorted(hours.tolist()) == [2.0, 2.5, 3.0]
    assert spent(frame, 0)["hours"].sum() == pytest.approx(5 + 2.5 + 1)


def test_a_meeting_of_no_length_is_one(rows):
    frame = rows(met("2026-10-20T20:00+00:00", 0, "Europe/Berlin", "Ana"))
    assert days(touched(frame, 0)) == ["2026-10-20"]
