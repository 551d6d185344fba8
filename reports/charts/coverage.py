"""How much of each day was recorded: what the other charts stand on."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from reports.drawing import blocks, day_axis, unknown
from reports.theme import LIGHT, WIDTH, Theme, drawing, no_data, panel, sheet

MOST_DAYS = 400


def coverage(days: pd.DataFrame, *, theme: Theme = LIGHT) -> Figure:
    """Draw covered hours a day; a day without any is hatched, one with too little is pale.

    Args:
        days: Index `day`; `covered_hours` [h], `screen_hours` [h], NaN where too little is known
            of the day. More than 400 days are means of weeks.
        theme: Colours.
    """
    if days.empty or not (days["covered_hours"].fillna(0) > 0).any():
        return no_data(theme)
    covered, width = days["covered_hours"].astype(float).fillna(0), 1
    if len(covered) > MOST_DAYS:
        covered, width = covered.resample("7D").mean(), 7
    known = days["screen_hours"].notna() if width == 1 else covered > 0
    starts = [day.toordinal() - 0.5 for day in covered.index]
    gap = 0.88 if width == 1 and len(covered) <= 100 else 1.0  # noqa: PLR2004 - air between bars
    with drawing(theme):
        figure = sheet(1.5, theme)
        axes = panel(figure, (0.45, 0.1, WIDTH - 0.55, 0.95))
        unknown(
            axes,
            [(s, 0, width, 24) for s, h in zip(starts, covered, strict=True) if h == 0],
            theme,
        )
        bars = [(s, 0.0, width * gap, h) for s, h in zip(starts, covered, strict=True)]
        for enough, colour in ((True, theme.other), (False, theme.rule)):
            shown = [
                bar for bar, one in zip(bars, known, strict=True) if bar[3] > 0 and one == enough
            ]
            blocks(axes, shown, colour)
        axes.set_xlim(starts[0], starts[-1] + width)
        axes.set_ylim(0, 24)
        axes.set_yticks(np.arange(0, 25, 8), ["0 h", "8 h", "16 h", "24 h"])
        axes.grid(axis="y", linewidth=0.4)
        axes.spines["left"].set_visible(False)
        day_axis(axes, days.index[0], days.index[-1])
    return figure
