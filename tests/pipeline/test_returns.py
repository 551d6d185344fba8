"""Counts against hours: known answers, and nothing that is not known becomes a number."""

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disconnect.pipeline.returns import GROUPS, RETURNS, began, counted, returns

NAN = float("nan")
EPOCH = dt.date(1970, 1, 1)


def counts(**events):
    return pd.DataFrame({"events": events.values(), "left_out": 0}, index=list(events))


def cell(frame, group, column):
    return float(frame[column].to_dict()[group])


def origin(in_person, online, hours):
    found = counts(in_person=in_person, online=online)
    return returns(found, dict(zip(("in_person", "online"), hours, strict=True)), GROUPS["origin"])


def test_nine_in_sixty_hours_against_four_in_three_hundred_and_twenty():
    frame = origin(9, 4, (60, 320))
    person, online = frame.loc["in_person"], frame.loc["online"]
    assert person[["rate_per_100h", "low", "high"]].tolist() == pytest.approx(
        [15.281, 7.422, 27.377], abs=0.001
    )
    assert online[["rate_per_100h", "low", "high"]].tolist() == pytest.approx(
        [1.3036, 0.4219, 2.9723], abs=0.0001
    )
    assert person[list(RETURNS[6:])].tolist() == pytest.approx(
        [11.7216, 3.9094, 41.4717, 0.9999933], abs=0.0001
    )
    assert online[list(RETURNS[6:])].isna().all()


def test_nothing_in_320_hours_is_not_zero_and_certain():
    online = origin(9, 0, (60, 320)).loc["online"]
    assert online["low"] == 0
    assert online["high"] == pytest.approx(0.78498, abs=0.00001)


def test_a_side_without_events_leaves_the_ratio_open_on_that_end():
    person = origin(13, 0, (261, 2728)).loc["in_person"]
    assert math.isnan(person["ratio"])
    assert math.isnan(person["ratio_high"])
    assert 1 < person["ratio_low"] < 60
    person = origin(0, 13, (2728, 261)).loc["in_person"]
    assert person["ratio_low"] == 0
    assert math.isnan(person["ratio"])
    assert person["ratio_high"] < 1


@pytest.mark.parametrize("hours", [(60, NAN), (NAN, 320), (0, 320), (60, 0)])
def test_without_hours_there_is_no_rate_and_no_ratio(hours):
    frame = origin(9, 4, hours)
    unknown = [not time > 0 for time in hours]
    assert frame["rate_per_100h"].isna().tolist() == unknown
    assert frame["ratio_probability"].isna().all()
    assert frame["events"].tolist() == [9, 4]


def test_no_ratio_is_told_across_a_channel_whose_hours_are_not_recorded():
    """Six offers came by phone: the hours online of a computer cannot say what they stand for."""
    hours = {"in_person": 60.0, "call": 0.0, "message": 100.0, "email": 80.0, "broadcast": 140.0}
    frame = returns(counts(in_person=9, call=6, message=0), hours, GROUPS["channel"])
    assert frame.loc["call", "events"] == 6
    assert math.isnan(cell(frame, "call", "rate_per_100h"))
    assert frame["ratio_probability"].isna().all()
    without = returns(counts(in_person=9), hours, GROUPS["channel"])
    assert cell(without, "in_person", "ratio_low") > 1


@pytest.mark.parametrize("hours", [0.0, NAN, 36 / 3600])
def test_what_came_by_an_unrecorded_channel_is_not_left_out_for_its_days(hours):
    found = pd.DataFrame({"events": [2], "left_out": [4]}, index=["call"])
    frame = returns(found, {"call": hours, "in_person": 9.0}, GROUPS["channel"])
    assert (cell(frame, "call", "events"), cell(frame, "call", "left_out")) == (6, 0)
    assert math.isnan(cell(frame, "call", "high"))


def test_hours_that_cannot_hold_what_came_are_no_hours():
    seconds = returns(counts(call=6), {"call": 36 / 3600, "in_person": 9.0}, GROUPS["channel"])
    assert math.isnan(cell(seconds, "call", "rate_per_100h"))
    minutes = returns(counts(call=6), {"call": 0.5, "in_person": 9.0}, GROUPS["channel"])
    assert cell(minutes, "call", "rate_per_100h") > 100


