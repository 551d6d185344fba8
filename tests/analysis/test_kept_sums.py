import datetime as dt
import random
import sqlite3
from functools import partial

import numpy as np
import pandas as pd
import pytest

from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.facts.social import Channel, Encounter, Person
from collectors.imports.made_up import MadeUpLife
from disconnect.analysis.contrast import contrast_of
from disconnect.analysis.keep import keep_sums
from disconnect.analysis.people import people_of
from disconnect.analysis.query import query_of
from disconnect.analysis.sums import hours
from disconnect.analysis.top import unsorted
from disconnect.errors import NothingThereError, UsageProblemError
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.settings import Settings
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

FIRST = dt.date(2026, 3, 20)
PERIOD = Period(FIRST, FIRST + dt.timedelta(days=13))
SETTINGS = Settings()
LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def clock():
    return dt.datetime(2026, 4, 10, 12, tzinfo=dt.UTC)


def write(home, facts):
    connection = connect(home.database)
    Writer(connection).write(facts)
    connection.close()


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "home").prepare()
    life = MadeUpLife(7, FIRST, 14, activities_per_day=60, devices=2)
    write(home, life.facts(LONG_AGO))
    return home


def blocks(home):
    with sqlite3.connect(home.database) as connection:
        found = dict(connection.execute("SELECT utc_day, data FROM hour_sums"))
    connection.close()
    return found


def forget_sums(home):
    with sqlite3.connect(home.database) as connection:
        connection.execute("DELETE FROM hour_sums")
        connection.execute("DELETE FROM sorted")
    connection.close()


def at(day, hour, minute=0):
    midnight = dt.datetime.combine(FIRST, dt.time(), tzinfo=dt.UTC)
    return midnight + dt.timedelta(days=day, hours=hour, minutes=minute)


def test_kept_sums_equal_fresh_ones_whatever_is_written_after(home):
    rng = random.Random(3)  # noqa: S311 - not for secrets
    keep_sums(home, clock)
    for _ in range(25):
        start = at(rng.randrange(13), rng.randrange(24), rng.randrange(60))
        end = start + dt.timedelta(minutes=rng.choice([1, 30, 200, 1500]))
        fact = rng.choice(
            [
                Activity(
                    start=start, end=end, device="laptop", source="desktop/x11", app="chromium",
                    title="Feed | LinkedIn - Chromium", zone="Europe/Berlin",
                ),
                Activity(
                    start=start, end=end, device="laptop", source="browsers/chromium/Default",
                    app="chromium", title="Feed | LinkedIn", site="linkedin.com", page="/feed/",
                    zone="Europe/Berlin",
                ),
                Presence(
                    start=start, end=end, device="laptop", source="presence/daemon",
                    state=rng.choice(list(PresenceState)), zone="Europe/Berlin",
                ),
                Encounter(start=start, end=end, people=("Ana",), channel=rng.choice(list(Channel))),
            ]
        )  # fmt: skip
        write(home, [fact])
        keep_sums(home, clock)
    kept = blocks(home)
    forget_sums(home)
    keep_sums(home, clock)
    assert kept == blocks(home)


def test_a_late_row_of_the_evening_before_bounds_a_call_over_midnight(tmp_path):
    home = Home(tmp_path / "night").prepare()
    idle = partial(Presence, device="laptop", source="presence/x11", state=PresenceState.IDLE)
    meeting = Activity(
        start=at(1, 23), end=at(2, 4), device="laptop", source="desktop/x11", app="zoom",
        title="Zoom Meeting",
    )  # fmt: skip
    write(home, [meeting, idle(start=at(1, 23), end=at(2, 4))])
    period = Period(FIRST + dt.timedelta(days=2), FIRST + dt.timedelta(days=2))
    assert contrast_of(home, SETTINGS, period, "day", clock)["call_hours"].tolist() == [1.0]
    write(home, [idle(start=at(1, 21), end=at(1, 22, 55))])
    assert contrast_of(home, SETTINGS, period, "day", clock)["call_hours"].tolist() == [0.0]


def test_the_last_day_of_all_is_kept_once_it_is_over(home):
    hours(home, SETTINGS, PERIOD, clock)
    asked = blocks(home)
    forget_sums(home)
    keep_sums(home, clock)
    assert blocks(home) == asked


def test_a_warm_answer_is_the_answer_from_nothing(home):
    cold = contrast_of(home, SETTINGS, PERIOD, "day", clock)
    assert blocks(home)
    pd.testing.assert_frame_equal(cold, contrast_of(home, SETTINGS, PERIOD, "day", clock))


def test_an_unfinished_day_is_not_kept(home):
    def early():
        return at(5, 12)

    hours(home, SETTINGS, PERIOD, early)
    assert max(blocks(home)) == (FIRST - dt.date(1970, 1, 1)).days + 4


def test_days_weeks_and_months_have_the_same_hours(home):
    sums = {
        by: contrast_of(home, SETTINGS, PERIOD, by, clock)["screen_hours"].sum()
        for by in ("day", "week", "month")
    }
    assert sums["week"] == pytest.approx(sums["day"], abs=1e-9)
    assert sums["month"] == pytest.approx(sums["day"], abs=1e-9)


