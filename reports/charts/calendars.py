"""Two calendars on one scale: hours online, and hours with people, day by day."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import weeks
from reports.drawing import MONTHS, UNKNOWN, Box, blocks, key, steps_of, unknown
from reports.theme import LIGHT, WIDTH, Theme, drawing, no_data, panel, sheet

BOUNDS = (1.0, 2.0, 4.0, 8.0)
"""Doubling, so that an hour with a friend and a day of twelve hours online both show [h]."""
STEP_WORDS = ("none", "up to 1", "2", "4", "8", "more h")
SIDES = (("online_hours", "Online communication"), ("in_person_hours", "In person"))
FEW_WEEKS = 24
ROOM_WEEKS = 58
SMALL = 0.08
"""Squares below this need a closer hatching [in]."""


def calendars(days: pd.DataFrame, *, theme: Theme = LIGHT) -> Figure:
    """Draw a square a day, a column a week; a row of squares a weekday.

    Args:
        days: Index `day`; `online_hours`, `in_person_hours` [h], NaN where nobody recorded.
        theme: Colours.

    Returns:
        The two side by side, or one above the other for about a year; several years are
        strips, one a year.
    """
    if days.empty or days[["online_hours", "in_person_hours"]].isna().all(axis=None):
        return no_data(theme)
    strips = _strips(days)
    many = len(strips) > 1
    columns = 54 if many else _weeks(days)
    beside = columns <= FEW_WEEKS or many
    wide = (WIDTH - 1.0) / 2 if beside else WIDTH - 0.5
    side = min(wide / columns, 0.2)
    high = 7 * side
    strip_pitch = high + (0.09 if many else 0.0)
    block = 0.5 + strip_pitch * len(strips)
    above = 0.26 if beside else 0.02  # beside each other, the keys have a line of their own
    with drawing(theme):
        figure = sheet(above + block * (1 if beside else 2), theme)
        for number, (column, title) in enumerate(SIDES):
            left = 0.4 + number * (wide + 0.5) if beside else 0.4
            top = above + (0 if beside else number * block)
            words_at = 1 - (top + 0.09) / figure.get_figheight()
            figure.text(left / WIDTH, words_at, title, va="center_baseline", fontsize=8.5)
            entries = list(zip(_steps(theme, column), STEP_WORDS, strict=True))
            key(figure, (left, 0.04) if beside else (3.2, top + 0.04), entries, theme, tight=True)
            for row, strip in enumerate(strips):
                start = _start(strip.index[0], many)
                axes = panel(figure, (left, top + 0.36 + row * strip_pitch, columns * side, high))
                _calendar(axes, strip[column], _steps(theme, column), theme, (start, side))
                axes.set_xlim(0, columns)
                _names(axes, strip, start, years=many, first=row == 0)
        key(figure, (WIDTH - 0.76, above + 0.04), UNKNOWN, theme)
    return figure


def _strips(days: pd.DataFrame) -> list[pd.DataFrame]:
    if _weeks(days) <= ROOM_WEEKS:
        return [days]
    return [year for _, year in days.groupby(pd.DatetimeIndex(days.index).year)]


def _begins(day: dt.date) -> int:
    return day.toordinal() - weeks.place(day)


def _start(first: dt.date, many: bool) -> int:  # noqa: FBT001 - a private helper's one switch
    """The day that the first column begins on: that of New Year's week where years are strips."""
    return _begins(dt.date(first.year, 1, 1) if many else first)


def _weeks(days: pd.DataFrame) -> int:
    return (_begins(days.index[-1]) - _begins(days.index[0])) // 7 + 1


def _steps(theme: Theme, column: str) -> tuple[str, ...]:
    return theme.online_steps if column == "online_hours" else theme.in_person_steps


def _calendar(
    axes: Axes,
    hours: "pd.Series[float]",
    steps: tuple[str, ...],
    theme: Theme,
    place: tuple[int, float],
) -> None:
    start, side = place
    levels: npt.NDArray[np.int_] = steps_of(np.asarray(hours, dtype=np.float64), BOUNDS)
    places: dict[int, list[Box]] = {}
    for day, level in zip(hours.index, levels, strict=True):
        week, weekday = divmod(day.toordinal() - start, 7)
        places.setdefault(int(level), []).append((week + 0.05, weekday + 0.05, 0.9, 0.9))
    unknown(axes, places.pop(-1, []), theme, small=side < SMALL)
    for level, boxes in places.items():
        blocks(axes, boxes, steps[level])
    axes.set_ylim(7, 0)


def _names(axes: Axes, strip: pd.DataFrame, start: int, *, years: bool, first: bool) -> None:
    if years:
        shown = [dt.date(strip.index[0].year, month, 1) for month in (1, 4, 7, 10)]
    else:
        # A period that begins late in a month is not labelled there: two labels would touch.
        shown = [d for d in strip.index if d.day == 1]
        begun = strip.index[0]
        if begun.day != 1 and (begun.day < 20 or not shown):  # noqa: PLR2004
            shown.insert(0, begun)
    shown = shown if first else []
    axes.set_xticks(
        [(_begins(day) - start) / 7 + 0.5 for day in shown],
        [_month(day, n == 0, years) for n, day in enumerate(shown)],
    )
    axes.xaxis.tick_top()
    if years:
        axes.set_yticks([3.5], [str(strip.index[0].year)])
    else:
        axes.set_yticks([0.5, 2.5, 4.5, 6.5], weeks.names()[::2])
    axes.tick_params(length=0, pad=2)
    axes.tick_params(axis="both", labelsize=7)
    axes.spines[:].set_visible(False)


def _month(day: dt.date, with_year: bool, years: bool) -> str:  # noqa: FBT001
    name = MONTHS[day.month - 1]
    if years:
        return name
    return f"{name} {day.year}" if with_year or day.month == 1 else name
