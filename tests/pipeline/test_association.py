import numpy as np
import pandas as pd
import pytest

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
