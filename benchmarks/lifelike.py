"""What is found in lifelike days of which the truth is known.

    python -m benchmarks.lifelike [--seeds 100] [--quick]

Harder than `benchmarks.recovery`: hours are skewed, on some days nobody is met, days since a meeting
come and go, and one life lies near the index's end. An interval that says 95 % should hold the truth in 92 to 98 % of lives.
"""

import argparse
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import poisson

from benchmarks.known_lives import PEOPLE, Person, answered, lived, turned
from disconnect.analysis.load import components
from disconnect.pipeline.load import index, inputs, scoring, smoothing
from disconnect.pipeline.withdrawal.turning import changes
from disconnect.settings import Settings
from disconnect.statistics.rates import rate, ratio
from disconnect.statistics.serial import lagged

TARGET = (0.92, 0.98)
NEAR = 14
"""Days within which a change counts as the one that happened."""
WINDOWS = 10
"""Spells of four weeks in each life whose load is asked."""
COUNTS = 20
"""Counts drawn for each seed; they cost little."""
ANSWERS = 20
"""Lives with an effect for each seed."""
TURNS = ((1.4, 0.2), (1.4, 0.4), (0.4, 1.4), (1.4, 0.8))
"""Hours in person a day, before and after."""
EXPECTED = (0.2, 2.0, 5.0, 20.0)
PAIRS = ((0.2, 2.0), (2.0, 2.0), (5.0, 2.0), (20.0, 5.0), (20.0, 20.0))
HOURS = 100.0
EFFECTS = (0.0, -0.15)
"""What energy differs by for an hour more [of 10]; -.15 is a correlation of about -.3."""
Row = dict[str, Any]


def turns(before: float, after: float, rho: float, seeds: int) -> Row:
    """How often one change of level is found, how far from its day, and what else is found."""
    errors, others = [], 0
    for seed in range(seeds):
        days, at = turned(seed, before, after, rho)
        found = changes(days)
        found = found[found["measure"] == "in_person_hours"]
        away = np.array([(day - days.index[at]).days for day in found["day"]], dtype=float)
        near = away[np.abs(away) <= NEAR]
        errors += [near[np.argmin(np.abs(near))]] if len(near) else []
        others += len(away) - bool(len(near))
    apart = np.abs(errors) if errors else np.array([np.nan])
    return {
        "hours": f"{before:g} -> {after:g}",
        "AR": rho,
        "found": len(errors) / seeds,
        "median days off": float(np.median(apart)),
        "90 % within": float(np.quantile(apart, 0.9)),
        "days late": float(np.mean(errors)) if errors else float("nan"),
        "others a life": others / seeds,
    }


def unturned(rho: float, seeds: int) -> Row:
    """How many changes a year are found in levels that never change, of both measures."""
    found = sum(
        len(changes(turned(seed, 1.0, 1.0, rho, 365)[0])["day"].unique()) for seed in range(seeds)
    )
    return {"AR": rho, "years": seeds, "a year": found / seeds}


def level(person: Person, rho: float, seeds: int) -> Row:
    """The index of a life that stays the same, every four weeks, beside that of its true means."""
    parts = components(Settings())
    means = person.truth()
    truth = float(scoring.score(np.array([means[name] for name in inputs.INPUTS]), parts)[0])
    ends = {str(n): smoothing.WINDOW * (n + 2) - 1 for n in range(WINDOWS)}
    found = []
    for seed in range(seeds):
        daily, unseen = lived(person, seed, smoothing.WINDOW * (WINDOWS + 1), rho)
        rng = np.random.default_rng(seed)
        found.append(index.load(daily, unseen, ends, parts, Settings().load.half_life, rng))
    indices = pd.concat(found).dropna(subset=["load"])
    held = (indices["low"] <= truth) & (truth <= indices["high"])
    return {
        "life": person.name,
        "AR": rho,
        "truth": truth,
        "bias": float(indices["load"].mean() - truth),
        "spread": float(indices["load"].std()),
        "width": float((indices["high"] - indices["low"]).mean()),
        "held": float(held.mean()),
    }


def around(expected: float, size: int, rng: np.random.Generator) -> np.ndarray:
    """True counts near that one: whole numbers favour some rates and fail others by a hair."""
    return expected * 1.5 ** rng.uniform(-1, 1, size)


