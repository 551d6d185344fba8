"""The Recovery-Load Index: how much load the behaviour carries, and how little recovery.

It is no score of burnout and no diagnosis. Weights and bounds are guesses, and the person's to set.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import stdtrit

from disconnect.statistics.bootstrap import stationary
from disconnect.statistics.windows import different, of_last

Floats = npt.NDArray[np.float64]

RATES = (
    "online_hours", "long_day_share", "late_night_hours", "rest_window_hours", "unbroken_share",
    "broadcast_share", "in_person_hours", "outing_share", "support_per_week",
)  # fmt: skip
"""Inputs of single days, smoothed."""
STATES = ("days_since_met", "people_met_14d")
"""Inputs that look back by themselves."""
INPUTS = (*RATES, *STATES)
FALLING = (
    "rest_window_hours", "in_person_hours", "people_met_14d", "outing_share", "support_per_week",
)  # fmt: skip
"""Inputs of which less is more load."""
LONG_DAY = 12.0
WINDOW = 28
"""Days an index looks back; with a half-life of a week older ones would weigh 6 % together."""
FEWEST_DAYS = 7
LEAST_WEIGHT = 0.6
LOOKS_BACK = 14
"""Days over which different people are counted."""
HALF_KNOWN = 7
"""Of these so many must be known: who was met on the others is not nobody."""
HOLDS = 7
"""So many days a state stands for the days after it of which nothing is known."""
DRAWS = 200
CONCENTRATION = 50
"""Weights are drawn from Dirichlet(50 w / W)."""
MEAN_BLOCK = 7
LEVEL = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Component:
    """One input's share in the index: its weight, and where its ramp begins and ends."""

    name: str
    weight: float
    low: float
    high: float

    @property
    def ends(self) -> tuple[float, float]:
        """The values at which there is no load, and full load."""
        return (self.high, self.low) if self.name in FALLING else (self.low, self.high)

    def strain(self, value: Floats) -> Floats:
        """0 (no load) to 1 (full load); NaN stays NaN."""
        share = np.clip((value - self.low) / (self.high - self.low), 0, 1)
        return 1 - share if self.name in FALLING else share


def score(inputs: Floats, components: Sequence[Component]) -> tuple[Floats, Floats]:
    """The index and its contributions.

    Args:
        inputs: One row a case, one column a component; NaN: not available.
        components: In the order of the columns.

    Returns:
        The index of each case [0..100], NaN below 60 % of the weight; and each component's
        contribution to it, which add up to it.
    """
    strain = np.stack([c.strain(inputs[..., n]) for n, c in enumerate(components)], axis=-1)
    weight = np.where(np.isnan(strain), 0.0, np.array([c.weight for c in components]))
    total = weight.sum(axis=-1, keepdims=True)
    enough = (total >= LEAST_WEIGHT * sum(c.weight for c in components)) & (total > 0)
    parts = np.divide(
        100 * weight * np.nan_to_num(strain), total, out=np.full_like(weight, np.nan), where=enough
    )
    return parts.sum(axis=-1), np.where(np.isnan(strain), np.nan, parts)


