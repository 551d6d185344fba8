"""One balance at every door, and a diary that falls silent, on homes written row by row."""

import datetime as dt
import json
import math
import random
import re

import pytest
from click.testing import CliRunner

from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.facts.social import Channel, Encounter
from disconnect.analysis.report import content_for
from disconnect.analysis.totals import totals_of
from disconnect.cli.house import House
from disconnect.cli.main import commands
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.settings import Settings
from disconnect.store.opening import connect
from disconnect.store.writing import Writer
from reports.pdf import tables
from reports.wording import part

MONDAY = dt.datetime(2026, 10, 5, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _utc(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home").prepare()


def write(home, facts):
    connection = connect(home.database)
    Writer(connection).write(facts)
    connection.close()


def there(day, first, hours, state=PresenceState.ACTIVE, *, device="laptop"):
    start = MONDAY + day * DAY + first * HOUR
    return Presence(
        start=start, end=start + hours * HOUR, device=device, source="presence/daemon", state=state
    )


def off(day, first=0, hours=24, *, device="laptop"):
    return there(day, first, hours, PresenceState.ASLEEP, device=device)


def chat(day, first, hours, *, device="laptop"):
    start = MONDAY + day * DAY + first * HOUR
    return Activity(
        start=start, end=start + hours * HOUR, device=device, source="desktop/x11", app="slack"
    )


def met(day, first, hours, *people, channel=Channel.IN_PERSON):
    start = MONDAY + day * DAY + first * HOUR
    return Encounter(
        start=start, end=start + hours * HOUR, people=people or ("Ana",), channel=channel
    )


def workday(day, hours=8, *, device="laptop"):
    return [
        off(day, 0, 9, device=device), there(day, 9, 8, device=device),
        chat(day, 9, hours, device=device), off(day, 17, 7, device=device),
    ]  # fmt: skip


def ask(home, now, *words):
    house = House(home, lambda: now)
    return CliRunner().invoke(commands, ["--home", str(home.folder), *words], obj=house)


def said(home, now, *words):
    result = ask(home, now, *words)
    assert result.exit_code == 0, result.output
    return result.output


def asked(home, now, *words):
    return json.loads(said(home, now, *words, "--format", "json"))


def report(home, now, first, last):
    return content_for(home, Settings(), Period(first, last), lambda: now, "UTC")


def test_a_weekend_of_company_with_the_machine_off_is_in_every_balance(home):
    days = [fact for day in range(3) for fact in workday(day)]
    write(home, [*days, off(3, 0, 96), met(0, 18, 1), met(5, 10, 12), met(6, 10, 8, "Ben")])
    sunday = MONDAY + 6 * DAY
    now = sunday + 23 * HOUR
    week = ["--from", "2026-10-05", "--to", "2026-10-11"]
    (by_week,) = asked(home, now, "contrast", *week, "--by", "week")
    (by_month,) = asked(home, now, "contrast", *week, "--by", "month")
    for row in (by_week, by_month):
        assert (row["online_hours"], row["in_person_hours"]) == (24, 21)
        assert row["balance"] == pytest.approx(21 / 45)
        assert (row["covered_days"], row["logged_days"], row["balance_days"]) == (7, 7, 7)
    content = report(home, now, MONDAY.date(), sunday.date())
    assert content.totals.balance == pytest.approx(by_week["balance"])
    numbers = tables.numbers(content.totals, content.people)
    assert numbers[2] == {
        "value": "47 %",
        "words": "of social time in person",
        "days": "on 7 days",
    }
    assert numbers[1] == {"value": "3 h", "words": "in person a day", "days": "on 7 days"}
    assert "47 % of your social time was in person." in said(home, now, "week")


def test_a_machine_that_nobody_recorded_is_unknown_and_its_company_is_told(home):
    days = [fact for day in range(3) for fact in workday(day)]
    write(home, [*days, met(0, 18, 1), met(5, 10, 12), met(6, 10, 8, "Ben")])
    now = MONDAY + 6 * DAY + 23 * HOUR
    (week,) = asked(home, now, "contrast", "--by", "week")
    assert week["balance"] == pytest.approx(1 / 25)
    assert (week["in_person_hours"], week["balance_days"], week["logged_days"]) == (21, 3, 7)
    text = said(home, now, "week")
    assert "On the three days known on both sides, 4 % of your social time was in person." in text
    assert "That leaves out 20 h with people on two days without enough recording." in text


def test_of_two_devices_one_may_be_off(home):
    write(home, [*workday(0), off(1), *workday(1, 4, device="desktop"), met(1, 18, 2)])
    days = asked(home, MONDAY + 2 * DAY, "contrast", "--last", "3d")[:2]
    assert [day["online_hours"] for day in days] == [8, 4]
    assert [day["balance"] for day in days] == [None, pytest.approx(2 / 6)]


def test_logged_encounters_without_a_collector_have_a_mean(home):
    write(home, [met(day, 18, 1.5) for day in (0, 2, 3, 6, 8, 10, 12, 13)])
    last = (MONDAY + 13 * DAY).date()
    content = report(home, MONDAY + 14 * DAY - HOUR, MONDAY.date(), last)
    number = tables.numbers(content.totals, content.people)[1]
    assert number == {"value": "51 min", "words": "in person a day", "days": "on 14 days"}


def test_a_logged_call_alone_makes_no_day_known_online(home):
    write(home, [met(0, 10, 2, channel=Channel.CALL), met(0, 12, 4, "Ben"), met(1, 12, 1, "Ben")])
    days = asked(home, MONDAY + 2 * DAY, "contrast", "--last", "3d")
    assert [day["call_hours"] for day in days] == [2, None, None]
    assert [day["message_hours"] for day in days] == [None, None, None]
    assert [day["balance"] for day in days] == [None, None, None]
    (week,) = asked(home, MONDAY + 2 * DAY, "contrast", "--last", "3d", "--by", "week")
    assert (week["call_hours"], week["message_hours"], week["balance"]) == (2, None, None)
    assert (week["covered_days"], week["balance_days"]) == (0, 0)


def test_a_recording_that_has_just_begun_has_no_share(home):
    now = MONDAY + 16.31 * HOUR
    begun = now - dt.timedelta(seconds=36)
    seen = Activity(start=begun, end=now, device="laptop", source="desktop/x11", app="xterm")
    active = Presence(
        start=begun, end=now, device="laptop", source="presence/d", state=PresenceState.ACTIVE
    )
    write(home, [seen, active, met(0, 12, 2)])
    text = said(home, now, "today")
    assert text.startswith("Since 16:18 today you have spent 0 min in online communication.")
    assert "You logged 2 h with people in person." in text
    assert "%" not in text
    assert asked(home, now, "today")[0]["balance"] is None
    content = report(home, now, MONDAY.date() - 89 * DAY, MONDAY.date())
    assert math.isnan(content.totals.balance)
    assert content.days["screen_hours"].max() > 0  # there is something to show


@pytest.mark.parametrize("call", [False, True])
def test_whoever_stops_logging_is_not_told_that_they_withdraw(home, call):
    days = [fact for day in range(140) for fact in [*workday(day)]]
    logged = [met(day, 19, 1.5, ("Ana", "Ben", "Cem")[day % 3]) for day in range(0, 100, 2)]
    calls = [met(102, 19, 1, channel=Channel.CALL)] if call else []
    write(home, [*days, *logged, *calls])
    now = MONDAY + 140 * DAY - HOUR
    last = 102 if call else 98
    days = asked(home, now, "contrast", "--last", "140d")
    known = [day["in_person_hours"] is not None for day in days]
    assert known == [day <= last for day in range(140)]
    text = said(home, now, "withdrawal", "--last", "140d")
    assert not re.search(r"(less|fewer|half|hardly|stopped meeting|Watch:)", text)
    old = f"Your last entry is {139 - last} days old"
    assert f"the pause until {(MONDAY + last * DAY).day} " in said(
        home, now, "people", "show", "Ana"
    )
    for words in (["withdrawal"], ["load", "--explain"], ["today"], ["week"], ["status"]):
        told = said(home, now, *words)
        assert old in told
        assert "disconnect log" in told
    content = report(home, now, MONDAY.date(), (MONDAY + 139 * DAY).date())
    assert content.totals.silence.lapsed
    assert content.totals.in_person.days == last + 1
    status = json.loads(said(home, now, "status", "--format", "json"))
    assert status["last_entry"]["days"] == 139 - last
    assert status["last_entry"]["lapsed"]


def test_today_asks_for_what_is_missing_where_there_is_nothing_at_all(home):
    write(home, [met(0, 18, 1)])
    result = ask(home, MONDAY + 30 * DAY, "today")
    assert (result.exit_code, result.stdout) == (3, "")
    (line,) = result.stderr.splitlines()
    assert "Your last entry is 30 days old (5 October 2026)" in line
    assert "disconnect start" in line


def random_life(rng, days):
    """Days recorded, off, half recorded or not at all; met or not; two devices."""
    facts, truth = [], []
    for day in range(days):
        kind = rng.choice(["work", "work", "off", "short", "unknown", "two"])
        hours = rng.choice([0.5, 2, 4, 7])
        company = rng.choice([0, 0, 1, 3])
        online = {"work": hours, "off": 0.0, "two": 2 * hours}.get(kind)
        if kind in ("work", "two"):
            facts += workday(day, min(hours, 8))
        if kind == "two":  # the other one, at another time
            facts += [there(day, 0, 8, device="desktop"), chat(day, 0, hours, device="desktop")]
        if kind == "off":
            facts.append(off(day))
        if kind == "short":
            facts += [there(day, 12, 2), chat(day, 12, 1)]
        if company:
            facts.append(met(day, 18, company))
        truth.append((online, float(company)))
    return facts, truth


def agree(home, now):
    """What is said of today and this week says the share that its numbers have."""
    for words, span in (("today", ["--period", "today"]), ("week", ["--period", "this-week"])):
        text = said(home, now, words)
        assert not re.search(r"\b(nan|inf|None)\b", text)
        rows = asked(home, now, "contrast", *span, "--by", "week")
        told = re.search(r"(?:(?:under |over )?\d+ %|none) of your social time", text.casefold())
        balance = rows[0]["balance"]
        if balance is None:
            assert told is None
        else:
            assert told is not None
            assert told[0].startswith("none" if balance == 0 else part(balance))


@pytest.mark.parametrize("seed", range(6))
def test_every_door_says_what_a_slow_reference_says(home, seed):
    rng = random.Random(seed)  # noqa: S311 - made-up lives
    facts, truth = random_life(rng, 40)
    facts += [met(0, 8, 0.25), met(39, 8, 0.25)]
    truth = [
        (online, company + 0.25 * (day in (0, 39))) for day, (online, company) in enumerate(truth)
    ]
    write(home, facts)
    now = MONDAY + 40 * DAY - HOUR / 2
    agree(home, now)
    for _ in range(4):
        first = rng.randrange(40)
        last = rng.randrange(first, 40)
        dates = [(MONDAY + day * DAY).date() for day in (first, last)]
        both = [(o, c) for o, c in truth[first : last + 1] if o is not None]
        social = sum(o + c for o, c in both)
        share = sum(c for _, c in both) / social if social else None
        found, _ = totals_of(home, Settings(), Period(dates[0], dates[1]), lambda: now)
        assert found.balance_days == len(both)
        assert (None if math.isnan(found.balance) else found.balance) == pytest.approx(share)
        assert found.in_person.total == pytest.approx(sum(c for _, c in truth[first : last + 1]))
        span = ["--from", str(dates[0]), "--to", str(dates[1])]
        rows = asked(home, now, "contrast", *span, "--by", "month")
        assert sum(row["balance_days"] for row in rows) == len(both)
        for row, (online, company) in zip(
            asked(home, now, "contrast", *span), truth[first : last + 1], strict=True
        ):
            expected = None
            if online is not None and online + company:
                expected = company / (online + company)
            assert row["balance"] == pytest.approx(expected), row["period"]
            assert row["in_person_hours"] == pytest.approx(company)
