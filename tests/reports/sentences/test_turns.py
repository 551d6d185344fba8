import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disconnect.pipeline.withdrawal.turning import CHANGES, changes, grounds
from reports.sentences.turns import newest, turned

ENOUGH = {"in_person_weeks": 52.0, "online_weeks": 52.0, "met_share": 0.5}
QUIET_ONLINE = ["No clear change in your time online."]


def changed(*rows):
    """Rows of measure, day, before and after, with intervals a tenth to either side."""
    frame = pd.DataFrame(
        [
            (measure, day, day, day, before, 0.9 * before, 1.1 * before, after, 0.9 * after,
             1.1 * after, 60, 60)
            for measure, day, before, after in rows
        ],
        columns=list(CHANGES),
    )  # fmt: skip
    return frame.astype(dict.fromkeys(("day", "earliest", "latest"), "datetime64[ns]"))


def fell(day="2026-05-04", often=(4.0, 2.0), long=None, total=(1.0, 0.5)):
    rows = [("in_person_hours", day, *total)]
    rows += [("met_days_per_week", day, *often)] if often else []
    rows += [("hours_per_met_day", day, *long)] if long else []
    return rows


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (fell(), "meet people half as often: 2 days a week, down from 4"),
        (fell(often=(4.0, 1.0)), "meet people less than half as often: 1 day a week, down from 4"),
        (fell(often=(2.0, 4.0), total=(0.5, 1.0)), "twice as often: 4 days a week, up from 2"),
        (fell(often=(0.0, 3.0), total=(0.2, 1.0)), "more often: 3 days a week, up from 0"),
        (
            fell(often=None, long=(1.5, 0.75)),
            "meet people for less time: 45 min on a day with people, down from 1 h 30 min",
        ),
        (
            fell(long=(1.5, 0.75)),
            "half as often and for less time: 2 days a week, down from 4; 45 min on a day with",
        ),
        (fell(long=(1.0, 2.0), total=(1.0, 1.0)), "half as often but for more time"),
        (
            fell(total=(49 / 60, 2 / 60)),
            "all but stopped meeting people: 2 min a day, down from 49",
        ),
        (
            fell(often=(0.2, 4), total=(2 / 60, 0.8)),
            "began to meet people: 48 min a day, up from 2 min",
        ),
        ([("online_hours", "2026-05-04", 5.0, 7.0)], "began to spend more time online: 7 h a day"),
    ],
)
def test_a_change_is_told_by_the_levels_that_carry_it(rows, words):
    told = turned(changed(*rows), ENOUGH)[0]
    assert told.startswith("In the week of 4 May 2026 you ")
    assert words in told
    assert "95 %" in told
    assert "begun in that week" in told


def test_intervals_of_levels_and_week_stand_in_brackets():
    frame = changed(*fell())
    frame["earliest"], frame["latest"] = pd.Timestamp("2026-04-20"), pd.Timestamp("2026-05-11")
    assert turned(frame, ENOUGH)[0].endswith(
        "(95 %: 1.8 to 2.2, before 3.6 to 4.4; begun between the weeks of 20 April 2026 and"
        " 11 May 2026)."
    )


def test_a_return_to_the_earlier_level_is_called_so():
    rows = [*fell("2026-03-02"), *fell("2026-07-06", (2.0, 4.1), total=(0.5, 1.05))]
    _, back = turned(changed(*rows), ENOUGH)[:2]
    assert "you were back to your earlier time with people: 1 h 3 min a day, up from 30 min" in back
    rows = [*fell("2026-03-02"), *fell("2026-07-06", (2.0, 7.0), total=(0.5, 3.0))]
    assert "back" not in turned(changed(*rows), ENOUGH)[1]
    rows = [("online_hours", "2026-03-02", 5.0, 9.0), ("online_hours", "2026-05-04", 9.0, 5.2)]
    assert "back to your earlier time online" in turned(changed(*rows), ENOUGH)[1]


