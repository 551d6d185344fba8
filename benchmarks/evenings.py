"""Late nights and the day after: what is told of energy where the truth is known.

    python -m benchmarks.evenings [--seeds 200] [--days 364]

Nights are made of stretches of use that begin before midnight and end after it, and go through the
same step that reads them off a timeline. Energy is what carries over from day to day, less what
the night before cost. In the other lives hours act on their own day alone, so nothing told of the
day after is true.
"""

import argparse

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.known_lives import carried
from disconnect.pipeline.association import Hypothesis, associations
from disconnect.pipeline.timeline.rhythm import rhythm
from disconnect.pipeline.timeline.rows import DAY, HOUR
from disconnect.pipeline.timeline.stretches import Stretches, What
from disconnect.statistics.serial import lagged

Floats = npt.NDArray[np.float64]
COST = -1.2
"""Points of energy on the day after, for an hour of use in the quiet hours of the evening."""
SAME_DAY = -0.3
"""Standard deviations of energy on the same day, for one of hours."""
LATE = Hypothesis("late_night_hours", "energy", 1)
ONLINE = Hypothesis("online_hours", "energy", 1)
_FIRST = 20_000  # a day since 1970


def nights(seed: int, days: int) -> tuple[Stretches, Floats]:
    """Return the use of so many evenings, and how much of each lay in 22:00–06:00 [h].

    Each evening has one stretch from 20:00 or later to somewhere between 22:00 and 04:00.
    """
    rng = np.random.default_rng(seed)
    late = np.clip(1.5 + carried(rng, days, 0.3), 0, 6)
    ends = (_FIRST + np.arange(days)) * DAY + np.round((22 + late) * HOUR).astype(np.int64)
    starts = (_FIRST + np.arange(days)) * DAY + 20 * HOUR
    around = np.array([_FIRST * DAY, (_FIRST + days + 1) * DAY], dtype=np.int64)
    start, end = np.append(starts, around[0]), np.append(ends, around[1])
    what = np.full(len(start), What.USE)
    what[-1] = What.COVERED
    zone = np.zeros(len(start), dtype=np.int64)
    return Stretches(start, end, end - start, what, zone), late


def evenings(seed: int, days: int, starts: int) -> pd.DataFrame:
    """Return the days of a life whose nights cost energy, as the pipeline sees them."""
    found, late = nights(seed, days)
    ends = (_FIRST, _FIRST + days - 1)
    covered = np.full(days, 24.0)
    frame = rhythm(ends, found, {0: "UTC"}, (starts, (22 * 60, 6 * 60)), covered)
    rng = np.random.default_rng(seed + 10_000)
    energy = 6 + COST * np.append(late[0], late[:-1]) + carried(rng, days, 0.4)
    return frame[["late_night_hours"]].assign(energy=energy)


def same_day(seed: int, days: int, rho: float, phi: float) -> pd.DataFrame:
    """Return days whose hours (AR(phi)) act on energy (AR(rho)) of their own day alone."""
    rng = np.random.default_rng(seed)
    hours = carried(rng, days, phi)
    energy = SAME_DAY * hours + (1 - SAME_DAY**2) ** 0.5 * carried(rng, days, rho)
    return pd.DataFrame({"online_hours": hours, "energy": energy})


def true_effect(seeds: int, days: int, starts: int) -> tuple[float, float, float]:
    """Return the mean estimate, and per cent told as lower, and of intervals that hold it."""
    rows = [associations(evenings(s, days, starts), [LATE]).iloc[0] for s in range(seeds)]
    told = [bool(row["told"] == 1 and row["coefficient"] < 0) for row in rows]
    holds = [bool(row["low"] <= COST <= row["high"]) for row in rows]
    mean = float(np.mean([row["coefficient"] for row in rows]))
    return mean, 100 * float(np.mean(told)), 100 * float(np.mean(holds))


def false_after(seeds: int, days: int, rho: float, phi: float) -> tuple[float, float, float]:
    """Return per cent of such lives told "higher the day after", and told anything of it.

    The third is what a regression on yesterday's energy and hours alone would tell as higher.
    """
    lives = [same_day(seed, days, rho, phi) for seed in range(seeds)]
    rows = [associations(life, [ONLINE]).iloc[0] for life in lives]
    told = np.array([row["told"] == 1 for row in rows])
    higher = np.array([row["coefficient"] > 0 for row in rows])
    plain = [lagged(life["energy"], life["online_hours"], 1) for life in lives]
    alone = [one.p < 0.05 and one.coefficient > 0 for one in plain]
    shares = (np.mean(told & higher), np.mean(told), np.mean(alone))
    return (100 * float(shares[0]), 100 * float(shares[1]), 100 * float(shares[2]))


def main(words: list[str] | None = None) -> None:
    """Print what is told of each kind of life."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--days", type=int, default=364)
    asked = parser.parse_args(words)
    print(f"{asked.seeds} seeds, {asked.days} days")
    for starts in (0, 4):
        mean, told, holds = true_effect(asked.seeds, asked.days, starts)
        print(
            f"an hour late costs {COST:+.1f} the day after, days begin at {starts}:00:"
            f" {mean:+.2f} on average, told in {told:.0f} %, interval holds it in {holds:.1f} %"
        )
    for rho in (0.3, 0.5, 0.7):
        for phi in (0.0, 0.4):
            higher, any_way, alone = false_after(asked.seeds, asked.days, rho, phi)
            print(
                f"same day alone ({SAME_DAY:+.1f}), energy AR({rho:g}), hours AR({phi:g}):"
                f" told higher the day after in {higher:.1f} %, told anything in {any_way:.1f} %"
                f" (given yesterday alone: higher in {alone:.1f} %)"
            )


if __name__ == "__main__":
    main()
