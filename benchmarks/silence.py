"""Whether a silent diary is told from a quiet life, where the truth is known.

    python -m benchmarks.silence [--seeds 200]

Days with company are drawn with a probability; an entry is written on each of them, while the diary
is kept. "Unknown" are days that are called so.
"""

import argparse
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from disconnect.pipeline.diary import diary

Ints = npt.NDArray[np.int64]
MEETS = (0.7, 0.5, 0.3, 0.15)
"""Share of days with company."""
KEPT, AFTER = 140, 84
"""Days for which the diary is kept, and those after."""
GAP = 42
LOOKS = range(70, 365, 7)
Row = dict[str, Any]


def company(seed: int, meets: float, days: int) -> Ints:
    """The days with company."""
    return np.flatnonzero(np.random.default_rng(seed).random(days) < meets)


def stopped(seed: int, meets: float) -> float:
    """Share of the days after the last entry of a diary that ended that are called unknown."""
    found = diary(company(seed, meets, KEPT), KEPT + AFTER - 1)
    return float((~found.kept(int(found.entries[-1]) + 1, found.today)).mean())


def paused(seed: int, meets: float) -> float:
    """Share of the days of a silence of six weeks, after which the diary goes on."""
    entries = company(seed, meets, 2 * KEPT + GAP)
    kept = entries[(entries < KEPT) | (entries >= KEPT + GAP)]
    found = diary(kept, 2 * KEPT + GAP - 1)
    return float((~found.kept(KEPT, KEPT + GAP - 1)).mean())


def kept(seed: int, meets: float) -> tuple[float, float]:
    """Of a year's kept diary: days unknown at its end, and weekly looks that ask for entries."""
    entries = company(seed, meets, 365)
    whole = diary(entries, 364)
    asked = [diary(entries, day).lapsed for day in LOOKS]
    return float((~whole.kept(int(entries[0]), 364)).mean()), float(np.mean(asked))


def halved(seed: int, meets: float) -> float:
    """Days unknown of the four weeks in which a life that is logged has half the company."""
    rng = np.random.default_rng(seed)
    entries = company(seed, meets, KEPT + 28)
    fewer = (entries < KEPT) | (rng.random(len(entries)) < 0.5)
    found = diary(entries[fewer], KEPT + 27)
    return float((~found.kept(KEPT, KEPT + 27)).mean())


def rows(seeds: int) -> Iterator[Row]:
    """Means over seeds, for each share of days with company."""
    for meets in MEETS:
        year = np.array([kept(seed, meets) for seed in range(seeds)])
        yield {
            "company on": f"{meets:.0%} of days",
            "after the last entry": np.mean([stopped(seed, meets) for seed in range(seeds)]),
            "silent six weeks": np.mean([paused(seed, meets) for seed in range(seeds)]),
            "kept for a year": year[:, 0].mean(),
            "half the company": np.mean([halved(seed, meets) for seed in range(seeds)]),
            "asked for nothing": year[:, 1].mean(),
        }


def main(words: list[str] | None = None) -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200)
    seeds = parser.parse_args(words).seeds
    table = pd.DataFrame(list(rows(seeds)))
    print(f"{seeds} seeds; share of days called unknown, and of weekly looks")
    print(table.to_string(index=False, float_format="{:.1%}".format))


if __name__ == "__main__":
    main()
