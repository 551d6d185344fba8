"""The balance: one definition, for a day as for a period or a moving window."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disconnect.pipeline import balance

NAN = float("nan")
HOURS = st.one_of(st.just(NAN), st.just(0.0), st.floats(0.001, 24))
LIVES = st.lists(st.tuples(HOURS, HOURS), min_size=1, max_size=60)


def frame(in_person, online):
    index = pd.date_range("2026-01-05", periods=len(online), name="day")
    columns = {"in_person_hours": in_person, "online_hours": online}
    return pd.DataFrame(columns, index, dtype=float)


def slow(rows):
    """In plain words."""
    both = [(met, sat) for met, sat in rows if not math.isnan(met + sat)]
    social = math.fsum(met + sat for met, sat in both)
    met = math.fsum(met for met, _ in both)
    return (met / social if social else NAN), len(both)


def test_a_weekend_of_company_with_the_machine_off_counts():
    found = balance.balance(frame([0, 0, 0, 12, 8], [8, 8, 8, 0, 0]))
    assert found == balance.Balance(20 / 44, 5)


def test_company_on_days_that_nobody_recorded_is_in_no_balance_and_is_not_lost():
    days = frame([0, 0, 0, 12, 8], [8, 8, 8, NAN, NAN])
    assert balance.balance(days) == balance.Balance(0, 3)
    assert balance.apart(days) == balance.Mean(20, 10, 2)


def test_a_mean_says_on_how_many_days_it_stands():
    assert balance.mean(pd.Series([1, NAN, 3])) == balance.Mean(4, 2, 2)
    assert balance.mean(pd.Series([NAN])).days == 0


@given(LIVES)
def test_a_balance_is_that_of_plain_words(rows):
    share, days = slow(rows)
    found = balance.balance(frame(*zip(*rows, strict=True)))
    assert found.days == days
    assert found.share == pytest.approx(share, nan_ok=True)


@given(LIVES, st.integers(1, 5))
def test_parts_have_the_days_of_the_whole_and_a_day_its_own_share(rows, parts):
    person, online = (np.array(side) for side in zip(*rows, strict=True))
    group = np.arange(len(rows)) % parts
    shares, days = balance.by_group(person, online, group, parts)
    assert days.sum() == slow(rows)[1]
    for part in range(parts):
        assert shares[part] == pytest.approx(slow(rows[part::parts])[0], nan_ok=True)
    alone, _ = balance.by_group(person, online, np.arange(len(rows)), len(rows))
    assert alone == pytest.approx(balance.share(person, online), nan_ok=True)


@given(LIVES)
def test_the_last_point_of_the_line_is_the_balance_of_28_days(rows):
    days = frame(*zip(*rows, strict=True))
    line = balance.rolling(days)
    whole = balance.balance(days.iloc[-balance.WINDOW :])
    last = line["balance"].iloc[-1] if len(line) else NAN
    expected = whole.share if whole.days >= balance.FEWEST else NAN
    assert last == pytest.approx(expected, nan_ok=True)
    known = line.dropna(subset=["balance"])
    assert known[["balance", "low", "high"]].to_numpy().clip(0, 1).tolist() == (
        known[["balance", "low", "high"]].to_numpy().tolist()
    )
