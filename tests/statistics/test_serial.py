import numpy as np
import pytest
import statsmodels.api
from scipy import stats
from statsmodels.regression.linear_model import OLS

from disconnect.statistics.serial import ar1, day_after, lagged, newey_west, with_ar1

NAN = float("nan")


def autoregressive(rng, n, rho):
    values = rng.normal(size=n + 50)
    for at in range(1, n + 50):
        values[at] += rho * values[at - 1]
    return values[50:]


@pytest.mark.parametrize(("adjusted", "error"), [(False, 0.0071046505), (True, 0.0071782758)])
def test_lake_huron_falls_with_newey_wests_errors(lake_huron, adjusted, error):
    year, feet = lake_huron
    found = newey_west(feet, year, 4, adjusted=adjusted)
    assert found.coefficients[1] == pytest.approx(-0.024201111, abs=5e-10)
    assert found.errors[1] == pytest.approx(error, abs=5e-11)


def test_errors_reach_not_across_a_gap(lake_huron):
    year, feet = lake_huron
    split = np.insert(feet, 80, [NAN] * 4), np.insert(year, 80, [NAN] * 4)
    assert newey_west(*split, 4).coefficients == pytest.approx(
        newey_west(feet, year, 4).coefficients
    )
    halves = newey_west(*split, 4).errors
    assert halves[1] != pytest.approx(newey_west(feet, year, 4).errors[1], rel=1e-4)
    wider = np.insert(feet, 80, [NAN] * 40), np.insert(year, 80, [NAN] * 40)
    assert newey_west(*wider, 4).errors == pytest.approx(halves)


def test_rs_lh_is_a_first_order_autoregression(lh):
    found = ar1(lh)
    assert found.rho == pytest.approx(0.57393, abs=1e-5)
    assert found.mean == pytest.approx(2.41329, abs=1e-5)
    assert found.loglik == pytest.approx(-29.38, abs=0.005)


def test_missing_values_of_lh_are_bridged(lh):
    lh[9:14] = lh[29] = NAN
    found = ar1(lh)
    assert found.n == 42
    assert found.rho == pytest.approx(0.61621, abs=1e-5)
    assert found.mean == pytest.approx(2.49223, abs=1e-5)
    assert found.loglik == pytest.approx(-24.71, abs=0.005)


def test_the_regression_is_the_one_the_textbook_has(rng):
    x, y = autoregressive(rng, 60, 0.5), autoregressive(rng, 60, 0.5)
    design = statsmodels.api.add_constant(np.column_stack([x[1:], x[:-1], y[:-1]]))
    plain = statsmodels.api.OLS(y[1:], design).fit()
    found = lagged(y, x)
    assert found.n == 59
    assert found.coefficient == pytest.approx(plain.params[1])
    assert (found.low, found.high) == pytest.approx(tuple(plain.conf_int()[1]))
    assert found.p == pytest.approx(plain.pvalues[1])
    left = [
        v - design[:, [0, 2, 3]] @ np.linalg.lstsq(design[:, [0, 2, 3]], v, rcond=None)[0]
        for v in (x[1:], y[1:])
    ]
    assert found.r == pytest.approx(np.corrcoef(left)[0, 1])


def test_the_day_after_is_the_regression_the_textbook_has(rng):
    x, y = autoregressive(rng, 60, 0.5), autoregressive(rng, 60, 0.5)
    design = np.column_stack([np.ones(58), y[1:-1], x[2:], x[1:-1], x[:-2]])
    plain = statsmodels.api.OLS(y[2:], design).fit()
    given, beyond = day_after(y, x)
    assert given.n == beyond.n == 58
    assert given.coefficient == pytest.approx(plain.params[3])
    assert (given.low, given.high) == pytest.approx(tuple(plain.conf_int()[3]))
    rho, today = plain.params[1], plain.params[2]
    assert beyond.coefficient == pytest.approx(plain.params[3] + rho * today)
    gradient = np.array([0, today, rho, 1, 0])
    error = np.sqrt(gradient @ plain.cov_params() @ gradient)
    assert beyond.high - beyond.coefficient == pytest.approx(error * 2.00575, rel=1e-4)


