"""Online communication to the left, time with people to the right, on one scale."""

import datetime as dt

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import weeks
from reports.drawing import MONTHS, UNKNOWN, WEEKDAYS, Box, blocks, key, unknown
from reports.references import mean_of
from reports.theme import CHANNEL_WORDS, LIGHT, ONLINE, WIDTH, Theme, drawing, no_data, panel, sheet

THIN = 0.11
"""Inches a row below which not every one has room for its label (8 pt)."""
APART = 0.14
"""What two labels need between them where not every row has one [in]."""


def mirrored(periods: pd.DataFrame, *, theme: Theme = LIGHT) -> Figure:
    """Draw hours a day for each period; both sides share one scale that starts at zero.

    Args:
        periods: Oldest first; index of days (dates) or of names such as `2026-W41` and
            `2026-10`. `online_hours`, the hours of each online channel, `in_person_hours` [h];
            NaN where nobody recorded. `covered_days` and `logged_days`, when there, divide the
            hours online and those in person.
        theme: Colours.
    """
    if periods.empty or periods[["online_hours", "in_person_hours"]].isna().all(axis=None):
        return no_data(theme)
    periods = _dated(periods)
    rates = a_day(periods)
    rows = len(rates)
    pitch = float(np.clip(4.4 / rows, 0.036, 0.24))
    with drawing(theme):
        figure = sheet(rows * pitch + 0.88, theme)
        axes = panel(figure, (0.72, 0.5, WIDTH - 0.77, rows * pitch))
        reach = _reach(rates)
        _sides(axes, rates, reach, theme)
        _labels(axes, periods.index, pitch)
        by_day = isinstance(periods.index, pd.DatetimeIndex)
        _heads(figure, axes, theme, by_day=by_day)
        if not by_day:
            usual = mean_of("socialising")
            axes.axvspan(usual.low, usual.high, color=theme.rule, linewidth=0, zorder=0.5)
    return figure


def _dated(periods: pd.DataFrame) -> pd.DataFrame:
    """Days given as `2026-10-05` become dates; names of weeks and months stay."""
    if isinstance(periods.index, pd.DatetimeIndex) or len(str(periods.index[0])) != len(
        "2026-10-05"
    ):
        return periods
    return periods.set_axis(pd.DatetimeIndex(periods.index), axis=0)


def a_day(periods: pd.DataFrame) -> pd.DataFrame:
    """Hours a day over the known days of each period [h]; unknown stays NaN."""
    columns = [*(f"{channel}_hours" for channel in ONLINE), "online_hours", "in_person_hours"]
    hours = periods[columns].astype(float)
    if "covered_days" not in periods:
        return hours
    covered = periods["covered_days"].astype(float)
    rates = hours.div(covered.where(covered > 0), axis=0)
    logged = periods["logged_days"].astype(float)
    rates["in_person_hours"] = hours["in_person_hours"] / logged.where(logged > 0)
    return rates


def _reach(rates: pd.DataFrame) -> float:
    most = float(np.nanmax(rates[["online_hours", "in_person_hours"]].to_numpy()))
    return max(1.0, most) * 1.04


def _sides(axes: Axes, rates: pd.DataFrame, reach: float, theme: Theme) -> None:
    rows = range(len(rates))
    thick = 0.78 if len(rates) <= 60 else 0.88  # noqa: PLR2004 - thin rows need their ink
    left = np.zeros(len(rates))
    for channel in ONLINE:
        hours = rates[f"{channel}_hours"].fillna(0).to_numpy()
        boxes = [(-left[n] - hours[n], n - thick / 2, hours[n], thick) for n in rows]
        blocks(axes, boxes, theme.channel(channel))
        left += hours
    met = rates["in_person_hours"].fillna(0).to_numpy()
    blocks(axes, [(0.0, n - thick / 2, met[n], thick) for n in rows], theme.in_person)
    blank: list[Box] = []
    for n, (online, person) in enumerate(rates[["online_hours", "in_person_hours"]].to_numpy()):
        blank += [(-reach, n - 0.5, reach, 1.0)] if np.isnan(online) else []
        blank += [(0.0, n - 0.5, reach, 1.0)] if np.isnan(person) else []
    unknown(axes, blank, theme)
    axes.set_xlim(-reach, reach)
    axes.set_ylim(len(rates) - 0.4, -0.6)
    axes.axvline(0, color=theme.ink, linewidth=0.7, zorder=3)


def _labels(axes: Axes, index: pd.Index, pitch: float) -> None:
    marks = _marks(index, pitch)
    axes.set_yticks([row for row, _ in marks], [words for _, words in marks])
    axes.xaxis.set_major_formatter(lambda hours, _: f"{abs(hours):g}")
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.grid(axis="x", linewidth=0.4, zorder=0)
    axes.set_axisbelow(True)
    axes.tick_params(axis="x", length=0)


def _marks(index: pd.Index, pitch: float) -> list[tuple[int, str]]:
    """The rows that are named, and how; where rows are thin, where a month or a year begins."""
    if isinstance(index, pd.DatetimeIndex):
        words = [f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}" for day in index]
        return list(enumerate(words))
    begins = [_begins(str(label)) for label in index]
    days = [day for day in begins if day is not None]
    if len(days) < len(begins):
        return [(row, str(label)) for row, label in enumerate(index)]
    by_week, thin = "W" in str(index[0]), pitch < THIN
    rows: list[int] = []
    for row in reversed(range(len(days))):
        first = row == 0 or (days[row].day <= 7 if by_week else days[row].month == 1)  # noqa: PLR2004
        if not thin or (first and (not rows or (rows[0] - row) * pitch >= APART)):
            rows.insert(0, row)
    marks = []
    for number, row in enumerate(rows):
        day = days[row]
        year = f" {day.year}" if not number or days[rows[number - 1]].year != day.year else ""
        month = MONTHS[day.month - 1]
        if thin:
            marks.append((row, f"{month}{year}" if by_week else str(day.year)))
        else:
            marks.append((row, f"{day.day} {month}{year}" if by_week else f"{month}{year}"))
    return marks


def _begins(label: str) -> dt.date | None:
    """The first day of `2026-W41`, the first of `2026-10`; None for any other label."""
    year, _, rest = label.partition("-")
    if not year.isdigit() or not rest.lstrip("W").isdigit():
        return None
    number = int(rest.lstrip("W"))
    return (
        weeks.begins(int(year), number) if rest.startswith("W") else dt.date(int(year), number, 1)
    )


def _heads(figure: Figure, axes: Axes, theme: Theme, *, by_day: bool) -> None:
    box = axes.get_position()
    middle = (box.x0 + box.x1) / 2
    height = figure.get_figheight()
    line = 1 - 0.4 / height
    figure.text(middle - 0.012, line, "← online communication", ha="right", fontsize=8.5)
    figure.text(middle + 0.012, line, "in person →", ha="left", fontsize=8.5)
    entries = [(theme.channel(c), CHANNEL_WORDS[c]) for c in reversed(ONLINE)]
    entries += [(theme.in_person, "in person"), *UNKNOWN]
    if not by_day:
        entries += [(theme.rule, "US mean")]
    key(figure, (0.72, 0.04), entries, theme)
    axes.set_xlabel("hours a day", labelpad=2)
