import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disconnect.analysis.load import components
from disconnect.pipeline.load import index, inputs, scoring, smoothing, uncertainty
from disconnect.settings import Settings

COMPONENTS = components(Settings())
KNOWN = {
    "online_hours": 13,
    "long_day_share": 0.6,
    "late_night_hours": 1.5,
    "rest_window_hours": 6,
    "unbroken_share": 0.5,
    "broadcast_share": 0.6,
    "in_person_hours": 0.1,
    "outing_share": 1 / 7,
    "support_per_week": 0,
    "days_since_met": 6,
    "people_met_14d": 1,
}
SIZE = 60
INDEX = pd.date_range("2026-01-01", periods=SIZE, name="day")


def scored(**changed):
    row = np.array([float((KNOWN | changed)[name]) for name in inputs.INPUTS])
    value, parts = scoring.score(row, COMPONENTS)
    return float(value), parts


def test_the_known_answer():
    value, parts = scored()
    assert round(value, 2) == 82.44
    assert parts.sum() == pytest.approx(value)


def test_each_strain_of_the_known_answer():
    strains = {
        c.name: round(float(c.strain(np.array(float(KNOWN[c.name])))), 4) for c in COMPONENTS
    }
    assert list(strains.values()) == [1, 1, 0.7143, 0.6667, 0.5, 0.5, 0.9, 0.75, 1, 0.8333, 0.8]


def test_without_outings_and_support():
    value, parts = scored(outing_share=np.nan, support_per_week=np.nan)
    assert round(value, 2) == 81.81
    assert np.isnan(parts).sum() == 2


def test_below_three_fifths_of_the_weight_there_is_no_index():
    missing = dict.fromkeys(
        ("online_hours", "long_day_share", "late_night_hours", "rest_window_hours"), np.nan
    )
    assert np.isnan(scored(**missing)[0])
    missing.pop("rest_window_hours")
    assert not np.isnan(scored(**missing)[0])


@pytest.mark.filterwarnings("error")
def test_where_every_weight_is_nought_there_is_no_index():
    nothing = [dataclasses.replace(one, weight=0.0) for one in COMPONENTS]
    rng = np.random.default_rng(1)
    found = index.load(daily(), np.zeros(SIZE), {"now": SIZE - 1}, nothing, 7, rng).loc["now"]
    assert np.isnan(found[["load", "low", "high"]].astype(float)).all()


@given(st.lists(st.floats(0, 24), min_size=11, max_size=11))
def test_it_lies_between_nothing_and_a_hundred(row):
    value, parts = scoring.score(np.array(row), COMPONENTS)
    assert -1e-9 <= value <= 100 + 1e-9
    assert parts.sum() == pytest.approx(float(value))


def daily(**columns):
    frame = pd.DataFrame({name: [float(KNOWN[name])] * SIZE for name in inputs.INPUTS}, INDEX)
    for name, values in columns.items():
        frame[name] = values
    return frame


def last(frame, unseen=None, seed=1):
    nothing = np.zeros(SIZE) if unseen is None else unseen
    rng = np.random.default_rng(seed)
    return index.load(frame, nothing, {"now": SIZE - 1}, COMPONENTS, 7, rng).loc["now"]


def test_a_steady_life_has_the_index_of_each_of_its_days():
    found = last(daily())
    assert found["load"] == pytest.approx(82.44, abs=0.005)
    assert found["low"] < found["load"] < found["high"]
    assert found["covered_days"] == 28


def test_the_last_week_weighs_most():
    hours = np.where(np.arange(SIZE) >= SIZE - 7, 12.0, 3.0)
    window = 0.5 ** (np.arange(28) / 7)
    expected = (window[:7].sum() * 12 + window[7:].sum() * 3) / window.sum()
    assert last(daily(online_hours=hours))["online_hours"] == pytest.approx(expected)


def test_unknown_days_are_left_out_not_counted_as_none():
    hours = np.full(SIZE, 13.0)
    hours[-10:-4] = np.nan
    found = last(daily(online_hours=hours))
    assert found["online_hours"] == pytest.approx(13)
    assert found["covered_days"] == 22


def test_six_covered_days_are_too_few():
    hours = np.full(SIZE, np.nan)
    hours[-6:] = 13
    found = last(daily(online_hours=hours))
    assert np.isnan(found["load"])
    assert found["covered_days"] == 6
    hours[-7] = 13
    assert not np.isnan(last(daily(online_hours=hours))["load"])


def test_hours_nobody_saw_widen_it():
    hours = np.full(SIZE, 6.0)
    unseen = np.zeros(SIZE)
    hours[-8:-1], unseen[-8:-1] = np.nan, 14.0
    narrow, wide = last(daily(online_hours=hours)), last(daily(online_hours=hours), unseen)
    assert wide["high"] > narrow["high"] + 1
    assert wide["load"] == narrow["load"]


def test_the_same_seed_is_the_same_index():
    noisy = daily(online_hours=np.random.default_rng(0).normal(7, 2, SIZE))
    assert last(noisy).equals(last(noisy))


