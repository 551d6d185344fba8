from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disconnect.pipeline.timeline.nights import late_hours, offsets
from disconnect.pipeline.timeline.rhythm import rhythm
from disconnect.pipeline.timeline.rows import DAY, HOUR, Activities, Layer, Meetings, Presences
from disconnect.pipeline.timeline.stretches import Stretches, What, rejoined
from disconnect.pipeline.timeline.summing import Rows, counted

MINUTE = 60_000
ZONES = {1: "Europe/Berlin"}
LO = int(datetime(2026, 3, 27, tzinfo=UTC).timestamp() * 1000)  # the clocks change on the 29th
DAYS = 4
HI = LO + DAYS * DAY
FIRST = LO // DAY
QUIET = (22 * 60, 6 * 60)
BROADCAST, WORK = 4, 5


def local(day, hour, minute=0):
    """An instant of the local clock (UTC+1 before the 29th at 02:00, UTC+2 after) [ms]."""
    at = LO + (day - 27) * DAY + hour * HOUR + minute * MINUTE - HOUR
    return at - HOUR if day > 29 or (day == 29 and hour >= 3) else at


def found(used, known, together=()):
    activities = [
        (start, end, 1, Layer.WINDOW, channel, 1, channel, 0, -1, -1)
        for start, end, channel in used
    ]
    presences = [(start, end, 1, 0, 1) for start, end in known]

    def table(kind, rows):
        return kind(*np.array(rows, dtype=np.int64).reshape(-1, len(kind.__dataclass_fields__)).T)

    rows = Rows(
        table(Activities, activities),
        table(Presences, presences),
        table(Meetings, list(together)),
        ZONES,
    )
    parts = [counted(rows, LO + n * DAY, LO + (n + 1) * DAY).stretches() for n in range(DAYS)]
    return rejoined(Stretches.joined(parts))


def described(used, known, covered=None):
    hours = np.array([8.0] * DAYS if covered is None else covered)
    return rhythm((FIRST, FIRST + DAYS - 1), found(used, known), ZONES, (0, QUIET), hours)


def late(used, known, *, starts=0, quiet=QUIET, covered=8.0):
    hours = np.full(DAYS, covered)
    days = (FIRST, FIRST + DAYS - 1)
    frame = rhythm(days, found(used, known), ZONES, (starts, quiet), hours)
    return frame["late_night_hours"].to_numpy()


def test_a_night_belongs_to_the_evening_that_it_ends():
    used = [(local(27, 21), local(28, 1), WORK), (local(28, 5, 30), local(28, 7), WORK)]
    assert late(used, [(local(27, 8), local(28, 20))])[0] == pytest.approx(3.5)


@pytest.mark.parametrize("starts", [0, 3, 4, 6])
@pytest.mark.parametrize(
    ("quiet", "evenings"),
    [
        ((22 * 60, 6 * 60), [1.5, 2.0]),
        ((0, 6 * 60), [1.0, 1.0]),  # begins on the next date, and is the same evening's
        ((60, 7 * 60), [0.5, 0.5]),
        ((23 * 60 + 30, 30), [1.0, 1.0]),
    ],
)
def test_neither_where_the_day_begins_nor_midnight_parts_a_night(starts, quiet, evenings):
    used = [
        (local(27, 23, 30), local(28, 1), WORK),
        (local(28, 1, 15), local(28, 1, 45), WORK)
        if quiet[0] == 60
        else (local(28, 9), local(28, 10), WORK),
        (local(28, 23), local(29, 1), WORK),
        (local(29, 3, 15), local(29, 3, 45), WORK)
        if quiet[0] == 60
        else (local(29, 9), local(29, 10), WORK),
    ]
    assert late(used, [(local(27, 8), local(30, 20))], starts=starts, quiet=quiet)[
        :2
    ] == pytest.approx(evenings)


def test_a_night_that_is_not_over_is_unknown():
    used = [(local(27, 21), local(27, 23, 30), WORK), (local(28, 21), local(28, 23, 30), WORK)]
    found_hours = late(used, [(local(27, 8), local(28, 23, 30))])
    assert found_hours[0] == pytest.approx(1.5)
    assert np.isnan(found_hours[1:]).all()


def test_a_night_within_a_long_gap_is_unknown_and_one_switched_off_is_not():
    used = [(local(27, 9), local(27, 16), WORK), (local(28, 7), local(28, 17), WORK)]
    known = [
        (local(27, 8), local(27, 16, 30)),
        (local(28, 7), local(28, 17, 30)),  # then a day and a night of which nothing is known
        (local(30, 8, 30), local(31, 9)),
    ]
    assert late(used, known) == pytest.approx([0, np.nan, np.nan, np.nan], nan_ok=True)


def test_where_only_a_browser_tells_of_days_the_pauses_of_an_evening_are_no_hole():
    used = [(local(27 + n, 15), local(27 + n, 17), WORK) for n in range(3)]
    known = [(start, end) for start, end, _ in used]
    told = late(used, known, covered=2.0)
    assert told == pytest.approx([0, 0, np.nan, np.nan], nan_ok=True)