def test_the_trace_of_one_day_alone_is_seen_through(rng):
    x = autoregressive(rng, 4000, 0.0)
    given, beyond = day_after(-0.5 * x + autoregressive(rng, 4000, 0.6), x)
    assert given.coefficient == pytest.approx(0.3, abs=0.06)  # minus rho times b
    assert beyond.low < 0 < beyond.high


@pytest.mark.parametrize("method", [lagged, with_ar1])
@pytest.mark.parametrize("lag", [0, 1, 2])
def test_an_effect_is_found_at_its_own_lag(rng, method, lag):
    x = autoregressive(rng, 400, 0.5)
    y = -0.5 * np.concatenate([np.zeros(lag), x])[:400] + autoregressive(rng, 400, 0.4)
    found = method(y, x, lag)
    assert found.low < -0.5 < found.high < 0
    assert found.p < 1e-6
    assert found.r < 0


@pytest.mark.parametrize("method", [lagged, with_ar1])
def test_days_nobody_recorded_are_left_out_and_not_made_up(rng, method):
    x = autoregressive(rng, 300, 0.5)
    y = 0.4 * x + autoregressive(rng, 300, 0.5)
    y[rng.random(300) < 0.2] = x[rng.random(300) < 0.2] = NAN
    found = method(y, x)
    assert found.low < 0.4 < found.high
    whole = ~np.isnan(y) & ~np.isnan(x)
    assert found.n == (whole[1:] & whole[:-1]).sum() if method is lagged else whole.sum()


def test_with_gaps_the_likelihood_keeps_more_days(rng):
    x, y = rng.normal(size=(2, 60))
    x[::4] = NAN
    assert with_ar1(y, x).n == 45
    assert lagged(y, x).n == 30


def test_nothing_is_said_of_few_days_or_a_constant():
    some = [1.0, 2, 4, 3, 5, 7]
    with pytest.raises(ValueError, match="5 complete days are too few"):
        lagged(some, some)
    with pytest.raises(ValueError, match="too few"):
        ar1([1.0, NAN, 2])
    with pytest.raises(ValueError, match="x is the same on all"):
        lagged(np.arange(20.0), np.ones(20))
    with pytest.raises(ValueError, match="cannot be told apart"):
        lagged(np.arange(20.0), np.arange(20.0))
    with pytest.raises(ValueError, match="differ in length: 3 and 6"):
        with_ar1(some[:3], some)


def test_unrelated_series_look_related_in_no_more_than_7_of_100(rng):
    trials = 1000
    wrong = sum(
        lagged(autoregressive(rng, 90, 0.5), autoregressive(rng, 90, 0.5)).p < 0.05
        for _ in range(trials)
    )
    assert 0.025 <= wrong / trials <= 0.07


def test_regression_that_takes_days_for_independent_is_wrong_far_too_often(rng):
    """Published by simulation: 13.6 % by least squares, 9.9 % with HAC errors, where 5 are meant."""
    trials = 1000
    wrong = np.zeros(2)
    for _ in range(trials):
        x, y = autoregressive(rng, 90, 0.5), autoregressive(rng, 90, 0.5)
        slope = newey_west(y, x, 3)
        hac = 2 * stats.t.sf(abs(slope.coefficients[1] / slope.errors[1]), 88)
        wrong += stats.linregress(x, y).pvalue < 0.05, hac < 0.05
    # Three standard errors of 1000 trials on either side.
    assert wrong / trials == pytest.approx([0.136, 0.099], abs=0.033)


def test_the_slope_is_that_of_ordinary_least_squares(rng):
    x, noise = rng.normal(size=(2, 80))
    y = 3 + 0.4 * x + noise
    found = lagged(y, x)
    before = np.column_stack([x[1:], np.ones(79), x[:-1], y[:-1]])
    theirs = OLS(y[1:], before).fit()
    assert found.coefficient == pytest.approx(theirs.params[0])
    assert (found.low, found.high) == pytest.approx(tuple(theirs.conf_int()[0]))
    assert found.p == pytest.approx(theirs.pvalues[0])
