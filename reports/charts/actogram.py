"""The rhythm of the day: one row a day, one column an hour."""

import datetime as dt

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import weeks
from reports.drawing import MONTHS, UNKNOWN, WEEKDAYS, blocks, grid_runs, key, steps_of, unknown
from reports.theme import LIGHT, WIDTH, Theme, drawing, no_data, panel, sheet

BOUNDS = (0.25, 0.5, 0.75)
STEP_WORDS = ("none", "up to 15", "30", "45", "60 min")
SIDES = (("screen_hours", "At the screen"), ("in_person_hours", "In person"))
QUIET = (22 * 60, 6 * 60)
"""Late night, unless somebody says otherwise: from 22 to 6 [minutes of the day]."""
MOST_DAYS = 400


def actogram(
    hours: pd.DataFrame, *, theme: Theme = LIGHT, quiet: tuple[int, int] = QUIET
) -> Figure:
    """Draw how much of each hour went to the screen, and to people; quiet hours are marked.

    Args:
        hours: `day`, `hour` [0..23, local], `screen_hours`, `in_person_hours` [h]; NaN where
            nobody recorded. More than 400 days are drawn as means of weeks.
        theme: Colours.
        quiet: The minutes of the day at which late night begins and ends.
    """
    if hours.empty or hours[["screen_hours", "in_person_hours"]].isna().all(axis=None):
        return no_data(theme)
    grids = [_grid(hours, column) for column, _ in SIDES]
    rows = len(grids[0])
    high = float(np.clip(rows * 0.16, 0.3, 4.6))
    wide = (WIDTH - 1.0) / 2
    with drawing(theme):
        figure = sheet(high + 1.0, theme)
        for number, (grid, (column, title)) in enumerate(zip(grids, SIDES, strict=True)):
            axes = panel(figure, (0.6 + number * (wide + 0.3), 0.58, wide, high))
            steps = theme.online_steps if column == "screen_hours" else theme.in_person_steps
            _cells(axes, grid.to_numpy(dtype=float), steps, theme)
            _frame(axes, title, theme, quiet)
            if number == 0:
                _dates(axes, pd.DatetimeIndex(grid.index))
            else:
                axes.set_yticks([])
        _key(figure, theme, quiet)
    return figure


def _grid(hours: pd.DataFrame, column: str) -> pd.DataFrame:
    """Rows are days, or weeks when there are many; the mean is over the hours known."""
    days = pd.DatetimeIndex(hours["day"])
    if days.nunique() > MOST_DAYS:
        days = days - pd.to_timedelta((days.day_of_week - weeks.first()) % 7, unit="D")
    grid = hours[column].groupby([days, hours["hour"].to_numpy()]).mean().unstack()  # noqa: PD010 - a grid is what is wanted
    return grid.reindex(columns=range(24))


def _cells(
    axes: Axes,
    grid: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
    steps: tuple[str, ...],
    theme: Theme,
) -> None:
    levels = steps_of(np.round(grid, 6), BOUNDS)
    unknown(axes, grid_runs(levels, -1), theme)
    for level, shade in enumerate(steps[:5]):
        blocks(axes, grid_runs(levels, level), shade)
    axes.set_xlim(0, 24)
    axes.set_ylim(len(grid), 0)


def _frame(axes: Axes, title: str, theme: Theme, quiet: tuple[int, int]) -> None:
    axes.set_title(title, pad=12)
    hours = _marked(quiet)
    axes.set_xticks(hours, [f"{hour:g}" for hour in hours])
    axes.tick_params(axis="x", length=2, pad=2)
    axes.spines[:].set_visible(False)
    top = axes.get_xaxis_transform()
    for start, end in _night(quiet):
        axes.plot(
            [start, end],
            [1.0, 1.0],
            color=theme.ink,
            linewidth=2.2,
            transform=top,
            clip_on=False,
            solid_capstyle="butt",
        )
        for edge in {start, end} - {0, 24}:
            axes.axvline(edge, color=theme.ink, linewidth=0.5, linestyle=(0, (2, 2)), zorder=4)


def _night(quiet: tuple[int, int]) -> list[tuple[float, float]]:
    """Late night as stretches of the clock [h]: two where midnight lies within it."""
    begins, ends = (minute / 60 for minute in quiet)
    if begins <= ends:
        return [(begins, ends)] if begins < ends else []
    return [(start, end) for start, end in ((0.0, ends), (begins, 24.0)) if start < end]


def _marked(quiet: tuple[int, int]) -> list[float]:
    """The hours that are named: every sixth, and the edges of the night where there is room."""
    edges = {edge for stretch in _night(quiet) for edge in stretch if edge == int(edge)}
    plain = {float(hour) for hour in range(0, 25, 6)}
    room = {hour for hour in plain if all(hour == edge or abs(hour - edge) > 1 for edge in edges)}
    return sorted(room | edges | {0.0, 24.0})


def _clock(minute: int) -> str:
    hour, minutes = divmod(minute, 60)
    return f"{hour}:{minutes:02}" if minutes else str(hour)


def _dates(axes: Axes, rows: pd.DatetimeIndex) -> None:
    span = (rows[-1] - rows[0]).days + 1
    marks: list[tuple[int, str]] = []
    for n, day in enumerate(rows):
        if word := _word(day, span, first=n == 0, step=(day - rows[n - 1]).days if n else 0):
            marks.append((n, word))
    axes.set_yticks([n + 0.5 for n, _ in marks], [word for _, word in marks])
    axes.tick_params(axis="y", labelsize=7.5, pad=2)


def _word(day: dt.date, span: int, *, first: bool, step: int) -> str:
    month = MONTHS[day.month - 1]
    if span <= 14:  # noqa: PLR2004 - every row has room
        return f"{WEEKDAYS[day.weekday()]} {day.day} {month}"
    if span <= MOST_DAYS:
        if span <= 100 and not weeks.place(day):  # noqa: PLR2004 - each week has room
            return f"{day.day} {month}"
        named = span > 100 and day.day == 1  # noqa: PLR2004
        return (f"{month} {day.year}" if first or day.month == 1 else month) if named else ""
    return str(day.year) if not first and day.month == 1 and day.day <= step else ""


def _key(figure: Figure, theme: Theme, quiet: tuple[int, int]) -> None:
    entries = list(zip(theme.online_steps[:5], STEP_WORDS, strict=True))
    key(figure, (0.6, 0.04), entries, theme, tight=True)
    entries = list(zip(theme.in_person_steps[:5], STEP_WORDS, strict=True))
    key(figure, (0.6 + (WIDTH - 1.0) / 2 + 0.3, 0.04), entries, theme, tight=True)
    key(figure, (WIDTH - 0.82, figure.get_figheight() - 0.2), UNKNOWN, theme)
    figure.text(
        0.6 / WIDTH,
        0.12 / figure.get_figheight(),
        "Hour of the local day; the heavy line and the dashes mark late night,"
        f" {_clock(quiet[0])}–{_clock(quiet[1])}.",
        fontsize=7.5,
        color=theme.soft,
    )
