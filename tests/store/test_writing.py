import contextlib
import dataclasses
import datetime as dt
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.facts.checkin import CheckIn
from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.facts.social import Encounter, Opportunity, Person
from collectors.imports.made_up import MadeUpLife
from collectors.source import Fact
from disconnect.clock import milliseconds
from disconnect.store.opening import connect
from disconnect.store.texts import LONGEST, clean
from disconnect.store.writing import Writer, Written

NOON = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)
MOST_BYTES = 45
"""Bytes on disk for one activity, its titles, pages and indexes included."""


def rows(connection):
    return connection.execute("SELECT source, start, length, context FROM activity").fetchall()


def test_the_same_twice_changes_nothing(connection, make):
    writer = Writer(connection)
    assert writer.write([make.activity(0), make.activity(5)]) == Written(added=2)
    before = rows(connection)
    assert Writer(connection).write([make.activity(0), make.activity(5)]) == Written(unchanged=2)
    assert rows(connection) == before


def test_a_longer_version_replaces_and_a_shorter_does_not(connection, make):
    writer = Writer(connection)
    writer.write([make.activity(0, 1)])
    assert writer.write([make.activity(0, 3)]) == Written(extended=1)
    assert writer.write([make.activity(0, 2)]) == Written(unchanged=1)
    assert [row[2] for row in rows(connection)] == [180_000]


def test_of_a_history_the_newest_reading_holds(connection, make):
    def read(minutes: int, title: str) -> Activity:
        fact = make.activity(0, minutes)
        return dataclasses.replace(fact, source="browsers/chromium/Default", title=title)

    writer = Writer(connection)
    writer.write([read(5, "An estimate")])
    assert writer.write([read(2, "A page")]) == Written(extended=1)
    assert writer.write([read(2, "A page")]) == Written(unchanged=1)
    ((_, _, length, context),) = rows(connection)
    assert length == 120_000
    (title,) = connection.execute(
        "SELECT title.name FROM context JOIN title ON title.id = context.title"
        " WHERE context.id = ?", (context,),
    ).fetchone()  # fmt: skip
    assert title == "A page"


def activity(minute: int, length: int, app: str) -> Activity:
    return Activity(
        start=NOON + dt.timedelta(minutes=minute),
        end=NOON + dt.timedelta(minutes=minute + length),
        device="laptop",
        source="desktop/x11",
        app=app,
    )


def presence(minute: int, length: int) -> Presence:
    return Presence(
        start=NOON + dt.timedelta(minutes=minute),
        end=NOON + dt.timedelta(minutes=minute + length),
        device="laptop",
        source="presence/daemon",
        state=PresenceState.ACTIVE,
    )


FACTS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 30), st.sampled_from("abc"), st.booleans()),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(FACTS)
def test_writing_anything_twice_is_writing_it_once(drawn):
    facts = [
        presence(start, length) if there else activity(start, length, app=app)
        for start, length, app, there in drawn
    ]
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.closing(connect(Path(folder) / "d.sqlite")) as connection,
    ):
        Writer(connection).write(facts)
        once = rows(connection)
        assert Writer(connection).write(facts).added == 0
        assert rows(connection) == once


def test_what_cannot_be_written_whole_is_not_written(connection, make):
    def facts():
        yield make.activity(0)
        raise ValueError("the source broke")

    writer = Writer(connection)
    with pytest.raises(ValueError, match="the source broke"):
        writer.write(facts())
    assert rows(connection) == []
    assert writer.write([make.activity(0)]).added == 1


def test_people_and_what_they_brought_are_written_once(connection, make):
    facts: list[Fact] = [
        Person(name="Ana", met="in_person"),
        Encounter(start=make.noon, end=make.noon + dt.timedelta(hours=1), people=("Ana", "Ben")),
        Opportunity(day=make.noon.date(), person="Ana", what="a job", kind="job"),
    ]
    assert Writer(connection).write(facts) == Written(added=3)
    assert Writer(connection).write(facts) == Written(unchanged=3)
    assert connection.execute("SELECT name FROM person ORDER BY id").fetchall() == [
        ("Ana",),
        ("Ben",),
    ]


