"""How much of each day was recorded: what the other charts stand on."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.drawing import axis_room, blocks, day_axis, unknown
from reports.theme import LIGHT, WIDTH, Theme, drawing, no_data, panel, sheet

MOST_DAYS = 400
ROOM_A_DAY = 0.42
"""How wide a day is drawn at most [in]: one day alone is a bar, not a wall."""
_TOP = 0.3
_HIGH = 0.9
"""Where the chart begins, and how high it is [in]."""


def coverage(days: pd.DataFrame, *, theme: Theme = LIGHT) -> Figure:
    """Draw covered hours a day; where too little is known the day is hatched, its bar pale.

    Args:
        days: Index `day`; `covered_hours` [h], `screen_hours` [h], NaN where too little is known
            of the day. More than 400 days are means of weeks.
        theme: Colours.
    """
    if days.empty or not (days["covered_hours"].fillna(0) > 0).any():
        return no_data(theme)
    covered, width = days["covered_hours"].astype(float).fillna(0), 1
    known = days["screen_hours"].notna()
    if len(covered) > MOST_DAYS:
        covered, width = covered.resample("7D").mean(), 7
        known = covered > 0
    starts = [day.toordinal() - 0.5 for day in covered.index]
    first, last = days.index[0], days.index[-1]
    wide = min(WIDTH - 0.55, ROOM_A_DAY * len(days))
    with drawing(theme):
        figure = sheet(_TOP + _HIGH + axis_room(first, last), theme)
        axes = panel(figure, (0.45, _TOP, wide, _HIGH))
        axes.set_title("Hours recorded a day", pad=8, x=0)
        _bars(axes, list(zip(starts, covered, known, strict=True)), width, theme)
        axes.set_xlim(starts[0], starts[-1] + width)
        axes.set_ylim(0, 24)
        axes.set_yticks(np.arange(0, 25, 8), ["0 h", "8 h", "16 h", "24 h"])
        axes.grid(axis="y", linewidth=0.4)
        axes.spines["left"].set_visible(False)
        day_axis(axes, first, last)
    return figure


def _bars(axes: Axes, rows: list[tuple[float, float, bool]], width: int, theme: Theme) -> None:
    air = 0.12 if width == 1 and len(rows) <= 100 else 0.0  # noqa: PLR2004 - beyond, bars touch
    unknown(axes, [(start, 0, width, 24) for start, _, known in rows if not known], theme)
    for enough, colour in ((True, theme.other), (False, theme.unknown_mark)):
        blocks(
            axes,
            [
                (start + width * air / 2, 0.0, width * (1 - air), hours)
                for start, hours, known in rows
                if hours > 0 and known == enough
            ],
            colour,
        )
