"""What a report is made of."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from reports.pdf.questions import Questions
from reports.sentences.contrast import Totals


@dataclass(frozen=True, slots=True)
class ReportContent:
    """All a report says; frames as the analysis makes them, hours unknown are NaN.

    totals: The period in numbers. days: Where no day of the period is known well enough, all that
    was recorded. balance: The line over 28 days, as its chart wants it.
    """

    title: str
    period_first: dt.date
    period_last: dt.date
    made_on: dt.datetime
    made_up: bool
    totals: Totals
    days: pd.DataFrame
    weeks: pd.DataFrame
    months: pd.DataFrame
    years: pd.DataFrame
    balance: pd.DataFrame
    hours: pd.DataFrame
    people: pd.DataFrame
    top: pd.DataFrame
    quiet: tuple[int, int] = (22 * 60, 6 * 60)
    """The minutes of the day at which quiet hours begin and end."""
    asked: Questions | None = None
    """What is asked beyond hours; None: nothing."""
