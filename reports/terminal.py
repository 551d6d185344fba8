"""Charts and tables for a terminal: plain text that lines up."""

import datetime as dt
import math
import shutil
from typing import Any

import numpy as np
import pandas as pd

from reports.columns import cut, filled, wide
from reports.wording import legible

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_FROM_RIGHT = " ▐█"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def width(limit: int = 100) -> int:
    """The columns there are, 80 where no terminal tells, at most `limit`."""
    return max(40, min(shutil.get_terminal_size((80, 24)).columns, limit))


def bars(
    periods: pd.DataFrame, columns: int | None = None, *, left: str = "online", unit: str = "hours"
) -> str:
    """Hours online to the left, in person to the right, a line a period, on one scale."""
    if periods.empty:
        return "No data in this period."
    labels = [_label(label) for label in periods.index]
    margin = max(map(len, labels))
    side = max(8, ((columns or width()) - margin - 15) // 2)
    sides = periods[["online_hours", "in_person_hours"]].astype(float)
    most = float(sides.max().max())
    scale = side / most if most > 0 else 0.0
    head = f"{'':{margin}}  {left:>{side + 6}}│ in person"
    lines = [head]
    for label, (online, person) in zip(labels, sides.to_numpy(), strict=True):
        bar = _left(online, scale, side)
        lines.append(f"{label:{margin}}  {_cell(online):>5} {bar}│{_right(person, scale, side)}")
    lines.append(f"{'':{margin}}  {unit}; – and ░ where nobody recorded")
    return "\n".join(line.rstrip() for line in lines)


def screen(said: list[str], days: pd.DataFrame, top: pd.DataFrame) -> str:
    """One screen of a day or a week: sentences, bars, and where the hours went.

    Args:
        said: What it comes to, in sentences.
        days: The days frame (or its records with `period` as index).
        top: A query's result by category: `category`, `hours`.
    """
    parts = ["\n".join(said), bars(days)]
    if len(top):
        largest = top.nlargest(8, "hours")
        parts.append("\n".join(_ranked(largest.iloc[:, -2].tolist(), largest["hours"].tolist())))
    return "\n\n".join(parts)


def ranked(frame: pd.DataFrame, name: str = "name", hours: str = "hours", most: int = 15) -> str:
    """Bars of hours beside their names, the most first."""
    shown = frame.dropna(subset=[hours]).nlargest(most, hours)
    if shown.empty:
        return "No data in this period."
    return "\n".join(_ranked(shown[name].tolist(), shown[hours].tolist()))


MOST_LINES = 31


def line(
    frame: pd.DataFrame,
    column: str,
    *,
    most: float | None = None,
    each: str = "last",
    band: tuple[str, ...] = (),
) -> list[str]:
    """One column in time, a bar a row; of many days a row for so many weeks.

    Args:
        frame: Index of days.
        column: Which.
        most: Where the scale ends; the largest value where nothing says.
        each: What stands for several days: their `last`, `max` or `median`.
        band: The columns of its interval, if it has one.
    """
    every = 1 if len(frame) <= MOST_LINES else 7 * -(-len(frame) // (7 * MOST_LINES))
    row = (len(frame) - 1 - np.arange(len(frame))) // every
    shown = frame[[column, *band]].astype(float).groupby(row).agg(each).iloc[::-1]
    values = shown[column]
    if values.isna().all():
        return ["No data in this period."]
    ends = frame.index[::-1][::every][::-1]
    many = ends[0].year != ends[-1].year
    labels = [f"{_label(day)}{f' {day.year}' if many else ''}" for day in ends]
    margin = max(map(len, labels))
    side = width() - margin - (18 if band else 10)
    scale = side / (most or float(values.max()) or 1.0)
    rows = []
    for label, (value, *low_high) in zip(labels, shown.to_numpy(), strict=True):
        interval = (
            f" ({low_high[0]:.0f}–{low_high[1]:.0f})" if low_high and not math.isnan(value) else ""
        )
        rows.append(f"{label:{margin}}  {_right(value, scale, side, '{:.3g}')}{interval}")
    return rows


def experiment(rows: pd.DataFrame) -> str:
    """An experiment's days: the phase, a bar and the outcome; ░ where it is missing."""
    days = rows[rows["kind"] == "day"]
    values = days["value"].astype(float)
    if values.isna().all():
        return "No data in this experiment."
    most = float(values.max())
    side = width() - 24
    scale = side / most if most > 0 else 0.0
    return "\n".join(
        f"{_label(day):>10}  {phase}  {_right(value, scale, side)}"
        for day, phase, value in zip(days["day"], days["phase"], values, strict=True)
    )


def bar(value: float, most: float, side: int) -> str:
    """A bar of eighths: `side` letters long where the value is `most`."""
    eighths = round(min(value / most, 1.0) * side * 8) if most > 0 else 0
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def table(frame: pd.DataFrame) -> str:
    """Aligned columns: numbers to the right with two decimals, – for what is missing."""
    cells, right = _cells(frame)
    if not cells:
        return ""
    widths = [max(len(row[n]) for row in cells) for n in range(len(cells[0]))]
    lines = [
        "  ".join(
            cell.rjust(wide) if flush else cell.ljust(wide)
            for cell, wide, flush in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in cells
    ]
    lines.insert(1, "  ".join("─" * wide for wide in widths))
    return "\n".join(lines)


def markdown(frame: pd.DataFrame) -> str:
    """The same as a Markdown table."""
    cells, right = _cells(frame)
    rows = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in cells]
    rule = "|" + "|".join(" ---: " if flush else " --- " for flush in right) + "|"
    return "\n".join([rows[0], rule, *rows[1:]]) if rows else ""


def _cells(frame: pd.DataFrame) -> tuple[list[list[str]], list[bool]]:
    tidy = frame.reset_index() if frame.index.name is not None else frame
    right = [pd.api.types.is_numeric_dtype(tidy[column]) for column in tidy.columns]
    rows = [[_cell(value) for value in row] for row in tidy.itertuples(index=False, name=None)]
    return [list(map(str, tidy.columns)), *rows], right


def _cell(value: Any) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)


def _label(label: Any) -> str:
    if isinstance(label, dt.date):
        return f"{_DAYS[label.weekday()]} {label.day:>2} {_MONTHS[label.month - 1]}"
    return str(label)


def _right(value: float, scale: float, side: int, form: str = "{:.2f}") -> str:
    if math.isnan(value):
        return f"{'░' * 3} –"
    whole, part = divmod(round(value * scale * 8), 8)
    filled = ("█" * whole + _EIGHTHS[part].strip())[:side]
    return f"{filled} {form.format(value)}"


def _left(value: float, scale: float, side: int) -> str:
    if math.isnan(value):
        return ("░" * 3).rjust(side)
    whole, part = divmod(round(value * scale * 2), 2)
    return (_FROM_RIGHT[part].strip() + "█" * whole)[-side:].rjust(side)


def _ranked(names: list[Any], hours: list[float]) -> list[str]:
    names = [legible(str(name)) for name in names]
    margin = min(max(map(wide, names)), 30)
    side = max(8, width() - margin - 10)
    most = max(hours, default=0.0)
    return [
        f"{filled(cut(name, margin), margin)}  {value:>6.2f} {bar(value, most, side)}"
        for name, value in zip(names, hours, strict=True)
    ]