def inputs(
    days: pd.DataFrame, rhythm: pd.DataFrame, encounters: pd.DataFrame, *, home: frozenset[str]
) -> pd.DataFrame:
    """The inputs of each day.

    Args:
        days: Index `day`, columns of `days`; NaN where too little is known.
        rhythm: The same index, columns of `rhythm`.
        encounters: One row an encounter and person: `encounter`, `day` (since 1970), `person`
            (-1: nobody named), `channel`, `place`, `hours`, `support`.
        home: What the person calls home, in lower case: who is met there was no day out.

    Returns:
        The same index, INPUTS as columns. `long_day_share` and `outing_share` are 0 or 1 and
        `support_per_week` is seven times the day's: smoothed they become what they are called.
        `days_since_met` counts known days only: somebody may have been met on the others.
    """
    first = days.index[0].toordinal() - 719163
    size = len(days)
    logged = days["in_person_hours"].notna().to_numpy()
    known = days["online_hours"].notna().to_numpy()
    online = days["online_hours"].to_numpy(dtype=float)
    broadcast = days["broadcast_hours"].to_numpy(dtype=float)
    met = encounters[encounters["channel"] == "in_person"]
    place = met["place"].fillna("").astype(str).str.lower().str.strip()
    out = _by_day(met["day"][~place.isin(home)].to_numpy(), first, size) > 0
    once = encounters.drop_duplicates("encounter")
    received = once["day"][once["support"] == "received"].to_numpy()
    frame = pd.DataFrame(index=days.index)
    frame["online_hours"] = online
    frame["long_day_share"] = np.where(known, online >= LONG_DAY, np.nan)
    frame["late_night_hours"] = rhythm["late_night_hours"].where(known)
    frame["rest_window_hours"] = rhythm["rest_window_hours"]
    frame["unbroken_share"] = rhythm["unbroken_share"].where(known)
    frame["broadcast_share"] = broadcast / np.where(online > 0, online, np.nan)
    frame["in_person_hours"] = days["in_person_hours"]
    frame["outing_share"] = np.where(logged, out, np.nan)
    frame["support_per_week"] = np.where(logged, 7.0 * _by_day(received, first, size), np.nan)
    since = days["days_since_met"].to_numpy(dtype=float)
    frame["days_since_met"] = np.where(logged, since - of_last(~logged, since), np.nan)
    enough = logged & (of_last(logged, LOOKS_BACK) >= HALF_KNOWN)
    frame["people_met_14d"] = np.where(enough, people_met(met, first, size), np.nan)
    return frame[list(INPUTS)]


def people_met(encounters: pd.DataFrame, first: int, size: int) -> Floats:
    """Different people met in the fourteen days up to each day, as far as they were logged.

    Args:
        encounters: As for `inputs`.
        first: The first day, since 1970.
        size: How many days.
    """
    known = encounters[(encounters["channel"] == "in_person") & (encounters["person"] >= 0)]
    day, person = (known[name].to_numpy(dtype=np.int64) for name in ("day", "person"))
    return different(day, person, np.arange(first, first + size), LOOKS_BACK)


