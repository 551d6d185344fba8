"""The randomisation test, against published numbers and against asking each effect itself."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disconnect.statistics.permutation import abab_test, designs
from disconnect.statistics.phases import drawn

KNOWN = [4, 3, 4, 5, 3, 4, 6, 7, 6, 5, 7, 6, 5, 4, 4, 3, 4, 5, 7, 6, 6, 7, 5, 7]
CUTS = (6, 12, 18)
LEVEL = 0.05


def lot(seed):
    return random.Random(seed)  # noqa: S311 - the same again, in tests


@pytest.mark.parametrize(("days", "shortest", "count"), [(24, 4, 165), (28, 4, 455), (42, 7, 680)])
def test_there_are_as_many_assignments_as_places_for_the_cuts(days, shortest, count):
    every = designs(days, shortest)
    assert len(every) == len(np.unique(every, axis=0)) == count
    lengths = np.diff(np.column_stack([np.zeros(count), every, np.full(count, days)]), axis=1)
    assert lengths.min() == shortest


def test_the_known_answer():
    test = abab_test(KNOWN, CUTS, 4)
    assert test.difference == 2.25
    assert test.p == pytest.approx(2 / 165)


def in_b(days, cuts):
    return np.array([sum(day >= cut for cut in cuts) % 2 for day in range(days)], dtype=float)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.floats(-3, 3), st.floats(0, 0.3))
def test_the_interval_holds_the_effects_that_the_test_does_not_reject(seed, effect, missing):
    rng = np.random.default_rng(seed)
    cuts = drawn(24, 4, lot(seed))
    tried = in_b(24, cuts)
    values = rng.normal(0, 1, 24) + effect * tried
    values[rng.random(24) < missing] = np.nan
    test = abab_test(values, cuts, 4)
    assert test.low <= test.difference <= test.high
    wide = test.high - test.low
    if np.isinf(wide):
        return  # too few calendars reject anything: an end is open
    for inside in (test.low + 1e-6 * wide, test.difference, test.high - 1e-6 * wide):
        assert abab_test(values - inside * tried, cuts, 4).p > LEVEL
    for outside in (test.low - 1e-6 * wide, test.high + 1e-6 * wide):
        assert abab_test(values - outside * tried, cuts, 4).p <= LEVEL


def test_a_missing_day_changes_neither_mean_of_the_others():
    values = np.array(KNOWN, dtype=float)
    values[[0, 7]] = np.nan
    test = abab_test(values, CUTS, 4)
    tried = in_b(24, CUTS) > 0
    assert test.difference == pytest.approx(np.nanmean(values[tried]) - np.nanmean(values[~tried]))
    assert len(test.distribution) == 165


def test_an_assignment_without_values_in_b_counts_against_a_finding():
    values = np.full(16, np.nan)
    values[:5] = [1, 1, 1, 1, 9]
    test = abab_test(np.concatenate([values, values[:5]]), (4, 9, 17), 4)
    assert np.isnan(test.distribution).sum() == 0
    values = np.concatenate([np.arange(6.0), np.full(15, np.nan)])
    test = abab_test(values, (4, 9, 13), 4)
    assert np.isnan(test.distribution).any()
    assert test.p >= np.isnan(test.distribution).mean()


def test_constant_values_find_nothing():
    assert abab_test([5.0] * 24, CUTS, 4).p == 1


def test_cuts_that_could_not_be_drawn_are_refused():
    with pytest.raises(ValueError, match="cuts"):
        abab_test(KNOWN, (2, 12, 18), 4)


def test_values_in_a_alone_are_refused():
    values = np.array(KNOWN, dtype=float)
    values[in_b(24, CUTS) > 0] = np.nan
    with pytest.raises(ValueError, match="no"):
        abab_test(values, CUTS, 4)


def rejected(seeds, effect, missing=0.1):
    """How often p <= .05 in days that resemble their neighbours (AR(1), .4)."""
    found = 0
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        cuts = drawn(28, 4, lot(seed))
        noise = rng.normal(0, 1, 28)
        for day in range(1, 28):
            noise[day] += 0.4 * noise[day - 1]
        values = noise + effect * in_b(28, cuts)
        values[rng.random(28) < missing] = np.nan
        found += abab_test(values, cuts, 4).p <= LEVEL
    return found / seeds


def test_no_effect_is_found_no_more_often_than_said():
    # 3 standard errors above .05 for 200 seeds.
    assert rejected(200, 0.0) <= 0.05 + 3 * (0.05 * 0.95 / 200) ** 0.5


def test_a_large_effect_is_found_most_times():
    assert rejected(40, 3.0) > 0.8
