import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.rates import confint_poisson_2indep, test_poisson_2indep

from disconnect.statistics.rates import rate, ratio

test_poisson_2indep.__test__ = False  # theirs, not one of ours
COUNTS = st.integers(0, 200)
HOURS = st.floats(0.1, 5000)


@pytest.mark.parametrize(
    ("events", "hours", "expected", "digit"),
    [(9, 60, (15.281, 7.422, 27.377), 1e-3), (4, 320, (1.3036, 0.4219, 2.9723), 1e-4)],
)
def test_opportunities_in_a_hundred_hours(events, hours, expected, digit):
    found = rate(events, hours / 100)
    assert (found.rate, found.low, found.high) == pytest.approx(expected, abs=digit / 2)


def test_no_event_does_not_make_the_rate_certain():
    found = rate(0, 3.20)
    assert found.high == pytest.approx(0.78498, abs=5e-6)
    assert found.low == 0
    assert found.rate > 0


def test_nine_in_60_hours_against_four_in_320_as_r_has_it():
    found = ratio(9, 60, 4, 320)
    assert found.exact_low == pytest.approx(3.3491772, abs=5e-8)
    assert found.exact_high == pytest.approx(53.3260396, abs=5e-8)
    assert found.p_value == pytest.approx(2.36638e-05, abs=5e-11)
    assert found.ratio_median == pytest.approx(11.7216, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((3.9094, 41.4717), abs=5e-5)
    assert found.p_greater == pytest.approx(0.9999933, abs=5e-8)


@pytest.mark.parametrize(
    ("counts", "plain"), [((9, 60, 4, 320), 12), ((11, 800, 21, 3011), 1.971488)]
)
def test_statsmodels_finds_the_same_ratio_p_and_much_the_same_interval(counts, plain):
    found = ratio(*counts)
    theirs = test_poisson_2indep(*counts, method="exact-cond")
    assert theirs.ratio == pytest.approx(plain, abs=5e-7)
    assert found.p_value == pytest.approx(theirs.pvalue)
    low, high = confint_poisson_2indep(*counts, method="score")
    assert found.exact_low < low < plain < high < found.exact_high  # exact ones are wider
    assert (found.low, found.high) == pytest.approx((low, high), rel=0.15)


def test_rs_documented_example_of_two_poisson_rates():
    found = ratio(11, 800, 21, 3011)
    assert found.p_value == pytest.approx(0.07967, abs=5e-6)
    assert found.exact_low == pytest.approx(0.8584264, abs=5e-8)
    assert found.exact_high == pytest.approx(4.2772659, abs=5e-8)


def test_none_on_either_side_says_nothing():
    found = ratio(0, 60, 0, 320)
    assert np.isnan([found.exact_low, found.exact_high]).all()
    assert found.p_value == 1
    assert found.low < 1 < found.high


def test_none_on_one_side_leaves_its_end_open():
    assert ratio(3, 60, 0, 320).exact_high == np.inf
    assert ratio(0, 60, 3, 320).exact_low == 0


@pytest.mark.parametrize("hours", [0, -1, float("nan"), float("inf")])
def test_without_exposure_there_is_no_rate(hours):
    with pytest.raises(ValueError, match="exposure over 0"):
        rate(3, hours)
    with pytest.raises(ValueError, match="exposure over 0"):
        ratio(3, 60, 0, hours)


def test_fewer_than_no_events_are_refused():
    with pytest.raises(ValueError, match="fewer than none"):
        rate(-1, 10)


@given(COUNTS, HOURS)
def test_the_rate_lies_inside_its_interval_and_scales_with_time(events, hours):
    found = rate(events, hours)
    assert found.low < found.rate < found.high
    assert rate(events, hours * 2).high == pytest.approx(found.high / 2)


@given(COUNTS, HOURS, COUNTS, HOURS)
def test_turning_the_question_round_turns_the_answer_round(k1, t1, k2, t2):
    one, other = ratio(k1, t1, k2, t2), ratio(k2, t2, k1, t1)
    assert one.ratio_median * other.ratio_median == pytest.approx(1)
    assert one.low * other.high == pytest.approx(1)
    assert one.p_greater + other.p_greater == pytest.approx(1)
    assert one.p_value == pytest.approx(other.p_value)


def test_the_interval_holds_the_truth_as_often_as_it_says(rng):
    """Jeffreys' interval covers close to 95 % on average over true rates."""
    truth = rng.uniform(1, 20, size=1500)
    held = 0
    for mean, seen in zip(truth, rng.poisson(truth), strict=True):
        found = rate(int(seen), 1)
        held += found.low <= mean <= found.high
    assert 0.93 <= held / len(truth) <= 0.97
