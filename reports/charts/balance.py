"""The balance in time: which share of social time was spent in the room."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from reports.drawing import axis_room, day_axis
from reports.theme import LIGHT, WIDTH, Theme, drawing, no_data, panel, sheet

WINDOW = 28
ENOUGH = 14
"""Known days in a window below which its balance is left unknown."""
BLOCK = 7
DRAWS = 300
MOST_POINTS = 180
_TOP = 0.32
_HIGH = 1.5
"""Where the chart begins, and how high it is [in]."""

Floats = npt.NDArray[np.float64]


def balance(
    days: pd.DataFrame,
    *,
    theme: Theme = LIGHT,
    reference: tuple[float, float] | None = None,
) -> Figure:
    """Draw in person / (in person + online) over the last 28 days, with its uncertainty.

    Args:
        days: Index `day`; `online_hours`, `in_person_hours` [h], NaN where unknown.
        theme: Colours.
        reference: Usual time in person elsewhere, from–to [h a day]: drawn as the balance that
            it would make beside one's own hours online of the same 28 days.

    Returns:
        The line breaks where fewer than 14 of 28 days are known. The band holds the middle
        90 % of means of resampled weeks (moving blocks of 7 days, 300 draws, fixed seed).
    """
    where, line, low, high = rolling(days)
    if not len(where) or np.isnan(line).all():
        return no_data(
            theme, "The balance over 28 days needs at least 14 days on which both sides are known."
        )
    dates = [days.index[at].toordinal() for at in where]
    first, last = days.index[0], days.index[-1]
    with drawing(theme):
        figure = sheet(_TOP + _HIGH + axis_room(first, last), theme)
        axes = panel(figure, (0.45, _TOP, WIDTH - 0.55, _HIGH))
        axes.set_title("In person, as a share of social time, over 28 days", pad=8)
        if reference is not None:
            least, most = (beside(days, where, hours) for hours in reference)
            axes.fill_between(
                dates, least, most, color=theme.rule, alpha=0.55, linewidth=0, zorder=0.5
            )
            high_end = np.fmax(high, most)
        else:
            high_end = high
        axes.fill_between(dates, low, high, color=theme.in_person, alpha=0.22, linewidth=0)
        axes.plot(dates, line, color=theme.in_person, linewidth=1.6)
        axes.set_xlim(first.toordinal() - 0.5, last.toordinal() + 0.5)
        top = max(0.5, float(np.nanmax(high_end)) * 1.08)
        axes.set_ylim(-0.015 * top, top)  # a share of nothing is a line, and must be seen
        axes.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")
        axes.yaxis.set_major_locator(MultipleLocator(0.25))
        axes.grid(axis="y", linewidth=0.4)
        axes.spines[["left", "bottom"]].set_visible(False)
        day_axis(axes, first, last)
    return figure


def beside(days: pd.DataFrame, where: npt.NDArray[np.int_], in_person: float) -> Floats:
    """The balance of so many hours in person a day beside the own mean hours online, by window.

    A month's mean stands beside a mean; where too few days are known there is none (NaN).
    """
    online = days["online_hours"].astype(float).rolling(WINDOW, min_periods=ENOUGH).mean()
    return in_person / (in_person + online.to_numpy()[where])


def rolling(days: pd.DataFrame) -> tuple[npt.NDArray[np.int_], Floats, Floats, Floats]:
    """At which rows it was worked out, the balance there, and its band."""
    online = days["online_hours"].to_numpy(dtype=float)
    person = days["in_person_hours"].to_numpy(dtype=float)
    known = ~(np.isnan(online) | np.isnan(person))
    step = max(1, len(days) // MOST_POINTS)
    where = np.arange(len(days) - 1, min(ENOUGH, len(days)) - 2, -step)[::-1]
    rng = np.random.default_rng(0)
    out = np.full((3, len(where)), np.nan)
    for number, at in enumerate(where):
        window = slice(max(0, at - WINDOW + 1), at + 1)
        if known[window].sum() >= ENOUGH:
            kept = known[window]
            out[:, number] = _with_band(online[window][kept], person[window][kept], rng)
    return where, out[0], out[1], out[2]


def _with_band(
    online: Floats, person: Floats, rng: np.random.Generator
) -> tuple[float, float, float]:
    starts = rng.integers(0, len(online), (DRAWS, -(-len(online) // BLOCK)))
    drawn = (starts[..., None] + np.arange(BLOCK)).reshape(DRAWS, -1)[:, : len(online)]
    drawn %= len(online)
    met, sat = person[drawn].sum(axis=1), online[drawn].sum(axis=1)
    total = met + sat
    shares = met[total > 0] / total[total > 0]
    social = person.sum() + online.sum()
    if not len(shares) or social <= 0:
        return float("nan"), float("nan"), float("nan")
    low, high = np.percentile(shares, [5, 95])
    return float(person.sum() / social), float(low), float(high)
