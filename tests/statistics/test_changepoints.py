from itertools import pairwise

import numpy as np
import pytest
import ruptures
import statsmodels.datasets
from hypothesis import given, settings
from hypothesis import strategies as st

from disconnect.statistics.changepoints import breaks, cusum

# Montgomery, Introduction to Statistical Quality Control, table 9.1: the mean shifts by 1 after 20.
MONTGOMERY = [
    *(9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34),
    *(9.03, 11.47, 10.51, 9.40, 10.08, 9.37, 10.62, 10.31, 8.52, 10.84),
    *(10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52),
]
GAPPY = st.lists(st.floats(-5, 5) | st.just(float("nan")), max_size=60)


@pytest.fixture(scope="module")
def nile():
    return statsmodels.datasets.nile.load_pandas().data["volume"].to_numpy()


@pytest.mark.parametrize("penalty", [2, 3, 4])
def test_the_nile_fell_after_28_years(nile, penalty):
    assert breaks(nile, penalty) == [28]
    assert nile[:28].mean() == 1097.75
    assert nile[28:].mean() == pytest.approx(849.9722, abs=5e-5)


def test_unknown_days_shift_nothing(nile):
    gaps = np.insert(nile, [5, 28, 28, 60], np.nan)
    (found,) = breaks(gaps)
    assert found == 31  # 28 known values and the three gaps before it
    assert gaps[found] == nile[28]


def test_the_breaks_are_those_of_ruptures(rng):
    for _ in range(40):
        n = int(rng.integers(20, 90))
        series = rng.normal(size=n) + np.repeat(rng.normal(0, 2, 4), n)[::4][:n]
        price = 2 * np.log(n) * series.var()
        plain = ruptures.Pelt(model="l2", min_size=7, jump=1).fit(series).predict(pen=price)
        assert breaks(series, 2) == plain[:-1]


def test_what_never_varies_has_no_break():
    assert breaks([3.0] * 60) == []


def test_noise_alone_is_rarely_broken(rng):
    assert sum(bool(breaks(rng.normal(size=120))) for _ in range(200)) <= 4


@settings(deadline=None)
@given(GAPPY, st.integers(2, 8))
def test_each_regime_has_enough_known_values(values, min_size):
    found = breaks(values, 0.5, min_size)
    known = ~np.isnan(np.array(values, dtype=float))
    edges = [0, *found, len(values)]
    if found:
        assert min(known[a:b].sum() for a, b in pairwise(edges)) >= min_size
        assert known[found].all()


def test_montgomerys_cusum_alarms_at_29_and_dates_it_to_23():
    found = cusum(MONTGOMERY, target=10, sd=1)
    assert found.c_plus[28] == pytest.approx(5.28)
    assert found.n_plus[28] == 7
    assert (found.alarm, found.since, found.direction) == (28, 22, 1)
    assert found.c_plus[:28].max() <= 5
    assert found.c_minus.max() < 5


def test_a_fall_is_the_mirror_of_a_rise():
    fall = cusum([20 - value for value in MONTGOMERY], target=10, sd=1)
    assert (fall.alarm, fall.since, fall.direction) == (28, 22, -1)
    assert fall.c_minus == pytest.approx(cusum(MONTGOMERY, 10, 1).c_plus)


def test_a_week_nobody_recorded_leaves_the_sums_alone():
    gaps = np.insert(np.array(MONTGOMERY), 25, [np.nan, np.nan])
    found = cusum(gaps, 10, 1)
    assert (found.alarm, found.since) == (30, 22)
    assert np.delete(found.c_plus, [25, 26]) == pytest.approx(cusum(MONTGOMERY, 10, 1).c_plus)
    assert found.c_plus[25] == found.c_plus[24]


def test_a_level_that_keeps_raises_no_alarm():
    found = cusum([10.0] * 100, 10, 1)
    assert (found.alarm, found.since, found.direction) == (None, None, 0)


def test_the_sums_are_in_standard_deviations():
    thrice = cusum([3 * value for value in MONTGOMERY], target=30, sd=3)
    assert thrice.c_plus == pytest.approx(cusum(MONTGOMERY, 10, 1).c_plus)


def mean_run(rng, rho, runs=120, length=2500):
    """How many values on average until a rise is told of, where there is none."""
    values, alarms = 0, 0
    for _ in range(runs):
        series = rng.normal(size=length)
        for at in range(1, length):
            series[at] = rho * series[at - 1] + (1 - rho**2) ** 0.5 * series[at]
        over = np.flatnonzero(cusum(series, 0, 1).c_plus > 5)
        values += int(over[0]) + 1 if len(over) else length
        alarms += bool(len(over))
    return values / alarms


def test_days_that_resemble_the_day_before_alarm_far_too_often(rng):
    """Published by simulation: 964 values where they are independent, 113 where they are not."""
    alone = mean_run(rng, 0.0)
    assert 700 < alone < 1300
    assert mean_run(rng, 0.5) < 0.2 * alone


@pytest.mark.parametrize("sd", [0, -1, float("nan")])
def test_without_a_spread_there_is_no_cusum(sd):
    with pytest.raises(ValueError, match="standard deviation over 0"):
        cusum([1, 2], 1, sd)
