"""What came of the hours, from a home with a real store."""

import datetime as dt
import math

import pytest

from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.facts.social import Channel, Encounter, Opportunity, Person, Reach
from disconnect.analysis.living import living
from disconnect.analysis.people import funnel_of, grown_of, ties_of
from disconnect.analysis.returns import chances_in, returns_in, returns_of
from disconnect.errors import NothingThereError
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.settings import Settings
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

FIRST = dt.date(2026, 3, 1)
PERIOD = Period(FIRST, FIRST + dt.timedelta(days=9))
HERE = {"device": "laptop", "zone": "UTC"}


def clock():
    return dt.datetime(2026, 3, 11, 12, tzinfo=dt.UTC)


def at(day, hour):
    return dt.datetime(2026, 3, day, hour, tzinfo=dt.UTC)


def screen(day):
    """Nine hours at the screen, two of them on LinkedIn and one of mail."""
    yield Presence(
        start=at(day, 8),
        end=at(day, 17),
        source="presence/daemon",
        state=PresenceState.ACTIVE,
        **HERE,
    )
    for start, end, app, site in (
        (9, 11, "firefox", "linkedin.com"),
        (11, 12, "thunderbird", None),
        (12, 17, "xterm", None),
    ):
        yield Activity(
            start=at(day, start), end=at(day, end), source="desktop/x11", app=app, title=app, site=site, **HERE
        )  # fmt: skip


def with_people(day, hours, *people, **more):
    return Encounter(start=at(day, 18), end=at(day, 18 + hours), people=people, zone="UTC", **more)


def came(day, person, via):
    return Opportunity(day=FIRST.replace(day=day), person=person, what=f"{day}{via}", via=via)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Ten days, the last two unrecorded: Ana met in person, Ben at his chance, Cleo online."""
    home = Home(tmp_path_factory.mktemp("home")).prepare()
    facts = [
        Person(name="Ana", met="in_person", how="school"),
        Person(name="Ben", met="in_person"),
        Person(name="Cleo", met="online", how="forum"),
        Person(name="Dora"),
        *(fact for day in range(1, 9) for fact in screen(day)),
        with_people(1, 3, "Ana", support="received"),
        with_people(2, 2, "Ben", chance=True),
        with_people(4, 1, "Ana", "Ben", support="received"),
        with_people(5, 1, "Cleo", channel=Channel.CALL, support="given"),
        with_people(6, 2, "Ana", support="given"),
        came(3, "Ana", Channel.IN_PERSON),
        came(5, "Ana", Channel.EMAIL),
        came(6, "Ben", Channel.IN_PERSON),
        came(7, "Cleo", Channel.EMAIL),
        came(8, "Dora", None),
        came(10, "Cleo", Channel.EMAIL),
        Reach(day=FIRST, platform="LinkedIn", people=800),
    ]
    connection = connect(home.database)
    Writer(connection).write(facts)
    connection.close()
    return home


@pytest.fixture(scope="module")
def life(home):
    return living(home, Settings(), PERIOD, clock)


def row(frame, group):
    """Events and hours of a group."""
    cells = frame.loc[group].to_dict()
    return int(cells["events"]), cells["hours"]


def events(frame):
    return {group: int(count) for group, count in frame["events"].items() if count}


def test_opportunities_stand_against_the_hours_of_the_channel_they_came_by(life):
    frame = returns_in(life, "channel")
    assert events(frame) == {"in_person": 2, "email": 2, None: 1}
    assert row(frame, "in_person")[1] == pytest.approx(8)
    assert row(frame, "email")[1] == pytest.approx(8)
    assert row(frame, "broadcast")[1] == pytest.approx(16)
    assert frame.loc["email", "left_out"] == 1
    assert frame["ratio"].iloc[0] == pytest.approx(3, rel=0.1)  # 2 in 8 h against 2 in 24 h


def test_by_origin_they_stand_against_the_hours_of_that_world(life):
    frame = returns_in(life, "origin")
    assert events(frame) == {"in_person": 3, "online": 1, None: 1}
    assert row(frame, "online")[1] == pytest.approx(25)  # the call that was logged, too
    assert frame.loc["online", "left_out"] == 1


def test_by_person_they_stand_against_the_hours_logged_together(life):
    frame = returns_in(life, "person")
    assert row(frame, "Ana") == (2, pytest.approx(6))
    assert row(frame, "Cleo") == (2, pytest.approx(1))
    assert math.isnan(row(frame, "Dora")[1])


def test_support_stands_against_the_hours_logged_with_it(life):
    frame = returns_in(life, "channel", "support")
    assert events(frame) == {"in_person": 2}
    assert row(frame, "call")[1] == pytest.approx(1)
    assert math.isnan(row(frame, "email")[1])
    people = returns_in(life, "person", "support")
    assert people["events"].to_dict() == {"Ana": 2, "Ben": 1, "Cleo": 0}


def test_chance_and_what_it_began(life):
    frame = returns_in(life, "chance")
    assert row(frame, "chance") == (1, pytest.approx(3))
    assert row(frame, "otherwise") == (4, pytest.approx(7))
    found = chances_in(life)
    assert (found.encounters, found.days, found.people, found.opportunities) == (1, 4, ("Ben",), 1)
    assert found.hours == pytest.approx(8)
    assert found.low < 100 / 8 < found.high


def test_a_period_without_anything_says_so(home):
    before = Period(dt.date(2020, 1, 1), dt.date(2020, 1, 31))
    with pytest.raises(NothingThereError):
        returns_of(home, Settings(), before, ("channel", "opportunities"), clock)
    with pytest.raises(NothingThereError):
        funnel_of(home, Settings(), before)


def test_from_reach_to_support(home):
    stages = funnel_of(home, Settings(), PERIOD)
    assert stages["people"].tolist() == [800, 4, 2, 4]


def test_ties_and_how_they_grew(home):
    found = ties_of(home, Settings(), dt.date(2026, 3, 11)).set_index("name")
    assert found.loc["Ana", "in_person_hours"] == 6
    assert found.loc["Cleo", "call_hours"] == 1
    assert found["trend"].isna().all()
    grew = grown_of(home, Settings(), PERIOD)
    assert grew.groupby("name")["total_hours"].max().to_dict() == {"Ana": 6, "Ben": 3}


def test_phone_calls_logged_by_hand_are_call_hours_on_days_without_a_computer(tmp_path):
    home = Home(tmp_path).prepare()
    facts = [fact for day in range(1, 8) for fact in screen(day)]
    for day in (8, 9):  # the computer is off: nothing is known but what was logged
        start, end = at(day, 10), at(day, 12)
        call = Encounter(start=start, end=end, people=("Cleo",), channel=Channel.CALL, zone="UTC")
        facts.append(call)
        facts.append(came(day, "Cleo", Channel.CALL))
    facts += [with_people(1, 3, "Ana"), came(1, "Ana", Channel.IN_PERSON)]
    connection = connect(home.database)
    Writer(connection).write(facts)
    connection.close()
    frame = returns_in(living(home, Settings(), PERIOD, clock), "channel")
    assert row(frame, "call") == (2, pytest.approx(4))
    assert frame.loc["call", "left_out"] == 0
    assert frame["ratio_probability"].iloc[0] > 0
