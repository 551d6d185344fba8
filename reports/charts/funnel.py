"""From those who could be reached to those who helped, on a logarithmic axis."""

import math

import pandas as pd
from matplotlib.figure import Figure

from reports.theme import LIGHT, WIDTH, Theme, drawing, no_data, panel, sheet

PITCH = 0.26
WORDS = {
    "reached": "could be reached",
    "conversed": "conversed",
    "met": "met in person",
    "supported": "gave support or brought something",
}


def funnel(stages: pd.DataFrame, *, theme: Theme = LIGHT) -> Figure:
    """Draw a dot a stage; on a logarithmic axis a bar's length would mean nothing.

    Args:
        stages: `stage` (reached, conversed, met, supported), `people`; NaN where it is not
            known, which is written and not drawn, as is a stage that nobody reached.
        theme: Colours.
    """
    counts = stages["people"].astype(float)
    if not (counts > 0).any():
        return no_data(theme, "Nobody was met or talked to in this period, as far as was logged.")
    rows = len(stages)
    colours = (theme.broadcast, theme.message, theme.in_person, theme.in_person)
    with drawing(theme):
        figure = sheet(rows * PITCH + 0.46, theme)
        axes = panel(figure, (2.05, 0.08, WIDTH - 2.75, rows * PITCH))
        axes.set_xscale("log")
        axes.set_xlim(0.8, max(10.0, 2.0 * float(counts.max())))
        there = [(float(n), row) for row, n in enumerate(counts) if n > 0]
        axes.plot(*zip(*there, strict=True), color=theme.rule, linewidth=1.2, zorder=1)
        for row, number in enumerate(counts):
            drawn = number > 0
            if drawn:
                axes.plot(number, row, "o", color=colours[row % 4], markersize=7.5, zorder=3)
            axes.annotate(
                _words(number),
                (number if drawn else 0.8, row),
                (8 if drawn else 3, 0),
                textcoords="offset points",
                va="center_baseline",
                fontsize=8,
                color=theme.ink if drawn else theme.soft,
                bbox={"facecolor": theme.paper, "edgecolor": "none", "pad": 0.8},
            )
        axes.set_ylim(rows - 0.5, -0.5)
        axes.set_yticks(range(rows), [WORDS.get(str(s), str(s)) for s in stages["stage"]])
        axes.tick_params(axis="y", labelcolor=theme.ink)
        axes.tick_params(axis="x", which="both", length=0)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}".replace(",", " "))
        axes.xaxis.set_minor_formatter(lambda *_: "")
        axes.grid(axis="x", linewidth=0.4, color=theme.rule)
        axes.set_axisbelow(True)
        axes.spines[["bottom", "left"]].set_visible(False)
        axes.set_xlabel("different people (each step ten times as many)", labelpad=2)
    return figure


def _words(number: float) -> str:
    if math.isnan(number):
        return "not noted"
    return f"{number:,.0f}".replace(",", " ") if number else "nobody"
