"""The timeline against a slow one that goes through every span in plain words."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from disconnect.pipeline.timeline.rows import DAY, HOUR, Kind, Layer
from disconnect.pipeline.timeline.summing import counted
from tests.strategies import (
    ACTIVE,
    CALL,
    CHANNEL_OF,
    HI,
    IDLE,
    LO,
    MINUTE,
    ZONES,
    Act,
    Met,
    There,
    lives,
    rows,
)

QUARTER = HOUR // 4
NONE = -1


def newest(spans, at):
    """Of what goes on at an instant that which began last; of two the longer; then what was seen."""
    on = [span for span in spans if span.start <= at < span.end]
    return max(on, key=lambda span: (span.start, span.end, *seen_first(span)), default=None)


def seen_first(span):
    """Of two rows with the same start and end a window's is in front of an imported one."""
    return (span.layer == Layer.WINDOW,) if isinstance(span, Act) else ()


class Device:
    """What one device shows at an instant, and whether it counts."""

    def __init__(self, number, activities, presences):
        self.number = number
        mine = [Act(*row) for row in activities if row[2] == number]
        self.windows = [a for a in mine if a.layer in (Layer.WINDOW, Layer.IMPORT)]
        self.processes = [a for a in mine if a.layer == Layer.PROCESS]
        self.visits = [a for a in mine if a.layer == Layer.BROWSER]
        self.presences = [There(*row) for row in presences if row[2] == number]

    def front(self, at):
        return newest(self.windows, at) or newest(self.processes, at)

    def refined(self, window, at):
        """The visit its title tells, else the one of its browser at the time."""
        if window.browser == NONE:
            return window
        of_browser = [visit for visit in self.visits if visit.browser == window.browser]
        until = min(window.end, at // DAY * DAY + DAY)
        told = [
            visit
            for visit in of_browser
            if visit.title == window.title != NONE
            and visit.start < until <= visit.start + DAY
            and visit.end > visit.start
        ]
        if told:
            return max(told, key=lambda visit: visit.start)
        return newest(of_browser, at) or window

    def is_alone(self, visit, at, cuts):
        """Neither window nor presence beside it, on the UTC day of the instant."""
        first, last = max(visit.start, at // DAY * DAY), min(visit.end, at // DAY * DAY + DAY)
        return not any(
            newest(self.presences, cut) or self.front(cut) for cut in cuts if first <= cut < last
        )

    def idle_since(self, at):
        """When nobody was active any more, ten minutes of anything else left aside."""
        every = {edge for there in self.presences for edge in (there.start, there.end)}
        edges = sorted(edge for edge in every if edge <= at)
        since, other = at, 0
        for first, after in reversed(list(pairwise([*edges, at]))):
            there = newest(self.presences, first)
            if there and there.state == IDLE:
                since, other = first, 0
                continue
            other += after - first
            if (there and there.state == ACTIVE and after > first) or other > 10 * MINUTE:
                break
        return since

    def counts(self, at, cuts):
        """What counts: its context, channel and zone; and the zone of what is known, or None."""
        there, front = newest(self.presences, at), self.front(at)
        if front is None:
            alone = newest([v for v in self.visits if self.is_alone(v, at, cuts)], at)
            known = there.zone if there else alone.zone if alone else None
            return (alone.context, alone.channel, alone.zone) if alone else None, known
        shown = self.refined(front, at)
        if there is None:
            counts = front.layer == Layer.IMPORT
        else:
            called = shown.channel == CALL and (front.in_call or shown.in_call)
            waiting = called and there.state == IDLE and at < self.idle_since(at) + 2 * HOUR
            counts = there.state == ACTIVE or waiting
        known = there.zone if there else front.zone if counts else None
        return (shown.context, shown.channel, front.zone) if counts else None, known


def reference(life, within=(LO, HI)):
    """What lies within two instants: milliseconds by local hour, device, context, channel and company; known; in person."""
    activities, presences, meetings = life
    devices = [Device(number, activities, presences) for number in (1, 2)]
    met = [Met(*row) for row in meetings]
    edges = {*range(LO, HI + 1, QUARTER)}
    edges.update(edge for part in life for row in part for edge in row[:2])
    edges.update(edge + 2 * HOUR for row in presences for edge in row[:2])
    cuts = sorted(edge for edge in {*edges, *within} if LO <= edge <= HI)
    found: Counter[tuple[int, ...]] = Counter()
    for at, end in pairwise(cuts):
        if not within[0] <= at < within[1]:
            continue
        claims, known = [], []
        for device in devices:
            claim, zone = device.counts(at, cuts)
            claims += [(claim[1], device.number, claim[0], claim[2])] if claim else []
            known += [zone] if zone is not None else []
        online = [m for m in met if m.channel and m.start <= at < m.end]
        if online:
            logged = max(online, key=lambda m: (-m.channel, m.start, m.zone))
            claims.append((logged.channel, 0, 0, logged.zone))
            known.append(logged.zone)
        company = max(
            (m for m in met if not m.channel and m.start <= at < m.end),
            key=lambda m: (m.start, m.end, m.zone),
            default=None,
        )
        if claims:  # of two devices with one channel the first; a device before the log
            channel, device, context, zone = min(claims, key=lambda c: (c[0], c[1] or 9))
            known.insert(0, zone)
            key = (Kind.ACTIVITY, local(at, zone), device, context, channel, company is not None)
            found[key] += end - at
        if known:
            found[Kind.COVERED, local(at, known[0])] += end - at
        if company:
            found[Kind.IN_PERSON, local(at, company.zone)] += end - at
    return found


def local(at, zone):
    when = datetime.fromtimestamp(at // 1000, UTC).astimezone(ZoneInfo(ZONES[zone]))
    return (when.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(hours=1)


def program(life, within=None):
    sums = counted(rows(*life), LO, HI).sums(within)
    found: Counter[tuple[int, ...]] = Counter()
    for hour, device, context, kind, channel, together, ms in zip(
        sums.hour.tolist(), sums.device.tolist(), sums.context.tolist(), sums.kind.tolist(),
        sums.channel.tolist(), sums.together.tolist(), sums.ms.tolist(), strict=True,
    ):  # fmt: skip
        if kind == Kind.ACTIVITY:
            said = channel if channel >= 0 else CHANNEL_OF[context]
            found[kind, hour, device, context, said, together] += ms
        else:
            found[kind, hour] += ms
    return found


@settings(deadline=None, max_examples=100)
@given(lives())
def test_every_span_is_counted_as_plain_words_say(life):
    assert program(life) == reference(life)


@settings(max_examples=40)
@given(lives(), st.lists(st.integers(LO, HI), min_size=1, max_size=3, unique=True))
def test_so_is_every_part_of_it_and_the_parts_are_the_whole(life, cuts):
    together: Counter[tuple[int, ...]] = Counter()
    for within in pairwise(sorted({LO, *cuts, HI})):
        part = program(life, within)
        assert part == reference(life, within)
        together.update(part)
    assert together == program(life)
