import numpy as np

from disconnect.statistics.bootstrap import stationary


def test_blocks_run_on_around_the_end_and_are_as_long_as_asked():
    drawn = stationary(50, 400, 7, np.random.default_rng(1))
    assert drawn.shape == (400, 50)
    assert set(np.unique(drawn)) == set(range(50))
    goes_on = (drawn[:, 1:] - drawn[:, :-1]) % 50 == 1
    # A new block begins one time in seven, and follows on by accident one time in fifty.
    assert abs(goes_on.mean() - (6 / 7 + 1 / 350)) < 0.01


def test_every_day_is_drawn_about_as_often():
    counts = np.bincount(stationary(20, 5000, 7, np.random.default_rng(2)).ravel(), minlength=20)
    assert counts.min() > 0.9 * counts.mean()
