import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from disconnect.pipeline.coverage import sound


def judged(waking):
    hours = np.array(waking, dtype=float)
    covered = np.where(hours > 0, hours + 4, np.nan)
    return sound(covered, hours, hours > 0).tolist()


def test_a_day_with_less_than_seven_tenths_of_the_usual_is_missing():
    assert judged([10.0] * 10 + [7.0, 6.9, 0.0]) == [True] * 11 + [False, False]


def test_a_single_day_is_its_own_measure_from_an_hour_on():
    for hours, good in ((1.0, True), (0.5, False)):
        covered = np.array([hours])
        assert sound(covered, covered, covered > 0).tolist() == [good]


def test_the_first_days_are_measured_by_those_that_follow():
    """As they would be if the record had been asked about as a whole."""
    assert judged([2.0] + [14.0] * 9)[0] is False
    assert judged([2.0] * 9 + [14.0] * 2)[0] is True


@given(
    st.lists(st.sampled_from([0.0, 2.0, 5.0, 9.0, 14.0]), min_size=60, max_size=90),
    st.integers(28, 59),
)
def test_a_day_is_judged_the_same_whatever_period_is_asked(waking, day):
    whole = judged(waking)[day]
    assert judged(waking[day - 28 : day + 29])[28] == whole


def test_what_is_usual_changes_with_the_weeks():
    # After four weeks of short days short days are the usual ones.
    found = judged([14.0] * 28 + [5.0] * 28)
    assert found[28] is False
    assert found[-1] is True


def test_gaps_are_no_part_of_what_is_usual():
    assert judged([0.0] * 20 + [10.0] * 8) == [False] * 20 + [True] * 8


def test_days_that_only_a_history_tells_of_are_not_judged():
    hours = np.array([0.2, 3.0, 0.1, 0.0])
    assert sound(hours, hours, hours < 0).tolist() == [True, True, True, False]


def test_a_history_is_judged_where_presence_is_otherwise_recorded():
    waking = np.array([0.5] * 5 + [14.0] * 10 + [0.5] + [0.0] * 28 + [0.5])
    present = np.array([False] * 5 + [True] * 10 + [False] * 30)
    covered = np.where(waking > 0, waking + 2, 0)
    found = sound(covered, waking, present).tolist()
    # Before anybody recorded presence, and long after, there is nothing to judge it by.
    assert found == [True] * 15 + [False] + [False] * 28 + [True]


@given(st.lists(st.floats(0, 16), max_size=60))
def test_unknown_days_never_count_and_the_longest_day_always_does(waking):
    found = judged(waking)
    assert all(hours > 0 for hours, good in zip(waking, found, strict=True) if good)
    if max(waking, default=0) > 0:
        assert found[int(np.argmax(waking))]
