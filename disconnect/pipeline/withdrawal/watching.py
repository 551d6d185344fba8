"""The weekly watch: a line that rises when time with people falls or time online grows."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from disconnect.pipeline.withdrawal.weekly import PARTS, daily_parts, weekly
from disconnect.statistics.self_starting import FIRST, scores, summed

Floats = npt.NDArray[np.float64]

WATCH = ("measure", "week", "mean", "cusum", "alarm")
LIMIT = 5.8
"""Sum of scores over which the watch speaks up."""
BOTH = 0.9
"""What a fall by both routes together counts, beside that of either alone: it has another limit."""
CEILING = 10.0
"""A sum never exceeds it: it must come down again once the level is back."""
_LEAST_SD = {"often": 0.07, "long": 0.2, "online": 0.1}
"""Least spreads of weeks: half a day of seven, and of logarithms 20 and 10 %."""
_FEWEST_PAIRS = 20
_MOST_ALIKE = 0.9
_PRIOR_WEEKS = 2
"""Weeks without any correlation of the two routes that stand before those seen."""
_SOME_HOURS = 0.25
"""Added to hours online before their logarithm is taken [h/day]."""


def watch(days: pd.DataFrame) -> pd.DataFrame:
    """Return the weekly watch line: self-starting CUSUMs of calendar weeks.

    Time with people has two, how often and how long people are met; the larger one counts.

    Args:
        days: Index `day`; `in_person_hours`, `online_hours` [h], NaN where unknown.

    Returns:
        WATCH: week by week (its Monday) the mean [h/day], the sum of scores to the side that
        matters (less time with people, more online) in standard deviations, and 1 where it is over
        its limit. A week of fewer than four known days adds nothing; one that is not over is left
        off. A measure with fewer than nine known weeks has no rows.
    """
    weeks = weekly(days)
    scored = _scores(days, weeks)
    often, long = -scored["often"], -scored["long"]
    both = _together(often, long)
    parts = [summed(one, ceiling=CEILING) for one in (often, long)]
    parts.append(summed(both, ceiling=CEILING / BOTH) * BOTH)
    lines = (
        ("in_person_hours", weeks["often"], np.max(parts, axis=0)),
        ("online_hours", weeks["online"], summed(scored["online"], ceiling=CEILING)),
    )
    frames = [_line(name, days[name], known, sums) for name, known, sums in lines]
    shown = [frame for frame in frames if len(frame)]
    return pd.concat(shown, ignore_index=True) if shown else frames[0]


def _scores(days: pd.DataFrame, weeks: pd.DataFrame) -> dict[str, Floats]:
    """Each week's score of each part, by the weeks before it."""
    often, long, online = (weeks[part].to_numpy(dtype=float) for part in PARTS)
    daily = daily_parts(days)
    values = (
        (often, _by_chance(often)),
        (long, np.full(len(long), _LEAST_SD["long"])),
        (np.log(online + _SOME_HOURS), np.full(len(online), _LEAST_SD["online"])),
    )
    return {
        part: scores(
            series, least_sd=least, alike=_alike(daily[part].to_numpy(), days.index, weeks.index)
        )
        for part, (series, least) in zip(PARTS, values, strict=True)
    }


def _together(often: Floats, long: Floats) -> Floats:
    """One score of both routes, of spread 1 where they go together as they did before.

    A week without anybody met has but one.
    """
    product = often * long
    known = np.isfinite(product)
    sums = np.cumsum(np.where(known, product, 0.0)) - np.where(known, product, 0.0)
    shared = np.clip(sums / (np.cumsum(known) - known + _PRIOR_WEEKS), 0.0, 1.0)
    return np.where(known, (often + long) / np.sqrt(2 + 2 * shared), often)


def _by_chance(share: Floats) -> Floats:
    """Half the spread that chance would give the share of days of a week, by the weeks before it.

    Habits may be more regular than chance; a day more or less must not count as a fall for that.
    """
    known = ~np.isnan(share)
    days = np.concatenate([[0.0], np.cumsum(np.where(known, share, 0.0))[:-1]]) + 0.5
    typical = days / (np.concatenate([[0.0], np.cumsum(known)[:-1]]) + 1)
    least = np.maximum(0.5 * np.sqrt(typical * (1 - typical) / 7), _LEAST_SD["often"])
    return np.asarray(least)


def _alike(values: Floats, days: pd.Index, mondays: pd.Index) -> Floats:
    """How much each week may resemble the week before it, by how days before it resemble theirs.

    Weeks are too few to say it themselves. If each day keeps r of the day before, sums of seven
    days correlate by r (1 + r + … + r⁶)² / (7 + 2 Σ (7 − k) rᵏ).
    """
    ends = np.searchsorted(days, mondays)
    daily = np.array([_lag_one(values[:end]) for end in ends])
    powers = daily[:, None] ** np.arange(1, 7)
    both = daily * (1 + powers.sum(axis=1)) ** 2
    return np.asarray(both / (7 + 2 * (np.arange(6, 0, -1) * powers).sum(axis=1)))


def _lag_one(series: Floats) -> float:
    """Correlation of neighbouring days as far as it is positive; 0 where few are known."""
    off = series - np.nanmean(series) if np.isfinite(series).any() else series
    pairs = off[1:] * off[:-1]
    known = np.isfinite(pairs)
    if known.sum() < _FEWEST_PAIRS or not np.nanvar(off) > 0:
        return 0.0
    return float(np.clip(pairs[known].mean() / np.nanvar(off), 0.0, _MOST_ALIKE))


def _line(
    measure: str, hours: "pd.Series[float]", known: "pd.Series[float]", sums: Floats
) -> pd.DataFrame:
    """The rows of one measure; none if too few weeks are known."""
    if known.notna().sum() <= FIRST:
        return pd.DataFrame(columns=list(WATCH))
    index = pd.DatetimeIndex(hours.index)
    mean = hours.groupby(index - pd.to_timedelta(index.day_of_week, unit="D")).mean()
    return pd.DataFrame(
        {
            "measure": measure,
            "week": known.index,
            "mean": mean.reindex(known.index).where(known.notna()).to_numpy(),
            "cusum": sums,
            "alarm": (sums > LIMIT).astype(float),
        }
    )
