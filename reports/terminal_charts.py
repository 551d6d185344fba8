"""Every chart of the gallery as plain text, for a terminal."""

import datetime as dt
import math
from collections.abc import Callable

import pandas as pd

from reports import weeks
from reports.charts import calendars
from reports.charts.funnel import WORDS as STAGES
from reports.charts.load import TOO_FEW
from reports.charts.mirrored import a_day
from reports.charts.withdrawal import NOBODY
from reports.drawing import MONTHS, steps_of
from reports.sentences.returns import figure, span
from reports.terminal import bar, bars, experiment, line, ranked, width
from reports.theme import CHANNEL_WORDS

MOST_ROWS = 31
NOTHING = "No data for this chart in this period."
_UNKNOWN = "░"
_STEPS = "·▁▂▄▆█"


def in_terminal(name: str, frame: pd.DataFrame, quiet: tuple[int, int]) -> str:
    """Draw the chart of this name.

    Args:
        name: As the gallery has it.
        frame: What that chart needs.
        quiet: The minutes of the day at which late night begins and ends.
    """
    if frame.empty:
        return NOTHING
    if name in _RANKED:
        title, column = _RANKED[name]
        once = frame.drop_duplicates("name", keep="last") if name == "ties" else frame
        return f"{title}\n{ranked(once.reset_index(), 'name', column)}"
    if name == "actogram":
        return _rhythm(frame, quiet)
    return _DRAWN[name](frame)


_RANKED = {
    "people": ("Hours in person in this period", "in_person_hours"),
    "ties": ("Hours in person since the log began", "total_hours"),
}
"""Charts that are a ranking of people in the terminal: of what."""


def _funnel(stages: pd.DataFrame) -> str:
    """How many people at each stage; not known is said."""
    counts = dict(zip(stages["stage"], stages["people"].astype(float), strict=True))
    most = max((count for count in counts.values() if not math.isnan(count)), default=0.0)
    margin = max(map(len, STAGES.values()))
    rows = ["Different people"]
    for stage, count in counts.items():
        said = "not noted" if math.isnan(count) else f"{count:>6.0f}"
        drawn = "" if math.isnan(count) else bar(count, most, width() - margin - 10)
        rows.append(f"{STAGES[stage]:{margin}}  {said} {drawn}".rstrip())
    return "\n".join(rows)


def _returns(returns: pd.DataFrame) -> str:
    """What the rate of each channel may be, as a line with a point, and what it stands on."""
    known = returns[returns["high"].notna()]
    if known.empty:
        return NOTHING
    names = {channel: CHANNEL_WORDS.get(str(channel), "not said") for channel in returns.index}
    margin = max(map(len, names.values()))
    side = width() - margin - 20
    scale = (side - 1) / float(known["high"].max())
    rows = ["Opportunities in 100 hours: the line holds 95 % of what the rate may be"]
    for channel, row in returns.iterrows():
        drawn = [" "] * side
        if math.isnan(row["high"]):
            if row["events"]:
                rows.append(f"{names[channel]:{margin}}  {row['events']:.0f}, no hours known")
            continue
        # Where none came, the line begins at none, as in the picture.
        places = [row["low"], row["rate_per_100h"]] if row["events"] else [0.0, 0.0]
        low, at, high = (int(place * scale) for place in (*places, row["high"]))
        drawn[low : high + 1] = "─" * (high + 1 - low)
        drawn[at] = "●" if row["events"] else "○"
        counted = f"{row['events']:.0f} in {span(float(row['hours']))}"
        rows.append(f"{names[channel]:{margin}}  {''.join(drawn)} {counted}")
    top = figure(float(known["high"].max()))
    rows.append(f"{'':{margin}}  0{top:>{side - 1}}")
    return "\n".join(row.rstrip() for row in rows)


def _mirrored(periods: pd.DataFrame) -> str:
    return bars(a_day(periods), unit="hours a day")


def _rhythm(hours: pd.DataFrame, quiet: tuple[int, int]) -> str:
    """Each hour of the day, as the mean minutes of the days on which it is known."""
    sides = hours.groupby("hour")[["screen_hours", "in_person_hours"]].mean() * 60
    if sides["screen_hours"].isna().all():
        return NOTHING
    begins, ends = quiet
    late = [(hour * 60 + 30 - begins) % 1440 < (ends - begins) % 1440 for hour in sides.index]
    sides.index = [
        f"{hour:02}:00{'*' if night else ' '}"
        for hour, night in zip(sides.index, late, strict=True)
    ]
    sides.columns = pd.Index(["online_hours", "in_person_hours"])
    days = [
        hours.loc[hours[f"{side}_hours"].notna(), "day"].nunique()
        for side in ("screen", "in_person")
    ]
    unit = f"mean minutes, {days[0]} and {days[1]} days; * late"
    return bars(sides, left="at the screen", unit=unit)


