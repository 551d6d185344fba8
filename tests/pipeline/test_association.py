import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disconnect.pipeline.association import DECLARED, Hypothesis, associations, detectable, paired

COLUMNS = ("online_hours", "broadcast_hours", "in_person_hours", "late_night_hours")


def lived(seed, size=200, *, effect=0.0, lag=0, missing=0.1):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({name: rng.normal(5, 2, size) for name in COLUMNS})
    carried = np.zeros(size)
    for day in range(1, size):
        carried[day] = 0.4 * carried[day - 1] + rng.normal(0, 1)
    frame["energy"] = 6 + effect * frame["online_hours"].shift(lag).fillna(5) + carried
    frame.loc[rng.random(size) < missing, "energy"] = np.nan
    return frame


@pytest.mark.parametrize("lag", [0, 1])
def test_what_is_there_is_told_with_an_interval_that_holds_it(lag):
    found = associations(lived(1, effect=-0.4, lag=lag)).iloc[lag]
    assert found["told"] == 1
    assert found["low"] < -0.4 < found["high"]
    assert found["r"] < 0


def test_what_is_not_there_is_rarely_told():
    told = [associations(lived(seed))["told"].sum() for seed in range(30)]
    assert sum(count > 0 for count in told) <= 5


def test_below_twenty_eight_pairs_nothing_is_said():
    found = associations(lived(2, size=25, effect=-2))
    assert found["coefficient"].isna().all()
    assert found["told"].isna().all()
    assert (found["paired_days"] <= 25).all()


def test_hours_that_never_vary_are_no_question():
    days = lived(3, effect=-0.4)
    days["late_night_hours"] = 0.0
    found = associations(days)
    assert np.isnan(found["coefficient"].iloc[4])
    assert found["told"].iloc[0] == 1


def test_what_is_not_tested_says_why_and_counts_what_falls_short():
    days = lived(3, effect=-0.4)
    days["late_night_hours"] = 0.0
    days.loc[20:, "in_person_hours"] = np.nan
    days.loc[::2, "broadcast_hours"] = np.nan  # never two days in a row
    found = associations(days).set_index("predictor")["untested"]
    assert found["late_night_hours"] == "hours"
    assert found["in_person_hours"] == "days"
    assert found["broadcast_hours"] == "in a row"
    assert found["online_hours"].isna().all()
    flat = associations(days.assign(energy=days["energy"].where(days["energy"].isna(), 5.0)))
    assert set(flat["untested"]) == {"energy", "hours", "days"}


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(0, 90), st.floats(0, 0.95), st.integers(1, 4))
def test_a_count_that_falls_short_does_fall_short(seed, size, missing, steps):
    rng = np.random.default_rng(seed)
    days = pd.DataFrame({name: rng.integers(0, steps, size) * 1.0 for name in COLUMNS})
    days["energy"] = rng.integers(0, steps, size) * 1.0
    found = associations(days.mask(rng.random(days.shape) < missing))
    short = found["untested"].isin(["days", "in a row"])
    assert (found.loc[short, "paired_days"] < 28).all()
    tested = found["untested"].isna()
    assert (found.loc[tested, "paired_days"] >= 28).all()
    assert np.isfinite(found.loc[tested, ["coefficient", "low", "high", "r", "p"]]).all(axis=None)
    assert found.loc[~tested, "coefficient"].isna().all()


def test_more_than_five_questions_are_refused():
    with pytest.raises(ValueError, match="five hypotheses at most"):
        associations(lived(4), [*DECLARED, Hypothesis("online_hours", "energy", 0)])


def test_pairs_are_of_the_day_before_where_it_says_so():
    days = pd.DataFrame(
        {"online_hours": [1.0, 2.0, np.nan, 4.0], "energy": [9.0, 8.0, 7.0, np.nan]}
    )
    hours, energy = paired(days, Hypothesis("online_hours", "energy", 1))
    assert hours.tolist() == [1, 2]
    assert energy.tolist() == [8, 7]


@pytest.mark.parametrize(("days", "r"), [(783, 0.1), (194, 0.2), (85, 0.3)])
def test_what_so_many_days_can_find(days, r):
    assert detectable(round(days * 1.38)) == pytest.approx(r, abs=0.002)
    assert detectable(3) == 1
