import numpy as np
import pytest

from disconnect.statistics.within import within

CONTACT = ["social_offline", "social_online"]


def test_students_are_less_lonely_when_they_met_and_more_when_they_killed_time_online(students):
    found = within(students["alone"], students[CONTACT], students["id"])
    assert (found.n, found.groups) == (3943, 79)
    assert found.slopes == pytest.approx([-0.0492, 0.0802], abs=5e-5)
    assert found.errors == pytest.approx([0.0087, 0.0109], abs=5e-5)


def test_answers_of_one_person_are_no_independent_evidence(students):
    found = within(students["alone"], students[CONTACT], students["id"])
    assert (found.clustered > 1.5 * found.errors).all()


def test_on_the_next_day_nothing_is_left(students):
    days = students.groupby(["id", "day"])[["alone", *CONTACT]].mean()
    earlier = days.groupby("id")[CONTACT].shift()
    today = days.groupby("id")["alone"].shift()
    regressors = np.column_stack([earlier, today])
    found = within(days["alone"], regressors, days.index.get_level_values("id"))
    assert (np.abs(found.slopes[:2]) < 1.96 * found.clustered[:2]).all()


def test_what_differs_between_groups_alone_has_no_part_in_it(rng):
    group = np.repeat(np.arange(20), 15)
    x = rng.normal(size=300) + group
    y = -0.5 * x + 3.0 * group + rng.normal(0, 0.1, 300)
    assert within(y, x, group).slopes == pytest.approx([-0.5], abs=0.02)


def test_errors_agree_with_a_dummy_for_each_group(rng):
    group = np.repeat(np.arange(6), 10)
    x, y = rng.normal(size=(2, 60))
    dummies = np.column_stack([x, group[:, None] == np.arange(6)]).astype(float)
    inverse = np.linalg.inv(dummies.T @ dummies)
    beta = inverse @ dummies.T @ y
    variance = ((y - dummies @ beta) ** 2).sum() / (60 - 7)
    found = within(y, x, group)
    assert found.slopes[0] == pytest.approx(beta[0])
    assert found.errors[0] == pytest.approx(np.sqrt(variance * inverse[0, 0]))


def test_a_single_group_has_no_clustered_error(rng):
    found = within(rng.normal(size=30), rng.normal(size=30), np.zeros(30))
    assert np.isnan(found.clustered).all()


def test_a_regressor_that_never_varies_within_a_group_is_refused():
    with pytest.raises(ValueError, match="never varies within"):
        within(np.arange(20.0), np.repeat([1.0, 2.0], 10), np.repeat([1, 2], 10))
    with pytest.raises(ValueError, match="too few for 20 groups"):
        within(np.arange(20.0), np.arange(20.0), np.arange(20))
