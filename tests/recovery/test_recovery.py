"""A handful of made-up lives of which the truth is known; `benchmarks.recovery` has many."""

import numpy as np
import pytest

from benchmarks import recovery

SEEDS = range(12)


def test_a_turn_is_found_near_its_day_and_none_where_there_is_none():
    places = [recovery.turned(seed, -0.8, 0.3)[0] for seed in SEEDS]
    near = [min(abs(place - recovery.TURN) for place in found) for found in places if found]
    assert len(near) >= 11
    assert np.median(near) <= 3
    assert sum(len(recovery.turned(seed, 0.0, 0.3)[0]) for seed in SEEDS) <= 2


def test_the_load_is_about_what_it_truly_is_and_its_interval_holds_it():
    value, low, high, real = np.array([recovery.steady(seed) for seed in range(40)]).T
    assert np.mean(value - real) == pytest.approx(0, abs=2)
    assert ((low <= real) & (real <= high)).mean() >= 0.8


@pytest.mark.parametrize("effect", [recovery.EFFECT, 0.0])
def test_an_effect_is_about_what_it_truly_is_and_its_interval_holds_it(effect):
    found = np.array([recovery.drained(seed, 180, effect) for seed in range(60)])
    estimate, low, high, p = found.T
    assert estimate.mean() == pytest.approx(effect, abs=0.03)
    assert ((low <= effect) & (effect <= high)).mean() >= 0.85
    told = (p < 0.05).mean()
    assert told >= 0.8 if effect else told <= 0.15
