"""Text in columns of a terminal: some letters take two of them, some none."""

import unicodedata

_NONE = frozenset({"Mn", "Me", "Cf", "Cc"})


def wide(text: str) -> int:
    """Return how many columns a text takes: `小林` four, `Zoë` three however it is spelled."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if unicodedata.category(letter) in _NONE:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def filled(text: str, columns: int, *, right: bool = False) -> str:
    """Return text filled with spaces to so many columns, on its left where it stands right."""
    space = " " * (columns - wide(text))
    return space + text if right else text + space


def cut(text: str, columns: int) -> str:
    """Return as much of a text as so many columns hold."""
    taken = 0
    for place, letter in enumerate(text):
        taken += _columns(letter)
        if taken > columns:
            return text[:place]
    return text
