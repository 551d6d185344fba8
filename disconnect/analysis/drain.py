"""Whether it drains: hours and energy, and weights of one's own."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from disconnect.analysis.living import Living, living
from disconnect.analysis.load import components, smoothed_days
from disconnect.analysis.sums import EPOCH
from disconnect.clock import Clock
from disconnect.glossary import checked
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline import association, calibration
from disconnect.pipeline.load.inputs import INPUTS
from disconnect.settings import Settings


@dataclass(frozen=True)
class Drain:
    """The days with what was said of them, what goes together, and the weights of one's own.

    daily: index `day`; the hours that are asked about, `energy` and `drained` (0..10).
    """

    daily: pd.DataFrame
    associations: pd.DataFrame
    calibration: calibration.Calibration


def drain_of(home: Home, settings: Settings, period: Period, clock: Clock) -> Drain:
    """Gather it.

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    return drain_in(living(home, settings, period, clock), settings)


def drain_in(known: Living, settings: Settings, before: Living | None = None) -> Drain:
    """The same from what was lived; `before`: the same from four weeks earlier on, if known."""
    daily = daily_answers(known)
    found = checked(association.associations(daily), association.ASSOCIATIONS)
    smooth = smoothed_days(before or known, settings).reindex(daily.index)
    parts = components(settings)
    strains = np.stack(
        [
            part.strain(smooth[name].to_numpy(dtype=float))
            for name, part in zip(INPUTS, parts, strict=True)
        ],
        axis=1,
    )
    first, last = ((day.date() - EPOCH).days for day in (known.days.index[0], known.days.index[-1]))
    weekly = known.checkins[known.checkins["instrument"] == "cbi_personal"]
    weeks = int(weekly["day"].between(first, last).sum())
    tired = 100 - 10 * daily["energy"].to_numpy(dtype=float)
    return Drain(daily, found, calibration.calibrated(strains, tired, weeks))


def daily_answers(known: Living) -> pd.DataFrame:
    """Hours of each day beside what was said of it."""
    daily = known.days[["online_hours", "broadcast_hours", "in_person_hours"]].copy()
    daily["late_night_hours"] = known.rhythm["late_night_hours"].where(
        daily["online_hours"].notna()
    )
    said = known.checkins[known.checkins["instrument"] == "daily"]
    at = [EPOCH.toordinal() + int(day) for day in said["day"]]
    answers = {at: list(row) for at, row in zip(at, said["answers"], strict=True)}
    for place, name in enumerate(("energy", "drained")):
        values = [answers.get(day.toordinal(), [None, None])[place] for day in daily.index]
        daily[name] = np.array(
            [np.nan if value is None else value for value in values], dtype=float
        )
    return daily
