import datetime as dt

from reports.sentences.checkin import Scored, before, each, scored, signpost


def said(score=58.333, answered=6):
    return Scored(
        title="Personal burnout (CBI)", score=score, span=(0, 100),
        ends=("never tired", "always tired"), answered=answered, asked=6, least=3,
    )  # fmt: skip


def test_a_score_stands_beside_what_its_ends_mean():
    assert scored(said()) == "Personal burnout (CBI): 58.3 (0 is never tired, 100 always tired)"


def test_skipped_questions_are_said():
    assert scored(said(answered=4)).endswith("always tired), from 4 of 6 answers")


def test_too_few_answers_are_no_score_and_not_nought():
    assert scored(said(None, 2)) == (
        "Personal burnout (CBI): no score, 2 of 6 questions answered and 3 needed"
    )


def test_no_band_and_no_verdict_is_printed_at_any_score():
    for score in (0, 49, 50, 75, 100):
        words = scored(said(score)).casefold()
        assert not any(word in words for word in ("moderate", "severe", "high", "you have", "risk"))


def test_answers_that_stand_alone_are_named():
    assert each([("energy", 7, 10), ("drained", None, 10)]) == "energy 7 of 10, drained skipped"


def test_the_time_before_is_told_where_there_was_one():
    assert before(46, dt.date(2026, 10, 29)) == "; 46 on 29 Oct"
    assert before(None, dt.date(2026, 10, 29)) == ""
    assert before(None, None) == ""


def test_the_signpost_stands_only_where_an_answer_gives_reason():
    assert signpost(cannot_take_it=False, high_for_two_weeks=False) == []
    (why, where) = signpost(cannot_take_it=True, high_for_two_weeks=False)
    assert "I can't take it anymore" in why
    assert "no diagnosis" in where
    (why, where) = signpost(cannot_take_it=False, high_for_two_weeks=True)
    assert "two weeks" in why
    assert "a doctor" in where
    assert len(signpost(cannot_take_it=True, high_for_two_weeks=True)) == 3
