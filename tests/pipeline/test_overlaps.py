import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disconnect.pipeline.overlaps import once

HOUR = 3_600_000


def met(*rows):
    frame = pd.DataFrame(rows, columns=["person", "channel", "from", "until"])
    frame["start"] = (frame["from"] * HOUR).astype("int64")
    return frame.assign(hours=frame["until"] - frame["from"])


def test_the_shared_time_of_two_entries_counts_once():
    rows = met((1, "in_person", 16.5, 18), (1, "in_person", 16, 17.5), (1, "in_person", 17, 17.5))
    assert once(rows)["hours"].tolist() == [0.5, 1.5, 0]


def test_others_and_other_channels_share_nothing():
    rows = met((1, "in_person", 16, 17), (2, "in_person", 16, 17), (1, "call", 16, 17))
    assert once(rows)["hours"].tolist() == [1, 1, 1]
    assert once(rows, ["channel"])["hours"].tolist() == [1, 0, 1]


def test_no_rows_stay_none():
    assert once(met().astype({"start": int, "hours": float})).empty


SPANS = st.lists(
    st.tuples(st.integers(1, 2), st.just("call"), st.integers(0, 40), st.integers(0, 9)),
    max_size=12,
)


@given(SPANS)
def test_it_is_the_length_of_the_union(spans):
    rows = met(*[(who, how, begin, begin + long) for who, how, begin, long in spans])
    for person in (1, 2):
        hours = {
            hour
            for who, _, begin, long in spans
            if who == person
            for hour in range(begin, begin + long)
        }
        found = once(rows)
        assert found.loc[found["person"] == person, "hours"].sum() == pytest.approx(len(hours))
