"""What is worth a try next: an hour to give up, somebody to meet, a day of the week to change."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from disconnect.statistics.bootstrap import means_apart

CHANNELS = ("broadcast", "message", "email")
"""What an hour may be given up of, in this order; calls are conversations."""
DAYS = 14
"""Known days from which an hour of the day can be told."""
LEAST = 1 / 6
"""Hours a day that an hour has to hold of something to be worth giving up [h]."""
NEAR = 0.8
"""Hours with this share of the most are as good as it; then people and energy decide."""
ENERGY_DAYS = 28
"""Days with both use and an answer from which energy is looked at (science: associations)."""
SIDE = 7
"""Days on either side without which two means are not compared."""
FEWEST_SEEN = 4
"""Days on either side from which on more energy speaks against giving up an hour."""
CLOSE = 4.0
"""The middle of the scale of 1 to 7: nobody below it is called close."""
DRAWS = 1000
BLOCK = 7
WEEKS = 8
WEEKDAY_LEVEL = 0.05 / 7
"""Seven weekdays are looked at, so each interval is wider (Bonferroni)."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Mean energy (0..10) on days with more use of an hour and with less; 95 % interval."""

    more: float
    days_more: int
    less: float
    days_less: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of the day, and what of `channel` lies in it.

    `hours_a_day` [h] is the mean over `days` recorded days. Company in that hour is known on
    `company_days` of them, and somebody was there on `days_together`. `paired_days` have a
    check-in, too: of the day itself, or, where `after`, of the day after the evening.
    """

    hour: int
    channel: str
    hours_a_day: float
    days: int
    company_days: int
    days_together: int
    energy: Apart | None
    paired_days: int = 0
    after: bool = False


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody close who has not been met for longer than usual.

    `closeness` (1..7) is what the person says of it, None where they say nothing; then `depth`
    (1..7) of their encounters is all there is.
    """

    name: str
    closeness: float | None
    depth: float | None
    days_overdue: int
    opportunities: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday (0: Monday) whose balance (0..1) lies below the person's own."""

    weekday: int
    balance: float
    low: float
    high: float
    days: int
    own: float


def hour(
    hours: pd.DataFrame,
    energy: pd.Series,
    after: Mapping[int, int] | None = None,
    tried: frozenset[tuple[str, int]] = frozenset(),
) -> Hour | None:
    """Find the hour of the day that is most worth giving up.

    Args:
        hours: One row per day and hour: `day`, `hour` (0..23), `broadcast_hours`,
            `message_hours`, `email_hours`, `in_person_hours` [h]; NaN where the day is unknown.
        energy: The answers (0..10) by day; any of the days may be missing.
        after: For hours of the night, how many days later (0, 1) the day after its evening is.
        tried: Channels and hours that were given up in an experiment, to no good.

    Returns:
        Of the hours with about the most feeds (else messages, else e-mail) that with the
        fewest days with people, then with the least energy on days with more of it. An hour
        with more energy on such days is none of them, however uncertain; where that cannot be
        seen, neither is one of a channel that clearly goes with more energy on the whole. None
        where fewer than 14 days are known, or no hour holds ten minutes a day.
    """
    together = _by_hour(hours, "in_person")
    for channel in CHANNELS:
        use = _by_hour(hours, channel)
        use = use.loc[use.notna().any(axis=1)].fillna(0.0)
        mean = use.mean()
        if len(use) < DAYS or mean.max() < LEAST:
            continue
        good = _good(use.sum(axis=1), energy)
        found = [
            _hour(use, together, energy, (int(str(place)), channel), after or {})
            for place in mean.index[mean >= LEAST]
            if (channel, int(str(place))) not in tried
        ]
        costly = [one for one, more in found if more <= 0 or (np.isnan(more) and not good)]
        if costly:
            most = max(one.hours_a_day for one in costly)
            return min((one for one in costly if one.hours_a_day >= NEAR * most), key=_worth)
    return None


def _by_hour(hours: pd.DataFrame, name: str) -> pd.DataFrame:
    return hours.pivot_table(index="day", columns="hour", values=f"{name}_hours", dropna=False)


def _good(use: pd.Series, energy: pd.Series) -> bool:
    found = apart(use, energy)
    return found is not None and found.low > 0


def _hour(
    use: pd.DataFrame,
    together: pd.DataFrame,
    energy: pd.Series,
    place: tuple[int, str],
    after: Mapping[int, int],
) -> tuple[Hour, float]:
    """An hour, and by how much energy is higher on days with more of it; NaN: not to be seen."""
    number, channel = place
    mine, company = use[number], together.loc[use.index, number]
    days = pd.DatetimeIndex(energy.index) - pd.Timedelta(days=after.get(number, 0))
    felt = pd.Series(energy.to_numpy(dtype=float), index=days)
    return Hour(
        hour=number,
        channel=channel,
        hours_a_day=float(mine.mean()),
        days=len(use),
        company_days=int(company.notna().sum()),
        days_together=int((company > 0).sum()),
        energy=apart(mine, felt),
        paired_days=int(felt.reindex(mine.index).notna().sum()),
        after=number in after,
    ), seen(mine, felt)


