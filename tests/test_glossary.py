import pandas as pd
import pytest

from disconnect.glossary import COLUMNS, checked


def test_a_frame_within_its_ranges_passes_and_unknown_is_always_right():
    frame = pd.DataFrame({"balance": [0.5, float("nan")]})
    assert checked(frame, ["balance"]) is frame


def test_swapped_columns_are_told():
    frame = pd.DataFrame({"hours": [1.0], "balance": [0.5]})
    with pytest.raises(ValueError, match="instead of"):
        checked(frame, ["balance", "hours"])


def test_more_than_the_whole_is_no_share():
    with pytest.raises(ValueError, match=r"balance outside 0\.\.1"):
        checked(pd.DataFrame({"balance": [1.5]}), ["balance"])


def test_every_column_has_a_unit_and_a_meaning():
    assert all(column.unit and column.meaning for column in COLUMNS.values())
