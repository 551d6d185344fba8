import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from disconnect.statistics.scales import baseline, ewma, ramp, robust_z

NAN = float("nan")
GAPPY = st.lists(st.floats(-100, 100) | st.just(NAN), min_size=1, max_size=60)


def test_a_day_far_from_its_months_median():
    week = [2, 3, 3, 4, 4, 5, 12]
    median, deviation = baseline(week)
    assert median[-1] == 4
    assert deviation[-1] == pytest.approx(1.482602, abs=5e-7)
    assert robust_z(week)[-1] == pytest.approx(5.395918, abs=5e-7)
    assert np.isnan(robust_z(week)[:-1]).all()  # fewer than seven known days


def test_where_most_days_are_the_same_there_is_nothing_to_measure_by():
    assert np.isnan(robust_z([0.0] * 20 + [5.0])[-1])


@given(GAPPY)
def test_the_window_is_the_last_28_days_of_what_is_known(values):
    median, deviation = baseline(values)
    for end in range(len(values)):
        window = np.array(values[max(0, end - 27) : end + 1])
        known = window[~np.isnan(window)]
        if len(known) >= 7:
            assert median[end] == pytest.approx(np.median(known))
            expected = stats.median_abs_deviation(known, scale="normal")
            assert deviation[end] == pytest.approx(expected)
        else:
            assert np.isnan([median[end], deviation[end]]).all()


def test_after_a_half_life_a_day_weighs_half():
    found = ewma([1.0, *[NAN] * 6, 0.0], 7)
    assert found[-1] == pytest.approx(0.5 / 1.5)
    assert (found[:-1] == 1).all()


def test_unknown_days_before_the_first_known_one_stay_unknown():
    assert np.isnan(ewma([NAN, NAN, 3.0])).tolist() == [True, True, False]


@given(GAPPY)
def test_the_smoothed_day_is_the_weighed_mean_of_the_known_ones(values):
    series = pd.Series(values, dtype=float)
    for end in range(len(values)):
        part = series[: end + 1]
        weights = 0.5 ** ((end - np.arange(end + 1)) / 7) * part.notna()
        found = ewma(values)[end]
        if weights.sum():
            expected = (part.fillna(0) * weights).sum() / weights.sum()
            assert found == pytest.approx(expected, abs=1e-9)
        else:
            assert np.isnan(found)


def test_a_ramp_rises_between_its_ends():
    found = ramp([0, 3, 7.5, 12, 16, NAN], 3, 12)
    assert found[:-1].tolist() == [0, 0, 0.5, 1, 1]
    assert np.isnan(found[-1])


def test_a_ramp_that_does_not_rise_is_refused():
    with pytest.raises(ValueError, match="must rise: 3 to 3"):
        ramp([1], 3, 3)


def test_inputs_are_left_as_they_were():
    values = np.array([1.0, NAN, 3.0] * 10)
    before = values.copy()
    robust_z(values)
    ewma(values)
    ramp(values, 0, 1)
    assert np.array_equal(values, before, equal_nan=True)
