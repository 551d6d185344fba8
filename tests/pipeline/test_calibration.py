import numpy as np
import pytest

from benchmarks.known_lives import carried
from disconnect.pipeline.calibration import BY_CHANCE, calibrated


def lived(seed, size=240, slopes=(24.0, 0.0, 8.0, 0.0), noise=6.0, rho=0.4):
    rng = np.random.default_rng(seed)
    strains = np.stack([carried(rng, size, rho) for _ in range(4)], axis=1)
    strains = np.clip(0.5 + 0.2 * strains, 0, 1)
    return strains, 20 + strains @ np.array(slopes) + noise * carried(rng, size, rho)


def fitted(life, weeks=20):
    strains, tired = life
    return calibrated(strains, tired, weeks)


@pytest.mark.parametrize("seed", range(4))
def test_weights_that_foretell_are_found(seed):
    found = fitted(lived(seed), 20)
    assert found.supported
    assert sum(found.weights) == pytest.approx(1)
    assert int(np.argmax(found.weights)) == 0
    assert found.error < found.as_before
    assert found.p <= BY_CHANCE


def test_energy_that_only_resembles_itself_supports_no_weights():
    lives = [
        fitted(lived(seed, slopes=(0, 0, 0, 0), rho=rho), 20)
        for seed in range(20)
        for rho in (0.3, 0.6)
    ]
    assert sum(found.supported for found in lives) <= 5  # .06 of 40, and two errors more
    assert all(found.error > 0 and 0 < found.p <= 1 for found in lives)


def test_a_season_that_energy_shares_supports_no_weights():
    season = np.sin(2 * np.pi * np.arange(364) / 365)
    told = 0
    for seed in range(16):
        strains, tired = lived(seed, 364, (0, 0, 0, 0))
        told += calibrated(
            np.clip(strains + 0.2 * season[:, None], 0, 1), tired + 6 * season, 50
        ).supported
    assert told <= 3


def test_more_load_that_goes_with_more_energy_is_no_weight():
    found = fitted(lived(1, slopes=(-24.0, -8.0, -8.0, -8.0)), 20)
    assert found.error < found.as_before
    assert not found.supported


@pytest.mark.parametrize(("size", "weeks"), [(60, 20), (150, 7)])
def test_too_few_days_or_weeks_support_none(size, weeks):
    found = fitted(lived(1, size=size), weeks)
    assert not found.supported
    assert np.isnan(found.error)


def test_unknown_days_and_parts_are_left_out():
    strains, tired = lived(2)
    strains[:, 3] = np.nan
    tired[::9] = np.nan
    found = calibrated(strains, tired, 20)
    assert found.pairs < 200
    assert found.supported
    assert found.weights[3] == 0


def test_parts_that_never_move_are_left_out():
    strains, tired = lived(3)
    strains[:, 1] = 1.0
    assert calibrated(strains, tired, 20).weights[1] == 0
    assert not calibrated(np.ones((200, 4)), tired[:200], 20).supported
