import contextlib
import datetime as dt
import sqlite3

import pytest

from collectors.facts.checkin import CheckIn
from disconnect.store.entries import delete_entry, entries, undo
from disconnect.store.opening import connect
from disconnect.store.sittings import add_sitting, answers_of, last_days, scores

NOW = dt.datetime(2026, 10, 26, 20, 30, tzinfo=dt.UTC)
TODAY = NOW.date()
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def connection(tmp_path):
    with contextlib.closing(connect(tmp_path / "d.sqlite")) as opened:
        yield opened


def said(instrument, *answers, day=TODAY, at=NOW, score=None):
    return CheckIn(
        at=at, day=day, instrument=instrument, answers=answers, score=score, zone="Europe/Berlin"
    )


def test_a_sitting_is_one_entry_with_its_check_ins_in_order(connection):
    together = (said("daily", 7.0, None), said("support", 2.0, score=2.0))
    add_sitting(connection, together, now=NOW)
    (entry,) = entries(connection)
    assert entry.checkins == together
    assert entry.logged == NOW


def test_two_sittings_at_one_instant_are_two_entries(connection):
    add_sitting(connection, [said("daily", 7.0, 3.0)], now=NOW)
    add_sitting(connection, [said("support", 2.0)], now=NOW)
    assert len(entries(connection)) == 2
    taken = undo(connection)
    assert taken is not None
    assert [one.instrument for one in taken.checkins] == ["support"]
    assert [one.instrument for one in entries(connection)[0].checkins] == ["daily"]


def test_any_number_of_a_sitting_deletes_all_of_it(connection):
    add_sitting(connection, [said("daily", 7.0, 3.0), said("support", 2.0)], now=NOW)
    (first,) = connection.execute("SELECT min(id) FROM entry").fetchone()
    delete_entry(connection, first)
    assert entries(connection) == []
    assert connection.execute("SELECT count(*) FROM checkin").fetchone() == (0,)


def test_a_new_answer_of_the_day_takes_the_earlier_one_out_of_its_sitting(connection):
    add_sitting(connection, [said("daily", 7.0, 3.0), said("support", 2.0)], now=NOW)
    later = said("daily", 5.0, 5.0, at=NOW - ONE_DAY)
    add_sitting(connection, [later], now=NOW + dt.timedelta(hours=1))
    (new, old) = entries(connection)
    assert new.checkins == (later,)
    assert [one.instrument for one in old.checkins] == ["support"]
    assert answers_of(connection, "daily", TODAY) == (5.0, 5.0)


def test_a_sitting_is_written_whole_or_not_at_all(connection):
    connection.execute(
        "CREATE TEMP TRIGGER breaks BEFORE INSERT ON checkin WHEN new.instrument = 'support'"
        " BEGIN SELECT RAISE(ABORT, 'broken'); END"
    )
    with pytest.raises(sqlite3.IntegrityError, match="broken"):
        add_sitting(connection, [said("daily", 7.0, 3.0), said("support", 2.0)], now=NOW)
    assert entries(connection) == []
    assert connection.execute("SELECT count(*) FROM checkin").fetchone() == (0,)


def test_the_last_day_of_each_is_known_up_to_a_day(connection):
    for back in (0, 3):
        add_sitting(connection, [said("daily", 1.0, 1.0, day=TODAY - back * ONE_DAY)], now=NOW)
    assert last_days(connection, TODAY) == {"daily": TODAY}
    assert last_days(connection, TODAY - ONE_DAY) == {"daily": TODAY - 3 * ONE_DAY}
    assert last_days(connection, TODAY - 9 * ONE_DAY) == {}
    assert answers_of(connection, "daily", TODAY - ONE_DAY) == ()


def test_scores_come_oldest_first_and_a_missing_one_is_none(connection):
    week = 7 * ONE_DAY
    add_sitting(connection, [said("cbi_personal", 50.0, score=None)], now=NOW)
    add_sitting(connection, [said("cbi_personal", 50.0, score=50.0, day=TODAY - week)], now=NOW)
    assert scores(connection, "cbi_personal", TODAY) == [(TODAY - week, 50.0), (TODAY, None)]
