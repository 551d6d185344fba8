"""What `experiment result` finds in lives whose truth is known: effects, and nothing."""

import random

import numpy as np
import pandas as pd

from disconnect.pipeline.experiment import result
from disconnect.statistics.phases import drawn, phase

SEEDS = 500
LENGTHS = ((21, 4), (28, 4), (42, 7))
CARRIED = 0.4  # how much of a day's mood the next one keeps (AR(1))
MISSING = 0.15


def life(seed: int, days: int, shortest: int, effect: float) -> tuple[pd.DataFrame, tuple]:
    """Energy of standard deviation 1 with an effect of B, some days unanswered."""
    rng = np.random.default_rng(seed)
    cuts = drawn(days, shortest, random.Random(seed))  # noqa: S311 - the same again
    phases = [phase(cuts, day) for day in range(days)]
    mood = rng.normal(0, 1, days)
    for day in range(1, days):
        mood[day] = CARRIED * mood[day - 1] + (1 - CARRIED**2) ** 0.5 * mood[day]
    value = mood + effect * (np.array(phases) == "B")
    value[rng.random(days) < MISSING] = np.nan
    unknown = np.full(days, np.nan)
    columns = {"phase": phases, "value": value, "rule_minutes": unknown, "kept": unknown}
    return pd.DataFrame(columns), cuts


def main() -> None:
    """Print by length and true effect: how often p <= .05, intervals that hold it, and bias."""
    print(f"{SEEDS} lives each, mood AR({CARRIED}) of sd 1, {MISSING:.0%} of days missing")
    for days, shortest in LENGTHS:
        for effect in (0.0, 0.5, 1.0, 2.0):
            found = [
                (one := life(seed, days, shortest, effect)) and result(*one, shortest)
                for seed in range(SEEDS)
            ]
            rows = [one.row for one in found if one]
            told = np.mean([row["p"] <= 0.05 for row in rows])
            held = np.mean([row["low"] <= effect <= row["high"] for row in rows])
            bias = np.mean([row["difference"] for row in rows]) - effect
            print(
                f"{days} days, phases of {shortest} or more, effect {effect:.1f}:"
                f" told {told:.1%}, interval holds it {held:.1%}, bias {bias:+.3f}"
                f" ({len(rows)} results)"
            )


if __name__ == "__main__":
    main()
