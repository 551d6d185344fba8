import numpy as np
import pytest

from benchmarks.evenings import COST, LATE, evenings, false_after, nights, true_effect
from disconnect.pipeline.association import associations


@pytest.mark.parametrize("starts", [0, 4])
def test_what_a_late_night_costs_the_day_after_is_found_with_its_sign(starts):
    mean, told, holds = true_effect(6, 364, starts)
    assert mean == pytest.approx(COST, abs=0.12)
    assert told == 100
    assert holds >= 4 / 6 * 100


def test_late_hours_are_those_of_the_evening():
    _, late = nights(1, 40)
    seen = evenings(1, 40, 0)["late_night_hours"].to_numpy()
    assert seen == pytest.approx(late, abs=1e-3)


def test_hours_that_act_on_their_own_day_are_not_told_of_the_day_after():
    for rho, phi in ((0.5, 0.0), (0.7, 0.4)):
        higher, any_way, _ = false_after(25, 364, rho, phi)
        assert higher <= 8
        assert any_way <= 12


def test_the_interval_is_of_the_effect_given_the_day_before():
    found = associations(evenings(3, 364, 0), [LATE]).iloc[0]
    assert found["low"] < COST < found["high"]
    assert np.isfinite(found["p"])
