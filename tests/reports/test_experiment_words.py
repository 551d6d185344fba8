"""What is said of an experiment: never more than its interval, and the opposite where it is so."""

import pytest

from reports.sentences.experiment import About, kept, result

ABOUT = About("no feeds after 20:00", "energy", "channel=broadcast after 20:00", 28)
FOUND = {
    "a_days": 14, "b_days": 12, "missing_days": 2, "a_mean": 5.0, "b_mean": 6.2,
    "difference": 1.2, "low": 0.4, "high": 2.1, "p": 0.011, "assignments": 455,
    "a_days_told": 14, "a_days_kept": 2, "a_rule_minutes": 41.0,
    "b_days_told": 12, "b_days_kept": 11, "b_rule_minutes": 3.0,
}  # fmt: skip
NOTHING = FOUND | {"difference": 0.3, "b_mean": 5.3, "low": -0.5, "high": 1.2, "p": 0.31}


def test_an_effect_is_told_with_its_interval_and_no_further():
    means, interval, *_ = result(ABOUT, FOUND)
    assert means == (
        "Mean energy: 6.2 of 10 on 12 days of B (no feeds after 20:00), 5.0 of 10 on 14 days of"
        " A (as usual): 1.2 points higher in B."
    )
    assert interval == (
        "Effects from +0.4 points to +2.1 points fit these days; no effect at all does not"
        " (p = 0.011, 455 possible assignments). That holds for you and those weeks; whether it"
        " would again, another experiment can tell."
    )


def test_no_effect_is_not_called_none():
    interval = result(ABOUT, NOTHING)[1]
    assert interval == (
        "Effects from −0.5 points to +1.2 points fit these days, no effect at all among them"
        " (p = 0.31, 455 possible assignments): the experiment does not tell whether there is an"
        " effect, which is not to say that there is none."
    )


def test_a_lower_value_is_called_lower():
    assert "1.2 points lower in B" in result(ABOUT, FOUND | {"difference": -1.2})[0]
    assert (
        "no difference." in result(ABOUT, FOUND | {"difference": 0.0, "a_mean": FOUND["b_mean"]})[0]
    )


def test_an_end_without_bound_is_said():
    interval = result(ABOUT, NOTHING | {"low": float("-inf"), "high": float("inf")})[1]
    assert interval.startswith("Effects of any size fit these days, no effect at all among them")
    below = result(ABOUT, NOTHING | {"low": float("-inf"), "high": 1.1})[1]
    assert below.startswith("Effects of +1.1 points and any below fit these days")
    above = result(ABOUT, NOTHING | {"low": -0.5, "high": float("inf")})[1]
    assert above.startswith("Effects of −0.5 points and any above fit these days")


@pytest.mark.parametrize(
    ("missing", "said"),
    [(0, None), (1, "One day of 28 has no value and is"), (2, "Two days of 28 have no value and")],
)
def test_missing_days_are_said_and_only_when_there_are_any(missing, said):
    text = " ".join(result(ABOUT, FOUND | {"missing_days": missing}))
    assert said in text if said else "no value" not in text


def test_expectation_is_named_for_answers_and_not_for_hours():
    hours = About("no feeds", "online_hours", None, 28)
    assert any("what you expected" in line for line in result(ABOUT, FOUND))
    assert not any("what you expected" in line for line in result(hours, FOUND))


def test_hours_are_said_in_hours():
    hours = About("no feeds", "in_person_hours", None, 28)
    assert result(hours, FOUND)[0] == (
        "Mean time in person: 6 h 12 min a day on 12 days of B (no feeds), 5 h a day on 14 days"
        " of A (as usual): 1 h 12 min higher in B."
    )


def test_what_was_kept_to_is_counted():
    assert kept(ABOUT, FOUND) == (
        "Kept to (channel=broadcast after 20:00): 11 of 12 recorded days of B, with 3 min a"
        " day, and 2 of 14 recorded days of A, with 41 min a day all the same. Every day counts as"
        " it was drawn, kept or not."
    )


def test_mostly_broken_is_said():
    assert "Most days of B were not kept" in kept(ABOUT, FOUND | {"b_days_kept": 5})
    assert "Most days of B were not kept" not in kept(ABOUT, FOUND | {"b_days_kept": 6})


def test_without_rule_or_record_nothing_is_claimed():
    assert "no rule was given" in kept(About("x", "energy", None, 28), FOUND)
    assert "is not known" in kept(ABOUT, FOUND | {"b_days_told": 0})
