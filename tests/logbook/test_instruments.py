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
