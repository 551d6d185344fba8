"""The level between two changes with its interval; a holiday in it does not count."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, stdtrit

from disconnect.pipeline.withdrawal.weekly import met

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

OFTEN, LONG = "met_days_per_week", "hours_per_met_day"
IN_PERSON, ONLINE = "in_person_hours", "online_hours"
EXCURSION = 3
"""Weeks in a row, at the most, that are an excursion; more are a level of their own."""
_FAR = 3.0
"""Distances between the quartiles beyond which a week lies far outside the others (Tukey 1977)."""
_FEWEST_WEEKS = 8
"""Weeks below which none can be called far outside the others, and fortnights are too few."""
_TOGETHER = 2
"""Weeks that may resemble each other, and count as one for the interval, where there are enough."""
_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Level:
    """A mean with its 95 % interval, and the known days it stands on."""

    mean: float
    low: float
    high: float
    days: int


def level(measure: str, hours: Floats, week: Ints, usual: float) -> Level:
    """Return the level of a measure over some days, with an interval by the spread of fortnights.

    Days of a fortnight may resemble each other as they will. The interval of what counts meetings
    is no narrower than that of a share of independent days (Jeffreys), so that it has a width where
    nobody was met at all.

    Args:
        measure: OFTEN [days a week], LONG [h on a day with people, geometric mean], IN_PERSON or
            ONLINE [h/day].
        hours: The known hours of each day; for LONG, some with people.
        week: The number of the week that each day belongs to.
        usual: Mean hours on days with people at any time [h], for days on which none were met.
    """
    there = met(hours)
    if measure == LONG:
        mean, low, high = np.exp(_mean(np.log(hours[there]), week[there])).tolist()
        return Level(mean, low, min(24.0, high), int(there.sum()))
    most = 7.0 if measure == OFTEN else 24.0
    mean, low, high = _mean(np.where(there, most, 0.0) if measure == OFTEN else hours, week)
    if measure != ONLINE:
        a_day = float(hours[there].mean()) if there.any() else usual
        ends = _share(int(there.sum()), len(hours)) * (most if measure == OFTEN else a_day)
        low, high = min(low, ends[0]), max(high, ends[1])
    return Level(float(mean), max(0.0, float(low)), min(most, float(high)), len(hours))


def _mean(values: Floats, week: Ints) -> Floats:
    """The mean and the ends of its interval, by the spread of fortnights."""
    mean = values.mean()
    together = 1 if len(np.unique(week)) < _FEWEST_WEEKS else _TOGETHER
    _, place = np.unique(week // together, return_inverse=True)
    off = np.bincount(place, weights=values - mean)
    groups = len(off)
    if groups < 2:  # noqa: PLR2004 - one has no spread
        return np.array([mean, mean, mean])
    error = np.sqrt((off**2).sum() * groups / (groups - 1)) / len(values)
    reach = stdtrit(groups - 1, 1 - _TAIL) * error
    return np.array([mean, mean - reach, mean + reach])


def _share(some: int, every: int) -> Floats:
    """Jeffreys' interval of a share; its end is 0 or 1 where none or all count."""
    low, high = betaincinv(some + 0.5, every - some + 0.5, [_TAIL, 1 - _TAIL])
    return np.array([low if some else 0.0, high if some < every else 1.0])


def excursions(hours: Floats, week: Ints) -> Flags:
    """Flag days unlike all others of the same level: a holiday, an illness.

    A day is flagged if the seven known days around it, from any day on, have a mean far outside
    those of the calendar weeks, by square roots, which spread small and large ones alike. More than
    three weeks in a row are no excursion.

    Args:
        hours: The known hours of each day.
        week: The number of the week that each day belongs to.
    """
    nothing = np.zeros(len(hours), dtype=bool)
    numbers, place = np.unique(week, return_inverse=True)
    if len(numbers) < _FEWEST_WEEKS or len(hours) < 7 * _FEWEST_WEEKS:
        return nothing
    low, high = np.quantile(
        np.sqrt(np.bincount(place, weights=hours) / np.bincount(place)), [0.25, 0.75]
    )
    if low <= 0:
        return nothing  # one meeting would be far outside none
    reach = _FAR * (high - low)
    total = np.concatenate([[0.0], np.cumsum(hours)])
    root = np.sqrt(np.maximum(total[7:] - total[:-7], 0) / 7)
    far = (root > high + reach) | (root < low - reach)
    flagged = np.convolve(far, np.ones(7)) > 0
    run = np.cumsum(np.concatenate([[0], np.diff(flagged.astype(int)) != 0]))
    return np.asarray(flagged & (np.bincount(run)[run] <= 7 * EXCURSION + 6))
