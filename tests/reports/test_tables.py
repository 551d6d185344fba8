"""The report's tables: each mean with its days, and no more rows than help."""

import numpy as np
import pandas as pd
import pytest

from reports.pdf import tables

NAN = float("nan")


@pytest.fixture
def days() -> pd.DataFrame:
    """Four days: two recorded ones, one nobody recorded but met someone on, one without a log."""
    columns = ("online", "broadcast", "email", "message", "call", "screen", "covered", "divided")
    frame = pd.DataFrame(
        {f"{name}_hours": [4.0, 2.0, NAN, 6.0] for name in columns},
        index=pd.date_range("2026-10-01", periods=4, name="day"),
    )
    met = {"in_person_hours": [2.0, 0.0, 5.0, NAN], "encounters": [1.0, 0.0, 2.0, NAN]}
    return frame.assign(chance_encounters=0.0, people_met=1.0, days_since_met=0.0, **met)


def test_each_side_has_the_mean_of_its_own_days_and_the_balance_that_of_common_ones(
    days, by_period
):
    months = by_period(days, "month")
    (row,) = tables.months(months, months)["rows"]
    assert row == ["Oct 2026", "3", "4.00", "4.00", "3", "2.33", "25 %", "2", "3"]


def test_the_share_of_social_time_is_that_of_days_known_on_both_sides(days, sum_up):
    found = sum_up(days)
    rows = {row[0]: row[1:] for row in tables.channels(found)["rows"]}
    assert rows["In person"] == ["7 h", "2 h 20 min", "3", "25 %"]
    assert rows["Feeds and posts"][:3] == ["12 h", "4 h", "3"]
    assert (found.balance, found.balance_days) == (0.25, 2)
    number = tables.numbers(found, pd.DataFrame())[2]
    assert number == {"value": "25 %", "words": "of social time in person", "days": "on 2 days"}


def test_one_day_needs_no_column_of_means(days, sum_up):
    table = tables.channels(sum_up(days.iloc[:1]))
    assert table["head"] == ["Channel", "In all", "Of social time"]
    assert {len(row) for row in table["rows"]} == {3}


def test_years_stand_for_months_when_there_are_many(frames):
    years = frames["ten years"]["years"]
    table = tables.months(frames["ten years"]["months"], years)
    assert [row[0] for row in table["rows"]] == [str(year) for year in range(2016, 2027)]
    assert table["title"] == "Year by year"
    assert tables.months(frames["ninety days"]["months"], years)["title"] == "Month by month"


def test_the_longest_gaps_come_first_and_the_rest_is_counted():
    hours = np.array([0.0, 9.0] * 10 + [0.0, 0.0, 9.0])
    days = pd.DataFrame({"covered_hours": hours}, index=pd.date_range("2026-10-01", periods=23))
    rows = tables.gaps(days)["rows"]
    assert rows[0] == ["21–22 October 2026", "2"]
    assert rows[-1] == ["and 3 more", "3"]
    assert sum(int(length) for _, length in rows) == int((hours == 0).sum())


def test_hours_online_with_people_are_shown_where_any_were_logged(frames):
    people = frames["ninety days"]["people"]
    assert "Logged online" in tables.people(people)["head"]
    none = tables.people(people.assign(online_hours=0.0))
    assert "Logged online" not in none["head"]
    assert none["rows"][0][-1] == "1 Sep 2026"
