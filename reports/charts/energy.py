"""Energy: what was said day by day, and beside the hours online of the day before."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.drawing import day_axis
from reports.theme import LIGHT, WIDTH, Theme, drawing, no_data, panel, sheet

WINDOW = 28
FEWEST = 7


def energy(daily: pd.DataFrame, *, theme: Theme = LIGHT) -> Figure:
    """Draw each answer as a point with a rolling median, and a scatter of the next day.

    The scatter has no correlation on it: the plain one of days that resemble each other says too
    much, and what can be told stands in the sentences, with its interval.

    Args:
        daily: Index `day`; `energy` (0..10), `online_hours` [h]; NaN where unknown.
        theme: Colours.
    """
    if daily.empty or daily["energy"].isna().all():
        return no_data(theme, "No check-in has told of energy in this period.")
    with drawing(theme):
        figure = sheet(2.3, theme)
        left = panel(figure, (0.45, 0.3, 3.6, 1.55))
        _in_time(left, daily, theme)
        right = panel(figure, (4.75, 0.3, WIDTH - 4.85, 1.55))
        _next_day(right, daily, theme)
        for axes in (left, right):
            axes.set_ylim(-0.5, 10.5)
            axes.set_yticks([0, 5, 10])
            axes.grid(axis="y", linewidth=0.4)
            axes.spines["left"].set_visible(False)
    return figure


def _in_time(axes: Axes, daily: pd.DataFrame, theme: Theme) -> None:
    days = np.array([day.toordinal() for day in daily.index])
    axes.plot(days, daily["energy"], "o", markersize=2, color=theme.soft, alpha=0.6, mew=0)
    median = daily["energy"].rolling(WINDOW, min_periods=FEWEST).median()
    axes.plot(days, median, color=theme.ink, linewidth=1.6)
    axes.set_title("Energy as told, and the median of 28 days")
    axes.set_xlim(days[0] - 0.5, days[-1] + 0.5)
    day_axis(axes, daily.index[0], daily.index[-1])


def _next_day(axes: Axes, daily: pd.DataFrame, theme: Theme) -> None:
    hours = daily["online_hours"].shift(1).to_numpy(dtype=float)
    value = daily["energy"].to_numpy(dtype=float)
    both = ~np.isnan(hours) & ~np.isnan(value)
    axes.set_title("The day after, by hours online")
    axes.set_xlabel("hours online the day before")
    if not both.any():
        axes.text(0.5, 0.5, "no pairs of days yet", transform=axes.transAxes, ha="center")
        return
    # Answers are whole numbers: a little apart, so that many on one spot show as many.
    jitter = np.random.default_rng(0).uniform(-0.25, 0.25, int(both.sum()))
    axes.plot(
        hours[both],
        value[both] + jitter,
        "o",
        markersize=2.2,
        color=theme.online,
        alpha=0.45,
        mew=0,
    )
    axes.set_xlim(0, float(hours[both].max()) * 1.05 + 0.1)
    # Few hours before a day of little energy are rare: there is room for words.
    axes.text(
        0.02,
        0.06,
        f"n = {int(both.sum())}",
        transform=axes.transAxes,
        bbox={"facecolor": theme.paper, "edgecolor": "none", "pad": 0.8},
    )
