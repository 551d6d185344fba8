"""The words about returns say what their interval says, and never more."""

import math

import pandas as pd
import pytest

from reports.sentences import returns as said

NAN = math.nan
COLUMNS = ["events", "left_out", "hours", "rate_per_100h", "low", "high"]
RATIO = ["ratio", "ratio_low", "ratio_high", "ratio_probability"]


def frame(*rows, by="origin", ratio=(NAN, NAN, NAN, NAN), index=("in_person", "online")):
    found = pd.DataFrame(rows, pd.Index(index[: len(rows)], dtype=object, name=by), COLUMNS)
    for name in RATIO:
        found[name] = NAN
    found.loc[found.index[0], RATIO] = ratio
    return found


CLEAR = frame(
    (9, 0, 60.0, 15.3, 7.4, 27.4), (4, 0, 320.0, 1.3, 0.42, 2.97), ratio=(11.7, 3.9, 41.5, 0.99999)
)


def test_a_clear_difference_is_said_with_its_interval():
    lines = said.lines(CLEAR)
    assert lines[:3] == [
        "Nine opportunities in 60 h in person: 7.4 to 27 in 100 h.",
        "Four opportunities in 320 h online: 0.42 to 3.0 in 100 h.",
        "An hour in person came with 3.9 to 42 times as many as an hour online.",
    ]
    assert lines[-1] == said.NO_CAUSE


def test_the_probability_stands_beside_a_ratio_of_two_counts():
    assert said.lines(CLEAR)[3] == (
        "That an hour in person is ahead has a probability of more than 99 %; 12 times as many is"
        " the middle of what fits."
    )
    rows = (3, 0, 60.0, 5.3, 1.4, 13.0), (9, 0, 320.0, 2.9, 1.4, 5.1)
    assert "a probability of 80 %; 1.8 times" in said.odds(frame(*rows, ratio=(1.8, 0.4, 5.9, 0.8)))
    behind = said.odds(frame(*rows, ratio=(0.06, 0.005, 0.3, 0.0001)))
    assert "a probability of less than 1 %; 0.06 times" in behind


@pytest.mark.parametrize("ratio", [(NAN, 10.4, NAN, 0.99999), (NAN, 0.0, 0.19, 0.0), (NAN,) * 4])
def test_a_side_without_events_has_no_probability_in_words(ratio):
    rows = (9, 0, 60.0, 15.3, 7.4, 27.4), (0, 0, 320.0, 0.07, 0.0, 0.785)
    assert said.odds(frame(*rows, ratio=ratio)) == ""
    assert not any("probability" in line for line in said.lines(frame(*rows, ratio=ratio)))


def test_overlapping_intervals_decide_nothing():
    rows = (3, 0, 60.0, 5.3, 1.4, 13.0), (9, 0, 320.0, 2.9, 1.4, 5.1)
    text = said.comparison(frame(*rows, ratio=(1.8, 0.4, 5.9, 0.8)))
    assert text == (
        "An hour in person may have brought more than an hour online, or less: 0.4 to 5.9 times as"
        " many fits what was counted, so it does not say which."
    )


def test_the_other_side_may_be_ahead():
    rows = (1, 0, 300.0, 0.4, 0.04, 1.5), (20, 0, 300.0, 6.8, 4.2, 10.0)
    text = said.comparison(frame(*rows, ratio=(0.06, 0.005, 0.3, 0.0001)))
    assert text.startswith("An hour in person came with fewer than an hour online: less than")


def test_none_is_never_zero_and_certain():
    rows = (9, 0, 60.0, 15.3, 7.4, 27.4), (0, 0, 320.0, 0.07, 0.0, 0.785)
    lines = said.lines(frame(*rows, ratio=(NAN, 10.4, NAN, 0.99999)))
    assert lines[1] == ("No opportunities in 320 h online: up to 0.79 in 100 h would fit that.")
    assert lines[2] == (
        "An hour in person came with at least 10 times as many as an hour online, which brought none"
        " in this time."
    )


def test_none_in_a_short_time_decides_nothing_either():
    rows = (2, 0, 60.0, 3.6, 0.7, 10.7), (0, 0, 20.0, 1.1, 0.0, 12.6)
    text = said.comparison(frame(*rows, ratio=(NAN, 0.1, NAN, 0.8)))
    assert "0.1 times or more as many fits what was counted" in text
    assert "does not say which" in text


def test_none_on_the_first_side():
    rows = (0, 0, 300.0, 0.08, 0.0, 0.84), (20, 0, 300.0, 6.8, 4.2, 10.0)
    assert said.comparison(frame(*rows, ratio=(NAN, 0.0, 0.19, 0.0))) == (
        "An hour in person brought none; at most 0.19 times as many as an hour online would fit that."
    )


def test_none_anywhere_is_no_comparison():
    rows = (0, 0, 60.0, 0.4, 0.0, 4.2), (0, 0, 320.0, 0.07, 0.0, 0.785)
    assert said.comparison(frame(*rows)) == (
        "Nothing came of either side, so the two cannot be compared."
    )


