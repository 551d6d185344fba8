"""A chart in the terminal shows what its picture shows."""

import numpy as np
import pandas as pd
import pytest

from reports.charts.mirrored import a_day
from reports.gallery import CHARTS
from reports.terminal_charts import in_terminal

QUIET = (22 * 60, 6 * 60)
NAMES = pytest.mark.parametrize("name", list(CHARTS))
SPANS = pytest.mark.parametrize("span", ["one day", "ninety days", "a year", "ten years"])


@NAMES
@SPANS
def test_it_fits_a_terminal_of_eighty_columns(name, span, frames):
    lines = in_terminal(name, frames[span][CHARTS[name].needs], QUIET).splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) < (130 if name == "mirrored" else 70)


@NAMES
def test_nothing_is_said_and_not_drawn(name, frames):
    frame = frames["ninety days"][CHARTS[name].needs]
    assert in_terminal(name, frame.iloc[:0], QUIET).startswith("No data")


@NAMES
def test_each_chart_is_its_own(name, frames):
    text = in_terminal(name, frames["ninety days"][CHARTS[name].needs], QUIET)
    others = [
        in_terminal(other, frames["ninety days"][CHARTS[other].needs], QUIET)
        for other in CHARTS
        if other != name
    ]
    assert text not in others


def test_hours_of_a_week_are_means_a_day(frames):
    weeks = frames["ninety days"]["weeks"]
    text = in_terminal("mirrored", weeks, QUIET)
    assert f" {a_day(weeks)['online_hours'].iloc[0]:.2f} " in text
    assert "hours a day" in text


def test_the_last_balance_is_that_of_the_line(frames):
    line = frames["ninety days"]["balance"]
    share, low, high = line[["balance", "low", "high"]].iloc[-1]
    last = in_terminal("balance", line, QUIET).splitlines()[-3]
    assert last.startswith("2026-09-30")
    assert f"{100 * share:.0f} %" in last
    assert last.endswith(f"({100 * low:.0f}–{100 * high:.0f} %)")


def test_late_night_is_marked_by_the_hours_given(frames):
    text = in_terminal("actogram", frames["ninety days"]["hours"], (23 * 60, 2 * 60))
    assert [line[:2] for line in text.splitlines() if line[5:6] == "*"] == ["00", "01", "23"]


def test_unknown_squares_differ_from_none(frames):
    days = frames["ninety days"]["days"].iloc[:7].copy()
    days["online_hours"] = [0.0, 0.5, 1.5, 3.0, 5.0, 9.0, np.nan]
    online = in_terminal("calendars", days, QUIET).split("In person")[0]
    assert "".join(mark for mark in online if mark in "·▁▂▄▆█░") == (
        "▄▆█░·▁▂"  # from Monday; the period begins on a Friday
    )


def test_a_day_left_out_is_said_where_days_are_rows(frames):
    days = frames["ninety days"]["days"].iloc[:10].copy()
    days.loc[days.index[3], "screen_hours"] = np.nan
    lines = in_terminal("coverage", days, QUIET).splitlines()
    assert [line for line in lines if line.endswith("(left out)")] == [lines[4]]
    assert pd.Timestamp(lines[4][:10]) == days.index[3]


def test_a_scale_that_is_known_is_not_stretched():
    days = pd.date_range("2026-01-05", periods=3, name="day")
    low = pd.DataFrame({"load": 5.0, "low": 3.0, "high": 9.0, "energy": 5.0}, index=days)
    load, energy = (in_terminal(name, low, QUIET).splitlines() for name in ("load", "energy"))
    assert load[0] == "Recovery-Load Index, 0 to 100, with its interval"
    assert load[-1].endswith("5 (3–9)")
    assert load[-1].count("█") < 5
    assert 25 < energy[-1].count("█") < 35


def test_where_there_is_nothing_to_draw_it_says_why():
    days = pd.date_range("2026-01-05", periods=9, name="day")
    none = pd.DataFrame({"load": np.nan, "low": np.nan, "high": np.nan}, index=days)
    assert "at least 7 recorded days" in in_terminal("load", none, QUIET)
    rows = pd.DataFrame({"kind": "day", "day": days, "measure": "", "value": np.nan})
    assert "nothing has been logged" in in_terminal("withdrawal", rows, QUIET)


def test_of_many_days_the_longest_without_a_meeting_still_shows():
    days = pd.date_range("2026-01-05", periods=90)
    value = np.zeros(90)
    value[50] = 7.0
    rows = pd.DataFrame({"kind": "day", "day": days, "measure": "", "value": value})
    title, *lines = in_terminal("withdrawal", rows, QUIET).splitlines()
    assert title.endswith("the most of those up to the day named")
    assert [line for line in lines if line.endswith(" 7")]
    assert lines[-1].startswith("Sat  4 Apr")


def test_a_rate_shows_what_it_may_be_and_none_begins_at_none():
    index = pd.Index(["in_person", "call", "email"], name="channel")
    rates = pd.DataFrame(
        {
            "events": [4.0, 0.0, 1.0],
            "hours": [261.0, 367.0, np.nan],
            "rate_per_100h": [1.6, 0.05, np.nan],
            "low": [0.5, 0.01, np.nan],
            "high": [3.6, 0.7, np.nan],
        },
        index=index,
    )
    _, person, call, email, axis = in_terminal("returns", rates, QUIET).splitlines()
    assert person.startswith("in person  ")
    assert person.endswith("4 in 261 h")
    assert person.index("─") < person.index("●") < person.rindex("─")
    assert call.split()[1].startswith("○─")
    assert email.endswith("1, no hours known")
    assert axis.endswith("3.6")


def test_reach_that_is_not_known_is_said():
    stages = pd.DataFrame(
        {"stage": ["reached", "conversed", "met", "supported"], "people": [np.nan, 31, 4, 0]}
    )
    lines = in_terminal("funnel", stages, QUIET).splitlines()
    assert lines[1].endswith("not noted")
    assert "31 █" in lines[2]
    assert lines[4].endswith(" 0")
