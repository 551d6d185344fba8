import math

import pandas as pd
import pytest

from reports.sentences import drain as said

NAN = math.nan


def row(**changed):
    found = {
        "predictor": "online_hours",
        "outcome": "energy",
        "lag": 1.0,
        "paired_days": 140.0,
        "coefficient": -0.3,
        "low": -0.5,
        "high": -0.1,
        "told": 1.0,
        "untested": None,
    }
    return pd.Series(found | changed)


def test_an_association_comes_with_its_interval_its_days_and_what_is_held_fixed():
    assert said.told(row()) == (
        "After days with an extra hour of online communication, your energy is about 0.3 points"
        " lower (0.1 to 0.5; 140 days), given yesterday's energy."
    )
    same_day = said.told(row(lag=0.0))
    assert same_day.startswith("On days with an extra hour")
    assert "given" not in same_day
    assert "higher" in said.told(row(coefficient=0.3, low=0.1, high=0.5))


def test_one_that_cannot_be_told_is_not_told():
    told = said.told(row(told=0.0, low=-0.2, high=0.1))
    assert "no link can be told" in told
    assert "lower" not in told


@pytest.mark.parametrize(("lag", "words"), [(0.0, "five questions"), (1.0, "on their own day")])
def test_an_interval_without_nothing_in_it_that_is_no_finding_says_why(lag, words):
    assert words in said.told(row(told=0.0, lag=lag))


def test_equal_ends_are_no_interval():
    told = said.told(row(low=-0.3001, high=-0.2999))
    assert "(140 days)" in told


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("days", "12 of the 28 days it takes have both"),
        ("in a row", "12 of the 28 days it takes have both and the day before known, too"),
        ("hours", "the hours were the same every day"),
        ("energy", "you gave the same energy every time"),
    ],
)
def test_a_question_without_an_answer_names_what_it_lacks(reason, words):
    told = said.told(row(coefficient=NAN, told=NAN, paired_days=12.0, untested=reason))
    assert words in told


def test_where_all_wait_for_days_it_is_said_once():
    waiting = pd.DataFrame(
        [row(coefficient=NAN, paired_days=days, untested="days") for days in (12.0, 14.0)]
    )
    (line,) = said.all_told(waiting)
    assert "14 of the 28 days" in line
    assert said.all_told(waiting.assign(paired_days=0.0)) == []
    one_told = pd.DataFrame([row(coefficient=NAN, paired_days=12.0, untested="days"), row()])
    waits, found, points = said.all_told(one_told)
    assert "12 of the 28" in waits
    assert found == said.told(row())
    assert points == said.POINTS


def test_energy_without_any_hours_is_said_to_stand_alone():
    assert "No day has both" in said.alone(pd.Series([5.0] * 14))[0]
    assert said.alone(pd.Series([5.0] * 13)) == []


def test_energy_is_described_from_two_weeks_on():
    assert "13 days; from 14 on" in said.describing(pd.Series([5.0] * 13))
    assert said.describing(pd.Series([4.0, 6.0, 8.0] * 5)).startswith(
        "Your energy was 6 of 10 on the middle day, between 4 and 8"
    )
    assert "6 of 10 on the middle day, at 6 on half of them" in said.describing(
        pd.Series([6.0] * 20)
    )


def test_weights_are_said_to_be_unsupported_unless_they_are():
    few = said.weighing(12, 3, (NAN, NAN, NAN), supported=False)
    assert "12 of the 60 days with all of them known and 3 of the 8 weekly check-ins" in few
    assert "60" not in said.weighing(120, 3, (NAN, NAN, NAN), supported=False)
    assert "weekly" not in said.weighing(12, 30, (NAN, NAN, NAN), supported=False)
    assert "hardly a part" in said.weighing(120, 30, (NAN, NAN, NAN), supported=False)
    no = said.weighing(90, 20, (12.0, 11.0, 0.4), supported=False)
    assert no == (
        "Your data don't support personal weights yet: the parts of the load foretell your energy no"
        " better than your energy the day before does."
    )
    shifted = said.weighing(90, 20, (10.9, 11.0, 0.14), supported=False)
    assert "a little better" in shifted
    assert "in 14 % of tries" in shifted
    assert "more load goes with more energy" in said.weighing(
        90, 20, (9, 11, 0.01), supported=False
    )
    yes = said.weighing(90, 20, (8.0, 10.0, 0.01), supported=True)
    assert yes.endswith("they leave 36 % less of it open.")
    assert "support" not in yes


def test_the_heaviest_weights_stand_beside_those_that_are_set():
    told = said.yours({"online_hours": (0.6, 0.2), "outing_share": (0.1, 0.04)}, most=1)
    assert "online communication 60 % (set: 20 %)" in told
    assert "days out" not in told


def test_in_short_only_an_association_that_can_be_told_is_said():
    unclear = row(coefficient=-0.1, low=-0.3, high=0.1, told=0.0)
    clear = row(predictor="in_person_hours", coefficient=0.4, low=0.2, high=0.6)
    assert said.first_told(pd.DataFrame([unclear, clear])) == said.told(clear)
    assert said.first_told(pd.DataFrame([unclear, row(coefficient=NAN, told=0.0)])) == ""
    untested = row(coefficient=NAN, told=NAN)
    assert said.first_told(pd.DataFrame([untested, clear])) == said.told(clear)
    assert said.first_told(pd.DataFrame([untested, unclear])) == ""
