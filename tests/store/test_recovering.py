"""What is saved of a database with torn pages, by where they are."""

import contextlib
import datetime as dt
import random
import sqlite3
import stat

import pytest

from collectors.facts.checkin import CheckIn
from disconnect.errors import DisconnectError
from disconnect.store import salvaging
from disconnect.store.entries import entries
from disconnect.store.opening import CorruptDatabaseError, connect
from disconnect.store.recovering import recover
from disconnect.store.sittings import add_sitting
from disconnect.store.writing import Writer

NOW = dt.datetime(2026, 10, 6, 8, 30, tzinfo=dt.UTC)
PAGE = 4096
ROWS = 3000


@pytest.fixture
def filled(path, make):
    with contextlib.closing(connect(path)) as connection:
        # Two sources by turns, in small portions, so that both have pages all over the file.
        sources = ("desktop/x11", "browsers/firefox/a")
        writer = Writer(connection)
        for first in range(0, ROWS, 50):
            writer.write(
                make.activity(number, 1, source=sources[number % 2], title=f"title {number // 3}")
                for number in range(first, first + 50)
            )
        writer.write([make.presence(0, ROWS)])
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def root_of(path, name):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)
        ).fetchone()
    return root


def leaves(path):
    """Pages that are no table's or index's first."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        roots = {root for (root,) in connection.execute("SELECT rootpage FROM sqlite_schema")}
        # The schema itself, too: without it nobody knows what the other pages are.
        wanted = "SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'"
        with contextlib.suppress(sqlite3.OperationalError):  # not in every SQLite
            roots |= {page for (page,) in connection.execute(wanted)}
    return [page for page in range(40, path.stat().st_size // PAGE + 1) if page not in roots]


def tear(path, *pages, junk=b"\xff" * PAGE):
    data = bytearray(path.read_bytes())
    for page in pages:
        data[(page - 1) * PAGE : page * PAGE] = junk
    path.write_bytes(data)
    return bytes(data)


def saved(path):
    """How many activities there are, in a database that holds together."""
    with contextlib.closing(connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (seen,) = connection.execute("SELECT count(*) FROM activities").fetchone()
        assert connection.execute("SELECT count(*) FROM activity").fetchone() == (seen,)
    return int(seen)


def test_every_table_that_is_not_made_anew_is_saved(path):
    """A table that salvaging does not know would be lost without a word."""
    made_anew = {"hour_sums", "sorted", "sqlite_sequence"}
    with contextlib.closing(connect(path)) as connection:
        names = {name for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
        )}  # fmt: skip
    known = {*salvaging._IDS, *salvaging._SPANS, *salvaging._SMALL}
    assert names - made_anew == known


def test_check_ins_and_reach_are_saved(filled):
    said = CheckIn(
        at=NOW, day=NOW.date(), instrument="daily", answers=(7.0, 3.0), zone="Asia/Tokyo"
    )
    with contextlib.closing(connect(filled)) as connection:
        add_sitting(connection, [said], now=NOW)
        connection.execute("INSERT INTO reach VALUES ('2026-10-06', 'somewhere', 512)")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    filled.write_bytes(b"\x55" * 100 + filled.read_bytes()[100:])
    recover(filled, NOW)
    saved(filled)
    with contextlib.closing(connect(filled)) as connection:
        assert entries(connection)[0].checkins == (said,)
        assert connection.execute("SELECT people FROM reach").fetchall() == [(512,)]


def test_a_destroyed_header_costs_nothing(filled):
    filled.write_bytes(b"\x55" * 100 + filled.read_bytes()[100:])
    with pytest.raises(CorruptDatabaseError):
        connect(filled)
    recover(filled, NOW)
    assert saved(filled) == ROWS


def schema_pages(path):
    """The pages on which the description of the tables stands, the first one left out."""
    first = path.read_bytes()[:PAGE]
    assert first[100] == 0x05  # it has grown beyond one page
    count = int.from_bytes(first[103:105], "big")
    cells = [int.from_bytes(first[112 + 2 * n : 114 + 2 * n], "big") for n in range(count)]
    children = [int.from_bytes(first[cell : cell + 4], "big") for cell in cells]
    return [*children, int.from_bytes(first[108:112], "big")]


@pytest.mark.parametrize("rewritten", [False, True])
@pytest.mark.parametrize("page", ["first", 0, 1, -1])
def test_a_torn_description_of_the_tables_costs_nothing(filled, page, rewritten):
    if rewritten:  # as `forget` does, which lays the tables out anew
        with contextlib.closing(sqlite3.connect(filled)) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    tear(filled, 1 if page == "first" else schema_pages(filled)[page])
    told = recover(filled, NOW)
    assert saved(filled) == ROWS
    assert told.tables_damaged == ()


@pytest.mark.parametrize("seed", range(4))
def test_pages_torn_anywhere_cost_about_what_stood_on_them(filled, seed):
    dice = random.Random(seed)  # noqa: S311 - dice, no secret
    junk = b"\xff" * PAGE if seed % 2 else dice.randbytes(PAGE)
    tear(filled, *dice.sample(leaves(filled), 2), junk=junk)
    told = recover(filled, NOW)
    assert saved(filled) >= ROWS * 0.7  # a page holds about a tenth of these few rows
    assert told.tables_damaged


def test_islands_between_torn_pages_are_found(filled):
    with contextlib.closing(sqlite3.connect(filled)) as connection:
        root = root_of(filled, "activity")
        (rows,) = connection.execute("SELECT count(*) FROM activity").fetchone()
    data = filled.read_bytes()[(root - 1) * PAGE : root * PAGE]
    cells = int.from_bytes(data[3:5], "big")
    places = [int.from_bytes(data[12 + 2 * n : 14 + 2 * n], "big") for n in range(cells)]
    children = [int.from_bytes(data[place : place + 4], "big") for place in places]
    tear(filled, children[0], children[2], children[4])
    recover(filled, NOW)
    assert rows * 0.6 <= saved(filled) < rows


@pytest.mark.parametrize("table", ["source", "device", "zone", "app"])
def test_names_on_a_torn_page_are_read_from_their_index(filled, table):
    tear(filled, root_of(filled, table))
    recover(filled, NOW)
    assert saved(filled) == ROWS
    with contextlib.closing(connect(filled)) as connection:
        found = connection.execute("SELECT DISTINCT source, device, app, zone FROM activities")
        assert set(found) == {
            ("desktop/x11", "laptop", "slack", "UTC"),
            ("browsers/firefox/a", "laptop", "slack", "UTC"),
        }


@pytest.mark.parametrize("table", ["source", "app", "zone"])
def test_hours_stay_where_even_their_names_are_lost(filled, table):
    tear(filled, root_of(filled, table), root_of(filled, f"sqlite_autoindex_{table}_1"))
    recover(filled, NOW)
    assert saved(filled) == ROWS


def test_a_lost_title_is_no_other_title(filled, make):
    tear(filled, root_of(filled, "title"))
    recover(filled, NOW)
    assert saved(filled) == ROWS
    with contextlib.closing(connect(filled)) as connection:
        Writer(connection).write([make.activity(ROWS + 1, 1, title="a new one")])
        found = connection.execute("SELECT count(*) FROM activities WHERE title = 'a new one'")
        assert found.fetchone() == (1,)


def test_rows_that_are_still_in_the_log_are_saved_too(path, make):
    killed = path.with_name("killed.sqlite")
    with contextlib.closing(connect(path)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        Writer(connection).write([make.activity(0, 1)])
        for ending in ("", "-wal"):  # as a kill leaves it: the log beside the file, unread
            copy = killed.with_name(killed.name + ending)
            copy.write_bytes(path.with_name(path.name + ending).read_bytes())
    recover(killed, NOW)
    assert saved(killed) == 1


def test_half_a_file_is_no_reason_to_stop(filled):
    filled.write_bytes(filled.read_bytes()[: filled.stat().st_size // 2])
    recover(filled, NOW)
    saved(filled)


# Of 150 such files these are some in which nonsense would read as rows of ours.
@pytest.mark.parametrize("seed", [None, 1, 7, 31])
def test_a_file_that_never_was_one_of_ours_gives_nothing_and_stops_nothing(path, seed):
    path.parent.mkdir(mode=0o700)
    chance = random.Random(seed)  # noqa: S311 - the same nonsense each time
    size = PAGE * chance.randint(1, 60)
    nonsense = b"no database at all" * 1000 if seed is None else chance.randbytes(size)
    path.write_bytes(nonsense)
    assert recover(path, NOW).rows == 1  # the zone UTC, which each mended database has
    assert saved(path) == 0


@pytest.mark.parametrize("seed", range(6))
def test_values_that_no_column_of_ours_holds_are_not_saved(filled, seed):
    chance = random.Random(seed)  # noqa: S311 - the same tears each time
    data = bytearray(filled.read_bytes())
    for _ in range(60):  # a few bytes each: pages that still look like rows
        at = chance.randrange(PAGE, len(data) - 16)
        data[at : at + 16] = chance.randbytes(16)
    filled.write_bytes(data)
    recover(filled, NOW)
    assert saved(filled) > 0
    with contextlib.closing(connect(filled)) as connection:
        kinds = connection.execute("SELECT DISTINCT typeof(app) || typeof(title) FROM context")
        assert kinds.fetchall() == [("integerinteger",)]


def test_the_damaged_file_is_kept_byte_by_byte_and_private(filled):
    damaged = tear(filled, root_of(filled, "source"))
    told = recover(filled, NOW)
    assert told.aside.read_bytes() == damaged
    left = sorted(file.name for file in filled.parent.iterdir())
    assert left == [filled.name, told.aside.name]
    assert all(stat.S_IMODE(f.stat().st_mode) == 0o600 for f in filled.parent.iterdir())


def test_where_the_new_one_cannot_be_made_the_damaged_one_stays(filled):
    damaged = tear(filled, root_of(filled, "source"))
    filled.with_name(filled.name + ".recovering").mkdir()
    with pytest.raises(DisconnectError, match="cannot save what is left"):
        recover(filled, NOW)
    assert filled.read_bytes() == damaged
