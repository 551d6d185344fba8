"""The instruments against their authors' scoring."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disconnect.logbook.instruments import BY_NAME, CANNOT_TAKE_IT, INSTRUMENTS

CBI, WORK = BY_NAME["cbi_personal"], BY_NAME["cbi_work"]
ALWAYS, OFTEN, SOMETIMES, SELDOM, NEVER = 100, 75, 50, 25, 0


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ([ALWAYS] * 6, 100),
        ([ALWAYS, OFTEN, SOMETIMES, SELDOM, NEVER, SOMETIMES], 50),
        ([ALWAYS, None, None, None, OFTEN, None], None),
        ([ALWAYS, None, None, SOMETIMES, NEVER, None], 50),
        ([NEVER] * 6, 0),
    ],
)
def test_personal_burnout_is_the_mean_of_what_was_answered_and_needs_three(answers, score):
    assert CBI.score(answers) == score


def test_energy_for_family_counts_the_other_way_round():
    assert WORK.score([NEVER] * 6 + [ALWAYS]) == 0
    assert WORK.score([None, None, None, NEVER, NEVER, NEVER, NEVER]) == 25
    assert WORK.score([NEVER, NEVER, NEVER, None, None, None, None]) is None


def test_ucla_is_a_sum_of_all_three():
    assert BY_NAME["ucla3"].score([1, 1, 1]) == 3
    assert BY_NAME["ucla3"].score([3, 3, 3]) == 9
    assert BY_NAME["ucla3"].score([3, 3, None]) is None


def test_energy_and_being_drained_have_no_score_together():
    assert BY_NAME["daily"].score([7, 3]) is None


def test_an_answer_that_is_not_on_the_scale_is_refused():
    with pytest.raises(ValueError, match="60 is no answer to 'How often do you feel tired"):
        CBI.score([60] + [NEVER] * 5)
    with pytest.raises(ValueError, match="zip"):
        CBI.score([NEVER] * 5)


@given(st.sampled_from(INSTRUMENTS), st.data())
def test_a_score_lies_on_its_scale(instrument, data):
    answers = [
        data.draw(st.sampled_from([None, *(choice.number for choice in item.scale)]))
        for item in instrument.items
    ]
    score = instrument.score(answers)
    low, high = instrument.span
    assert score is None or low <= score <= high


def test_items_have_the_words_of_their_authors():
    assert [item.words for item in CBI.items] == [
        "How often do you feel tired?",
        "How often are you physically exhausted?",
        "How often are you emotionally exhausted?",
        "How often do you think: “I can't take it anymore”?",
        "How often do you feel worn out?",
        "How often do you feel weak and susceptible to illness?",
    ]
    assert "can't take it" in CBI.items[CANNOT_TAKE_IT].words
    assert [item.is_reversed for item in WORK.items] == [False] * 6 + [True]
    assert [choice.label for choice in BY_NAME["ons_loneliness"].items[0].scale] == [
        "Often or always", "Some of the time", "Occasionally", "Hardly ever", "Never",
    ]  # fmt: skip


def labels(item):
    return [(choice.label, choice.number) for choice in item.scale]


def test_work_loneliness_and_the_daily_items_have_their_words_and_numbers():
    degrees = ["To a very high degree", "To a high degree", "Somewhat", "To a low degree"]
    degree = [*zip([*degrees, "To a very low degree"], [100, 75, 50, 25, 0], strict=True)]
    times = ["Always", "Often", "Sometimes", "Seldom", "Never/almost never"]
    often = [*zip(times, [100, 75, 50, 25, 0], strict=True)]
    assert [(item.words, labels(item)) for item in WORK.items] == [
        ("Is your work emotionally exhausting?", degree),
        ("Do you feel burnt out because of your work?", degree),
        ("Does your work frustrate you?", degree),
        ("Do you feel worn out at the end of the working day?", often),
        ("Are you exhausted in the morning at the thought of another day at work?", often),
        ("Do you feel that every working hour is tiring for you?", often),
        ("Do you have enough energy for family and friends during leisure time?", often),
    ]
    assert {tuple(labels(item)) for item in CBI.items} == {tuple(often)}
    hardly = [("Hardly ever", 1), ("Some of the time", 2), ("Often", 3)]
    assert [(item.words, labels(item)) for item in BY_NAME["ucla3"].items] == [
        (f"How often do you feel {what}?", hardly)
        for what in ("that you lack companionship", "left out", "isolated from others")
    ]
    assert BY_NAME["ons_loneliness"].items[0].words == "How often do you feel lonely?"
    assert [item.words for item in BY_NAME["daily"].items] == [
        "Energy right now?", "Drained by today's online communication?",
    ]  # fmt: skip
    assert {(item.low, item.high) for item in BY_NAME["daily"].items} == {(0, 10)}
    (given,) = BY_NAME["support"].items
    assert (given.words, given.low, given.high) == (
        "Someone gave me real support this week", 0, 4,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "every", "least"),
    [
        ("daily", "daily", 1), ("cbi_personal", "weekly", 3), ("ons_loneliness", "weekly", 1),
        ("support", "weekly", 1), ("cbi_work", "monthly", 4), ("ucla3", "monthly", 3),
    ],
)  # fmt: skip
def test_each_is_asked_as_often_as_it_is_meant_to_be(name, every, least):
    assert (BY_NAME[name].every, BY_NAME[name].least) == (every, least)
    assert BY_NAME[name].of_work == (name == "cbi_work")


def test_the_time_that_is_ours_is_said_to_be_ours():
    assert "our adaptation" in CBI.window


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda one: one.name)
def test_each_tells_where_it_comes_from_and_has_a_key_for_each_answer(instrument):
    assert instrument.source
    assert instrument.terms
    for item in instrument.items:
        keys = [choice.key for choice in item.scale]
        assert len(set(keys)) == len(keys)
        assert not set(keys) & set("sbq ")


def test_nothing_licensed_is_among_them():
    assert set(BY_NAME) == {
        "daily", "cbi_personal", "ons_loneliness", "support", "cbi_work", "ucla3",
    }  # fmt: skip
