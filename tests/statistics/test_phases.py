import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disconnect.statistics.permutation import designs
from disconnect.statistics.phases import (
    LEAST_ASSIGNMENTS,
    assignments,
    drawn,
    least_days,
    phase,
    phases,
)


def lot(seed):
    return random.Random(seed)  # noqa: S311 - the same again, in tests


@given(st.integers(3, 20), st.integers(0, 60), st.integers(0, 2**32))
def test_no_phase_is_shorter_than_asked(shortest, more, seed):
    days = 4 * shortest + more
    cuts = drawn(days, shortest, lot(seed))
    parts = phases(cuts, days)
    assert [name for name, _, _ in parts] == ["A", "B", "A", "B"]
    assert min(end - begin for _, begin, end in parts) >= shortest
    assert sum(end - begin for _, begin, end in parts) == days
    assert all(phase(cuts, begin) == phase(cuts, end - 1) == name for name, begin, end in parts)


def test_every_assignment_is_drawn_and_each_about_as_often():
    every = {tuple(map(int, cuts)) for cuts in designs(17, 3)}
    rng = lot(5)
    counts = Counter(drawn(17, 3, rng) for _ in range(100 * len(every)))
    assert set(counts) == every
    assert sum((count - 100) ** 2 / 100 for count in counts.values()) < 100  # chi2, 55 degrees


@pytest.mark.parametrize(("days", "shortest", "count"), [(24, 4, 165), (28, 7, 1)])
def test_assignments_are_counted_without_being_made(days, shortest, count):
    assert assignments(days, shortest) == count == len(designs(days, shortest))


@given(st.integers(1, 28))
def test_the_least_days_are_the_first_with_enough_assignments(shortest):
    days = least_days(shortest)
    assert assignments(days, shortest) >= LEAST_ASSIGNMENTS > assignments(days - 1, shortest)


def test_days_too_few_for_four_phases_have_no_assignment():
    assert assignments(27, 7) == 0
