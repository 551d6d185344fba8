from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disconnect.pipeline.timeline.rows import CHANNELS, DAY, HOUR, Kind, Layer, Sums
from disconnect.pipeline.timeline.summing import counted as count
from tests.strategies import (
    ACTIVE,
    ASLEEP,
    BROADCAST,
    CALL,
    EMAIL,
    HI,
    IDLE,
    LO,
    LOCKED,
    MESSAGE,
    MINUTE,
    activity,
    lives,
    presence,
    rows,
)


def total(found: Sums, kind: Kind = Kind.ACTIVITY, **equal: int) -> int:
    mask = found.kind == kind
    for name, value in equal.items():
        mask &= getattr(found, name) == value
    return int(found.ms[mask].sum())


def counted(activities=(), presences=(), meetings=()) -> Sums:
    return count(rows(activities, presences, meetings), LO, HI).sums()


def same(one: Sums, other: Sums) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in Sums.__dataclass_fields__
    )


@settings(deadline=None, max_examples=40)
@given(lives())
def test_days_add_up_to_the_whole_and_each_stands_for_itself(life):
    whole = counted(*life)
    parts = [count(rows(*life), LO + n * DAY, LO + (n + 1) * DAY).sums() for n in range(3)]
    assert same(whole, Sums.joined(parts))


@settings(deadline=None, max_examples=40)
@given(lives(), st.integers(LO, HI))
def test_a_cut_anywhere_loses_and_doubles_nothing(life, cut):
    before = count(rows(*life), LO, HI).sums((LO, cut))
    after = count(rows(*life), LO, HI).sums((cut, HI))
    whole = counted(*life)
    for kind in Kind:
        assert total(before, kind) + total(after, kind) == total(whole, kind)


@settings(deadline=None, max_examples=40)
@given(lives(), st.randoms())
def test_the_order_of_rows_changes_nothing(life, random):
    shuffled = [random.sample(part, len(part)) for part in life]
    assert same(counted(*life), counted(*shuffled))


@settings(deadline=None, max_examples=40)
@given(lives())
def test_the_same_rows_twice_change_nothing(life):
    assert same(counted(*life), counted(*(part + part for part in life)))


