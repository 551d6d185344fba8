"""The Recovery-Load Index in time, and what it is made of."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.drawing import axis_room, blocks, day_axis, key, unknown
from reports.theme import LIGHT, WIDTH, Theme, drawing, no_data, panel, sheet

MOST_ROWS = 731
"""More days than these are drawn week by week."""
FEWEST = 7
TOO_FEW = "The load needs at least 7 recorded days of the last 28."
TOO_LITTLE = "Too few of the load's parts are known: it needs 60 % of their weight."
Floats = npt.NDArray[np.float64]
PARTS = (
    ("hours online", ("online_hours", "long_day_share")),
    ("late, and without rest", ("late_night_hours", "rest_window_hours", "unbroken_share")),
    ("feeds", ("broadcast_share",)),
    ("few people", ("in_person_hours", "days_since_met", "people_met_14d", "outing_share")),
    ("little support", ("support_per_week",)),
)


def load(index: pd.DataFrame, *, theme: Theme = LIGHT) -> Figure:
    """Draw the index with its interval, and its contributions below on the same scale.

    Args:
        index: Index `day`, evenly spaced; `load`, `low`, `high` [0..100], NaN where there is
            none, and `<input>_contribution`; `covered_days` [days], where it is told.
        theme: Colours; those of the online side for its parts, those of people for theirs.
    """
    if index.empty or index["load"].isna().all():
        covered = index["covered_days"] if "covered_days" in index else index["load"]
        return no_data(theme, TOO_LITTLE if covered.max() >= FEWEST else TOO_FEW)
    if len(index) > MOST_ROWS:
        index = index.iloc[::-1].iloc[::7].iloc[::-1]
    days = np.array([day.toordinal() for day in index.index], dtype=float)
    step = float(np.median(np.diff(days))) if len(days) > 1 else 1.0
    with drawing(theme):
        figure = sheet(3.33 + axis_room(index.index[0], index.index[-1]), theme)
        axes = panel(figure, (0.45, 0.3, WIDTH - 0.55, 1.35))
        axes.set_title("Recovery-Load Index, 0 to 100, with its interval", pad=8)
        none = index["load"].isna().to_numpy()
        blank = [(day - step / 2, 0, step, 100) for day in days[none]]
        _line(axes, index, days, theme)
        below = panel(figure, (0.45, 2.13, WIDTH - 0.55, 1.2))
        _stack(below, index, days, step, theme)
        colours = _colours(theme)
        key(
            figure,
            (0.45, 1.9),
            [(c, name) for c, (name, _) in zip(colours, PARTS, strict=True)],
            theme,
        )
        for one in (axes, below):
            unknown(one, blank, theme)
            one.set_xlim(days[0] - step / 2, days[-1] + step / 2)
            one.spines["left"].set_visible(False)
            one.grid(axis="y", linewidth=0.4)
            day_axis(one, index.index[0], index.index[-1])
        axes.set_xticklabels([])
    return figure


def _line(axes: Axes, index: pd.DataFrame, days: Floats, theme: Theme) -> None:
    axes.fill_between(days, index["low"], index["high"], color=theme.soft, alpha=0.22, linewidth=0)
    marker = "o" if index["load"].notna().sum() == 1 else None
    axes.plot(days, index["load"], color=theme.ink, linewidth=1.5, marker=marker, markersize=4)
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 50, 100], ["0", "50", "100"])


def _stack(axes: Axes, index: pd.DataFrame, days: Floats, step: float, theme: Theme) -> None:
    none = index["load"].isna().to_numpy()
    base = np.zeros(len(index))
    for colour, (_, names) in zip(_colours(theme), PARTS, strict=True):
        high = np.nansum(
            [index[f"{name}_contribution"].to_numpy(dtype=float) for name in names], axis=0
        )
        boxes = [
            (float(day - step / 2), float(low), step, float(tall))
            for day, low, tall, blank in zip(days, base, high, none, strict=True)
            if tall > 0 and not blank
        ]
        blocks(axes, boxes, colour)
        base = base + high
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 50, 100], ["0", "50", "100"])


def _colours(theme: Theme) -> tuple[str, ...]:
    online, people = theme.online_steps, theme.in_person_steps
    return (online[5], online[3], online[2], people[3], people[2])
