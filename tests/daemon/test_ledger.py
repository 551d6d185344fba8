import contextlib
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from collectors.facts.screen import Activity, Presence, PresenceState
from disconnect.daemon import ledger as ledger_module
from disconnect.daemon import memory
from disconnect.daemon.foreground import Opening
from disconnect.daemon.holding import Holding
from disconnect.daemon.ledger import Ledger
from disconnect.daemon.retire import retire
from disconnect.daemon.sessionizer import Changes
from disconnect.home import Home
from disconnect.settings import Retention
from disconnect.store.forgetting import What, forget
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def seconds(number):
    return NOON + timedelta(seconds=number)


def active(start, end, state=PresenceState.ACTIVE):
    return Presence(
        start=seconds(start),
        end=seconds(end),
        device="laptop",
        source="presence/daemon",
        state=state,
    )


def window(start, end, title="a shell"):
    return Activity(
        start=seconds(start),
        end=seconds(end),
        device="laptop",
        source="desktop/x11",
        app="xterm",
        title=title,
    )


@pytest.fixture
def ledger(tmp_path):
    made = Ledger(lambda: connect(tmp_path / "disconnect.sqlite"))
    yield made
    made.close()


def presence(ledger):
    rows = ledger.connection.execute("SELECT start, length / 1000, state FROM presence ORDER BY 1")
    return [(length, state) for _, length, state in rows]


def test_a_row_that_was_cut_is_shorter_than_it_was(ledger):
    ledger.put(Changes(grown=(active(0, 100),)))
    ledger.put(Changes((active(0, 60),), (active(60, 260, PresenceState.IDLE),)))
    assert presence(ledger) == [(60, 0), (200, 1)]


def fill_the_disk(ledger):
    (pages,) = ledger.connection.execute("PRAGMA page_count").fetchone()
    ledger.connection.execute(f"PRAGMA max_page_count = {pages}")


def test_what_a_full_disk_cannot_take_is_written_when_there_is_room(ledger):
    ledger.put(Changes(grown=(active(0, 1),)))
    fill_the_disk(ledger)
    for second in range(400):
        ledger.put(Changes(grown=(window(second, second + 1, "title " * 50 + str(second)),)))
    assert not ledger.works
    assert "full" in ledger.detail
    ledger.connection.execute("PRAGMA max_page_count = 1000000")
    ledger.put(Changes(grown=(window(400, 401),)))
    assert ledger.works
    assert ledger.connection.execute("SELECT count(*) FROM activity").fetchone() == (401,)


def test_memory_is_bounded_and_the_loss_is_said(ledger, monkeypatch):
    monkeypatch.setattr(ledger_module, "MOST_KEPT", 10)
    ledger.put(Changes(grown=(active(0, 1),)))
    fill_the_disk(ledger)
    many = tuple(window(n, n + 1, "title " * 50 + str(n)) for n in range(300))
    ledger.put(Changes(grown=many))
    assert len(ledger._waiting) == 10
    assert "290 lost" in ledger.detail


def test_a_database_that_is_busy_is_waited_for(ledger, tmp_path):
    ledger.connection.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(tmp_path / "disconnect.sqlite", isolation_level=None)
    with contextlib.closing(other):
        other.execute("BEGIN IMMEDIATE")
        ledger.put(Changes(grown=(active(0, 5),)))
        assert not ledger.works
        other.execute("ROLLBACK")
        ledger.put(Changes(grown=(active(0, 10),)))
    assert presence(ledger) == [(10, 0)]


def test_what_the_daemon_remembers(ledger):
    connection = ledger.connection
    assert memory.salt(connection) == memory.salt(connection)
    ledger.remember_run("report", NOON, "done")
    ledger.remember_run("report", seconds(1), "done again")
    assert memory.last_runs(connection) == {"report": seconds(1)}
    ledger.put(Changes(grown=(active(0, 3600), window(0, 10))))
    assert memory.covered_hours(connection, seconds(1800), seconds(9999)) == 0.5
    assert ledger.recorded_after("laptop", seconds(20)) == [(NOON, seconds(3600))]
    assert ledger.recorded_after("another", seconds(20)) == []
    assert memory.newest(connection, "desktop/x11") == NOON


def test_what_is_too_old_is_deleted_and_old_titles_lose_their_words(ledger):
    day = 86_400
    Writer(ledger.connection).write(
        [
            active(0, 5),
            window(0, 5, "old"),
            window(8 * day, 8 * day + 5, "older than a day"),
            window(9 * day, 9 * day + 5, "new"),
        ]
    )
    kept = Retention(activities_days=5, titles_days=1)
    said = retire(ledger.connection, kept, seconds(9.5 * day))
    assert said == "deleted 2 rows, and the titles of 1"
    titles = ledger.connection.execute("SELECT name FROM title").fetchall()
    assert titles == [("new",)]
    assert ledger.connection.execute("SELECT count(*) FROM activity").fetchone() == (2,)
    assert retire(ledger.connection, kept, seconds(9.5 * day)).startswith("deleted 0 rows")


