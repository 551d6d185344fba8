import math

import pytest

from reports.sentences import load as said

WEIGHTS = {
    "online_hours": 20, "long_day_share": 8, "late_night_hours": 10, "rest_window_hours": 10,
    "unbroken_share": 7, "broadcast_share": 5, "in_person_hours": 15, "outing_share": 4,
    "support_per_week": 5, "days_since_met": 10, "people_met_14d": 6,
}  # fmt: skip
NAN = math.nan


def row(load=82.4, low=74.0, high=88.0, days=25.0, **changed):
    found = {"load": load, "low": low, "high": high, "covered_days": days}
    found |= dict.fromkeys(WEIGHTS, 0.5)
    found |= {f"{name}_contribution": weight / 2 for name, weight in WEIGHTS.items()}
    return found | changed


def test_the_number_comes_with_its_interval_and_its_days():
    assert said.headline(row(), "2026-W40") == (
        "Your load at the end of 2026-W40: 82 of 100 (74–88); 25 of the last 28 days are recorded."
    )


def test_too_few_days_are_counted_out():
    told = said.headline(row(NAN, NAN, NAN, 5.0), "2026-W40")
    assert told == (
        "No load can be said of the end of 2026-W40: 5 of the last 28 days are recorded, and it"
        " needs 7."
    )


def test_one_recorded_day_is_one():
    assert said.why_not(row(NAN, days=1.0)) == "1 of the last 28 days is recorded, and it needs 7"


def test_weights_of_nought_are_said_and_explain_nothing():
    assert said.why_not(row(NAN, NAN, NAN, 20.0)) == "all of its weights are set to 0"
    explained = "\n".join(said.lines(row(outing_share=NAN), WEIGHTS | {"outing_share": 0}, "June"))
    assert "Online communication" in explained
    assert "ays out" not in explained


def test_too_few_parts_are_named():
    told = said.why_not(row(NAN, NAN, NAN, 20.0, late_night_hours=NAN, in_person_hours=NAN))
    assert (
        told
        == "too few of its parts are known (not known: devices late at night, time with people)"
    )


@pytest.mark.parametrize(
    ("before", "word"),
    [(row(20, 15, 30), "risen from 20"), (row(95, 90, 99), "fallen from 95")],
)
def test_a_change_is_told_where_the_intervals_part(before, word):
    told = said.trend(before, row(), ("June", "July"))
    assert told is not None
    assert word in told


def test_no_change_is_told_where_they_overlap_or_one_is_unknown():
    told = said.trend(row(70, 60, 78), row(), ("June", "July"))
    assert told is not None
    assert "no change can be told" in told
    assert "risen" not in told
    assert said.trend(row(NAN, NAN, NAN), row(), ("June", "July")) is None


def test_every_part_is_explained_the_largest_first_and_the_unknown_named():
    told = said.lines(row(outing_share=NAN, outing_share_contribution=NAN), WEIGHTS, "2026-W40")
    assert "Online communication: 30 min a day" in told[1]
    assert told[1].split()[0] == "10"
    assert told[-2].strip() == "not known, and left out: days out"
    assert "no diagnosis" in told[-1]


def test_the_report_prints_every_weight_and_bound_what_is_not_known_too():
    ramps = dict.fromkeys(WEIGHTS, (3.0, 12.0)) | {"in_person_hours": (1.0, 0.0)}
    ramps |= {"outing_share": (4 / 7, 0.0)}
    nobody = row(outing_share=NAN, outing_share_contribution=NAN)
    told = said.printed(nobody, WEIGHTS, ramps)
    assert len(told) == len(WEIGHTS)
    assert told[0] == ["Online communication", "30 min a day", "10 of 21", "20", "3 to 12"]
    assert ["Time with people", "30 min a day", "8 of 16", "15", "1 to 0"] in told
    assert told[-1] == ["Days out", "not known", "–", "4", "57 % to 0 %"]


def test_what_weighs_most_is_said_only_where_something_does():
    told = said.heaviest(row(), WEIGHTS)
    assert told is not None
    assert told.startswith("Most of it comes from online communication (30 min a day), ")
    nothing = {f"{name}_contribution": 0.0 for name in WEIGHTS}
    assert said.heaviest(row(0.0, 0.0, 4.0, **nothing), WEIGHTS) is None


def test_days_since_a_meeting_are_those_that_are_known():
    explained = "\n".join(said.lines(row(days_since_met=14.0), WEIGHTS, "June"))
    assert "Since you last met anyone: 14 known days" in explained


def test_recorded_days_that_lie_too_far_back_are_no_missing_part():
    told = said.why_not(row(NAN, NAN, NAN, 8.0, online_hours=NAN))
    assert told == "the 8 recorded days of the last 28 lie too far back"


def test_a_part_says_on_how_many_days_it_is_known_where_those_are_not_all():
    some = row(in_person_hours_days=12.0, online_hours_days=25.0)
    explained = "\n".join(said.lines(some, WEIGHTS, "June"))
    assert "Time with people: 30 min a day, known on twelve days" in explained
    assert "Online communication: 30 min a day (" in explained


@pytest.mark.parametrize("load", [0.2, 99.9, 50.0])
def test_an_interval_without_width_is_left_out(load):
    told = said.headline(row(load, load, load), "June")
    assert "(" not in told
    assert f"{load:.0f} of 100;" in told


def test_no_change_is_no_rise_to_the_same_number():
    assert said.trend(row(41.4, 41.3, 41.4), row(41.45, 41.45, 42), ("June", "July")) == (
        "It was 41 at the end of June, too."
    )
