"""Periods that begin or end within a day, in the zone the person was in."""

import csv
import datetime as dt
import io
from functools import partial

import pytest
from click.testing import CliRunner

from collectors.facts.screen import Activity, Presence, PresenceState
from disconnect.cli.main import commands
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

DAY = dt.datetime(2026, 10, 20, tzinfo=dt.UTC)  # a Tuesday
HOUR = dt.timedelta(hours=1)
TOKYO = "Asia/Tokyo"  # nine hours ahead, all year: this machine is elsewhere


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A day in Tokyo, 9:00–17:00 there: Slack all day long, in front of somebody."""
    connection = connect(tmp_path / "disconnect.sqlite")
    writer, end = Writer(connection), DAY + 8 * HOUR
    here = partial(Presence, start=DAY, end=end, device="laptop", zone=TOKYO)
    front = partial(Activity, start=DAY, end=end, device="laptop", zone=TOKYO)
    writer.write([here(state=PresenceState.ACTIVE, source="presence/x11")])
    writer.write([front(app="slack", source="desktop/x11")])
    connection.close()
    monkeypatch.setenv("TZ", TOKYO)
    for words in (
        ["--with", "Ana", "--start", "2026-10-20T10:00", "--end", "2026-10-20T11:00"],
        ["--with", "Ben", "--start", "2026-10-20T13:00", "--end", "2026-10-20T15:00", "--chance"],
    ):
        CliRunner().invoke(commands, ["--home", str(tmp_path), "log", *words])
    monkeypatch.setenv("TZ", "America/New_York")
    return tmp_path


@pytest.fixture
def table(home):
    def asked(*words):
        result = CliRunner().invoke(commands, ["--home", str(home), *words, "--format", "csv"])
        assert result.exit_code == 0, result.output
        return list(csv.DictReader(io.StringIO(result.stdout)))

    return asked


def between(first, last):
    return ["--from", f"2026-10-{first}", "--to", f"2026-10-{last}"]


def test_a_time_without_an_offset_is_one_of_where_the_person_was(table):
    (day,) = table("contrast", *between("20T12:00", "20T14:00"))
    assert day["period"] == "2026-10-20"
    assert float(day["covered_hours"]) == float(day["message_hours"]) == 2
    assert table("contrast", *between("20T03:00+00:00", "20T05:00+00:00")) == [day]


def test_what_was_logged_is_cut_where_the_hours_are(table):
    (day,) = table("contrast", *between("20T12:00", "20T14:00"))
    assert float(day["in_person_hours"]) == 1
    assert [float(day[name]) for name in ("people_met", "encounters", "chance_encounters")] == [
        1
    ] * 3
    assert table("query", "--group", "person", *between("20T12:00", "20T14:00")) == [
        {"period": "2026-10-20", "person": "Ben", "hours": "1.0"}
    ]
    (week,) = table("contrast", "--by", "week", *between("20T12:00", "20T14:00"))
    assert float(week["people_met"]) == 1


def test_time_with_people_by_hour_is_cut_at_the_hours_of_where_they_met(table):
    asked = ("query", "--by", "hour", "--group", "person")
    ben = {"person": "Ben", "hours": "1.0"}
    whole = [{"period": f"2026-10-20T{hour}:00"} | ben for hour in (13, 14)]
    assert table(*asked, *between(20, 20))[1:] == whole
    half = [whole[0] | {"hours": "0.5"}, whole[1]]
    assert table(*asked, *between("20T13:30", "20T17:00")) == half


def test_time_that_two_entries_share_counts_once_by_hour_too(home, table, monkeypatch):
    monkeypatch.setenv("TZ", TOKYO)
    ends = ["--start", "2026-10-20T13:30", "--end", "2026-10-20T15:30"]
    CliRunner().invoke(commands, ["--home", str(home), "log", "--with", "Ben", *ends])
    hours = table("query", "--by", "hour", "--group", "person", *between(20, 20))[1:]
    assert [(one["period"][-5:], one["hours"]) for one in hours] == [
        ("13:00", "1.0"), ("14:00", "1.0"), ("15:00", "0.5"),
    ]  # fmt: skip


def test_the_end_is_not_in_it_and_neither_is_a_day_that_begins_with_it(table):
    assert table("contrast", *between("20T00:00", "21T00:00")) == table(
        "contrast", *between(20, 20)
    )
    (before,) = table("contrast", *between("20T11:00", "20T13:00"))
    assert float(before["encounters"]) == 0


def test_a_meeting_earlier_that_day_still_was_one(table):
    (day,) = table("contrast", *between("20T11:30", "20T12:30"))
    assert float(day["days_since_met"]) == 0
    (morning,) = table("contrast", *between("20T09:00", "20T09:30"))
    assert not morning["days_since_met"]


def test_a_day_is_forgotten_where_it_was_lived(home, table):
    words = ["forget", "--period", "2026-10-19", "--yes"]
    result = CliRunner().invoke(commands, ["--home", str(home), *words])
    assert result.exit_code == 3, result.output  # in New York the 19th is not over
    words = ["forget", "--from", "2026-10-20T16:00", "--to", "2026-10-20T17:00", "--yes"]
    assert CliRunner().invoke(commands, ["--home", str(home), *words]).exit_code == 0
    (day,) = table("contrast", *between(20, 20))
    assert float(day["covered_hours"]) == 7


def test_the_last_days_are_forgotten(home):
    result = CliRunner().invoke(commands, ["--home", str(home), "forget", "--last", "20y", "--yes"])
    assert "2 encounters" in result.stdout
    result = CliRunner().invoke(commands, ["--home", str(home), "contrast", "--last", "20y"])
    assert result.exit_code == 3


def test_a_period_turned_round_by_its_offsets_is_refused(home):
    words = ["contrast", *between("20T12:00+09:00", "20T12:30+12:00")]
    result = CliRunner().invoke(commands, ["--home", str(home), *words])
    assert result.exit_code == 2
    assert "ends before it starts" in result.stderr


def test_who_was_met_was_met_on_the_day_it_was_there(table):
    assert {one["name"]: one["last_met"] for one in table("people", "list")} == {
        "Ana": "2026-10-20",  # in New York it was the evening before
        "Ben": "2026-10-20",
    }


def test_a_meeting_over_midnight_is_met_on_both_days(home, table, monkeypatch):
    monkeypatch.setenv("TZ", TOKYO)
    ends = ["--start", "2026-10-20T22:00", "--end", "2026-10-21T02:00"]
    CliRunner().invoke(commands, ["--home", str(home), "log", "--with", "Cleo", *ends])
    monkeypatch.setenv("TZ", "America/New_York")
    days = table("contrast", *between(20, 21))
    assert [float(day["in_person_hours"]) for day in days] == [5, 2]
    assert [float(day["people_met"]) for day in days] == [3, 1]
    assert [float(day["days_since_met"]) for day in days] == [0, 0]
    (week,) = table("contrast", "--by", "week", *between(20, 21))
    assert [float(week[name]) for name in ("people_met", "encounters")] == [3, 3]
    for day, hours in ((20, "2.0"), (21, "2.0")):
        rows = table("query", "--group", "person", *between(day, day))
        assert [one["hours"] for one in rows if one["person"] == "Cleo"] == [hours]
    (there,) = table("query", "--where", "channel=in_person", *between(20, 21))
    assert (there["category"], float(there["hours"])) == ("logged", 7)
    channels = table("query", "--group", "channel", *between(20, 21))
    assert {one["channel"]: float(one["hours"]) for one in channels} == {
        "in_person": 7, "message": 8,
    }  # fmt: skip


def test_a_call_with_somebody_who_is_there_is_one_hour_with_them(home, table, monkeypatch):
    monkeypatch.setenv("TZ", TOKYO)
    words = ["--with", "Ana", "--channel", "call"]
    when = ["--start", "2026-10-20T10:30", "--end", "2026-10-20T11:30"]
    result = CliRunner().invoke(commands, ["--home", str(home), "log", *words, *when])
    assert result.exit_code == 0, result.output
    rows = table("query", "--group", "person", *between(20, 20))
    assert {row["person"]: float(row["hours"]) for row in rows} == {"Ana": 1.5, "Ben": 2}
    calls = ["--group", "person", "--where", "channel=call", *between(20, 20)]
    assert [float(row["hours"]) for row in table("query", *calls)] == [1]
