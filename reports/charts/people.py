"""Who the hours in person were spent with, and where each relationship began."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from reports.drawing import blocks, key
from reports.references import friendship
from reports.theme import LIGHT, WIDTH, Theme, drawing, no_data, panel, sheet
from reports.wording import legible

FRIENDSHIP = friendship()
MOST = 15
NAME = 24
"""Letters of a name that have room at the left."""
_ALL_THREE = "50, 90, 200 h:\ncasual, then friend, then close friend"


def people(people: pd.DataFrame, *, theme: Theme = LIGHT) -> Figure:
    """Draw hours in person, a bar a person, the most first.

    Args:
        people: `name`, `met` (`in_person`, `online` or None), `in_person_hours` [h].
        theme: Colours.

    Returns:
        At most 15 people. Reference lines stand where the scale reaches them; a handful of
        hours is not squeezed to make room for them.
    """
    known = people.loc[people["in_person_hours"].astype(float) > 0]
    if known.empty:
        return no_data(theme, "No time in person has been logged in this period.")
    shown = known.nlargest(MOST, "in_person_hours")
    rows = len(shown)
    reach = _reach(float(shown["in_person_hours"].max()))
    with drawing(theme):
        top = 0.45 if reached(shown) else 0.25
        figure = sheet(top + rows * 0.2 + 0.4, theme)
        axes = panel(figure, (1.55, top, WIDTH - 1.95, rows * 0.2))
        for met, colour in _origins(theme).items():
            boxes = [
                (0.0, n - 0.36, float(hours), 0.72)
                for n, (began, hours) in enumerate(
                    zip(shown["met"], shown["in_person_hours"], strict=True)
                )
                if (began if began in {"in_person", "online"} else None) == met
            ]
            blocks(axes, boxes, colour)
        _frame(axes, shown, reach, theme)
        there = {met if met in {"in_person", "online"} else None for met in shown["met"]}
        words = ("began in person", "began online", "where it began is not said")
        entries = [
            (colour, said)
            for (met, colour), said in zip(_origins(theme).items(), words, strict=True)
            if met in there
        ]
        key(figure, (1.55, 0.04), entries, theme)
    return figure


def _origins(theme: Theme) -> dict[str | None, str]:
    return {"in_person": theme.in_person, "online": theme.online, None: theme.other}


def _reach(most: float) -> float:
    above = [hours for hours, _ in FRIENDSHIP if most < hours <= 2.5 * most]
    return max(most, *above[:1], 1.0) * 1.1 if above else max(most, 1.0) * 1.1


def reached(people: pd.DataFrame) -> bool:
    """Whether the scale reaches any of the reference lines."""
    return _reach(float(people["in_person_hours"].max())) >= FRIENDSHIP[0][0]


def _frame(axes: Axes, shown: pd.DataFrame, reach: float, theme: Theme) -> None:
    for n, hours in enumerate(shown["in_person_hours"]):
        words = f"{hours:.0f}" if hours >= 10 else f"{hours:.1f}"  # noqa: PLR2004 - two digits
        axes.annotate(
            words,
            (hours, n),
            (3, 0),
            textcoords="offset points",
            va="center_baseline",
            fontsize=7.5,
            color=theme.soft,
            bbox={"facecolor": theme.paper, "edgecolor": "none", "pad": 0.6},
        )
    axes.set_xlim(0, reach)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    top = axes.get_xaxis_transform()
    for hours, words in FRIENDSHIP:
        if hours <= reach:
            axes.axvline(hours, color=theme.soft, linewidth=0.7, linestyle=(0, (3, 2)), zorder=1)
            crowded = reach > 5 * FRIENDSHIP[0][0] and hours != FRIENDSHIP[-1][0]
            if not crowded:
                label = f"{hours} h\n{words}" if reach <= 5 * FRIENDSHIP[0][0] else _ALL_THREE
                side = "center" if reach <= 5 * FRIENDSHIP[0][0] else "left"
                axes.text(
                    hours,
                    1.01,
                    label,
                    ha=side,
                    va="bottom",
                    fontsize=6.5,
                    color=theme.soft,
                    transform=top,
                )
    axes.set_yticks(range(len(shown)), [legible(str(name), NAME) for name in shown["name"]])
    axes.tick_params(axis="y", labelcolor=theme.ink)
    axes.spines["bottom"].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(lambda hours, _: f"{hours:g}")
    axes.tick_params(axis="x", length=0)
    axes.grid(axis="x", linewidth=0.4)
    axes.set_axisbelow(True)
    axes.set_xlabel("hours in person in this period", labelpad=2)
