import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from disconnect.statistics.windows import different, of_last


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 70) | st.just(float("nan")))))
def test_the_last_days_are_counted_one_by_one(rows):
    counts = np.array([one for one, _ in rows], dtype=bool)
    days = np.array([back for _, back in rows], dtype=float)
    found = of_last(counts, days)
    for at, back in enumerate(days):
        begin = at + 1 if np.isnan(back) else max(0, at + 1 - int(back))
        assert found[at] == counts[begin : at + 1].sum()


@given(st.lists(st.tuples(st.integers(-20, 30), st.integers(0, 4))), st.integers(1, 20))
def test_the_same_one_counts_once(met, days):
    day, who = (np.array([row[n] for row in met], dtype=np.int64) for n in (0, 1))
    found = different(day, who, np.arange(10), days)
    for at in range(10):
        assert found[at] == len({one for when, one in met if at - days < when <= at})
