"""What came per 100 hours, in sentences that claim no more than their intervals."""

import math
from typing import Any

import pandas as pd

from reports import wording

FEW_EVENTS = 8
"""Fewer events than this with hours beside them are an impression, whatever the interval says."""
NO_CAUSE = "This says what came and beside how many hours, not what those hours caused."
_WHAT = {
    "opportunities": ("opportunity", "opportunities", "came"),
    "support": ("time of support", "times of support", "was received"),
}
_NONE = {"opportunities": "opportunities came", "support": "support was received"}
_OF = {
    ("channel", "in_person"): ("in person", "in person"),
    ("channel", "call"): ("of calls", "by call"),
    ("channel", "message"): ("of messages", "by message"),
    ("channel", "email"): ("of e-mail", "by e-mail"),
    ("channel", "broadcast"): ("of feeds and posts", "through feeds and posts"),
    ("origin", "in_person"): ("in person", "of relationships that began in person"),
    ("origin", "online"): ("online", "of relationships that began online"),
    ("began", "chance"): ("with people met by chance", "of people met by chance"),
    ("began", "otherwise"): ("with others", "of others"),
}
_SIDES = {
    "channel": ("An hour in person", "an hour online"),
    "origin": ("An hour in person", "an hour online"),
    "began": ("An hour with people met by chance", "an hour with others"),
}
_MEASURED = {
    ("channel", "opportunities"): "Counted by the channel an offer arrived through.",
    ("origin", "opportunities"): (
        "Counted by where the relationship began, against the hours in that world; with whom an"
        " hour online was spent is mostly not known."
    ),
    ("channel", "support"): "Against the hours that were logged with it, not all that were seen.",
    ("origin", "support"): "Against the hours logged with these people.",
    ("person", "opportunities"): "Against the hours logged with each; messages are seldom logged.",
    ("person", "support"): "Against the hours logged with each; messages are seldom logged.",
    ("began", "opportunities"): "Against the hours logged with these people.",
    ("began", "support"): "Against the hours logged with these people.",
}


def lines(returns: pd.DataFrame, what: str = "opportunities") -> list[str]:
    """What came, row by row, how the sides compare, and what is not in it.

    Args:
        returns: Index named `channel`, `origin`, `began` or `person` (None: not said); `events`,
            `left_out`, `hours` [h], `rate_per_100h`, `low`, `high`, `ratio`, `ratio_low`,
            `ratio_high`, `ratio_probability`.
        what: `opportunities` or `support`.
    """
    by = str(returns.index.name)
    total = int(returns["events"].sum())
    if not total and not (returns["hours"] > 0).any():
        return ["Nothing is known of any hours or of what came, so nothing can be said."]
    said = [] if by == "person" else [rate(row, by, what) for row in _rows(returns)]
    said += _ranking(returns, what) if by == "person" else [comparison(returns), odds(returns)]
    beside = int(returns.loc[returns["high"].notna(), "events"].sum())
    if 0 < beside < FEW_EVENTS:
        said.append(f"With only {_count(beside, what)} to go by, this is a first impression.")
    if not total + int(returns["left_out"].sum()):
        said.append(f"Nothing was logged here, which is not to say that nothing {_came(what)}.")
    return [
        *(line for line in said if line),
        *_missing(returns, what),
        _MEASURED[by, what],
        NO_CAUSE,
    ]


def rate(row: dict[str, Any], by: str, what: str = "opportunities") -> str:
    """One row: the count, the hours, and what the rate may be."""
    of, through = _OF.get((by, row["group"]), ("", ""))
    if not of:
        return ""
    many = _count(row["events"], what)
    if math.isnan(row["high"]):
        if row["events"]:
            return f"{many.capitalize()} {_came(what)} {through}; {_lacking(row, of)}."
        return ""
    beside = f"in {span(row['hours'])} {of}"
    if not row["events"]:
        return f"{many.capitalize()} {beside}: up to {figure(row['high'])} in 100 h would fit that."
    return f"{many.capitalize()} {beside}: {between(row['low'], row['high'])} in 100 h."


