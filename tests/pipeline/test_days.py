"""Local days and periods: what is known of the time since a meeting, and how long."""

import numpy as np
import pandas as pd
import pytest

from disconnect.pipeline.contrast import periods
from disconnect.pipeline.days import days
from disconnect.pipeline.diary import SHORTEST, diary

FIRST = 20_000
HOUR = 3_600_000


def recorded(length):
    """Every day recorded for 24 hours, nobody at a screen."""
    day = np.arange(FIRST, FIRST + length)
    none = np.zeros(length, dtype=np.int64)
    return {
        "day": day,
        "kind": none + 1,
        "channel": none,
        "together": none,
        "by_hand": none,
        "ms": none + 24 * HOUR,
    }


def met(*offsets, hours=1.0):
    number = len(offsets)
    return pd.DataFrame(
        {
            "encounter": np.arange(number),
            "day": [FIRST + offset for offset in offsets],
            "person": 1,
            "chance": False,
            "lasted": hours,
        }
    )


def lived(length, encounters):
    """Days up to today."""
    last = FIRST + length - 1
    kept = diary(encounters["day"].to_numpy(), last).kept(FIRST, last)
    return days(FIRST, last, recorded(length), encounters, kept)


def since(length, encounters):
    return lived(length, encounters)["days_since_met"].tolist()


def test_days_since_a_meeting_begin_at_zero_again():
    assert since(5, met(0, 3)) == [0, 1, 2, 0, 1]


def test_a_meeting_of_some_minutes_is_none():
    assert since(3, pd.concat([met(0), met(1, hours=0.1).assign(encounter=1)])) == [0, 1, 2]


def test_a_log_that_fell_silent_tells_nothing_any_more():
    assert since(SHORTEST + 2, met(1))[1:] == list(range(SHORTEST + 1))
    found = since(SHORTEST + 3, met(1))
    assert found[1] == 0
    assert np.isnan([found[0], *found[2:]]).all()


@pytest.mark.parametrize(("length", "told"), [(5, 3), (60, 0)])
def test_a_period_says_how_it_was_on_its_last_known_day(length, told):
    frame = lived(length, met(1))
    whole = periods(frame, pd.Index(["all"] * length), met(1).assign(period="all"))
    assert whole.loc["all", "days_since_met"] == told


def test_a_period_of_which_nothing_is_known_says_nothing():
    frame = lived(60, met(1))
    halves = pd.Index(["early"] * 30 + ["late"] * 30)
    found = periods(frame, halves, met(1).assign(period="early"))["days_since_met"]
    assert found.notna().tolist() == [True, False]


def test_a_meeting_over_midnight_is_met_on_both_days_and_once_in_both_together():
    both = pd.concat([met(1), met(2).assign(encounter=0)])
    frame = lived(4, both)
    for name in ("people_met", "encounters"):
        assert frame[name].fillna(-1).tolist() == [-1, 1, 1, 0], name
    assert frame["days_since_met"].fillna(-1).tolist() == [-1, 0, 0, 1]
    whole = periods(frame, pd.Index(["all"] * 4), both.assign(period="all"))
    for name, times in (("people_met", 1), ("encounters", 1), ("chance_encounters", 0)):
        assert whole[name].tolist() == [times], name
