"""What a period comes to in words: unknown is said, means say their days, nothing contradicts."""

import datetime as dt
import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disconnect.analysis.totals import totals
from disconnect.pipeline.diary import diary
from reports.pdf import tables
from reports.sentences.contrast import sentences

NAN = float("nan")
FIRST = 20_000
OBSERVED = (
    "screen_hours", "online_hours", "broadcast_hours", "message_hours", "email_hours",
    "call_hours", "divided_hours",
)  # fmt: skip


def life(online, in_person, *, covered=16.0, since=None, first=FIRST):
    """Days whose online hours are all messages."""
    size = len(online)
    index = pd.DatetimeIndex(np.arange(first, first + size).astype("datetime64[D]"), name="day")
    frame = pd.DataFrame(index=index.as_unit("ns"))
    frame["covered_hours"] = covered
    for name in OBSERVED:
        frame[name] = np.array(online, dtype=float)
    frame[["broadcast_hours", "email_hours", "call_hours"]] *= 0
    frame["in_person_hours"] = np.array(in_person, dtype=float)
    met = np.array(in_person) > 0
    last = pd.Series(np.where(met, np.arange(size), NAN)).ffill().to_numpy()
    frame["days_since_met"] = np.where(np.isnan(in_person), NAN, np.arange(size) - last)
    return frame


def entries(frame):
    return np.flatnonzero(frame["in_person_hours"] > 0) + FIRST


def told(frame, when="In this period", *, observed=None, logged=None, today=None, began=None):
    kept = diary(
        entries(frame) if logged is None else np.array(logged),
        FIRST + len(frame) - 1 if today is None else today,
    )
    return sentences(totals(frame, frame if observed is None else observed, kept, began), when)


def test_company_with_the_machine_off_counts_and_means_say_their_days():
    first, balance, met = told(life([8, 8, 8, 0, 0], [0, 0, 0, 12, 8]))[:3]
    assert first == (
        "In this period you spent 4 h 48 min a day in online communication and 4 h a day with"
        " people in person (5 days)."
    )
    assert balance == "45 % of your social time was in person."
    assert met == "Your last meeting was on 8 October 2024, today."


def test_company_on_days_that_nobody_recorded_is_told_beside_the_balance():
    lines = told(life([8, 8, 8, NAN, NAN], [1, 0, 0, 12, 8], covered=[16, 16, 16, NAN, NAN]))
    assert lines[0] == (
        "In this period you spent 8 h a day in online communication (3 days) and 4 h 12 min a day"
        " with people in person (5 days)."
    )
    assert (
        lines[1] == "On the three days known on both sides, 4 % of your social time was in person."
    )
    assert lines[2] == ("That leaves out 20 h with people on two days without enough recording.")


def test_encounters_without_a_collector_have_a_mean_of_the_days_of_the_diary():
    met = [1, 0, 2, 0, 0, 1, 1, 0, 1, 0, 2, 1, 1, 0]
    lines = told(life([NAN] * 14, met, covered=NAN))
    assert lines[0].endswith(
        "nothing was recorded at a screen, so time online is unknown, not zero."
    )
    assert lines[1] == "You logged 43 min a day with people in person (14 days)."
    assert not any("social time" in line for line in lines)


def test_a_day_that_has_just_begun_is_told_since_it_began():
    seen = life([0.0], [2.0], covered=0.01)
    known = seen.copy()
    known[list(OBSERVED)] = NAN
    began = dt.datetime(2024, 10, 4, 16, 18, tzinfo=dt.UTC)
    lines = told(known, "Today", observed=seen, began=began)
    assert lines[:2] == [
        "Since 16:18 today you have spent 0 min in online communication.",
        "You logged 2 h with people in person.",
    ]
    assert not any("%" in line for line in lines)
    numbers = tables.numbers(totals(known, seen, diary(entries(known), FIRST), began), known[:0])
    assert numbers[0] == {"value": "0 min", "words": "online communication since 16:18"}
    assert numbers[2]["value"] == "–"


