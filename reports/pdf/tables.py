"""The report's tables and fixed words, as plain data for the typesetting."""

import math
from typing import Any

import pandas as pd

from reports import wording
from reports.charts.mirrored import a_day
from reports.references import Reference, mean_of
from reports.sentences.contrast import Amount, Totals
from reports.theme import CHANNEL_WORDS, CHANNELS, LIGHT

_ONLINE = ("broadcast", "email", "message", "call")
MOST_PEOPLE = 20
MOST_TOP = 15
MOST_GAPS = 8
LONG = 10
"""Hours from which on minutes are not worth saying in a list."""

SCALE_NOTE = (
    "Means of other people, measured in other ways: a scale, not a target. On any one day most of"
    " them do not socialise."
)
MONTHS_NOTE = (
    "Hours a day: online over recorded days, in person over the days of a kept log. Balance: in"
    " person as a share of in person and online communication, over the days on which both are"
    " known. A dash is unknown, not zero."
)
_COUNTING = (
    "Every instant counts once. What was in front of you counts while you were there; a running"
    " call counts while nobody types. Across devices an instant goes to the first of call,"
    " message, e-mail, feeds, other. Time in person is what was logged."
)
_UNKNOWN = (
    "Time is recorded, or known to be off, or unknown. Unknown time is hatched and left out:"
    " hours a day are the mean over the days on which they are known, and a balance is of days on"
    " which both sides are. A day on which less than 70 % of the usual waking hours was recorded"
    " counts as unknown; so does time in person once nothing has been logged for longer than your"
    " usual pause."
)
_LIMITS = (
    "Nothing here is a diagnosis, and nothing shows what causes what. Hours do not measure how"
    " good a relationship is. Large trials found moderately weak ties made online useful for"
    " finding work (Rajkumar and others 2022), and in one large diary study phone calls were"
    " rated above meetings (Fernandez 2025). In another sample people felt more connected after"
    " a meeting than after a video call or a text, but no better supported. Over 226 studies social"
    " media and well-being hardly went together at all (Hancock and others 2022); four weeks"
    " without Facebook freed an hour a day and raised well-being (Allcott and others 2020)."
)
METHOD = [_COUNTING, _UNKNOWN, _LIMITS]


def scale() -> dict[str, Any]:
    """Other people's means, each with whom, when and where from."""
    rows = []
    for name in ("socialising", "friends_in_person", "social_media"):
        found = mean_of(name)
        what, _, whom = found.label.partition(", ")
        rows.append([what.capitalize(), _range(found), whom, found.source])
    head = ["What", "How much", "Whom and when", "Source"]
    return {"head": head, "rows": rows, "aligns": ["l", "l", "l", "l"], "none": ""}


def _range(found: Reference) -> str:
    low, high = (round(60 * value) for value in (found.low, found.high))
    if low == high:
        return f"{wording.hours(found.low)} a day"
    return f"{low}–{high} min a day"


def numbers(found: Totals, people: pd.DataFrame) -> list[dict[str, str]]:
    """Return the five numbers of the first page: `value`, `words`, and on how many days it stands.

    That is `days`, empty where the period is one day or nothing is known.
    """
    met = int((people["in_person_hours"].fillna(0) > 0).sum()) if len(people) else 0
    last = {"value": f"{found.recorded_days} of {found.days}", "words": "days recorded"}
    if not math.isnan(found.met_ago):
        many = "day" if found.met_ago == 1 else "days"
        last = {"value": f"{found.met_ago:.0f}", "words": f"{many} since your last meeting"}
    share = {
        "value": "–" if math.isnan(found.balance) else wording.part(found.balance),
        "words": "of social time in person",
        "days": _on_days(found, found.balance_days),
    }
    return [
        _online_number(found),
        _a_day(found, found.in_person, "in person"),
        share,
        {
            "value": str(met) if found.in_person.days or met else "–",
            "words": "person met" if met == 1 else "people met",
        },
        last,
    ]


def _online_number(found: Totals) -> dict[str, str]:
    if found.recorded_days or math.isnan(found.so_far):
        return _a_day(found, found.online, "online communication")
    since = f" since {found.since:%H:%M}" if found.since else " so far"
    return {"value": wording.hours(found.so_far), "words": f"online communication{since}"}


def _a_day(found: Totals, amount: Amount, what: str) -> dict[str, str]:
    words = f"{what} a day" if found.days > 1 else what
    return {
        "value": _number(amount.a_day),
        "words": words,
        "days": _on_days(found, amount.days),
    }


def _on_days(found: Totals, days: int) -> str:
    return f"on {wording.tally(days, 'day')}" if days and found.days > 1 else ""


