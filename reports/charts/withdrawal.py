"""Days since anybody was met, and the weekly watch."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from reports.drawing import axis_room, blocks, day_axis, key, unknown
from reports.theme import LIGHT, WIDTH, Theme, drawing, no_data, panel, sheet

LIMIT = 5.8
MOST_SHOWN = 10.5
NOBODY = "Nobody is known to have been met: nothing has been logged."


def withdrawal(rows: pd.DataFrame, *, theme: Theme = LIGHT) -> Figure:
    """Draw days since a meeting as an area, and below it the watch of both measures.

    Args:
        rows: `kind` (day, watch), `day`, `measure`, `value`: for a day the days since anybody
            was met (NaN: not known), for a watch the sum of deviations of its week.
        theme: Colours.
    """
    days = rows[rows["kind"] == "day"]
    if days.empty or days["value"].isna().all():
        return no_data(theme, NOBODY)
    watch = rows[rows["kind"] == "watch"]
    with drawing(theme):
        first, last = days["day"].iloc[0], days["day"].iloc[-1]
        figure = sheet((3.0 if len(watch) else 1.75) + axis_room(first, last), theme)
        axes = panel(figure, (0.45, 0.3, WIDTH - 0.55, 1.45))
        axes.set_title("Days since anybody was met", pad=8)
        _since(axes, days, theme)
        shown = [axes]
        if len(watch):
            below = panel(figure, (0.45, 2.28, WIDTH - 0.55, 0.72))
            key(figure, (0.45, 2.08), _entries(set(watch["measure"]), theme), theme)
            _strip(below, watch, theme)
            shown.append(below)
        for one in shown:
            one.set_xlim(first.toordinal() - 0.5, last.toordinal() + 0.5)
            one.spines["left"].set_visible(False)
            one.grid(axis="y", linewidth=0.4)
            day_axis(one, first, last)
        for one in shown[:-1]:
            one.set_xticklabels([])
    return figure


def _since(axes: Axes, days: pd.DataFrame, theme: Theme) -> None:
    x = np.array([day.toordinal() for day in days["day"]], dtype=float)
    value = days["value"].to_numpy(dtype=float)
    most = max(7.0, float(np.nanmax(value)) * 1.08)
    blank = np.isnan(value)
    unknown(axes, [(at - 0.5, 0, 1, most) for at in x[blank]], theme)
    bars = [(at - 0.5, 0.0, 1.0, tall) for at, tall in zip(x[~blank], value[~blank], strict=True)]
    blocks(axes, [bar for bar in bars if bar[3] > 0], theme.soft)
    axes.set_ylim(0, most)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(lambda count, _: f"{count:.0f} d")


def _entries(drawn: set[str], theme: Theme) -> list[tuple[str, str]]:
    """The key of the lines that are drawn; the last one tells their unit."""
    words = {
        "in_person_hours": (theme.in_person, "less with people than before"),
        "online_hours": (theme.online, "more online than before"),
    }
    entries = [words[measure] for measure in words if measure in drawn]
    colour, last = entries[-1]
    return [*entries[:-1], (colour, f"{last} (standard deviations, summed)")]


def _strip(axes: Axes, watch: pd.DataFrame, theme: Theme) -> None:
    for measure, colour in (("in_person_hours", theme.in_person), ("online_hours", theme.online)):
        part = watch[watch["measure"] == measure]
        x = [day.toordinal() + 3 for day in part["day"]]
        axes.plot(x, part["value"], color=colour, linewidth=1.4)
    axes.axhline(LIMIT, color=theme.ink, linewidth=0.6, linestyle=(0, (2, 2)))
    axes.set_ylim(0, MOST_SHOWN)
    axes.set_yticks([0, 5, 10], ["0", "5", "10 sd"])
