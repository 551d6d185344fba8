import numpy as np
import pandas as pd
import pytest

from disconnect.pipeline.withdrawal import changes, now, watch


def lived(in_person, online=None, first="2026-01-05"):
    index = pd.date_range(first, periods=len(in_person), name="day")
    online = np.full(len(in_person), 5.0) if online is None else online
    return pd.DataFrame({"in_person_hours": in_person, "online_hours": online}, index)


@pytest.mark.parametrize("seed", range(6))
def test_a_change_of_level_is_found_near_its_day(seed):
    rng = np.random.default_rng(seed)
    level = np.where(np.arange(200) < 120, 1.4, 0.4)
    found = changes(lived(np.clip(rng.normal(level, 0.5), 0, None)))
    assert found["measure"].tolist() == ["in_person_hours"]
    day = (found["day"].iloc[0] - pd.Timestamp("2026-01-05")).days
    assert abs(day - 120) <= 4
    assert found["before"].iloc[0] > 2 * found["after"].iloc[0]


@pytest.mark.parametrize("seed", range(6))
def test_a_level_that_stays_has_no_change(seed):
    rng = np.random.default_rng(seed)
    assert changes(lived(rng.normal(1, 0.3, 200), rng.normal(6, 1, 200))).empty


def test_unknown_days_are_left_out_not_taken_for_none():
    hours = np.full(120, 1.0) + np.tile([0.1, -0.1], 60)
    hours[40:80] = np.nan
    assert changes(lived(hours)).empty
    hours[40:80] = 0
    assert len(changes(lived(hours))) == 2


def test_means_count_their_known_days():
    hours = np.concatenate([np.full(60, 2.0), np.full(60, 0.5)]) + np.tile([0.05, -0.05], 60)
    hours[10:20] = np.nan
    (row,) = changes(lived(hours)).itertuples()
    assert (row.before_days, row.after_days) == (50, 60)
    assert row.before == pytest.approx(2)


def test_less_than_four_weeks_are_too_few():
    assert changes(lived(np.repeat([2.0, 0.1], 13))).empty


def test_the_watch_rises_when_people_get_fewer_and_comes_down_when_they_are_back():
    rng = np.random.default_rng(3)
    level = np.concatenate([np.full(84, 1.2), np.full(70, 0.1), np.full(140, 1.4)])
    found = watch(lived(rng.normal(level, 0.3)))
    person = found[found["measure"] == "in_person_hours"].reset_index(drop=True)
    assert not person["alarm"].iloc[:12].any()
    assert person["alarm"].iloc[15:20].all()
    assert person["cusum"].max() <= 10
    assert not person["alarm"].iloc[-5:].any()
    online = found[found["measure"] == "online_hours"]
    assert not online["alarm"].any()


def test_more_people_and_less_online_raise_no_watch():
    rng = np.random.default_rng(4)
    more = np.concatenate([np.full(84, 0.5), np.full(100, 2.5)]) + rng.normal(0, 0.1, 184)
    less = np.concatenate([np.full(84, 9.0), np.full(100, 2.0)]) + rng.normal(0, 0.1, 184)
    assert not watch(lived(more, less))["alarm"].any()


def test_weeks_with_few_known_days_add_nothing_and_eight_weeks_are_no_watch():
    assert watch(lived(np.full(56, 1.0))).empty
    hours = np.full(84, 1.0) + np.tile([0.1, -0.1], 42)
    hours[70:74] = np.nan
    found = watch(lived(hours))
    person = found[found["measure"] == "in_person_hours"].set_index("week")["mean"]
    assert np.isnan(person.iloc[10])
    assert not np.isnan(person.iloc[11])


def test_how_it_stands_is_of_the_last_known_day():
    days = lived(np.array([1.0, 0.0, 0.0, np.nan])).assign(days_since_met=[0.0, 1.0, 2.0, 3.0])
    found = now(days, np.array([3.0, 3.0, 2.0, np.nan]), np.array([1.0, 0.0, np.nan, np.nan]))
    assert found == {
        "days_since_met": 2,
        "unknown_days_since_met": 0,
        "people_met_14d": 2,
        "outings_14d": 1,
        "known_days_14d": 2,
    }


def test_how_many_of_the_days_since_a_meeting_are_unknown_is_told():
    hours = [1.0, np.nan, np.nan, 0.0, np.nan]
    days = lived(np.array(hours)).assign(days_since_met=np.arange(5.0))
    found = now(days, np.ones(5), np.zeros(5))
    assert (found["days_since_met"], found["unknown_days_since_met"]) == (3, 2)
    before = days.assign(days_since_met=np.arange(5.0) + 30)
    assert now(before, np.ones(5), np.zeros(5))["unknown_days_since_met"] == 2


def test_nothing_logged_is_not_known():
    days = lived(np.full(3, np.nan)).assign(days_since_met=np.nan)
    assert np.isnan(list(now(days, np.zeros(3), np.full(3, np.nan)).values())).all()