CELL = st.tuples(
    st.integers(0, 30), st.integers(0, 5), st.sampled_from([NAN, 0.0, 1e-3, 0.5, 8.0, 320.0])
)


@given(st.lists(CELL, min_size=5, max_size=5))
def test_nothing_is_lost_and_no_unknown_hours_stand_in_a_ratio(cells):
    names = GROUPS["channel"]
    found = pd.DataFrame(
        [cell[:2] for cell in cells], index=list(names), columns=["events", "left_out"]
    )
    hours = dict(zip(names, (cell[2] for cell in cells), strict=True))
    frame = returns(found, hours, names)
    assert (frame["events"] + frame["left_out"]).tolist() == [k + m for k, m, _ in cells]
    assert np.isfinite(frame["rate_per_100h"]).tolist() == frame["high"].notna().tolist()
    without = frame["high"].isna()
    assert not frame.loc[without, "left_out"].any()
    if frame.loc[without, "events"].any():
        assert frame["ratio_probability"].isna().all()
    ends = frame.iloc[0][["ratio_low", "ratio", "ratio_high"]].dropna().astype(float)
    assert np.isfinite(ends).all()
    assert ends.is_monotonic_increasing


def test_nothing_on_either_side_cannot_be_compared():
    assert math.isnan(origin(0, 0, (60, 320)).loc["in_person", "ratio_probability"])


def test_what_nobody_told_has_a_row_without_a_rate():
    events = pd.DataFrame({"event": [1, 2], "day": [5, 6], "group": ["call", None]})
    frame = returns(counted(events, None), {"call": 10.0}, GROUPS["channel"])
    assert list(frame.index) == [*GROUPS["channel"], None]
    assert frame.iloc[-1]["events"] == 1
    assert math.isnan(frame.iloc[-1]["rate_per_100h"])


def test_an_event_on_a_day_without_known_hours_is_left_out():
    events = pd.DataFrame({"event": [1, 2, 3], "day": [5, 6, 7], "group": "call"})
    frame = counted(events, {"call": {5, 7}})
    assert frame.to_dict("records") == [{"events": 2, "left_out": 1}]


def test_an_event_of_two_people_counts_once_in_the_group_of_both():
    events = pd.DataFrame({"event": [1, 1, 2], "day": 5, "group": ["a", "a", "b"]})
    assert counted(events, None)["events"].to_dict() == {"a": 1, "b": 1}
    events["group"] = ["a", "b", "b"]
    assert counted(events, None)["events"].to_dict() == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("how", "since", "chance", "told"),
    [
        ("chance", None, False, "chance"),
        ("by chance on a train", None, False, "chance"),
        ("work", None, True, "otherwise"),
        (None, None, True, "chance"),
        (None, None, False, "otherwise"),
        (None, EPOCH + dt.timedelta(days=3), True, "otherwise"),
        (None, EPOCH + dt.timedelta(days=10), True, "chance"),
    ],
)
def test_a_relationship_began_by_chance_when_it_is_said_or_was_the_first(how, since, chance, told):
    people = pd.DataFrame({"person": [1], "how": [how], "since": [since]}, dtype=object)
    met = pd.DataFrame(
        {"person": [1, 1], "day": [10, 12], "start": [0, 9], "chance": [chance, not chance]}
    )
    assert began(people, met) == {1: told}


def test_nobody_knows_how_it_began_with_somebody_never_met():
    people = pd.DataFrame({"person": [1], "how": [None], "since": [None]}, dtype=object)
    met = pd.DataFrame({"person": [], "day": [], "start": [], "chance": []})
    assert began(people, met) == {1: None}


def test_simulated_counts_give_back_the_rates_they_were_made_with():
    rng = np.random.default_rng(4)
    inside, middle = 0, []
    for _ in range(200):
        in_person, online = rng.poisson([0.08 * 150, 0.01 * 900])
        frame = origin(in_person, online, (150.0, 900.0))
        inside += bool(frame["ratio_low"].iloc[0] <= 8 <= frame["ratio_high"].iloc[0])
        middle.append(frame["ratio"].iloc[0])
    assert 0.91 <= inside / 200 <= 0.99
    assert np.median(middle) == pytest.approx(8, rel=0.15)
