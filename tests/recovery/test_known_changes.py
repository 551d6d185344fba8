"""A handful of the lives of `benchmarks/known_changes.py`, with loose bounds."""

import numpy as np
import pytest

from benchmarks.known_changes import (
    INDEX,
    RHOS,
    TURN,
    alarms,
    answered,
    life,
    told_at_any_look,
    told_near,
)
from disconnect.pipeline.calibration import calibrated
from disconnect.pipeline.withdrawal.turning import changes

TEN_WEEKS = slice(TURN // 7, TURN // 7 + 10)


@pytest.mark.parametrize("kind", ["apart", "together"])
@pytest.mark.parametrize("rho", RHOS)
def test_a_year_without_a_change_is_rarely_told_one_at_any_of_26_looks(rho, kind):
    told = sum(told_at_any_look(life(seed, rho, kind=kind, missing=0.1)) for seed in range(7))
    assert told <= 3  # 8 % of 7, and three standard errors


@pytest.mark.parametrize(("change", "rho", "least"), [("fewer", 0.0, 17), ("shorter", 0.3, 17)])
def test_a_change_in_the_middle_of_a_year_is_told_and_dated(change, rho, least):
    assert sum(told_near(life(seed, rho, change)) for seed in range(20)) >= least


def test_intervals_of_the_week_and_the_levels_hold_the_truth():
    week, before, after = [], [], []
    for seed in range(20):
        found = changes(life(seed, 0.0, "fewer")).set_index("measure")
        if "met_days_per_week" in found.index:
            row = found.loc["met_days_per_week"]
            week.append(row["earliest"] <= INDEX[TURN] <= row["latest"])
            before.append(row["before_low"] <= 4.2 <= row["before_high"])
            after.append(row["after_low"] <= 2.1 <= row["after_high"])
    assert len(week) >= 15
    assert min(np.mean(held) for held in (week, before, after)) >= 0.75


@pytest.mark.parametrize("rho", RHOS)
def test_the_watch_sees_a_fall_by_both_routes_and_is_mostly_quiet_otherwise(rho):
    seen = [alarms(life(seed, rho, "both"), "in_person_hours", TEN_WEEKS) for seed in range(16)]
    assert sum(seen) >= 10
    assert sum(alarms(life(seed, rho)) for seed in range(30)) <= 7


@pytest.mark.parametrize("kind", ["nothing", "smooth, season"])
def test_weights_are_rarely_told_where_energy_depends_on_nothing(kind):
    lives = [answered(seed, rho, kind) for seed in range(12) for rho in (0.0, 0.6)]
    assert sum(calibrated(*one, 52).supported for one in lives) <= 4


def test_weights_are_told_where_a_tenth_of_energy_depends_on_them():
    assert sum(calibrated(*answered(seed, 0.3, "effect"), 52).supported for seed in range(8)) >= 6
