from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.screen import Activity, BadRecord, Presence, PresenceState
from collectors.imports.table import Table, instant, place
from collectors.source import History

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
HEADER = "start,end,app,title,site,page,device,zone\n"


@pytest.fixture
def table(tmp_path):
    def write(content, zone="Europe/Berlin"):
        path = tmp_path / "life.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Table(path, zone)

    return write


def test_rows_with_a_state_are_presence(table):
    text = (
        "start,end,state,device,zone\n2026-07-01 12:00,2026-07-01 13:00,LOCKED,laptop,Asia/Tokyo\n"
    )
    assert list(table(text).facts(LONG_AGO)) == [
        Presence(
            start=datetime(2026, 7, 1, 3, tzinfo=UTC),
            end=datetime(2026, 7, 1, 4, tzinfo=UTC),
            device="laptop",
            source="imports/csv",
            state=PresenceState.LOCKED,
            zone="Asia/Tokyo",
        )
    ]


def test_a_row_of_an_export_keeps_its_source_and_another_word_is_none(table):
    text = (
        "start,end,app,source\n"
        "2026-07-01T12:00Z,2026-07-01T13:00Z,slack,desktop/x11\n"
        "2026-07-01T13:00Z,2026-07-01T14:00Z,slack,my phone\n"
    )
    sources = [fact.source for fact in table(text).facts(LONG_AGO)]
    assert sources == ["desktop/x11", "imports/csv"]


def test_a_header_with_neither_app_nor_state_is_told(table):
    (bad,) = table("start,title\n").facts(LONG_AGO)
    assert bad == BadRecord("life.csv:1", "no column end, app or state in the header")


def test_it_is_a_history():
    assert isinstance(Table(), History)
    assert Table().missing() is None
    assert list(Table().facts(LONG_AGO)) == []


def test_a_file_that_is_not_there_is_missing(tmp_path):
    assert Table(tmp_path / "none.csv").missing() == f"there is no file {tmp_path / 'none.csv'}"


def test_a_whole_row_becomes_an_activity(table):
    row = (
        "2026-03-28T10:00:00+01:00,2026-03-28T10:30:00+01:00,Firefox,Feed,"
        "https://www.LinkedIn.com:443/feed/?x=1,,laptop,Europe/Paris\n"
    )
    assert list(table(HEADER + row).facts(LONG_AGO)) == [
        Activity(
            start=datetime(2026, 3, 28, 9, tzinfo=UTC),
            end=datetime(2026, 3, 28, 9, 30, tzinfo=UTC),
            device="laptop",
            source="imports/csv",
            app="firefox",
            title="Feed",
            site="linkedin.com",
            page="/feed/",
            zone="Europe/Paris",
        )
    ]


def test_three_columns_are_enough_and_times_are_local(table):
    (fact,) = table("App;End;Start\nslack;2026-07-01 12:30;2026-07-01 12:00\n").facts(LONG_AGO)
    assert (fact.start, fact.zone) == (datetime(2026, 7, 1, 10, tzinfo=UTC), "Europe/Berlin")
    assert (fact.title, fact.site, fact.page, fact.device) == (None, None, None, "table")


def test_bad_rows_are_told_with_their_line_and_the_rest_is_kept(table):
    rows = (
        b'2026-01-01T10:00,2026-01-01T11:00,slack,"two\nlines",,,,\n'
        b"soon,2026-01-01T11:00,slack,,,,,\n"
        b"2026-01-01T11:00,2026-01-01T10:00,slack,,,,,\n"
        b"2026-01-01T11:00,2026-01-01T12:00,,,,,,\n"
        b"2026-01-01T11:00,2026-01-01T12:00,slack,,,,,Mars/Base\n"
        b"2026-03-29T02:30,2026-03-29T04:00,slack,,,,,\n"
        b"2026-01-01T11:00,2026-01-01T12:00,slack,\xff,,,,\n"
        b"\n"
        b"2026-01-01T12:00\n"
        b"2026-01-01T13:00,2026-01-01T14:00,slack,last,,,,\n"
    )
    facts = list(table(HEADER.encode() + rows).facts(LONG_AGO))
    assert [fact.title for fact in facts if isinstance(fact, Activity)] == ["two\nlines", "last"]
    assert [fact for fact in facts if isinstance(fact, BadRecord)] == [
        BadRecord("life.csv:4", "not a time: 'soon'"),
        BadRecord("life.csv:5", "ends before it starts: 2026-01-01T10:00:00+00:00"),
        BadRecord("life.csv:6", "no app"),
        BadRecord("life.csv:7", "no such zone: 'Mars/Base'"),
        BadRecord(
            "life.csv:8",
            "2026-03-29T02:30 did not happen in Europe/Berlin: the clocks were set forward",
        ),
        BadRecord("life.csv:9", "not UTF-8"),
        BadRecord("life.csv:11", "no app"),
    ]


@pytest.mark.parametrize("content", ["", "\n", "name,value\n1,2\n", "\ufeffstart,end\n"])
def test_a_header_without_the_needed_columns_is_told(content, table):
    (bad,) = table(content).facts(LONG_AGO)
    assert bad.where == "life.csv:1"
    assert "app" in bad.why


def test_what_ended_before_is_left_out(table):
    rows = "2026-01-01T10:00Z,2026-01-01T11:00Z,a\n2026-01-01T10:30Z,2026-01-01T11:30Z,b\n"
    facts = table("\ufeffstart,end,app\n" + rows).facts(datetime(2026, 1, 1, 11, tzinfo=UTC))
    assert [fact.app for fact in facts] == ["b"]


@given(
    st.integers(631152000, 2114380800).map(lambda s: datetime.fromtimestamp(s, UTC)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]),
)
def test_a_time_with_its_offset_is_read_back_exactly(told, zone):
    there = told.astimezone(ZoneInfo(zone))
    if there.utcoffset() % timedelta(minutes=1) == timedelta(0):
        assert instant(there.isoformat(), "UTC") == told


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_text_is_read_or_refused_in_words(tmp_path_factory, title, time):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_text(
        f"start,end,app,title\n{time},2026-01-01,x,{title}\n", encoding="utf-8", errors="replace"
    )
    assert all(isinstance(fact, Activity | BadRecord) for fact in Table(path).facts(LONG_AGO))


@pytest.mark.parametrize(
    ("given_place", "expected"),
    [
        (("www.example.org", "/a?b=1#c"), ("example.org", "/a")),
        (("http://Example.org:8080/a/b?c", ""), ("example.org", "/a/b")),
        (("", "/a"), (None, None)),
        (("wwwords.com", ""), ("wwwords.com", None)),
    ],
)
def test_site_and_page_are_host_and_path(given_place, expected):
    assert place(*given_place) == expected


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('start,end,"app\n2026-01-01T10:00,2026-01-01T11:00,x\n', "life.csv:1"),
        (HEADER + '2026-01-01T10:00,2026-01-01T11:00,x,"never closed,,,,\n', "life.csv:2"),
    ],
)
def test_a_quote_that_is_never_closed_is_one_line(table, text, where):
    assert list(table(text).facts(LONG_AGO)) == [
        BadRecord(where, "a quote is opened and never closed")
    ]


def test_an_apostrophe_that_guards_a_cell_is_no_part_of_its_text(table):
    text = HEADER + "2026-01-01T10:00,2026-01-01T11:00,x,'=SUM(A1),,,,\n"
    (found,) = table(text).facts(LONG_AGO)
    assert found.title == "=SUM(A1)"
