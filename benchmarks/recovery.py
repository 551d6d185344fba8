"""What the steps find where the truth is known: bias, coverage and power over many made-up lives.

    python -m benchmarks.recovery [--seeds 100]

Changes of level, the load, and the effect of hours on energy; `benchmarks.coverage` does the same
for rates, `benchmarks.experiment` for experiments.
"""

import argparse

import numpy as np
import pandas as pd

from disconnect.analysis.load import components
from disconnect.pipeline.load import index, inputs, scoring
from disconnect.pipeline.withdrawal import turning
from disconnect.settings import Settings
from disconnect.statistics.serial import lagged

DAYS, TURN = 200, 120
MISSING = 0.1
STEADY = {
    "online_hours": (7.0, 2.0),
    "late_night_hours": (1.0, 0.5),
    "rest_window_hours": (7.0, 1.0),
    "unbroken_share": (0.5, 0.15),
    "broadcast_share": (0.5, 0.1),
    "in_person_hours": (0.6, 0.5),
}
"""Means and spreads of a steady life's days; ramps are straight there, so means can be compared."""
CHANCES = {"long_day_share": 0.2, "outing_share": 0.3, "support_per_week": 1 / 7}
EFFECT = -0.3


def carried(rng: np.random.Generator, size: int, rho: float) -> np.ndarray:
    """Deviations of spread 1 that resemble the day before."""
    values = rng.normal(size=size)
    for day in range(1, size):
        values[day] = rho * values[day - 1] + np.sqrt(1 - rho**2) * values[day]
    return values


def turned(seed: int, change: float, rho: float) -> tuple[list[int], pd.DataFrame]:
    """The days of the changes that were found in hours in person, of a life that turns once."""
    rng = np.random.default_rng(seed)
    level = np.where(np.arange(DAYS) < TURN, 1.2, 1.2 + change)
    hours = np.clip(level + 0.5 * carried(rng, DAYS, rho), 0, None)
    hours[rng.random(DAYS) < MISSING] = np.nan
    index = pd.date_range("2026-01-01", periods=DAYS, name="day")
    days = pd.DataFrame({"in_person_hours": hours, "online_hours": np.nan}, index)
    found = turning.changes(days)
    return [(day - index[0]).days for day in found["day"].unique()], found


def steady(seed: int) -> tuple[float, float, float, float]:
    """The load of a steady life with its interval, and what it truly is."""
    rng = np.random.default_rng(seed)
    size = 60
    daily = pd.DataFrame(index=pd.date_range("2026-01-01", periods=size, name="day"))
    for name, (mean, spread) in STEADY.items():
        daily[name] = mean + spread * carried(rng, size, 0.3)
    for name, chance in CHANCES.items():
        most = 7.0 if name == "support_per_week" else 1.0
        daily[name] = most * (rng.random(size) < chance)
    daily["days_since_met"], daily["people_met_14d"] = 3.0, 3.0
    daily[rng.random(size) < MISSING] = np.nan
    daily.iloc[-1] = daily.iloc[-1].where(daily.iloc[-1].notna(), daily.mean())
    parts = components(Settings())
    nothing = np.zeros(size)
    found = index.load(daily[list(inputs.INPUTS)], nothing, {"now": size - 1}, parts, 7, rng).loc[
        "now"
    ]
    truth = {name: mean for name, (mean, _) in STEADY.items()} | CHANCES
    truth |= {"support_per_week": 7 * CHANCES["support_per_week"]}
    truth |= {"days_since_met": 3.0, "people_met_14d": 3.0}
    real, _ = scoring.score(np.array([truth[name] for name in inputs.INPUTS]), parts)
    return float(found["load"]), float(found["low"]), float(found["high"]), float(real)


def drained(seed: int, size: int, effect: float) -> tuple[float, float, float, float]:
    """The coefficient that was found of a known one, its interval and p."""
    rng = np.random.default_rng(seed)
    hours = 6 + 2 * carried(rng, size, 0.4)
    energy = 7 + effect * (hours - 6) + 1.5 * carried(rng, size, 0.4)
    energy[rng.random(size) < 0.15] = np.nan
    found = lagged(energy, hours)
    return found.coefficient, found.low, found.high, found.p


def changes_found(seeds: int) -> None:
    print(
        f"{'a change of level after 120 of 200 days':48} {'found':>7} {'off by':>12} {'false/year':>11}"
    )
    for change, rho in ((-0.8, 0.0), (-0.8, 0.3), (-0.4, 0.3)):
        near, off, false = 0, [], 0
        for seed in range(seeds):
            places, _ = turned(seed, change, rho)
            errors = [abs(place - TURN) for place in places]
            if errors and min(errors) <= 14:
                near += 1
                off.append(min(errors))
            false += len(turned(seed + 10_000, 0.0, rho)[0])
        days = f"{np.median(off):.0f}, 90 % {np.percentile(off, 90):.0f}" if off else "–"
        rate = false / seeds / DAYS * 365
        name = f"{change:+.1f} h a day, day like the one before: {rho:g}"
        print(f"{name:48} {near / seeds:7.0%} {days:>12} {rate:11.2f}")


def loads_found(seeds: int) -> None:
    rows = np.array([steady(seed) for seed in range(seeds)])
    value, low, high, real = rows.T
    holds = float(((low <= real) & (real <= high)).mean())
    print(
        f"load of a steady life, truly {real[0]:.1f}: bias {np.mean(value - real):+.1f},"
        f" spread {value.std():.1f}, interval {np.mean(high - low):.1f} wide, holds it {holds:.0%}"
    )


def effects_found(seeds: int) -> None:
    print(f"{'effect of an hour on energy, days':48} {'bias':>7} {'holds':>7} {'told':>7}")
    for size in (90, 180):
        for effect in (EFFECT, 0.0):
            rows = np.array([drained(seed, size, effect) for seed in range(seeds)])
            estimate, low, high, p = rows.T
            holds = ((low <= effect) & (effect <= high)).mean()
            name = f"{effect:+.1f}, {size} days, 15 % unknown"
            bias = f"{np.mean(estimate - effect):+.3f}"
            print(f"{name:48} {bias:>7} {holds:7.1%} {(p < 0.05).mean():7.1%}")


def main() -> None:
    """Print all three."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=100)
    seeds = parser.parse_args().seeds
    changes_found(seeds)
    loads_found(seeds)
    effects_found(max(seeds, 10 * seeds))


if __name__ == "__main__":
    main()
