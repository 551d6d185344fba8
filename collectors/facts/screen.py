"""What was seen on a screen, whether anyone was there, and what could not be read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class PresenceState(StrEnum):
    """Whether a person was at the device; each is *known*, unlike time without a row."""

    ACTIVE = "active"
    IDLE = "idle"
    LOCKED = "locked"
    ASLEEP = "asleep"


def checked_span(start: datetime, end: datetime) -> None:
    """Refuse times that cannot be ordered without guessing.

    Raises:
        ValueError: An end is naive or not in UTC, or the span ends before it starts.
    """
    if start.utcoffset() != timedelta(0) or end.utcoffset() != timedelta(0):
        raise ValueError(f"not UTC: {start.isoformat()}, {end.isoformat()}")
    if end < start:
        raise ValueError(f"ends before it starts: {start.isoformat()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Something was in front on one device, from `start` until `end` (half-open, UTC).

    `source` begins with its room: `desktop/x11`, `processes/psutil`,
    `browsers/chromium/Default`, `imports/csv`. `site` is the full host in lower case
    without a leading `www.`; `page` is the path without query or fragment.
    `zone` is the IANA zone the person was in.
    """

    start: datetime
    end: datetime
    device: str
    source: str
    app: str
    title: str | None = None
    site: str | None = None
    page: str | None = None
    zone: str = "UTC"

    def __post_init__(self) -> None:
        """Refuse times that cannot be ordered without guessing."""
        checked_span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Somebody was, or was not, at the device (half-open, UTC).

    Presence is also the proof that the collector was running: time without a presence
    row is unknown, not zero.
    """

    start: datetime
    end: datetime
    device: str
    source: str
    state: PresenceState
    zone: str = "UTC"

    def __post_init__(self) -> None:
        """Refuse times that cannot be ordered without guessing."""
        checked_span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that could not be read: where it stands, and why."""

    where: str
    why: str
