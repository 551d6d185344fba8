import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from collectors.browsers.chromium import Chromium
from collectors.facts.screen import Activity, BadRecord
from collectors.source import History

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CHAIN_START_ONLY = 0x10000000


def read(history, since=LONG_AGO):
    source = Chromium(history, product="chromium", profile="Default", device="d", zone="UTC")
    return list(source.facts(since))


def seconds(activity):
    return (activity.end - activity.start).total_seconds()


def covered(activities):
    """Seconds that lie in at least one of them (oldest first)."""
    total, until = 0.0, activities[0].start
    for one in activities:
        total += max(0.0, (one.end - max(one.start, until)).total_seconds())
        until = max(until, one.end)
    return total


def pages_seen(history, until):
    """The activities, once there is one of this page."""
    found = [one for one in read(history) if isinstance(one, Activity)]
    return found if any(one.page == until for one in found) else []


def test_it_keeps_to_what_a_history_promises(tmp_path):
    source = Chromium(tmp_path / "no", product="vivaldi", profile="P 1", device="d", zone="UTC")
    assert isinstance(source, History)
    assert source.name == "browsers/vivaldi/P 1"
    assert source.missing() == f"no such file: {tmp_path / 'no'}"
    assert read(tmp_path / "no") == [
        BadRecord(str(tmp_path / "no"), "cannot be copied: No such file or directory")
    ]


@pytest.mark.xdist_group("browsers")
@pytest.mark.timeout(180)
def test_a_running_chromium_tells_what_was_in_front_and_for_how_long(chromium, pages, wait_for):
    place, _ = pages
    began = time.time()  # noqa: TID251 - held against the browser's own clock
    chromium.visit(f"{place}/last?secret=1#x")
    time.sleep(1.5)
    chromium.visit(f"{place}/hop")  # on to /talk by script, which stays 1.5 s, on to /last
    chromium.open_and_close_behind(f"{place}/behind")
    time.sleep(1.7)
    chromium.visit(f"{place}/away?secret=2")  # on to /talk by the server
    time.sleep(2.2)
    arrived = time.monotonic()
    chromium.visit(f"{place}/thread")  # which becomes /thread/2 without being left
    time.sleep(1.7)
    chromium.visit(f"{place}/last")
    stayed = time.monotonic() - arrived  # a busy machine is slow to go on
    every = wait_for(lambda: pages_seen(chromium.history, until="/thread"), 25)
    assert {one.site for one in every} == {"friends.example"}
    assert {one.page for one in every} <= {"/last", "/talk", "/thread", "/thread/2"}
    talks = [one for one in every if one.page == "/talk"]  # no /hop, no /away, no /behind
    assert [one.title for one in talks] == ["Talk", "Talk"]
    assert all(1 < seconds(one) < 3 for one in talks)
    first = every[0]
    assert (first.page, first.title, first.app) == ("/last", "Last", "chromium")
    assert abs(first.start.timestamp() - began) < 2
    assert 1.4 < seconds(first) < 2.6
    assert all(seconds(one) < 20 for one in every)
    threads = [one for one in every if one.page in {"/thread", "/thread/2"}]
    assert 1 < covered(threads) < stayed + 0.5  # the second lies within the first


@pytest.mark.parametrize(
    ("seen", "lasts"),
    [
        (2_500_000, 2.5),
        (-1_000_000, 60),  # not known: until the next visit
        (None, 60),
        (600_000_000, 60),  # known: the rest lies behind what was opened meanwhile
    ],
)
def test_time_in_view_is_the_browsers_own_record_or_bounded(made_chromium, seen, lasts):
    made_chromium.visit("https://a.example/", NOON, seen=seen)
    made_chromium.visit("https://b.example/", NOON + 60 * SECOND, seen=1_000_000)
    first, second, *rest = read(made_chromium.path)
    assert (first.start, (first.end - first.start).total_seconds()) == (NOON, lasts)
    assert second.site == "b.example"
    assert [(one.site, one.start - NOON, one.end - NOON) for one in rest] == (
        [("a.example", 61 * SECOND, 601 * SECOND)] if seen == 600_000_000 else []
    )


def test_the_pages_of_one_document_share_the_time_that_is_booked_on_its_first(made_chromium):
    made_chromium.visit("https://a.example/", NOON, seen=15_000_000, open_for=3 * SECOND)
    made_chromium.visit(
        "https://a.example/2", NOON + 3 * SECOND, seen=-1_000_000, open_for=4 * SECOND, after=1
    )
    made_chromium.visit("https://a.example/3", NOON + 7 * SECOND, open_for=11 * SECOND, after=2)
    made_chromium.visit("https://b.example/", NOON + 60 * SECOND, seen=10**6, after=3)
    assert [(one.page, seconds(one)) for one in read(made_chromium.path)] == [
        ("/", 3), ("/2", 4), ("/3", 8), ("/", 1),
    ]  # fmt: skip


def test_a_page_in_view_for_longer_than_it_was_open_keeps_what_it_was_in_view_for(made_chromium):
    made_chromium.visit("https://a.example/", NOON, seen=90_000_000, open_for=60 * SECOND)
    made_chromium.visit("https://b.example/", NOON + 60 * SECOND, seen=10**6, after=1)
    assert [(one.site, seconds(one)) for one in read(made_chromium.path)] == [
        ("a.example", 60), ("b.example", 1), ("a.example", 30),
    ]  # fmt: skip


