import pytest
from hypothesis import given
from hypothesis import strategies as st

from disconnect.errors import UsageProblemError
from disconnect.logbook.answering import Sitting, number_of, split
from disconnect.logbook.instruments import BY_NAME, INSTRUMENTS

DAILY, CBI, WORK = BY_NAME["daily"], BY_NAME["cbi_personal"], BY_NAME["cbi_work"]
ITEMS = [item for instrument in INSTRUMENTS for item in instrument.items]


@pytest.mark.parametrize(
    ("item", "words", "number"),
    [
        (CBI.items[0], "often", 75),
        (CBI.items[0], "NEVER", 0),
        (CBI.items[0], "2", 75),
        (CBI.items[0], "75", 75),
        (CBI.items[0], "0", 0),
        (CBI.items[0], "-", None),
        (WORK.items[0], "very high", 100),
        (WORK.items[0], "high", 75),
        (WORK.items[0], "to a low degree", 25),
        (BY_NAME["ons_loneliness"].items[0], "some", 2),
        (BY_NAME["ons_loneliness"].items[0], "hardly ever", 4),
        (BY_NAME["ucla3"].items[0], "often", 3),
        (DAILY.items[0], "10", 10),
        (DAILY.items[0], "t", 10),
        (DAILY.items[0], " 1 ", 1),
    ],
)
def test_an_answer_is_read_from_its_words_its_key_or_its_number(item, words, number):
    assert number_of(item, words) == number


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (CBI.items[0], "s"),
        (CBI.items[0], "60"),
        (CBI.items[0], "6"),
        (DAILY.items[0], "11"),
        (DAILY.items[0], "-1"),
        (DAILY.items[0], "6.5"),
        (DAILY.items[0], "٣"),
        (DAILY.items[0], "nan"),
        (WORK.items[0], "very"),
    ],
)
def test_what_is_no_answer_or_could_be_two_is_refused_with_what_can_be_answered(item, words):
    with pytest.raises(UsageProblemError) as caught:
        number_of(item, words)
    assert f"{words!r} is no answer to {item.words!r}" in str(caught.value)
    assert "or - to skip it" in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.sampled_from(ITEMS), st.text())
def test_no_text_gives_a_number_that_is_not_on_the_scale(item, words):
    try:
        number = number_of(item, words)
    except UsageProblemError:
        return
    assert number in {None, *(choice.number for choice in item.scale)}


@given(st.sampled_from(ITEMS), st.data())
def test_the_full_words_of_an_answer_are_always_understood(item, data):
    choice = data.draw(st.sampled_from(item.scale))
    assert number_of(item, choice.label) == choice.number
    assert number_of(item, choice.key) == choice.number


def test_answers_stand_between_commas_or_else_between_spaces():
    assert split("often sometimes -") == ["often", "sometimes", "-"]
    assert split("very high, some of the time; -") == ["very high", "some of the time", "-"]


def test_going_back_keeps_what_was_said_until_it_is_said_anew():
    sitting = Sitting([DAILY])
    sitting.answer(7)
    assert sitting.back()
    assert sitting.question
    assert (sitting.question.number, sitting.former) == (1, 7)
    sitting.answer(8)
    sitting.answer(3)
    assert sitting.answered() == [(DAILY, (8, 3))]
    assert not Sitting([DAILY]).back()


def test_an_unfinished_instrument_does_not_count_and_a_finished_one_does():
    sitting = Sitting([DAILY, CBI])
    for answer in (7, None, 100):
        sitting.answer(answer)
    assert sitting.answered() == [(DAILY, (7, None))]
    assert sitting.unfinished() == (CBI, 1)


def test_going_back_into_a_finished_instrument_leaves_it_finished():
    sitting = Sitting([DAILY, CBI])
    for answer in (7, 3):
        sitting.answer(answer)
    sitting.back()
    assert sitting.answered() == [(DAILY, (7, 3))]


def test_what_was_skipped_all_through_does_not_count():
    sitting = Sitting([DAILY])
    sitting.answer(None)
    sitting.answer(None)
    assert sitting.answered() == []
    assert sitting.unfinished() is None


@given(st.lists(st.sampled_from(["answer", "skip", "back"]), max_size=60))
def test_however_one_goes_forth_and_back_an_instrument_has_one_answer_an_item(steps):
    sitting = Sitting(INSTRUMENTS)
    for step in steps:
        question = sitting.question
        if step == "back":
            sitting.back()
        elif question:
            sitting.answer(question.item.high if step == "answer" else None)
    for instrument, answers in sitting.answered():
        assert len(answers) == len(instrument.items)
        instrument.score(answers)
