"""A made-up life is the same each time, orderly, and tells its story."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.facts.checkin import CheckIn
from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.facts.social import Channel, Encounter, Opportunity, Person, Reach
from collectors.imports.made_up import MadeUpLife
from collectors.source import History

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
FIRST = date(2026, 1, 1)
YEAR = 365
LONG_MONTHS = range(int(YEAR * 0.45), int(YEAR * 0.65))
AFTER = range(int(YEAR * 0.75), YEAR)
BEFORE = range(60)


def day_of(fact):
    return (fact.start.date() - FIRST).days


def rows(facts, kind):
    return [fact for fact in facts if isinstance(fact, kind)]


@pytest.fixture(scope="module")
def year():
    return list(MadeUpLife(7, FIRST, YEAR).facts(LONG_AGO))


@pytest.fixture(scope="module")
def travelled():
    life = MadeUpLife(3, date(2026, 3, 1), 60, devices=2, travel=True)
    return list(life.facts(LONG_AGO))


def test_it_is_a_history():
    life = MadeUpLife(1, FIRST, 1)
    assert isinstance(life, History)
    assert life.missing() is None


def test_the_same_seed_is_the_same_life_and_another_is_not():
    lives = [list(MadeUpLife(seed, FIRST, 5).facts(LONG_AGO)) for seed in (1, 1, 2)]
    assert lives[0] == lives[1] != lives[2]


def test_what_is_left_after_a_moment_is_the_end_of_the_whole():
    whole = list(MadeUpLife(1, FIRST, 20).facts(LONG_AGO))
    since = datetime(2026, 1, 12, 13, 37, tzinfo=UTC)
    late = list(MadeUpLife(1, FIRST, 20).facts(since))
    kept = [f for f in whole if _after(f, since)]
    assert [f for f in late if not isinstance(f, Person | Opportunity | Reach)] == kept
    assert rows(late, Person) == rows(whole, Person)


def _after(fact, since):
    if isinstance(fact, CheckIn):
        return fact.at > since
    return isinstance(fact, Activity | Presence | Encounter) and fact.end > since


def test_answers_go_with_the_story_and_stay_on_their_scales(year):
    said = rows(year, CheckIn)
    daily = [one for one in said if one.instrument == "daily"]
    assert all(0 <= answer <= 10 for one in daily for answer in one.answers)
    assert all(0 <= one.score <= 100 for one in said if one.instrument.startswith("cbi"))

    def energy(days):
        values = [one.answers[0] for one in daily if (one.day - FIRST).days in days]
        return sum(values) / len(values)

    assert energy(LONG_MONTHS) < energy(BEFORE) - 2
    assert energy(AFTER) > energy(LONG_MONTHS) + 2
    assert 0.6 * YEAR < len(daily) < 0.95 * YEAR  # people forget


def test_people_come_first_and_everybody_met_is_one_of_them(year):
    people = rows(year, Person)
    assert 35 <= len(people) <= 45
    assert year[: len(people)] == people
    names = {person.name for person in people}
    assert len(names) == len(people)
    for fact in rows(year, Encounter):
        assert names.issuperset(fact.people)
    assert names.issuperset(fact.person for fact in rows(year, Opportunity))


def check_order(facts):
    reached = {}
    for fact in facts:
        if isinstance(fact, Activity | Presence):
            line = (type(fact), fact.device, fact.source)
            assert fact.end > fact.start
            assert fact.start >= reached.get(line, LONG_AGO)
            reached[line] = fact.end


def check_inside_presence(facts):
    active = defaultdict(list)
    for fact in rows(facts, Presence):
        if fact.state is PresenceState.ACTIVE:
            active[fact.device].append((fact.start, fact.end))
    where = Counter()
    for fact in rows(facts, Activity):
        spans = active[fact.device]
        line = (fact.device, fact.source)
        while spans[where[line]][1] <= fact.start:
            where[line] += 1
        start, end = spans[where[line]]
        assert start <= fact.start
        assert fact.end <= end


def test_rows_of_a_source_are_in_order_and_never_overlap(year, travelled):
    check_order(year)
    check_order(travelled)


def test_every_activity_lies_where_somebody_was_there(year, travelled):
    check_inside_presence(year)
    check_inside_presence(travelled)


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(),
    first=st.dates(date(2015, 1, 1), date(2035, 1, 1)),
    days=st.integers(1, 20),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"]),
    devices=st.integers(1, 3),
    travel=st.booleans(),
)
def test_any_short_life_is_orderly_and_stays_in_its_days(seed, first, days, zone, devices, travel):
    life = MadeUpLife(seed, first, days, zone, 60, devices=devices, travel=travel)
    facts = list(life.facts(LONG_AGO))
    check_order(facts)
    check_inside_presence(facts)
    assert rows(facts, Activity)
    if not travel:
        start = datetime.combine(first, datetime.min.time(), ZoneInfo(zone))
        end = datetime.combine(first + timedelta(days), datetime.min.time(), ZoneInfo(zone))
        for fact in facts:
            if isinstance(fact, Activity | Presence):
                assert start <= fact.start < fact.end <= end


def test_a_browser_record_lies_under_its_window(year):
    windows = iter([f for f in rows(year, Activity) if f.source == "desktop/x11"])
    pages = [f for f in rows(year, Activity) if f.source == "browsers/chromium/Default"]
    assert len(pages) > 20_000
    for page in pages:
        window = next(w for w in windows if w.end >= page.end)
        assert window.start <= page.start
        assert page.end <= window.end
        assert window.title == f"{page.title} - Chromium"
        assert window.app == page.app == "chromium"
        assert window.site is None
        assert page.site
        assert page.page
        assert page.page.startswith("/")


def test_as_many_activities_come_as_were_asked_for_and_one_in_eight_titles_is_new(year):
    activities = rows(year, Activity)
    assert len(activities) / YEAR == pytest.approx(400, rel=0.1)
    assert 0.10 <= len({a.title for a in activities}) / len(activities) <= 0.15


@pytest.mark.parametrize("wanted", [100, 1370])
def test_fewer_and_more_activities_come_as_asked(wanted):
    life = MadeUpLife(1, FIRST, 120, activities_per_day=wanted, gaps=False)
    came = len(rows(life.facts(LONG_AGO), Activity)) / 120
    assert came == pytest.approx(wanted, rel=0.15)


def hours_a_day(year, days, wanted):
    seen = defaultdict(float)
    for fact in rows(year, Presence):
        if fact.state is wanted and day_of(fact) in days:
            seen[day_of(fact)] += (fact.end - fact.start) / timedelta(hours=1)
    return sum(seen.values()) / len(seen)


def test_the_long_months_are_spent_at_the_screen_and_the_rest_is_not(year):
    assert hours_a_day(year, BEFORE, PresenceState.ACTIVE) < 9
    assert hours_a_day(year, LONG_MONTHS, PresenceState.ACTIVE) > 12
    assert hours_a_day(year, AFTER, PresenceState.ACTIVE) < 7.5


def met(year, days):
    return [
        fact
        for fact in rows(year, Encounter)
        if fact.channel is Channel.IN_PERSON and day_of(fact) in days
    ]


def test_people_are_met_often_then_hardly_then_more_than_before(year):
    assert len(met(year, BEFORE)) / len(BEFORE) * 7 > 3
    assert len(met(year, LONG_MONTHS)) / len(LONG_MONTHS) * 7 < 1
    assert len(met(year, AFTER)) / len(AFTER) * 7 > 7
    chance = [fact for fact in met(year, AFTER) if fact.chance]
    assert len(chance) / len(met(year, AFTER)) > 0.25


def test_feeds_are_cut_at_the_turn(year):
    feeds = Counter()
    for fact in rows(year, Activity):
        if fact.site in {"linkedin.com", "x.com", "reddit.com"}:
            stage = "long" if day_of(fact) in LONG_MONTHS else "after"
            feeds[stage] += (fact.end - fact.start) / timedelta(hours=1)
    assert feeds["long"] / len(LONG_MONTHS) > 3
    after = sum(
        (fact.end - fact.start) / timedelta(hours=1)
        for fact in rows(year, Activity)
        if fact.site == "linkedin.com" and day_of(fact) in AFTER
    )
    assert after / len(AFTER) < 0.5


@pytest.mark.parametrize("seed", [1, 7, 2026])
def test_most_opportunities_come_of_people_met_in_person(seed):
    facts = list(MadeUpLife(seed, FIRST, YEAR, activities_per_day=20).facts(LONG_AGO))
    origin = {person.name: person.met for person in rows(facts, Person)}
    came = Counter(origin[fact.person] for fact in rows(facts, Opportunity))
    assert came["in_person"] >= 8
    assert came["in_person"] > 1.5 * came["online"]


def test_a_year_has_days_and_hours_nobody_recorded(year):
    seen = Counter(day_of(fact) for fact in rows(year, Presence))
    unseen = [day for day in range(YEAR) if not seen[day]]
    assert 3 <= len(unseen) <= 20
    spans = [(f.start, f.end) for f in rows(year, Presence)]
    holes = [b - a for (_, a), (b, _) in pairwise(spans) if b > a]
    assert any(timedelta(hours=1) <= hole < timedelta(hours=5) for hole in holes)


def test_without_gaps_every_moment_is_known():
    life = MadeUpLife(5, date(2026, 3, 20), 20, gaps=False)
    spans = [(f.start, f.end) for f in life.facts(LONG_AGO) if isinstance(f, Presence)]
    assert all(end == start for (_, end), (start, _) in pairwise(spans))
    assert spans[0][0] == datetime(2026, 3, 19, 23, tzinfo=UTC)
    assert spans[-1][1] == datetime(2026, 4, 8, 22, tzinfo=UTC)


def test_a_week_away_is_in_the_other_zone(travelled):
    zones = Counter(fact.zone for fact in rows(travelled, Activity))
    assert set(zones) == {"Europe/Berlin", "America/New_York"}
    away = {f.start.date() for f in rows(travelled, Activity) if f.zone == "America/New_York"}
    assert 7 <= len(away) <= 8


def test_the_phone_has_rows_of_its_own(travelled):
    assert {fact.device for fact in rows(travelled, Activity)} == {"laptop", "phone"}
    assert {fact.source for fact in rows(travelled, Activity) if fact.device == "phone"} == {
        "imports/android"
    }


def test_ten_years_of_five_million_come_without_waiting():
    life = MadeUpLife(1, date(2016, 1, 1), 3652, activities_per_day=1370)
    head = list(islice(life.facts(LONG_AGO), 20_000))
    assert len(head) == 20_000
    late = life.facts(datetime(2025, 12, 29, tzinfo=UTC))
    assert sum(isinstance(fact, Activity) for fact in late) > 1000


def test_ratings_are_given_sometimes(year):
    encounters = met(year, range(YEAR))
    rated = [fact for fact in encounters if fact.meaning is not None]
    assert 0.2 < len(rated) / len(encounters) < 0.7
    assert any(fact.energy is not None for fact in encounters)
    assert any(fact.support for fact in encounters)


def test_a_life_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one day"):
        MadeUpLife(1, FIRST, 0)
    with pytest.raises(ValueError, match="1 to 3 devices, not 4"):
        MadeUpLife(1, FIRST, 1, devices=4)
