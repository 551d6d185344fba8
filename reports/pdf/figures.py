"""The report's figures: which chart of which frame, its caption with n, its words."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from reports import alternatives, gallery, wording
from reports.charts.people import reached

DAYS_AS_ROWS = 31
DAYS_IN_WEEKS = 731
DAYS_FOR_BALANCE = 14


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with its caption and its words; without a figure the caption says why."""

    figure: Figure | None
    caption: str
    alt: str = ""


def figures(
    days: pd.DataFrame,
    weeks: pd.DataFrame,
    months: pd.DataFrame,
    hours: pd.DataFrame,
    people: pd.DataFrame,
    quiet: tuple[int, int],
) -> dict[str, Shown | None]:
    """Every figure of the report by its place; None where the period is too short for it."""
    known = wording.covered(days)
    n = f"n = {known} recorded {'day' if known == 1 else 'days'} of {len(days)}."
    if not known:
        nothing = Shown(None, "No time at a screen was recorded in this period.")
        drawn: dict[str, Shown | None] = dict.fromkeys(("mirrored", "coverage"), nothing)
        drawn |= dict.fromkeys(("first", "actogram", "calendars"))
        return drawn | {"people": _people(people)}
    rows, each = _rows(days, weeks, months)
    return {
        "first": _balance(days, n),
        "mirrored": Shown(
            gallery.draw("mirrored", rows),
            f"{_hours(each)}; bars start at zero and share one scale. Hatched: not recorded."
            f"{_band(each)} {n}",
            alternatives.mirrored(rows),
        ),
        "actogram": Shown(
            gallery.draw("actogram", hours, quiet=quiet),
            "Minutes of each hour at the screen (blue) and with people (orange), local time."
            f"{' Each row is the mean of a week.' if len(days) > 400 else ''} {n}",  # noqa: PLR2004
            alternatives.actogram(hours, quiet),
        ),
        "calendars": Shown(
            gallery.draw("calendars", days),
            f"A square is a day; both sides use the same steps of hours. {n}",
            alternatives.calendars(days),
        )
        if len(days) > DAYS_FOR_BALANCE
        else None,
        "people": _people(people),
        "coverage": Shown(
            gallery.draw("coverage", days),
            "Hours recorded each day, the device being off or locked included."
            f"{_pale(days)} Hatched: nothing recorded. {n}",
            alternatives.coverage(days),
        ),
    }


def _hours(each: str) -> str:
    return "Hours, day by day" if each == "day by day" else f"Hours a day, {each}"


def _pale(days: pd.DataFrame) -> str:
    if not wording.partly(days):
        return ""
    return (
        " Pale, on hatching: less than 70 % of the usual waking hours; such a day is left out of"
        " every mean."
    )


def _rows(
    days: pd.DataFrame, weeks: pd.DataFrame, months: pd.DataFrame
) -> tuple[pd.DataFrame, str]:
    if len(days) <= DAYS_AS_ROWS:
        return days, "day by day"
    if len(days) <= DAYS_IN_WEEKS:
        return weeks, "the mean over the recorded days of each week, named by its Monday"
    return months, "the mean over the recorded days of each month"


def _band(each: str) -> str:
    if each == "day by day":
        return ""
    return (
        " The grey band is socialising and hosting in the United States, ages 15 and over:"
        " 39 to 47 minutes a day between 2003 and 2016."
    )


def _balance(days: pd.DataFrame, n: str) -> Shown:
    both = days[["online_hours", "in_person_hours"]].dropna()
    if len(both) < DAYS_FOR_BALANCE:
        return Shown(
            None,
            "The balance over time needs at least 14 days on which both sides are known;"
            f" here there {'is' if len(both) == 1 else 'are'} {wording.count(len(both), 'day')}.",
        )
    return Shown(
        gallery.draw("balance", days),
        "Balance: in person as a share of in person and online communication together, over 28"
        " days. The band holds 90 % of resampled weeks; the line breaks where fewer than 14 of"
        f" the 28 days are known. {n}",
        alternatives.balance(days),
    )


def _people(people: pd.DataFrame) -> Shown:
    met = people.loc[people["in_person_hours"].fillna(0) > 0] if len(people) else people
    if met.empty:
        return Shown(None, "No time with people has been logged in this period.")
    more = f" The first 15 of {len(met)}." if len(met) > 15 else ""  # noqa: PLR2004
    dashed = (
        " Dashed: about 50, 90 and 200 hours in all stood between strangers and a casual friend,"
        " a friend, a close friend (United States, Hall 2018)."
    )
    return Shown(
        gallery.draw("people", people),
        "Hours in person in this period, coloured by where the relationship began."
        f"{dashed if reached(met) else ''} n = {len(met)}.{more}",
        alternatives.people(people),
    )