def test_without_a_record_a_page_lasts_no_longer_than_it_was_open(made_chromium):
    made_chromium.visit("https://a.example/", NOON, open_for=20 * SECOND)
    made_chromium.visit("https://b.example/", NOON + 60 * SECOND, seen=10**6)
    assert [seconds(one) for one in read(made_chromium.path)] == [20, 1]


def test_a_tab_that_is_left_after_the_last_reading_is_read_once_more(made_chromium):
    opened = NOON - 36_000 * SECOND
    made_chromium.visit("https://chat.example/", opened, seen=60 * 10**6, open_for=40_000 * SECOND)
    made_chromium.visit("https://a.example/", opened + 20 * SECOND, seen=35_980 * 10**6)
    made_chromium.visit("https://b.example/", NOON, seen=30 * 10**6)
    found = read(made_chromium.path, NOON - SECOND)
    assert [(one.site, one.start - NOON, seconds(one)) for one in found] == [
        ("b.example", timedelta(), 30),
        ("chat.example", 30 * SECOND, 40),
    ]


def test_a_page_never_in_front_is_no_fact(made_chromium):
    made_chromium.visit("https://a.example/", NOON, seen=0)
    assert read(made_chromium.path) == []


def test_a_page_left_open_is_capped(made_chromium):
    made_chromium.visit("https://a.example/", NOON)
    (only,) = read(made_chromium.path)
    assert only.end - only.start == timedelta(minutes=5)


def test_redirects_frames_and_other_devices_are_left_out(made_chromium):
    made_chromium.visit("http://a.example/", NOON, seen=10**6, transition=CHAIN_START_ONLY)
    made_chromium.visit("https://frame.example/", NOON, seen=10**6, transition=0x30000004)
    made_chromium.visit("https://phone.example/", NOON, seen=10**6, other_device="abc=")
    made_chromium.visit("https://a.example/", NOON, seen=10**6)
    made_chromium.visit("https://signed.example/", NOON, seen=10**6, transition=0xA0000000 - 2**32)
    assert [one.site for one in read(made_chromium.path)] == ["a.example", "signed.example"]


def test_only_what_came_after_is_read(made_chromium):
    made_chromium.visit("https://a.example/", NOON, seen=10**6)
    made_chromium.visit("https://b.example/", NOON + SECOND, seen=10**6)
    assert [one.site for one in read(made_chromium.path, NOON)] == ["b.example"]


def test_bad_records_are_told_and_the_rest_is_kept(made_chromium):
    made_chromium.visit("https://a.example/", 0, seen=10**6)
    made_chromium.visit("http://me:secret@[bad/", NOON - SECOND, seen=10**6)
    made_chromium.visit("https://b.example/", NOON, seen=10**6, title=b"\xff")
    made_chromium.visit("https://c.example/", "soon", seen=10**6)
    made_chromium.visit("https://d.example/", 2**62, seen=10**6)
    facts = read(made_chromium.path)
    good = [one for one in facts if isinstance(one, Activity)]
    assert [(one.site, one.title) for one in good] == [("b.example", None)]
    bad = [one for one in facts if isinstance(one, BadRecord)]
    assert BadRecord("browsers/chromium/Default, visit 2", "address that cannot be read") in bad
    assert BadRecord("browsers/chromium/Default, visit 4", "time that is no number") in bad
    assert len(bad) == 4
    assert "secret" not in str(bad)


def test_an_older_schema_without_its_record_of_time_in_view_is_read(made_chromium):
    made_chromium.visit("https://a.example/", NOON)
    made_chromium.run(
        "DROP TABLE context_annotations", "ALTER TABLE visits DROP COLUMN originator_cache_guid"
    )
    assert [one.site for one in read(made_chromium.path)] == ["a.example"]


def test_a_file_that_is_no_history_is_one_bad_record(tmp_path):
    broken = tmp_path / "History"
    broken.write_bytes(b"SQLite format 3\0" + b"\1" * 5000)
    (bad,) = read(broken)
    assert bad.where == str(broken)
    assert bad.why.startswith("is damaged: ")
    broken.write_bytes(b"")
    assert read(broken) == [BadRecord(str(broken), "cannot be read: no such table: visits")]


def test_what_only_the_write_ahead_log_holds_is_read(made_chromium):
    with closing(sqlite3.connect(made_chromium.path)) as browser:
        browser.execute("PRAGMA journal_mode=WAL")
        browser.execute("SELECT * FROM visits").fetchall()  # while it is open the log stays
        made_chromium.visit("https://a.example/", NOON, seen=10**6)
        assert b"a.example" not in made_chromium.path.read_bytes()
        assert [one.site for one in read(made_chromium.path)] == ["a.example"]


def test_a_history_that_cannot_be_opened_is_one_bad_record(tmp_path):
    (tmp_path / "History").mkdir()  # refused to everybody, unlike a file without permissions
    assert read(tmp_path / "History") == [
        BadRecord(str(tmp_path / "History"), "cannot be copied: Is a directory")
    ]
