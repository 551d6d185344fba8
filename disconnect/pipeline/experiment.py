"""What a finished experiment on oneself comes to: the difference, and whether B was kept to."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from disconnect.statistics.permutation import Abab, abab_test

DAYS = ("phase", "value", "rule_minutes", "kept")
RESULT = (
    "a_days",
    "b_days",
    "missing_days",
    "a_mean",
    "b_mean",
    "difference",
    "low",
    "high",
    "p",
    "assignments",
)
ADHERENCE = (
    "a_days_told",
    "a_days_kept",
    "a_rule_minutes",
    "b_days_told",
    "b_days_kept",
    "b_rule_minutes",
)


@dataclass(frozen=True, slots=True)
class Result:
    """`row`: RESULT and ADHERENCE by name; `differences`: that of every assignment."""

    row: dict[str, float]
    differences: np.ndarray


def result(days: pd.DataFrame, cuts: tuple[int, int, int], shortest: int) -> Result | None:
    """Test the outcome of B against that of A, day by day as they were drawn, kept to or not.

    Args:
        days: DAYS as columns, one row a day of the experiment in their order; `phase` A or B,
            `value` in the outcome's unit, `rule_minutes` [min] and `kept` (0, 1); NaN: unknown.
        cuts: The days on which B, A and B begin, counted from 0.
        shortest: The shortest phase that could have been drawn [days].

    Returns:
        None when A or B has fewer values than the shortest phase has days.
    """
    value = days["value"].to_numpy(dtype=float)
    in_b = (days["phase"] == "B").to_numpy()
    known = ~np.isnan(value)
    if min((known & in_b).sum(), (known & ~in_b).sum()) < shortest:
        return None
    test = abab_test(value, cuts, shortest)
    return Result(_row(value, in_b, known, test) | adherence(days), test.distribution)


def _row(value: np.ndarray, in_b: np.ndarray, known: np.ndarray, test: Abab) -> dict[str, float]:
    numbers = (
        int((known & ~in_b).sum()),
        int((known & in_b).sum()),
        int((~known).sum()),
        float(value[known & ~in_b].mean()),
        float(value[known & in_b].mean()),
        test.difference,
        test.low,
        test.high,
        test.p,
        len(test.distribution),
    )
    return dict(zip(RESULT, numbers, strict=True))


def adherence(days: pd.DataFrame) -> dict[str, float]:
    """How many days of A and of B kept to the rule, of those the data tell of.

    Returns:
        ADHERENCE by name: days told of, days kept, and the mean of `rule_minutes` [min] over
        the days told of (NaN where there is none).
    """
    row: dict[str, float] = {}
    for phase in "AB":
        told = days.loc[(days["phase"] == phase) & days["kept"].notna()]
        minutes = told["rule_minutes"].to_numpy(dtype=float)
        name = phase.lower()
        row[f"{name}_days_told"] = len(told)
        row[f"{name}_days_kept"] = int(told["kept"].sum())
        row[f"{name}_rule_minutes"] = float(minutes.mean()) if len(minutes) else float("nan")
    return row
