import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.columns import cut, filled, wide


@pytest.mark.parametrize(
    ("text", "columns"),
    [("Ana", 3), ("小林 さくら", 11), ("Zoe\u0308", 3), ("דנה", 3), ("🎈", 2), ("", 0)],
)
def test_letters_take_the_columns_that_a_terminal_gives_them(text, columns):
    assert wide(text) == columns
    assert wide(filled(text, 15)) == 15
    assert filled(text, 15, right=True).endswith(text)


@given(st.text(max_size=20), st.integers(0, 20))
def test_what_is_cut_fits_and_begins_the_same(text, columns):
    some = cut(text, columns)
    assert text.startswith(some)
    assert wide(some) <= columns
    assert some == text or wide(text) > columns