def test_what_was_not_seen_is_at_most_one_of_the_heavy_days():
    days = pd.DataFrame(
        {
            "online_hours": [*np.linspace(1, 10, 10), np.nan, 2.0],
            "covered_hours": [16.0] * 10 + [0.0, 12.0],
        }
    )
    found = inputs.possible(days)
    assert (found[:10] == 0).all()
    known = days["online_hours"].dropna()
    assert found[10] == pytest.approx(np.percentile(known, 90))
    rate = np.percentile(known / days["covered_hours"][known.index], 90)
    assert found[11] == pytest.approx(4 * rate)


def encounters(*rows):
    columns = ["encounter", "day", "person", "channel", "place", "hours", "support"]
    return pd.DataFrame(rows, columns=columns)


def test_inputs_of_days():
    first = INDEX[0].toordinal() - 719163
    met = encounters(
        (1, first, 7, "in_person", "the park", 1.0, None),
        (1, first, 8, "in_person", "the park", 1.0, None),
        (2, first + 1, 7, "in_person", "Home", 1.0, "received"),
        (3, first + 20, 9, "call", None, 1.0, "received"),
    )
    days = pd.DataFrame(
        {
            "online_hours": [12.0, 6.0, 0.0, *[np.nan] * (SIZE - 3)],
            "broadcast_hours": [6.0, 6.0, 0.0, *[np.nan] * (SIZE - 3)],
            "in_person_hours": [1.0] * (SIZE - 1) + [np.nan],
            "days_since_met": np.arange(SIZE, dtype=float),
        },
        INDEX,
    )
    rhythm = pd.DataFrame(
        {"late_night_hours": 1.0, "rest_window_hours": 8.0, "unbroken_share": 0.5}, INDEX
    )
    found = inputs.inputs(days, rhythm, met, home=frozenset({"home"}))
    assert found["long_day_share"].iloc[:3].tolist() == [1, 0, 0]
    assert found["broadcast_share"].iloc[:2].tolist() == [0.5, 1]
    assert np.isnan(found["broadcast_share"].iloc[2])
    assert found["outing_share"].iloc[:2].tolist() == [1, 0]
    assert found["support_per_week"].iloc[[1, 20]].tolist() == [7, 7]
    assert found["people_met_14d"].iloc[[6, 13, 14, 15]].tolist() == [2, 2, 1, 0]
    assert np.isnan(found["people_met_14d"].iloc[5])
    assert found.iloc[-1][["in_person_hours", "outing_share", "people_met_14d"]].isna().all()


def test_support_that_somebody_never_notes_is_unknown():
    first = INDEX[0].toordinal() - 719163
    days = pd.DataFrame(
        {
            "online_hours": 4.0,
            "broadcast_hours": 1.0,
            "in_person_hours": 1.0,
            "days_since_met": 0.0,
        },
        INDEX,
    )
    rhythm = pd.DataFrame(
        {"late_night_hours": 1.0, "rest_window_hours": 8.0, "unbroken_share": 0.5}, INDEX
    )
    rows = [(n, first + n, 7, "in_person", "the park", 1.0, None) for n in range(SIZE)]
    never = inputs.inputs(days, rhythm, encounters(*rows), home=frozenset())
    assert never["support_per_week"].isna().all()
    given = (99, first + 3, 7, "in_person", "the park", 1.0, "given")
    noted = inputs.inputs(days, rhythm, encounters(*rows, given), home=frozenset())
    assert (noted["support_per_week"] == 0).all()


def test_who_may_have_been_met_on_unknown_days_is_not_nobody():
    first = INDEX[0].toordinal() - 719163
    hours = np.array([1.0] * 20 + [np.nan] * 8 + [0.0] * (SIZE - 28))
    days = pd.DataFrame(
        {
            "online_hours": 4.0,
            "broadcast_hours": 1.0,
            "in_person_hours": hours,
            "days_since_met": np.maximum(np.arange(SIZE) - 19, 0),
        },
        INDEX,
    )
    met = encounters(*((n, first + n, n, "in_person", None, 1.0, None) for n in range(20)))
    rhythm = pd.DataFrame(
        {"late_night_hours": 1.0, "rest_window_hours": 8.0, "unbroken_share": 0.5}, INDEX
    )
    found = inputs.inputs(days, rhythm, met, home=frozenset())
    assert found["days_since_met"].iloc[[19, 28, 29, 40]].tolist() == [0, 1, 2, 13]
    assert found["people_met_14d"].iloc[[19, 34]].tolist() == [14, 0]
    assert np.isnan(found["people_met_14d"].iloc[[28, 33]]).all()


def test_a_meeting_of_today_is_as_much_chance_as_the_hours_are():
    rng = np.random.default_rng(2)
    ends = {"online_hours": 15, "late_night_hours": 4, "rest_window_hours": 12}
    restless = {name: rng.choice([0.0, most], SIZE) for name, most in ends.items()}
    weekly = (np.arange(SIZE) - (SIZE - 1)) % 7  # 0 on the last day
    every_day = last(daily(**restless, days_since_met=0.0))
    today = last(daily(**restless, days_since_met=weekly))
    assert today["load"] == every_day["load"]
    assert today["high"] > every_day["high"] + 2


