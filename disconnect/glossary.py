"""Every result column's name, unit, meaning and range, in one table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Term:
    """What a column holds; missing is NaN, which is not 0."""

    unit: str
    meaning: str
    low: float | None = 0.0
    high: float | None = None


_HOUR = "h"
COLUMNS: dict[str, Term] = {
    "covered_hours": Term(_HOUR, "known to the collector: somebody there, idle, locked or asleep"),
    "screen_hours": Term(_HOUR, "something in front while somebody was there, or a call"),
    "online_hours": Term(_HOUR, "online communication: call, message, email and broadcast"),
    "broadcast_hours": Term(_HOUR, "one to many: feeds, posting, comments"),
    "message_hours": Term(_HOUR, "messages"),
    "email_hours": Term(_HOUR, "mail"),
    "call_hours": Term(_HOUR, "voice and video calls"),
    "in_person_hours": Term(_HOUR, "logged time with people in the room, overlaps once"),
    "divided_hours": Term(_HOUR, "online communication while with someone"),
    "balance": Term("share", "in person / (in person + online)", 0.0, 1.0),
    "people_met": Term("people", "distinct people met in person"),
    "encounters": Term("count", "logged encounters in person"),
    "chance_encounters": Term("count", "of these, by chance"),
    "days_since_met": Term("days", "since anyone was met in person, at the end of the day"),
    "covered_days": Term("days", "days in which the collector knew at least an hour"),
    "hours": Term(_HOUR, "time that counts"),
}
ONLINE = ("call_hours", "message_hours", "email_hours", "broadcast_hours")
CONTRAST = (
    "covered_hours",
    "screen_hours",
    "online_hours",
    "broadcast_hours",
    "message_hours",
    "email_hours",
    "call_hours",
    "in_person_hours",
    "divided_hours",
    "balance",
    "people_met",
    "encounters",
    "chance_encounters",
    "days_since_met",
)
"""The columns of the contrast, in their order."""


def checked(frame: "pd.DataFrame", columns: Iterable[str]) -> "pd.DataFrame":
    """Hand a frame on when it has these columns, each within its range; names the one that fails.

    Raises:
        ValueError: A column is missing, or a value lies outside its range.
    """
    for name in columns:
        if name not in frame.columns:
            raise ValueError(f"the frame has no column {name}")
        term = COLUMNS[name]
        values = frame[name].dropna()
        if term.low is not None and bool((values < term.low).any()):
            raise ValueError(f"{name} below {term.low}: {values.min()}")
        if term.high is not None and bool((values > term.high).any()):
            raise ValueError(f"{name} above {term.high}: {values.max()}")
    return frame
