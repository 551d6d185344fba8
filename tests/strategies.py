"""Made-up rows of the timeline: small, dense, and on the nights when clocks change."""

from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from disconnect.pipeline.timeline.rows import DAY, HOUR, Activities, Layer, Meetings, Presences
from disconnect.pipeline.timeline.summing import Rows

MINUTE = 60_000
ZONES = {1: "Europe/Berlin", 2: "Asia/Kolkata", 3: "Australia/Lord_Howe", 4: "America/New_York"}
LO = int(datetime(2026, 3, 28, tzinfo=UTC).timestamp() * 1000)  # the clocks change on the 29th
HI = LO + 3 * DAY
CALL, MESSAGE, EMAIL, BROADCAST, OTHER = range(1, 6)
ACTIVE, IDLE, LOCKED, ASLEEP = range(4)
CHANNEL_OF = (OTHER, CALL, MESSAGE, EMAIL, BROADCAST, OTHER, BROADCAST, CALL)
IN_CALL = (CALL,)
"""Contexts that show a call that goes on; the last one is a call program's main window."""


class Act(NamedTuple):
    """A row of Activities."""

    start: int
    end: int
    device: int
    layer: int
    context: int
    zone: int
    channel: int
    in_call: int
    browser: int
    title: int


class There(NamedTuple):
    """A row of Presences."""

    start: int
    end: int
    device: int
    state: int
    zone: int


class Met(NamedTuple):
    """A row of Meetings."""

    start: int
    end: int
    channel: int
    zone: int


def activity(  # noqa: PLR0913 - one argument a column
    start, end, context=0, *, device=1, layer=Layer.WINDOW, zone=1, browser=-1, title=-1
):
    channel = CHANNEL_OF[context]
    in_call = int(context in IN_CALL)
    return (start, end, device, int(layer), context, zone, channel, in_call, browser, title)


def presence(start, end, state=ACTIVE, *, device=1, zone=1):
    return (start, end, device, state, zone)


def table(kind, rows):
    columns = np.array(rows, dtype=np.int64).reshape(-1, len(kind.__dataclass_fields__)).T
    return kind(*columns)


def rows(activities=(), presences=(), meetings=()):
    return Rows(
        table(Activities, list(activities)),
        table(Presences, list(presences)),
        table(Meetings, list(meetings)),
        ZONES,
    )


INSTANTS = st.integers(LO - 30 * HOUR, HI + 5 * HOUR).map(lambda at: at // 250 * 250)
LENGTHS = st.sampled_from([0, 250, MINUTE, 7 * MINUTE, HOUR, 3 * HOUR, 26 * HOUR])
SPANS = st.tuples(INSTANTS, LENGTHS).map(lambda span: (span[0], span[0] + span[1]))
TOGETHER = st.sampled_from([1, 2, 20, 30]).flatmap(
    lambda hour: st.just((LO + 23 * HOUR, LO + (23 + hour) * HOUR))
)
"""Spans that begin together: ties, before midnight and over it."""
DEVICES = st.integers(1, 2)


@st.composite
def lives(draw, zones=tuple(ZONES)):
    zone = st.sampled_from(zones)
    activities = st.builds(
        lambda span, context, device, layer, zone, browser, title: activity(
            span[0],
            span[1],
            context,
            device=device,
            layer=layer,
            zone=zone,
            browser=browser,
            title=title,
        ),
        SPANS | TOGETHER,
        st.integers(0, len(CHANNEL_OF) - 1),
        DEVICES,
        st.sampled_from(Layer),
        zone,
        st.integers(-1, 1),
        st.integers(-1, 2),
    )
    presences = st.builds(
        lambda span, state, device, zone: presence(
            span[0], span[1], state, device=device, zone=zone
        ),
        SPANS,
        st.integers(0, 3),
        DEVICES,
        zone,
    )
    meetings = st.tuples(SPANS, st.integers(0, 4), zone).map(lambda m: (*m[0], m[1], m[2]))
    # The store keeps one row for each source and start; one device stands for one source.
    return (
        draw(st.lists(activities, max_size=14, unique_by=lambda a: (a[0], a[2], a[3]))),
        draw(st.lists(presences, max_size=8, unique_by=lambda p: (p[0], p[2]))),
        draw(st.lists(meetings, max_size=4)),
    )
