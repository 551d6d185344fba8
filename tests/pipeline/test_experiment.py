import numpy as np
import pandas as pd
import pytest

from disconnect.pipeline.experiment import ADHERENCE, RESULT, adherence, result

NAN = float("nan")


def days(value, cuts=(6, 12, 18), minutes=None, limit=5):
    count = len(value)
    phase = ["AB"[sum(day >= cut for cut in cuts) % 2] for day in range(count)]
    spent = np.full(count, NAN) if minutes is None else np.asarray(minutes, dtype=float)
    return pd.DataFrame(
        {
            "phase": phase,
            "value": np.asarray(value, dtype=float),
            "rule_minutes": spent,
            "kept": np.where(np.isnan(spent), NAN, spent < limit),
        },
        index=pd.date_range("2026-10-06", periods=count, name="day"),
    )


KNOWN = [4, 3, 4, 5, 3, 4, 6, 7, 6, 5, 7, 6, 5, 4, 4, 3, 4, 5, 7, 6, 6, 7, 5, 7]


def test_means_differ_by_the_difference_and_days_add_up():
    values = [NAN, *KNOWN[1:]]
    found = result(days(values), (6, 12, 18), 4)
    assert found is not None
    row = found.row
    assert list(row) == [*RESULT, *ADHERENCE]
    assert row["b_mean"] - row["a_mean"] == pytest.approx(row["difference"])
    assert row["a_days"] + row["b_days"] + row["missing_days"] == 24
    assert row["low"] < row["difference"] < row["high"]


@pytest.mark.parametrize("phase", ["A", "B"])
def test_fewer_values_than_the_shortest_phase_give_no_result(phase):
    frame = days(KNOWN)
    of_phase = np.flatnonzero(frame["phase"] == phase)
    frame.iloc[of_phase[4:], 1] = NAN
    assert result(frame, (6, 12, 18), 4) is not None
    frame.iloc[of_phase[3:], 1] = NAN
    assert result(frame, (6, 12, 18), 4) is None


def test_a_day_not_told_of_is_neither_kept_nor_broken():
    minutes = [0] * 6 + [NAN] * 3 + [10] + [0] * 14
    row = adherence(days(KNOWN, minutes=minutes))
    assert (row["b_days_told"], row["b_days_kept"]) == (9, 8)
    assert row["b_rule_minutes"] == pytest.approx(10 / 9)
    assert row["a_days_kept"] == 12


def test_where_nothing_is_told_minutes_are_unknown_and_not_zero():
    row = adherence(days(KNOWN))
    assert row["a_days_told"] == row["b_days_told"] == 0
    assert np.isnan(row["a_rule_minutes"])
    assert np.isnan(row["b_rule_minutes"])
