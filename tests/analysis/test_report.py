"""What a report is made of: days of which too little is known, and days that have not come yet."""

import datetime as dt

import pandas as pd
import pytest

from collectors.facts.screen import Activity, Presence
from collectors.facts.social import Encounter
from collectors.imports.made_up import MadeUpLife
from disconnect.analysis.contrast import contrast_of, known_days
from disconnect.analysis.report import content_for
from disconnect.errors import NothingThereError
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.settings import Settings
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

FIRST = dt.date(2026, 10, 1)
HALF = pd.Timestamp("2026-10-10")
NOW = dt.datetime(2026, 10, 20, 8, tzinfo=dt.UTC)
MONTH = Period(FIRST, dt.date(2026, 10, 31))
ZONE = "Europe/Berlin"


def seen(fact):
    """Nothing of today after now, and of the tenth only the evening."""
    start = getattr(fact, "start", None)
    if start is None or isinstance(fact, Encounter):
        return True
    local = start + dt.timedelta(hours=2)
    return fact.end <= NOW and (local.date() != HALF.date() or local.hour >= 19)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    connection = connect(home.database)
    life = MadeUpLife(3, FIRST, 20, zone=ZONE, activities_per_day=120, gaps=False)
    facts = life.facts(dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    Writer(connection).write(filter(seen, facts))
    connection.close()
    return home


@pytest.fixture(scope="module")
def content(home):
    return content_for(home, Settings(), MONTH, lambda: NOW, ZONE)


def test_an_evening_alone_is_a_day_left_out(home, content):
    observed = ["screen_hours", "online_hours", "call_hours", "balance"]
    assert content.days.loc[HALF, observed].isna().all()
    assert content.days["covered_hours"][HALF] > 0
    assert content.days["screen_hours"][HALF - pd.Timedelta(days=1)] > 0
    hours = content.hours[content.hours["day"] == HALF]
    assert hours["screen_hours"].isna().all()
    assert hours["covered_hours"].notna().any()


def test_the_records_of_contrast_keep_what_was_observed(home):
    days = contrast_of(home, Settings(), MONTH, "day", lambda: NOW)
    assert days["screen_hours"][HALF] > 0


def test_hours_with_people_stay_on_a_day_left_out(home, content):
    days = contrast_of(home, Settings(), MONTH, "day", lambda: NOW)
    assert content.days["in_person_hours"][HALF] == pytest.approx(
        days["in_person_hours"][HALF], nan_ok=True
    )


def test_days_to_come_are_no_part_of_a_report(content):
    assert content.period_last == dt.date(2026, 10, 20)
    assert content.days.index[-1] == pd.Timestamp("2026-10-20")


def test_a_period_wholly_to_come_is_empty(home):
    with pytest.raises(NothingThereError):
        content_for(
            home,
            Settings(),
            Period(dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
            lambda: NOW,
            ZONE,
        )


def test_a_morning_is_no_day_yet_whatever_period_is_asked(home):
    today = Period(NOW.date(), NOW.date())
    assert known_days(home, Settings(), today, lambda: NOW)["screen_hours"].isna().all()
    found = contrast_of(home, Settings(), today, "day", lambda: NOW)
    assert found["screen_hours"].notna().all()
    assert found["balance"].isna().all()


def test_a_day_is_left_out_by_itself_as_in_its_month(home, content):
    alone = known_days(home, Settings(), Period(HALF.date(), HALF.date()), lambda: NOW)
    assert alone["screen_hours"].isna().all()
    for by in ("week", "month"):
        found = contrast_of(home, Settings(), MONTH, by, lambda: NOW)
        both = content.days.dropna(subset=["in_person_hours", "online_hours"])
        assert found["balance_days"].sum() == len(both)


def test_later_quiet_hours_make_other_hours_the_waking_ones(home):
    """An evening is enough for somebody who rests all day."""
    night_bird = Settings(quiet_hours="00:00-19:00")
    days = known_days(home, night_bird, MONTH, lambda: NOW)
    assert days["screen_hours"][HALF] > 0


def test_a_home_in_which_nothing_was_logged_has_a_report_of_its_hours(tmp_path):
    home = Home(tmp_path)
    connection = connect(home.database)
    life = MadeUpLife(3, FIRST, 3, zone=ZONE, activities_per_day=60, gaps=False)
    facts = life.facts(dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    Writer(connection).write(fact for fact in facts if isinstance(fact, Activity | Presence))
    connection.close()
    content = content_for(home, Settings(), MONTH, lambda: NOW, ZONE)
    assert content.days["online_hours"].iloc[0] > 0
    assert content.days["in_person_hours"].isna().all()