@pytest.mark.parametrize("table", ["activity", "presence"])
def test_a_changed_row_makes_the_sums_of_its_days_stale(connection, make, table):
    day = milliseconds(make.noon) // 86_400_000
    fact = make.activity(0) if table == "activity" else make.presence(0)
    longer = make.activity(0, 9) if table == "activity" else make.presence(0, 9)

    def stale_after(change) -> set[int]:
        connection.execute("DELETE FROM hour_sums")
        every = {-3, 0, 3}
        for offset in every:
            connection.execute(
                "INSERT INTO hour_sums (utc_day, rules, data) VALUES (?, '', x'')", (day + offset,)
            )
        change()
        kept = connection.execute("SELECT utc_day FROM hour_sums")
        return every - {number - day for (number,) in kept}

    writer = Writer(connection)
    assert stale_after(lambda: writer.write([fact])) == {0}
    assert stale_after(lambda: writer.write([longer])) == {0}
    assert stale_after(lambda: connection.execute("DELETE FROM " + table)) == {0}
    assert stale_after(lambda: writer.write([make.activity(0, 0.5, app="elsewhere")])) <= {0}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Inbox\x00\x07\n(2)", "Inbox (2)"),
        ("evil\u202egnp.exe", "evil gnp.exe"),
        ("\u2066isolated\u2069", "isolated"),
        ("half \ud800 a pair", "half   a pair"),
        ("Ünïcödé – 日本語 🙂", "Ünïcödé – 日本語 🙂"),
    ],
)
def test_a_title_is_one_line_of_printable_text(connection, make, text, kept):
    Writer(connection).write([make.activity(title=text)])
    assert connection.execute("SELECT title FROM activities").fetchone() == (kept,)


def test_a_title_of_a_hundred_thousand_characters_is_cut(connection, make):
    Writer(connection).write([make.activity(title="long " * 20_000)])
    (title,) = connection.execute("SELECT title FROM activities").fetchone()
    assert len(title) == LONGEST
    assert title.endswith("…")


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)
    clean(text).encode()


def test_encounters_differ_by_their_people_and_not_by_control_characters(connection, make):
    def met(*who, place=None):
        return Encounter(
            start=make.noon, end=make.noon + dt.timedelta(hours=1), people=who, place=place
        )

    writer = Writer(connection)
    facts = [met("Ana"), met("Ben"), met("Ana", "Ben"), met("Ana", place="caf\x07e")]
    assert writer.write(facts).added == 4
    assert writer.write(facts).unchanged == 4


def test_a_year_with_titles_and_pages_takes_few_bytes(path, connection):
    life = MadeUpLife(7, dt.date(2025, 10, 6), 365, activities_per_day=400)
    Writer(connection).write(life.facts(dt.datetime(1970, 1, 1, tzinfo=dt.UTC)))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (count,) = connection.execute("SELECT count(*) FROM activity").fetchone()
    assert count > 100_000
    assert path.stat().st_size / count <= MOST_BYTES


WRITE_FOR_EVER = """
import datetime as dt, sys
from pathlib import Path
from collectors.facts.screen import Activity
from disconnect.store.opening import connect
from disconnect.store.writing import Writer
writer = Writer(connect(Path(sys.argv[1])))
start = dt.datetime(2026, 10, 5, tzinfo=dt.UTC)
for number in range(10**9):
    begin = start + dt.timedelta(seconds=number)
    writer.write([Activity(start=begin, end=begin + dt.timedelta(seconds=1), device=sys.argv[2],
                           source="desktop/x11", app="slack", title=f"title {number}")])
    print(number, flush=True)
"""


def test_a_kill_loses_nothing_that_was_confirmed(path):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITE_FOR_EVER, str(path), "laptop"], stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    for _ in range(300):
        confirmed = int(writer.stdout.readline())
    os.kill(writer.pid, signal.SIGKILL)
    confirmed = max([confirmed, *map(int, writer.stdout.read().split())])
    writer.stdout.close()
    writer.wait()
    with contextlib.closing(connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (count,) = connection.execute("SELECT count(*) FROM activity").fetchone()
    assert count >= confirmed + 1


def test_two_processes_that_write_at_once_lose_nothing(path):
    connect(path).close()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE_FOR_EVER, str(path), device], stdout=subprocess.PIPE
        )
        for device in ("laptop", "desk")
    ]
    told = []
    for writer in writers:
        assert writer.stdout is not None
        for _ in range(200):
            writer.stdout.readline()
    for writer in writers:
        writer.kill()
        assert writer.stdout is not None
        told.append(200 + len(writer.stdout.read().split()))
        writer.stdout.close()
        writer.wait()
    with contextlib.closing(connect(path)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM activity").fetchone()
    assert count >= sum(told)


def test_a_later_check_in_of_the_day_takes_the_place_of_the_earlier(connection):
    def said(hour, energy):
        return CheckIn(
            at=dt.datetime(2026, 3, 20, hour, tzinfo=dt.UTC),
            day=dt.date(2026, 3, 20),
            instrument="daily",
            answers=(energy, None),
        )

    writer = Writer(connection)
    assert writer.write([said(20, 4.0), said(20, 4.0)]) == Written(added=1, unchanged=1)
    assert writer.write([said(21, 6.0)]).added == 1
    assert writer.write([said(20, 4.0)]).unchanged == 1
    rows = connection.execute("SELECT answers FROM checkin").fetchall()
    assert rows == [("[6.0, null]",)]
