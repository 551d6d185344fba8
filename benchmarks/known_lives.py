"""Simulated days of which the truth is known: levels, turns, effects."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.signal import lfilter
from scipy.special import ndtr
from scipy.stats import gamma

from disconnect.pipeline.load import inputs

Floats = npt.NDArray[np.float64]
WARM_UP = 50
UNKNOWN = 0.1
"""Share of days of which nothing is known, wherever it is not said otherwise."""
POOL = 8
"""People whom somebody in these lives may meet."""
WAKING = 16.0


def carried(rng: np.random.Generator, days: int, rho: float) -> Floats:
    """Normal numbers of sd 1, each of which keeps `rho` of the one before."""
    steps = rng.normal(size=WARM_UP + days) * (1 - rho**2) ** 0.5
    return np.asarray(lfilter([1.0], [1.0, -rho], steps))[WARM_UP:]


def hours(normal: Floats, mean: npt.ArrayLike, nobody: float = 0.0) -> Floats:
    """Skewed hours of that mean, with a share of days of none, in the order of the normal ones."""
    place = np.clip((ndtr(normal) - nobody) / (1 - nobody), 0, 1)
    return np.asarray(gamma.ppf(place, 2) / 2 * np.asarray(mean) / (1 - nobody))


def unknown(rng: np.random.Generator, days: int, share: float = UNKNOWN) -> npt.NDArray[np.bool_]:
    """Which days are unknown: half of them here and there, half in one gap."""
    if not share:
        return np.zeros(days, dtype=bool)
    lost = rng.random(days) < share / 2
    length = round(days * share / 2)
    start = int(rng.integers(days - length))
    lost[start : start + length] = True
    return lost


def turned(
    seed: int, before: float, after: float, rho: float = 0.0, days: int = 200
) -> tuple[pd.DataFrame, int]:
    """Days whose hours in person change once, and the position of the first changed day.

    On three days of ten nobody is met; online hours keep their level.
    """
    rng = np.random.default_rng(seed)
    at = int(rng.integers(30, days - 30))
    level = np.where(np.arange(days) < at, before, after)
    met, online = hours(carried(rng, days, rho), level, 0.3), hours(carried(rng, days, rho), 6.0)
    met[unknown(rng, days)] = np.nan
    online[unknown(rng, days)] = np.nan
    index = pd.date_range("2026-01-05", periods=days, name="day")
    return pd.DataFrame({"in_person_hours": met, "online_hours": online}, index), at


@dataclass(frozen=True, slots=True)
class Person:
    """What is true of somebody's days on average, day in, day out."""

    name: str
    online: float
    """h/day."""
    late: float
    """h/day."""
    rest: float
    """h."""
    unbroken: float
    broadcast: float
    meets: float
    """Probability that one of eight people is met on a day, for each of them."""
    together: float
    """h on a day on which somebody is met."""
    out: float
    """Share of those days that are days out."""
    support: float
    """Events a week."""

    @property
    def alone(self) -> float:
        """Share of days on which nobody is met."""
        return (1 - self.meets) ** POOL

    def truth(self) -> dict[str, float]:
        """The mean of each input of the index, by hand."""
        company = 1 - self.alone
        return {
            "online_hours": self.online,
            "long_day_share": float(gamma.sf(inputs.LONG_DAY * 2 / self.online, 2)),
            "late_night_hours": self.late,
            "rest_window_hours": self.rest,
            "unbroken_share": self.unbroken,
            "broadcast_share": self.broadcast,
            "in_person_hours": company * self.together,
            "outing_share": company * self.out,
            "support_per_week": self.support,
            "days_since_met": self.alone / company,
            "people_met_14d": POOL * (1 - (1 - self.meets) ** 14),
        }


PEOPLE = (
    Person("much company", 4.0, 0.4, 8.0, 0.3, 0.4, 0.15, 1.8, 0.6, 2.0),
    Person("in between", 7.0, 1.0, 6.8, 0.45, 0.5, 0.06, 1.2, 0.5, 1.0),
    Person("alone, online", 11.0, 1.7, 5.8, 0.6, 0.7, 0.03, 0.8, 0.3, 0.4),
)


def lived(
    person: Person, seed: int, days: int, rho: float = 0.0, share: float = UNKNOWN
) -> tuple[pd.DataFrame, Floats]:
    """The daily inputs of somebody whose level never changes, and the hours nobody saw.

    What devices saw and what was logged are unknown on different days.
    """
    rng = np.random.default_rng(seed)
    online = hours(carried(rng, days, rho), person.online)
    met = rng.random((days, POOL)) < person.meets
    company = met.any(axis=1)
    columns = {
        "online_hours": online,
        "long_day_share": (online >= inputs.LONG_DAY).astype(float),
        "late_night_hours": hours(carried(rng, days, rho), person.late),
        "rest_window_hours": person.rest + carried(rng, days, rho),
        "unbroken_share": _share(rng, person.unbroken, days),
        "broadcast_share": _share(rng, person.broadcast, days),
        "in_person_hours": company * hours(carried(rng, days, rho), person.together),
        "outing_share": (company & (rng.random(days) < person.out)).astype(float),
        "support_per_week": 7.0 * rng.poisson(person.support / 7, days),
        **_looking_back(met),
    }
    frame = pd.DataFrame(columns, index=pd.RangeIndex(days, name="day"))[list(inputs.INPUTS)]
    unseen, unlogged = unknown(rng, days, share), unknown(rng, days, share)
    logged = ["in_person_hours", "outing_share", "support_per_week", *inputs.STATES]
    frame.loc[unlogged, logged] = np.nan
    frame.loc[unseen, frame.columns.difference(logged)] = np.nan
    covered = np.where(unseen, 0.0, WAKING)
    seen = pd.DataFrame({"online_hours": frame["online_hours"], "covered_hours": covered})
    return frame, inputs.possible(seen)


def _share(rng: np.random.Generator, mean: float, days: int) -> Floats:
    return rng.beta(6 * mean, 6 * (1 - mean), days)


def _looking_back(met: npt.NDArray[np.bool_]) -> dict[str, Floats]:
    """Days since somebody was met, and how many people in the fourteen days up to each."""
    days = np.arange(len(met))
    last = np.maximum.accumulate(np.where(met.any(axis=1), days, -1))
    sums = np.concatenate([np.zeros((14, POOL)), np.cumsum(met, axis=0)])
    return {
        "days_since_met": np.where(last < 0, np.nan, days - last),
        "people_met_14d": ((sums[14:] - sums[:-14]) > 0).sum(axis=1).astype(float),
    }


def answered(
    rng: np.random.Generator, days: int, effect: float, rho: float = 0.4, missing: float = 0.15
) -> tuple[Floats, Floats]:
    """Energy and online hours: `effect` is what energy differs by for one hour more.

    Hours have a standard deviation of 2 h and what else there is to energy one of 1; either is
    unknown on its own days.
    """
    online = 6 + 2 * carried(rng, days, rho)
    energy = 5 + effect * online + carried(rng, days, rho)
    for series in (energy, online):
        series[rng.random(days) < missing] = np.nan
    return energy, online
