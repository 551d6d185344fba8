from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.source import Attended, Window
from disconnect.daemon.sessionizer import Look, Moment, Sessionizer, merged

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
XTERM = Window("xterm", "a shell")
FIREFOX = Window("firefox", "news")
THERE = Attended(idle_seconds=0.0)
ACTIVE, IDLE, LOCKED, ASLEEP = PresenceState


@dataclass
class Life:
    """Three clocks, a sessionizer, and the rows as a database would hold them."""

    idle_after: float = 180.0
    wall: datetime = NOON
    steady: float = 1000.0
    slept: float = 0.0
    zone: str = "Europe/Berlin"
    rows: dict = field(default_factory=dict)
    looks: list = field(default_factory=list)
    stepped: bool = False

    def __post_init__(self):
        self.sessionizer = Sessionizer("laptop", 5.0, self.idle_after)

    def passes(self, seconds, *, step=0.0, asleep=0.0):
        self.steady += seconds
        self.slept += asleep
        self.wall += timedelta(seconds=seconds + step + asleep)
        return self

    def look(self, window=XTERM, attended=THERE):
        now = Moment(self.wall, self.steady, self.steady + self.slept, self.zone)
        changes = self.sessionizer.look(now, Look(window, "desktop/x11", attended))
        for row in changes.cut:
            self.rows[type(row), row.start] = row
        for row in changes.grown:
            old = self.rows.get((type(row), row.start))
            assert old is None or row.end >= old.end, "a writer only lengthens"
            self.rows[type(row), row.start] = row
        self.looks.append(self.wall)
        self.stepped = changes.stepped
        return self

    def looks_for(self, seconds, window=XTERM, attended=THERE):
        for _ in range(int(seconds // 5)):
            self.passes(5).look(window, attended)
        return self

    def stays_away_for(self, seconds, already=0.0):
        for n in range(1, int(seconds // 5) + 1):
            self.passes(5).look(XTERM, Attended(idle_seconds=already + 5.0 * n))
        return self

    def activities(self):
        return self._told(Activity, "app")

    def presence(self):
        return self._told(Presence, "state")

    def _told(self, kind, what):
        rows = sorted((r for r in self.rows.values() if type(r) is kind), key=lambda r: r.start)
        return [
            ((r.start - NOON).total_seconds(), (r.end - NOON).total_seconds(), getattr(r, what))
            for r in rows
        ]


def test_what_is_in_front_is_one_row_that_grows():
    life = Life().look().looks_for(60)
    assert life.activities() == [(0, 60, "xterm")]
    assert life.presence() == [(0, 60, ACTIVE)]


def test_another_window_begins_where_the_first_ends():
    life = Life().look().passes(3).look().passes(1.5).look(FIREFOX).passes(2).look(FIREFOX)
    assert life.activities() == [(0, 4.5, "xterm"), (4.5, 6.5, "firefox")]


def test_an_empty_desktop_ends_the_activity_and_not_the_presence():
    life = Life().look().passes(3).look(None).passes(3).look(None)
    assert life.activities() == [(0, 3, "xterm")]
    assert life.presence() == [(0, 6, ACTIVE)]


def test_a_title_that_settles_within_a_second_is_not_a_row_of_its_own():
    late = replace(XTERM, title="vim")
    life = Life().look().passes(0.4).look(late).passes(5).look(late)
    assert [row.title for row in life.rows.values() if isinstance(row, Activity)] == ["vim"]
    assert life.activities() == [(0, 5.4, "xterm")]


def test_a_title_that_changes_later_begins_a_row():
    late = replace(XTERM, title="vim")
    life = Life().look().passes(4).look(late).passes(5).look(late)
    assert life.activities() == [(0, 4, "xterm"), (4, 9, "xterm")]


def test_a_pause_begins_at_the_last_input():
    life = Life().look().looks_for(60).stays_away_for(200)
    assert life.presence() == [(0, 60, ACTIVE), (60, 260, IDLE)]


def test_a_short_pause_stays_active():
    life = Life().look().looks_for(60).stays_away_for(175).looks_for(10)
    assert life.presence() == [(0, 245, ACTIVE)]


def test_a_pause_ends_with_the_input_that_ends_it():
    life = Life().look().stays_away_for(200).passes(5).look(XTERM, Attended(idle_seconds=2.0))
    assert life.presence() == [(0, 203, IDLE), (203, 205, ACTIVE)]


def test_a_pause_older_than_the_watch_is_known_from_its_start_only():
    life = Life().look(XTERM, Attended(idle_seconds=900)).stays_away_for(10, already=900)
    assert life.presence() == [(0, 10, IDLE)]


def test_a_lock_overrides_the_input_and_hides_the_window():
    locked = Attended(idle_seconds=0.0, state=LOCKED)
    life = Life().look().passes(5).look(XTERM, locked).looks_for(20, XTERM, locked).looks_for(5)
    assert life.presence() == [(0, 5, ACTIVE), (5, 30, LOCKED)]
    life.looks_for(5)
    assert life.presence()[-1] == (30, 35, ACTIVE)
    assert life.activities() == [(0, 5, "xterm"), (30, 35, "xterm")]


def test_a_process_that_was_stopped_claims_nothing_about_the_time():
    life = Life().look().looks_for(10).passes(13).look().looks_for(10)
    assert life.presence() == [(0, 10, ACTIVE), (23, 33, ACTIVE)]
    assert life.activities() == [(0, 10, "xterm"), (23, 33, "xterm")]


def test_a_machine_that_slept_is_known_to_have_slept():
    life = Life().look().looks_for(10).passes(2, asleep=3600).look().looks_for(5)
    assert life.stepped is False
    assert life.presence() == [(0, 10, ACTIVE), (10, 3612, ASLEEP), (3612, 3617, ACTIVE)]
    assert life.activities() == [(0, 10, "xterm"), (3612, 3617, "xterm")]


def test_a_weekend_asleep_is_known_though_the_clock_is_set_right_afterwards():
    weekend = 62 * 3600
    life = Life().look().looks_for(10).passes(2, asleep=weekend, step=7.5).look()
    life.looks_for(5)
    woken = 12 + weekend + 7.5
    assert life.presence() == [
        (0, 10, ACTIVE),
        (10, woken, ASLEEP),
        (woken, woken + 5, ACTIVE),
    ]
    # A step that no drift explains leaves it unknown.
    life = Life().look().looks_for(10).passes(2, asleep=3600, step=60).look().looks_for(5)
    assert life.presence()[1][2] is ACTIVE


def test_a_machine_that_slept_in_another_zone_slept_where_it_was():
    life = Life().look().looks_for(10)
    life.zone = "Asia/Tokyo"
    life.passes(2, asleep=3600).look().looks_for(5)
    zones = {row.state: row.zone for row in life.rows.values() if isinstance(row, Presence)}
    assert zones == {ASLEEP: "Europe/Berlin", ACTIVE: "Asia/Tokyo"}


def test_that_the_machine_slept_is_known_where_nothing_tells_who_is_there():
    life = Life().look(attended=None).passes(5).look(attended=None)
    life.passes(1, asleep=3600).look(attended=None).passes(5).look(attended=None)
    assert life.presence() == [(5, 3606, ASLEEP)]


def test_sleep_that_was_announced_begins_when_it_was():
    asleep = Attended(state=ASLEEP)
    life = Life().look().passes(4).look(XTERM, asleep).passes(1, asleep=60).look().looks_for(5)
    assert life.presence() == [(0, 4, ACTIVE), (4, 65, ASLEEP), (65, 70, ACTIVE)]


@pytest.mark.parametrize("hours", [1, 24 * 365])
def test_a_clock_set_forward_leaves_a_gap(hours):
    step = 3600 * hours
    life = Life().look().looks_for(10).passes(5, step=step).look()
    assert life.stepped
    life.looks_for(10)
    assert life.presence() == [(0, 10, ACTIVE), (15 + step, 25 + step, ACTIVE)]


def test_time_that_a_clock_set_back_repeats_is_recorded_once():
    life = Life().look().looks_for(3600).passes(5, step=-1800).look()
    assert life.stepped
    life.looks_for(2400)
    first, second = life.presence()
    assert first == (0, 3600, ACTIVE)
    assert 3600 <= second[0] <= 3610
    assert second[1] == 3605 - 1800 + 2400


def test_a_clock_put_right_after_the_start_costs_nothing():
    life = Life().look().looks_for(20).passes(5, step=-7200).look().looks_for(600)
    assert sum(end - start for start, end, _ in life.presence()) == 620


def test_what_an_earlier_run_recorded_is_not_recorded_again():
    life = Life()
    life.sessionizer.taken = [(NOON - timedelta(hours=1), NOON + timedelta(seconds=30))]
    life.look().looks_for(60)
    assert life.presence() == [(30, 60, ACTIVE)]


def test_a_drifting_clock_is_no_step():
    life = Life().look()
    for _ in range(100):
        life.passes(5, step=0.01).look()
    assert len(life.presence()) == 1


def test_another_zone_begins_new_rows():
    life = Life().look().looks_for(10)
    life.zone = "America/Lima"
    life.looks_for(10)
    assert life.presence() == [(0, 15, ACTIVE), (15, 20, ACTIVE)]
    assert [row.zone for row in life.rows.values()].count("America/Lima") == 2


def test_nothing_is_claimed_where_nobody_can_tell():
    life = Life().look(XTERM, None).passes(5).look(XTERM, None)
    assert life.presence() == []
    assert life.activities() == [(0, 5, "xterm")]


def test_two_attendances_know_more_than_one():
    screen_saver, logind = Attended(idle_seconds=40.0), Attended(state=LOCKED)
    assert merged([screen_saver, logind]) == Attended(40.0, LOCKED)
    assert merged([screen_saver, Attended(idle_seconds=3.0)]) == Attended(3.0)
    assert merged([Attended(state=ACTIVE), logind]) == logind
    assert merged([Attended()]) is None


EVENTS = st.one_of(
    st.tuples(st.just("passes"), st.floats(0.001, 12.4)),
    st.tuples(st.just("stopped"), st.floats(12.6, 400)),
    st.tuples(st.just("sleeps"), st.floats(1.1, 90_000)),
    st.tuples(st.just("step"), st.floats(-9000, 9000).filter(lambda s: abs(s) > 1.6)),
    st.tuples(st.just("zone"), st.just(0.0)),
)
WINDOWS = st.sampled_from([XTERM, FIREFOX, replace(XTERM, title="vim"), None])
ATTENDED = st.one_of(
    st.builds(Attended, st.floats(0, 400)),
    st.sampled_from([Attended(state=LOCKED), Attended(0.0, ASLEEP), Attended(1.0, IDLE)]),
)


@st.composite
def lives(draw, attended=ATTENDED, events=EVENTS):
    life = Life().look(draw(WINDOWS), draw(attended))
    life.continuous = []
    for kind, size in draw(
        st.lists(st.tuples(events), max_size=60).map(lambda e: [x[0] for x in e])
    ):
        before = life.wall
        if kind in {"stopped", "passes"}:
            life.passes(size)
        elif kind == "sleeps":
            life.passes(1, asleep=size)
        elif kind == "step":
            life.passes(1, step=size)
        else:
            life.zone = "America/Lima" if life.zone != "America/Lima" else "Asia/Tokyo"
        life.look(draw(WINDOWS), draw(attended))
        if kind in ("passes", "sleeps"):
            life.continuous.append((before, life.wall))
    return life


def by_source(life):
    for kind in (Activity, Presence):
        yield sorted((r for r in life.rows.values() if type(r) is kind), key=lambda r: r.start)


@given(lives())
def test_no_instant_is_in_two_rows(life):
    for rows in by_source(life):
        for one, next_one in pairwise(rows):
            assert one.end <= next_one.start


@given(lives())
def test_no_row_reaches_beyond_what_was_looked_at(life):
    known = sum((end - start for start, end in life.continuous), timedelta())
    slack = timedelta(milliseconds=len(life.looks))
    for rows in by_source(life):
        assert sum((row.end - row.start for row in rows), timedelta()) <= known + slack
        for row in rows:
            assert min(life.looks) - slack <= row.start < row.end <= max(life.looks)


@given(
    lives(
        events=st.one_of(
            st.tuples(st.just("passes"), st.floats(0.001, 12.4)),
            st.tuples(st.just("sleeps"), st.floats(1.1, 90_000)),
            st.tuples(st.just("zone"), st.just(0.0)),
        )
    )
)
def test_presence_parts_the_time_that_was_watched_without_a_hole(life):
    *_, rows = by_source(life)
    watched = life.sessionizer._last.wall - NOON
    assert sum((row.end - row.start for row in rows), timedelta()) == watched
