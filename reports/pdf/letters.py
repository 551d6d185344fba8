"""Which letters can be set: in the bundled type, and in all that this system has."""

from functools import cache
from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from reports.theme import FONTS


def legible_anywhere(text: str) -> str:
    """Return text with a question mark for each letter that the bundled type lacks."""
    return _spelled(text, _bundled())


def legible_here(text: str) -> str:
    """Return text with a question mark for each letter that no type of this system has."""
    return _spelled(text, _bundled() | _installed())


def _spelled(text: str, known: frozenset[int]) -> str:
    return "".join(one if one == "\n" or ord(one) in known else "?" for one in text)


@cache
def _bundled() -> frozenset[int]:
    return _of(FONTS / "SourceSansPro-Regular.ttf")


@cache
def _installed() -> frozenset[int]:
    # Typst carries this one with it, as matplotlib does.
    found = _of(Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSansMono.ttf")
    for path in font_manager.findSystemFonts():
        if Path(path).suffix.lower() in {".ttf", ".otf", ".ttc"}:
            try:
                found |= _of(Path(path))
            except (OSError, RuntimeError):  # a file that is no font, or one that cannot be read
                continue
    return found


def _of(path: Path) -> frozenset[int]:
    return frozenset(FT2Font(str(path)).get_charmap())
