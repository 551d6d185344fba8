"""Which windows' titles the histories of browsers know."""

import contextlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from disconnect.daemon.knowing import NO_HISTORY, answers

CHROMIUM = """
CREATE TABLE urls (id INTEGER PRIMARY KEY, url TEXT, title TEXT, last_visit_time INTEGER,
                   hidden INTEGER DEFAULT 0)
"""
FIREFOX = """
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT, title TEXT, last_visit_date INTEGER,
                         hidden INTEGER DEFAULT 0)
"""
PAGES = [
    ("https://mail.example/u/0?token=1", "(3) Inbox – Mail", 100),
    ("https://www.mail.example/sent", "Sent – Mail", 90),
    ("https://news.example/", "News", 50),
    ("https://old.example/", "News", 40),
    ("https://a.talks.example/", "Ana | Talks", 30),
    ("https://b.talks.example/", "Ben | Talks", 31),
    ("https://one.example/", "Intro - Docs", 30),
    ("https://two.example/", "Start - Docs", 31),
    ("file:///home/ana/plan.html", "My plan", 20),
    ("https://words.example/", "Words", 10),
]


def put(path: Path, table: str, pages=PAGES) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(table)
        name = "urls" if "urls" in table else "moz_places"
        columns = "url, title, last_visit_time" if name == "urls" else "url, title, last_visit_date"
        connection.executemany(f"INSERT INTO {name} ({columns}) VALUES (?, ?, ?)", pages)


@pytest.fixture
def person(tmp_path):
    put(tmp_path / ".config/chromium/Default/History", CHROMIUM)
    put(tmp_path / ".mozilla/firefox/me.default/places.sqlite", FIREFOX)
    return tmp_path


def ask(person, window, browser="chromium"):
    answer = answers({"home": str(person), "browsers": {browser: [window]}})[browser]
    assert answer["problem"] == ""
    return answer["found"].get(window)


MAIL = ("(3) Inbox – Mail", "mail.example", "/u/0")


@pytest.mark.parametrize(
    "window",
    [
        "Inbox – Mail - Chromium",
        "(12) Inbox – Mail - Chromium",
        "Inbox – Mail – Chromium",
        "Inbox – Mail - Google Chrome - Ana",
        "\u200f\u202aInbox – Mail - Chromium\u202c\u200f",
        "(3) Inbox – Mail",  # installed as an app
    ],
)
def test_a_page_is_known_whatever_counts_and_whoever_shows_it(person, window):
    assert ask(person, window) == MAIL


@pytest.mark.parametrize(
    "window", ["Inbox – Mail — Mozilla Firefox", "Inbox – Mail — Work — Mozilla Firefox"]
)
def test_a_page_in_a_normal_window_of_firefox_is_known(person, window):
    assert ask(person, window, "firefox") == MAIL


@pytest.mark.parametrize(
    "window",
    [
        "Inbox – Mail — Mozilla Firefox Private Browsing",
        "Inbox – Mail — Mozilla Firefox Privater Modus",
        "Inbox – Mail — Приватный просмотр Mozilla Firefox",
        "Inbox – Mail — Mozilla Firefox – Privé",
        "Page Info — https://mail.example/u/0",
        "News",
    ],
)
def test_a_page_in_another_window_of_firefox_is_not(person, window):
    assert ask(person, window, "firefox") is None


@pytest.mark.parametrize(
    "window",
    [
        "News - Google Chrome (Incognito)",
        "News - Brave (Privé)",
        "News - [InPrivate] - Microsoft\u200b Edge",
        "News - [InPrivate] - Profile 1 - Microsoft\u200b Edge",
    ],
)
def test_a_window_that_its_browser_marks_is_not_known_by_any_page(person, window):
    assert ask(person, window) is None


def test_the_newest_page_of_a_title_is_taken(person):
    assert ask(person, "News - Chromium") == ("News", "news.example", "/")


@pytest.mark.parametrize(
    ("window", "site"),
    [
        ("Re: lunch – Mail - Chromium", "mail.example"),
        ("Cleo | Talks - Chromium", "b.talks.example"),  # two hosts of one owner: the newest
        ("Secret - Docs - Chromium", None),  # two owners: nobody knows which
        ("Mail - Chromium", None),  # one segment names no site
        ("Secret - Words - Chromium", None),  # that is a page's title, not the name of a site
        ("Secret - Chromium", None),
        ("Inbox - Chromium", None),
        ("New Tab - Chromium", None),
        ("DevTools - mail.example/u/0", None),
    ],
)
def test_a_site_may_be_known_where_the_page_is_not(person, window, site):
    found = ask(person, window)
    assert found == ((None, site, None) if site else None)


def test_a_page_that_is_none_of_the_web_has_a_title_alone(person):
    assert ask(person, "My plan - Chromium") == ("My plan", None, None)


def test_a_bookmark_that_was_never_visited_is_not_known(tmp_path):
    place = ("https://secret.example/", "Secret", None)
    put(tmp_path / ".mozilla/firefox/me.default/places.sqlite", FIREFOX, [place])
    assert ask(tmp_path, "Secret — Mozilla Firefox", "firefox") is None


def test_an_older_schema_tells_by_its_visits_what_is_known(tmp_path):
    files = {
        "chromium": (".config/chromium/Default/History", "urls", "visits", "url, visit_time"),
        "firefox": (
            ".mozilla/firefox/me.default/places.sqlite", "moz_places", "moz_historyvisits",
            "place_id, visit_date",
        ),
    }  # fmt: skip
    for browser, (file, pages, visits, columns) in files.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True)
        with contextlib.closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(f"CREATE TABLE {pages} (id INTEGER PRIMARY KEY, url, title)")
            connection.execute(f"CREATE TABLE {visits} ({columns})")
            connection.execute(f"INSERT INTO {visits} VALUES (1, 5)")
            connection.execute(f"INSERT INTO {pages} VALUES (1, 'https://n.example/', 'News')")
            connection.execute(f"INSERT INTO {pages} VALUES (2, 'https://b.example/', 'Mark')")
        window = "Mozilla Firefox" if browser == "firefox" else "Chromium"
        assert ask(tmp_path, f"News — {window}", browser) == ("News", "n.example", "/")
    assert ask(tmp_path, "Mark — Mozilla Firefox", "firefox") is None


def test_any_profile_of_the_browser_may_know_a_page_and_no_other_browser(person):
    put(
        person / ".config/chromium/Profile 2/History", CHROMIUM,
        [("https://work.example/", "Board", 1)],
    )  # fmt: skip
    assert ask(person, "Board - Chromium") == ("Board", "work.example", "/")
    assert ask(person, "Board — Mozilla Firefox", "firefox") is None


def test_a_browser_without_a_readable_history_says_so(person):
    (person / ".config/chromium/Default/History").write_bytes(b"no database" * 500)
    found = answers(
        {"home": str(person), "browsers": {"chromium": ["a"], "qutebrowser": ["a"], "firefox": []}}
    )
    assert "is damaged" in found["chromium"]["problem"]
    assert found["qutebrowser"]["problem"] == NO_HISTORY
    assert found["qutebrowser"]["histories"] == found["qutebrowser"]["found"] == {}
    assert found["firefox"]["problem"] == ""
    assert len(found["firefox"]["histories"]) == 1


@pytest.mark.parametrize("file", ["prefs.js", "user.js"])
def test_firefox_that_is_always_private_has_no_known_window(person, file):
    preferences = person / ".mozilla/firefox/me.default" / file
    preferences.write_text('user_pref("browser.privatebrowsing.autostart", false);\n')
    assert ask(person, "Inbox – Mail — Mozilla Firefox", "firefox") == MAIL
    preferences.write_text(
        'user_pref("a.b", 1);\nuser_pref("browser.privatebrowsing.autostart", true);\n'
    )
    windows = ["Inbox – Mail — Mozilla Firefox", "Secret – Mail — Mozilla Firefox"]
    found = answers({"home": str(person), "browsers": {"firefox": windows}})["firefox"]
    assert found["found"] == {}
    assert "always in private browsing" in found["problem"]


def test_strange_rows_are_no_pages(tmp_path):
    rows = [
        (b"\xff", b"\xfe Words", b"x"),
        (None, "Words", None),
        (7, 8.5, 1e300),
        ("", "a" * 9999, 1),
    ]
    put(tmp_path / ".config/chromium/Default/History", CHROMIUM, rows)
    assert ask(tmp_path, "Words - Chromium") == ("Words", None, None)
    assert ask(tmp_path, "a" * 9999) is None


def test_the_child_process_answers_on_its_standard_output(person):
    done = subprocess.run(
        [sys.executable, "-m", "disconnect.daemon.knowing"],
        input=json.dumps({"home": str(person), "browsers": {"chromium": ["News - Chromium"]}}),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    assert json.loads(done.stdout)["chromium"]["found"] == {
        "News - Chromium": ["News", "news.example", "/"]
    }