def test_untold_changes_have_their_reason():
    assert turned(changed(), ENOUGH) == [
        "No clear change in your time with people or your time online."
    ]
    early = {"in_person_weeks": 9.0, "online_weeks": 30.0, "met_share": 0.5}
    assert turned(changed(), early) == [
        *QUIET_ONLINE,
        "Too early to tell from this period if your time with people changed: 9 of the 14 known weeks it takes.",
    ]
    few = ENOUGH | {"met_share": 0.1}
    assert turned(changed(), few) == [
        *QUIET_ONLINE,
        "You meet people on 0.7 days a week: too few to tell if that changed.",
    ]
    assert turned(changed(*fell()), few)[1:] == QUIET_ONLINE


def test_of_many_changes_the_newest_are_told_and_the_others_counted():
    rows = [("online_hours", f"2026-{month:02}-02", 1.0, 2.0) for month in range(1, 8)]
    counted, *told = turned(changed(*rows), ENOUGH, 5)
    assert counted == "Two earlier changes: disconnect withdrawal lists all."
    assert len([line for line in told if "In the week" in line]) == 5


def test_the_newest_change_is_that_of_time_with_people_where_there_is_one():
    online = ("online_hours", "2026-07-27", 11.5, 4.5)
    assert newest(changed(*fell(), online)) == (
        "In the week of 4 May 2026 you began to meet people half as often: 2 days a week, down"
        " from 4."
    )
    assert "less time online" in newest(changed(online))
    assert newest(changed()) == ""


@st.composite
def lives(draw):
    """Days of up to three levels, some of them unknown, some without anybody, some all alike."""
    size = draw(st.integers(0, 210))
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    columns = {}
    for name in ("in_person_hours", "online_hours"):
        levels = draw(
            st.lists(st.sampled_from([0.0, 0.05, 0.2, 1.0, 2.0, 9.0]), min_size=3, max_size=3)
        )
        spread = draw(st.sampled_from([0.0, 0.01, 0.5]))
        level = np.repeat(levels, size // 3 + 1)[:size]
        hours = np.clip(level * np.exp(spread * rng.normal(size=size)), 0, 24)
        hours[rng.random(size) < draw(st.sampled_from([0.0, 0.3, 0.8]))] = 0.0
        hours[rng.random(size) < draw(st.sampled_from([0.0, 0.2, 0.9]))] = np.nan
        columns[name] = hours
    first = pd.Timestamp("2026-01-01") + pd.Timedelta(days=draw(st.integers(0, 13)))
    return pd.DataFrame(columns, index=pd.date_range(first, periods=size, name="day"))


@settings(deadline=None, max_examples=60)
@given(lives())
def test_words_of_any_life_are_whole_and_agree_with_the_table(days):
    found = changes(days)
    lines = turned(found, grounds(days))
    told = [line for line in lines if line.startswith("In the week")]
    for line in lines:
        assert not re.search(r"\b(nan|inf|NaT|None)\b|[-−]\d", line), line
    for line in told:
        for after, before in re.findall(r"[:;] ([^;:(]+?), (?:up|down) from ([^;(]+)", line):
            assert after.removesuffix(" a day").removesuffix(" days a week") != before.strip()
    online = found["measure"] == "online_hours"
    assert len(told) == sum(found.loc[which, "day"].nunique() for which in (online, ~online))
    for subject, which in (("time online", online), ("time with people", ~online)):
        untold = [line for line in lines if subject in line and line not in told]
        assert not (which.any() and untold), (subject, untold)
    assert (
        (found["before_low"] <= found["before"]) & (found["before"] <= found["before_high"])
    ).all()
    assert ((found["after_low"] <= found["after"]) & (found["after"] <= found["after_high"])).all()
    assert ((found["earliest"] <= found["day"]) & (found["day"] <= found["latest"])).all()
