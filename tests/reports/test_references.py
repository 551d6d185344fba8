"""Reference values: by hand from the table, and never beside too few days."""

import csv
import datetime as dt
import math

import pytest

from disconnect import settings_rules
from disconnect.analysis.usual import usual
from disconnect.settings import Person, Settings
from reports import references
from reports.sentences import references as said


def test_age_decides_then_sex_then_everybody():
    assert references.socialising(30).low == pytest.approx(32.9 / 60)
    assert references.socialising(30).high == pytest.approx(70.5 / 60)
    assert references.socialising(30, "male") == references.socialising("25-34")
    assert references.socialising(None, "female").high == pytest.approx(63.4 / 60)
    assert references.socialising().low == pytest.approx(34.5 / 60)


@pytest.mark.parametrize(
    ("age", "band"),
    [(14, None), (15, "15-19"), (34, "25-34"), (35, "35-44"), (99, "75+"), (None, None)],
)
def test_the_band_of_an_age(age, band):
    assert references.age_band(age) == band


def test_every_band_and_sex_is_in_the_table_with_country_and_years():
    for band in references.AGE_BANDS:
        assert 0 < references.socialising(band).low < references.socialising(band).high < 2
        assert references.socialising(band).label.startswith("socialising, US, ages")
        assert references.socialising(band).label.endswith("2012–16")
    with pytest.raises(ValueError, match="no group 'x'"):
        references.socialising(None, "x")


def test_the_bands_are_those_that_the_settings_take():
    assert settings_rules.AGE_BANDS == references.AGE_BANDS


def test_means_of_populations():
    assert references.mean_of("social_media").high == pytest.approx(2 + 23 / 60)
    assert references.friendship()[0] == (50, "casual friend")


@pytest.mark.parametrize(
    ("name", "minutes", "words"),
    [
        ("socialising", (39.2, 46.7), ("US", "15 and over", "2016 and 2003")),
        ("friends_in_person", (20, 60), ("US", "2020 and 2003")),
        ("social_media", (143, 143), ("worldwide", "2024")),
        ("internet", (400, 400), ("worldwide", "2024")),
    ],
)
def test_each_mean_has_its_country_years_and_source(name, minutes, words):
    found = references.mean_of(name)
    assert (60 * found.low, 60 * found.high) == pytest.approx(minutes)
    assert all(word in found.label for word in words)
    assert found.source


def test_the_hours_of_friendship_are_halls():
    assert references.friendship() == (
        (50, "casual friend"), (90, "friend"), (200, "close friend"),
    )  # fmt: skip


def test_the_layers_of_relationships_are_dunbars():
    assert said.layers() == (
        "For scale: layers of relationships hold about 5, 15, 50 and 150 people (Dunbar)."
    )


@pytest.mark.parametrize(
    ("kind", "group", "minutes"),
    [
        ("year", "2003", 46.7), ("year", "2013", 43.1), ("year", "2016", 39.2),
        ("sex", "male", 40.0), ("sex", "female", 43.8),
        ("wk", "weekday", 34.5), ("wk", "weekend", 60.7),
    ],
)  # fmt: skip
def test_the_surveys_table_holds_what_was_published_of_it(kind, group, minutes):
    text = (references.FOLDER / "atus_socialising.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    (found,) = (row for row in rows if row["by"].split()[0] == kind and row["group"] == group)
    assert float(found["mean_min"]) == pytest.approx(minutes, abs=0.05)


DAY = dt.date(2026, 10, 31)


def test_who_said_nothing_is_set_beside_nobody():
    assert usual(Settings(), DAY) is None


@pytest.mark.parametrize(
    ("person", "whom"),
    [
        (Person(birth_year=1996), "ages 25–34"),
        (Person(birth_year=1996, age_band="45-54"), "ages 45–54"),
        (Person(sex="female"), "women"),
        (Person(birth_year=2020), "ages 15 and over"),
    ],
)
def test_what_was_said_decides(person, whom):
    found = usual(Settings(person=person), DAY)
    assert found is not None
    assert found.whom == whom


YOURS = references.socialising(30)


def test_a_month_stands_beside_the_range():
    first, own = said.socialising(YOURS, 0.2, 30)
    assert first == (
        "People in the US, ages 25–34, spent 33 min socialising on a weekday and 70 min on a day of"
        " the weekend, on average (2012–16; American Time Use Survey, U.S. Bureau of Labor"
        " Statistics)."
    )
    assert own.startswith("Your mean was 12 min a day in person (30 days), below that range;")
    assert "above that range" in said.socialising(YOURS, 3.0, 30)[1]
    assert "within that range" in said.socialising(YOURS, 1.0, 30)[1]


def test_a_day_or_a_week_never_does():
    assert "too few to stand beside it" in said.socialising(YOURS, 0.2, 7)[1]
    assert len(said.socialising(YOURS, math.nan, 0)) == 1