@settings(deadline=None, max_examples=40)
@given(lives(zones=(1,)))
def test_no_local_day_is_longer_than_its_clock(life):
    found = counted(*life)
    berlin = ZoneInfo("Europe/Berlin")
    for kind in Kind:
        of_kind = found.take(found.kind == kind)
        for day in np.unique(of_kind.hour // 24):
            midnight = datetime.fromtimestamp(int(day) * 86_400, UTC).replace(tzinfo=berlin)
            following = datetime.fromtimestamp(int(day + 1) * 86_400, UTC).replace(tzinfo=berlin)
            length = (following.timestamp() - midnight.timestamp()) * 1000
            assert of_kind.ms[of_kind.hour // 24 == day].sum() <= length


@settings(deadline=None, max_examples=40)
@given(lives())
def test_nothing_counts_that_is_not_covered(life):
    found = counted(*life)
    for day in np.unique(found.utc_day):
        assert total(found, Kind.COVERED, utc_day=day) <= DAY
        for hour in np.unique(found.hour):
            known = total(found, Kind.COVERED, utc_day=day, hour=hour)
            assert total(found, utc_day=day, hour=hour) <= known


@settings(deadline=None, max_examples=40)
@given(lives())
def test_a_locked_device_adds_nothing_of_its_own(life):
    activities, _, _ = life
    locked = [presence(LO - DAY, HI, LOCKED, device=device) for device in (1, 2)]
    assert total(counted(activities, locked)) == 0


def test_work_from_half_past_nine_to_eleven_falls_into_its_local_hours():
    at = LO + 8 * HOUR + 30 * MINUTE  # 09:30 in Berlin
    found = counted([activity(at, at + 90 * MINUTE)], [presence(at, at + DAY)])
    by_hour = {
        int(h) % 24: total(found, hour=h)
        for h in np.unique(found.hour[found.kind == Kind.ACTIVITY])
    }
    assert by_hour == {9: 30 * MINUTE, 10: HOUR}


def test_an_hour_that_the_clock_skips_is_never_filled():
    night = LO + DAY  # 01:00 in Berlin; at 02:00 it is 03:00
    found = counted([activity(night, night + 2 * HOUR)], [presence(night, night + 2 * HOUR)])
    hours = found.hour[found.kind == Kind.ACTIVITY] % 24
    assert hours.tolist() == [1, 3]


def test_half_an_hour_of_zone_cuts_hours_at_half_past():
    found = counted([activity(LO, LO + HOUR, zone=2)], [presence(LO, LO + HOUR, zone=2)])
    active = found.take(found.kind == Kind.ACTIVITY)
    assert (active.hour % 24).tolist() == [5, 6]
    assert active.ms.tolist() == [30 * MINUTE, 30 * MINUTE]


def test_time_asleep_and_time_nobody_recorded_do_not_count():
    found = counted(
        [activity(LO, LO + 3 * HOUR)],
        [presence(LO, LO + HOUR), presence(LO + HOUR, LO + 2 * HOUR, ASLEEP)],
    )
    assert total(found) == HOUR
    assert total(found, Kind.COVERED) == 2 * HOUR


@pytest.mark.parametrize(("state", "hours"), [(IDLE, 2), (LOCKED, 0), (ASLEEP, 0)])
def test_a_call_counts_two_hours_without_input_and_never_behind_a_lock(state, hours):
    found = counted([activity(LO, LO + 5 * HOUR, CALL)], [presence(LO, LO + 5 * HOUR, state)])
    assert total(found) == hours * HOUR


def test_an_empty_chair_before_a_call_program_is_no_call():
    main_window = 7
    found = counted([activity(LO, LO + 5 * HOUR, main_window)], [presence(LO, LO + 5 * HOUR, IDLE)])
    assert total(found) == 0
    found = counted([activity(LO, LO + 5 * HOUR, main_window)], [presence(LO, LO + 5 * HOUR)])
    assert total(found) == 5 * HOUR


def test_two_hours_are_the_bound_of_a_stretch_of_idleness_and_not_of_a_row():
    rows_of_an_hour = [presence(LO + n * HOUR, LO + (n + 1) * HOUR, IDLE) for n in range(7)]
    found = counted([activity(LO, LO + 7 * HOUR, CALL)], rows_of_an_hour)
    assert total(found) == 2 * HOUR


@pytest.mark.parametrize(
    ("between", "minutes", "hours"),
    [(None, 9, 2), (None, 11, 3), (LOCKED, 9, 2), (LOCKED, 11, 3), (ACTIVE, 1, 3 + 1 / 60)],
)
def test_whoever_was_there_in_between_begins_a_new_stretch(between, minutes, hours):
    back = LO + HOUR + minutes * MINUTE
    there = [presence(LO, LO + HOUR, IDLE), presence(back, back + 5 * HOUR, IDLE)]
    there += [] if between is None else [presence(LO + HOUR, back, between)]
    found = counted([activity(LO, back + 5 * HOUR, CALL)], there)
    lost = 0 if between == ACTIVE or minutes > 10 else minutes * MINUTE
    assert total(found) == round(hours * HOUR) - lost


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(LO - 4 * HOUR, LO + 8 * HOUR), max_size=6))
def test_an_idle_row_cut_anywhere_counts_as_the_whole_one(cuts):
    call, begins = activity(LO, LO + 8 * HOUR, CALL), LO - 4 * HOUR
    for first in (begins, LO - HOUR, LO + 2 * HOUR):
        before = [presence(begins, first)] if first > begins else []
        edges = sorted({first, LO + 8 * HOUR, *(cut for cut in cuts if cut > first)})
        parts = [presence(*span, IDLE) for span in pairwise(edges)]
        whole = counted([call], [*before, presence(first, LO + 8 * HOUR, IDLE)])
        assert same(whole, counted([call], [*before, *parts]))


def test_reading_without_input_does_not_count():
    assert total(counted([activity(LO, LO + HOUR, MESSAGE)], [presence(LO, LO + HOUR, IDLE)])) == 0


def test_of_overlapping_windows_the_later_is_in_front():
    found = counted(
        [activity(LO, LO + HOUR, 3), activity(LO + 10 * MINUTE, LO + 20 * MINUTE, 4)],
        [presence(LO, LO + HOUR)],
    )
    assert total(found, context=3) == 50 * MINUTE
    assert total(found, context=4) == 10 * MINUTE


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_rows_with_the_same_start_and_end_the_seen_one_is_in_front(order):
    for span in ((LO, LO + HOUR), (LO + 23 * HOUR, LO + 26 * HOUR)):
        both = [activity(*span, 4), activity(*span, 3, layer=Layer.IMPORT)][::order]
        found = counted(both, [presence(*span)])
        assert total(found, context=4) == total(found) == span[1] - span[0]


@pytest.mark.parametrize("contexts", [(3, 4), (4, 3)])
def test_of_two_that_begin_together_the_longer_is_in_front_before_midnight_too(contexts):
    long, short = contexts
    at = LO + 22 * HOUR
    longer = activity(at, at + 6 * HOUR, long, layer=Layer.IMPORT)
    found = counted([longer, activity(at, at + 4 * HOUR, short)], [presence(at, at + 6 * HOUR)])
    assert total(found, context=long) == total(found) == 6 * HOUR


def test_a_process_counts_only_where_no_window_was_seen():
    found = counted(
        [activity(LO, LO + HOUR, 3, layer=Layer.PROCESS), activity(LO, LO + 10 * MINUTE, 4)],
        [presence(LO, LO + HOUR)],
    )
    assert total(found, context=3) == 50 * MINUTE
    assert total(found, context=4) == 10 * MINUTE


