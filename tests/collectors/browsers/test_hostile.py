"""Histories that somebody made to do harm: read within limits, refused in a line."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from collectors.browsers import copying, guarding
from collectors.browsers.chromium import Chromium
from collectors.browsers.firefox import Firefox
from collectors.facts.screen import Activity, BadRecord

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
ENDLESS = (
    "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
    " SELECT x AS id, 1 AS url, 13400000000000000 + x AS visit_time, 0 AS from_visit,"
    " 805306368 AS transition, 0 AS visit_duration, '' AS originator_cache_guid FROM n"
)
HUGE = 2_000_000


def read(made, kind=Chromium):
    source = kind(made.path, product="browser", profile="Default", device="laptop", zone="UTC")
    found = list(source.facts(LONG_AGO))
    for one in found:
        if isinstance(one, BadRecord):
            assert len(one.why) < 300
            assert len(one.where) < 300
            assert "\n" not in one.why
    return found


def refused(made, kind=Chromium):
    (record,) = read(made, kind)
    assert isinstance(record, BadRecord)
    return record.why


def test_a_view_without_end_is_no_table_of_visits(made_chromium):
    made_chromium.run("DROP TABLE visits", f"CREATE VIEW visits AS {ENDLESS}")
    assert refused(made_chromium) == "is damaged: visits is no plain table"


def test_a_virtual_table_is_none(made_chromium):
    made_chromium.run("DROP TABLE urls", "CREATE VIRTUAL TABLE urls USING fts5(id, url, title)")
    assert refused(made_chromium) == "is damaged: urls is no plain table"


def test_columns_that_are_computed_are_not_asked(made_firefox):
    slow = "hex(zeroblob(1000000))"
    made_firefox.run(f"ALTER TABLE moz_places ADD COLUMN more AS ({slow})")
    assert refused(made_firefox, Firefox) == "is damaged: moz_places computes its columns"


def test_megabytes_where_a_number_should_be_cost_their_row_alone(made_chromium):
    made_chromium.visit("https://a.example/", NOON, seen=1_000_000)
    made_chromium.visit("https://b.example/", "9" * HUGE)
    made_chromium.visit("https://c.example/", b"\xff" * HUGE)
    made_chromium.visit("https://d.example/", NOON + timedelta(minutes=1), seen=1_000_000)
    found = read(made_chromium)
    assert [one.site for one in found if isinstance(one, Activity)] == ["a.example", "d.example"]
    assert [one.why for one in found if isinstance(one, BadRecord)] == [
        "time that is no number"
    ] * 2


def test_megabytes_in_a_record_of_time_in_view_cost_that_alone(made_firefox):
    made_firefox.place("https://a.example/")
    made_firefox.visit(1, NOON)
    made_firefox.run(
        "INSERT INTO moz_places_metadata (place_id, created_at, total_view_time) VALUES (?, ?, 5)",
        values=("x" * HUGE, "y" * HUGE),
    )
    (found,) = read(made_firefox, Firefox)
    assert found.site == "a.example"


def test_a_number_of_a_visit_that_is_none_is_not_quoted(tmp_path, made_chromium):
    made_chromium.run("DROP TABLE visits")
    made_chromium.run(
        "CREATE TABLE visits (id, url, visit_time, from_visit, transition, visit_duration)"
    )
    made_chromium.run("INSERT INTO urls (url, title) VALUES ('https://a.example/', 'A')")
    made_chromium.run(
        "INSERT INTO visits VALUES (?, 1, 'never', 0, 805306368, 0)", values=("1" * HUGE,)
    )
    (record,) = read(made_chromium)
    assert record.where == "browsers/browser/Default, visit 0"


def test_a_title_of_megabytes_is_cut(made_chromium):
    made_chromium.visit("https://a.example/", NOON, seen=1_000_000, title="t" * HUGE)
    (found,) = read(made_chromium)
    assert len(found.title) == guarding.LONGEST_TEXT


def test_what_takes_too_many_steps_for_its_size_is_stopped(made_firefox, monkeypatch):
    """Without the index that browsers have, each visit is compared with each."""
    monkeypatch.setattr(guarding, "_AT_LEAST", 20)
    monkeypatch.setattr(guarding, "_BYTES_A_LOOK", 1_000_000)
    made_firefox.place("https://a.example/")
    with closing(sqlite3.connect(made_firefox.path)) as connection, connection:
        connection.executemany(
            "INSERT INTO moz_historyvisits (from_visit, place_id, visit_date, visit_type)"
            " VALUES (0, 1, ?, 1)",
            [(made_firefox.count(NOON) + second * 1_000_000,) for second in range(5000)],
        )
    why = read(made_firefox, Firefox)[-1]
    assert isinstance(why, BadRecord)
    assert why.why == "cannot be read: it takes too long for a file of its size"


def test_a_file_that_no_browser_makes_so_large_is_not_copied(made_chromium, monkeypatch):
    monkeypatch.setattr(copying, "LARGEST", 1000)
    assert "it is no browser's history" in refused(made_chromium)


def test_nonsense_that_sqlite_quotes_is_told_in_a_line(made_chromium):
    content = bytearray(made_chromium.path.read_bytes())
    at = content.index(b"CREATE TABLE visits")
    content[at : at + 3] = b"\xb5\x92\xaa"
    made_chromium.path.write_bytes(content)
    assert refused(made_chromium).startswith("is damaged: ")


@pytest.mark.parametrize("kind", [Chromium, Firefox])
def test_what_browsers_write_is_far_from_the_limits(made_chromium, made_firefox, kind):
    made = made_chromium if kind is Chromium else made_firefox
    with closing(sqlite3.connect(made.path)) as connection, connection:
        moments = [(made.count(NOON) + second * 1_000_000,) for second in range(20_000)]
        if kind is Chromium:
            connection.execute("INSERT INTO urls (url, title) VALUES ('https://a.example/', 'A')")
            connection.executemany(
                "INSERT INTO visits (url, visit_time, transition) VALUES (1, ?, 805306368)", moments
            )
        else:
            connection.execute("CREATE INDEX came_from ON moz_historyvisits (from_visit)")
            connection.execute(
                "INSERT INTO moz_places (url, title) VALUES ('https://a.example/', 'A')"
            )
            connection.executemany(
                "INSERT INTO moz_historyvisits (from_visit, place_id, visit_date, visit_type)"
                " VALUES (0, 1, ?, 1)",
                moments,
            )
    found = read(made, kind)
    assert len(found) == 20_000
    assert all(isinstance(one, Activity) for one in found)
