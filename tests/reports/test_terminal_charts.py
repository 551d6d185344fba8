"""A chart in the terminal shows what its picture shows."""

import numpy as np
import pandas as pd
import pytest

from reports.charts.balance import rolling
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
    days = frames["ninety days"]["days"]
    _, line, low, high = rolling(days)
    last = in_terminal("balance", days, QUIET).splitlines()[-3]
    assert last.startswith("2026-09-30")
    assert f"{100 * line[-1]:.0f} %" in last
    assert last.endswith(f"({100 * low[-1]:.0f}–{100 * high[-1]:.0f} %)")


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
