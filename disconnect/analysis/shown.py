"""The frames of charts that look at more than hours."""

import datetime as dt

import pandas as pd

from disconnect.analysis.living import living
from disconnect.analysis.load import load_days
from disconnect.analysis.sums import EPOCH
from disconnect.clock import Clock
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline.load import WINDOW
from disconnect.settings import Settings


def frame_of(
    needs: str, home: Home, settings: Settings, period: Period, clock: Clock
) -> pd.DataFrame:
    """The frame that a chart needs, by its name in the gallery.

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    first = max(EPOCH, period.first - dt.timedelta(days=WINDOW - 1))
    known = living(home, settings, Period(first, period.last), clock)
    return {"load": load_days}[needs](known, settings, period)
