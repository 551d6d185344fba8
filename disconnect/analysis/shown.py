"""The frames of charts that look at more than hours."""

import pandas as pd

from disconnect.analysis.drain import daily_answers
from disconnect.analysis.living import Living, living
from disconnect.analysis.load import load_days
from disconnect.analysis.people import funnel_of, grown_of
from disconnect.analysis.returns import returns_in
from disconnect.analysis.withdrawal import Withdrawal, withdrawal_in
from disconnect.clock import Clock
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.pipeline.load.smoothing import WINDOW
from disconnect.settings import Settings


def frame_of(
    needs: str, home: Home, settings: Settings, period: Period, clock: Clock
) -> pd.DataFrame:
    """The frame that a chart needs, by its name in the gallery.

    Raises:
        NothingThereError: Nothing is known of the period.
    """
    if needs == "ties":
        return grown_of(home, settings, period)
    if needs == "funnel":
        return funnel_of(home, settings, period)
    if needs == "returns":
        return returns_in(living(home, settings, period, clock), "channel")
    known = living(home, settings, period, clock, before=WINDOW - 1)
    if needs == "load":
        return load_days(known, settings, period)
    if needs == "energy":
        daily = daily_answers(known)
        return daily[daily.index >= pd.Timestamp(period.first)]
    return since_met(known, settings, period)


def since_met(known: Living, settings: Settings, period: Period) -> pd.DataFrame:
    """Days since anybody was met, and the watch, as rows: `kind`, `day`, `measure`, `value`."""
    return since_met_of(known, withdrawal_in(known, settings, period), period)


def since_met_of(known: Living, found: Withdrawal, period: Period) -> pd.DataFrame:
    """The same of a withdrawal that has been worked out."""
    day = known.days.index
    since = known.days["days_since_met"].where(known.days["in_person_hours"].notna())
    days = pd.DataFrame({"day": day, "value": since.to_numpy()}).assign(kind="day", measure="")
    watch = found.watch.rename(columns={"week": "day", "cusum": "value"}).assign(kind="watch")
    both = [frame[["kind", "day", "measure", "value"]] for frame in (days, watch) if len(frame)]
    rows = pd.concat(both, ignore_index=True)
    return rows[rows["day"] >= pd.Timestamp(period.first)].reset_index(drop=True)
