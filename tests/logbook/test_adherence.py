"""The grammar of what keeping to an experiment means, and what plain words leave no doubt of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disconnect.errors import UsageProblemError
from disconnect.logbook.adherence import CHANNELS, Rule, guessed, rule_of

MINUTES = st.none() | st.integers(0, 1439)
VALUES = st.sampled_from(["linkedin.com", "work/coding", "Google Chrome", "a-b"])
WHERES = st.lists(
    st.tuples(st.just("channel"), st.sampled_from(CHANNELS))
    | st.tuples(st.sampled_from(["app", "site", "category"]), VALUES),
    max_size=3,
).map(tuple)


@given(st.builds(Rule, WHERES, MINUTES, MINUTES, st.integers(1, 9999)))
def test_a_rule_reads_back_as_it_is_kept(rule):
    assert rule_of(str(rule)) == rule


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("channel=broadcast after 20:00", Rule((("channel", "broadcast"),), after=1200)),
        ("before 09:30", Rule(before=570)),
        ("site=linkedin.com less than 10 minutes", Rule((("site", "linkedin.com"),), limit=10)),
        ('app="Google Chrome" less than 1 minute', Rule((("app", "Google Chrome"),), limit=1)),
        ("less than 30 minutes after 22:00", Rule(after=1320, limit=30)),
    ],
)
def test_rules_are_read(words, rule):
    assert rule_of(words) == rule


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("channel=feeds", "'feeds'"),
        ("person=Ana", "'person'"),
        ("after 25:00", "'25:00'"),
        ("after 8pm", "'8pm'"),
        ("site=x.com sometimes", "'sometimes'"),
        ("after 20:00 after 21:00", "'after' twice"),
        ("less than 0 minutes", "a minute or more"),
        ("less than ten minutes", "'less than ten minutes'"),
        ("", "empty"),
    ],
)
def test_what_is_not_understood_is_named(words, named):
    with pytest.raises(UsageProblemError) as error:
        rule_of(words)
    assert named in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("no feeds after 20:00", "channel=broadcast after 20:00 less than 5 minutes"),
        ("No social media after 8pm", "channel=broadcast after 20:00 less than 5 minutes"),
        ("no email before 9:30", "channel=email before 09:30 less than 5 minutes"),
        ("without messages", "channel=message less than 5 minutes"),
        ("no www.linkedin.com", "site=linkedin.com less than 5 minutes"),
        ("no screens after 22:00", "after 22:00 less than 5 minutes"),
        ("less than 30 minutes of feeds", "channel=broadcast less than 30 minutes"),
    ],
)
def test_words_without_doubt_become_a_rule(what, words):
    assert str(guessed(what)) == words


@pytest.mark.parametrize(
    "what",
    [
        "no phone after 20:00",  # calls, or the device
        "no screens",
        "no feeds after 8",
        "no feeds after 25:00",
        "no feeds after 13pm",
        "no feeds but LinkedIn",
        "hardly any feeds",
        "feeds after 20:00",
        "lunch with somebody",
    ],
)
def test_words_that_leave_doubt_become_none(what):
    assert guessed(what) is None


@given(st.integers(0, 1439), st.integers(0, 1439), st.integers(0, 1439), st.integers(0, 23))
def test_after_and_before_the_same_time_are_a_day_without_overlap(minute, time, other, starts):
    after, before = Rule(after=time), Rule(before=time)
    assert after.counts(minute, starts) != before.counts(minute, starts)
    both = Rule(after=time, before=other)
    sides = [after.counts(minute, starts), Rule(before=other).counts(minute, starts)]
    assert both.counts(minute, starts) in {any(sides), all(sides)}


def test_an_evening_ends_with_the_persons_day():
    evening = Rule(after=20 * 60)
    assert not evening.counts(60, day_starts=0)
    assert evening.counts(60, day_starts=4)
    assert not evening.counts(5 * 60, day_starts=4)


def test_a_night_is_both_ends_of_a_day():
    night = Rule(after=22 * 60, before=7 * 60)
    assert [night.counts(hour * 60, 0) for hour in (1, 6, 7, 12, 21, 22, 23)] == [
        True, True, False, False, False, True, True,
    ]  # fmt: skip