def _balance(line: pd.DataFrame) -> str:
    """The share in person over 28 days, with the band; not more than a screen of rows."""
    if not len(line) or line["balance"].isna().all():
        return "The balance needs at least 14 days on which both sides are known."
    back = (line.index[-1] - line.index).days.to_numpy()
    apart = int(back[-2]) if len(back) > 1 else 1
    step = max(7, -(-(int(back[0]) + 1) // MOST_ROWS))
    shown = line[back % step < apart]
    side, most = width() - 34, max(0.5, float(line["balance"].max()))
    rows = ["In person, as a share of social time, over 28 days"]
    for stamp, row in shown.iterrows():
        day = f"{stamp:%Y-%m-%d}"
        if math.isnan(row["balance"]):
            rows.append(f"{day}     –  {_UNKNOWN * 3}")
            continue
        band = f"({100 * row['low']:.0f}–{100 * row['high']:.0f} %)"
        drawn = bar(row["balance"], most, side)
        rows.append(f"{day}  {100 * row['balance']:>3.0f} %  {drawn} {band}")
    return "\n".join([*rows, "", "In brackets: 90 % of resampled weeks."])


def _calendars(days: pd.DataFrame) -> str:
    """Two calendars, a letter a day and a column a week; the latest weeks that fit."""
    begin = days.index[0].toordinal() - weeks.place(days.index[0])
    number = (days.index[-1].toordinal() - begin) // 7 + 1
    room = width() - 5
    wide = 2 if number * 2 <= room else 1
    first = max(0, number - room // wide)
    parts = []
    for column, title in calendars.SIDES:
        grid = [[" "] * (number - first) for _ in range(7)]
        levels = steps_of(days[column].to_numpy(dtype=float), calendars.BOUNDS)
        for day, level in zip(days.index, levels, strict=True):
            week, weekday = divmod(day.toordinal() - begin, 7)
            if week >= first:
                grid[weekday][week - first] = _UNKNOWN if level < 0 else _STEPS[level]
        rows = [
            f"{name}  {''.join(c.ljust(wide) for c in row)}".rstrip()
            for name, row in zip(weeks.names(), grid, strict=True)
        ]
        parts += [title, f"     {_months(begin + 7 * first, number - first, wide)}", *rows, ""]
    words = "  ".join(
        f"{mark} {word}" for mark, word in zip(_STEPS, calendars.STEP_WORDS, strict=True)
    )
    parts.append(f"{words}  {_UNKNOWN} not recorded")
    if first:
        parts.append(f"The last {number - first} weeks of {number}.")
    return "\n".join(parts)


def _months(begin: int, number: int, wide: int) -> str:
    """The names of the months above the weeks in which they begin."""
    names = []
    for week in range(number):
        last = dt.date.fromordinal(begin + 7 * week + 6)
        if last.day <= 7:  # noqa: PLR2004 - such a week holds a first of a month
            names.append((week * wide, MONTHS[last.month - 1]))
    if not names or names[0][0] > len("Jan"):
        names.insert(0, (0, MONTHS[dt.date.fromordinal(begin).month - 1]))
    above = ""
    for place, name in names:
        if place >= len(above):
            above = above.ljust(place) + name
    return above[: max(number * wide, len("Jan"))]


def _coverage(days: pd.DataFrame) -> str:
    """Hours recorded a day: day by day up to a month, else means of weeks."""
    covered = days["covered_hours"].astype(float).fillna(0)
    if not (covered > 0).any():
        return NOTHING
    missing = days["screen_hours"].isna().astype(float)
    by_day = len(days) <= MOST_ROWS
    if not by_day:
        step = f"{7 * -(-len(days) // (7 * MOST_ROWS))}D"
        covered, missing = covered.resample(step).mean(), missing.resample(step).sum()
    rows = ["Hours recorded a day"]
    for day, hours, out in zip(pd.DatetimeIndex(covered.index), covered, missing, strict=True):
        drawn = bar(hours, 24, width() - 34) if hours else _UNKNOWN * 3
        note = " (left out)" if by_day else f" ({out:.0f} left out)"
        rows.append(f"{day:%Y-%m-%d}  {hours:>5.2f} {drawn}{note if out and hours else ''}")
    return "\n".join(rows)


def _in_time(title: str, rows: list[str], days: int, several: str, nothing: str = NOTHING) -> str:
    """Rows of a line under their title, which says what stands for several days."""
    if len(rows) == 1 and rows[0].startswith("No data"):
        return nothing
    return "\n".join([f"{title}{several if len(rows) < days else ''}", *rows])


def _withdrawal(rows: pd.DataFrame) -> str:
    days = rows[rows["kind"] == "day"].set_index("day")
    drawn = line(days, "value", each="max")
    return _in_time(
        "Days since anybody was met",
        drawn,
        len(days),
        "; the most of those up to the day named",
        NOBODY,
    )


def _load(frame: pd.DataFrame) -> str:
    drawn = line(frame.round(), "load", most=100, band=("low", "high"))
    return _in_time(
        "Recovery-Load Index, 0 to 100, with its interval",
        drawn,
        len(frame),
        "; as of the day named",
        TOO_FEW,
    )


def _energy(frame: pd.DataFrame) -> str:
    drawn = line(frame, "energy", most=10, each="median")
    several = "; the median of the days up to the one named"
    return _in_time("Energy, 0 to 10", drawn, len(frame), several)


def _experiment(rows: pd.DataFrame) -> str:
    return f"The outcome day by day: A as usual, B what was tried\n{experiment(rows)}"


_DRAWN: dict[str, Callable[[pd.DataFrame], str]] = {
    "balance": _balance,
    "calendars": _calendars,
    "coverage": _coverage,
    "energy": _energy,
    "experiment": _experiment,
    "funnel": _funnel,
    "load": _load,
    "mirrored": _mirrored,
    "returns": _returns,
    "withdrawal": _withdrawal,
}
