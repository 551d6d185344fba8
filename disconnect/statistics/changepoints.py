"""When a level changed: breaks found afterwards, and a watch that adds up deviations."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def breaks(values: npt.ArrayLike, penalty: float = 3.0, min_size: int = 7) -> list[int]:
    """Where the mean changes: PELT with squared error and the price penalty · log n · variance.

    Unknown values (NaN) are left out. No break is found in fewer than 2 · min_size values, nor
    where nothing varies. The price takes the values for independent: where a day resembles the day
    before it, a small break may be only that.

    Args:
        values: In order of time.
        penalty: k of the price; 2 finds more, 4 fewer.
        min_size: Known values between two breaks, at the least.

    Returns:
        The position in `values` of the first known value of each new level.

    Source: Killick, Fearnhead & Eckley 2012, JASA 107:1590-1598, without the pruning: a diary is
    short. The breaks are those of `ruptures.Pelt(model="l2", jump=1)`, whose import takes longer
    than everything else here; its default of looking at every fifth value gives wrong places.
    """
    series = np.asarray(values, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(series))
    seen = series[known]
    if len(seen) < 2 * min_size or np.ptp(seen) == 0:
        return []
    price = penalty * np.log(len(seen)) * seen.var()
    return [int(known[start]) for start in _cheapest(seen - seen.mean(), price, min_size)]


def _cheapest(seen: Floats, price: float, min_size: int) -> list[int]:
    """Where each level after the first begins, when every break has its price."""
    total = np.concatenate([[0.0], np.cumsum(seen)])
    squares = np.concatenate([[0.0], np.cumsum(seen**2)])
    size = len(seen)
    best = np.full(size + 1, np.inf)  # of the values before each place
    best[0] = 0.0
    came_from = np.zeros(size + 1, dtype=np.int64)
    for end in range(min_size, size + 1):
        starts = np.arange(0, end - min_size + 1)
        length = end - starts
        spread = squares[end] - squares[starts] - (total[end] - total[starts]) ** 2 / length
        cost = best[starts] + spread + price
        came_from[end] = int(np.argmin(cost))
        best[end] = cost[came_from[end]]
    found: list[int] = []
    at = int(came_from[size])
    while at:
        found.append(at)
        at = int(came_from[at])
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Cusum:
    """Sums of deviations upward and downward, in standard deviations, after each value.

    `n_plus` and `n_minus` count the known values since each sum was last 0. `alarm` is the position
    of the first value at which a sum is over the limit, `since` that of the first value of the run
    that led to it; None where there is no alarm. `direction` is +1, −1 or 0.
    """

    c_plus: Floats
    c_minus: Floats
    n_plus: Ints
    n_minus: Ints
    alarm: int | None
    since: int | None
    direction: int


def cusum(
    values: npt.ArrayLike,
    target: float,
    sd: float,
    *,
    k: float = 0.5,
    h: float = 5.0,
    ceiling: float = float("inf"),
) -> Cusum:
    """The tabular CUSUM; an unknown value (NaN) leaves the sums and counts as they were.

    Meant for weekly means: on days that resemble the day before it alarms falsely, on average once
    in 113 values instead of 964 where they correlate by .5.

    Args:
        values: In order of time.
        target: The level they should keep.
        sd: Their standard deviation around it.
        k: Slack, in standard deviations: half the shift that matters.
        h: Limit, in standard deviations.
        ceiling: No sum grows beyond it, so that it comes down again soon after the level has come
            back; the textbook knows none.

    Raises:
        ValueError: `sd` is not over 0.

    Source: Montgomery, Introduction to Statistical Quality Control, chapter 9.
    """
    if not sd > 0:
        raise ValueError(f"a CUSUM needs a standard deviation over 0, not {sd:g}")
    deviation = (np.asarray(values, dtype=np.float64) - target) / sd
    c_plus, n_plus = _one_side(deviation - k, ceiling)
    c_minus, n_minus = _one_side(-deviation - k, ceiling)
    alarms = np.flatnonzero(np.maximum(c_plus, c_minus) > h)
    if not len(alarms):
        return Cusum(c_plus, c_minus, n_plus, n_minus, None, None, 0)
    alarm = int(alarms[0])
    up = bool(c_plus[alarm] >= c_minus[alarm])
    run = int((n_plus if up else n_minus)[alarm])
    known = np.flatnonzero(~np.isnan(deviation[: alarm + 1]))
    since = int(known[-run])
    return Cusum(c_plus, c_minus, n_plus, n_minus, alarm, since, 1 if up else -1)


def _one_side(steps: Floats, ceiling: float) -> tuple[Floats, Ints]:
    """Add up the steps, never below 0 or over the ceiling, and count since the sum was last 0."""
    sums = np.zeros(len(steps))
    counts = np.zeros(len(steps), dtype=np.int64)
    total, count = 0.0, 0
    for at, step in enumerate(steps):
        if not np.isnan(step):
            total = min(max(0.0, total + step), ceiling)
            count = count + 1 if total > 0 else 0
        sums[at], counts[at] = total, count
    return sums, counts
