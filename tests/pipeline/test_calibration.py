import numpy as np
import pytest

from disconnect.pipeline.calibration import calibrated

PRIOR = np.array([20.0, 10.0, 10.0, 5.0])


def lived(seed, size=150, slopes=(60.0, 0.0, 20.0, 0.0), noise=6.0):
    rng = np.random.default_rng(seed)
    strains = np.clip(0.5 + np.cumsum(rng.normal(0, 0.12, (size, 4)), axis=0), 0, 1)
    strains = 0.5 + (strains - strains.mean(axis=0))
    return strains, 20 + strains @ np.array(slopes) + rng.normal(0, noise, size)


def fitted(life, weeks=20):
    strains, tired = life
    return calibrated(strains, tired, PRIOR, weeks)


@pytest.mark.parametrize("seed", range(4))
def test_weights_that_foretell_are_found(seed):
    found = fitted(lived(seed))
    assert found.supported
    assert sum(found.weights) == pytest.approx(1)
    assert int(np.argmax(found.weights)) == 0
    assert found.error < 0.95 * min(found.as_yesterday, found.as_ever)


@pytest.mark.parametrize("seed", range(4))
def test_noise_supports_no_weights(seed):
    found = fitted(lived(seed, slopes=(0.0, 0.0, 0.0, 0.0), noise=15))
    assert not found.supported
    assert found.error > 0


@pytest.mark.parametrize(("size", "weeks"), [(60, 20), (150, 7)])
def test_too_few_days_or_weeks_support_none(size, weeks):
    found = fitted(lived(1, size=size), weeks)
    assert not found.supported
    assert np.isnan(found.error)


def test_unknown_days_and_parts_are_left_out():
    strains, tired = lived(2)
    strains[:, 3] = np.nan
    tired[::9] = np.nan
    found = fitted((strains, tired))
    assert found.pairs < 130
    assert found.supported
    assert found.weights[3] == 0