def _lacking(row: dict[str, Any], of: str) -> str:
    """Why a count has no rate."""
    if row["hours"] > 0:
        return f"the {span(row['hours'])} {of} that are recorded cannot hold them"
    return f"no hours {of} are {'logged' if row['group'] == 'in_person' else 'recorded'}"


def comparison(returns: pd.DataFrame) -> str:
    """How the first row stands to the others; nothing more than the interval allows."""
    row = returns.iloc[0]
    if math.isnan(float(row["ratio_probability"])):
        return _not_compared(returns)
    one, other = _SIDES[str(returns.index.name)]
    return _compared(one, other, float(row["ratio_low"]), float(row["ratio_high"]))


def _not_compared(returns: pd.DataFrame) -> str:
    """Why no ratio is told."""
    by = str(returns.index.name)
    one, other = _SIDES[by]
    sides = [row for row in _rows(returns) if (by, row["group"]) in _OF]
    without = [row for row in sides if row["events"] and math.isnan(row["high"])]
    if without:
        named = " and ".join(_OF[by, row["group"]][1] for row in without)
        return (
            f"{one} can't be compared with {other}: what came {named} has no recorded hours to"
            " stand against."
        )
    known = [not math.isnan(row["high"]) for row in sides]
    if known[0] and any(known[1:]) and not sum(row["events"] for row in sides):
        return "Nothing came of either side, so the two cannot be compared."
    return "The hours of one side are not known, so the two cannot be compared."


def odds(returns: pd.DataFrame) -> str:
    """How probable it is that the first is ahead, and the middle of the ratio.

    Nothing where either side had no event: both would then speak of the prior more than of what
    was counted.
    """
    row = returns.iloc[0]
    middle, ahead = float(row["ratio"]), float(row["ratio_probability"])
    if math.isnan(middle):
        return ""
    one, _ = _SIDES[str(returns.index.name)]
    return (
        f"That {one[0].lower()}{one[1:]} is ahead has a probability of {_probability(ahead)};"
        f" {figure(middle)} times as many is the middle of what fits."
    )


def _probability(share: float) -> str:
    """In whole per cent, but never nothing and never certain."""
    if share >= 0.995:  # noqa: PLR2004 - would be rounded to certain
        return "more than 99 %"
    return "less than 1 %" if share < 0.005 else wording.percent(share)  # noqa: PLR2004


def _compared(one: str, other: str, low: float, high: float) -> str:
    """Two sides by the interval of their ratio; `high` is NaN where the other had no event."""
    least, most, both = figure(low), figure(high), between(low, high)
    if low > 1 and math.isnan(high):
        return (
            f"{one} came with at least {least} times as many as {other}, which brought none in"
            " this time."
        )
    if low > 1:
        return f"{one} came with {both} times as many as {other}."
    if high < 1 and low <= 0:
        return f"{one} brought none; at most {most} times as many as {other} would fit that."
    if high < 1:
        return f"{one} came with fewer than {other}: {both} times as many."
    reach = f"{least} times or more" if math.isnan(high) else f"{both} times"
    return (
        f"{one} may have brought more than {other}, or less: {reach} as many fits what was"
        " counted, so it does not say which."
    )


