"""What the timeline is made from, and what it becomes: arrays of one length each."""

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

CHANNELS = ("in_person", "call", "message", "email", "broadcast", "other")
"""Their order is the order in which they claim an instant across devices."""
IN_PERSON, CALL, OTHER = 0, 1, 5
ACTIVE, IDLE = 0, 1
HOUR = 3_600_000
DAY = 86_400_000


class Layer(IntEnum):
    """What kind of source a row comes from."""

    WINDOW = 0
    IMPORT = 1  # as a window; where nobody recorded presence it stands for itself
    PROCESS = 2
    BROWSER = 3


class Kind(IntEnum):
    """What a record of the sums counts."""

    ACTIVITY = 0
    COVERED = 1
    IN_PERSON = 2


@dataclass(frozen=True)
class Columns:
    """Arrays of one length, one for each field."""

    def __len__(self) -> int:
        """How many rows there are."""
        return len(getattr(self, fields(self)[0].name))

    def take(self, rows: npt.NDArray[np.generic]) -> Self:
        """Those rows, by number or by mask."""
        return type(self)(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    @classmethod
    def joined(cls, parts: "list[Self]") -> Self:
        """All of their rows, one part behind the other."""
        if not parts:
            return cls(**{f.name: np.zeros(0, dtype=np.int64) for f in fields(cls)})
        return cls(
            **{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)}
        )


@dataclass(frozen=True)
class Activities(Columns):
    """What was in front: times in ms UTC; -1: no such browser, no such title.

    `in_call` is 1 where app, title or page show that a call goes on.
    """

    start: Ints
    end: Ints
    device: Ints
    layer: Ints
    context: Ints
    zone: Ints
    channel: Ints
    in_call: Ints
    family: Ints
    page_title: Ints


@dataclass(frozen=True)
class Presences(Columns):
    """Whether anyone was there: active, idle, locked, asleep (0..3)."""

    start: Ints
    end: Ints
    device: Ints
    state: Ints
    zone: Ints


@dataclass(frozen=True)
class Meetings(Columns):
    """Encounters as the timeline sees them: when, where, and through which channel."""

    start: Ints
    end: Ints
    channel: Ints
    zone: Ints


@dataclass(frozen=True)
class Sums(Columns):
    """Milliseconds by UTC day, local hour (local day x 24 + hour), device, context and kind.

    `channel` is -1 where the context tells it; `together` is 1 while with somebody in person.
    """

    utc_day: Ints
    hour: Ints
    device: Ints
    context: Ints
    kind: Ints
    channel: Ints
    together: Ints
    ms: Ints
