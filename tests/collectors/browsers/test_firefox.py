import contextlib
from datetime import UTC, datetime, timedelta

import pytest

from collectors.browsers.copying import UnreadableError, copied
from collectors.browsers.firefox import Firefox
from collectors.facts.screen import Activity, BadRecord
from collectors.source import History

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def read(history, since=LONG_AGO):
    source = Firefox(history, product="firefox", profile="p", device="d", zone="UTC")
    return list(source.facts(since))


def test_it_keeps_to_what_a_history_promises(made_firefox):
    source = Firefox(made_firefox.path, product="firefox", profile="p", device="d", zone="UTC")
    assert isinstance(source, History)
    assert (source.name, source.missing()) == ("browsers/firefox/p", None)


def own_record_of_talk(history):
    """The milliseconds; nothing while a starting Firefox is still making its tables."""
    with contextlib.suppress(UnreadableError), copied(history) as connection:
        return connection.execute(
            "SELECT total_view_time FROM moz_places_metadata m JOIN moz_places p"
            " ON p.id = m.place_id WHERE p.url LIKE '%/talk'"
        ).fetchall()
    return []


@pytest.mark.xdist_group("browsers")
@pytest.mark.timeout(180)
def test_a_running_firefox_tells_what_was_in_view_and_for_how_long(firefox, pages, wait_for):
    ((seen,),) = wait_for(lambda: own_record_of_talk(firefox), 50)
    every = [one for one in read(firefox) if isinstance(one, Activity)]
    assert {one.site for one in every} == {"friends.example"}
    assert [one.page for one in every] == ["/feed", "/talk", "/last"]  # no /away, no /frame
    assert abs(every[0].start.timestamp() - pages[1]["/feed"]) < 2
    talk = every[1]
    assert (talk.title, talk.app) == ("Talk", "firefox")
    assert talk.end - talk.start == seen * timedelta(milliseconds=1)
    assert 1.2 < (talk.end - talk.start).total_seconds() < 2.5


def test_time_in_view_is_firefoxs_own_record(made_firefox):
    made_firefox.place("https://www.a.example/feed/?q=1")
    made_firefox.visit(1, NOON)
    made_firefox.view(1, NOON + SECOND, 2500)
    (only,) = read(made_firefox.path)
    assert (only.site, only.page) == ("a.example", "/feed/")
    assert (only.start, only.end) == (NOON, NOON + 2.5 * SECOND)


def test_a_tab_that_was_come_back_to_counts_from_then(made_firefox):
    made_firefox.place("https://a.example/")
    made_firefox.visit(1, NOON)
    made_firefox.view(1, NOON, 2000)
    made_firefox.view(1, NOON + 600 * SECOND, 30_000)
    assert [(one.start - NOON, one.end - one.start) for one in read(made_firefox.path)] == [
        (timedelta(), 2 * SECOND),
        (600 * SECOND, 30 * SECOND),
    ]


def test_a_record_that_grew_when_its_tab_was_come_back_to_lies_where_there_is_room(made_firefox):
    for address in ("https://chat.example/", "https://a.example/"):
        made_firefox.place(address)
    made_firefox.visit(1, NOON)
    made_firefox.view(1, NOON, 30_000, NOON + 300 * SECOND)
    made_firefox.visit(2, NOON + 10 * SECOND)
    made_firefox.view(2, NOON + 10 * SECOND, 60_000)
    assert [
        (one.site, one.start - NOON, one.end - one.start) for one in read(made_firefox.path)
    ] == [
        ("chat.example", timedelta(), 10 * SECOND),
        ("a.example", 10 * SECOND, 60 * SECOND),
        ("chat.example", 70 * SECOND, 20 * SECOND),
    ]


def test_a_tab_that_was_come_back_to_after_the_last_reading_is_read_once_more(made_firefox):
    for address in ("https://chat.example/", "https://a.example/"):
        made_firefox.place(address)
    made_firefox.visit(1, NOON - 36_000 * SECOND)
    made_firefox.view(1, NOON - 36_000 * SECOND, 60_000, NOON + 300 * SECOND)
    made_firefox.visit(2, NOON - 35_980 * SECOND)
    made_firefox.view(2, NOON - 35_980 * SECOND, 35_990_000)
    found = read(made_firefox.path, NOON)
    assert [(one.site, one.start - NOON, one.end - one.start) for one in found] == [
        ("chat.example", 10 * SECOND, 40 * SECOND)
    ]


def test_a_record_belongs_to_its_visit_wherever_the_reading_begins(made_firefox):
    made_firefox.place("https://a.example/")
    made_firefox.visit(1, NOON)
    made_firefox.view(1, NOON + SECOND, 2000)
    assert read(made_firefox.path, NOON + 0.5 * SECOND) == []


def test_redirects_and_embeds_are_left_out(made_firefox):
    for address, hidden in (
        ("http://a.example/", 0),
        ("https://a.example/to", 0),
        ("https://ad.example/", 1),
    ):
        made_firefox.place(address, hidden=hidden)
    made_firefox.visit(1, NOON)
    made_firefox.visit(2, NOON + 0.1 * SECOND, kind=6, after=1)
    made_firefox.visit(2, NOON + 60 * SECOND, kind=4)
    made_firefox.visit(2, NOON + 60 * SECOND, kind=8)
    made_firefox.visit(3, NOON + 60 * SECOND)
    assert [one.page for one in read(made_firefox.path)] == ["/to"]


def test_without_a_record_a_visit_lasts_until_the_next_or_the_cap(made_firefox):
    made_firefox.run("DROP TABLE moz_places_metadata")
    made_firefox.place("https://a.example/")
    made_firefox.visit(1, NOON)
    made_firefox.visit(1, NOON + 60 * SECOND)
    lasted = [(one.end - one.start).total_seconds() for one in read(made_firefox.path)]
    assert lasted == [60, 300]


def test_bad_times_are_told_and_the_rest_is_kept(made_firefox):
    made_firefox.place("https://a.example/")
    made_firefox.visit(1, 5)
    made_firefox.visit(1, NOON)
    good = [one for one in read(made_firefox.path) if isinstance(one, Activity)]
    bad = [one for one in read(made_firefox.path) if isinstance(one, BadRecord)]
    assert [one.start for one in good] == [NOON]
    assert bad == [
        BadRecord(
            "browsers/firefox/p, visit 1", "time out of range: 1970-01-01T00:00:00.000005+00:00"
        )
    ]


def test_a_record_of_an_unreadable_time_costs_no_visit(made_firefox):
    made_firefox.place("https://a.example/")
    made_firefox.visit(1, NOON)
    made_firefox.run("INSERT INTO moz_places_metadata (place_id, created_at, total_view_time)"
                     " VALUES (1, 'soon', 5), (1, 9000000000000000000, 5)")  # fmt: skip
    (only,) = read(made_firefox.path)
    assert (only.start, only.end - only.start) == (NOON, timedelta(minutes=5))