def test_what_has_no_side_told_is_on_neither():
    rows = (0, 0, 60.0, 0.4, 0.0, 4.2), (0, 0, 320.0, 0.07, 0.0, 0.785), (2, 0, NAN, NAN, NAN, NAN)
    lines = said.lines(frame(*rows, index=("in_person", "online", None)))
    assert lines[2] == "Nothing came of either side, so the two cannot be compared."
    assert "Two opportunities with no beginning told." in lines


@pytest.mark.parametrize(
    ("what", "words"),
    [("opportunities", "opportunities came"), ("support", "support was received")],
)
def test_nothing_of_anybody_is_a_sentence(what, words):
    silent = people((0, 0, 79.0, 0.3, 0.0, 3.2), (0, 0, 30.0, 0.8, 0.0, 8.4))
    assert said.lines(silent, what)[0] == f"No {words} of anybody known in this period."


def test_without_hours_nothing_is_compared_and_no_rate_is_said():
    rows = (2, 0, 60.0, 3.6, 0.7, 10.7), (3, 0, NAN, NAN, NAN, NAN)
    lines = said.lines(frame(*rows))
    assert lines[1] == (
        "Three opportunities came of relationships that began online; no hours online are recorded."
    )
    assert lines[2] == (
        "An hour in person can't be compared with an hour online: what came of relationships that"
        " began online has no recorded hours to stand against."
    )


def test_nothing_known_at_all_is_said_once():
    rows = (0, 0, NAN, NAN, NAN, NAN), (0, 0, NAN, NAN, NAN, NAN)
    assert said.lines(frame(*rows)) == [
        "Nothing is known of any hours or of what came, so nothing can be said."
    ]


def test_few_events_are_an_impression_and_many_are_not():
    few = frame(
        (2, 0, 60.0, 3.6, 0.7, 10.7), (1, 0, 320.0, 0.4, 0.03, 1.5), ratio=(9, 1.1, 99, 0.98)
    )
    assert "With only three opportunities to go by, this is a first impression." in said.lines(few)
    assert not any("impression" in line for line in said.lines(CLEAR))


def test_what_is_left_out_and_what_was_not_told_is_said():
    told = frame(
        (9, 2, 60.0, 15.3, 7.4, 27.4),
        (4, 0, 320.0, 1.3, 0.42, 2.97),
        (1, 0, NAN, NAN, NAN, NAN),
        index=("in_person", "online", None),
        ratio=(11.7, 3.9, 41.5, 0.99999),
    )
    lines = said.lines(told)
    assert "Two opportunities more came on days of which the hours are not known." in lines
    assert "One opportunity with no beginning told." in lines
    assert not any("more came" in line for line in said.lines(CLEAR))


def people(*rows):
    return frame(*rows, by="person", index=("Ana", "Ben"))


def test_people_whose_intervals_overlap_are_no_ranking():
    close = people((5, 0, 79.0, 6.5, 2.4, 13.9), (2, 0, 30.0, 7.2, 1.4, 21.4))
    assert said.lines(close)[0] == ("All intervals overlap: the order of the people is no ranking.")
    apart = people((9, 0, 60.0, 15.3, 7.4, 27.4), (4, 0, 320.0, 1.3, 0.42, 2.97))
    assert not any("ranking" in line for line in said.lines(apart))


@pytest.mark.parametrize("by", ["channel", "origin", "person", "began"])
@pytest.mark.parametrize("what", ["opportunities", "support"])
def test_every_table_says_against_which_hours(by, what):
    rows = (9, 0, 60.0, 15.3, 7.4, 27.4), (4, 0, 320.0, 1.3, 0.42, 2.97)
    index = {"channel": ("in_person", "call"), "began": ("chance", "otherwise")}
    table = frame(*rows, by=by, index=index.get(by, ("in_person", "online")))
    assert any("ount" in line or "gainst" in line for line in said.lines(table, what))


def test_chance_encounters_per_hour_out():
    lines = said.chances(7, 60.0, 20, (5.2, 22.6), 3, ("Ana", "Ben"))
    assert lines == [
        "Seven chance encounters in 60 h with people, on 20 days: 5.2 to 23 in 100 h.",
        "Two relationships began so: Ana, Ben.",
        "Three opportunities in this period came of relationships that began by chance at any time.",
    ]
    assert said.chances(0, 60.0, 20, (0, 4.2), 0, ()) == [
        "No chance encounters in 60 h with people, on 20 days: up to 4.2 in 100 h would fit that."
    ]
    assert "nothing can be said" in said.chances(0, NAN, 0, (NAN, NAN), 0, ())[0]


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (0.004, "less than 0.01"), (0.785, "0.79"), (7.42, "7.4"), (27.4, "27"), (134, "130"),
     (15281, "15 000"), (9.96, "10"), (NAN, "unknown")],
)  # fmt: skip
def test_figures_have_two_digits(value, words):
    assert said.figure(value) == words