def load(
    daily: pd.DataFrame,
    unseen: Floats,
    periods: Mapping[str, int],
    components: Sequence[Component],
    half_life: float,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """The index at the end of each period, with how sure it is.

    Args:
        daily: What `inputs` returns.
        unseen: Of each day, the online hours that may lie in what was not seen [h].
        periods: For each period the row of its last day.
        components: In the order of INPUTS.
        half_life: Of the smoothing [days].
        rng: For resampling; the same gives the same.

    Returns:
        Index `period`; `load` [0..100], `low`, `high` (the widest of three: resampled days,
        drawn weights, and what the unseen hours may have been), `covered_days` of the last 28,
        INPUTS smoothed, and `<input>_contribution`. NaN below seven covered days or 60 % of
        the weight.
    """
    windows = _windows(daily.to_numpy(dtype=float), np.array(list(periods.values()), dtype=int))
    hidden = _windows(unseen[:, None], np.array(list(periods.values()), dtype=int))[..., 0]
    rates, lately = windows[..., : len(RATES)], windows[..., len(RATES) :]
    states = _standing(lately)
    decay = _decay(half_life)
    smooth = _looking_back(rates, states, decay)
    value, parts = score(smooth, components)
    covered = (~np.isnan(windows[..., 0])).sum(axis=1)
    known = (covered >= FEWEST_DAYS) & ~np.isnan(value)
    low, high = _widest(
        value,
        [
            _stretched(value, _resampled(rates, (lately, states), decay, components, rng), decay),
            _interval(_reweighted(smooth, components, rng)),
            _between(rates, hidden, decay, states, components),
        ],
    )
    blank = np.where(known, 1.0, np.nan)
    columns = {"load": value * blank, "low": low * blank, "high": high * blank}
    columns["covered_days"] = covered.astype(float)
    columns |= {name: smooth[:, n] for n, name in enumerate(INPUTS)}
    columns |= {f"{name}_contribution": parts[:, n] * blank for n, name in enumerate(INPUTS)}
    return pd.DataFrame(columns, index=pd.Index(list(periods), name="period", dtype=object))


def smoothed(daily: pd.DataFrame, half_life: float) -> pd.DataFrame:
    """The inputs of every day as an index of that day would see them; no index, no interval.

    Args:
        daily: What `inputs` returns.
        half_life: Of the smoothing [days].

    Returns:
        The same index and columns.
    """
    windows = _windows(daily.to_numpy(dtype=float), np.arange(len(daily)))
    rates, states = windows[..., : len(RATES)], _standing(windows[..., len(RATES) :])
    smooth = _looking_back(rates, states, _decay(half_life))
    return pd.DataFrame(smooth, index=daily.index, columns=list(INPUTS))


def possible(days: pd.DataFrame) -> Floats:
    """Online hours that may lie in what was not seen, at the person's own 90th percentile [h].

    A day of which too little is known may hold as many as one of the person's heaviest days;
    one that is known holds as many more as its missing hours could.
    """
    online = days["online_hours"].to_numpy(dtype=float)
    covered = days["covered_hours"].fillna(0).to_numpy(dtype=float)
    known = ~np.isnan(online)
    if not known.any():
        return np.zeros(len(days))
    usual = float(np.median(covered[known]))
    rate = float(np.percentile(online[known] / np.maximum(covered[known], 1e-9), 90))
    missing = rate * np.clip(usual - covered, 0, None)
    return np.where(known, missing, float(np.percentile(online[known], 90)))


def _windows(matrix: Floats, ends: npt.NDArray[np.int_]) -> Floats:
    """The days up to each end, as many as an index looks back; NaN before the first day."""
    padded = np.concatenate([np.full((WINDOW - 1, matrix.shape[1]), np.nan), matrix])
    return np.asarray(padded[ends[:, None] + np.arange(WINDOW)])


def _decay(half_life: float) -> Floats:
    """What each day of a window weighs, oldest first."""
    return np.asarray(0.5 ** (np.arange(WINDOW)[::-1] / half_life))


def _looking_back(rates: Floats, states: Floats, decay: Floats) -> Floats:
    """Of each window the inputs in the order of INPUTS."""
    return np.concatenate([_smoothed(rates, decay[None])[:, 0], states], axis=1)


def _standing(lately: Floats) -> Floats:
    """The states at the end of each window, as of the last day that is known of the last HOLDS.

    A rate leaves out the days of which nothing is known; so does a state.
    """
    states = lately[:, -1]
    for back in range(2, HOLDS + 1):
        states = np.where(np.isnan(states), lately[:, -back], states)
    return states


def _smoothed(rates: Floats, weights: Floats) -> Floats:
    """Weighted means over the days known, for each row of weights.

    Args:
        rates: Windows, days, inputs.
        weights: Rows of one weight a day.

    Returns:
        Windows, rows of weights, inputs; NaN where no day is known.
    """
    known = ~np.isnan(rates)
    total = weights @ known.astype(float)
    summed = weights @ np.nan_to_num(rates)
    return np.asarray(np.divide(summed, total, out=np.full(total.shape, np.nan), where=total > 0))


def _resampled(
    rates: Floats,
    looked: tuple[Floats, Floats],
    decay: Floats,
    components: Sequence[Component],
    rng: np.random.Generator,
) -> Floats:
    """The index of resampled days: windows, draws. A day drawn twice weighs twice.

    STATES (`looked`: of each day, and as they stand at the end) are those of the day drawn last: a
    meeting just today is chance as hours are. Where it has none they are the window's last.
    """
    lately, states = looked
    drawn = stationary(WINDOW, DRAWS, MEAN_BLOCK, rng)
    weights = np.zeros((DRAWS, WINDOW))
    np.add.at(weights, (np.arange(DRAWS)[:, None], drawn), decay)
    smooth = _smoothed(rates, weights)
    there = lately[:, drawn[:, -1]]
    there = np.where(np.isnan(there), states[:, None], there)
    return score(np.concatenate([smooth, there], axis=2), components)[0]


def _reweighted(
    smooth: Floats, components: Sequence[Component], rng: np.random.Generator
) -> Floats:
    """The index under weights drawn around those that are set: windows, draws."""
    strain = np.stack([c.strain(smooth[:, n]) for n, c in enumerate(components)], axis=1)
    weight = np.array([c.weight for c in components])
    # The drawn shares of those that are there are a Dirichlet draw of their own.
    whole = weight.sum() or 1.0  # all of them set to 0
    drawn = rng.gamma(CONCENTRATION * weight / whole, size=(DRAWS, len(weight)))
    there = (~np.isnan(strain)).astype(float)
    total = there @ drawn.T
    summed = np.nan_to_num(strain) @ drawn.T
    return np.asarray(
        np.divide(100 * summed, total, out=np.full(total.shape, np.nan), where=total > 0)
    )


def _between(
    rates: Floats, unseen: Floats, decay: Floats, states: Floats, components: Sequence[Component]
) -> tuple[Floats, Floats]:
    """The index were nothing, and were as much as could be, online in what was not seen."""
    found = []
    for share in (0.0, 1.0):
        filled = rates.copy()
        filled[..., 0] = np.nan_to_num(rates[..., 0]) + share * unseen
        filled[..., 1] = np.where(np.isnan(unseen), np.nan, filled[..., 0] >= LONG_DAY)
        filled[..., 0] = np.where(np.isnan(unseen), np.nan, filled[..., 0])
        case = np.concatenate([_smoothed(filled, decay[None])[:, 0], states], axis=1)
        found.append(score(case, components)[0])
    return np.fmin(*found), np.fmax(*found)


def _interval(draws: Floats) -> tuple[Floats, Floats]:
    """The middle 95 % of each row; 0 to 100 where no draw has an index."""
    some = ~np.isnan(draws).any(axis=1)
    few = ~some & ~np.isnan(draws).all(axis=1)
    low, high = np.zeros(len(draws)), np.full(len(draws), 100.0)
    if some.any():
        low[some], high[some] = np.percentile(draws[some], LEVEL, axis=1)
    if few.any():  # many times as slow, and needed only where a draw lost too many parts
        low[few], high[few] = np.nanpercentile(draws[few], LEVEL, axis=1)
    return low, high


def _stretched(value: Floats, draws: Floats, decay: Floats) -> tuple[Floats, Floats]:
    """Resampled ends as far off as Student's t asks: so weighed, days are as good as 1 / Σw².

    Blocks miss what lies between them: their variance is low by about their share of the window.
    """
    days = decay.sum() ** 2 / (decay**2).sum()
    factor = float(stdtrit(days - 1, 0.975)) / 1.959964 / np.sqrt(1 - MEAN_BLOCK / WINDOW)
    low, high = (np.clip(value + factor * (end - value), 0, 100) for end in _interval(draws))
    return low, high


def _widest(value: Floats, bounds: list[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """Of several intervals the widest, which holds the value in any case."""
    low, high = (np.stack(part) for part in zip(*bounds, strict=True))
    chosen = np.nanargmax(high - low, axis=0)[None]
    return (
        np.fmin(np.take_along_axis(low, chosen, axis=0)[0], value),
        np.fmax(np.take_along_axis(high, chosen, axis=0)[0], value),
    )


def _by_day(day: npt.NDArray[np.int64], first: int, size: int) -> npt.NDArray[np.int64]:
    place = day[(day >= first) & (day < first + size)] - first
    return np.bincount(place, minlength=size)
