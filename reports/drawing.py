"""The few marks that charts share: cells, hatched unknown, keys, axes of dates and hours."""

import datetime as dt
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from reports import weeks
from reports.theme import Theme, text_width

Box = tuple[float, float, float, float]
_CORNERS = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]


def blocks(
    axes: Axes, boxes: Iterable[Box], colour: str, *, hatch: str | None = None, z: float = 2
) -> None:
    """Fill many rectangles (left, bottom, width, height) as one path: small files, quick."""
    array = np.array(list(boxes), dtype=float).reshape(-1, 4)
    if not len(array):
        return
    x, y, w, h = array.T
    points = np.stack(
        [
            np.stack([x, y], 1),
            np.stack([x + w, y], 1),
            np.stack([x + w, y + h], 1),
            np.stack([x, y + h], 1),
            np.stack([x, y], 1),
        ],
        axis=1,
    ).reshape(-1, 2)
    path = Path(points, _CORNERS * len(array))
    # As a mere artist: a patch would be walked curve by curve for its limits, which we know.
    axes.add_artist(PathPatch(path, facecolor=colour, linewidth=0, hatch=hatch, zorder=z))
    axes.update_datalim(points)


def unknown(axes: Axes, boxes: Iterable[Box], theme: Theme, *, small: bool = False) -> None:
    """Hatch what nobody recorded; closer in `small` boxes, which the lines would else miss."""
    blocks(axes, boxes, theme.unknown, hatch="/" * (16 if small else 6), z=1)


def grid_runs(levels: npt.NDArray[np.int_], level: int) -> list[Box]:
    """The cells of one level in a grid of rows and columns; neighbours in a row are joined."""
    boxes: list[Box] = []
    for row, line in enumerate(levels == level):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], line.astype(np.int8), [0]))))
        boxes += [
            (float(left), float(row), float(right - left), 1.0)
            for left, right in zip(edges[::2], edges[1::2], strict=True)
        ]
    return boxes


def steps_of(values: npt.NDArray[np.float64], bounds: Sequence[float]) -> npt.NDArray[np.int_]:
    """The step each value falls on: 0 for nothing, then 1… by upper bound; -1 for unknown."""
    steps = 1 + np.searchsorted(np.asarray(bounds), values, side="left")
    return np.where(np.isnan(values), -1, np.where(values <= 0, 0, steps)).astype(int)


UNKNOWN = [("unknown", "not recorded")]
"""The entry of a key for what nobody recorded."""
KEY_SIZE = 7.5
"""Type of the keys [pt]."""


def key(
    figure: Figure,
    place: tuple[float, float],
    entries: Sequence[tuple[str, str]],
    theme: Theme,
    *,
    tight: bool = False,
) -> None:
    """A row of small squares with words, from `place` [in from left and top].

    An entry's colour `unknown` is drawn hatched. `tight` sets entries closer, for scales.
    """
    width, height = figure.get_size_inches()
    left, top = place
    for colour, words in entries:
        hatched = colour == "unknown"
        figure.add_artist(
            Rectangle(
                (left / width, 1 - (top + 0.1) / height),
                0.1 / width,
                0.1 / height,
                facecolor=theme.unknown if hatched else colour,
                hatch="//////" if hatched else None,
                # The lightest step is nearly the paper's: without an edge nobody sees it.
                edgecolor=theme.unknown_mark,
                linewidth=0.3,
                transform=figure.transFigure,
            )
        )
        figure.text(
            (left + 0.14) / width,
            1 - (top + 0.055) / height,
            words,
            va="center_baseline",
            fontsize=KEY_SIZE,
            color=theme.soft,
        )
        left += 0.14 + text_width(words, KEY_SIZE) + (0.11 if tight else 0.2)


_ROOM = {"days": 10, "weeks": 62, "half as many weeks": 100, "months": 400, "quarters": 800}
"""Up to how many days each kind of tick has room [days]."""


def day_axis(axes: Axes, first: dt.date, last: dt.date) -> None:
    """Label a date axis (ordinals) at days, months or years, whichever leaves room."""
    days = pd.date_range(first, last)
    span = len(days)
    if span <= _ROOM["days"]:
        ticks, form = list(days), "%-d %b"
    elif span <= _ROOM["half as many weeks"]:
        every = 1 if span <= _ROOM["weeks"] else 2
        ticks, form = [day for day in days if not weeks.place(day)][::every], "%-d %b"
    elif span <= _ROOM["quarters"]:
        ticks, form = [day for day in days if day.day == 1], "%b"
        if span > _ROOM["months"]:
            ticks = [day for day in ticks if day.month in (1, 4, 7, 10)]
    else:
        ticks, form = [day for day in days if day.day_of_year == 1], "%Y"
    words = [date_words(day, form, first=number == 0) for number, day in enumerate(ticks)]
    axes.set_xticks([day.toordinal() for day in ticks], words)
    left, right = axes.get_xlim()
    wide = axes.bbox.width / axes.figure.dpi
    for label, day in zip(axes.get_xticklabels(), ticks, strict=True):
        to_edge = (right - day.toordinal()) / (right - left) * wide
        if to_edge + _MARGIN < text_width(label.get_text().split("\n")[0], 8) / 2:
            label.set_horizontalalignment("right")


def axis_room(first: dt.date, last: dt.date) -> float:
    """What the labels of such an axis need below it [in]: months have a second line, the year."""
    span = (last - first).days + 1
    return 0.42 if _ROOM["half as many weeks"] < span <= _ROOM["quarters"] else 0.28


_MARGIN = 0.08
"""What a chart has to the right of its axes [in]."""


def date_words(day: pd.Timestamp, form: str, *, first: bool) -> str:
    """A tick's words without the platform's locale; months carry the year where it turns."""
    month = MONTHS[day.month - 1]
    if form == "%Y":
        return str(day.year)
    if form == "%b":
        return f"{month}\n{day.year}" if first or day.month == 1 else month
    return f"{day.day} {month}"


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
