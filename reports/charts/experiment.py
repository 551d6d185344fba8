"""An experiment on oneself: its days and phases, and beside them what chance would have made."""

import datetime as dt
import math

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, MultipleLocator

from reports.drawing import day_axis, unknown
from reports.theme import LIGHT, WIDTH, Theme, drawing, no_data, panel, sheet

HEIGHT = 1.75
_LEFT, _TOP = 0.45, 0.42
_DAYS_WIDE, _CHANCE_WIDE = 3.9, 1.6
BINS = 31
_STEPS = [1, 2, 5, 10]
_WORDS = {"energy": "energy, 0 to 10", "drained": "drained, 0 to 10"}


def experiment(rows: pd.DataFrame, *, theme: Theme = LIGHT) -> Figure:
    """Draw each day's outcome with B shaded and the means; beside it the randomisation test.

    Args:
        rows: `kind` (`day` or `assignment`), `day`, `phase` (A, B) and `value` of the days,
            oldest first, NaN where missing; `difference` (mean B - mean A) of every assignment
            that could have been drawn; `outcome`: the outcome's name.
        theme: Colours.

    Returns:
        Days without a value are hatched, not joined. The one difference that was seen stands as
        a line in the distribution of all of them.
    """
    days = rows[rows["kind"] == "day"]
    chance = rows.loc[rows["kind"] == "assignment", "difference"].dropna().to_numpy(dtype=float)
    value = days["value"].to_numpy(dtype=float)
    in_b = (days["phase"] == "B").to_numpy()
    known = ~np.isnan(value)
    if not (known & in_b).any() or not (known & ~in_b).any():
        return no_data(theme, "An experiment's chart needs values of days in both A and B.")
    with drawing(theme):
        figure = sheet(_TOP + HEIGHT + 0.45, theme)
        axes = panel(figure, (_LEFT, _TOP, _DAYS_WIDE, HEIGHT))
        _of_days(axes, days, (value, in_b, known), theme)
        seen = float(value[known & in_b].mean() - value[known & ~in_b].mean())
        if len(chance):
            beside = (WIDTH - _CHANCE_WIDE - 0.1, _TOP, _CHANCE_WIDE, HEIGHT)
            _of_chance(panel(figure, beside), chance, seen, theme)
    return figure


Parts = tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]


def _of_days(axes: Axes, days: pd.DataFrame, parts: Parts, theme: Theme) -> None:
    value, in_b, known = parts
    dates = np.array([day.toordinal() for day in days["day"]], dtype=float)
    outcome = str(days["outcome"].iloc[0])
    low, high = _range(outcome, value[known])
    edges = np.flatnonzero(np.diff(in_b.astype(np.int8))) + 1
    for begin, end in zip([0, *edges], [*edges, len(dates)], strict=True):
        _of_phase(axes, (dates[begin] - 0.5, dates[end - 1] + 0.5), bool(in_b[begin]), theme)
    for phase, colour in ((False, theme.soft), (True, theme.online)):
        which = known & (in_b == phase)
        axes.plot(dates[which], value[which], "o", color=colour, markersize=3.2, zorder=3)
        mean = float(value[which].mean())
        for begin, end in zip([0, *edges], [*edges, len(dates)], strict=True):
            if bool(in_b[begin]) == phase:
                axes.plot(
                    [dates[begin] - 0.5, dates[end - 1] + 0.5],
                    [mean, mean],
                    color=colour,
                    linewidth=1.6,
                    solid_capstyle="butt",
                )
    unknown(axes, [(date - 0.5, low, 1.0, high - low) for date in dates[~known]], theme)
    axes.set_xlim(dates[0] - 0.5, dates[-1] + 0.5)
    axes.set_ylim(low, high)
    answers = outcome in _WORDS
    axes.yaxis.set_major_locator(MultipleLocator(2) if answers else MaxNLocator(5, steps=_STEPS))
    axes.grid(axis="y", linewidth=0.4)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    words = _WORDS.get(outcome, f"{outcome.removesuffix('_hours').replace('_', ' ')}, hours a day")
    means = [float(value[known & (in_b == phase)].mean()) for phase in (False, True)]
    counts = [int((known & (in_b == phase)).sum()) for phase in (False, True)]
    axes.set_title(
        f"{words}: mean {means[0]:.1f} in A (n = {counts[0]}), {means[1]:.1f} in B"
        f" (n = {counts[1]})",
        pad=14,
    )
    day_axis(axes, _date(dates[0]), _date(dates[-1]))


def _of_phase(axes: Axes, span: tuple[float, float], tried: bool, theme: Theme) -> None:  # noqa: FBT001 - A or B
    if tried:
        axes.axvspan(*span, color=theme.online, alpha=0.13, linewidth=0, zorder=0.5)
    axes.text(
        sum(span) / 2,
        1.015,
        "B" if tried else "A",
        ha="center",
        va="bottom",
        fontsize=7.5,
        color=theme.online if tried else theme.soft,
        transform=axes.get_xaxis_transform(),
    )


def _range(outcome: str, value: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Answers on their whole scale; hours from zero."""
    if outcome in _WORDS:
        return -0.3, 10.3
    return 0.0, max(0.5, float(value.max()) * 1.1)


def _date(ordinal: float) -> dt.date:
    return dt.date.fromordinal(int(ordinal))


def _of_chance(axes: Axes, chance: npt.NDArray[np.float64], seen: float, theme: Theme) -> None:
    reach = 1.05 * max(float(np.abs(chance).max()), abs(seen), 1e-6)
    bins = min(BINS, 2 * math.ceil(math.sqrt(len(chance)) / 2) + 1)
    counts, edges = np.histogram(chance, bins=np.linspace(-reach, reach, bins + 1))
    middle = (edges[1:] + edges[:-1]) / 2
    axes.bar(middle, counts, np.diff(edges) * 0.92, color=theme.unknown_mark, linewidth=0)
    axes.axvline(seen, color=theme.in_person, linewidth=1.6, zorder=3)
    right = seen > 0
    axes.annotate(
        f"seen: {seen:+.2f}".replace("-", "−"),
        (seen, 1.0),
        (-3 if right else 3, 1),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        ha="right" if right else "left",
        va="bottom",
        fontsize=7.5,
        color=theme.ink,
    )
    axes.set_xlim(-reach, reach)
    axes.set_ylim(0, counts.max() * 1.05)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.set_title(f"if B changed nothing: {len(chance)} calendars", pad=14, loc="right")
    axes.set_xlabel("mean in B − mean in A", labelpad=2)
