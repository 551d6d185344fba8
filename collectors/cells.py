"""Cells of CSV files that spreadsheets show as text, and never run as a formula."""

import re

_RUNS = "=+\\-@\t\r\n＝＋－＠"
"""First characters that make a spreadsheet compute a cell; the wide ones do where Japanese is set."""
_TO_GUARD = re.compile(f"'*[{_RUNS}]")
_GUARDED = re.compile(f"'+[{_RUNS}]")


def guarded(cell: object) -> object:
    """Return a cell for a CSV file: a text that would run gets an apostrophe before it.

    A text that looks guarded already gets one more, so `unguarded` gives back each text as it
    was. Numbers stay numbers, negative ones too.
    """
    if isinstance(cell, str | bytes | list | tuple):
        text = cell if isinstance(cell, str) else str(cell)
        return f"'{text}" if _TO_GUARD.match(text) else text
    return cell


def unguarded(cell: str) -> str:
    """Return the text that `guarded` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell
