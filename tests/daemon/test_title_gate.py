"""What passes the gate for browsers' titles, and when."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from collectors.facts.screen import Activity
from collectors.source import Window
from disconnect.daemon.discretion import Discretion
from disconnect.daemon.sessionizer import Changes
from disconnect.daemon.title_gate import HELD, TRUSTED, TitleGate
from disconnect.settings import Collect
from disconnect.sorting.browsers import Browsers
from disconnect.sorting.desktop_entries import DesktopEntries

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
INBOX = "Inbox – Mail — Mozilla Firefox"
KNOWN = ["Inbox – Mail", "mail.example", "/u/0"]


@pytest.fixture
def gate(tmp_path):
    (tmp_path / "strange.desktop").write_text(
        "[Desktop Entry]\nCategories=Network;WebBrowser;\nStartupWMClass=Strange\nExec=strange\n"
    )
    return gate_of(DesktopEntries((tmp_path,)))


def gate_of(desktop, **settings):
    collect = Collect(**settings)
    return TitleGate(Browsers(desktop), collect, Discretion.of(collect, b"salt"))


def row(title, app="firefox-esr", minute=0):
    start = NOON + timedelta(minutes=minute)
    return Activity(
        start=start, end=start + timedelta(seconds=5), device="d", source="desktop/x11",
        app=app, title=title,
    )  # fmt: skip


def passed(gate, *rows, steady=0.0):
    grown = gate.passing(Changes(grown=rows), steady).grown
    return [(one.app, one.title, one.site, one.page) for one in grown]


def answer(gate, found, browser="firefox", steady=20.0, problem=""):
    said = {browser: {"histories": {}, "problem": problem, "found": found}}
    rows = gate.take(said, steady)
    return [(one.start, one.title, one.site, one.page) for one in rows]


def test_a_browsers_title_waits_and_others_pass(gate):
    assert passed(gate, row("vim notes (private)", "xterm"), row(INBOX)) == [
        ("xterm", "vim notes (private)", None, None),
        ("firefox-esr", None, None, None),
    ]
    assert gate.held() == {"firefox": {INBOX: 0.0}}


def test_a_page_that_a_history_knows_is_written_for_all_its_rows(gate):
    passed(gate, row(INBOX))
    passed(gate, row(INBOX, minute=5), steady=10)
    assert answer(gate, {INBOX: KNOWN}) == [
        (NOON, *KNOWN),
        (NOON + timedelta(minutes=5), *KNOWN),
    ]
    assert gate.held() == {}
    assert passed(gate, row(INBOX, minute=9), steady=30) == [("firefox-esr", *KNOWN)]


def test_a_site_alone_is_written_and_the_title_waits_on(gate):
    passed(gate, row(INBOX))
    assert answer(gate, {INBOX: [None, "mail.example", None]}) == [
        (NOON, None, "mail.example", None)
    ]
    assert INBOX in gate.held()["firefox"]
    assert answer(gate, {INBOX: KNOWN}, steady=40) == [(NOON, *KNOWN)]


def test_what_no_history_knows_is_forgotten_after_a_while(gate):
    passed(gate, row(INBOX))
    assert answer(gate, {}, steady=HELD) == []
    assert INBOX in gate.held()["firefox"]
    assert answer(gate, {}, steady=HELD + 1) == []
    assert gate.held() == {}


def test_an_answer_is_not_trusted_for_ever(gate):
    passed(gate, row(INBOX))
    answer(gate, {INBOX: KNOWN}, steady=0)
    assert passed(gate, row(INBOX), steady=TRUSTED) == [("firefox-esr", *KNOWN)]
    assert passed(gate, row(INBOX), steady=TRUSTED + 1) == [("firefox-esr", None, None, None)]


def test_a_row_whose_window_was_named_late_has_its_last_title_alone(gate):
    passed(gate, row("Secret — Mozilla Firefox"))
    passed(gate, row(INBOX))
    assert answer(gate, {"Secret — Mozilla Firefox": KNOWN}) == []
    assert answer(gate, {INBOX: KNOWN}) == [(NOON, *KNOWN)]


@pytest.mark.parametrize(
    ("app", "browser"),
    [
        ("firefox-esr-140", "firefox"),
        ("chromium-dev", "chromium"),
        ("vivaldi-snapshot", "vivaldi-snapshot"),
        ("xterm", None),
        ("web-designer", None),
        ("strange", "strange"),
    ],
)
def test_a_window_class_names_its_browser(gate, app, browser):
    assert gate.browsers.family(app) == browser


def test_a_browser_that_no_table_has_is_one_by_its_desktop_entry(gate):
    assert passed(gate, row("a page", "strange")) == [("strange", None, None, None)]


@pytest.mark.parametrize("browser", ["qutebrowser", "strange", "epiphany"])
def test_a_browser_without_a_history_keeps_titles_only_if_a_setting_says_so(gate, browser):
    assert passed(gate, row("a page", browser)) == [(browser, None, None, None)]
    assert answer(gate, {}, browser, problem="none") == []
    wanting = gate_of(gate.browsers._desktop, titles_without_history=(browser,))
    assert passed(wanting, row("a page", browser)) == [(browser, None, None, None)]
    assert answer(wanting, {}, browser, problem="none") == [(NOON, "a page", None, None)]
    assert passed(wanting, row("a page", browser)) == [(browser, "a page", None, None)]


def test_a_person_is_told_whose_titles_are_not_kept(gate):
    passed(gate, row("a page", "qutebrowser"))
    assert gate.notes() == []
    answer(gate, {}, "qutebrowser", problem="no history of this browser is found")
    assert gate.notes() == [
        "no page title of qutebrowser is kept: no history of this browser is found"
    ]
    answer(gate, {}, "qutebrowser")
    assert gate.notes() == []


def test_the_setting_does_not_open_a_browser_whose_history_can_be_read(gate):
    wanting = gate_of(gate.browsers._desktop, titles_without_history=("firefox",))
    passed(wanting, row(INBOX))
    assert answer(wanting, {}) == []
    assert passed(wanting, row(INBOX)) == [("firefox-esr", None, None, None)]


def test_no_history_is_asked_for_where_the_settings_forbid_it(gate):
    closed = gate_of(gate.browsers._desktop, browsers=False)
    assert passed(closed, row(INBOX)) == [("firefox-esr", None, None, None)]
    assert closed.held() == {}


def test_the_persons_rules_hold_before_and_behind_the_gate(gate):
    desktop = gate.browsers._desktop
    assert passed(gate_of(desktop, drop=("Inbox",)), row(INBOX)) == []
    assert passed(gate_of(desktop, titles=False), row("a shell", "xterm")) == [
        ("xterm", None, None, None)
    ]
    hashing = gate_of(desktop, hash=("/u/",))
    passed(hashing, row(INBOX))
    ((_, title, site, page),) = answer(hashing, {INBOX: KNOWN})
    assert (title, site, page[0]) == ("Inbox – Mail", "mail.example", "#")
    dropping = gate_of(desktop, drop=("mail.example",))
    passed(dropping, row(INBOX))
    assert answer(dropping, {INBOX: KNOWN}) == []


def test_without_titles_only_what_can_name_a_site_is_looked_at_by_title(gate):
    untitled = gate_of(gate.browsers._desktop, titles=False)
    assert untitled.window(Window("xterm", "a shell")) == Window("xterm")
    assert untitled.window(Window("firefox-esr", INBOX)) == Window("firefox-esr", INBOX)
    assert untitled.window(None) is None


def test_a_life_of_private_titles_stays_small_in_memory(gate):
    for number in range(2000):
        passed(gate, dataclasses.replace(row(f"page {number}"), start=NOON), steady=number)
        passed(gate, row("one page", minute=number), steady=number)
    held = gate.held()["firefox"]
    assert len(held) <= 500
    assert len(gate._held["firefox", "one page"].rows) <= 200
    assert len(gate._of_row) <= 500 + 200
