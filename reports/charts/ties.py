"""How the hours with each person added up, against the hours that friendships took elsewhere."""

from unicodedata import bidirectional

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.drawing import day_axis, key
from reports.references import friendship
from reports.theme import LIGHT, WIDTH, Theme, drawing, no_data, panel, sheet
from reports.wording import legible

MOST = 12
HEIGHT = 2.2
NAME = 22
"""Letters of a name that have room at the right."""
ROW = 0.135
"""Room that a name beside its line needs [in]."""
_ALL_THREE = "50, 90, 200 h: casual friend, friend, close friend"


def ties(grown: pd.DataFrame, *, theme: Theme = LIGHT) -> Figure:
    """Draw a line a person, the name at its end, coloured by where the relationship began.

    Args:
        grown: One row a person and day of meeting, people in order of their hours: `name`,
            `met` (`in_person`, `online` or None), `day` (date), `total_hours` [h].
        theme: Colours.

    Returns:
        At most 12 people. A dot stands where two last met, and from there the line runs level.
        The reference lines stand where the hours reach them or nearly so.
    """
    known = grown.dropna(subset=["total_hours"])
    if known.empty:
        return no_data(theme, "No time in person with anybody named has been logged.")
    names = list(dict.fromkeys(known["name"]))[:MOST]
    days = pd.to_datetime(known["day"])
    last = days.max()
    first = min(days.min(), last - pd.Timedelta(days=6))
    colours = {"in_person": theme.in_person, "online": theme.online}
    with drawing(theme):
        figure = sheet(HEIGHT + 0.75, theme)
        axes = panel(figure, (0.45, 0.32, WIDTH - 2.1, HEIGHT))
        ends = []
        for name in names:
            part = known[known["name"] == name]
            colour = colours.get(part["met"].iloc[0], theme.other)
            at = [day.toordinal() for day in pd.to_datetime(part["day"])]
            hours = part["total_hours"].astype(float).tolist()
            axes.step(
                [at[0], *at, last.toordinal()],
                [0.0, *hours, hours[-1]],
                where="post",
                color=colour,
                linewidth=1.3,
                alpha=0.9,
            )
            axes.plot(at[-1], hours[-1], "o", color=colour, markersize=3.2, clip_on=False)
            ends.append((hours[-1], str(name), colour))
        reach = _references(axes, max(end[0] for end in ends), first.toordinal(), theme)
        axes.set_xlim(first.toordinal(), last.toordinal())
        axes.set_ylim(0, reach)
        _names(axes, ends, reach, theme)
        axes.grid(axis="y", linewidth=0.4, color=theme.rule)
        axes.set_axisbelow(True)
        axes.spines["left"].set_visible(False)
        axes.set_ylabel("hours in person, all in all", labelpad=2)
        day_axis(axes, first, last)
        key(figure, (0.45, 0.06), _began([end[2] for end in ends], theme), theme)
    return figure


def _began(colours: list[str], theme: Theme) -> list[tuple[str, str]]:
    """What the colours say, of those that are there."""
    every = [
        (theme.in_person, "began in person"),
        (theme.online, "began online"),
        (theme.other, "where it began is not said"),
    ]
    return [entry for entry in every if entry[0] in colours]


def _reach(most: float) -> float:
    near = [hours for hours, _ in friendship() if most < hours <= 1.6 * most]
    return 1.06 * max(most, *near[:1], 1.0)


def reached(grown: pd.DataFrame) -> bool:
    """Whether the scale reaches any of the lines of friendship."""
    most = float(grown["total_hours"].astype(float).max())
    return _reach(most) >= friendship()[0][0]


def _references(axes: Axes, most: float, left: float, theme: Theme) -> float:
    """Draw the lines that are within reach; returns how far the axis goes [h]."""
    reach = _reach(most)
    drawn = [(hours, words) for hours, words in friendship() if hours <= reach]
    crowded = len(drawn) > 1 and (drawn[1][0] - drawn[0][0]) / reach * HEIGHT < ROW
    for hours, words in drawn:
        axes.axhline(hours, color=theme.soft, linewidth=0.7, linestyle=(0, (3, 2)), zorder=1)
        said = f"{hours} h, {words}"
        if crowded:
            said = _ALL_THREE if hours == drawn[-1][0] else ""
        axes.annotate(
            said,
            (left, hours),
            (3, 2),
            textcoords="offset points",
            fontsize=6.5,
            color=theme.soft,
        )
    return reach


def apart(wanted: list[float], step: float, top: float) -> list[float]:
    """Places at least `step` apart and within 0..top, as near as can be to those wanted.

    Args:
        wanted: In ascending order. What is too near is spread evenly around its middle.
        step: The least distance.
        top: The end of the room.
    """
    blocks: list[tuple[float, int]] = []  # the middle of each, and how many stand in it
    for place in wanted:
        middle, size = place, 1
        while blocks and blocks[-1][0] + blocks[-1][1] * step / 2 > middle - size * step / 2:
            before, many = blocks.pop()
            middle = (before * many + middle * size) / (many + size)
            size += many
        half = size * step / 2
        blocks.append((min(max(middle, half), max(top - half, half)), size))
    return [
        middle + (number - (size - 1) / 2) * step
        for middle, size in blocks
        for number in range(size)
    ]


def _names(axes: Axes, ends: list[tuple[float, str, str]], reach: float, theme: Theme) -> None:
    """Write each name where its line ends, moved apart where they would overlap."""
    ordered = sorted(ends)
    places = apart([end[0] for end in ordered], ROW / HEIGHT * reach, reach)
    for (hours, name, colour), place in zip(ordered, places, strict=True):
        axes.annotate(
            f"{_left_to_right(legible(name, NAME))}  {hours:.0f}",
            (1, hours),
            (1.045, place / reach),
            xycoords=axes.get_yaxis_transform(),
            textcoords="axes fraction",
            va="center",
            fontsize=7.5,
            color=theme.ink,
            arrowprops={
                "arrowstyle": "-",
                "color": colour,
                "linewidth": 0.6,
                "shrinkA": 1,
                "shrinkB": 0,
                "relpos": (0.0, 0.5),
            },
            annotation_clip=False,
        )


def _left_to_right(name: str) -> str:
    """Keep a number behind a name that is written from right to left, where it is read."""
    turned = any(bidirectional(letter) in {"R", "AL"} for letter in name)
    mark = "\N{LEFT-TO-RIGHT MARK}" if turned else ""
    return f"{mark}{name}{mark}"
