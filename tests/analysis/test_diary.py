"""The diary of a home: which days its entries are about, where the person was."""

import datetime as dt

import pytest

from collectors.facts.social import Channel, Encounter
from disconnect.analysis.diary import EPOCH, diary_in, silence
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

DAY = dt.date(2026, 10, 5)


@pytest.fixture
def connection(tmp_path):
    connection = connect(tmp_path / "disconnect.sqlite")
    yield connection
    connection.close()


def log(connection, start, hours, zone, channel=Channel.IN_PERSON):
    begin = dt.datetime.fromisoformat(start).replace(tzinfo=dt.UTC)
    end = begin + dt.timedelta(hours=hours)
    Writer(connection).write(
        [Encounter(start=begin, end=end, people=("Ana",), zone=zone, channel=channel)]
    )


def days(connection, *, starts=0, today=30):
    found = diary_in(connection, starts, (DAY - EPOCH).days + today)
    return [int(entry) - (DAY - EPOCH).days for entry in found.entries]


@pytest.mark.parametrize(
    ("start", "zone", "starts", "expected"),
    [
        ("2026-10-05T23:00", "UTC", 0, [0, 1]),  # over midnight: both days
        ("2026-10-05T23:00", "UTC", 4, [0]),  # days that begin at four: one evening
        ("2026-10-05T22:00", "UTC", 0, [0]),  # it ends at midnight, which is no part of it
        ("2026-10-05T23:00", "Asia/Tokyo", 0, [1]),
        ("2026-10-05T03:00", "America/New_York", 0, [-1, 0]),
    ],
)
def test_an_entry_is_of_the_days_it_touched_where_it_was(connection, start, zone, starts, expected):
    log(connection, start, 2, zone)
    assert days(connection, starts=starts) == expected


def test_calls_are_entries_and_days_to_come_are_none(connection):
    log(connection, "2026-10-05T12:00", 1, "UTC", Channel.CALL)
    log(connection, "2026-10-25T12:00", 1, "UTC")
    assert days(connection, today=5) == [0]


def test_the_silence_is_said_where_a_period_reaches_into_it(connection):
    log(connection, "2026-10-05T12:00", 1, "UTC")
    first = (DAY - EPOCH).days
    known = diary_in(connection, 0, first + 9)
    assert silence(known) == silence(known, first + 1)
    assert (silence(known).last, silence(known).days, silence(known).lapsed) == (DAY, 9, True)
    assert not silence(known, first).lapsed
