from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from disconnect.statistics.permutation import abab_test, designs, sign_flip

DIARY = [4, 3, 4, 5, 3, 4, 6, 7, 6, 5, 7, 6, 5, 4, 4, 3, 4, 5, 7, 6, 6, 7, 5, 7]
CUTS = (6, 12, 18)
NAN = float("nan")


def by_hand(y, cuts):
    y = np.array(y, dtype=float)
    first, second, third = cuts
    in_b = np.zeros(len(y), dtype=bool)
    in_b[first:second] = in_b[third:] = True
    return np.nanmean(y[in_b]) - np.nanmean(y[~in_b])


@pytest.mark.parametrize(("n", "m", "count"), [(24, 4, 165), (28, 4, 455), (42, 7, 680)])
def test_there_are_as_many_designs_as_the_formula_says(n, m, count):
    assert len(designs(n, m)) == count


@given(st.integers(1, 6), st.integers(0, 12))
def test_designs_are_all_different_and_every_phase_is_long_enough(m, spare):
    n = 4 * m + spare
    every = designs(n, m)
    edges = np.column_stack([np.zeros(len(every)), every, np.full(len(every), n)])
    assert (np.diff(edges, axis=1) >= m).all()
    assert len(np.unique(every, axis=0)) == len(every) == comb(spare + 3, 3)


def test_days_that_cannot_hold_four_phases_are_refused():
    with pytest.raises(ValueError, match="do not fit into 27 days"):
        designs(27, 7)


def test_the_difference_and_its_p_value_are_known():
    found = abab_test(DIARY, CUTS, 4)
    assert found.difference == pytest.approx(2.25)
    assert found.p == 2 / 165
    assert (found.n_a, found.n_b) == (12, 12)
    assert found.distribution == pytest.approx([by_hand(DIARY, c) for c in designs(24, 4)])


def test_one_design_alone_can_show_nothing():
    found = abab_test([0.0] * 7 + [9.0] * 7 + [0.0] * 7 + [9.0] * 7, (7, 14, 21), 7)
    assert found.difference == 9
    assert found.p == 1
    assert (found.low, found.high) == (-np.inf, np.inf)


def test_days_nobody_recorded_count_in_neither_mean():
    gaps = [NAN if at in {2, 8, 20, 21} else value for at, value in enumerate(DIARY)]
    found = abab_test(gaps, CUTS, 4)
    assert found.difference == pytest.approx(by_hand(gaps, CUTS))
    assert (found.n_a, found.n_b) == (11, 9)


def test_a_design_that_cannot_be_judged_counts_against_us():
    """With B known on two days alone, some designs have none of B or of A: they stay as extreme."""
    y = [NAN] * 6 + [7.0, 7] + [NAN] * 4 + [4.0, 3, 4, 5] + [NAN] * 8
    found = abab_test(y, CUTS, 4)
    assert np.isnan(found.distribution).any()
    assert found.p >= np.isnan(found.distribution).mean()


def test_cuts_that_could_not_have_been_drawn_are_refused():
    with pytest.raises(ValueError, match=r"\(2, 12, 18\) are none of the designs"):
        abab_test(DIARY, (2, 12, 18), 4)


def test_a_condition_without_a_known_day_is_refused():
    y = [NAN if by else 1.0 for by in [0] * 6 + [1] * 6 + [0] * 6 + [1] * 6]
    with pytest.raises(ValueError, match="no day with a known value"):
        abab_test(y, CUTS, 4)


VALUES = st.lists(st.integers(-4, 4).map(float) | st.just(NAN), min_size=24, max_size=24)


@settings(deadline=None)
@given(VALUES, st.integers(0, 164), st.sampled_from([0.8, 0.9, 0.95]))
def test_the_interval_holds_exactly_the_shifts_that_are_not_rejected(values, drawn, level):
    y = np.array(values)
    cuts = tuple(designs(24, 4)[drawn].tolist())
    try:
        found = abab_test(y, cuts, 4, level)
    except ValueError:
        return  # a condition without a known day
    in_b = np.zeros(24)
    in_b[cuts[0] : cuts[1]] = in_b[cuts[2] :] = 1
    assert found.low <= found.difference <= found.high
    for shift in (found.low - 1e-4, found.low + 1e-4, found.high - 1e-4, found.high + 1e-4):
        if np.isfinite(shift) and found.high - found.low > 3e-4:
            kept = abab_test(y - shift * in_b, cuts, 4).p > 1 - level + 1e-12
            assert kept == (found.low <= shift <= found.high)


def test_when_nothing_happens_few_experiments_say_so(rng):
    every = designs(28, 4)
    ps = [
        abab_test(rng.normal(size=28), tuple(every[rng.integers(len(every))].tolist()), 4).p
        for _ in range(600)
    ]
    assert 0.02 <= np.mean(np.array(ps) <= 0.05) <= 0.075


PAIRS = [1, 2, 0, 3, -1, 2, 1, 2]


def test_eight_pairs_have_a_known_p_value():
    assert sign_flip(PAIRS, "greater") == (1.25, 8 / 256)
    assert sign_flip(PAIRS) == (1.25, 16 / 256)
    assert sign_flip([-pair for pair in PAIRS], "less") == (-1.25, 8 / 256)


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=7), st.sampled_from(["greater", "less"]))
def test_every_sign_is_tried_as_scipy_does(pairs, alternative):
    theirs = stats.permutation_test(
        (pairs,), np.sum, permutation_type="samples", n_resamples=2**7, alternative=alternative
    )
    assert sign_flip(pairs, alternative)[1] == pytest.approx(theirs.pvalue)


def test_a_pair_with_an_unknown_half_is_left_out():
    assert sign_flip([*PAIRS, NAN], "greater") == (1.25, 8 / 256)


@pytest.mark.parametrize("pairs", [[], [NAN], [1.0] * 21])
def test_only_as_many_pairs_as_can_all_be_tried(pairs):
    with pytest.raises(ValueError, match="1 to 20 pairs"):
        sign_flip(pairs)
