import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from disconnect.statistics.intervals import distinct


@given(st.lists(st.integers(-(2**62), 2**62)))
def test_each_value_once_and_in_order(values):
    found = distinct(np.array(values, dtype=np.int64))
    assert found.tolist() == sorted(set(values))
