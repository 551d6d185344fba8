import datetime as dt

import numpy as np
import pandas as pd
import pytest

from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.facts.social import Encounter
from disconnect.analysis import opened
from disconnect.analysis.contrast import contrast_of, counted, day_frame
from disconnect.analysis.report import hour_frame
from disconnect.analysis.sums import opened as opened_store
from disconnect.analysis.top import top_in
from disconnect.errors import DisconnectError
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.settings import Settings
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

DAY = dt.date(2026, 3, 20)
PERIOD = Period(DAY, DAY + dt.timedelta(days=1))
HERE = {"device": "laptop", "zone": "UTC"}


def clock():
    return dt.datetime(2026, 3, 23, 12, tzinfo=dt.UTC)


def at(hour, minute=0):
    return dt.datetime(2026, 3, 20, hour, minute, tzinfo=dt.UTC)


def window(start, end, app, title):
    return Activity(start=start, end=end, source="desktop/x11", app=app, title=title, **HERE)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """One day: an hour of LinkedIn, half an hour of a terminal, two hours with Ana."""
    monkeypatch.setenv("TZ", "UTC")
    home = Home(tmp_path / "home").prepare()
    facts = [
        Presence(
            start=at(9), end=at(12), source="presence/daemon", state=PresenceState.ACTIVE, **HERE
        ),
        window(at(9, 30), at(10, 30), "chromium", "Feed | LinkedIn - Chromium"),
        Activity(
            start=at(9, 30), end=at(10, 30), source="browsers/chromium/Default", app="chromium",
            title="Feed | LinkedIn", site="linkedin.com", page="/feed/", **HERE,
        ),
        window(at(10, 30), at(11), "xterm", "make"),
        Encounter(start=at(18), end=at(20), people=("Ana",), zone="UTC"),
    ]  # fmt: skip
    connection = connect(home.database)
    Writer(connection).write(facts)
    connection.close()
    return home


@pytest.fixture
def life(home):
    return opened.open(home.folder, clock=clock)


def test_words_and_periods_ask_the_same(life, home):
    asked = contrast_of(home, Settings(), Period(DAY, DAY), "day", clock)
    pd.testing.assert_frame_equal(life.days(Period(DAY, DAY)), asked)
    pd.testing.assert_frame_equal(life.contrast("2026-03-20", by="day"), asked)


def test_contrast_is_by_week_where_nothing_else_is_said(life):
    found = life.contrast("30d")
    assert found.loc["2026-W12", ["online_hours", "in_person_hours"]].tolist() == [1, 2]


def test_query_groups_and_narrows(life):
    whole = life.query(PERIOD, group="app").set_index("app")["hours"]
    assert whole.to_dict() == {"chromium": 1, "xterm": 0.5}
    online = life.query(PERIOD, group="site", where=("channel=broadcast",))
    assert online[["site", "hours"]].to_numpy().tolist() == [["linkedin.com", 1]]


def test_people_ever_and_in_a_period(life):
    assert life.people()["name"].tolist() == ["Ana"]
    assert life.people("2026-03-21")["in_person_hours"].sum() == 0


def test_a_period_that_is_none_says_so(life):
    with pytest.raises(DisconnectError):
        life.days("whenever")


def test_top_names_sites_before_apps_and_the_most_time_first(home):
    found, _ = counted(home, Settings(), PERIOD, clock)
    with opened_store(home) as (connection, _):
        top = top_in(connection, found)
        first = top_in(connection, found, most=1)
    assert top[["name", "channel", "hours"]].to_numpy().tolist() == [
        ["linkedin.com", "broadcast", 1],
        ["xterm", "other", 0.5],
    ]
    assert first["name"].tolist() == ["linkedin.com"]


def test_hours_of_a_day_add_up_to_it_and_unknown_ones_stay_unknown(home):
    found, met = counted(home, Settings(), PERIOD, clock)
    days = day_frame(found, met)
    frame = hour_frame(found, days)
    assert len(frame) == 48
    first = frame[frame["day"] == pd.Timestamp(DAY)].set_index("hour")
    assert first["screen_hours"].dropna().to_dict() == {9: 0.5, 10: 1, 11: 0}
    assert first["online_hours"].dropna().to_dict() == {9: 0.5, 10: 0.5, 11: 0}
    assert first.loc[[18, 19], "in_person_hours"].tolist() == [1, 1]
    for name in ("covered_hours", "screen_hours", "online_hours", "in_person_hours"):
        assert first[name].sum() == pytest.approx(days[name].iloc[0])
    second = frame[frame["day"] != pd.Timestamp(DAY)]
    assert np.isnan(second["screen_hours"]).all()
