"""One family of type, one palette: every channel keeps its colour wherever it is drawn."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font

FONTS = Path(__file__).parent / "pdf" / "fonts"
FAMILY = "Source Sans Pro"
WIDTH = 6.53
"""The width of every chart [in]: that of the report's text, so that type is never scaled."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by what they mean.

    The two sides differ in hue and every step in lightness, so that they stay apart for colour-blind eyes and in grey print.
    """

    paper: str
    ink: str
    soft: str
    rule: str
    unknown: str
    unknown_mark: str
    in_person: str
    call: str
    message: str
    email: str
    broadcast: str
    other: str
    online_steps: tuple[str, ...]
    in_person_steps: tuple[str, ...]

    def channel(self, name: str) -> str:
        """The colour of a channel; anything else is `other`."""
        return str(getattr(self, name)) if name in CHANNELS else self.other

    @property
    def online(self) -> str:
        """Online communication as a whole."""
        return self.message


CHANNELS = ("in_person", "call", "message", "email", "broadcast", "other")
ONLINE = ("call", "message", "email", "broadcast")
CHANNEL_WORDS = {
    "in_person": "in person",
    "call": "calls",
    "message": "messages",
    "email": "e-mail",
    "broadcast": "feeds and posts",
    "other": "other",
}

LIGHT = Theme(
    paper="#ffffff",
    ink="#1d2733",
    soft="#5d6875",
    rule="#d5dae0",
    unknown="#f1f2f4",
    unknown_mark="#c3c8ce",
    in_person="#dd8500",
    call="#a48ad4",
    message="#2f7fb8",
    email="#8fc3e2",
    broadcast="#133f6b",
    other="#99a1aa",
    online_steps=("#f3f5f7", "#cfe3f1", "#8fc3e2", "#4a97ca", "#23659c", "#133f6b"),
    in_person_steps=("#f3f5f7", "#fbe3bd", "#f5c273", "#e89a21", "#bb6a00", "#7d4300"),
)
DARK = Theme(
    paper="#14191f",
    ink="#e9edf1",
    soft="#a3adb8",
    rule="#39424c",
    unknown="#1e252c",
    unknown_mark="#4a545f",
    in_person="#f2a52e",
    call="#b9a2e6",
    message="#4c9fd8",
    email="#a9d6f0",
    broadcast="#2c67a3",
    other="#7f8994",
    online_steps=("#222a32", "#1c4468", "#2c67a3", "#4c9fd8", "#8ccaf0", "#d8effc"),
    in_person_steps=("#222a32", "#5a3a10", "#8f5a12", "#d08618", "#f5b552", "#fde3b5"),
)


@cache
def _register() -> None:
    for file in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(file)


def text_width(words: str, size: float) -> float:
    """How wide words are in our type at a size [pt]; in inches."""
    font = _font()
    font.set_text(words)
    return float(font.get_width_height()[0]) / 64 / 100 * size / 72


@cache
def _font() -> FT2Font:
    font = FT2Font(str(FONTS / "SourceSansPro-Regular.ttf"))
    font.set_size(100, 72)
    return font


@contextmanager
def drawing(theme: Theme) -> Iterator[None]:
    """Within it, everything matplotlib makes has our type, sizes and colours."""
    _register()
    rules: dict[str, Any] = {
        "font.family": [FAMILY, "DejaVu Sans"],
        "font.size": 8.0,
        "axes.titlesize": 8.5,
        "axes.titlelocation": "left",
        "axes.titlecolor": theme.ink,
        "axes.labelsize": 8.0,
        "axes.labelcolor": theme.soft,
        "axes.edgecolor": theme.rule,
        "axes.facecolor": "none",
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": True,
        "figure.facecolor": theme.paper,
        "grid.color": theme.rule,
        "hatch.color": theme.unknown_mark,
        "hatch.linewidth": 0.5,
        "text.color": theme.ink,
        "text.parse_math": False,  # a $ in a name is a dollar
        "xtick.color": theme.rule,
        "xtick.labelcolor": theme.soft,
        "xtick.major.size": 3,
        "xtick.major.width": 0.6,
        "ytick.color": theme.rule,
        "ytick.labelcolor": theme.soft,
        "ytick.major.size": 0,
        "legend.frameon": False,
        "legend.fontsize": 8.0,
        "svg.fonttype": "none",
        "svg.hashsalt": "disconnect",
    }
    with mpl.rc_context(cast("Any", rules)):
        yield


def sheet(height: float, theme: Theme, *, width: float = WIDTH) -> Figure:
    """An empty figure of the report's width."""
    return Figure(figsize=(width, height), facecolor=theme.paper)


def panel(figure: Figure, box: tuple[float, float, float, float]) -> Axes:
    """Axes placed by inches from the left and the top: left, top, width, height.

    Placing by hand costs nothing; matplotlib's layout engines draw everything twice.
    """
    width, height = figure.get_size_inches()
    left, top, wide, high = box
    return figure.add_axes((left / width, 1 - (top + high) / height, wide / width, high / height))


def no_data(theme: Theme, words: str = "No data for this chart in this period.") -> Figure:
    """What a chart is when there is nothing to draw: a sentence, not an empty frame."""
    with drawing(theme):
        figure = sheet(1.0, theme)
        axes = panel(figure, (0.0, 0.0, WIDTH, 1.0))
        axes.set_axis_off()
        axes.text(0.5, 0.5, words, ha="center", va="center", color=theme.soft, fontsize=9)
    return figure