def one_rate(expected: float, seeds: int) -> Row:
    """Jeffreys' interval over counts drawn from rates near one, and by hand at that very one."""
    rng = np.random.default_rng(1)
    truth = around(expected, seeds * COUNTS, rng)
    drawn = [rate(int(k), HOURS) for k in rng.poisson(truth)]
    low, middle, high = (
        HOURS * np.array([getattr(one, name) for one in drawn]) for name in ("low", "rate", "high")
    )
    every = range(int(expected + 12 * expected**0.5 + 12))
    holds = [one.low <= expected / HOURS <= one.high for one in (rate(k, HOURS) for k in every)]
    return {
        "events": expected,
        "bias": float(np.mean(middle - truth)),
        "too high": float(np.mean(middle > truth)),
        "held": float(np.mean((low <= truth) & (truth <= high))),
        "at this very rate": float(poisson.pmf(every, expected) @ np.array(holds)),
    }


def two_rates(first: float, second: float, seeds: int) -> Row:
    """The ratio's interval, and where its median lies."""
    rng = np.random.default_rng(2)
    truth = np.stack([around(one, seeds * COUNTS, rng) for one in (first, second)])
    drawn = [ratio(int(a), HOURS, int(b), HOURS) for a, b in rng.poisson(truth).T]
    known = truth[0] / truth[1]
    low, middle, high = (
        np.array([getattr(one, name) for one in drawn]) for name in ("low", "ratio_median", "high")
    )
    return {
        "events": f"{first:g} : {second:g}",
        "bias (factor)": float(np.exp(np.mean(np.log(middle / known)))),
        "too high": float(np.mean(middle > known)),
        "held": float(np.mean((low <= known) & (known <= high))),
    }


def effect(days: int, size: float, seeds: int, *, whole: bool = False) -> Row:
    """What is found of an effect of hours on energy; answers may be whole numbers only."""
    rng = np.random.default_rng(3)
    found = []
    for _ in range(seeds * ANSWERS):
        energy, online = answered(rng, days, size)
        found.append(lagged(np.round(energy) if whole else energy, online))
    return {
        "days": days,
        "answers": "whole" if whole else "exact",
        "effect": size,
        "paired": float(np.mean([one.n for one in found])),
        "bias": float(np.mean([one.coefficient for one in found])) - size,
        "told": float(np.mean([one.p < 0.05 for one in found])),
        "held": float(np.mean([one.low <= size <= one.high for one in found])),
    }


def tables(seeds: int) -> Iterator[tuple[str, list[Row]]]:
    """Each question and its rows, as they are ready."""
    rhos = (0.0, 0.3)
    asked = [turns(*turn, rho, seeds) for turn in TURNS for rho in rhos]
    yield "One change of hours in person in 200 days, a tenth of them unknown", asked
    yield "Changes found where nothing changes", [unturned(rho, seeds) for rho in rhos]
    lives = [level(person, rho, seeds) for person in PEOPLE for rho in rhos]
    yield "The index of a life that stays the same, a tenth of days unknown", lives
    yield "Rates", [one_rate(expected, seeds) for expected in EXPECTED]
    yield "Ratios of two rates", [two_rates(*pair, seeds) for pair in PAIRS]
    effects = [
        effect(days, size, seeds, whole=whole)
        for whole in (False, True)
        for days in (90, 180)
        for size in EFFECTS
    ]
    yield "Hours and energy, AR(.4) both, 15 % of days missing in either", effects


def shown(rows: list[Row]) -> str:
    """A table; where an interval should hold the truth, whether it does."""
    frame = pd.DataFrame(rows)
    if "held" in frame:
        low, high = TARGET
        within = frame["held"].between(low, high)
        frame["92-98 %"] = np.where(within, "yes", np.where(frame["held"] > high, "wider", "NO"))
    for name in frame.columns.intersection(
        ["found", "too high", "held", "at this very rate", "told"]
    ):
        frame[name] = frame[name].map("{:.1%}".format)
    return frame.to_string(index=False, float_format="{:.3g}".format)


def main(words: list[str] | None = None) -> None:
    """Print each table as it is ready."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--quick", action="store_true", help="a tenth of the seeds")
    arguments = parser.parse_args(words)
    seeds = max(2, arguments.seeds // 10) if arguments.quick else arguments.seeds
    print(f"{seeds} seeds")
    for title, rows in tables(seeds):
        print(f"\n{title}\n{shown(rows)}", flush=True)


if __name__ == "__main__":
    main()
