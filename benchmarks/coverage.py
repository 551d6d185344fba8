"""How often the intervals of returns hold the truth they were made from.

    python -m benchmarks.coverage [--trials 2000] [--seed 1]

Counts are drawn with known rates per 100 h in known hours. An interval that says 95 % should hold
the truth in 95 % of them. Counts are whole numbers, so at one single rate it may hold it a little
less often (3 events expected: 91.7 %, by hand) or more: each trial draws its own true rates within
a factor of 1.5 of those of the life.
"""

import argparse
import math
from functools import cache

import numpy as np
import pandas as pd

from disconnect.pipeline.returns import GROUPS, per_100h, returns

LIVES = (
    # in person: per 100 h, hours; online: per 100 h, hours
    (15.0, 60.0, 1.3, 320.0),
    (5.0, 260.0, 0.5, 2700.0),
    (5.0, 260.0, 5.0, 2700.0),
    (3.0, 100.0, 3.0, 300.0),
    (10.0, 400.0, 1.0, 1500.0),
    (1.0, 200.0, 0.2, 1000.0),
)


@cache
def compared(
    mine: int, hours: float, theirs: int, their_hours: float
) -> tuple[float, float, float]:
    """The ratio and its ends; an end that is open is infinite."""
    counts = pd.DataFrame({"events": [mine, theirs], "left_out": 0}, ["in_person", "online"])
    found = returns(counts, {"in_person": hours, "online": their_hours}, GROUPS["origin"])
    middle, low, high = (float(found[n].iloc[0]) for n in ("ratio", "ratio_low", "ratio_high"))
    if math.isnan(low):  # nothing on either side: nothing is claimed, and anything fits
        return middle, 0.0, math.inf
    return middle, low, math.inf if math.isnan(high) else high


rate_of = cache(per_100h)


def one(life: tuple[float, float, float, float], trials: int, rng: np.random.Generator) -> None:
    """Print the coverage and the bias of the rates and the ratio of one life."""
    usual, hours, usual_online, their_hours = life
    rate, other = np.array([[usual], [usual_online]]) * 1.5 ** rng.uniform(-1, 1, (2, trials))
    mine, theirs = rng.poisson(rate * hours / 100), rng.poisson(other * their_hours / 100)
    found = np.array([rate_of(int(k), hours) for k in mine])
    held = np.mean((found[:, 1] <= rate) & (rate <= found[:, 2]))
    bias = np.mean(found[:, 0] - rate) / rate.mean()
    pairs = zip(mine, theirs, strict=True)
    ratios = np.array([compared(int(a), hours, int(b), their_hours) for a, b in pairs])
    truth = rate / other
    held_ratio = np.mean((ratios[:, 1] <= truth) & (truth <= ratios[:, 2]))
    middle = np.nanmedian(ratios[:, 0] / truth) - 1
    print(
        f"{usual * hours / 100:>7.1f} {usual_online * their_hours / 100:>7.1f}"
        f" {held:>9.1%} {bias:>+8.1%} {held_ratio:>9.1%} {middle:>+8.1%}"
    )


def main() -> None:
    """Print each life on a line."""
    parser = argparse.ArgumentParser(description="Coverage of the intervals of returns.")
    parser.add_argument("--trials", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked, _ = parser.parse_known_args()
    rng = np.random.default_rng(asked.seed)
    print("events expected   rate            ratio")
    print(f"{'in p.':>7} {'online':>7} {'held':>9} {'bias':>8} {'held':>9} {'median':>8}")
    for life in LIVES:
        one(life, asked.trials, rng)


if __name__ == "__main__":
    main()