def chances(
    encounters: int,
    hours: float,
    days: int,
    interval: tuple[float, float],
    brought: int,
    names: tuple[str, ...],
) -> list[str]:
    """Chance encounters per hour out, and what they began.

    Args:
        encounters: Chance encounters in person.
        hours: Hours in person as logged [h]; `days` had any.
        days: Days with an encounter in person.
        interval: Of chance encounters per 100 of those hours (95 %).
        brought: Opportunities of relationships that began by chance.
        names: Who was met for the first time, by chance.
    """
    if not hours > 0:
        return ["No hours with people were logged, so nothing can be said of chance encounters."]
    high = interval[1]
    many = wording.count(encounters, "chance encounter").capitalize()
    out = f"in {span(hours)} with people, on {wording.count(days, 'day')}"
    if not encounters:
        return [f"{many} {out}: up to {figure(high)} in 100 h would fit that."]
    said = [f"{many} {out}: {between(*interval)} in 100 h."]
    if names:
        listed = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")  # noqa: PLR2004
        said.append(f"{wording.count(len(names), 'relationship').capitalize()} began so: {listed}.")
    else:
        said.append("No relationship is known to have begun so in this period.")
    of = _count(brought, "opportunities").capitalize()
    return [*said, f"{of} in this period came of relationships that began by chance at any time."]


def caption(returns: pd.DataFrame, known_days: int, days: int) -> str:
    """What the chart of rates shows, with n and coverage."""
    total = wording.tally(int(returns["events"].sum()), "opportunity", "opportunities")
    return (
        "Opportunities per 100 hours, by the channel they arrived through: the dot is the median"
        " of what the rate may be, the line holds 95 % (Gamma–Poisson, Jeffreys’ prior); a hollow"
        f" end: none came. n = {total}; {known_days} of {days} days recorded."
    )


def between(low: float, high: float) -> str:
    """`7.4 to 27`, or `about 27` where both ends are written alike."""
    least, most = figure(low), figure(high)
    return f"about {most}" if least == most else f"{least} to {most}"


def figure(value: float) -> str:
    """Two digits that mean something: 0.08, 0.78, 7.4, 27, 130; never 0 for what is more."""
    if math.isnan(value):
        return "unknown"
    if value <= 0:
        return "0"
    if value >= 9.95:  # noqa: PLR2004 - two digits stand before the point
        step = 10 ** max(0, math.floor(math.log10(value) + 1e-9) - 1)
        return f"{round(value / step) * step:,}".replace(",", " ")
    if value < 0.01:  # noqa: PLR2004 - more digits say nothing
        return "less than 0.01"
    return f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def _rows(returns: pd.DataFrame) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = returns.to_dict("records")  # type: ignore[assignment]
    return [{**row, "group": group} for row, group in zip(records, returns.index, strict=True)]


def _ranking(returns: pd.DataFrame, what: str) -> list[str]:
    told = returns[(returns["events"] > 0) & returns["high"].notna()]
    if told.empty:
        if returns["events"].sum():
            return ["With those who brought something no hours were logged, so there is no rate."]
        return [f"No {_NONE[what]} of anybody known in this period."]
    if len(told) > 1 and float(told["low"].max()) <= float(told["high"].min()):
        return ["All intervals overlap: the order of the people is no ranking."]
    return []


def _missing(returns: pd.DataFrame, what: str) -> list[str]:
    said = []
    left_out = int(returns["left_out"].sum())
    if left_out:
        many = _count(left_out, what).capitalize()
        said.append(f"{many} more {_came(what)} on days of which the hours are not known.")
    unsaid = returns[[group is None or group != group for group in returns.index]]  # noqa: PLR0124
    if len(unsaid) and int(unsaid["events"].sum()):
        many = _count(int(unsaid["events"].sum()), what)
        lacks = {"channel": "no channel", "origin": "no beginning", "began": "no beginning"}
        said.append(
            f"{many.capitalize()} with {lacks.get(str(returns.index.name), 'nobody')} told."
        )
    return said


def _count(number: int, what: str) -> str:
    one, many, _ = _WHAT[what]
    return wording.count(number, one, many)


def _came(what: str) -> str:
    return _WHAT[what][2]


def span(hours: float) -> str:
    """`252 h`, `6 h 42 min`."""
    return f"{hours:,.0f} h".replace(",", " ") if hours >= 10 else wording.hours(hours)  # noqa: PLR2004
