import datetime as dt
import math
import re

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.sentences import withdrawal as said

NAN = math.nan


def standing(since=0.0, people=4.0, out=3.0, known=14.0, unknown=0.0):
    return said.standing(
        {
            "days_since_met": since,
            "unknown_days_since_met": unknown,
            "people_met_14d": people,
            "outings_14d": out,
            "known_days_14d": known,
        }
    )


def test_how_it_stands():
    assert standing() == [
        "You met people on the last known day.",
        "In the last 14 days you met four people; you were out with people on three days.",
    ]
    assert standing(9, 1, 1, 10) == [
        "It is nine days since you met anyone for ten minutes or more.",
        "In the last 14 days (ten known days) you met one person; you were out with people on one day.",
    ]


def test_the_last_known_day_is_dated():
    now = {
        "days_since_met": 0.0,
        "unknown_days_since_met": 0.0,
        "people_met_14d": 4.0,
        "outings_14d": 3.0,
        "known_days_14d": 14.0,
    }
    day = dt.date(2026, 1, 3)
    met, days = said.standing(now, day)
    assert met == "You met people on the last known day, 3 January 2026."
    assert days.startswith("In the 14 days up to then you met four people")
    alone, _ = said.standing(now | {"days_since_met": 9.0}, day)
    assert alone == (
        "On the last known day, 3 January 2026, it was nine days since you had met anyone for ten"
        " minutes or more."
    )


def test_unknown_days_are_not_called_days_alone():
    assert standing(9, 1, 1, 10, 4)[0] == (
        "It is nine days since you met anyone for ten minutes or more, as far as is known: four of"
        " them are unknown."
    )
    assert standing(2, unknown=1)[0].endswith("as far as is known: one of them is unknown.")


def test_brief_meetings_do_not_deny_how_long_nobody_was_met():
    assert standing(43, 1, 14)[1] == (
        "In the last 14 days you met one person only briefly, on 14 days out."
    )
    assert standing(43, 0, 0)[1] == (
        "In the last 14 days you logged no meeting, not even a brief one."
    )
    assert standing(3, 0, 2)[1].startswith(
        "In the last 14 days you met people whom you didn't name"
    )


@settings(deadline=None)
@given(st.floats(0, 400) | st.just(NAN), st.integers(0, 30), st.integers(0, 14), st.integers(1, 14))
def test_how_it_stands_never_contradicts_itself(since, people, out, known):
    first, second = standing(float(np.floor(since)), people, min(out, known), known)
    for text in (first, second):
        assert not re.search(r"\b(nan|inf|None)\b|-\d", text)
    if not since < 14:
        assert "briefly" in second or "no meeting" in second


def test_nothing_logged_is_called_unknown_and_not_alone():
    (line,) = standing(NAN, NAN, NAN, NAN)
    assert "not known" in line
    assert "0" not in line
    assert "No meeting of ten minutes" in standing(NAN)[0]


def watched(*alarms, measure="in_person_hours"):
    weeks = pd.date_range("2026-01-05", periods=len(alarms), freq="7D")
    return pd.DataFrame({"measure": measure, "week": weeks, "alarm": [float(a) for a in alarms]})


def test_the_watch_is_quiet_or_says_since_when_and_whether_it_goes_on():
    assert said.watching(watched(0, 0)) == [
        "The weekly watch is quiet: no drift away from the weeks before."
    ]
    (few,) = said.watching(watched(0, 0), 0.1)
    assert few.endswith("you meet people on so few days that it would hardly notice fewer.")
    (on,) = said.watching(watched(0, 1, 1))
    assert on == (
        "Watch: time with people has been less than in the weeks before, since about the week of"
        " 12 January 2026. This can be chance."
    )
    (over,) = said.watching(watched(0, 1, 0, measure="online_hours"))
    assert over == (
        "Watch: online communication was for a time more than in the weeks before, from about the"
        " week of 12 January 2026. This can be chance."
    )
    (anew,) = said.watching(watched(1, 0, 1, 0, 1, 1))
    assert "since about the week of 2 February 2026 (two earlier times)" in anew
    assert said.watching(watched().iloc[:0]) == ["The weekly watch begins after nine known weeks."]


def test_the_caption_tells_of_the_watch_only_where_it_is_drawn():
    assert "Below, the watch" in said.caption(300, 365)
    assert said.caption(29, 30, watched=False) == (
        "Days since the last meeting in person of ten minutes or more that is known; hatched: not"
        " known."
        " n = 29 known days of 30."
    )
