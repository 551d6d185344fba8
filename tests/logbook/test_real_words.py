"""What people really write: understood as they meant it, or refused; never stored as another thing."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from disconnect.errors import UsageProblemError
from disconnect.logbook.phrases import understand

NOW = dt.datetime(2026, 10, 26, 16, 30, 12, tzinfo=dt.UTC)  # Monday, 17:30 in Berlin
TODAY = dt.date(2026, 10, 26)
KNOWN = ("Ana", "Ben", "Cleo Marrowby")


def read(text):
    return understand(text, now=NOW, zone="Europe/Berlin", known=KNOWN)


MEANT = {
    # with whom
    "coffee w/Ana 1h": "coffee with Ana · in person · Mon 26 Oct 16:30–17:30",
    "tea w Ana 30m": "tea with Ana · in person · Mon 26 Oct 17:00–17:30",
    "coffee with Ana + Jo 30m": "coffee with Ana and Jo · in person · Mon 26 Oct 17:00–17:30",
    "coffee with Ana/Jo 30m": "coffee with Ana and Jo · in person · Mon 26 Oct 17:00–17:30",
    "met up with Ana 30m": "with Ana · in person · Mon 26 Oct 17:00–17:30",
    "Ana & Ben, tea, 30m": "tea with Ana and Ben · in person · Mon 26 Oct 17:00–17:30",
    "tea: Ana, Ben 30m": "tea with Ana and Ben · in person · Mon 26 Oct 17:00–17:30",
    "tea - Ana - 30m": "tea with Ana · in person · Mon 26 Oct 17:00–17:30",
    "Ana and I had tea 30m": "with Ana · in person · Mon 26 Oct 17:00–17:30 · note: had tea",
    "Ben visited me 30m": "visit with Ben · in person · Mon 26 Oct 17:00–17:30",
    "Tom called me 30m": "call with Tom · call · Mon 26 Oct 17:00–17:30",
    "Tom & Jo came by 30m": "with Tom and Jo · in person · Mon 26 Oct 17:00–17:30 · note: came by",
    "call from Ana 30m": "call with Ana · call · Mon 26 Oct 17:00–17:30 · begun by them",
    "tea with uncle Bob 30m": "tea with Uncle Bob · in person · Mon 26 Oct 17:00–17:30",
    "tea with my sister Eva 30m": "tea with Eva · in person · Mon 26 Oct 17:00–17:30",
    "tea with Ana and her sister Eva 30m": "tea with Ana and Eva · in person · Mon 26 Oct 17:00–17:30",
    "tea with my old teacher Mr. Finch 30m": "tea with Mr Finch · in person · Mon 26 Oct 17:00–17:30",
    "tea with Ben's mum 30m": 'tea with "Ben\'s mum" · in person · Mon 26 Oct 17:00–17:30',
    "tea with Jo's parents 30m": "tea · in person · Mon 26 Oct 17:00–17:30 · note: with Jo's parents",
    "tea with two friends 30m": "tea · in person · Mon 26 Oct 17:00–17:30 · note: with two friends",
    "tea with Ana and 2 others 30m": (
        "tea with Ana · in person · Mon 26 Oct 17:00–17:30 · note: with 2 others"
    ),
    "walk with Ana and the dog 30m": (
        "walk with Ana · in person · Mon 26 Oct 17:00–17:30 · note: with the dog"
    ),
    "stand-up with the team 15m": (
        "stand-up · in person · Mon 26 Oct 17:15–17:30 · note: with the team"
    ),
    "met Ana but not Ben 30m": "with Ana · in person · Mon 26 Oct 17:00–17:30 · note: but not Ben",
    # how
    "whatsapp call with Ana 20m": "whatsapp call with Ana · call · Mon 26 Oct 17:10–17:30",
    "called Ana on WhatsApp 20m": "call with Ana · call · Mon 26 Oct 17:10–17:30",
    "teams chat with Jo 20m": "teams chat with Jo · message · Mon 26 Oct 17:10–17:30",
    "slack huddle with Jo 20m": "slack huddle with Jo · call · Mon 26 Oct 17:10–17:30",
    "signal with Jo 20m": "signal with Jo · message · Mon 26 Oct 17:10–17:30",
    "wrote Ana an email 20m": "email with Ana · email · Mon 26 Oct 17:10–17:30",
    "gave Ana a call 20m": "call with Ana · call · Mon 26 Oct 17:10–17:30",
    "wrote to Ana 20m": "wrote with Ana · message · Mon 26 Oct 17:10–17:30",
    "chatted with Jo at the gym 5m": "chat with Jo · in person · Mon 26 Oct 17:25–17:30 · at the gym",
    "chat with Jo 5m": "chat with Jo · message · Mon 26 Oct 17:25–17:30",
    # how long
    "tea with Ana three quarters of an hour": "tea with Ana · in person · Mon 26 Oct 16:45–17:30",
    "tea with Ana an hour and twenty minutes": "tea with Ana · in person · Mon 26 Oct 16:10–17:30",
    "tea with Ana two hours and a half": "tea with Ana · in person · Mon 26 Oct 15:00–17:30",
    "half-hour tea with Ana": "tea with Ana · in person · Mon 26 Oct 17:00–17:30",
    "tea with Ana forty-five minutes": "tea with Ana · in person · Mon 26 Oct 16:45–17:30",
    # when
    "tea with Ana 3:30-4:30pm": "tea with Ana · in person · Mon 26 Oct 15:30–16:30",
    "tea with Ana 11:30-1pm": "tea with Ana · in person · Mon 26 Oct 11:30–13:00",
    "tea with Ana from 3pm to 4:30": "tea with Ana · in person · Mon 26 Oct 15:00–16:30",
    "tea with Ana 9:30-1:15": "tea with Ana · in person · Mon 26 Oct 09:30–13:15",
    "tea with Ana 16:00-5": "tea with Ana · in person · Mon 26 Oct 16:00–17:00",
    "party with Ana 10-2am yesterday": "party with Ana · in person · Sun 25 Oct 22:00–02:00",
    "party with Ana last night 11:30-1": "party with Ana · in person · Sun 25 Oct 23:30–01:00",
    "party with Ana last night 9pm-12": "party with Ana · in person · Sun 25 Oct 21:00–00:00",
    "dinner with Ana yesterday evening 8:30 2h": (
        "dinner with Ana · in person · Sun 25 Oct 20:30–22:30"
    ),
    "tea with Ana yesterday afternoon at half past three 1h": (
        "tea with Ana · in person · Sun 25 Oct 15:30–16:30"
    ),
    "tea with Ana yesterday afternoon ten to four 1h": (
        "tea with Ana · in person · Sun 25 Oct 15:50–16:50"
    ),
    "tea with Ana at four pm 1h": "tea with Ana · in person · Mon 26 Oct 16:00–17:00",
    "tea with Ana at Four Seasons 1h": (
        'tea with Ana · in person · Mon 26 Oct 16:30–17:30 · at "Four Seasons"'
    ),
    "Kaffee mit Ünsal gestern 15:00 1h": "Kaffee with Ünsal · in person · Sun 25 Oct 15:00–16:00",
    "tea with Анна вчера 15:00 1h": "tea with Анна · in person · Sun 25 Oct 15:00–16:00",
    "morning coffee with Ana 20m": "coffee with Ana · in person · Mon 26 Oct 09:00–09:20",
    "tea with Ana friday last week 16:00 1h": "tea with Ana · in person · Fri 23 Oct 16:00–17:00",
    "tea with Ana about 2 hours ago for 30m": "tea with Ana · in person · Mon 26 Oct 15:30–16:00",
}


@pytest.mark.parametrize(("text", "line"), MEANT.items())
def test_it_is_understood_as_it_was_meant(text, line):
    understood = read(text)
    assert understood.echo(TODAY) == line
    assert read(line) == understood


AMBIGUOUS = "may be morning or afternoon"
REFUSED = {
    # who was there, or whether anybody was
    "walk 2h": "with whom is missing",
    "dinner last Friday 7pm for 2 hours": "with whom is missing",
    "ate lunch alone 45m": "'alone' says that nobody was met",
    "met nobody 1h": "'nobody' says that nobody was met",
    "lunch with no one 12:00 1h": "'no one' says that nobody was met",
    "didn't meet Ana 1h": '"didn\'t" says that nobody was met',
    "cancelled tea with Ana 1h": "'cancelled' says that nobody was met",
    "no call with Ana 20m": "'no' says that nobody was met",
    "will meet Ana 1h": "'will' says that nobody was met",
    "going to meet Ana 1h": "'going to meet' says that nobody was met",
    # how long
    "tea with Ana 2-3 hours": "'2-3 hours' is no single length",
    "tea with Ana two or three hours": "'two or three hours' is no single length",
    "tea with Ana about two hours ago": "how long it took is missing",
    # at what time
    "tea with Ana at four 30m": f"4 {AMBIGUOUS}",
    "tea with Ana around three 30m": f"3 {AMBIGUOUS}",
    "tea with Ana at ten to four 30m": f"3:50 {AMBIGUOUS}",
    "tea with Ana quarter past 5 30m": f"5:15 {AMBIGUOUS}",
    "tea with Ana 4 o'clock 30m": f"4 {AMBIGUOUS}",
    "tea with Ana 3:30-4:30": f"3:30 {AMBIGUOUS}; write 3:30am, 3:30pm or 15:30",
    "dinner with Ana 5:30 1h yesterday": f"5:30 {AMBIGUOUS}",
    "tea with Ana at half four 30m": "'at half four' is half past to some",
    "dinner with Ana 8:30 2h yesterday": "that would be dinner at 08:30; say when",
    "lunch with Ana 1h": "that would be lunch at 16:30; say when it was",
    "breakfast with Ana 20m": "that would be breakfast at 17:10; say when it was",
    "tea with Ana earlier today 2h": "the time is missing",
    # on which day
    "tea with Ana last month 2h": "'last month' names no day",
    "tea with Ana last week 9:00 2h": "'last week' names no day",
    "tea with Ana the other day 2h": "'the other day' names no day",
    "tea with Ana a few days ago 2h": "'a few days ago' names no day",
    "tea with Ana two Fridays ago 9:00 2h": "'two Fridays ago' names no day",
    "tea with Ana this friday 16:00 1h": "'this friday' is still to come",
    "tea with Ana next month 1h": "'next month' is still to come",
    "sat with Ana in the park 16:00 1h": "'sat' may be Saturday",
    "tea with Ana saturday 10:00 to sunday 18:00": "two different days in it; name the day",
}


@pytest.mark.parametrize(("text", "why"), REFUSED.items())
def test_it_is_refused_with_what_was_missing(text, why):
    with pytest.raises(UsageProblemError) as error:
        read(text)
    assert str(error.value).startswith(f"cannot log {text!r}: ")
    assert why in str(error.value)


def test_saturday_is_a_day_where_it_is_one():
    assert read("tea sat with Ana 16:00 1h").start.astimezone(ZoneInfo("Europe/Berlin")).day == 24


@pytest.mark.parametrize(
    ("text", "hours"),
    [("tea with Ana 2026-03-29 14:00-2:30", 0.5), ("Ana 2026-03-29 14:00-02:30", 12.5)],
)
def test_an_end_may_be_a_time_that_the_clocks_skipped_before_it_began(text, hours):
    understood = read(text)
    assert understood.end - understood.start == dt.timedelta(hours=hours)


def test_a_day_that_is_named_lets_a_story_speak_of_others():
    understood = read("tea with Ana today 16:00 30m talked about last summer")
    assert understood.note == "talked about last summer"