def months(months: pd.DataFrame, years: pd.DataFrame) -> dict[str, Any]:
    """Return hours a day by month; by year when there are more than three years of months.

    Args:
        months: Index `2026-10`; hours in all, `covered_days` and `logged_days`, `balance` and
            `balance_days`, `encounters`.
        years: The same by year.
    """
    by_year = len(months) > 36  # noqa: PLR2004 - three years fit a page
    shown = years if by_year else months
    told = [
        (shown["covered_days"], "{:.0f}"),
        *((a_day(shown)[f"{name}_hours"], "{:.2f}") for name in ("online", "broadcast")),
        (shown["logged_days"], "{:.0f}"),
        (a_day(shown)["in_person_hours"], "{:.2f}"),
        (shown["balance"], "{:.0%}"),
        (shown["balance_days"], "{:.0f}"),
        (shown["encounters"], "{:.0f}"),
    ]
    cells = [[_dash(float(value), form) for value in column] for column, form in told]
    rows = [
        [wording.month(str(label)), *row] for label, *row in zip(shown.index, *cells, strict=True)
    ]
    head = [
        "Year" if by_year else "Month",
        "Recorded days",
        "Online",
        "of it feeds",
        "Logged days",
        "In person",
        "Balance",
        "on days",
        "Encounters",
    ]
    title = "Year by year" if by_year else "Month by month"
    aligns = ["l", *"rrrrrrrr"]
    return {"title": title, "head": head, "rows": rows, "aligns": aligns, "none": ""}


def channels(found: Totals) -> dict[str, Any]:
    """Return hours by channel in all, a day, and as a share of social time where both are known."""
    alone = found.days == 1
    rows = [
        [
            CHANNEL_WORDS[name].capitalize(),
            *_amounts(found.channels[name], alone=alone),
            _dash(found.shares[name], "{:.0%}"),
        ]
        for name in (*_ONLINE, "in_person")
    ]
    rows.append(["Online while with someone", *_amounts(found.divided, alone=alone), ""])
    head = ["Channel", "In all", *([] if alone else ["A day", "Days"]), "Of social time"]
    return {"head": head, "rows": rows, "aligns": ["l", *"rrrr"][: len(head)], "none": ""}


def _amounts(amount: Amount, *, alone: bool) -> list[str]:
    means = [] if alone else [_number(amount.a_day), f"{amount.days}" if amount.days else "–"]
    return [_number(amount.total), *means]


def people(people: pd.DataFrame) -> dict[str, Any]:
    """Who, how long, how often, last met; hours online where any were logged with a name."""
    shown = people.head(MOST_PEOPLE)
    columns = [("Hours in person", "in_person_hours", "{:.1f}")]
    if (people["online_hours"].fillna(0) > 0).any():
        columns.append(("Logged online", "online_hours", "{:.1f}"))
    columns += [
        ("Encounters", "encounters", "{:.0f}"),
        ("By chance", "chance_encounters", "{:.0f}"),
    ]
    rows = [
        [
            str(row["name"]),
            *(_dash(row[column], form) for _, column, form in columns),
            "–" if pd.isna(row["last_met"]) else _date(pd.Timestamp(row["last_met"])),
        ]
        for _, row in shown.iterrows()
    ]
    head = ["Name", *(words for words, _, _ in columns), "Last met"]
    return {"head": head, "rows": rows, "aligns": ["l", *"r" * (len(head) - 1)], "none": ""}


def _date(day: pd.Timestamp) -> str:
    return f"{day.day} {wording.MONTHS[day.month - 1][:3]} {day.year}"


def top(top: pd.DataFrame) -> list[dict[str, Any]]:
    """Sites and apps by hours, with bars in their channel's colour."""
    shown = top.dropna(subset=["hours"]).nlargest(MOST_TOP, "hours")
    shown = shown.loc[shown["hours"] > 0]
    most = float(shown["hours"].max()) if len(shown) else 1.0
    return [
        {
            "name": _short(str(row["name"])),
            "category": str(row["category"]),
            "channel": CHANNEL_WORDS.get(str(row["channel"]), "other"),
            "colour": LIGHT.channel(str(row["channel"]))
            if row["channel"] in CHANNELS
            else LIGHT.other,
            "share": 100 * float(row["hours"]) / most,
            "hours": f"{row['hours']:.1f} h" if most >= LONG else wording.hours(row["hours"]),
        }
        for _, row in shown.iterrows()
    ]


def gaps(days: pd.DataFrame) -> dict[str, Any]:
    """Runs of days without any record, the longest first."""
    blank = days["covered_hours"].fillna(0) <= 0
    run = (blank != blank.shift()).cumsum()[blank]
    found = [(group.index[0], group.index[-1], len(group)) for _, group in run.groupby(run)]
    longest = sorted(found, key=lambda gap: (-gap[2], gap[0]))
    rows = [[wording.span(first, last), str(length)] for first, last, length in longest[:MOST_GAPS]]
    if rest := longest[MOST_GAPS:]:
        rows.append([f"and {len(rest)} more", str(sum(length for _, _, length in rest))])
    return {
        "head": ["Not recorded", "Days"],
        "rows": rows,
        "aligns": ["l", "r"],
        "none": "No day of this period is without a record.",
    }


def _number(value: float) -> str:
    return "–" if math.isnan(value) else wording.hours(value)


def _dash(value: float, form: str) -> str:
    if math.isnan(value):
        return "–"
    return form.format(value).replace("%", " %")


def _short(name: str) -> str:
    return name if len(name) <= 32 else f"{name[:31]}…"  # noqa: PLR2004 - the column's room