@pytest.mark.parametrize(("days", "asks"), [(3, False), (4, True), (40, True)])
def test_an_old_entry_is_said_and_what_is_missing_is_asked_for(days, asks):
    online, met = [5.0] * (days + 3), [1.0, 1.0, 1.0] + [0.0 if days < 4 else NAN] * days
    lines = told(life(online, met))
    assert any("disconnect log" in line for line in lines) == asks
    if asks:
        assert "old (6 October 2024), so your company since then is unknown" in lines[-1]
        assert any("(3 days)" in line for line in lines)


def test_a_period_before_the_silence_says_nothing_of_it():
    assert not any("old (" in line for line in told(life([5.0] * 3, [1.0] * 3), today=FIRST + 90))


def test_time_before_the_first_entry_has_unknown_company():
    lines = told(life([5.0] * 3, [NAN] * 3), logged=[FIRST + 30], today=FIRST + 31)
    assert lines[-1] == "Your company is unknown: nothing was logged for this time."


def test_whoever_logs_nothing_is_asked_to():
    lines = told(life([5.0] * 3, [NAN] * 3))
    assert lines[0] == "In this period you spent 5 h a day in online communication (3 days)."
    assert lines[-1].startswith("You haven't logged any company yet")


def test_days_left_out_are_counted_and_today_is_not_one_of_them():
    seen = life([5.0] * 10, [1.0] * 10)
    seen.iloc[2, seen.columns.get_loc("covered_hours")] = NAN
    known = seen.copy()
    known.iloc[[2, 5, 9], known.columns.get_indexer(OBSERVED)] = NAN
    lines = told(known, observed=seen)
    assert (
        "One day was not recorded and one day only in part (less than 70 % of the usual waking"
        " hours); they are in no mean of time online."
    ) in lines
    assert "1 h a day with people in person (9 days)" in lines[0]
    assert "Today isn't over, so it is in no mean." in lines


HOURS = st.one_of(st.just(NAN), st.just(0.0), st.floats(0.002, 15))


@given(
    st.lists(st.tuples(HOURS, HOURS, st.sampled_from([NAN, 0.01, 5.0, 16.0])), min_size=1, max_size=40),
    st.lists(st.integers(-5, 40), max_size=8),
    st.integers(0, 60),
)  # fmt: skip
def test_no_answer_breaks_or_contradicts_itself(rows, logged, later):
    online, met, covered = (np.array(column) for column in zip(*rows, strict=True))
    today = FIRST + len(rows) - 1 + later
    written = np.concatenate([np.flatnonzero(met > 0), np.array(logged, dtype=np.int64)])
    kept = diary(FIRST + written, today)
    told_of = kept.kept(FIRST, FIRST + len(rows) - 1)
    met = np.where(met > 0, met, np.where(told_of, 0.0, NAN))
    seen = life(np.where(np.isnan(covered), NAN, online), met, covered=covered)
    known = seen.copy()
    known.loc[(covered < 1) | seen["online_hours"].isna(), list(OBSERVED)] = NAN
    found = totals(known, seen, kept)
    text = " ".join(sentences(found, "In this period"))
    assert not re.search(r"\b(nan|inf|None(?! of))\b|(?<!\d)-\d|unknown time|\(0 days?\)", text)
    assert 0 <= found.balance_days <= min(found.online.days, found.in_person.days)
    # A share and its parts, what is told and what the first page prints, say the same.
    if "of your social time" in text:
        assert found.balance_days
        assert found.online.days
        assert math.fsum(found.shares.values()) == pytest.approx(1)
    numbers = tables.numbers(found, seen[:0])
    assert (numbers[2]["value"] == "–") == ("social time" not in text)
    assert ("nothing was recorded" in text) == bool(seen["online_hours"].isna().all())
    unknown = "haven't logged" in text or "company is unknown" in text
    assert unknown <= (found.in_person.days == 0)
    assert unknown or "since then is unknown" in text or found.in_person.days > 0
    assert ("in no mean" in text) <= bool(found.recorded_days)
    if found.silence.lapsed:
        assert "since then is unknown" in text
        assert not math.isnan(found.silence.days)
    if not math.isnan(found.met_ago):
        assert found.met_on is not None
