"""What is told of lives of which it is known whether they changed: rates, dates and intervals.

    python -m benchmarks.known_changes [--seeds 200] [--only changes|watch|weights|excursions]

Days resemble the day before by rho. Two kinds of lives: in `apart` days with people and their
length come and go by themselves, in `together` a day with people is long when those around it are.
Every life has 52 weeks; where it changes, it does so in week 21.
"""

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtr

from benchmarks.known_lives import carried, hours, unknown
from disconnect.pipeline.calibration import calibrated
from disconnect.pipeline.withdrawal.turning import changes
from disconnect.pipeline.withdrawal.watching import watch

Floats = npt.NDArray[np.float64]
DAYS, TURN, NEAR = 364, 140, 28
RHOS = (0.0, 0.3, 0.5)
INDEX = pd.date_range("2026-01-05", periods=DAYS, name="day")
LENGTH, SPREAD = 1.5, 0.6
"""Geometric mean of the hours of a day with people [h], and the spread of their logarithm."""
ONLINE = 6.0
Row = dict[str, Any]


def life(
    seed: int, rho: float, change: str = "", *, share: float = 0.6, kind: str = "apart",
    missing: float = 0.0,
) -> pd.DataFrame:  # fmt: skip
    """A year of days; `change`: nothing, `fewer`, `shorter` or `both` from the turn on."""
    rng = np.random.default_rng(seed)
    if kind == "apart":
        there = ndtr(carried(rng, DAYS, rho)) < share
        met = np.where(there, LENGTH * np.exp(SPREAD * carried(rng, DAYS, rho)), 0.0)
    else:
        met = hours(carried(rng, DAYS, rho), share * LENGTH * np.exp(SPREAD**2 / 2), 1 - share)
    online = hours(carried(rng, DAYS, rho), ONLINE)
    after = np.arange(DAYS) >= TURN
    if change in ("fewer", "both"):
        met[after & (rng.random(DAYS) < 0.5)] = 0.0
    if change in ("shorter", "both"):
        met[after] /= 2
    if missing:
        met[unknown(rng, DAYS, missing)] = np.nan
        online[unknown(rng, DAYS, missing)] = np.nan
    return pd.DataFrame({"in_person_hours": met, "online_hours": online}, INDEX)


def told_near(days: pd.DataFrame) -> bool:
    """True if a change of time with people is told within four weeks of the true one."""
    found = changes(days)
    days_found = found.loc[found["measure"] == "in_person_hours", "day"]
    return any(abs((day - INDEX[TURN]).days) <= NEAR for day in days_found)


def told_at_any_look(days: pd.DataFrame) -> bool:
    """True if the question, asked every second week of the year, is ever answered by a change."""
    return any(len(changes(days.iloc[: 7 * weeks])) for weeks in range(2, 53, 2))


def rate(of: Callable[[int], bool], seeds: int) -> float:
    return float(np.mean([of(seed) for seed in range(seeds)]))


def change_rates(seeds: int) -> Iterator[Row]:
    """Changes told where there are none, at one look and at 26, and where there is one."""
    for kind, share, missing in (
        ("apart", 0.6, 0.0), ("apart", 0.6, 0.15), ("together", 0.7, 0.0), ("apart", 0.12, 0.0),
    ):  # fmt: skip
        for rho in RHOS:
            how: dict[str, Any] = {"share": share, "kind": kind, "missing": missing}

            def lived(
                seed: int, change: str = "", rho: float = rho, how: Any = how
            ) -> pd.DataFrame:
                return life(seed, rho, change, **how)

            yield {
                "lives": kind, "days with people": share, "unknown": missing, "rho": rho,
                "false, one look": rate(lambda seed: len(changes(lived(seed))) > 0, seeds),
                "false, 26 looks": rate(lambda seed: told_at_any_look(lived(seed)), seeds),
                "half as many": rate(lambda seed: told_near(lived(seed, "fewer")), seeds),
                "half as long": rate(lambda seed: told_near(lived(seed, "shorter")), seeds),
            }  # fmt: skip


def intervals(seeds: int) -> Iterator[Row]:
    """How often the intervals of a told change hold its week and both levels."""
    for change, part in (("fewer", "met_days_per_week"), ("shorter", "hours_per_met_day")):
        before = 7 * 0.6 if change == "fewer" else LENGTH
        mean = 0.6 * LENGTH * np.exp(SPREAD**2 / 2)
        truth = {part: (before, before / 2), "in_person_hours": (mean, mean / 2)}
        for rho in RHOS:
            held: dict[str, list[bool]] = {"week": []}
            widths = []
            for seed in range(seeds):
                found = changes(life(seed, rho, change))
                for row in found[found["measure"].isin(truth)].itertuples():
                    if abs((row.day - INDEX[TURN]).days) > NEAR:
                        continue
                    old, new = truth[str(row.measure)]
                    name = "" if row.measure == "in_person_hours" else ", part"
                    held.setdefault(f"before{name}", []).append(
                        row.before_low <= old <= row.before_high
                    )
                    held.setdefault(f"after{name}", []).append(
                        row.after_low <= new <= row.after_high
                    )
                    if name:
                        held["week"].append(row.earliest <= INDEX[TURN] <= row.latest)
                        widths.append((row.latest - row.earliest).days / 7)
            yield (
                {"change": change, "rho": rho}
                | {name: float(np.mean(cases)) for name, cases in held.items()}
                | {"weeks wide": float(np.median(widths))}
            )