def test_what_is_forgotten_while_it_is_open_does_not_come_back(ledger, tmp_path):
    assert not ledger.put(Changes(grown=(window(0, 60, "secret"), active(0, 60))))
    with contextlib.closing(connect(tmp_path / "disconnect.sqlite")) as persons:
        forget(persons, What(since=seconds(30), until=seconds(90)))
    assert ledger.put(Changes(grown=(window(0, 65, "secret"), active(0, 65))))
    assert presence(ledger) == [(30, 0)]
    (length,) = ledger.connection.execute("SELECT length FROM activity").fetchone()
    assert length == 30_000
    # What begins after it is written as ever.
    assert not ledger.put(Changes(grown=(active(95, 100),)))
    assert presence(ledger) == [(30, 0), (5, 0)]


def test_what_others_write_elsewhere_stops_nothing_from_growing(ledger, tmp_path):
    ledger.put(Changes(grown=(active(0, 60),)))
    with contextlib.closing(connect(tmp_path / "disconnect.sqlite")) as others:
        Writer(others).write([window(1000, 1060)])
    assert not ledger.put(Changes(grown=(active(0, 65),)))
    assert presence(ledger) == [(65, 0)]


def test_a_file_that_was_taken_away_is_begun_anew_with_the_open_row_whole(ledger, tmp_path):
    ledger.put(Changes(grown=(active(0, 10),)))
    for file in tmp_path.glob("disconnect.sqlite*"):
        file.unlink()
    assert ledger.put(Changes(grown=(active(0, 20),))) is False  # lost, which is not forgotten
    with contextlib.closing(connect(tmp_path / "disconnect.sqlite", read_only=True)) as found:
        assert found.execute("SELECT length FROM presence").fetchall() == [(20_000,)]


def test_a_file_torn_under_an_open_connection_is_put_aside_when_it_is_looked_at(tmp_path):
    path = tmp_path / "disconnect.sqlite"
    opening = Opening(Home(tmp_path), lambda: NOON)
    ledger = Ledger(opening)
    ledger.put(Changes(grown=(active(0, 10),)))
    ledger.look_for_damage()
    assert opening.notes == []
    ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.write(b"\xff" * 100)
    ledger.look_for_damage()
    ledger.put(Changes(grown=(active(0, 20),)))
    assert presence(ledger) == [(20, 0)]
    ledger.close()
    assert "the damaged file is kept as" in " ".join(opening.notes)


def shown(ledger):
    return ledger.connection.execute(
        "SELECT start / 1000 - ?, length / 1000, title.name FROM activity"
        " JOIN context ON context.id = context LEFT JOIN title ON title.id = context.title"
        " ORDER BY 1",
        (NOON.timestamp(),),
    ).fetchall()


def test_rows_are_described_wherever_they_are(tmp_path):
    path = tmp_path / "disconnect.sqlite"
    holding = Holding(tmp_path / "daemon.held")
    holding.begin(NOON)
    ledger = Ledger(lambda: connect(path), holding)
    written, held, grows = window(0, 5, None), window(5, 10, None), window(10, 15, None)
    ledger.put(Changes(grown=(written,)), seconds(5))
    assert ledger.flush(seconds(5))
    ledger.put(Changes(grown=(held,)), seconds(10))
    ledger.put(Changes(grown=(grows,)), seconds(15))
    known = [window(0, 5, "one"), window(5, 10, "two"), window(10, 15, "three")]
    assert ledger.describe(known)
    assert shown(ledger) == [(0, 5, "one")]
    ledger.put(Changes(grown=(window(10, 20, "three"),)), seconds(20))
    with contextlib.closing(connect(path)) as other:  # whoever opens it takes in what is held
        assert other.execute("SELECT count(*) FROM activity").fetchone() == (3,)
    assert shown(ledger) == [(0, 5, "one"), (5, 5, "two"), (10, 10, "three")]
    ledger.close()
    with contextlib.closing(connect(path)) as again:
        assert again.execute("SELECT count(*) FROM title").fetchone() == (3,)


def test_what_was_forgotten_is_not_brought_back_by_being_described(ledger):
    ledger.put(Changes(grown=(window(0, 5, None),)))
    ledger.connection.execute("DELETE FROM activity")
    assert ledger.describe([window(0, 5, "one")])
    assert shown(ledger) == []
    assert ledger.connection.execute("SELECT count(*) FROM title").fetchone() == (0,)


def test_a_title_that_stands_is_not_replaced(ledger):
    ledger.put(Changes(grown=(window(0, 5, "first"), window(5, 9, None))))
    assert ledger.describe([window(0, 5, "second"), window(5, 9, "second")])
    assert shown(ledger) == [(0, 5, "first"), (5, 4, "second")]


def test_a_busy_database_is_described_later(ledger, tmp_path):
    ledger.put(Changes(grown=(window(0, 5, None),)))
    ledger.connection.execute("PRAGMA busy_timeout = 10")
    with contextlib.closing(sqlite3.connect(tmp_path / "disconnect.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not ledger.describe([window(0, 5, "one")])
    assert ledger.describe([window(0, 5, "one")])
    assert shown(ledger) == [(0, 5, "one")]
