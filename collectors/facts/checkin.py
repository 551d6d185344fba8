"""What a person says of how they are: answers to an instrument's items, and its score."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One answered check-in.

    `at` is aware (UTC), `day` the local day it is about. `answers` has one number an item,
    None where it was skipped; `score` is None where too few were answered.
    """

    at: datetime
    day: date
    instrument: str
    answers: tuple[float | None, ...]
    score: float | None = None
    zone: str = "UTC"

    def __post_init__(self) -> None:
        """Refuse a time without zone, and a check-in without any answer."""
        if self.at.tzinfo is None:
            raise ValueError("a check-in needs a time with its zone")
        if not any(answer is not None for answer in self.answers):
            raise ValueError("a check-in needs at least one answer")