@pytest.mark.parametrize("group", ["category", "channel", "device"])
@pytest.mark.parametrize("by", [None, "hour", "day", "week", "month", "year"])
def test_every_way_of_asking_has_the_same_hours(home, group, by):
    days = contrast_of(home, SETTINGS, PERIOD, "day", clock)
    asked = query_of(home, SETTINGS, PERIOD, by, group, (), clock)
    if group == "channel":  # time with people is no time at a screen, and stands beside it
        there = asked["channel"] == "in_person"
        expected = pytest.approx(days["in_person_hours"].sum(), abs=1e-9)
        assert asked.loc[there, "hours"].sum() == expected
        asked = asked[~there]
    assert asked["hours"].sum() == pytest.approx(days["screen_hours"].sum(), abs=1e-9)


def test_parts_of_a_day_add_up_to_the_day(home):
    day = FIRST + dt.timedelta(days=3)
    noon = dt.datetime(day.year, day.month, day.day, 11, 7, 3, tzinfo=dt.UTC)
    parts = [Period(day, day, until=noon), Period(day, day, since=noon), Period(day, day)]
    found = [hours(home, SETTINGS, part, clock).sums.ms.sum() for part in parts]
    assert found[0] + found[1] == found[2]
    assert all(found)


def test_a_later_beginning_of_the_day_moves_the_night_to_the_day_before(home):
    late = Settings(day_starts="04:00")
    early, moved = (hours(home, s, PERIOD, clock) for s in (SETTINGS, late))
    assert set(np.unique(moved.sums.hour - moved.day * 24)) <= set(range(4, 28))
    assert set(np.unique(early.sums.hour - early.day * 24)) <= set(range(24))


def test_where_narrows_and_categories_hold_what_lies_under_them(home):
    whole = query_of(home, SETTINGS, PERIOD, None, "category", (), clock)
    under = query_of(home, SETTINGS, PERIOD, None, "category", ("category=communication",), clock)
    expected = whole[whole["category"].str.startswith("communication/")]
    assert under["hours"].sum() == pytest.approx(expected["hours"].sum())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("site=WWW.LinkedIn.com", "site=linkedin.com"), ("channel=Email", "channel=email")],
)
def test_conditions_are_read_as_a_person_types_them(home, typed, kept):
    found = query_of(home, SETTINGS, PERIOD, None, "app", (typed,), clock)
    assert len(found)
    expected = query_of(home, SETTINGS, PERIOD, None, "app", (kept,), clock)
    pd.testing.assert_frame_equal(found, expected)


def test_a_condition_that_does_not_exist_says_which_do(home):
    with pytest.raises(UsageProblemError, match="category, channel, app, site, device"):
        query_of(home, SETTINGS, PERIOD, None, "category", ("colour=red",), clock)


def test_an_empty_period_says_what_to_do(home):
    nothing = Period(dt.date(1999, 1, 1), dt.date(1999, 1, 2))
    with pytest.raises(NothingThereError, match="disconnect start"):
        contrast_of(home, SETTINGS, nothing, "day", clock)


def test_no_database_says_what_to_do(tmp_path):
    with pytest.raises(NothingThereError, match="disconnect import browsers"):
        contrast_of(Home(tmp_path), SETTINGS, PERIOD, "day", clock)


def test_what_no_rule_knows_is_told_by_name(home):
    write(home, [
        Activity(start=at(2, 3), end=at(2, 4), device="old", source="imports/csv", app="frobnify")
    ])  # fmt: skip
    found = unsorted(home, SETTINGS, PERIOD, clock)
    assert found.to_dict(orient="records") == [{"name": "frobnify", "kind": "app", "hours": 1.0}]


def test_people_have_the_hours_of_their_encounters(tmp_path):
    home = Home(tmp_path / "two").prepare()
    dinner = Encounter(start=at(1, 18), end=at(1, 20), people=("Ana", "Ben"), chance=True)
    call = Encounter(start=at(2, 18), end=at(2, 19), people=("Ben",), channel=Channel.CALL)
    write(home, [Person(name="Ana", met="in_person", how="at school"), dinner, call])
    found = people_of(home, SETTINGS).set_index("name")
    assert found["in_person_hours"].to_dict() == {"Ana": 2, "Ben": 2}
    assert found["online_hours"].to_dict() == {"Ana": 0, "Ben": 1}
    assert found.loc["Ana", "met"] == "in_person"
    assert found.loc["Ana", "last_met"] == FIRST + dt.timedelta(days=1)


def test_time_with_people_is_unknown_before_the_first_entry_and_once_the_diary_lapses(tmp_path):
    home = Home(tmp_path / "three").prepare()
    meeting = Encounter(start=at(2, 18), end=at(2, 20), people=("Ana",))
    called = Encounter(
        start=at(4, 18), end=at(4, 19), people=("Ben",), channel=Channel.CALL
    )  # an entry like any other
    write(home, [meeting, called])
    period = Period(FIRST, FIRST + dt.timedelta(days=19))
    for silent, known in ((3, 7), (4, 4)):
        found = contrast_of(home, SETTINGS, period, "day", lambda: at(4 + silent, 12))  # noqa: B023
        hours_with = found["in_person_hours"].to_numpy()
        assert np.isnan(hours_with[:2]).all()
        assert hours_with[2:5].tolist() == [2, 0, 0]
        assert (hours_with[5 : known + 1] == 0).all()
        assert np.isnan(hours_with[known + 1 :]).all()
