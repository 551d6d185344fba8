import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from disconnect.statistics.multiplicity import benjamini_hochberg

# Benjamini & Hochberg 1995, section 4.1: 15 hypotheses about treatments of infarction.
PUBLISHED = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]


def test_four_of_the_published_fifteen_are_rejected_where_bonferroni_has_three():
    assert benjamini_hochberg(PUBLISHED).rejected.sum() == 4
    assert (np.array(PUBLISHED) <= 0.05 / 15).sum() == 3


def test_the_order_does_not_matter():
    back = benjamini_hochberg(PUBLISHED[::-1])
    assert back.rejected[::-1].tolist() == [True] * 4 + [False] * 11


def test_what_could_not_be_tested_is_no_hypothesis():
    found = benjamini_hochberg([0.04, float("nan")])
    assert found.rejected.tolist() == [True, False]
    assert np.isnan(found.adjusted).tolist() == [False, True]


def test_no_question_has_no_answer():
    assert benjamini_hochberg([]).rejected.tolist() == []
    assert benjamini_hochberg([float("nan")]).rejected.tolist() == [False]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_it_is_what_statsmodels_says(p_values):
    found = benjamini_hochberg(p_values)
    rejected, adjusted, *_ = multipletests(p_values, method="fdr_bh")
    assert found.rejected.tolist() == rejected.tolist()
    assert found.adjusted == pytest.approx(adjusted)
