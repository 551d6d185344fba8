import contextlib
import datetime as dt
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from collectors.facts.social import Encounter, Opportunity, Person
from disconnect.errors import DisconnectError
from disconnect.store import entries
from disconnect.store.opening import connect
from disconnect.store.people import (
    add_person,
    edit_person,
    find_person,
    merge_people,
    names,
    people,
)


@pytest.fixture
def met(connection, make):
    """Log an encounter with these people, so many hours after noon."""

    def log(*who: str, hour: int = 0) -> int:
        start = make.noon + dt.timedelta(hours=hour)
        encounter = Encounter(start=start, end=start + dt.timedelta(hours=1), people=who)
        return entries.add_encounter(connection, encounter, words="", now=start)

    return log


def test_an_entry_comes_back_as_it_was(connection, met):
    number = met("Ana", "Ben")
    (row,) = entries.entries(connection)
    assert row.id == number
    assert row.encounter is not None
    assert row.encounter.people == ("Ana", "Ben")


def test_undo_takes_back_the_people_it_brought_in_and_no_others(connection, met):
    met("Ana")
    met("Ana", "Ben", hour=2)
    entries.undo(connection)
    assert names(connection) == ["Ana"]
    entries.undo(connection)
    assert names(connection) == []
    assert entries.undo(connection) is None


def test_an_opportunity_is_logged_once(connection, make, met):
    met("Ana")
    brought = Opportunity(day=make.noon.date(), person="ana", what="a job", kind="job")
    entries.add_opportunity(connection, brought, now=make.noon)
    with pytest.raises(DisconnectError, match="is logged already"):
        entries.add_opportunity(connection, brought, now=make.noon)
    assert names(connection) == ["Ana"]


def test_a_rating_off_its_scale_changes_nothing(connection, met):
    number = met("Ana")
    with pytest.raises(DisconnectError, match="energy goes from -3 to 3, not 9"):
        entries.edit_encounter(connection, number, energy=9)
    assert entries.edit_encounter(connection, number, energy=2).energy == 2
    row = entries.entry(connection, number)
    assert row.encounter is not None
    assert row.encounter.energy == 2


def test_people_who_were_corrected_are_taken_back_too(connection, met):
    met("Ben")
    number = met("Ana", "Ben", hour=2)
    entries.edit_encounter(connection, number, people=("Anna", "Ben"))
    assert names(connection) == ["Anna", "Ben"]
    entries.undo(connection)
    assert names(connection) == ["Ben"]


def test_undo_spares_who_came_under_the_number_of_someone_merged(connection, met):
    met("Ben")
    met("Ana", hour=2)
    merge_people(connection, "Ben", "Ana")
    add_person(connection, Person(name="Cid"))
    entries.undo(connection)
    assert names(connection) == ["Ben", "Cid"]


def test_an_unknown_name_is_answered_with_the_near_ones(connection, met):
    met("Ana", "Benedict")
    with pytest.raises(DisconnectError) as caught:
        find_person(connection, "Anna")
    assert str(caught.value) == "nobody here is called 'Anna'; did you mean Ana?"
    assert find_person(connection, " ANA ").name == "Ana"


def test_two_people_become_one(connection, met):
    met("Ana")
    met("Anna", hour=3)
    met("Ana", "Anna", hour=6)
    edit_person(connection, "Anna", how="work")
    merge_people(connection, "Ana", "Anna")
    (row,) = people(connection)
    assert (row.name, row.encounters, row.how) == ("Ana", 3, "work")
    with pytest.raises(DisconnectError):
        merge_people(connection, "Ana", "ana")


def test_a_name_that_is_taken_is_refused(connection, met):
    met("Ana", "Ben")
    with pytest.raises(DisconnectError, match="disconnect people merge"):
        edit_person(connection, "Ben", name="Ana")
    with pytest.raises(DisconnectError, match="there is a Ana already"):
        add_person(connection, Person(name="Ana"))
    with pytest.raises(DisconnectError, match="closeness goes from 1 to 7"):
        edit_person(connection, "Ben", closeness=8)


def test_the_timer_is_one_and_survives(connection, make):
    meeting = entries.Meeting(make.noon, "Europe/Berlin", "with Ana")
    entries.start_meeting(connection, meeting)
    assert entries.current_meeting(connection) == meeting
    with pytest.raises(DisconnectError, match="a meeting is running"):
        entries.start_meeting(connection, meeting)
    entries.clear_meeting(connection)
    assert entries.current_meeting(connection) is None


def at_once(path, ask):
    """Let two programs ask the same at the same moment; what each was told."""
    ready = threading.Barrier(2)

    def one(_):
        with contextlib.closing(connect(path)) as connection:
            ready.wait()
            try:
                return ask(connection)
            except DisconnectError as error:
                return str(error)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, range(2)))


def test_two_undos_at_once_take_the_entry_back_once(path, met):
    met("Ana")
    told = at_once(path, entries.undo)
    assert sorted(row is None for row in told) == [False, True]


def test_two_deletions_at_once_delete_once(path, met):
    number = met("Ana")
    told = at_once(path, lambda connection: entries.delete_entry(connection, number))
    assert sum(isinstance(row, str) and "there is no entry" in row for row in told) == 1


def test_two_timers_at_once_are_one(path, connection, make):
    timer = entries.Meeting(make.noon, "UTC", "")
    told = at_once(path, lambda other: entries.start_meeting(other, timer))
    assert sum(isinstance(row, str) and "is running since" in row for row in told) == 1


def test_a_timer_ends_with_its_encounter_or_not_at_all(connection, make):
    start = make.noon
    entries.start_meeting(connection, entries.Meeting(start, "UTC", "with Ana"))
    encounter = Encounter(start=start, end=start + dt.timedelta(hours=1), people=("Ana",))
    connection.execute(
        "CREATE TRIGGER no_room BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        entries.add_encounter(connection, encounter, words="", now=start, ends_meeting=True)
    assert entries.current_meeting(connection) is not None
    connection.execute("DROP TRIGGER no_room")
    entries.add_encounter(connection, encounter, words="", now=start, ends_meeting=True)
    assert entries.current_meeting(connection) is None
    with pytest.raises(DisconnectError, match="has been ended already"):
        entries.add_encounter(connection, encounter, words="", now=start, ends_meeting=True)
    assert len(entries.entries(connection)) == 1


def test_an_entry_keeps_the_words_it_was_logged_by(connection, make):
    start = make.noon
    encounter = Encounter(start=start, end=start + dt.timedelta(hours=1), people=("Ana",))
    entries.add_encounter(connection, encounter, words="coffee with Ana", now=start)
    assert entries.entries(connection)[0].words == "coffee with Ana"
    undone = entries.undo(connection)
    assert undone is not None
    assert undone.words == "coffee with Ana"
