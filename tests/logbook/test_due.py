import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disconnect.logbook.due import cannot_take_it, due, high_for_two_weeks

DAY = dt.date(2026, 10, 26)


def before(days):
    return DAY - dt.timedelta(days=days)


def names(last, *, works=True):
    return [one.name for one in due(last, DAY, works=works)]


ALL = ["daily", "cbi_personal", "ons_loneliness", "support", "cbi_work", "ucla3"]


def test_everything_is_due_at_first_and_work_only_for_those_who_work():
    assert names({}) == ALL
    assert "cbi_work" not in names({}, works=False)


@pytest.mark.parametrize(
    ("name", "days"), [("daily", 1), ("cbi_personal", 7), ("support", 7), ("ucla3", 28)]
)
def test_each_is_due_so_many_days_after_it_was_answered_and_not_a_day_earlier(name, days):
    assert name in names({name: before(days)})
    assert name not in names({name: before(days - 1)})


def test_always_i_cant_take_it_anymore_is_noticed_and_often_is_not():
    assert cannot_take_it([0, 0, 0, 100, 0, 0])
    assert not cannot_take_it([100, 100, 100, 75, 100, 100])
    assert not cannot_take_it([100, 100, 100, None, 100, 100])


@pytest.mark.parametrize(
    ("scores", "is_high"),
    [
        ([(7, 75), (0, 75)], True),
        ([(7, 75), (0, 74.9)], False),
        ([(7, 74), (0, 90)], False),
        ([(6, 90), (0, 90)], False),
        ([(13, 80), (0, 80)], True),
        ([(14, 80), (0, 80)], False),
        ([(8, 90), (4, 50), (0, 90)], False),
        ([(8, 90), (4, 80), (0, 90)], True),
        ([(7, 90), (3, None), (0, 90)], True),
        ([(0, 100)], False),
        ([], False),
    ],
)
def test_two_high_weeks_running_are_a_week_apart_with_none_lower_between(scores, is_high):
    assert high_for_two_weeks([(before(days), score) for days, score in scores]) is is_high


@given(st.lists(st.tuples(st.integers(0, 40), st.none() | st.floats(0, 74.99))))
def test_scores_below_75_never_point_anywhere(scores):
    days = sorted((before(days), score) for days, score in dict(scores).items())
    assert not high_for_two_weeks(days)
