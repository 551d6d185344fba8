"""Words and plain text: unknown is said, numbers read as people say them."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import terminal, wording


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (5 + 1 / 3, "5 h 20 min"),
        (2.0, "2 h"),
        (0.5, "30 min"),
        (0.0, "0 min"),
        (1.9999, "2 h"),
        (float("nan"), "unknown"),
        (None, "unknown"),
    ],
)
def test_hours_in_words(value, words):
    assert wording.hours(value) == words


@given(st.floats(0, 99))
def test_minutes_never_reach_sixty(value):
    assert "60 min" not in wording.hours(value)


def test_one_is_singular():
    assert wording.count(1, "person", "people") == "one person"
    assert wording.count(3, "person", "people") == "three people"
    assert wording.count(14, "day") == "14 days"


def test_a_span_names_its_year_once():
    first, last = dt.date(2026, 10, 5), dt.date(2026, 11, 3)
    assert wording.span(first, last) == "5 October – 3 November 2026"
    assert wording.span(first, dt.date(2026, 10, 9)) == "5–9 October 2026"


def test_a_day_nobody_recorded_is_unknown_and_not_zero(frames):
    day = frames["one day"]["days"].copy()
    day = day * np.nan
    (line,) = wording.sentences(day, "Today")
    assert "nothing was recorded" in line
    assert "not zero" in line


def test_days_since_a_meeting_are_those_of_the_last_day_they_are_known(frames):
    days = frames["ninety days"]["days"].assign(days_since_met=np.nan)
    days.loc[days.index[-1], "days_since_met"] = 3.0
    assert "At its end, three days had passed since you last met anyone." in wording.sentences(
        days, "Now"
    )
    gap = days.copy()
    gap.loc[gap.index[-2], "in_person_hours"] = np.nan
    assert (
        "At its end, three days had passed since you last met anyone, as far as is known."
        in wording.sentences(gap, "Now")
    )
    days["days_since_met"] = days["days_since_met"].shift(-10)
    day = wording.day(days.index[-11])
    known = f"{day}, the last day of which it is known"
    (told,) = (line for line in wording.sentences(days, "Now") if day in line)
    assert told == f"On {known}, three days had passed since you last met anyone."
    (told,) = (
        line for line in wording.sentences(days.replace({3.0: 0.0}), "Now") if "You met" in line
    )
    assert told == f"You met someone on the last day of which it is known, {day}."


def test_gaps_are_said(frames):
    assert any(
        "unrecorded" in line for line in wording.sentences(frames["ninety days"]["days"], "Now")
    )


def test_half_recorded_days_are_told_from_those_without_a_record(frames):
    days = frames["ninety days"]["days"].copy()
    days.loc[days.index[30], ["screen_hours", "online_hours", "balance"]] = np.nan
    assert (
        "Eleven days of 90 went unrecorded and one was recorded for less than 70 % of a usual"
        " day; they are left out, not counted as zero."
    ) in wording.sentences(days, "Now")


def test_today_is_no_gap_while_it_lasts(frames):
    days = frames["one day"]["days"]
    days = pd.concat([days, days.set_axis(days.index + pd.Timedelta(days=1))])
    days.iloc[-1, days.columns.get_loc("screen_hours")] = np.nan
    today = days.index[-1].date()
    assert "Today is not over and is left out." in wording.sentences(days, "Now", today)
    assert any("less than 70 %" in line for line in wording.sentences(days, "Now"))


def test_few_days_are_called_few(frames):
    days = frames["ninety days"]["days"].iloc[:3]
    assert wording.sentences(days, "Now")[-1].startswith("With only three days recorded")


def test_a_table_lines_up_and_shows_missing_as_a_dash():
    frame = pd.DataFrame({"name": ["a", "bcd"], "hours": [1.5, float("nan")]})
    assert terminal.table(frame).splitlines() == [
        "name  hours",
        "────  ─────",
        "a      1.50",
        "bcd       –",
    ]
    assert "| bcd | – |" in terminal.markdown(frame)


@pytest.mark.parametrize("span", ["one day", "ninety days", "a year"])
def test_bars_fit_the_width_and_have_a_line_a_period(span, frames):
    weeks = frames[span]["weeks"]
    lines = terminal.bars(weeks, 80).splitlines()
    assert len(lines) == len(weeks) + 2
    assert max(map(len, lines)) <= 80
    assert len({line.index("│") for line in lines[:-1]}) == 1


def test_the_one_screen_names_the_largest_categories(frames):
    top = pd.DataFrame({"category": ["news", "games"], "hours": [2.0, 1.0]})
    days = frames["one day"]["days"]
    text = terminal.screen(wording.sentences(days, "Today"), days, top)
    assert text.startswith("Today you spent")
    assert "news" in text


def test_where_only_meetings_were_logged_they_are_told_and_the_screen_is_unknown(frames):
    days = frames["ninety days"]["days"].iloc[:10].copy()
    days[["screen_hours", "online_hours", "covered_hours", "in_person_hours"]] = float("nan")
    days["days_since_met"] = float("nan")
    days.iloc[2, days.columns.get_loc("in_person_hours")] = 1.5
    days.iloc[9, days.columns.get_loc("in_person_hours")] = 2.0
    screen, met = wording.sentences(days, "In this period")
    assert screen == (
        "In this period, nothing was recorded at a screen, so hours online are unknown, not zero."
    )
    assert met == "3 h 30 min with people in person were logged, on two days."


def test_captions_count_in_figures():
    assert wording.tally(1, "day") == "1 day"
    assert wording.tally(7, "person", "people") == "7 people"
    assert wording.tally(1073, "day") == "1 073 days"
