"""Whether an hour is suggested that does a person good: `python -m benchmarks.suggested`.

Messages fill one hour each evening, feeds another in the morning; energy is higher on days with
more messages, by so much, and does not depend on feeds. To give up the messages is then against
the truth; the data of so many days do not always show it.
"""

import argparse

import numpy as np
import pandas as pd

from benchmarks.known_lives import carried
from disconnect.pipeline import suggestions

EVENING, MORNING = 20, 8


def life(seed: int, days: int, effect: float) -> tuple[pd.DataFrame, pd.Series]:
    """Return hours by day and hour, and energy, of somebody whose messages do them good.

    Args:
        seed: The same seed is the same life.
        days: How many.
        effect: What energy differs by between the half of days with more messages and the other.
    """
    rng = np.random.default_rng(seed)
    dates = pd.date_range("2026-03-02", periods=days)
    frame = pd.DataFrame({"day": np.repeat(dates, 24), "hour": np.tile(np.arange(24), days)})
    for name in ("broadcast", "message", "email", "in_person"):
        frame[f"{name}_hours"] = 0.0
    messages = rng.uniform(0.2, 1.0, days)
    frame.loc[frame["hour"] == EVENING, "message_hours"] = messages
    frame.loc[frame["hour"] == MORNING, "message_hours"] = rng.uniform(0.2, 0.9, days)
    energy = 6 + effect * (messages > np.median(messages)) + 1.5 * carried(rng, days, 0.4)
    return frame, pd.Series(np.round(np.clip(energy, 0, 10)), index=dates)


def named(seeds: int, days: int, effect: float) -> tuple[float, float]:
    """Return per cent of lives in which the good hour is suggested, and in which any hour is."""
    found = [suggestions.hour(*life(seed, days, effect)) for seed in range(seeds)]
    good = [one is not None and one.hour == EVENING for one in found]
    return 100 * float(np.mean(good)), 100 * float(np.mean([one is not None for one in found]))


def main(words: list[str] | None = None) -> None:
    """Print how often the hour that does good is suggested."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200)
    asked = parser.parse_args(words)
    for days in (30, 60, 120):
        for effect in (0.5, 1.0):
            good, some = named(asked.seeds, days, effect)
            print(
                f"{days} days, energy {effect:+.1f} with more messages at {EVENING}:00: that hour"
                f" is suggested in {good:.1f} % of {asked.seeds} lives, some hour in {some:.1f} %"
            )


if __name__ == "__main__":
    main()
