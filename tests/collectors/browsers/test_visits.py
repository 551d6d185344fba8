from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.browsers.visits import LONGEST_VIEW, Reader, Visit, address, facts, instant, length
from collectors.facts.screen import Activity, BadRecord

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
READER = Reader("browsers/firefox/p", "firefox", "d", "UTC")
VISITS = st.lists(
    st.builds(
        Visit,
        st.integers(1, 99),
        st.timedeltas(timedelta(), timedelta(hours=1)).map(lambda gone: NOON + gone),
        st.sampled_from(["https://a.example/x", "ftp://a.example/", "about:home"]),
        st.none() | st.text(),
        st.none() | st.timedeltas(timedelta(), timedelta(minutes=10)),
    )
).map(lambda visits: sorted(visits, key=lambda visit: visit.start))


def read(visits, gone):
    """The activities, of a history that was last written some time after noon."""
    found = list(facts(visits, READER, NOON + gone))
    assert not any(isinstance(one, BadRecord) for one in found)
    return [one for one in found if isinstance(one, Activity)]


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://www.Example.org:8443/feed/?q=1#top", ("example.org", "/feed/")),
        ("http://me:secret@example.org", ("example.org", "/")),
        ("HTTPS://EXAMPLE.ORG./", ("example.org", "/")),
        ("https://bücher.example/a", ("xn--bcher-kva.example", "/a")),
        ("http://[::1]:80/x", ("::1", "/x")),
        ("about:blank", None),
        ("file:///home/me/x.html", None),
        ("chrome://newtab/", None),
        ("", None),
    ],
)
def test_addresses(url, found):
    assert address(url) == found


@pytest.mark.parametrize("url", ["http://", "https:///x", "http://[::1/", "http://me:pass/wo@rd/"])
def test_an_odd_address_is_refused_without_being_quoted(url):
    with pytest.raises(ValueError, match=r"^address (that cannot be read|without a host)$"):
        address(url)


@given(st.text(), st.text(st.characters(categories=["L", "N", "P"], exclude_characters="/?#\\")))
def test_no_credential_and_no_query_ever_comes_through(tail, secret):
    try:
        found = address(f"https://user:SECRET{secret}@example.org/p?SECRET{tail}#SECRET")
    except ValueError as error:
        assert "SECRET" not in str(error)  # noqa: PT017 - either way it must not show
    else:
        assert found is None or "SECRET" not in "".join(found)


@given(st.text() | st.text().map(lambda text: f"http://{text}"))
def test_any_text_is_a_page_or_none_or_refused(url):
    try:
        found = address(url)
    except ValueError:
        return
    assert found is None or (found[0] == found[0].lower() and not found[0].startswith("www."))


@given(st.lists(st.text() | st.text().map(lambda text: f"https://{text}")))
def test_no_address_stops_the_reading(urls):
    visits = [Visit(1, NOON + number * timedelta(seconds=1), url, None, timedelta(seconds=1))
              for number, url in enumerate([*urls, "https://last.example/"])]  # fmt: skip
    found = list(facts(visits, READER, NOON))
    assert isinstance(found[-1], Activity)
    assert found[-1].site == "last.example"
    assert len(found) <= len(visits)


@given(st.integers() | st.text() | st.none() | st.floats())
def test_any_time_is_an_instant_or_refused(count):
    try:
        found = instant(EPOCH, count)
    except ValueError:
        return
    assert found == EPOCH + timedelta(microseconds=count)


@given(st.integers() | st.none() | st.text())
def test_a_record_of_time_in_view_is_bounded_or_unknown(count):
    found = length(count, timedelta(microseconds=1))
    assert found is None or timedelta() <= found <= LONGEST_VIEW


@given(VISITS, st.timedeltas(timedelta(), timedelta(hours=2)))
def test_what_is_not_known_never_reaches_past_the_next_visit(visits, gone):
    known = {visit.start.replace(microsecond=0) for visit in visits if visit.in_view is not None}
    starts = [visit.start for visit in visits]
    for fact in read(visits, gone):
        assert fact.end - fact.start <= timedelta(minutes=10)
        assert (fact.site, fact.page) == ("a.example", "/x")
        if fact.start.replace(microsecond=0) not in known:
            later = [start for start in starts if start > fact.start + timedelta(milliseconds=1)]
            assert not later or fact.end <= later[0]


def test_an_open_page_grows_as_the_browser_writes_on():
    page = [Visit(1, NOON, "https://a.example/", "A", None)]
    (soon,) = read(page, timedelta(seconds=10))
    (later,) = read(page, timedelta(seconds=70))
    (much_later,) = read(page, timedelta(hours=7))
    assert [one.end - one.start for one in (soon, later, much_later)] == [
        timedelta(seconds=10),
        timedelta(seconds=70),
        timedelta(minutes=5),
    ]
