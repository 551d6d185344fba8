"""Text from outside, made safe to keep and to print."""

import re

LONGEST = 1000
"""Characters kept of a title or page: more is no title, and would bloat the file."""

# Control characters, and marks that turn the direction of what is printed after them.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+"
)


def printable(text: str) -> str:
    """The text without control and direction marks."""
    return _UNPRINTABLE.sub(" ", text)


def clean(text: str, longest: int = LONGEST) -> str:
    """The text on one line, without control and direction marks, cut to its longest."""
    cut = text[: 4 * longest] if len(text) > 4 * longest else text
    plain = printable(cut).strip()
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
