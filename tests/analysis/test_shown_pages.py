"""Which page a browser's window shows: by its visits, by its title, or by its own row."""

import datetime as dt
from dataclasses import replace

import pytest

from collectors.facts.screen import Activity, Presence, PresenceState
from disconnect.analysis.query import query_of
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.settings import Settings
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

TEN = dt.datetime(2026, 6, 1, 10, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = Period(TEN.date(), TEN.date())


def window(title, site=None, app="firefox-esr"):
    return Activity(
        start=TEN, end=TEN + HOUR, device="d", source="desktop/x11", app=app, title=title, site=site
    )


def visit(title, site, start=TEN - HOUR, product="firefox"):
    return Activity(
        start=start, end=start + HOUR / 30, device="d", source=f"browsers/{product}/Default",
        app=product, title=title, site=site, page="/",
    )  # fmt: skip


def sites(tmp_path, *facts):
    home = Home(tmp_path).prepare()
    connection = connect(home.database)
    here = Presence(
        start=TEN - HOUR, end=TEN + HOUR, device="d", source="presence/daemon",
        state=PresenceState.ACTIVE,
    )  # fmt: skip
    Writer(connection).write([here, *facts])
    connection.close()
    asked = query_of(home, Settings(), DAY, None, "site", (), lambda: TEN + 12 * HOUR)
    hours = dict(zip(asked["site"], asked["hours"], strict=True))
    return {site: spent for site, spent in hours.items() if spent > 0.1}


@pytest.mark.parametrize(
    ("title", "app", "product"),
    [
        ("Inbox – Mail — Work — Mozilla Firefox", "firefox-esr", "firefox"),
        ("(4) Inbox – Mail — Mozilla Firefox", "firefox-esr", "firefox"),
        ("Inbox – Mail - Google Chrome - Ana", "google-chrome", "google-chrome"),
        (
            "Inbox – Mail et 2 autres pages - Profil 1 - Microsoft\u200b Edge",
            "microsoft-edge",
            "microsoft-edge",
        ),
        ("\u200f\u202aInbox – Mail - Chromium\u202c\u200f", "chromium", "chromium"),
    ],
)
def test_a_window_shows_the_visit_of_its_title(tmp_path, title, app, product):
    seen = visit("(3) Inbox – Mail", "mail.example", product=product)
    other = visit("News", "news.example", TEN - HOUR / 4, product=product)
    assert sites(tmp_path, window(title, app=app), seen, other) == {"mail.example": 1.0}


def test_a_row_that_names_its_site_is_not_refined_by_what_was_visited_then(tmp_path):
    here = replace(window("Inbox", "mail.example", app="firefox"), page="/")
    its_own = visit("Inbox", "mail.example")  # the very same words: app, title, site and page
    behind = replace(visit("News", "news.example", TEN + HOUR / 4), end=TEN + HOUR)
    assert sites(tmp_path, here, its_own, behind) == {"mail.example": 1.0}


def test_a_row_without_title_and_site_is_refined_by_what_was_visited_then(tmp_path):
    there = visit("News", "news.example", TEN)
    found = sites(tmp_path, window(None), there)
    assert found["(no site)"] == pytest.approx(29 / 30)
    assert sum(found.values()) == pytest.approx(29 / 30)
