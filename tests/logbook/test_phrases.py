"""Plain words are understood, or refused with what is missing."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from collectors.facts.social import Channel
from disconnect.errors import UsageProblemError
from disconnect.logbook.lengths import length
from disconnect.logbook.people import near
from disconnect.logbook.phrases import understand

BERLIN = "Europe/Berlin"
NOW = dt.datetime(2026, 10, 26, 16, 30, 12, tzinfo=dt.UTC)  # Monday, 17:30 in Berlin
KNOWN = ("Ana", "Ben", "Cleo Marrowby", "Fritz von der Heide")


def read(text, now=NOW, zone=BERLIN, known=KNOWN):
    return understand(text, now=now, zone=zone, known=known)


def local(understood):
    zone = ZoneInfo(understood.zone)
    return (
        f"{understood.start.astimezone(zone):%Y-%m-%d %H:%M}",
        f"{understood.end.astimezone(zone):%H:%M}",
    )


@pytest.mark.parametrize(
    ("words", "people", "note"),
    [
        ("dinner with friends 2h yesterday 19:00", (), "with friends"),
        ("lunch with my family 1h yesterday 12:00", (), "with my family"),
        ("party with lots of people 3h yesterday 19:00", (), "with lots of people"),
        ("dinner with Ana and some friends 2h yesterday 19:00", ("Ana",), "with some friends"),
        ("walk with friends, Ben and Ana 1h yesterday 12:00", ("Ben", "Ana"), "with friends"),
        ("coffee with a friend from work 1h yesterday 12:00", (), "with a friend from work"),
        ("coffee with a friend of ana 1h yesterday 12:00", (), "with a friend of ana"),
        ("coffee with my old friend Dora 1h yesterday 12:00", ("Dora",), None),
        ("coffee with my friend ana 1h yesterday 12:00", ("Ana",), None),
        ("met friends 2h yesterday 19:00", (), "with friends"),
        ('coffee with "friends" 1h yesterday 12:00', ("friends",), None),
    ],
)
def test_company_without_a_name_makes_no_person(words, people, note):
    understood = read(words)
    assert understood.people == people
    assert understood.note == note


def test_somebody_called_like_company_stays_a_person():
    assert read("coffee with friends 1h yesterday 12:00", known=("Friends",)).people == ("Friends",)


def test_the_example_is_understood_whole():
    understood = read("coffee with Ana and Ben 90m yesterday 16:00 at Blue Bottle #chance")
    assert understood.people == ("Ana", "Ben")
    assert understood.channel is Channel.IN_PERSON
    assert understood.start == dt.datetime(2026, 10, 25, 15, tzinfo=dt.UTC)
    assert understood.end == dt.datetime(2026, 10, 25, 16, 30, tzinfo=dt.UTC)
    assert understood.place == "Blue Bottle"
    assert understood.chance
    assert understood.echo(dt.date(2026, 10, 26)) == (
        "coffee with Ana and Ben · in person · Sun 25 Oct 16:00–17:30 · at Blue Bottle · by chance"
    )


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("90m", 90),
        ("90 min", 90),
        ("45 minutes", 45),
        ("1h30", 90),
        ("1h 30m", 90),
        ("1:30h", 90),
        ("1h30m", 90),
        ("1 hour and 15 minutes", 75),
        ("1.5h", 90),
        ("1,5 h", 90),
        ("2 hours", 120),
        ("two hours", 120),
        ("half an hour", 30),
        ("an hour", 60),
        ("an hour and a half", 90),
        ("two and a half hours", 150),
        ("a quarter of an hour", 15),
    ],
)
def test_lengths(words, minutes):
    assert length(words) == dt.timedelta(minutes=minutes)
    understood = read(f"coffee with Ana {words}")
    assert understood.end - understood.start == dt.timedelta(minutes=minutes)
    assert local(understood)[1] == "17:30"


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("16:00-17:00", "2026-10-26 16:00", "17:00"),
        ("from 4 to 5:30pm", "2026-10-26 16:00", "17:30"),
        ("11-1pm", "2026-10-26 11:00", "13:00"),
        ("from 12 to 1pm", "2026-10-26 12:00", "13:00"),
        ("between 10am and 11am", "2026-10-26 10:00", "11:00"),
        ("10 to 11:30", "2026-10-26 10:00", "11:30"),
        ("noon 30m", "2026-10-26 12:00", "12:30"),
        ("since 4pm", "2026-10-26 16:00", "17:30"),
        ("until 5pm 1h", "2026-10-26 16:00", "17:00"),
        ("an hour ago 20m", "2026-10-26 16:30", "16:50"),
        ("20m now", "2026-10-26 17:10", "17:30"),
        ("this morning 20m", "2026-10-26 09:00", "09:20"),
        ("this afternoon at 4 1h", "2026-10-26 16:00", "17:00"),
        ("last night from 8 to 11", "2026-10-25 20:00", "23:00"),
        ("last night 11pm to 1am", "2026-10-25 23:00", "01:00"),
        ("yesterday evening at 7 2h", "2026-10-25 19:00", "21:00"),
        ("yesterday 23:00-01:00", "2026-10-25 23:00", "01:00"),
        ("today 9:00 1h", "2026-10-26 09:00", "10:00"),
        ("monday 9am 1h", "2026-10-26 09:00", "10:00"),
        ("last monday 9am 1h", "2026-10-19 09:00", "10:00"),
        ("on friday at 9am 1h", "2026-10-23 09:00", "10:00"),
        ("last friday 9am 1h", "2026-10-23 09:00", "10:00"),
        ("2026-10-24 16:00 1h", "2026-10-24 16:00", "17:00"),
        ("24 Oct 16:00 1h", "2026-10-24 16:00", "17:00"),
        ("24th of October 2025 16:00 1h", "2025-10-24 16:00", "17:00"),
        ("Oct 24 16:00 1h", "2026-10-24 16:00", "17:00"),
        ("Dec 24, 16:00 1h", "2025-12-24 16:00", "17:00"),
        ("29 Feb 16:00 1h", "2024-02-29 16:00", "17:00"),
        ("3 days ago 16:00 1h", "2026-10-23 16:00", "17:00"),
        ("a week ago at 16:00 for 1h", "2026-10-19 16:00", "17:00"),
        ("the day before yesterday 8pm 1h", "2026-10-24 20:00", "21:00"),
    ],
)
def test_times_and_days(words, start, end):
    assert local(read(f"coffee with Ana {words}")) == (start, end)
    assert local(read(f"{words} coffee with Ana")) == (start, end)


@pytest.mark.parametrize(
    ("words", "channel"),
    [
        ("coffee with Ana", Channel.IN_PERSON),
        ("met Ana", Channel.IN_PERSON),
        ("with Ana", Channel.IN_PERSON),
        ("called Ana", Channel.CALL),
        ("phoned Ana", Channel.CALL),
        ("zoom with Ana", Channel.CALL),
        ("video with Ana", Channel.CALL),
        ("coffee with Ana over zoom", Channel.CALL),
        ("talked to Ana on the phone", Channel.CALL),
        ("texted Ana", Channel.MESSAGE),
        ("chatted with Ana", Channel.MESSAGE),
        ("dm with Ana", Channel.MESSAGE),
        ("emailed Ana", Channel.EMAIL),
        ("call with Ana in person", Channel.IN_PERSON),
        ("Ana zoom", Channel.CALL),
        ("with Ana 30 minutes ago zoom", Channel.CALL),
        ("coffee with Ana #message", Channel.MESSAGE),
    ],
)
def test_channels(words, channel):
    understood = read(f"{words} 20m")
    assert understood.channel is channel
    assert understood.people == ("Ana",)


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("with Ana and Ben", ("Ana", "Ben")),
        ("with Ana, Ben and Dora", ("Ana", "Ben", "Dora")),
        ("with Ana & Ben", ("Ana", "Ben")),
        ("with ana and ben", ("Ana", "Ben")),
        ("with cleo", ("Cleo Marrowby",)),
        ("with fritz von der heide", ("Fritz von der Heide",)),
        ("with Gita van Lanternby and Ana", ("Gita van Lanternby", "Ana")),
        ("with my mum", ("Mum",)),
        ("with Dr. Ana Berg and old Mr. Finch", ("Dr Ana Berg", "Mr Finch")),
        ("Ana and Ben", ("Ana", "Ben")),
        ("coffee Ana", ("Ana",)),
        ('with "mad max" and Ana', ("mad max", "Ana")),
        ("with Ana and Ana", ("Ana",)),
        ("with Ana 20m and Ben", ("Ana", "Ben")),
        ("met Ana's sister", ("Ana's sister",)),
    ],
)
def test_people(words, people):
    assert read(f"{words} 20m").people == people


def test_what_is_said_after_the_people_is_a_note():
    understood = read("walk with ana and ben 20m talked about gardens")
    assert understood.people == ("Ana", "Ben")
    assert understood.note == "talked about gardens"
    assert read("with Ana and talked a lot 20m").people == ("Ana",)
    assert read("with Ana 20m note: at 9pm, with Ben").note == "at 9pm, with Ben"


def test_marks_are_understood():
    understood = read("ran into Ana 10m #received energy+2 meaning:6 disclosure:5 #garden")
    assert understood.chance
    assert (understood.energy, understood.meaning, understood.disclosure) == (2, 6, 5)
    assert understood.support == "received"
    assert understood.note == "#garden"
    assert read("coffee with Ana 10m energy-3").energy == -3


def test_a_brief_encounter_needs_no_length():
    understood = read("met Ana at the bakery #brief #chance")
    assert understood.end - understood.start == dt.timedelta(minutes=5)
    assert understood.place == "the bakery"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "with whom is missing; add with NAME"),
        ("90m", "with whom is missing; add with NAME"),
        ("coffee with Ana", "how long it took is missing; add a length such as 45m or 1h30"),
        (
            "coffee with Ana 16:00",
            "how long it took is missing; add a length such as 45m or an end",
        ),
        ("coffee with Ana 1h friday", "the time on Fri 23 Oct is missing; add one such as 16:00"),
        ("coffee with Ana 1h 31 Feb 16:00", "there is no 31 Feb"),
        ("coffee with Ana 1h 2026-02-31 16:00", "there is no 2026-02-31"),
        ("coffee with Ana 1h Sun 24 Oct 16:00", "2026-10-24 is a Saturday, not a Sun"),
        ("coffee with Ana 25:00 1h", "there is no time '25:00'; write 16:00 or 4pm"),
        ("coffee with Ana 48h", "48h is longer than a day; log each day by itself"),
        ("coffee with Ana at 4 1h", "4 may be morning or afternoon; write 4am, 4pm or 16:00"),
        ("coffee with Ana 16:00-17:00 2h", "Mon 26 Oct 16:00 to Mon 26 Oct 17:00 is 1h, not 2h"),
        ("coffee with Ana 1h 2h", "there are two different lengths in it"),
        ("coffee with Ana 0m", "it ends when it starts; say how long it took, such as 45m"),
        (
            "coffee with Ana tomorrow 1h",
            "'tomorrow' is still to come; what has happened can be logged",
        ),
        ("coffee with Ana meaning:9 1h", "meaning goes from 1 to 7, not 9"),
        ("coffee with Ana 30/10 1h", "'30/10' is no time, day or length"),
    ],
)
def test_what_cannot_be_understood_says_why_and_shows_the_text(text, why):
    with pytest.raises(UsageProblemError) as error:
        read(text)
    assert str(error.value).startswith(f"cannot log {text!r}: {why}")
    assert "\n" not in str(error.value)


def test_the_future_is_refused():
    with pytest.raises(UsageProblemError, match=r"end at Tue 27 Oct 00:30, which is still to come"):
        read("with Ana 23:00 90m")


def test_a_first_name_of_two_people_is_asked_about():
    with pytest.raises(
        UsageProblemError, match="'Ana' may be Ana Berg or Ana Tal; write the whole"
    ):
        read("with Ana 10m", known=("Ana Tal", "Ana Berg"))


def test_a_time_the_clocks_skipped_is_refused():
    with pytest.raises(UsageProblemError, match=r"no 02:30 on 2026-03-29 in Europe/Berlin"):
        read("coffee with Ana 2026-03-29 02:30 1h")


def test_an_hour_over_the_change_of_clocks_is_an_hour():
    spring = read("party with Ana 2026-03-29 01:30-03:30")
    assert spring.end - spring.start == dt.timedelta(hours=1)
    autumn = read("party with Ana 2026-10-25 01:30-03:30")
    assert autumn.end - autumn.start == dt.timedelta(hours=3)


def test_an_end_in_the_hour_that_came_twice_is_the_first_after_the_start():
    understood = read("party with Ana 2026-10-25 02:50-02:10")
    assert understood.end - understood.start == dt.timedelta(minutes=20)
    assert read(understood.echo()) == understood


def test_a_time_that_came_twice_is_told_with_its_offset():
    understood = read("party with Ana 2026-10-25 02:30 UTC+01:00 for 20m")
    assert understood.start == dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)
    assert "02:30 UTC+01:00–02:50 UTC+01:00" in understood.echo()


ZONES = st.sampled_from([BERLIN, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])
INSTANTS = st.integers(1_550_000_000, 2_050_000_000).map(
    lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC)
)
NAMES = st.lists(
    st.sampled_from(
        ["Ana", "Ben", "Dora Quist", "Eve de Wit", "Zoë", "May June", "mad max", "Sun"]
    ),
    min_size=1,
    max_size=4,
    unique=True,
)
LENGTHS = st.sampled_from(["5m", "90 min", "1h30", "2 hours", "half an hour", "an hour", "23h59m"])
DAYS = st.sampled_from(["yesterday", "last friday", "3 days ago", "two weeks ago", "a week ago"])
TIMES = st.times().map(lambda time: f"{time:%H:%M}")
PLACES = st.sampled_from(["", "at Blue Bottle", "@ the park", 'at "4th, Main St"', "in Café Möhr"])
EXTRAS = st.lists(
    st.sampled_from(
        ["#chance", "#given", "energy-2", "meaning 6", "disclosure:2", "begun by them", "#odd"]
    ),
    unique=True,
)


@st.composite
def texts(draw):
    activity = draw(st.sampled_from(["coffee", "call", "walk", "texted", "email", "choir", ""]))
    names = [
        f'"{name}"' if name in {"mad max", "Sun", "May June"} else name for name in draw(NAMES)
    ]
    when = draw(st.tuples(DAYS, TIMES, LENGTHS).map(" ".join) | LENGTHS)
    pieces = [f"with {' and '.join(names)}", when, draw(PLACES), *draw(EXTRAS)]
    note = draw(st.sampled_from(["", "note: said 9pm, at noon · or so"]))
    return " ".join([activity, *draw(st.permutations(pieces)), note])


@settings(deadline=None, max_examples=300)
@given(text=texts(), now=INSTANTS, zone=ZONES)
@example("with Ana 01:30 yesterday an hour", dt.datetime(2026, 10, 26, 5, tzinfo=dt.UTC), BERLIN)
def test_what_is_echoed_means_the_same(text, now, zone):
    try:
        understood = understand(text, now=now, zone=zone, known=())
    except UsageProblemError as error:
        assert re.search("clocks were put forward|still to come", str(error))  # noqa: PT017 - nothing else may be
        return
    for echo in (understood.echo(), understood.echo(now.astimezone(ZoneInfo(zone)).date())):
        assert understand(echo, now=now, zone=zone, known=()) == understood


PIECES = """with and , & at @ · " note: 90m 16:00 1h30 from 4 to 5pm yesterday last night friday ago
    31 Feb 2026-02-30 24 Oct #chance # energy -9 for an hour Ana ana my de I am since until now
    m\u0131nutes \u017fun half \u0130 99999h 0m 24:00 UTC+99:99 16:00-"""
ODD = st.text(max_size=60) | st.lists(st.sampled_from(PIECES.split()), max_size=14).map(" ".join)


@settings(deadline=None, max_examples=500)
@given(text=ODD, now=INSTANTS, zone=ZONES, known=st.lists(st.text(min_size=1), max_size=3))
def test_no_text_crashes_it(text, now, zone, known):
    try:
        understood = understand(text, now=now, zone=zone, known=known)
    except UsageProblemError as error:
        assert str(error).startswith("cannot log")  # noqa: PT017 - any text may be refused
        return
    assert dt.timedelta(0) < understood.end - understood.start <= dt.timedelta(hours=24)
    assert understood.end <= now
    assert re.fullmatch(r"[^\n]+", understood.echo())
    understood.encounter()


def test_near_names():
    assert near("Anna", KNOWN) == ["Ana"]
    assert near("Cleo Marowby", KNOWN) == ["Cleo Marrowby"]
    assert near("Cloe", KNOWN) == ["Cleo Marrowby"]
    assert near("Ana", KNOWN) == []
    assert near("Zoltan", KNOWN) == []