def excursion_rates(seeds: int) -> Iterator[Row]:
    """Changes told, at one look and at 26, in lives that never change but for one excursion."""
    kinds: dict[str, Callable[[pd.DataFrame, int], None]] = {
        "12 full days of holiday": lambda days, at: _set(days, "in_person_hours", at, 12, 8.0),
        "18 days ill and alone": lambda days, at: _set(days, "in_person_hours", at, 18, 0.0),
        "14 days of 15 h online": lambda days, at: _set(days, "online_hours", at, 14, 15.0),
    }
    for name, happens in kinds.items():
        for rho in (0.0, 0.5):

            def lived(seed: int, rho: float = rho, happens: Any = happens) -> pd.DataFrame:
                days = life(seed, rho)
                happens(days, int(np.random.default_rng(seed).integers(0, DAYS - 12)))
                return days

            yield {
                "excursion": name,
                "rho": rho,
                "one look": rate(lambda seed: len(changes(lived(seed))) > 0, seeds),
                "26 looks": rate(lambda seed: told_at_any_look(lived(seed)), seeds),
            }


def _set(days: pd.DataFrame, column: str, at: int, length: int, value: float) -> None:
    days.iloc[at : at + length, days.columns.get_loc(column)] = value


def watch_rates(seeds: int) -> Iterator[Row]:
    """Years in which the watch speaks up without a cause, and within ten weeks of one."""

    ten = slice(TURN // 7, TURN // 7 + 10)
    for kind, share in (("apart", 0.6), ("apart", 0.5), ("together", 0.7)):
        for rho in RHOS:

            def quiet(seed: int, rho: float = rho, share: float = share, kind: str = kind) -> bool:
                return not alarms(life(seed, rho, share=share, kind=kind))

            def seen(
                seed: int, change: str, how: tuple[float, float, str] = (rho, share, kind)
            ) -> bool:
                days = life(seed, how[0], change, share=how[1], kind=how[2])
                return alarms(days, "in_person_hours", ten)

            yield {
                "lives": kind,
                "days with people": share,
                "rho": rho,
                "false": 1 - rate(quiet, seeds),
                "fewer": rate(partial(seen, change="fewer"), seeds),
                "both": rate(partial(seen, change="both"), seeds),
            }


def alarms(days: pd.DataFrame, measure: str = "", weeks: slice = slice(None)) -> bool:
    """True if the watch of a measure, or of any, speaks up in one of the weeks."""
    parts = [
        part for name, part in watch(days).groupby("measure") if not measure or name == measure
    ]
    return any(bool((part["alarm"].to_numpy()[weeks] > 0).any()) for part in parts)


def answered(seed: int, rho: float, kind: str) -> tuple[Floats, Floats]:
    """Strains of eleven components and tiredness, for a year.

    `season`: both have a yearly wave of half their variance; `smooth`: components are means of the
    days before, of half-life 7; `effect`: three components make 10 % of tiredness' variance.
    """
    rng = np.random.default_rng(seed)
    size = DAYS + 1
    parts = np.stack([carried(rng, size + 27, rho) for _ in range(11)], axis=1)
    if "smooth" in kind:
        decay = 0.5 ** (np.arange(28) / 7)
        parts = np.stack([np.convolve(part, decay, "valid") for part in parts.T], axis=1)
    parts = parts[-size:] / parts[-size:].std(axis=0)
    tired = carried(rng, size, rho)
    if "season" in kind:
        wave = 2**0.5 * np.sin(2 * np.pi * (np.arange(size) / 365 + rng.random()))
        parts = parts + wave[:, None] * rng.choice([-1, 1], 11)
        tired = tired + wave
    if "effect" in kind:
        tired = tired + (0.1 / 0.9) ** 0.5 * parts[:, :3].sum(axis=1) / 3**0.5
    return 0.5 + 0.1 * parts, 50 + 10 * tired


def weight_rates(seeds: int) -> Iterator[Row]:
    """How often weights of one's own are told."""
    for kind, rhos in (
        ("nothing", (0.0, 0.3, 0.5, 0.6)),
        ("season", (0.0, 0.3, 0.5, 0.6)),
        ("smooth, season", (0.0, 0.3, 0.5, 0.6)),
        ("effect", RHOS),
        ("smooth, effect", RHOS),
    ):
        yield {"lives": kind} | {
            f"rho {rho:g}": rate(
                lambda seed, rho=rho, kind=kind: (
                    calibrated(*answered(seed, rho, kind), 52).supported
                ),  # type: ignore[misc]
                seeds,
            )
            for rho in rhos
        }


TABLES: dict[str, tuple[tuple[str, Callable[[int], Iterator[Row]]], ...]] = {
    "changes": (
        ("Changes told in 52 weeks", change_rates),
        ("Intervals of told changes that hold the truth", intervals),
    ),
    "excursions": (("Changes told in lives with nothing but an excursion", excursion_rates),),
    "watch": (("Years in which the watch speaks up", watch_rates),),
    "weights": (("Lives told weights of their own", weight_rates),),
}


def main(words: list[str] | None = None) -> None:
    """Print each table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--only", choices=TABLES)
    arguments = parser.parse_args(words)
    for name, tables in TABLES.items():
        for title, rows in tables if arguments.only in (None, name) else ():
            frame = pd.DataFrame(list(rows(arguments.seeds)))
            print(f"\n{title}, {arguments.seeds} seeds\n")
            print(frame.to_string(index=False, float_format="{:.3g}".format), flush=True)


if __name__ == "__main__":
    main()
