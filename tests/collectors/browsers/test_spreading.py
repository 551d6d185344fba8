import itertools
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.browsers.spreading import UNKNOWN_VIEW, spread
from collectors.browsers.visits import Visit
from tests.collectors.browsers.lived_day import (
    MORNING,
    PINNED,
    SECOND,
    day,
    each_instant_once,
)

MINUTE = 60 * SECOND
MINUTES = st.integers(0, 240).map(lambda count: count * MINUTE)


@st.composite
def histories(draw):
    """Visits of any kind, also such as no browser would record, and when they were written."""
    visits = []
    for number in range(draw(st.integers(0, 12))):
        start = MORNING + draw(MINUTES)
        left = draw(st.none() | MINUTES.map(lambda gone: start + gone))  # noqa: B023 - called at once
        visits.append(Visit(number, start, "a", None, draw(st.none() | MINUTES), left))
    return sorted(visits, key=lambda visit: visit.start), MORNING + draw(MINUTES)


def test_a_tab_that_is_come_back_to_keeps_its_time():
    visits = [
        Visit(1, MORNING, "chat", None, 20 * MINUTE, MORNING + 120 * MINUTE),
        Visit(2, MORNING + 5 * MINUTE, "page", None, 10 * MINUTE, MORNING + 15 * MINUTE),
        Visit(3, MORNING + 60 * MINUTE, "page", None, 30 * MINUTE, MORNING + 90 * MINUTE),
    ]
    found = spread(visits, MORNING + 120 * MINUTE)
    assert [((start - MORNING) // MINUTE, (end - MORNING) // MINUTE, n) for start, end, n in found] == [
        (0, 5, 0), (5, 15, 1), (15, 25, 0), (60, 90, 2), (90, 95, 0),
    ]  # fmt: skip


def test_time_near_other_visits_is_taken_first_and_more_only_where_there_is_no_other():
    visits = [
        Visit(1, MORNING, "chat", None, 41 * MINUTE, MORNING + 120 * MINUTE),
        Visit(2, MORNING + MINUTE, "page", None, MINUTE, None),
        Visit(3, MORNING + 60 * MINUTE, "page", None, MINUTE, None),
    ]
    found = [one for one in spread(visits, MORNING + 120 * MINUTE) if one[2] == 0]
    assert [((start - MORNING) // MINUTE, (end - MORNING) // MINUTE) for start, end, _ in found] == [
        (0, 1), (2, 32), (61, 71),
    ]  # fmt: skip


def test_nothing_lies_after_a_page_was_left():
    visits = [
        Visit(1, MORNING, "a", None, 9 * MINUTE, MORNING + 12 * MINUTE),
        Visit(2, MORNING + MINUTE, "b", None, 10 * MINUTE, MORNING + 60 * MINUTE),
    ]
    found = spread(visits, MORNING + 60 * MINUTE)
    assert [(start - MORNING, end - MORNING, n) for start, end, n in found] == [
        (timedelta(), MINUTE, 0),
        (MINUTE, 11 * MINUTE, 1),
        (11 * MINUTE, 12 * MINUTE, 0),
    ]


@given(histories())
def test_no_instant_is_given_twice_and_no_page_more_than_it_had(history):
    visits, until = history
    found = spread(visits, until)
    assert found == sorted(found)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(found))
    total: Counter[int] = Counter()
    last = visits[-1].start if visits else until
    for start, end, number in found:
        visit = visits[number]
        assert visit.start <= start < end
        assert end <= max(until, last + (visits[-1].in_view or UNKNOWN_VIEW))
        at_first = start == max(
            [visit.start, *(e for _, e, n in found if n < number and e <= start)]
        )
        assert at_first or visit.left is None or end <= visit.left
        total[number] += (end - start) // SECOND
    for number, seconds in total.items():
        assert seconds * SECOND <= (
            UNKNOWN_VIEW if visits[number].in_view is None else visits[number].in_view
        )


@pytest.mark.parametrize("seed", range(5))
def test_of_a_day_of_which_the_truth_is_known_each_page_keeps_its_time(seed):
    lived = day(seed)
    true = lived.in_view(lived.truth)
    found = lived.in_view(spread(lived.visits, lived.ended))
    assert sum(found.values()) <= sum(true.values())
    assert all(found[page] <= true[page] for page in true)
    for page in PINNED:
        assert found[page] >= 0.98 * true[page]
    assert sum(found.values()) >= 0.98 * sum(true.values())


@pytest.mark.parametrize("seed", range(3))
def test_read_again_each_hour_it_comes_to_the_same(seed):
    lived = day(seed)
    true = lived.in_view(lived.truth)
    rows: dict[datetime, tuple[datetime, int]] = {}  # by start, as the database keys them
    now = MORNING
    while now < lived.ended:
        now = min(now + 60 * MINUTE, lived.ended)
        so_far = [
            visit if visit.left and visit.left <= now else replace(visit, in_view=None, left=None)
            for visit in lived.visits
            if visit.start <= now
        ]
        rows.update({start: (end, number) for start, end, number in spread(so_far, now)})
    found = lived.in_view(each_instant_once([(start, *row) for start, row in rows.items()]))
    assert sum(max(found[page] - true[page], 0) for page in true) <= 0.03 * sum(true.values())
    assert sum(found[page] for page in PINNED) >= 0.9 * sum(true[page] for page in PINNED)
