"""Deleting in turns: killed at any statement, beside a writer, and down to the last byte."""

import contextlib
import datetime as dt
import itertools
import random
import shutil
import signal
import subprocess
import sys

import pytest

from collectors.facts.screen import Activity
from disconnect.errors import DisconnectError
from disconnect.store import blanking, marks, scrubbing, sweeping, turns
from disconnect.store.forgetting import What, count, forget
from disconnect.store.opening import connect
from disconnect.store.retiring import retire
from disconnect.store.writing import Writer

NOON = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)


def activity(minute, length, **parts):
    start = NOON + dt.timedelta(minutes=minute)
    known = {"device": "laptop", "source": "desktop/x11", "app": "slack"}
    return Activity(start=start, end=start + dt.timedelta(minutes=length), **(known | parts))


_KILLED = """
import os, pathlib, signal, sqlite3, sys

left = int(sys.argv[2])

class Killed(sqlite3.Connection):
    def execute(self, *words):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(*words)

opened = sqlite3.connect
sqlite3.connect = lambda *words, **more: opened(*words, **{**more, "factory": Killed})
import datetime as dt
from disconnect.store import turns
from disconnect.store.forgetting import What, forget
from disconnect.store.opening import connect
from disconnect.store.retiring import retire
turns._ROWS = (20, 20)
connection = connect(pathlib.Path(sys.argv[1]))
moment = dt.datetime.fromisoformat(sys.argv[4])
if sys.argv[3] == "retire":
    retire(connection, activities_before=None, titles_before=moment)
elif sys.argv[3] == "title":
    forget(connection, What(title="secret"))
else:
    forget(connection, What(until=moment))
"""
"""A deletion that kills itself before its n-th statement."""


FIRST = NOON + dt.timedelta(minutes=60)
"""Until then everything is secret."""


@pytest.fixture
def lived(path):
    """Sixty secret minutes and sixty plain ones, in contexts of their own and in a shared one."""
    with contextlib.closing(connect(path)) as connection:
        Writer(connection).write(
            activity(minute, 1, title=f"{'secret' if minute < 60 else 'plain'} {minute}", app=app)
            for minute in range(120)
            for app in [("slack", "mail", "shared")[minute % 3]]
        )
        connection.execute("INSERT INTO hour_sums (utc_day, rules, data) VALUES (1, '', x'00')")
    return path


def bytes_of(folder) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


