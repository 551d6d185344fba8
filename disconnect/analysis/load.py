"""The Recovery-Load Index of a home, by day, week or month."""

import numpy as np
import pandas as pd

from disconnect.analysis.contrast import labels
from disconnect.analysis.encounters import touched
from disconnect.analysis.living import Living, living
from disconnect.analysis.sums import EPOCH
from disconnect.clock import Clock
from disconnect.glossary import checked
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline.load import index, inputs, scoring, smoothing
from disconnect.settings import Settings

COLUMNS = (
    "load", "low", "high", "covered_days", *inputs.INPUTS,
    *(f"{name}_contribution" for name in inputs.INPUTS),
    *(f"{name}_days" for name in inputs.RATES),
)  # fmt: skip
SEED = 20_260_101
"""The same data give the same interval."""


def load_of(home: Home, settings: Settings, period: Period, by: str, clock: Clock) -> pd.DataFrame:
    """The index at the end of each day, week, month or year.

    The four weeks before the period are read, too: the index looks back.

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    known = living(home, settings, period, clock, before=smoothing.WINDOW - 1)
    return load_in(known, settings, period, by)


def load_in(
    known: Living, settings: Settings, period: Period, by: str, step: int = 1
) -> pd.DataFrame:
    """The same from what was lived, which may begin before the period; each `step`th only."""
    days = known.days
    daily = _inputs(known, settings)
    stamps = days.index.to_numpy().astype("datetime64[D]").astype(np.int64)
    first = (period.first - EPOCH).days
    places = {
        str(name): place
        for place, (name, stamp) in enumerate(
            zip(labels(stamps, by, settings.week_starts), stamps, strict=True)
        )
        if stamp >= first and (stamps[-1] - stamp) % step == 0
    }
    found = index.load(
        daily,
        inputs.possible(days),
        places,
        components(settings),
        settings.load.half_life,
        np.random.default_rng(SEED),
    )
    return checked(found, COLUMNS)


def smoothed_days(known: Living, settings: Settings) -> pd.DataFrame:
    """The inputs of the index of every day, smoothed. Index `day`."""
    return smoothing.smoothed(_inputs(known, settings), settings.load.half_life)


def _inputs(known: Living, settings: Settings) -> pd.DataFrame:
    home = frozenset(place.lower() for place in settings.load.home)
    met = touched(known.encounters, settings.day_starts_hour)
    return inputs.inputs(known.days, known.rhythm, met, home=home)


def load_days(known: Living, settings: Settings, period: Period) -> pd.DataFrame:
    """The index day by day for a chart; of more than two years, week by week. Index `day`."""
    step = 1 if period.days <= _BY_DAY else 7
    daily = load_in(known, settings, period, "day", step)
    daily.index = pd.DatetimeIndex(daily.index, name="day")
    return daily


_BY_DAY = 731


def components(settings: Settings) -> list[scoring.Component]:
    """The components of the index as the person has set them."""
    ramps = {name: getattr(settings.load, name) for name in inputs.INPUTS}
    return [
        scoring.Component(name, ramp.weight, ramp.low, ramp.high) for name, ramp in ramps.items()
    ]
