"""Cells that a spreadsheet shows, and never runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.cells import guarded, unguarded

BAD = "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize("first", BAD)
def test_a_text_that_would_run_is_guarded(first):
    assert guarded(f"{first}HYPERLINK()") == f"'{first}HYPERLINK()"


@pytest.mark.parametrize("cell", [-1.5, -3, 0, None, True, "plain", "a=b", "'tis", "", "–", "3-4"])
def test_everything_else_stays_as_it_is(cell):
    assert guarded(cell) is cell


@given(st.text(alphabet=[*BAD, "'", "a", " ", "1"]))
def test_every_text_comes_back(text):
    cell = guarded(text)
    assert isinstance(cell, str)
    assert cell[:1] not in {*BAD}
    assert unguarded(cell) == text


def test_a_list_of_names_is_a_text_too():
    assert guarded(["=a"]) == "['=a']"
