from itertools import pairwise

import numpy as np
import pytest
import statsmodels.datasets
from hypothesis import given, settings
from hypothesis import strategies as st

from disconnect.statistics.shuffling import SMALLEST, place_interval, splits

GAPPY = st.lists(st.floats(-5, 5) | st.just(float("nan")), max_size=60)


@pytest.fixture(scope="module")
def nile():
    return statsmodels.datasets.nile.load_pandas().data["volume"].to_numpy()


def test_the_nile_fell_after_28_years(nile):
    (found,) = splits(nile, 0.01)
    assert (found.at, found.direction, found.p) == (28, -1, 1 / 2000)
    first, last = place_interval(nile, found.at)
    assert first <= 28 <= last
    assert last - first <= 10


def test_unknown_values_shift_nothing(nile):
    gaps = np.insert(nile, [5, 28, 28, 60], np.nan)
    (found,) = splits(gaps, 0.01)
    assert gaps[found.at] == nile[28]
    first, last = place_interval(gaps, found.at)
    plain = place_interval(nile, 28)
    assert [gaps[first], gaps[last]] == [nile[plain[0]], nile[plain[1]]]


def test_noise_is_split_as_often_as_its_p_says(rng):
    told = [bool(splits(rng.normal(size=40), 0.05)) for _ in range(300)]
    assert np.mean(told) == pytest.approx(0.05, abs=0.035)


def test_two_changes_are_both_found(rng):
    level = np.repeat([0.0, 3.0, 0.0], 15)
    found = splits(level + rng.normal(0, 0.5, 45), 0.01)
    assert [(split.at, split.direction) for split in found] == [(15, 1), (30, -1)]


def test_three_neighbours_that_must_not_carry_a_split_do_not_hide_another(rng):
    values = rng.normal(0, 0.3, 52)
    values[1:4] += 6  # a holiday near the beginning
    assert [split.at for split in splits(values, 0.01)] == [4]
    assert splits(values, 0.01, spare=3) == []
    values[30:] -= 1
    (found,) = splits(values, 0.01, spare=3)
    assert abs(found.at - 30) <= 1


def test_the_interval_of_a_place_holds_it(rng):
    held = []
    for _ in range(60):
        values = rng.normal(size=44) + 1.5 * (np.arange(44) >= 20)
        for split in splits(values, 0.01)[:1]:
            first, last = place_interval(values, split.at)
            held.append(first <= 20 <= last)
    assert len(held) > 50
    assert np.mean(held) >= 0.88


def test_equal_values_and_too_few_have_no_split():
    assert splits([3.0] * 60, 0.5) == []
    assert splits([0.0, 0, 0, 9, 9, 9, 9], 1.0) == []


@settings(deadline=None, max_examples=50)
@given(GAPPY, st.sampled_from([0, 3]))
def test_each_side_has_enough_known_values(values, spare):
    found = splits(values, 0.5, spare)
    known = ~np.isnan(np.array(values, dtype=float))
    edges = [0, *(split.at for split in found), len(values)]
    if found:
        assert min(known[a:b].sum() for a, b in pairwise(edges)) >= SMALLEST
        assert all(known[split.at] and split.p <= 0.5 for split in found)
