"""On which days the diary of company was kept, told by a person's own pauses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disconnect.pipeline.diary import ENDED, MOST_OF_FEW, SHORTEST, diary

DAYS = st.lists(st.integers(0, 400), max_size=60)


def kept(days, today, first=0, last=None):
    found = diary(np.array(days, dtype=np.int64), today)
    return found.kept(first, today if last is None else last)


def test_a_day_without_an_entry_is_one_without_people_while_the_diary_is_kept():
    assert kept([2, 4], 6).tolist() == [False, False, True, True, True, True, True]


def test_silence_beyond_the_usual_pause_is_unknown_from_the_last_entry_on():
    every_other = list(range(0, 60, 2))
    found = diary(np.array(every_other), 61)
    assert (found.usual_pause, found.lapsed) == (SHORTEST, False)
    assert kept(every_other, 61).all()
    late = kept(every_other, 62)
    assert late[:59].all()
    assert not late[59:].any()


def test_whoever_meets_once_a_week_is_not_silent_for_a_week():
    weekly = list(range(0, 140, 7))
    assert kept(weekly, 133 + 7).all()
    assert not kept(weekly, 133 + 8)[-8:].any()


def test_one_long_silence_does_not_become_usual():
    daily = [*range(20), *range(100, 120)]
    found = diary(np.array(daily), 120)
    assert found.usual_pause == SHORTEST
    assert found.kept(0, 120).tolist() == [day < 20 or day >= 100 for day in range(121)]


def test_a_pause_that_an_entry_ended_is_a_pause_unless_out_of_all_proportion():
    begun = list(range(0, 40, 2))
    for pause, known in ((ENDED * SHORTEST, True), (ENDED * SHORTEST + 1, False)):
        again = [38 + pause, 40 + pause]
        assert kept([*begun, *again], 40 + pause)[39 : 38 + pause].all() == known


@pytest.mark.parametrize(("entries", "pause"), [([5], 3), ([0, 10], 10), ([0, 60], MOST_OF_FEW)])
def test_few_entries_say_little(entries, pause):
    assert diary(np.array(entries), 70).usual_pause == pause


def test_entries_of_days_to_come_prove_nothing():
    found = diary(np.array([0, 1, 90]), 10)
    assert (found.last, found.lapsed) == (1, True)
    assert not found.kept(5, 100).any()


def test_no_entry_is_no_diary():
    found = diary(np.array([], dtype=np.int64), 10)
    assert (found.last, found.lapsed, found.silent_days, found.end) == (None, False, 0, 10)
    assert not found.kept(0, 10).any()


@given(DAYS, st.integers(0, 420), st.integers(0, 400), st.integers(0, 60))
def test_any_part_of_the_days_is_told_as_in_the_whole(days, today, first, length):
    whole = kept(days, today, 0, 500)
    assert kept(days, today, first, first + length).tolist() == whole[first:][: length + 1].tolist()


@given(DAYS, st.integers(0, 420))
def test_days_with_an_entry_are_kept_days_to_come_are_not(days, today):
    found = kept(days, today, 0, 500)
    assert all(found[day] for day in days if day <= today)
    assert not found[today + 1 :].any()
    assert not found[: min(days, default=501)].any()
