"""Every column's name, unit, meaning and range, in one table; frames are checked against it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds; NaN or None in it means unknown, never 0."""

    name: str
    unit: str
    meaning: str
    low: float = -math.inf
    high: float = math.inf


_COLUMNS = (
    Column("day", "local date", "the person's day, by the hour at which days begin"),
    Column("hour", "0..23", "hour of the local clock", 0, 23),
    Column("period", "label", "2026-10-05, 2026-W41, 2026-10 or 2026"),
    Column("covered_hours", "h", "time about which anything is known", 0),
    Column("covered_days", "days", "days about which anything is known", 0),
    Column("logged_days", "days", "days on which time with people is known", 0),
    Column("balance_days", "days", "days on which both are known: those of the balance", 0),
    Column("screen_hours", "h", "all that counted in front of screens", 0),
    Column("online_hours", "h", "online communication: call, message, email, broadcast", 0),
    Column("broadcast_hours", "h", "one to many: feeds, posting, comments", 0),
    Column("message_hours", "h", "messages and chats", 0),
    Column("email_hours", "h", "email", 0),
    Column("call_hours", "h", "calls, with and without video", 0),
    Column("in_person_hours", "h", "time with people in one place, as logged", 0),
    Column("divided_hours", "h", "online communication while with somebody in person", 0),
    Column("balance", "0..1", "in person / (in person + online)", 0, 1),
    Column("people_met", "people", "different people met in person", 0),
    Column("encounters", "times", "encounters in person", 0),
    Column("chance_encounters", "times", "encounters in person that nobody planned", 0),
    Column("days_since_met", "days", "since the last encounter in person of 10 min or more", 0),
    Column("late_night_hours", "h", "use in the quiet hours of the night that ends the day", 0),
    Column("rest_window_hours", "h", "longest time without any use that ends on the day", 0, 24),
    Column(
        "unbroken_share", "0..1", "of online time: in stretches over 90 min without a break", 0, 1
    ),
    Column("name", "text", "of a person, site or app"),
    Column("met", "in_person | online", "where a relationship began"),
    Column("how", "text", "how a relationship began"),
    Column("first_met", "local date", "first encounter of the period"),
    Column("last_met", "local date", "last encounter of the period"),
    Column("category", "path", "what something in front belongs to"),
    Column("channel", "word", "how people reach each other through it"),
    Column("app", "text", "an application's canonical name"),
    Column("site", "text", "a host, without www."),
    Column("device", "text", "a device's name"),
    Column("person", "text", "a person's name"),
    Column("instrument", "word", "what a check-in answers: energy, drained, cbi_personal…"),
    Column("score", "points", "mean score, on the instrument's own scale"),
    Column("answered", "times", "check-ins with a score", 0),
    Column("kind", "site | app", "what a name names"),
    Column("hours", "h", "time", 0),
    Column("experiment", "number", "of an experiment on oneself"),
    Column("what", "text", "what an experiment tries in its phases B"),
    Column("outcome", "name", "what it is to change: an answer (0..10) or hours of a day"),
    Column("first", "local date", "an experiment's first day"),
    Column("last", "local date", "an experiment's last day"),
    Column("phase", "A | B", "as usual, or with what is tried"),
    Column("day_number", "days", "which day of an experiment it is, from 1", 1),
    Column("value", "the outcome's", "the outcome on a day"),
    Column("rule_minutes", "min", "use that an experiment's rule counts", 0),
    Column("kept", "0 | 1", "whether a day kept to the rule", 0, 1),
    Column("a_days", "days", "days of A with a value", 0),
    Column("b_days", "days", "days of B with a value", 0),
    Column("missing_days", "days", "days of an experiment without a value", 0),
    Column("a_mean", "the outcome's", "mean of the outcome in A"),
    Column("b_mean", "the outcome's", "mean of the outcome in B"),
    Column("difference", "the outcome's", "mean in B - mean in A"),
    Column("low", "as the value's", "lower end of the 95 % interval"),
    Column("high", "as the value's", "upper end of the 95 % interval"),
    Column("p", "0..1", "share of assignments with so large a difference, two-sided", 0, 1),
    Column("assignments", "number", "calendars that could have been drawn", 1),
    Column("a_days_told", "days", "days of A of which the data tell whether they kept", 0),
    Column("a_days_kept", "days", "those that did", 0),
    Column("a_rule_minutes", "min", "a day, mean over days of A told of", 0),
    Column("b_days_told", "days", "days of B of which the data tell whether they kept", 0),
    Column("b_days_kept", "days", "those that did", 0),
    Column("b_rule_minutes", "min", "a day, mean over days of B told of", 0),
    Column("suggestion", "text", "what is worth a try"),
    Column("reason", "text", "why, in numbers of one's own"),
    Column("command", "text", "what begins it"),
    Column("origin", "in_person | online", "where the relationship began"),
    Column("began", "chance | otherwise", "whether a relationship began by chance"),
    Column("events", "times", "opportunities, or support received", 0),
    Column("left_out", "times", "what came on days of which the hours are not known", 0),
    Column("rate_per_100h", "per 100 h", "events in 100 hours: the median of what may be", 0),
    Column("ratio", "times", "the rate of the first row over that of the others together", 0),
    Column("ratio_low", "times", "lower end of the ratio's interval (95 %)", 0),
    Column("ratio_high", "times", "upper end of the ratio's interval (95 %)", 0),
    Column("depth", "1..7", "mean of meaning and disclosure, drawn to the mean of all", 1, 7),
    Column("rated", "times", "encounters whose meaning or disclosure was rated", 0),
    Column("line_hours", "h", "the highest of 50, 90 and 200 h in person reached (Hall 2018)", 50),
    Column("rhythm_days", "days", "expected between two meetings in person", 0),
    Column("overdue_days", "days", "by how much the present pause exceeds the rhythm", 0),
    Column("gap_probability", "0..1", "of a pause so long, by the rhythm so far", 0, 1),
    Column("trend", "fading | reviving", "where the last 60 days differ from the year before"),
    Column("trend_ratio", "times", "days in touch: the last 60 days over the year before", 0),
    Column("trend_low", "times", "lower end of its interval (95 %)", 0),
    Column("trend_high", "times", "upper end of its interval (95 %); none: open", 0),
    Column("opportunities", "times", "what the relationship brought so far", 0),
    Column("total_hours", "h", "all hours in person logged so far", 0),
    Column("stage", "word", "reached, conversed, met or supported"),
    Column("people", "people", "different people", 0),
    Column("ratio_probability", "0..1", "how probable it is that the ratio exceeds 1", 0, 1),
)
_LOAD = (
    Column("load", "0..100", "Recovery-Load Index: much load, little recovery", 0, 100),
    Column("predictor", "name", "the hours that an association is about"),
    Column("lag", "days", "0: the same day, 1: the day after", 0),
    Column("paired_days", "days", "on which both are known, and the day before", 0),
    Column("coefficient", "of 0..10", "what the outcome differs by for one hour more"),
    Column("r", "-1..1", "partial correlation", -1, 1),
    Column("adjusted_p", "0..1", "p after Benjamini and Hochberg", 0, 1),
    Column("told", "0 | 1", "whether an association is told", 0, 1),
    Column("untested", "days | in a row | hours | energy | alike", "why it is not tested"),
    Column("measure", "name", "what a row of a withdrawal is about"),
    Column("earliest", "local date", "a change of level lies no earlier (95 %)"),
    Column("latest", "local date", "a change of level lies no later (95 %)"),
    Column("before", "the measure's", "level before a change", 0),
    Column("before_low", "the measure's", "lower end of its interval (95 %)", 0),
    Column("before_high", "the measure's", "upper end of its interval (95 %)", 0),
    Column("after", "the measure's", "level after a change", 0),
    Column("after_low", "the measure's", "lower end of its interval (95 %)", 0),
    Column("after_high", "the measure's", "upper end of its interval (95 %)", 0),
    Column("met_days_per_week", "days a week", "with ten minutes with people or more", 0, 7),
    Column("hours_per_met_day", "h", "with people on such a day, geometric mean", 0, 24),
    Column("alarm", "0 | 1", "whether the watch is over its limit", 0, 1),
    Column("long_day_share", "0..1", "of days: with 12 h of online communication or more", 0, 1),
    Column("broadcast_share", "0..1", "of online communication: feeds and posts", 0, 1),
    Column("outing_share", "0..1", "of days: somebody was met away from home", 0, 1),
    Column("support_per_week", "times a week", "somebody gave support", 0),
    Column("people_met_14d", "people", "different people met in 14 days", 0),
)
_RATES = (
    "online_hours", "long_day_share", "late_night_hours", "rest_window_hours",
    "unbroken_share", "broadcast_share", "in_person_hours", "outing_share",
    "support_per_week",
)  # fmt: skip
_OF_INPUTS = (
    *(
        Column(f"{name}_contribution", "0..100", "its part of the load", 0, 100)
        for name in (*_RATES, "days_since_met", "people_met_14d")
    ),
    *(Column(f"{name}_days", "days", "of the last 28: on which it is known", 0) for name in _RATES),
)
COLUMNS = {column.name: column for column in (*_COLUMNS, *_LOAD, *_OF_INPUTS)}


def checked(frame: "pd.DataFrame", columns: Sequence[str]) -> "pd.DataFrame":
    """Return the frame when it has exactly these columns, within their ranges.

    Raises:
        ValueError: A column is missing, unknown or out of its range: a bug of ours.
    """
    if list(frame.columns) != list(columns):
        raise ValueError(f"columns {list(frame.columns)} instead of {list(columns)}")
    for name in columns:
        column = COLUMNS[name]
        if column.low == -math.inf and column.high == math.inf:
            continue
        values = frame[name].to_numpy()
        # Rounding: a share may be 1 + 2e-16. NaN compares false, and is always right.
        if bool(((values < column.low) | (values > column.high + 1e-9)).any()):
            raise ValueError(f"{name} outside {column.low:g}..{column.high:g}")
    return frame
