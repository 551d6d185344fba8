"""The balance: in person / (in person + online), over the days on which both are known.

The one place where it is computed, for a day, a period, a weekday or a moving window. Company on
days whose hours online are not known is in no balance; `apart` says how much that is.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

WINDOW = 28
"""Days that a moving balance looks back."""
FEWEST = 14
"""Known days in a window below which its balance is unknown."""
BLOCK = 7
DRAWS = 300
MOST_POINTS = 180
ROLLING = ("balance", "low", "high", "online_hours")


@dataclass(frozen=True, slots=True)
class Balance:
    """The share of social time in person [0..1], NaN: unknown; and on how many days it stands."""

    share: float
    days: int


@dataclass(frozen=True, slots=True)
class Mean:
    """Hours in all and a day [h], NaN: unknown, and the number of known days they stand on."""

    total: float
    a_day: float
    days: int


def share(in_person: Floats, online: Floats) -> Floats:
    """Return in person / (in person + online); NaN where either is unknown or both are 0."""
    social = in_person + online
    return in_person / np.where(social > 0, social, np.nan)


def both_known(in_person: Floats, online: Floats) -> Mask:
    """Mark the days on which both are known."""
    return ~(np.isnan(in_person) | np.isnan(online))


def by_group(
    in_person: Floats, online: Floats, group: Ints, size: int
) -> tuple[Floats, npt.NDArray[np.int_]]:
    """Return the balance of each group of days, and on how many days each stands.

    Args:
        in_person: Hours with people of each day [h]; NaN: unknown.
        online: Hours of online communication of each day [h]; NaN: unknown.
        group: The number of each day's group.
        size: How many groups there are.
    """
    both = both_known(in_person, online)
    met, sat = (
        np.bincount(group[both], weights=hours[both], minlength=size).astype(np.float64)
        for hours in (in_person, online)
    )
    return share(met, sat), np.bincount(group[both], minlength=size)


def balance(days: pd.DataFrame) -> Balance:
    """Return the balance of a frame of days: `in_person_hours`, `online_hours` [h]."""
    person, online = _sides(days)
    shares, counts = by_group(person, online, np.zeros(len(days), dtype=np.int64), 1)
    return Balance(float(shares[0]), int(counts[0]))


def mean(hours: "pd.Series[float]") -> Mean:
    """Return the mean of hours a day over the days on which they are known."""
    known = hours.dropna().astype(float)
    if not len(known):
        return Mean(float("nan"), float("nan"), 0)
    return Mean(float(known.sum()), float(known.mean()), len(known))


def apart(days: pd.DataFrame) -> Mean:
    """Return the company of days whose hours online are unknown, and on how many there was some."""
    unknown = days.loc[days["online_hours"].isna(), "in_person_hours"]
    return mean(unknown[unknown > 0])


def rolling(days: pd.DataFrame) -> pd.DataFrame:
    """Return the balance over the last 28 days, with its uncertainty, at about 180 days.

    Args:
        days: Index `day`, every day of the period; `online_hours`, `in_person_hours` [h], NaN
            where unknown.

    Returns:
        Index `day`, from the first day to the last; ROLLING: the balance, NaN where fewer than 14 of the 28 days are known; the
        middle 90 % of the balances of resampled weeks (moving blocks of 7 days, 300 draws, a
        fixed seed); and the mean hours online a day of the days whose hours online are known
        [h], NaN where those are fewer than 14.
    """
    person, online = _sides(days)
    known = both_known(person, online)
    step = max(1, len(days) // MOST_POINTS)
    where = np.arange(len(days) - 1, min(FEWEST, len(days)) - 2, -step)[::-1]
    where = np.unique(np.append(where, 0))
    rng = np.random.default_rng(0)
    out = np.full((len(where), 3), np.nan)
    for number, at in enumerate(where):
        window = slice(max(0, at - WINDOW + 1), at + 1)
        kept = known[window]
        if kept.sum() >= FEWEST:
            out[number] = _with_band(person[window][kept], online[window][kept], rng)
    beside = pd.Series(online, dtype=float).rolling(WINDOW, min_periods=FEWEST).mean()
    columns = [*out.T, beside.to_numpy()[where]]
    return pd.DataFrame(dict(zip(ROLLING, columns, strict=True)), index=days.index[where])


def by_weekday(days: pd.DataFrame) -> pd.DataFrame:
    """Return the balance of each weekday, of all its days together.

    Args:
        days: Index `day`; `online_hours`, `in_person_hours` [h], NaN where unknown.

    Returns:
        Index 0 (Monday) to 6; `balance`, `low` and `high` (the middle 95 % of the balances of
        resampled days of that weekday, a fixed seed), and `days` on which both are known.
    """
    person, online = _sides(days)
    number = pd.DatetimeIndex(days.index).day_of_week.to_numpy().astype(np.int64)
    shares, counts = by_group(person, online, number, 7)
    rng = np.random.default_rng(0)
    ends = np.full((7, 2), np.nan)
    for place in np.flatnonzero(~np.isnan(shares)):
        mine = np.flatnonzero(both_known(person, online) & (number == place))
        drawn = mine[rng.integers(0, len(mine), (DRAWS, len(mine)))]
        band = share(person[drawn].sum(axis=1), online[drawn].sum(axis=1))
        ends[place] = np.nanpercentile(band, [2.5, 97.5])
    columns = {"balance": shares, "low": ends[:, 0], "high": ends[:, 1], "days": counts}
    return pd.DataFrame(columns)


def _with_band(
    person: Floats, online: Floats, rng: np.random.Generator
) -> tuple[float, float, float]:
    starts = rng.integers(0, len(online), (DRAWS, -(-len(online) // BLOCK)))
    drawn = (starts[..., None] + np.arange(BLOCK)).reshape(DRAWS, -1)[:, : len(online)]
    drawn %= len(online)
    shares = share(person[drawn].sum(axis=1), online[drawn].sum(axis=1))
    shares = shares[~np.isnan(shares)]
    if not len(shares):
        return float("nan"), float("nan"), float("nan")
    low, high = np.percentile(shares, [5, 95])
    return float(share(person.sum(), online.sum())), float(low), float(high)


def _sides(days: pd.DataFrame) -> tuple[Floats, Floats]:
    person, online = (
        days[name].to_numpy(dtype=float) for name in ("in_person_hours", "online_hours")
    )
    return person, online
