"""The balance in time: which share of social time was spent in the room."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from reports.drawing import axis_room, day_axis
from reports.theme import LIGHT, WIDTH, Theme, drawing, no_data, panel, sheet

_TOP = 0.32
_HIGH = 1.5
"""Where the chart begins, and how high it is [in]."""


def balance(
    line: pd.DataFrame,
    *,
    theme: Theme = LIGHT,
    reference: tuple[float, float] | None = None,
) -> Figure:
    """Draw in person / (in person + online) over the last 28 days, with its uncertainty.

    Args:
        line: Index of days; `balance` (0..1), NaN where it is unknown, its band from `low` to
            `high`, and the mean `online_hours` a day of the same 28 days.
        theme: Colours.
        reference: Usual time in person elsewhere, from–to [h a day]: drawn as the balance that
            it would make beside one's own hours online of the same 28 days.

    Returns:
        The line; it breaks where the balance is unknown.
    """
    if not len(line) or line["balance"].isna().all():
        return no_data(
            theme, "The balance over 28 days needs at least 14 days on which both sides are known."
        )
    dates = [day.toordinal() for day in line.index]
    low, high = line["low"].to_numpy(), line["high"].to_numpy()
    first, last = line.index[0], line.index[-1]
    with drawing(theme):
        figure = sheet(_TOP + _HIGH + axis_room(first, last), theme)
        axes = panel(figure, (0.45, _TOP, WIDTH - 0.55, _HIGH))
        axes.set_title("In person, as a share of social time, over 28 days", pad=8)
        if reference is not None:
            least, most = (beside(line, hours) for hours in reference)
            axes.fill_between(
                dates, least, most, color=theme.rule, alpha=0.55, linewidth=0, zorder=0.5
            )
            high_end = np.fmax(high, most)
        else:
            high_end = high
        axes.fill_between(dates, low, high, color=theme.in_person, alpha=0.22, linewidth=0)
        axes.plot(dates, line["balance"], color=theme.in_person, linewidth=1.6)
        axes.set_xlim(first.toordinal() - 0.5, last.toordinal() + 0.5)
        top = max(0.5, float(np.nanmax(high_end)) * 1.08)
        axes.set_ylim(-0.015 * top, top)  # a share of nothing is a line, and must be seen
        axes.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")
        axes.yaxis.set_major_locator(MultipleLocator(0.25))
        axes.grid(axis="y", linewidth=0.4)
        axes.spines[["left", "bottom"]].set_visible(False)
        day_axis(axes, first, last)
    return figure


def beside(line: pd.DataFrame, in_person: float) -> "pd.Series[float]":
    """Return the balance of so many hours in person a day beside the own mean hours online.

    A month's mean stands beside a mean; where too few days are known there is none (NaN).
    """
    return in_person / (in_person + line["online_hours"].astype(float))
