"""Online communication to the left, time with people to the right, on one scale."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.drawing import MONTHS, WEEKDAYS, Box, blocks, key, unknown
from reports.theme import CHANNEL_WORDS, LIGHT, ONLINE, WIDTH, Theme, drawing, no_data, panel, sheet

US_SOCIALISING = (0.65, 0.78)
"""39 to 47 min a day, US residents aged 15 and over, 2003–2016 (ATUS) [h]."""


THIN = 0.11
"""Inches a row below which not every one has room for its label (8 pt)."""


def mirrored(periods: pd.DataFrame, *, theme: Theme = LIGHT) -> Figure:
    """Draw hours a day for each period; both sides share one scale that starts at zero.

    Args:
        periods: Oldest first; index of days (dates) or of names such as `2026-W41` and
            `2026-10`. `online_hours`, the hours of each online channel, `in_person_hours` [h];
            NaN where nobody recorded. `covered_days`, when there, divides the hours.
        theme: Colours.
    """
    if periods.empty or periods[["online_hours", "in_person_hours"]].isna().all(axis=None):
        return no_data(theme)
    periods = _dated(periods)
    rates = a_day(periods)
    rows = len(rates)
    pitch = float(np.clip(4.4 / rows, 0.036, 0.24))
    with drawing(theme):
        figure = sheet(rows * pitch + 0.95, theme)
        axes = panel(figure, (0.72, 0.5, WIDTH - 0.77, rows * pitch))
        reach = _reach(rates)
        _sides(axes, rates, reach, theme)
        _labels(axes, periods.index, pitch)
        if not isinstance(periods.index, pd.DatetimeIndex):
            axes.axvspan(*US_SOCIALISING, color=theme.rule, alpha=0.55, linewidth=0, zorder=0.5)
        _heads(figure, axes, theme)
    return figure


def _dated(periods: pd.DataFrame) -> pd.DataFrame:
    """Days given as `2026-10-05` become dates; names of weeks and months stay."""
    if isinstance(periods.index, pd.DatetimeIndex) or len(str(periods.index[0])) != len(
        "2026-10-05"
    ):
        return periods
    return periods.set_axis(pd.DatetimeIndex(periods.index), axis=0)


def a_day(periods: pd.DataFrame) -> pd.DataFrame:
    """Hours a day over the covered days of each period [h]; unknown stays NaN."""
    columns = [*(f"{channel}_hours" for channel in ONLINE), "online_hours", "in_person_hours"]
    hours = periods[columns].astype(float)
    if "covered_days" not in periods:
        return hours
    covered = periods["covered_days"].astype(float)
    return hours.div(covered.where(covered > 0), axis=0)


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
    words = [_label(index, n, thin=pitch < THIN) for n in range(len(index))]
    kept = [
        n
        for n, word in enumerate(words)
        # Beside a year's label, where rows are thin, there is no room for the next.
        if word and not (pitch < THIN and n and words[n - 1].startswith(("1", "2")))
    ]
    axes.set_yticks(kept, [words[n] for n in kept])
    axes.xaxis.set_major_formatter(lambda hours, _: f"{abs(hours):g}")
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.grid(axis="x", linewidth=0.4, zorder=0)
    axes.set_axisbelow(True)
    axes.tick_params(axis="x", length=0)


def _label(index: pd.Index, n: int, *, thin: bool) -> str:
    """A row's label; where rows are thin, only those that begin a month or a year."""
    if isinstance(index, pd.DatetimeIndex):
        day = index[n]
        return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    year, _, rest = str(index[n]).partition("-")
    new_year = n == 0 or not str(index[n - 1]).startswith(year)
    if rest.startswith("W"):
        if thin and not new_year and int(rest[1:]) % 4 != 1:
            return ""
        return f"{year} {rest}" if new_year else rest
    if len(rest) != 2 or not rest.isdigit():  # noqa: PLR2004 - not a month: as it is
        return str(index[n])
    if thin:
        return year if rest == "01" else ""
    month = MONTHS[int(rest) - 1]
    return f"{month} {year}" if new_year else month


def _heads(figure: Figure, axes: Axes, theme: Theme) -> None:
    box = axes.get_position()
    middle = (box.x0 + box.x1) / 2
    height = figure.get_figheight()
    line = 1 - 0.4 / height
    figure.text(middle - 0.012, line, "← online communication", ha="right", fontsize=8.5)
    figure.text(middle + 0.012, line, "in person →", ha="left", fontsize=8.5)
    entries = [(theme.channel(c), CHANNEL_WORDS[c]) for c in reversed(ONLINE)]
    entries += [(theme.in_person, "in person"), ("unknown", "not recorded")]
    key(figure, (0.72, 0.04), entries, theme)
    axes.set_xlabel("hours a day", labelpad=2)
