"""A silent diary and a quiet life, in a few of the lives of `benchmarks/silence.py`."""

import numpy as np
import pytest

from benchmarks import silence

SEEDS = range(12)


def mean(measure, meets):
    return np.mean([measure(seed, meets) for seed in SEEDS], axis=0)


@pytest.mark.parametrize("meets", [0.7, 0.5, 0.3])
def test_silence_is_unknown_and_a_kept_diary_is_known(meets):
    assert mean(silence.stopped, meets) == 1
    assert mean(silence.paused, meets) == 1
    unknown, asked = mean(silence.kept, meets)
    assert unknown <= 0.02
    assert asked <= 0.08


@pytest.mark.parametrize("meets", [0.7, 0.5, 0.3])
def test_half_the_company_is_not_taken_for_silence(meets):
    assert mean(silence.halved, meets) <= 0.25
