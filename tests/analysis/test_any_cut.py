"""A life cut anywhere, in any zone: its parts add up to the whole, to the millisecond."""

import datetime as dt
import os
import tempfile
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.facts.social import Channel, Encounter
from disconnect.analysis.contrast import contrast_of
from disconnect.analysis.people import people_of
from disconnect.analysis.query import query_of
from disconnect.errors import NothingThereError
from disconnect.home import Home
from disconnect.periods import Period, between
from disconnect.settings import Settings
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

ZONES = (
    "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe",
    "Pacific/Kiritimati", "America/Los_Angeles", "Pacific/Chatham",
)  # fmt: skip
FIRST = dt.datetime(2026, 10, 2, tzinfo=dt.UTC)  # Lord Howe's clocks change on the 4th
LONG = dt.timedelta(days=4)
WHOLE = Period(dt.date(2026, 9, 29), dt.date(2026, 10, 9))
TODAY = dt.date(2026, 11, 1)
APPS = ("slack", "thunderbird", "chromium", "gimp")
HOURS = (
    "covered_hours", "screen_hours", "online_hours", "message_hours", "email_hours",
    "call_hours", "in_person_hours",
)  # fmt: skip


QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Each example asks a database; making a failing one smaller would take minutes."""


def clock():
    return dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


instants = st.integers(0, int(LONG / dt.timedelta(milliseconds=1))).map(
    lambda at: FIRST + dt.timedelta(milliseconds=at)
)
lengths = st.sampled_from([1, 7_013, 600_000, 5_400_000, 30_000_000]).map(
    lambda ms: dt.timedelta(milliseconds=ms)
)
offsets = st.sampled_from([0, 60, 330, 345, -210, 630, 765, -480, 840, None])


@st.composite
def facts(draw):
    """Three windows, the presence under them, and three encounters, each somewhere."""
    zone = st.sampled_from(ZONES)
    found = []
    for _ in range(3):
        start, long, where, device = draw(
            st.tuples(instants, lengths, zone, st.sampled_from(["a", "b"]))
        )
        span = {"start": start, "end": start + long, "device": device, "zone": where}
        found += [
            Presence(**span, source="presence/x11", state=PresenceState.ACTIVE),
            Activity(**span, source="desktop/x11", app=draw(st.sampled_from(APPS))),
        ]
    for _ in range(3):
        start, long, where = draw(st.tuples(instants, lengths, zone))
        found.append(
            Encounter(
                start=start, end=start + long, zone=where,
                people=draw(st.sampled_from([("Ana",), ("Ben",), ("Ana", "Ben")])),
                channel=draw(st.sampled_from([Channel.IN_PERSON, Channel.IN_PERSON, Channel.CALL])),
            )
        )  # fmt: skip
    return found


@contextmanager
def lived(written, machine):
    """The home of a life; the machine stands somewhere."""
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.dict(os.environ, {"TZ": machine}),
    ):
        home = Home(Path(folder)).prepare()
        connection = connect(home.database)
        Writer(connection).write(written)
        connection.close()
        yield home


def words(at, offset):
    """A cut as a person may write it: with an offset, or as the clock stood where they were."""
    if offset is None:
        return at.replace(tzinfo=None).isoformat()
    return at.astimezone(dt.timezone(dt.timedelta(minutes=offset))).isoformat()


def parts_of(cuts):
    edges = ["2026-09-29", *cuts, "2026-10-09"]
    return [between(start, end, TODAY, day_starts_hour=4) for start, end in pairwise(edges)]


def total(ask, period):
    """What is asked of a period, summed up in milliseconds; nothing known is none of it."""
    try:
        return {name: round(hours * 3_600_000) for name, hours in ask(period).items() if hours}
    except NothingThereError:
        return {}


def together(ask, periods):
    found: dict[str, int] = {}
    for period in periods:
        for name, ms in total(ask, period).items():
            found[name] = found.get(name, 0) + ms
    return found


@settings(deadline=None, max_examples=8, phases=QUICK)
@given(
    facts(),
    st.lists(st.tuples(instants, offsets), min_size=1, max_size=3, unique_by=lambda cut: cut[0]),
    st.sampled_from(ZONES),
    st.integers(0, 4),
)
def test_parts_add_up_to_the_whole(written, cuts, machine, starts):
    own = Settings(day_starts=f"{starts:02}:00")
    with lived(written, machine) as home:
        aware = sorted(cut for cut in cuts if cut[1] is not None)
        parts = parts_of([words(*cut) for cut in aware])
        for group in ("category", "channel", "person", "device"):

            def asked(period, group=group):
                frame = query_of(home, own, period, "day", group, (), clock)
                return frame.groupby(group)["hours"].sum()

            assert together(asked, parts) == total(asked, WHOLE), group

        def columns(period):
            return contrast_of(home, own, period, "day", clock)[list(HOURS)].sum()

        def people(period):
            frame = people_of(home, own, period).set_index("name")
            return frame["in_person_hours"] + frame["online_hours"]

        assert together(columns, parts) == total(columns, WHOLE)
        assert together(people, parts) == total(people, WHOLE)


@settings(deadline=None, max_examples=6, phases=QUICK)
@given(facts(), instants, st.sampled_from(ZONES))
def test_a_cut_without_an_offset_is_one_cut_too(written, at, machine):
    with lived(written, machine) as home:

        def asked(period):
            frame = query_of(home, Settings(), period, "hour", "channel", (), clock)
            return frame.groupby("channel")["hours"].sum()

        assert together(asked, parts_of([words(at, None)])) == total(asked, WHOLE)


@settings(deadline=None, max_examples=6, phases=QUICK)
@given(facts(), st.sampled_from(ZONES))
def test_days_of_people_add_up_to_the_time_with_them(written, machine):
    with lived(written, machine) as home:

        def asked(by, period=WHOLE):
            frame = query_of(home, Settings(), period, by, "person", (), clock)
            return (frame.groupby("person")["hours"].sum() * 3_600_000).round().to_dict()

        whole = asked(None)
        assert asked("hour") == asked("day") == asked("week") == whole
        days = [WHOLE.first + dt.timedelta(days=n) for n in range(WHOLE.days)]
        apart = together(
            lambda day: query_of(home, Settings(), day, None, "person", (), clock)
            .set_index("person")["hours"], [Period(day, day) for day in days]
        )  # fmt: skip
        assert apart == whole


NIGHT = (
    Presence(
        start=dt.datetime(2026, 11, 8, 21, tzinfo=dt.UTC), device="a", zone="Europe/Berlin",
        end=dt.datetime(2026, 11, 9, 2, tzinfo=dt.UTC), source="presence/x11",
        state=PresenceState.ACTIVE,
    ),
    Activity(
        start=dt.datetime(2026, 11, 8, 21, tzinfo=dt.UTC), device="a", zone="Europe/Berlin",
        end=dt.datetime(2026, 11, 9, 2, tzinfo=dt.UTC), source="desktop/x11", app="slack",
    ),
)  # fmt: skip


@pytest.mark.parametrize("machine", ["Europe/Berlin", "UTC", "Pacific/Kiritimati"])
@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-08T21:00Z", "2026-11-08T23:30Z", 2.5),
        ("2026-11-08T23:15Z", "2026-11-08T23:45Z", 0.5),
        ("2026-11-09T05:15+05:30", "2026-11-09", 2.25),
        ("2026-11-08T22:00", "2026-11-09T00:30", 2.5),
        ("2026-11-09", "2026-11-08T23:30Z", 0.5),
        ("2026-11-08T23:59:59.999Z", "2026-11-09", 2 + 1 / 3_600_000),
    ],
)
def test_a_night_is_cut_where_the_person_was(start, end, hours, machine):
    period = between(start, end, dt.date(2026, 11, 9))
    with lived(NIGHT, machine) as home:
        found = query_of(home, Settings(), period, None, "category", (), clock)
        assert found["hours"].sum() == pytest.approx(hours, abs=1e-9)
        days = contrast_of(home, Settings(), period, "day", clock)
        assert days["screen_hours"].sum() == pytest.approx(hours, abs=1e-9)
        whole = query_of(home, Settings(), period, "day", "app", (), clock)
        assert whole["hours"].sum() == pytest.approx(hours, abs=1e-9)
