"""Words and plain text: unknown is said, numbers read as people say them."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import terminal, wording
from reports.sentences.contrast import sentences


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


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "0 %"), (0.004, "under 1 %"), (0.25, "25 %"), (0.996, "over 99 %"), (1.0, "100 %")],
)
def test_some_is_never_called_none_nor_all(share, words):
    assert wording.part(share) == words


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
    text = terminal.screen(sentences(frames["one day"]["totals"], "Today"), days, top)
    assert text.startswith("Today you spent")
    assert "news" in text


def test_captions_count_in_figures():
    assert wording.tally(1, "day") == "1 day"
    assert wording.tally(7, "person", "people") == "7 people"
    assert wording.tally(1073, "day") == "1 073 days"
