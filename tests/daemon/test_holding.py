"""The file beside the database: what a kill, a full disk or a busy database must not lose."""

import contextlib
import os
import resource
import shutil
import sqlite3
import stat
from datetime import UTC, datetime, timedelta

import pytest

from collectors.facts.screen import Activity, Presence, PresenceState
from disconnect.daemon import holding as holding_module
from disconnect.daemon import ledger as ledger_module
from disconnect.daemon.holding import Holding
from disconnect.daemon.ledger import Ledger
from disconnect.daemon.sessionizer import Changes
from disconnect.errors import DisconnectError
from disconnect.store import held
from disconnect.store.forgetting import What, forget
from disconnect.store.opening import connect
from disconnect.store.recovering import recover

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
ACTIVE, IDLE = PresenceState.ACTIVE, PresenceState.IDLE


def at(seconds):
    return NOON + timedelta(seconds=seconds)


def present(start, end, state=ACTIVE):
    return Presence(
        start=at(start), end=at(end), device="laptop", source="presence/daemon", state=state
    )


def window(start, end, title="a shell", app="xterm"):
    return Activity(
        start=at(start), end=at(end), device="laptop", source="desktop/x11", app=app, title=title
    )


def begun(folder, reopen=None):
    path = folder / "disconnect.sqlite"
    holding = Holding(path.with_name(held.NAME), boot="b007")
    holding.begin(NOON)
    return Ledger(reopen or (lambda: connect(path)), holding)


def look(ledger, seconds, *grown, cut=()):
    return ledger.put(Changes(cut, grown), at(seconds))


def kill(ledger):
    """What the kernel does: no word is said, and the lock is let go."""
    os.close(ledger.holding._descriptor)
    ledger.holding._descriptor = -1
    ledger._database.close()


def spans(connection):
    found = {}
    for table in ("presence", "activity"):
        rows = connection.execute(f"SELECT start, length FROM {table} ORDER BY start")
        found[table] = [
            ((start - 1000 * NOON.timestamp()) / 1000, length / 1000) for start, length in rows
        ]
    return found


def asked(folder):
    """What a question finds."""
    path = folder / "disconnect.sqlite"
    with contextlib.closing(connect(path, read_only=True)) as connection:
        return spans(connection)


def left_in(folder):
    left = held.read(folder / held.NAME)
    assert left is not None
    return left


@pytest.fixture
def ledger(tmp_path):
    made = begun(tmp_path)
    yield made
    if made.holding._descriptor >= 0:
        made.close()


def test_whoever_asks_knows_all_up_to_the_last_look(ledger, tmp_path):
    for second in range(5, 100, 5):
        look(ledger, second, present(0, second), window(0, second))
        assert asked(tmp_path) == {"presence": [(0, second)], "activity": [(0, second)]}
    look(ledger, 100, present(0, 100), window(95, 100, "another"))
    assert asked(tmp_path)["activity"] == [(0, 95), (95, 5)]


def test_a_look_that_changes_nothing_moves_one_number(ledger, tmp_path, monkeypatch):
    look(ledger, 5, present(0, 5), window(0, 5))
    look(ledger, 10, present(0, 10), window(0, 10))
    written, real = [], os.pwrite

    def counted(descriptor, content, offset):
        written.append(len(content))
        return real(descriptor, content, offset)

    monkeypatch.setattr(os, "pwrite", counted)
    before = ledger.connection.total_changes
    for second in range(15, 100, 5):
        look(ledger, second, present(0, second), window(0, second))
    assert written == [held.HEADER] * 17
    assert ledger.connection.total_changes == before
    assert asked(tmp_path)["presence"] == [(0, 95)]


def test_a_kill_loses_nothing_that_was_looked_at(ledger, tmp_path):
    look(ledger, 5, present(0, 5), window(0, 5))
    look(ledger, 10, present(0, 10), window(5, 10, "two"))
    look(ledger, 15, present(0, 15), window(5, 15, "two"))
    look(ledger, 20, present(0, 20), window(5, 20, "two"))
    kill(ledger)
    expected = {"presence": [(0, 20)], "activity": [(0, 5), (5, 15)]}
    assert asked(tmp_path) == asked(tmp_path) == expected
    assert left_in(tmp_path).rows == []  # nobody holds it any more
    again = begun(tmp_path)
    again.close()
    assert asked(tmp_path) == expected
    assert stat.S_IMODE((tmp_path / held.NAME).stat().st_mode) == 0o600


