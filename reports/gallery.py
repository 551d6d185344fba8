"""Every chart by its name: what it shows, and which frame it draws."""

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from reports.charts.actogram import actogram
from reports.charts.balance import balance
from reports.charts.calendars import calendars
from reports.charts.coverage import coverage
from reports.charts.energy import energy
from reports.charts.experiment import experiment
from reports.charts.funnel import funnel
from reports.charts.load import load
from reports.charts.mirrored import mirrored
from reports.charts.people import people
from reports.charts.returns import returns
from reports.charts.ties import ties
from reports.charts.withdrawal import withdrawal
from reports.theme import LIGHT, drawing


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its name, one line about it, the frame it needs, and how it is drawn."""

    name: str
    line: str
    needs: str
    """`periods`, `days`, `balance`, `hours`, `people`, or one of what is lived (`load`, `ties`, …)."""
    draw: Callable[..., Figure]


_ALL = (
    Chart("mirrored", "Hours online to the left, with people to the right.", "periods", mirrored),
    Chart("balance", "The share of social time in person, over 28 days.", "balance", balance),
    Chart("calendars", "Two calendars: hours online, hours with people.", "days", calendars),
    Chart("actogram", "The rhythm of the day: hour by hour, day by day.", "hours", actogram),
    Chart("people", "Hours in person, person by person.", "people", people),
    Chart("ties", "How the hours with each person added up.", "ties", ties),
    Chart("funnel", "From those who could be reached to those who helped.", "funnel", funnel),
    Chart("returns", "Opportunities per 100 hours, channel by channel.", "returns", returns),
    Chart("load", "The Recovery-Load Index, and what it is made of.", "load", load),
    Chart("withdrawal", "Days since anybody was met, and a watch.", "withdrawal", withdrawal),
    Chart("energy", "Energy as told, and beside the hours online before.", "energy", energy),
    Chart("coverage", "How much of each day was recorded.", "days", coverage),
    Chart(
        "experiment", "An experiment's days, beside what chance makes.", "experiment", experiment
    ),
)
CHARTS: dict[str, Chart] = {chart.name: chart for chart in _ALL}
FORMATS = ("svg", "png", "pdf")


def drawn(figure: Figure, form: str) -> bytes:
    """A figure as the bytes of an SVG (its text stays text), PNG or PDF; no date in it."""
    dates: dict[str, dict[str, None]] = {
        "svg": {"Date": None},
        "pdf": {"CreationDate": None},
        "png": {},
    }
    buffer = io.BytesIO()
    with (
        warnings.catch_warnings(),
        drawing(LIGHT),
    ):  # only for how text is written; colours were set when it was drawn
        # A name in a script our type lacks: whoever shows the file brings the letters.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.savefig(
            buffer, format=form, metadata=dates[form], dpi=200, facecolor=figure.get_facecolor()
        )
    return buffer.getvalue()


def draw(name: str, frame: pd.DataFrame, **options: object) -> Figure:
    """Draw the chart of this name."""
    return CHARTS[name].draw(frame, **options)
