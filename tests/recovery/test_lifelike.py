"""A few of the simulated lives of `benchmarks/lifelike.py`, with loose bounds."""

import numpy as np
import pytest

from benchmarks.known_lives import PEOPLE, lived
from benchmarks.lifelike import effect, level, one_rate, turns, two_rates, unturned
from disconnect.pipeline.load import inputs


@pytest.mark.parametrize(("before", "after"), [(1.4, 0.2), (0.2, 1.4)])
def test_most_great_turns_are_found_within_days(before, after):
    found = turns(before, after, 0.0, 12)
    assert found["found"] >= 0.7
    assert found["median days off"] <= 5
    assert found["90 % within"] <= 14
    assert found["others a life"] <= 0.5


def test_a_turn_half_as_great_is_found_less_often():
    assert turns(1.4, 0.8, 0.0, 12)["found"] < turns(1.4, 0.2, 0.0, 12)["found"]


@pytest.mark.parametrize(("rho", "most"), [(0.0, 0.1), (0.3, 0.5)])
def test_levels_that_stay_have_few_turns_or_none(rho, most):
    assert unturned(rho, 10)["a year"] <= most


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
def test_the_means_of_a_simulated_life_are_those_it_says(person):
    daily, _ = lived(person, 1, 6000)
    truth = person.truth()
    for name in inputs.INPUTS:
        assert daily[name].mean() == pytest.approx(truth[name], rel=0.12, abs=0.02), name
    assert daily.isna().mean().to_numpy() == pytest.approx(0.1, abs=0.02)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
def test_the_loads_interval_holds_that_of_the_true_means(person):
    found = level(person, 0.0, 12)
    assert found["held"] >= 0.85
    assert abs(found["bias"]) <= 4
    assert found["width"] <= 35


@pytest.mark.parametrize("expected", [0.2, 2.0, 5.0, 20.0])
def test_rates_are_held_and_their_median_is_the_middle(expected):
    found = one_rate(expected, 30)
    assert 0.91 <= found["held"] <= 1
    assert found["at this very rate"] >= 0.9
    assert 0 <= found["bias"] + 0.2 <= 0.7


@pytest.mark.parametrize(("first", "second"), [(2.0, 2.0), (20.0, 5.0)])
def test_ratios_are_held_and_their_median_is_the_middle(first, second):
    found = two_rates(first, second, 30)
    assert 0.91 <= found["held"] <= 0.99
    assert 0.42 <= found["too high"] <= 0.58


@pytest.mark.parametrize("days", [90, 180])
@pytest.mark.parametrize("whole", [False, True])
def test_an_effect_of_hours_is_held_and_none_is_not_told(days, whole):
    nothing, some = (effect(days, size, 20, whole=whole) for size in (0.0, -0.15))
    for found in (nothing, some):
        assert 0.92 <= found["held"] <= 0.98
        assert abs(found["bias"]) <= 0.02
    assert nothing["told"] <= 0.08
    assert some["told"] >= 0.3


def test_the_same_seed_is_the_same_life():
    first, again = (lived(PEOPLE[0], 3, 60) for _ in range(2))
    assert first[0].equals(again[0])
    assert np.array_equal(first[1], again[1])