def test_a_kill_between_any_two_writes_loses_at_most_one_look(tmp_path, monkeypatch):
    """Each write of the file is followed by a copy of everything, as a kill would leave it."""
    home, copies, reached = tmp_path / "home", [], [0]
    home.mkdir()
    ledger = begun(home)
    monkeypatch.setattr(ledger_module, "CLOSED_AFTER", 0.0)  # the database is written often, too
    real = os.pwrite

    def copied_before(descriptor, content, offset):
        for part in (content[: len(content) // 2], content):  # torn in the middle, and whole
            real(descriptor, part, offset)
            copies.append((tmp_path / f"copy {len(copies)}", reached[0]))
            shutil.copytree(home, copies[-1][0])
        return len(content)

    monkeypatch.setattr(os, "pwrite", copied_before)
    for second in range(5, 45, 5):
        begins = second // 10 * 10  # every second look has a new window
        look(ledger, second, present(0, second), window(max(begins - 5, 0), second, str(begins)))
        reached[0] = second
    monkeypatch.undo()
    ledger.close()
    assert len(copies) > 20
    for folder, sure in copies:
        known = asked(folder)["presence"]
        ends = known[-1][1] if known else 0
        assert sure <= ends <= sure + 5, folder
        starts = [start for start, _ in asked(folder)["activity"]]
        assert len(set(starts)) == len(starts)


def test_what_is_forgotten_leaves_the_file_and_does_not_come_back(ledger, tmp_path):
    look(ledger, 5, present(0, 5), window(0, 5, "the secret"))
    look(ledger, 10, present(0, 10), window(0, 10, "the secret"))
    assert b"the secret" in (tmp_path / held.NAME).read_bytes()
    with contextlib.closing(connect(tmp_path / "disconnect.sqlite")) as persons:
        assert forget(persons, What(title="secret")).activities == 1
    assert asked(tmp_path) == {"presence": [(0, 10)], "activity": []}
    # The collector has not looked since, and somebody asks again: it stays away.
    assert asked(tmp_path)["activity"] == []
    assert look(ledger, 15, present(0, 15), window(0, 15, "the secret"))  # it must begin anew
    look(ledger, 20, present(0, 20), window(15, 20, "plain"))
    assert asked(tmp_path) == {"presence": [(0, 20)], "activity": [(15, 5)]}
    for file in tmp_path.iterdir():
        assert b"the secret" not in file.read_bytes(), file


def test_what_was_written_and_is_open_is_let_go_of_when_asked(ledger, tmp_path):
    look(ledger, 5, present(0, 5), window(0, 5, "the secret"))
    assert ledger.flush(at(5))  # nothing waits; the row is open still
    with contextlib.closing(connect(tmp_path / "disconnect.sqlite")) as persons:
        forget(persons, What(title="secret"))
    assert ledger.refresh()
    assert not ledger.refresh()
    assert b"the secret" not in (tmp_path / held.NAME).read_bytes()
    ledger.close()
    assert asked(tmp_path) == {"presence": [(0, 5)], "activity": []}


def test_a_row_that_begins_before_a_question_and_is_seen_after_it_stays(ledger, tmp_path):
    look(ledger, 200, present(0, 200))
    assert asked(tmp_path)["presence"] == [(0, 200)]
    # Nobody has touched anything since 20: that is known only now.
    look(ledger, 205, present(20, 205, IDLE), cut=(present(0, 20),))
    assert asked(tmp_path)["presence"] == [(0, 20), (20, 185)]
    look(ledger, 210, present(20, 210, IDLE))
    kill(ledger)
    assert asked(tmp_path)["presence"] == [(0, 20), (20, 190)]


def test_one_failed_reopening_is_not_the_last(tmp_path):
    path, tries = tmp_path / "disconnect.sqlite", []

    def reopen():
        tries.append(len(tries))
        if len(tries) in (2, 3, 4):
            raise DisconnectError("no room to put it aside")
        return connect(path)

    ledger = begun(tmp_path, reopen)
    look(ledger, 5, present(0, 5))
    for file in tmp_path.glob("disconnect.sqlite*"):
        file.unlink()
    seconds = 5
    while len(tries) < 5:
        seconds += 5
        ledger._tried_at = float("-inf")  # as if five seconds had passed
        look(ledger, seconds, present(0, seconds))
        assert ledger.works is (len(tries) == 5)
    assert asked(tmp_path)["presence"] == [(0, seconds)]
    ledger.close()


def test_what_a_busy_database_does_not_take_at_the_stop_waits_for_the_next_start(tmp_path):
    ledger = begun(tmp_path)
    ledger.connection.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(tmp_path / "disconnect.sqlite", isolation_level=None)
    with contextlib.closing(other):
        other.execute("BEGIN IMMEDIATE")
        look(ledger, 5, present(0, 5), window(0, 5))
        look(ledger, 10, present(0, 10), window(5, 10, "two"))
        ledger.close("stop")
        left = left_in(tmp_path)
        assert (len(left.rows), left.lost, left.look.ended) == (3, 0, "stop")
        begun_while_busy = begun(tmp_path)  # it cannot take it in yet, and holds it on
        kill(begun_while_busy)
        assert len(left_in(tmp_path).rows) == 3
        other.execute("ROLLBACK")
    begun(tmp_path).close()
    assert asked(tmp_path) == {"presence": [(0, 10)], "activity": [(0, 5), (5, 5)]}


def test_no_room_for_the_file_is_said_and_made_up_for(ledger, tmp_path):
    look(ledger, 5, present(0, 5), window(0, 5))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 12, limits[1]))  # the file may not grow
    try:
        for number in range(1, 60):
            second = 5 + number
            look(ledger, second, present(0, second), window(second - 1, second, "t" * 200))
        assert not ledger.works
        assert ledger.holding.detail.startswith("cannot write")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    ledger._tried_at = float("-inf")
    look(ledger, 65, present(0, 65), window(64, 65, "t"))
    assert ledger.works
    assert ledger.holding.detail == ""
    assert len(asked(tmp_path)["activity"]) == 61