def test_days_that_were_not_logged_leave_the_last_one_as_it_is():
    once = np.full(SIZE, np.nan)
    once[-1] = 6.0
    only, always = last(daily(days_since_met=once)), last(daily(days_since_met=6.0))
    assert only.drop("days_since_met").equals(always.drop("days_since_met"))


def test_smoothed_days_are_what_an_index_of_each_day_stands_on():
    rng = np.random.default_rng(3)
    frame = daily(
        online_hours=np.where(rng.random(SIZE) < 0.2, np.nan, rng.normal(7, 2, SIZE)),
        days_since_met=np.arange(SIZE) % 5,
    )
    every = {str(n): n for n in range(SIZE)}
    found = index.load(frame, np.zeros(SIZE), every, COMPONENTS, 7, rng)
    smooth = smoothing.smoothed(frame, 7)
    assert smooth.index.equals(frame.index)
    np.testing.assert_allclose(smooth.to_numpy(), found[list(inputs.INPUTS)].to_numpy())


@pytest.mark.parametrize("unknown", [1, 6])
def test_what_stood_on_the_last_known_day_stands_for_a_few_unknown_ones(unknown):
    since, people = np.full(SIZE, 6.0), np.full(SIZE, 1.0)
    since[-unknown:] = people[-unknown:] = np.nan
    found = last(daily(days_since_met=since, people_met_14d=people))
    pd.testing.assert_series_equal(found, last(daily()))


def test_what_stood_a_week_ago_says_nothing_of_now():
    since = np.full(SIZE, 6.0)
    since[-7:] = np.nan
    found = last(daily(days_since_met=since))
    assert np.isnan(found["days_since_met"])
    assert np.isnan(found["days_since_met_contribution"])
    assert not np.isnan(found["load"])


@pytest.mark.parametrize("silent", [16, 20, 28])
def test_a_part_of_which_nothing_was_logged_of_late_is_unknown_not_none(silent):
    logged = ["in_person_hours", "outing_share", "support_per_week", *inputs.STATES]
    days = daily()
    days.loc[INDEX[-silent:], logged] = np.nan
    found = last(days)
    assert found[logged].isna().all()
    assert found["load"] == pytest.approx(last(daily(**dict.fromkeys(logged, np.nan)))["load"])
    assert found["covered_days"] == 28
    assert found["in_person_hours_days"] == 28 - silent


def test_a_part_that_is_known_now_and_then_is_known():
    hours = np.where(np.arange(SIZE) % 4 == 3, 0.1, np.nan)
    assert last(daily(in_person_hours=hours))["in_person_hours"] == pytest.approx(0.1)


def test_hours_nobody_saw_are_no_part_where_hours_online_are_none():
    hours = np.full(SIZE, np.nan)
    hours[-28:-20] = 13.0
    found = last(daily(online_hours=hours, long_day_share=hours * 0), np.full(SIZE, 14.0))
    assert np.isnan(found["online_hours"])
    assert found["low"] <= found["load"] <= found["high"]


@settings(deadline=None, max_examples=120)
@given(
    st.integers(0, 100_000),
    st.integers(1, 70),
    st.sampled_from([0.0, 0.2, 0.6, 0.9]),
    st.sampled_from([0.0, 0.1, 1.0, 3.0]),
)
def test_the_estimate_lies_inside_its_interval(seed, size, missing, scale):
    """At the ends of the scale, too, and whatever is missing."""
    rng = np.random.default_rng(seed)
    days = pd.DataFrame(
        {name: scale * abs(KNOWN[name] + 1) * rng.random(size) for name in inputs.INPUTS},
        index=pd.date_range("2026-01-01", periods=size),
    )
    days = days.mask(rng.random(days.shape) < missing)
    unseen = 14 * rng.random(size) * (rng.random(size) < missing)
    ends = {str(n): n for n in range(size)}
    found = index.load(days, unseen, ends, COMPONENTS, 7.0, np.random.default_rng(seed))
    told = found.dropna(subset=["load"])
    assert (told["low"] <= told["load"]).all()
    assert (told["load"] <= told["high"]).all()
    assert ((told["low"] >= 0) & (told["high"] <= 100 + 1e-9)).all()
    assert found.loc[found["load"].isna(), ["low", "high"]].isna().all(axis=None)
    parts = told[[f"{name}_contribution" for name in inputs.INPUTS]]
    assert parts.sum(axis=1).to_numpy() == pytest.approx(told["load"].to_numpy())


def test_resampled_ends_reach_as_far_as_blocks_of_days_and_few_days_ask():
    draws = 50 + np.linspace(-10, 10, 401)[None]
    low, high = uncertainty.stretched(np.array([50.0]), draws, np.ones(28))
    # Percentiles 9.5 off; Student's t of 27 degrees over the normal; seven of 28 days a block.
    reach = 9.5 * 2.051831 / 1.959964 / np.sqrt(1 - 7 / 28)
    assert (float(low[0]), float(high[0])) == pytest.approx((50 - reach, 50 + reach), rel=1e-5)
