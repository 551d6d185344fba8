import numpy as np
import pytest
from arch.bootstrap import StationaryBootstrap
from hypothesis import given
from hypothesis import strategies as st

from disconnect.statistics.bootstrap import interval, stationary


@pytest.mark.parametrize("mean_block", [1, 7, 30])
@pytest.mark.parametrize("seed", range(5))
def test_the_same_positions_as_archs_stationary_bootstrap(mean_block, seed):
    theirs = StationaryBootstrap(mean_block, np.arange(200), seed=np.random.default_rng(seed))
    ours = stationary(200, 1, mean_block, np.random.default_rng(seed))
    assert ours[0].tolist() == theirs.update_indices().tolist()


@given(st.integers(1, 60), st.integers(1, 20), st.floats(1, 50), st.integers(0, 2**32))
def test_every_position_exists_and_the_seed_decides(n, draws, mean_block, seed):
    one, other = (stationary(n, draws, mean_block, np.random.default_rng(seed)) for _ in "ab")
    assert one.shape == (draws, n)
    assert one.min() >= 0
    assert one.max() < n
    assert (one == other).all()


def test_blocks_are_as_long_as_asked_on_average(rng):
    drawn = stationary(2000, 100, 7, rng)
    broken = (np.diff(drawn, axis=1) % 2000 != 1).mean()
    assert 1 / broken == pytest.approx(7, rel=0.03)


def test_days_like_their_neighbours_get_a_wider_interval_than_shuffled_ones(rng):
    days = np.convolve(rng.normal(size=406), np.ones(7) / 7, mode="valid")

    def width(block):
        low, high = interval(days[stationary(len(days), 500, block, rng)].mean(axis=1))
        return high - low

    assert width(14) > 1.7 * width(1)


def test_the_interval_is_of_each_column_and_leaves_out_unknown_draws():
    table = np.column_stack([np.arange(101.0), np.arange(101.0), np.full(101, np.nan)])
    table[:50, 1] = np.nan
    low, high = interval(table, 0.9)
    assert low[:2].tolist() == pytest.approx([5, 52.5])
    assert high[:2].tolist() == pytest.approx([95, 97.5])
    assert np.isnan([low[2], high[2]]).all()


def test_one_statistic_has_one_interval():
    low, high = interval(np.arange(101.0), 0.9)
    assert (float(low), float(high)) == pytest.approx((5, 95))


def test_nothing_can_be_drawn_from_nothing(rng):
    for n, block in ((0, 7), (10, 0.5)):
        with pytest.raises(ValueError, match="needs values"):
            stationary(n, 10, block, rng)
