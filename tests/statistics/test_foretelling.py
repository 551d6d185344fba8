import numpy as np
import pytest

from disconnect.statistics.foretelling import PENALTIES, blocked, ridge, shift_p, slow


def series(rng, size=200, effect=0.0):
    x = rng.normal(size=(size, 3))
    y = effect * x[:, 0] + rng.normal(size=size)
    return y, x, slow(np.arange(size), size, 1)


def test_slow_waves_are_orthogonal_and_start_with_a_constant():
    waves = slow(np.arange(100), 100, 3)
    assert (waves[:, 0] == 1).all()
    assert waves.T @ waves == pytest.approx(np.diag([100, 50, 50, 50]), abs=1e-9)


def test_ridge_is_that_of_the_normal_equations(rng):
    y, x, free = series(rng, effect=1.0)
    slopes = ridge(y, x, free)
    every = np.column_stack([x, free])
    fits = []
    for penalty in PENALTIES:
        cost = np.diag([penalty] * 3 + [0.0] * 2)
        fits.append(np.linalg.solve(every.T @ every + cost, every.T @ y)[:3])
    assert min(np.abs(slopes - fit).max() for fit in fits) < 1e-9
    assert slopes[0] == pytest.approx(1, abs=0.2)


def test_what_foretells_lowers_the_error_and_noise_does_not(rng):
    found = blocked(*series(rng, effect=0.8))
    assert found.error < 0.9 * found.without
    errors = [blocked(*series(rng)) for _ in range(20)]
    assert sum(one.error < one.without for one in errors) <= 8
    assert np.mean([one.error / one.without for one in errors]) == pytest.approx(1, abs=0.03)


def test_shifts_of_unrelated_series_are_as_strong_in_p_of_cases(rng):
    ps = np.array([shift_p(*series(rng, 120)) for _ in range(120)])
    assert (ps <= 0.05).mean() <= 0.12
    assert ps.mean() == pytest.approx(0.5, abs=0.1)
    assert shift_p(*series(rng, effect=0.8)) == pytest.approx(1 / 146)


def test_what_is_too_short_to_be_shifted_is_told_nothing():
    assert shift_p(np.zeros(0), np.zeros((0, 2)), np.zeros((0, 1))) == 1
