import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from disconnect.statistics.intervals import painted, pieces, summed

SPANS = st.lists(st.tuples(st.integers(-500, 500), st.integers(0, 400)), max_size=20)


def ends(spans):
    pairs = np.array([(start, start + length) for start, length in spans], dtype=np.int64)
    return pairs.reshape(-1, 2).T


@given(SPANS, st.integers(1, 100))
def test_pieces_add_up_and_cross_no_multiple(spans, step):
    start, end = ends(spans)
    row, first, stop = pieces(start, end, step)
    assert np.bincount(row, stop - first, len(start)).tolist() == (end - start).tolist()
    assert (first // step == (stop - 1) // step).all()


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=20))
def test_the_last_range_painted_is_on_top(ranges):
    ranges = [(min(pair), max(pair)) for pair in ranges]
    expected = [-1] * 20
    for number, (first, stop) in enumerate(ranges):
        expected[first:stop] = [number] * (stop - first)
    first, stop = np.array(ranges, dtype=np.int64).reshape(-1, 2).T
    assert painted(first, stop, 20).tolist() == expected


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 9))))
def test_equal_keys_are_added_up_once_each(pairs):
    keys, amounts = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    found = dict(zip(*(a.tolist() for a in summed(keys, amounts)), strict=True))
    assert found == {k: sum(a for key, a in pairs if key == k) for k in {k for k, _ in pairs}}
