"""The report's figures: which chart of which frame, its caption with n, its words."""

import pandas as pd

from reports import alternatives, gallery, wording
from reports.charts.people import reached
from reports.pdf.content import ReportContent
from reports.pdf.shown import Shown
from reports.weeks import first_name

DAYS_AS_ROWS = 31
DAYS_IN_WEEKS = 731
DAYS_FOR_BALANCE = 14


def figures(content: ReportContent) -> dict[str, Shown | None]:
    """Draw every figure of the report, by its place; None where the period is too short for it."""
    days, known = content.days, wording.covered(content.days)
    n = f"n = {wording.tally(known, 'recorded day')} of {len(days)}."
    if not known:
        nothing = Shown(None, "No time at a screen was recorded in this period.")
        drawn: dict[str, Shown | None] = dict.fromkeys(("first", "actogram"))
        drawn |= {"coverage": nothing, "people": _people(content.people)}
        if content.totals.in_person.days:  # as logged, with or without a computer
            return drawn | {"mirrored": _mirrored(content), "calendars": _calendars(days, n)}
        return drawn | {"mirrored": nothing, "calendars": None}
    return {
        "first": _balance(content.balance, content.totals.balance_days),
        "mirrored": _mirrored(content),
        "actogram": Shown(
            gallery.draw("actogram", content.hours, quiet=content.quiet),
            "Minutes of each hour at the screen (blue) and with people (orange), local time."
            f"{' Each row is the mean of a week.' if len(days) > 400 else ''} {n}",  # noqa: PLR2004
            alternatives.actogram(content.hours, content.quiet),
        ),
        "calendars": _calendars(days, n),
        "people": _people(content.people),
        "coverage": Shown(
            gallery.draw("coverage", days),
            "Hours recorded each day, the device being off or locked included."
            f"{_pale(days)} Hatched: nothing recorded. {n}",
            alternatives.coverage(days),
        ),
    }


def _mirrored(content: ReportContent) -> Shown:
    rows, each = _rows(content.days, content.weeks, content.months)
    online, company = wording.covered(content.days), content.totals.in_person.days
    n = wording.tally(online, "day") + f" online, {company} in person, of {len(content.days)}"
    return Shown(
        gallery.draw("mirrored", rows),
        f"{_hours(each)}; bars start at zero and share one scale. Hatched: unknown."
        f"{_band(each)} n = {n}.",
        alternatives.mirrored(rows),
    )


def _calendars(days: pd.DataFrame, n: str) -> Shown | None:
    if len(days) <= DAYS_FOR_BALANCE:
        return None
    return Shown(
        gallery.draw("calendars", days),
        f"A square is a day; both sides use the same steps of hours. {n}",
        alternatives.calendars(days),
    )


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
        known = "the mean over the days of each week on which they are known"
        return weeks, f"{known}, named by its {first_name()}"
    return months, "the mean over the days of each month on which they are known"


def _band(each: str) -> str:
    if each == "day by day":
        return ""
    return (
        " The grey band is socialising and hosting in the United States, ages 15 and over:"
        " 39 to 47 minutes a day between 2003 and 2016."
    )


def _balance(line: pd.DataFrame, known: int) -> Shown:
    if known < DAYS_FOR_BALANCE or not len(line) or line["balance"].isna().all():
        return Shown(
            None,
            "The balance over time needs at least 14 of 28 days on which both sides are known;"
            f" this period has {wording.count(known, 'such day')}.",
        )
    return Shown(
        gallery.draw("balance", line),
        "Balance: in person as a share of in person and online communication together, over 28"
        " days. The band holds 90 % of resampled weeks; the line breaks where fewer than 14 of"
        f" the 28 days are known on both sides. n = {wording.tally(known, 'such day')}.",
        alternatives.balance(line),
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