def test_a_rest_ends_on_the_day_it_ends_and_loses_the_hour_the_clock_skips():
    used = [(local(28, 20), local(28, 23), WORK), (local(29, 8), local(29, 9), WORK)]
    rest = described(used, [(local(28, 8), local(29, 20))])["rest_window_hours"].to_numpy()
    assert rest[2] == pytest.approx(8.0)
    assert np.isnan(rest[0])


def test_a_device_that_is_off_overnight_rests_but_unknown_days_do_not():
    used = [
        (local(27, 9), local(27, 22), WORK),
        (local(28, 7), local(28, 8), WORK),
        (local(30, 9), local(30, 10), WORK),
    ]
    known = [(start, end) for start, end, _ in used]
    rest = described(used, known)["rest_window_hours"].to_numpy()
    assert rest[1] == pytest.approx(9)
    assert np.isnan(rest[3])


def test_where_the_night_is_unknown_a_pause_at_noon_is_not_the_longest_rest():
    used = [
        (local(27, 10), local(27, 12), WORK),
        (local(27, 13), local(27, 18), WORK),
        (local(28, 10), local(28, 12), WORK),  # 16 hours of which nothing is known
        (local(28, 12, 30), local(28, 18), WORK),
    ]
    known = [(start, end) for start, end, _ in used]
    rest = described(used, known, [13.0] * DAYS)["rest_window_hours"].to_numpy()
    assert np.isnan(rest[:2]).all()
    assert rest[2:].tolist() == [24.0, 24.0]


def test_a_known_day_without_any_use_is_one_of_rest():
    covered = [12.0, 3.0, np.nan, 12.0]
    rest = described([], [(local(27, 8), local(27, 20))], covered)["rest_window_hours"]
    assert rest.to_numpy() == pytest.approx([24, np.nan, np.nan, 24], nan_ok=True)


def test_breaks_of_ten_minutes_end_a_stretch_and_shorter_ones_do_not():
    used = [
        (local(27, 9), local(27, 10), BROADCAST),
        (local(27, 10, 9), local(27, 11), BROADCAST),  # nine minutes: no break; 111 min in all
        (local(27, 11, 10), local(27, 12), BROADCAST),  # ten: a break
    ]
    share = described(used, [(local(27, 8), local(27, 13))])["unbroken_share"].to_numpy()
    assert share[0] == pytest.approx(111 / 161)
    assert np.isnan(share[1])


def test_a_call_written_down_is_no_use_of_a_device():
    call = (local(27, 9), local(27, 10), 1, 1)
    stretches = found([], [], [call])
    assert set(stretches.what.tolist()) <= {What.COVERED}


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.integers(0, 3 * 24 * 60 - 31), min_size=1, max_size=6, unique=True),
    st.integers(0, 23),
    st.integers(0, 24 * 60 - 1),
    st.integers(1, 24 * 60 - 1),
)
def test_every_late_minute_counts_once_whatever_the_settings(minutes, starts, begins, length):
    """Evenings share out the use in quiet hours: nothing is lost, nothing counts twice."""
    chosen = sorted({minute // 40 * 40 for minute in minutes})
    used = [(LO + m * MINUTE, LO + (m + 20) * MINUTE, WORK) for m in chosen]
    some = found(used, [(LO, HI)])
    use = some.take(some.what == What.USE)
    days = (FIRST - 3, FIRST + DAYS + 3)
    quiet = (begins, (begins + length) % 1440)
    shared = late_hours(days, use, ZONES, (starts, quiet))
    walls = [
        (at // MINUTE + int(offset) // MINUTE) % 1440
        for start, end, offset in zip(
            use.start, use.end, offsets(use.start, use.zone, ZONES), strict=True
        )
        for at in range(int(start), int(end), MINUTE)
    ]
    inside = sum((wall - begins) % 1440 < length for wall in walls)
    assert shared.sum() * 60 == pytest.approx(inside, abs=1e-6)


SPANS = st.lists(
    st.tuples(st.integers(LO, HI - 1), st.integers(1, 9 * HOUR)).map(
        lambda span: (span[0], min(span[0] + span[1], HI))
    ),
    max_size=8,
    unique_by=lambda span: span[0],
)


@settings(deadline=None, max_examples=60)
@given(SPANS, SPANS)
def test_stretches_hold_every_counted_instant_once_and_never_touch(used, known):
    some = found([(*span, BROADCAST) for span in used], known)
    for what in (What.USE, What.ONLINE):
        mine = some.take(some.what == what)
        assert (mine.start[1:] - mine.end[:-1] >= 10 * MINUTE).all()
        assert (mine.ms <= mine.end - mine.start).all()
        assert (mine.ms > 0).all()
    counted_ms = _overlap(used, known)
    assert some.ms[some.what == What.USE].sum() == counted_ms
    assert some.ms[some.what == What.ONLINE].sum() == counted_ms


def _overlap(used, known):
    """Milliseconds that lie in both, by walking over every edge."""
    edges = sorted({at for span in (*used, *known) for at in span})
    return sum(
        after - at
        for at, after in pairwise(edges)
        if any(s <= at < e for s, e in used) and any(s <= at < e for s, e in known)
    )