def look_over(path) -> list[str]:
    """The titles there are, in a database that holds together and waits for nothing more."""
    with contextlib.closing(connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert not marks.is_under_way(connection)
        names = connection.execute("SELECT name FROM fact_of_home").fetchall()
        assert names in ([], [("forgotten_at",)])
        assert connection.execute("SELECT utc_day FROM hour_sums").fetchall() == [(1,)]
        every = "SELECT count(*) FROM context WHERE id NOT IN (SELECT context FROM activity)"
        assert connection.execute(every).fetchone() == (0,)
        found = connection.execute("SELECT title FROM activities ORDER BY start").fetchall()
    assert {file.name for file in path.parent.iterdir()} <= {path.name, marks.LOCK}
    return [title for (title,) in found if title]


@pytest.mark.parametrize("what", ["title", "period", "retire"])
def test_a_deletion_that_is_killed_is_finished_by_whoever_comes_next(lived, tmp_path, what):
    plain = [f"plain {minute}" for minute in range(60, 120)]
    cut_short = 0
    for number in itertools.count(9, 13):
        folder = tmp_path / f"killed-{number}"
        shutil.copytree(lived.parent, folder)
        killed = folder / lived.name
        words = [sys.executable, "-c", _KILLED, str(killed), str(number), what, FIRST.isoformat()]
        ended = subprocess.run(words, check=False, capture_output=True)
        titles = look_over(killed)
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
        if len(titles) == 120:
            assert not cut_short  # it had not begun
            continue
        cut_short += 1
        assert titles == plain
        assert b"secret" not in bytes_of(folder)
    assert cut_short > 5


def test_a_command_that_only_reads_finishes_it_too(lived):
    words = [sys.executable, "-c", _KILLED, str(lived), "40", "title", FIRST.isoformat()]
    assert subprocess.run(words, check=False).returncode == -signal.SIGKILL
    assert b"secret" in bytes_of(lived.parent)
    connect(lived, read_only=True).close()
    assert b"secret" not in bytes_of(lived.parent)


def test_who_is_at_it_is_left_alone(lived):
    with contextlib.closing(connect(lived)) as connection:
        with marks.alone(connection):
            marks.note(connection, {"title": "secret"})
            connect(lived, read_only=True).close()
            with (
                contextlib.closing(connect(lived)) as other,
                pytest.raises(DisconnectError, match="another disconnect is deleting"),
            ):
                forget(other, What(title="plain"))
            assert connection.execute("SELECT count(*) FROM activity").fetchone() == (120,)
        connect(lived, read_only=True).close()
        assert connection.execute("SELECT count(*) FROM activity").fetchone() == (60,)


def test_a_mark_that_says_nothing_deletes_nothing(lived):
    for told in ({}, {"title": ""}, {"until": "soon"}, {"retire": 5}, {"person": "Nobody"}):
        with contextlib.closing(connect(lived)) as connection:
            marks.note(connection, told)
        assert len(look_over(lived)) == 120


def test_what_came_since_it_was_asked_stays_where_it_is_finished_later(lived):
    asked = NOON + dt.timedelta(minutes=30)
    with contextlib.closing(connect(lived)) as connection:
        marks.note(connection, {"title": "secret"})
        told = ("forgotten_at", str(int(asked.timestamp() * 1000)))
        connection.execute("INSERT INTO fact_of_home VALUES (?, ?)", told)
    assert look_over(lived)[:2] == ["secret 30", "secret 31"]


@pytest.mark.parametrize("what", [What(title="secret"), What(until=FIRST)])
def test_what_a_collector_uses_again_meanwhile_stays(lived, monkeypatch, what):
    """The context is held for needless, and a row is written with it before it would go."""
    again = activity(500, 1, title="secret 3", app="slack")
    came = []
    portions = sweeping._portions

    def late(at, table):
        if table == "unused":
            came.append(Writer(collector).write([again]))
        return portions(at, table)

    with contextlib.closing(connect(lived)) as collector, contextlib.closing(connect(lived)) as own:
        Writer(collector).write([activity(200, 1, title="plain", app="mail")])
        monkeypatch.setattr(sweeping, "_portions", late)
        forget(own, what)
        kept = own.execute("SELECT title FROM activities ORDER BY start DESC").fetchone()
        assert own.execute("PRAGMA foreign_key_check").fetchall() == []
        assert not own.execute("SELECT 1 FROM fact_of_home WHERE name LIKE 'in_use%'").fetchall()
    assert came
    assert kept == ("secret 3",)


def test_rows_that_move_from_page_to_page_leave_no_copy_behind(path, monkeypatch):
    """Names in the order of chance split pages, and what a split moves stays where it was."""
    monkeypatch.setattr(scrubbing, "_REWRITTEN_AT_MOST", 0)  # as in a large file
    dice = random.Random(5)  # noqa: S311 - dice, no secret
    with contextlib.closing(connect(path)) as connection:
        writer = Writer(connection)
        for first in range(0, 4000, 100):
            writer.write(
                activity(
                    minute,
                    1,
                    app=f"{dice.randbytes(dice.randint(2, 40)).hex()} {hidden}",
                    site=f"{dice.randbytes(dice.randint(2, 40)).hex()}.{hidden}",
                )
                for minute in range(first, first + 100)
                for hidden in ["secret" if minute % 3 else "plain"]
            )
        size = connection.execute("PRAGMA page_count").fetchone()
        forget(connection, What(site="secret"))
        assert connection.execute("PRAGMA page_count").fetchone() == size
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM activities").fetchone() == (1334,)
    assert b"secret" not in bytes_of(path.parent)
    assert b"plain" in bytes_of(path.parent)


def test_gaps_are_found_by_what_the_file_format_says(path):
    page = bytearray(4096)
    page[0:7] = b"\x0d\0\0\0\x02\x0f\xa0"  # a leaf with two cells, which begin at 4000
    assert blanking.gap(bytes(page), 0, 0, 4096) == (12, 4000)
    page[0] = 0x05  # an inner page has a pointer more
    assert blanking.gap(bytes(page), 0, 0, 4096) == (16, 4000)
    for nonsense in (b"\x00", b"\x53"):
        page[0:1] = nonsense
        assert blanking.gap(bytes(page), 0, 0, 4096) == (0, 0)
    page[0:7] = b"\x0d\0\0\xff\xff\x00\x10"
    assert blanking.gap(bytes(page), 0, 0, 4096) == (0, 0)


def test_devices_and_zones_without_rows_go_too(path):
    with contextlib.closing(connect(path)) as connection:
        Writer(connection).write(
            [
                activity(0, 1, device="old-laptop", zone="Asia/Tokyo", app="a"),
                activity(90, 1, device="laptop", zone="Europe/Berlin", app="a"),
            ]
        )
        forget(connection, What(until=FIRST))
        names = connection.execute("SELECT name FROM device UNION ALL SELECT name FROM zone")
        assert names.fetchall() == [("laptop",), ("Europe/Berlin",)]
    assert b"old-laptop" not in bytes_of(path.parent)
    assert b"Tokyo" not in bytes_of(path.parent)


def test_counting_takes_nothing_and_holds_no_lock_over_rows(lived):
    with contextlib.closing(connect(lived)) as connection:
        told = count(connection, What(until=FIRST))
        assert (told.activities, told.presences) == (60, 0)
        assert connection.execute("SELECT count(*) FROM activity").fetchone() == (120,)


def test_retention_in_many_turns_is_what_it_is_in_one(lived, monkeypatch):
    monkeypatch.setattr(turns, "_ROWS", (7, 7))
    with contextlib.closing(connect(lived)) as connection:
        done = retire(
            connection, activities_before=NOON + dt.timedelta(minutes=20), titles_before=FIRST
        )
        assert done == (20, 40)
        rows = connection.execute("SELECT app, title FROM activities ORDER BY start").fetchall()
    assert [title for _, title in rows[:40]] == [None] * 40
    assert len(rows) == 100
    assert b"secret" not in bytes_of(lived.parent)
