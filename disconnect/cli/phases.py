"""An experiment's phases in plain text: as a list, and as a calendar of weeks."""

import datetime as dt
from collections.abc import Sequence

from disconnect.statistics import phases
from disconnect.store.experiments import Design

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ONE_DAY = dt.timedelta(days=1)


def told(design: Design) -> str:
    """A line a phase: which, from when to when, and what is asked."""
    lines = []
    for name, begin, end in phases.phases(design.cuts, design.days):
        asked = design.what if name == "B" else "as usual"
        first, last = _day(design.day(begin)), _day(design.day(end - 1))
        lines.append(f"{name}  {first} – {last}  {end - begin:>2} days  {asked}")
    return "\n".join(lines)


def calendar(
    design: Design, today: dt.date, kept: Sequence[bool | None] = (), week_starts: str = "mon"
) -> str:
    """A line a week; today in brackets, ✓ and ✗ behind days kept and not kept."""
    starts = [name.lower() for name in _WEEKDAYS].index(week_starts)
    begin = design.first - ONE_DAY * ((design.first.weekday() - starts) % 7)
    names = _WEEKDAYS[starts:] + _WEEKDAYS[:starts]
    lines = [f"{'':6}  " + "".join(f"{name:^5}" for name in names).rstrip()]
    while begin <= design.last:
        cells = [_cell(design, begin + ONE_DAY * n, today, kept) for n in range(7)]
        head = f"{begin.day} {_MONTHS[begin.month - 1]}"
        lines.append(f"{head:>6}  {''.join(cells)}".rstrip())
        begin += 7 * ONE_DAY
    return "\n".join(lines)


def _cell(design: Design, day: dt.date, today: dt.date, kept: Sequence[bool | None]) -> str:
    number = design.number(day)
    if number is None:
        return " " * 5
    sign = {True: "✓", False: "✗", None: " "}[kept[number] if kept else None]
    left, right = ("[", "]") if day == today else (" ", " ")
    return f"{left}{design.phase(number)}{sign}{right} "


def _day(day: dt.date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {day.day:>2} {_MONTHS[day.month - 1]}"