def test_more_than_fits_into_memory_waits_in_the_file(ledger, tmp_path, monkeypatch):
    monkeypatch.setattr(ledger_module, "MOST_KEPT", 10)
    ledger.connection.execute("PRAGMA busy_timeout = 1")
    look(ledger, 0.5, present(0, 0.5))
    other = sqlite3.connect(tmp_path / "disconnect.sqlite", isolation_level=None)
    with contextlib.closing(other):
        other.execute("BEGIN IMMEDIATE")
        for second in range(1, 50):
            ledger._tried_at = float("-inf")
            look(ledger, second, present(0, second), window(second - 1, second, str(second)))
        assert len(ledger._waiting) == 10
        other.execute("ROLLBACK")
    assert ledger.flush(at(49))
    assert ledger.lost == 0
    assert len(asked(tmp_path)["activity"]) == 49


def test_a_file_that_grew_too_large_is_begun_anew_and_the_loss_is_said(
    ledger, tmp_path, monkeypatch
):
    monkeypatch.setattr(ledger_module, "MOST_KEPT", 10)
    monkeypatch.setattr(holding_module, "MOST_BYTES", 1 << 14)
    ledger.connection.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(tmp_path / "disconnect.sqlite", isolation_level=None)
    with contextlib.closing(other):
        other.execute("BEGIN IMMEDIATE")
        for second in range(1, 200):
            look(ledger, second, present(0, second), window(second - 1, second, str(second)))
            assert ledger.holding.size < 1 << 15
        other.execute("ROLLBACK")
    assert ledger.flush(at(199))
    assert 0 < ledger.lost < 199
    assert len(asked(tmp_path)["activity"]) == 199 - ledger.lost


def test_a_file_of_nonsense_or_a_link_is_no_obstacle(tmp_path):
    path = tmp_path / held.NAME
    for nonsense in (b"", b"\xff" * 5000, b"held 1 " + b"9" * 400, b"held 1 a b c d e f g h\n"):
        path.write_bytes(nonsense)
        ledger = begun(tmp_path)
        look(ledger, 5, present(0, 5))
        ledger.close()
        assert asked(tmp_path)["presence"] == [(0, 5)]
    path.unlink()
    (tmp_path / "precious").write_text("mine")
    path.symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match="symbolic"):
        Holding(path).begin(NOON)
    assert asked(tmp_path)["presence"] == [(0, 5)]
    assert (tmp_path / "precious").read_text() == "mine"


def test_a_row_that_was_lost_with_its_file_is_written_again(ledger, tmp_path):
    look(ledger, 5, present(0, 5))
    assert asked(tmp_path)["presence"] == [(0, 5)]
    # As after a recovery that saved what is known of the looks, and not the rows.
    ledger.connection.execute("DELETE FROM presence")
    ledger._mend()
    assert not look(ledger, 10, present(0, 10))
    assert asked(tmp_path)["presence"] == [(0, 10)]


def test_what_lies_beside_a_damaged_database_is_taken_in_whole(ledger, tmp_path):
    path = tmp_path / "disconnect.sqlite"
    look(ledger, 5, present(0, 5), window(0, 5))
    ledger.flush(at(5))
    look(ledger, 10, present(0, 10), window(0, 10))
    kill(ledger)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM presence")  # as if its page were the torn one
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.write(b"\xff" * 100)
    recover(path, NOON)
    assert asked(tmp_path) == {"presence": [(0, 10)], "activity": [(0, 10)]}


@pytest.mark.parametrize(
    "nonsense",
    ["{", "[]", "7", '"text"', "{}", '{"id": 1, "sequence": "x", "until": 1e99, "boot": 0}',
     '{"id": "a", "sequence": {}, "until": 99999999999999999999, "boot": "", "ended": ""}'],
)  # fmt: skip
def test_a_restored_database_may_say_anything_of_its_looks(ledger, tmp_path, nonsense):
    look(ledger, 5, present(0, 5))
    ledger.connection.execute(
        "INSERT OR REPLACE INTO fact_of_home VALUES ('last_look', ?)", (nonsense,)
    )
    look(ledger, 10, present(0, 10))
    assert asked(tmp_path)["presence"] == [(0, 10)]
