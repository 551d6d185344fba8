"""Relationships as their encounters tell: formulas by hand, and silence where little is known."""

import math

import numpy as np
import pandas as pd
import pytest

from disconnect.pipeline.diary import diary
from disconnect.pipeline.ties import TIES, depths, grown, rhythm, ties, trend

PEOPLE = pd.DataFrame(
    {"person": [1, 2], "name": ["Ana", "Ben"], "met": ["in_person", None]}, dtype=object
)


def met(*rows):
    """(encounter, person, day, channel, hours, meaning, disclosure)."""
    columns = ["encounter", "person", "day", "channel", "hours", "meaning", "disclosure"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"hours": float, "meaning": float, "disclosure": float})


def test_depth_is_drawn_to_the_mean_of_all_by_three_ratings():
    rated = [(n, 1, n, "in_person", 1, 7, 7) for n in range(6)]
    rows = [*rated, (9, 2, 9, "in_person", 1, 1, None), (10, 2, 10, "call", 1, None, None)]
    overall = (6 * 7 + 1) / 7
    found = depths(met(*rows))
    assert [found[1][0], found[2][0]] == pytest.approx(
        [(6 * 7 + 3 * overall) / 9, (1 + 3 * overall) / 4]
    )
    assert [found[1][1], found[2][1]] == [6, 1]


def test_an_evening_with_two_counts_once_in_the_mean_of_all():
    rows = [(1, 1, 1, "in_person", 1, 6, 6), (1, 2, 1, "in_person", 1, 6, 6)]
    rows += [(2, 1, 2, "in_person", 1, 2, 2)]
    assert depths(met(*rows))[2][0] == pytest.approx((6 + 3 * 4) / 4)


def test_the_rhythm_is_the_own_mean_with_two_intervals_at_the_usual():
    expected, overdue, rare = rhythm([0, 10, 20], 40.0, 20)
    assert expected == pytest.approx((20 + 2 * 40) / 4)
    assert overdue == 0
    assert rare == 1
    _, overdue, rare = rhythm([0, 10, 20], 40.0, 120)
    assert overdue == pytest.approx(100 - 25)
    assert rare == pytest.approx((100 / 200) ** 5)


def test_two_meetings_are_no_rhythm():
    assert all(math.isnan(value) for value in rhythm([0, 10], 40.0, 500))


def test_a_pause_is_called_rare_as_often_as_it_says():
    """Where everybody's mean interval is drawn from the prior, one pause in twenty is rare."""
    rng = np.random.default_rng(11)
    rare = 0
    for _ in range(2000):
        mean = 2 * 20 / rng.gamma(3)  # inverse gamma (3, 2·20): mean 20
        days = np.concatenate(([0], np.cumsum(rng.exponential(mean, 5)))) * 1000
        pause = rng.exponential(mean) * 1000
        found = rhythm([int(day) for day in days], 20_000.0, int(days[-1] + pause))
        rare += found[2] < 0.05
    assert rare / 2000 == pytest.approx(0.05, abs=0.015)


def test_who_was_met_weekly_and_no_more_is_fading():
    days = list(range(0, 365, 7))
    word, middle, low, high = trend(days, 0, 425)
    assert word == "fading"
    assert math.isnan(middle)
    assert (low, high < 1) == (0, True)


def test_who_is_met_daily_of_late_revives():
    days = [*range(0, 365, 30), *range(370, 425, 2)]
    word, middle, low, high = trend(days, 0, 424)
    assert word == "reviving"
    assert 1 < low < middle < high


def test_a_steady_rhythm_has_no_trend_but_an_interval():
    word, _, low, high = trend(list(range(0, 425, 10)), 0, 424)
    assert word is None
    assert low < 1 < high


def test_a_log_of_four_months_says_nothing_of_the_year_before_it():
    word, *_, low, _ = trend(list(range(300, 425, 7)), 320, 424)
    assert word is None
    assert math.isnan(low)


def test_somebody_new_is_not_reviving():
    """The time before two met is no time without contact, and the first meeting no news."""
    assert trend(list(range(290, 425, 12)), 0, 424)[0] is None


def test_a_log_that_stopped_makes_nobody_fade_or_overdue():
    rows = [(n, 1, n * 7, "in_person", 1, None, None) for n in range(60)]
    last = 59 * 7
    end = diary(np.arange(60) * 7, last + 400).end
    stopped = ties(PEOPLE, met(*rows), end).iloc[0]
    assert stopped["overdue_days"] <= 0
    assert stopped["trend"] is None
    assert stopped["gap_probability"] > 0.05
    rows += [(1000 + n, 2, last + n, "in_person", 1, None, None) for n in range(0, 100, 5)]
    goes_on = ties(PEOPLE, met(*rows), last + 100).iloc[0]
    assert goes_on["trend"] == "fading"
    assert goes_on["gap_probability"] < 0.05


def test_hours_by_channel_and_the_line_that_was_passed():
    rows = [(1, 1, 1, "in_person", 50, None, None), (2, 1, 2, "call", 45, None, None)]
    both = [(3, 2, 3, "in_person", 49.9, None, None), (3, 1, 3, "in_person", 40, None, None)]
    frame = ties(PEOPLE, met(*rows, *both), 5)
    assert list(frame.columns) == list(TIES)
    assert frame[["in_person_hours", "call_hours", "email_hours"]].to_numpy().tolist() == [
        [90, 45, 0],
        [49.9, 0, 0],
    ]
    assert frame["line_hours"].tolist()[0] == 90
    assert math.isnan(frame["line_hours"].tolist()[1])


def test_with_no_encounters_at_all_everything_but_the_names_is_unknown_or_none():
    frame = ties(PEOPLE, met(), 5)
    assert frame["name"].tolist() == ["Ana", "Ben"]
    assert frame["in_person_hours"].tolist() == [0, 0]
    assert frame[["depth", "rhythm_days", "trend_low"]].isna().all(axis=None)


def test_hours_add_up_day_by_day_for_those_with_the_most():
    rows = [(1, 1, 1, "in_person", 1, None, None), (2, 1, 1, "in_person", 2, None, None)]
    rows += [(3, 1, 4, "in_person", 3, None, None), (4, 2, 2, "in_person", 9, None, None)]
    rows += [(5, 2, 3, "call", 9, None, None), (6, -1, 3, "in_person", 99, None, None)]
    frame = grown(PEOPLE, met(*rows))
    assert frame["name"].tolist() == ["Ben", "Ana", "Ana"]
    assert frame["total_hours"].tolist() == [9, 3, 6]
    assert grown(PEOPLE, met(*rows), most=1)["name"].tolist() == ["Ben"]
    assert grown(PEOPLE, met()).empty
