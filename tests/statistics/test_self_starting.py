import numpy as np
import pytest
from scipy.stats import kstest, norm
from scipy.stats import t as student

from disconnect.statistics.changepoints import cusum
from disconnect.statistics.self_starting import FIRST, MOST, scores, summed


def test_a_score_is_that_of_students_t():
    earlier = np.array([3.0, 5, 4, 6, 2, 4, 5, 3])
    (found,) = scores([*earlier, 7.0])[FIRST:]
    q = (7 - earlier.mean()) / earlier.std(ddof=1) * np.sqrt(8 / 9)
    assert found == pytest.approx(norm.ppf(student.cdf(q, 7)))


def test_scores_of_a_level_that_stays_are_standard_normal(rng):
    drawn = np.concatenate([scores(rng.normal(3, 2, 40))[FIRST:] for _ in range(200)])
    assert kstest(drawn, "norm").pvalue > 0.01


def test_sums_are_those_of_the_tabular_cusum(rng):
    values = rng.normal(size=60)
    known = cusum(values, 0, 1)
    assert summed(values) == pytest.approx(known.c_plus)
    assert summed(-values) == pytest.approx(known.c_minus)
    assert summed(values, ceiling=1.0).max() <= 1


def test_false_alarms_are_a_quarter_of_those_with_a_standard_deviation_of_eight(rng):
    alarms = {"self-starting": 0, "of eight": 0}
    for _ in range(400):
        year = rng.normal(size=52)
        alarms["self-starting"] += bool(summed(scores(year)).max() > 5)
        first = year[:8]
        alarms["of eight"] += bool(
            cusum(year[8:], first.mean(), first.std(ddof=1)).c_plus.max() > 5
        )
    assert alarms["self-starting"] <= 0.09 * 400
    assert alarms["of eight"] >= 0.17 * 400


def test_unknown_values_change_nothing(rng):
    values = rng.normal(size=30)
    gaps = np.insert(values, [4, 12, 20], np.nan)
    kept = ~np.isnan(gaps)
    assert scores(gaps)[kept] == pytest.approx(scores(values), nan_ok=True)
    assert summed(scores(gaps))[kept] == pytest.approx(summed(scores(values)))


def test_equal_values_have_no_score_and_one_value_alone_raises_no_alarm():
    same = scores([2.0] * 20)
    assert np.nansum(np.abs(same)) == 0
    jump = scores([2.0] * 20 + [9.0])
    assert jump[-1] == MOST
    assert scores([2.0] * 20 + [9.0], least_sd=7.0)[-1] < 1


def test_values_that_resemble_their_neighbours_score_less(rng):
    values = rng.normal(size=20)
    assert scores(values, alike=0.6)[FIRST:] == pytest.approx(scores(values)[FIRST:] / 2)