def test_a_visit_refines_the_window_of_its_browser_and_adds_no_time():
    found = counted(
        [
            activity(LO, LO + 30 * MINUTE, 5, browser=0),
            activity(LO + 10 * MINUTE, LO + HOUR, 6, layer=Layer.BROWSER, browser=0),
        ],
        [presence(LO, LO + HOUR)],
    )
    assert total(found, context=5) == 10 * MINUTE
    assert total(found, context=6) == 20 * MINUTE
    assert total(found) == 30 * MINUTE


def test_another_browsers_visit_does_not_refine():
    found = counted(
        [
            activity(LO, LO + HOUR, 5, browser=0),
            activity(LO, LO + HOUR, 6, layer=Layer.BROWSER, browser=1),
        ],
        [presence(LO, LO + HOUR)],
    )
    assert total(found, context=5) == HOUR


def test_a_title_tells_the_tab_that_was_opened_long_before():
    visits = [
        activity(LO, LO + MINUTE, 6, layer=Layer.BROWSER, browser=0, title=1),
        activity(LO + MINUTE, LO + 9 * HOUR, 7, layer=Layer.BROWSER, browser=0, title=2),
    ]
    back = activity(LO + 8 * HOUR, LO + 9 * HOUR, 5, browser=0, title=1)
    found = counted([*visits, back], [presence(LO, LO + 9 * HOUR)])
    assert total(found, context=6) == HOUR


def test_a_title_says_nothing_after_a_day():
    visit = activity(LO, LO + MINUTE, 6, layer=Layer.BROWSER, browser=0, title=1)
    later = activity(LO + DAY, LO + DAY + HOUR, 5, browser=0, title=1)
    found = counted([visit, later], [presence(LO + HOUR, HI)])
    assert total(found, context=5) == HOUR


def test_imported_history_alone_counts_and_covers_itself_only():
    visit = activity(LO, LO + 10 * MINUTE, 6, layer=Layer.BROWSER, browser=0)
    found = counted([visit])
    assert total(found) == 10 * MINUTE
    assert total(found, Kind.COVERED) == 10 * MINUTE


def test_history_beside_presence_is_no_time_in_front():
    visit = activity(LO, LO + 10 * MINUTE, 6, layer=Layer.BROWSER, browser=0)
    assert total(counted([visit], [presence(LO + 9 * MINUTE, LO + HOUR)])) == 0


def test_of_two_devices_the_more_natural_channel_has_the_instant():
    both = [presence(LO, LO + HOUR, device=device) for device in (1, 2)]
    found = counted(
        [activity(LO, LO + HOUR, BROADCAST), activity(LO, LO + HOUR, MESSAGE, device=2)], both
    )
    assert total(found, device=2) == HOUR
    assert total(found) == HOUR


def test_with_devices_in_two_zones_what_counts_is_known_on_the_day_it_counts_on():
    both = [presence(LO, LO + HOUR, device=1, zone=4), presence(LO, LO + HOUR, device=2, zone=2)]
    found = counted([activity(LO, LO + HOUR, MESSAGE, device=2, zone=2)], both)
    for kind in (Kind.ACTIVITY, Kind.COVERED):
        assert np.unique(found.hour[found.kind == kind] // 24).tolist() == [LO // DAY]


def test_a_logged_call_covers_itself_and_comes_before_what_is_typed():
    found = counted(
        [activity(LO, LO + HOUR, EMAIL)],
        [presence(LO, LO + HOUR)],
        [(LO, LO + 2 * HOUR, CALL, 1)],
    )
    assert total(found, channel=CALL) == 2 * HOUR
    assert total(found) == 2 * HOUR
    assert total(found, Kind.COVERED) == 2 * HOUR


def test_overlapping_meetings_count_once_and_typing_beside_them_is_told():
    found = counted(
        [activity(LO, LO + 2 * HOUR, MESSAGE)],
        [presence(LO, LO + 2 * HOUR)],
        [(LO, LO + HOUR, 0, 1), (LO + 30 * MINUTE, LO + HOUR, 0, 1)],
    )
    assert total(found, Kind.IN_PERSON) == HOUR
    assert total(found, together=1) == HOUR


def test_only_days_on_which_rules_decide_hang_on_them():
    clear = activity(LO, LO + HOUR)
    waiting = activity(LO + DAY, LO + DAY + HOUR)
    there = [presence(LO, LO + HOUR), presence(LO + DAY, LO + DAY + HOUR, IDLE)]
    days = count(rows([clear, waiting], there), LO, HI).unsure
    assert days.tolist() == [LO // DAY + 1]


def test_the_channels_are_those_of_the_facts():
    from collectors.facts.social import Channel

    assert tuple(CHANNELS) == tuple(Channel)