def _worth(found: Hour) -> tuple[float, float, float]:
    """Least first: days with people, energy on days with more of it, and the most hours."""
    energy = found.energy.more - found.energy.less if found.energy else 0.0
    return found.days_together / max(1, found.company_days), energy, -found.hours_a_day


def _sides(use: pd.Series, energy: pd.Series) -> tuple[pd.DataFrame, np.ndarray]:
    """Days with both, and those with more use; days at the median go where they balance best."""
    both = pd.DataFrame({"use": use, "energy": energy.reindex(use.index)}).dropna()
    middle = both["use"].median()
    above, from_middle = (both["use"] > middle).to_numpy(), (both["use"] >= middle).to_numpy()
    uneven = [abs(2 * more.sum() - len(both)) for more in (above, from_middle)]
    return both, above if uneven[0] <= uneven[1] else from_middle


def seen(use: pd.Series, energy: pd.Series) -> float:
    """Return whether energy is higher with more use: positive if it is; NaN: too few days.

    The difference between days with more and with less use, or, if that is greater, the slope
    over all days: what either shows is evidence.
    """
    both, more = _sides(use, energy)
    if min(more.sum(), (~more).sum()) < FEWEST_SEEN:
        return float("nan")
    said, amount = (both[name].to_numpy(dtype=float) for name in ("energy", "use"))
    apart_by = float(said[more].mean() - said[~more].mean())
    return max(apart_by, float(np.cov(amount, said)[0, 1] / amount.var(ddof=1)))


def apart(use: pd.Series, energy: pd.Series) -> Apart | None:
    """Return energy on days with more use than the median and on the others; None: too few."""
    both, more = _sides(use, energy)
    if len(both) < ENERGY_DAYS or min(more.sum(), (~more).sum()) < SIDE:
        return None
    said = both["energy"].to_numpy(dtype=float)
    _, low, high = means_apart(said, more, DRAWS, BLOCK)
    with_more, with_less = said[more], said[~more]
    halves = (float(with_more.mean()), len(with_more), float(with_less.mean()), len(with_less))
    return Apart(*halves, low, high)


def somebody(people: pd.DataFrame) -> Somebody | None:
    """Find whom to meet: of those who are close the closest who is overdue by a day or more.

    How close somebody is, the person says; only where they do not, the depth of encounters
    stands for it, if it is in the deeper half. Nobody below the middle of the scale is close,
    and nobody whose meetings took more energy than they gave is suggested.

    Args:
        people: `name`, `closeness` and `depth` (1..7), `energy` (-3..3, mean of what was said of
            encounters), `days_overdue` [days] (positive: longer than usual), `opportunities`
            (how many came of them); NaN where it cannot be told.
    """
    near = people.assign(near=people["closeness"].fillna(people["depth"]))
    deep = near["closeness"].notna() | (near["depth"] >= near["depth"].median())
    close = near[(near["near"] >= CLOSE) & deep]
    late = close[(close["days_overdue"] >= 1) & ~(close["energy"] < 0)]
    if not len(late):
        return None
    order = ["near", "opportunities", "days_overdue", "name"]
    first = late.sort_values(order, ascending=[False, False, False, True]).iloc[0]
    closeness, depth = (
        None if pd.isna(first[name]) else float(first[name]) for name in ("closeness", "depth")
    )
    overdue, came = int(first["days_overdue"]), int(first["opportunities"])
    return Somebody(str(first["name"]), closeness, depth, overdue, came)


def weekday(days: pd.DataFrame, balances: pd.DataFrame, own: float) -> Weekday | None:
    """Find the weekday whose balance lies below the person's own, the lowest if there are more.

    Args:
        days: Index `day` (dates); `balance` (0..1) of each day, NaN where unknown.
        balances: A row a weekday from Monday on: the `balance` of all its days together, its
            ends `low` and `high`, and its known `days`.
        own: The balance of all days together.

    Returns:
        None within 8 weeks, or where no weekday's balance is below the own one with its whole
        interval and, day by day, with that of its median, too: one long evening makes no rule.
    """
    known = days["balance"].dropna().astype(float)
    if len(days) < 7 * WEEKS or not len(known):
        return None
    middle = float(known.median())
    number = pd.DatetimeIndex(known.index).day_of_week
    found = []
    for place in range(7):
        values = np.sort(known.to_numpy()[number == place])
        rank = _rank(len(values))
        share, low, high, count = balances.to_numpy(dtype=float)[place].tolist()
        if len(values) >= WEEKS and rank and values[-rank] < middle and high < own:
            found.append(Weekday(place, share, low, high, int(count), own))
    return min(found, key=lambda one: one.balance, default=None)


def _rank(n: int) -> int:
    """Which value from either end bounds the median of `n` with WEEKDAY_LEVEL; 0: none does.

    By the binomial: the k-th from below lies above the median with P(X < k), X ~ Bin(n, 1/2).
    """
    below, rank = 0.0, 0
    while rank < n:
        below += math.comb(n, rank) / 2.0**n
        if 2 * below > WEEKDAY_LEVEL:
            break
        rank += 1
    return rank
