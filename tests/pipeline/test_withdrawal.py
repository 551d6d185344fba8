import numpy as np
import pandas as pd
import pytest

from disconnect.pipeline.withdrawal.standing import now
from disconnect.pipeline.withdrawal.turning import changes, grounds
from disconnect.pipeline.withdrawal.watching import _alike, watch


def lived(in_person, online=None, first="2026-01-05"):
    index = pd.date_range(first, periods=len(in_person), name="day")
    online = np.full(len(in_person), 5.0) if online is None else online
    return pd.DataFrame({"in_person_hours": in_person, "online_hours": online}, index)


def near_twenty_weeks(day):
    return pd.Timestamp("2026-05-11") <= day <= pd.Timestamp("2026-06-08")


def shared(seed, level, share=0.55, size=None):
    """Hours of days with people on a share of days; `level` may differ from day to day."""
    rng = np.random.default_rng(seed)
    size = size or len(level)
    return np.where(rng.random(size) < share, level * np.exp(0.5 * rng.normal(size=size)), 0.0)


@pytest.mark.parametrize("seed", range(4))
def test_meetings_half_as_long_are_dated_and_told_as_that(seed):
    hours = shared(seed, np.where(np.arange(280) < 140, 1.6, 0.6))
    found = changes(lived(hours)).set_index("measure")
    assert set(found.index) == {"in_person_hours", "hours_per_met_day"}
    long = found.loc["hours_per_met_day"]
    assert near_twenty_weeks(long["day"])
    assert long["earliest"] <= long["day"] <= long["latest"]
    assert long["after_high"] < long["before_low"]
    assert long["before"] == pytest.approx(1.6, rel=0.2)


@pytest.mark.parametrize("seed", range(4))
def test_fewer_meetings_are_told_as_that(seed):
    share = np.where(np.arange(280) < 140, 0.7, 0.2)
    found = changes(lived(shared(seed, np.full(280, 1.0), share))).set_index("measure")
    assert set(found.index) == {"in_person_hours", "met_days_per_week"}
    often = found.loc["met_days_per_week"]
    assert near_twenty_weeks(often["day"])
    assert often["after"] == pytest.approx(7 * 0.2, abs=0.7)


def test_nobody_met_at_all_leaves_an_interval_above_none():
    share = np.where(np.arange(280) < 140, 0.7, 0.0)
    found = changes(lived(shared(1, np.full(280, 1.0), share))).set_index("measure")
    total = found.loc["in_person_hours"]
    assert total["after"] == 0
    assert 0 < total["after_high"] < 0.2
    assert "hours_per_met_day" not in found.index


@pytest.mark.parametrize("seed", range(6))
def test_a_level_that_stays_has_no_change(seed):
    rng = np.random.default_rng(seed + 50)
    assert changes(lived(shared(seed, np.full(200, 1.0)), rng.normal(6, 1, 200))).empty


@pytest.mark.parametrize("at", [10, 100, 200, 255])
@pytest.mark.parametrize("seed", range(2))
def test_twelve_full_days_of_holiday_are_no_change_of_level(at, seed):
    hours = shared(seed, np.full(280, 1.0))
    hours[at : at + 12] = 10.0
    for weeks in range(14, 41, 2):
        assert changes(lived(hours[: 7 * weeks])).empty, weeks


def test_a_holiday_does_not_count_in_the_level_before_a_change():
    hours = shared(3, np.where(np.arange(280) < 140, 1.6, 0.6))
    plain = changes(lived(hours)).set_index("measure").loc["in_person_hours"]
    hours[60:72] = 10.0
    found = changes(lived(hours)).set_index("measure").loc["in_person_hours"]
    assert found["before"] == pytest.approx(plain["before"], rel=0.1)
    assert found["before_days"] < plain["before_days"]


def test_the_answer_is_the_same_on_every_day_of_a_fortnight_but_for_its_levels():
    hours = shared(2, np.where(np.arange(400) < 140, 1.6, 0.6))
    told = [changes(lived(hours[:size])) for size in range(350, 364)]
    assert all(len(one) for one in told)
    assert len({tuple(one["day"]) for one in told}) <= 2


def test_one_look_alone_tells_nothing():
    hours = shared(4, np.where(np.arange(280) < 140, 1.6, 0.6))
    sizes = [size for size in range(140, 280, 7) if len(changes(lived(hours[:size])))]
    assert sizes
    assert sizes[0] >= 140 + 35  # four weeks, and a look later


