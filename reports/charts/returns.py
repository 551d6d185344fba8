"""What came per 100 hours of each channel: the dot, its interval, and the raw counts."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import wording
from reports.theme import CHANNEL_WORDS, LIGHT, WIDTH, Theme, drawing, no_data, panel, sheet

PITCH = 0.3
WIDEST = 4.0
"""An interval may reach so many times as far as the highest dot; beyond, an arrow."""


def returns(rates: pd.DataFrame, *, theme: Theme = LIGHT) -> Figure:
    """Draw a row a channel.

    Args:
        rates: Index of channels (None: not said, left out); `events`, `hours` [h],
            `rate_per_100h`, `low`, `high` [per 100 h], NaN where there are no hours.
        theme: Colours.

    Returns:
        Where nothing came the dot is hollow and stands at 0, and the line says up to which rate
        that would still fit.
    """
    shown = rates[[isinstance(name, str) for name in rates.index]]
    if shown.empty or shown["high"].isna().all():
        return no_data(theme, "No hours are known that opportunities could stand against.")
    rows = len(shown)
    with drawing(theme):
        figure = sheet(rows * PITCH + 0.5, theme)
        axes = panel(figure, (1.2, 0.1, WIDTH - 2.75, rows * PITCH))
        reach = _reach(shown)
        for row, (name, values) in enumerate(shown.iterrows()):
            numbers = {str(key): float(value) for key, value in values.items()}
            _row(axes, row, theme.channel(str(name)), numbers, (reach, theme))
        axes.set_xlim(0, reach)
        axes.set_ylim(rows - 0.5, -0.5)
        words = [CHANNEL_WORDS.get(str(name), str(name)) for name in shown.index]
        axes.set_yticks(range(rows), words)
        axes.tick_params(axis="y", labelcolor=theme.ink, pad=9)
        axes.tick_params(axis="x", length=0)
        axes.grid(axis="x", linewidth=0.4, color=theme.rule)
        axes.set_axisbelow(True)
        axes.spines[["bottom", "left"]].set_visible(False)
        axes.set_xlabel("opportunities in 100 hours", labelpad=2)
    return figure


def _reach(shown: pd.DataFrame) -> float:
    high = shown["high"].dropna().astype(float)
    came = shown.loc[shown["events"] > 0, "rate_per_100h"].dropna().astype(float)
    most = WIDEST * float(came.max()) if len(came) else float(high.max())
    return 1.04 * min(float(high.max()), max(most, float(high.min())))


def _row(
    axes: Axes, row: int, colour: str, numbers: dict[str, float], on: tuple[float, Theme]
) -> None:
    reach, theme = on
    if np.isnan(numbers["high"]):
        came = numbers["events"]
        said = f"{came:.0f}, no hours known" if came > 0 else "no hours known"
    else:
        said = f"{numbers['events']:.0f} in {wording.hours(numbers['hours'])}"
        low, high = numbers["low"], numbers["high"]
        axes.plot([low, min(high, reach)], [row, row], color=colour, linewidth=2.2, alpha=0.75)
        if high > reach:
            axes.plot(reach, row, ">", color=colour, markersize=5, clip_on=False)
            said += f" (to {high:.0f})"
        none = numbers["events"] == 0
        middle = 0.0 if none else min(numbers["rate_per_100h"], reach)
        face = theme.paper if none else colour
        axes.plot(middle, row, "o", color=colour, mfc=face, markersize=6.5, clip_on=False, zorder=4)
    axes.annotate(
        said,
        (1, row),
        (10, 0),
        xycoords=axes.get_yaxis_transform(),
        textcoords="offset points",
        va="center_baseline",
        fontsize=7.5,
        color=theme.soft,
    )
