import datetime as dt
import math

import pandas as pd
import pytest

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


def changed(*rows):
    return pd.DataFrame(
        [(measure, pd.Timestamp(day), *means, 60, 60) for measure, day, *means in rows],
        columns=["measure", "day", "before", "after", "before_days", "after_days"],
    )


def test_how_it_stands():
    assert standing() == [
        "You met somebody on the last known day.",
        "In the last 14 days you met four people, and were out to meet somebody on three days.",
    ]
    assert standing(9, 1, 1, 10) == [
        "It is nine days since you met anybody.",
        (
            "In the last 14 days, of which ten are known, you met one person, and were out to meet"
            " somebody on one day."
        ),
    ]


def test_what_was_last_known_is_dated():
    now = {
        "days_since_met": 0.0,
        "unknown_days_since_met": 0.0,
        "people_met_14d": 4.0,
        "outings_14d": 3.0,
        "known_days_14d": 14.0,
    }
    day = dt.date(2026, 1, 3)
    met, days = said.standing(now, day)
    assert met == "You met somebody on the last known day, 3 January 2026."
    assert days.startswith("In the 14 days up to then you met four people")
    alone, _ = said.standing(now | {"days_since_met": 9.0}, day)
    assert alone == (
        "On the last known day, 3 January 2026, it was nine days since you had met anybody."
    )


def test_days_that_are_not_known_are_not_called_days_alone():
    assert standing(9, 1, 1, 10, 4)[0] == (
        "It is nine days since you met anybody, as far as is known: four of them are not known."
    )
    assert standing(2, unknown=1)[0].endswith("as far as is known: one of them is not known.")


def test_of_many_changes_the_newest_are_told_and_the_others_counted():
    rows = [("online_hours", f"2026-{month:02}-02", 1.0, 2.0) for month in range(1, 8)]
    counted, *told = said.turned(changed(*rows), 300, 5)
    assert counted == "Two changes before these: disconnect withdrawal lists all."
    assert len(told) == 5
    assert told[-1].startswith("Since the week of 29 June 2026")
    assert said.turned(changed(*rows), 300, 7) == said.turned(changed(*rows), 300)


def test_nothing_logged_is_called_unknown_and_not_alone():
    (line,) = standing(NAN, NAN, NAN, NAN)
    assert "not known" in line
    assert "0" not in line
    assert "Nobody has been met" in standing(NAN)[0]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (1.0, 0.5, "half as long"),
        (1.0, 0.3, "less than half as long"),
        (1.0, 0.8, "less"),
        (1.0, 0.02, "hardly at all"),
        (0.02, 1.0, "again"),
        (1.0, 1.3, "longer"),
        (1.0, 2.0, "2 times as long"),
        (0.0, 1.0, "again"),
    ],
)
def test_a_change_is_said_by_its_means(before, after, words):
    day = pd.Timestamp("2026-05-06")
    told = said.change("in_person_hours", day, (before, after), lasts=True)
    assert told.startswith("Since the week of 4 May 2026 you meet people")
    assert f" {words}: " in told


def test_a_change_that_was_undone_is_past():
    found = changed(
        ("in_person_hours", "2026-03-16", 1.0, 0.2), ("in_person_hours", "2026-07-20", 0.2, 1.2)
    )
    first, second = said.turned(found, 300)
    assert first.startswith("From the week of 16 March 2026 you met people less than half as long")
    assert second.startswith("Since the week of 20 July 2026 you meet people 6 times as long")


def test_no_change_and_too_few_days_are_told_apart():
    assert said.turned(changed(), 100) == ["No change of level is clear in this period."]
    assert said.turned(changed(), 20) == [
        "Too early to say whether anything changed: 20 known days of the 28 it needs."
    ]


def watched(*alarms, measure="in_person_hours"):
    weeks = pd.date_range("2026-01-05", periods=len(alarms), freq="7D")
    return pd.DataFrame({"measure": measure, "week": weeks, "alarm": [float(a) for a in alarms]})


def test_the_watch_is_quiet_or_says_since_when_and_whether_it_goes_on():
    assert said.watching(watched(0, 0)) == [
        "The weekly watch is quiet: no drift away from the first eight weeks."
    ]
    (on,) = said.watching(watched(0, 1, 1))
    assert on == (
        "Watch: time with people has been less than in the first eight weeks,"
        " since the week of 12 January 2026."
    )
    (over,) = said.watching(watched(0, 1, 0, measure="online_hours"))
    assert over == (
        "Watch: online communication was more than in the first eight weeks for a time,"
        " from the week of 12 January 2026."
    )
    (anew,) = said.watching(watched(1, 0, 1, 0, 1, 1))
    assert anew == (
        "Watch: time with people has been less than in the first eight weeks,"
        " since the week of 2 February 2026; two such times came before."
    )
    assert said.watching(watched().iloc[:0]) == ["The weekly watch begins after nine known weeks."]


def test_the_caption_tells_of_the_watch_only_where_it_is_drawn():
    assert "Below, the watch" in said.caption(300, 365)
    assert said.caption(29, 30, watched=False) == (
        "Days since the last meeting in person of ten minutes or more that is known; hatched: not"
        " known."
        " n = 29 known days of 30."
    )


def test_the_newest_change_is_that_of_time_with_people_where_there_is_one():
    met = ("in_person_hours", "2026-03-23", 0.8, 0.03)
    again = ("in_person_hours", "2026-07-20", 0.03, 1.2)
    online = ("online_hours", "2026-07-27", 11.5, 4.5)
    assert said.newest(changed(met, again, online)) == (
        "Since the week of 20 July 2026 you meet people again: 1 h 12 min a day, before that 2 min."
    )
    assert said.newest(changed(online)).startswith("Since the week of 27 July 2026 you are online")
    assert said.newest(changed()) == ""