def test_unknown_days_are_left_out_not_taken_for_none():
    hours = shared(5, np.full(280, 1.0), 0.8)
    hours[120:220] = np.nan
    assert changes(lived(hours)).empty
    hours[120:220] = 0
    assert len(changes(lived(hours))["day"].unique()) == 2


def test_levels_count_their_known_days():
    hours = shared(6, np.where(np.arange(280) < 140, 2.0, 0.5), 0.9)
    hours[10:20] = np.nan
    days = lived(hours)
    row = changes(days).set_index("measure").loc["in_person_hours"]
    at = int(days.index.searchsorted(row["day"]))
    assert (row["before_days"], row["after_days"]) == (at - 10, 280 - at)


def test_what_a_change_stands_on_is_counted():
    assert grounds(lived(np.full(60, np.nan)))["in_person_weeks"] == 0
    hours = np.tile([1.0, 0, 0, 0, 0, 0, 0], 20)
    found = grounds(lived(hours))
    assert found["met_share"] == pytest.approx(1 / 7)
    assert 18 <= found["in_person_weeks"] <= 20
    assert changes(lived(np.repeat([2.0, 0.1], 45))).empty  # not yet fourteen weeks


def test_no_days_are_no_change():
    assert changes(lived([])).empty
    assert changes(lived(np.full(200, np.nan), np.full(200, np.nan))).empty


def test_the_watch_rises_when_people_get_fewer_and_comes_down_when_they_are_back():
    rng = np.random.default_rng(3)
    level = np.concatenate([np.full(140, 1.2), np.full(84, 0.4), np.full(280, 1.4)])
    share = np.concatenate([np.full(140, 0.7), np.full(84, 0.2), np.full(280, 0.8)])
    found = watch(lived(shared(3, level, share), rng.normal(6, 1, 504)))
    person = found[found["measure"] == "in_person_hours"].reset_index(drop=True)
    assert not person["alarm"].iloc[:20].any()
    assert person["alarm"].iloc[26:30].all()
    assert person["cusum"].max() <= 10
    assert not person["alarm"].iloc[-5:].any()
    online = found[found["measure"] == "online_hours"]
    assert not online["alarm"].any()


def test_more_people_and_less_online_raise_no_watch():
    rng = np.random.default_rng(4)
    more = np.concatenate([np.full(84, 0.5), np.full(100, 2.5)]) + rng.normal(0, 0.1, 184)
    less = np.concatenate([np.full(84, 9.0), np.full(100, 2.0)]) + rng.normal(0, 0.1, 184)
    assert not watch(lived(more, less))["alarm"].any()


def test_a_day_more_or_less_of_a_regular_week_raises_no_watch():
    weeks = np.tile([0.0, 0, 0, 0, 0, 2.0, 2.0], 40)
    weeks[140::14] = 2.0
    weeks[201] = 0
    assert not watch(lived(weeks))["alarm"].any()


def test_weeks_with_few_known_days_add_nothing_and_eight_weeks_are_no_watch():
    assert watch(lived(np.full(56, 1.0))).empty
    hours = np.full(84, 1.0) + np.tile([0.1, -0.1], 42)
    hours[70:74] = np.nan
    found = watch(lived(hours))
    person = found[found["measure"] == "in_person_hours"].set_index("week")["mean"]
    assert np.isnan(person.iloc[10])
    assert not np.isnan(person.iloc[11])


def test_a_week_that_is_not_over_waits():
    hours = np.full(100, 1.0) + np.tile([0.1, -0.1], 50)
    assert watch(lived(hours))["week"].max() == pd.Timestamp("2026-01-05") + pd.Timedelta(days=91)


def test_how_alike_weeks_are_follows_from_days():
    rng = np.random.default_rng(3)
    days = np.zeros(70_000)
    for at in range(1, len(days)):
        days[at] = 0.5 * days[at - 1] + rng.normal()
    sums = days.reshape(-1, 7).sum(axis=1)
    index = pd.date_range("1990-01-01", periods=len(days))
    by_days = _alike(days, index, index[-1:])
    assert by_days[0] == pytest.approx(np.corrcoef(sums[1:], sums[:-1])[0, 1], abs=0.03)


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
