import re
from datetime import UTC, datetime

import pytest

from collectors.facts.screen import Activity, Presence, PresenceState
from disconnect.daemon.discretion import Discretion
from disconnect.settings import Collect

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
VISIT = Activity(
    start=NOON,
    end=NOON,
    device="laptop",
    source="browsers/firefox/a",
    app="firefox",
    title="My bank",
    site="bank.example",
    page="/account/17",
)


def discretion(salt=b"salt", **rules):
    return Discretion.of(Collect(**rules), salt)


def window(app, title):
    return Activity(start=NOON, end=NOON, device="d", source="desktop/x11", app=app, title=title)


def test_without_rules_everything_is_kept():
    notes = window("vim", "notes (private)")
    assert discretion().fact(notes) is notes
    assert discretion().fact(VISIT) is VISIT


@pytest.mark.parametrize("pattern", ["(?i)BANK", r"bank\.example", "^firefox$", "account/1", "My"])
def test_what_is_to_be_dropped_is_nothing(pattern):
    assert discretion(drop=(pattern,)).fact(VISIT) is None


def test_an_app_without_a_title_can_be_dropped():
    assert discretion(drop=("keepassxc",)).fact(window("keepassxc", None)) is None


def hashed(text):
    return re.fullmatch(r"#[0-9a-f]{16}", text) is not None


def test_a_page_that_matches_is_hashed_and_its_title_is_not():
    kept = discretion(hash=("account",)).fact(VISIT)
    assert hashed(kept.page)
    assert (kept.title, kept.site) == ("My bank", "bank.example")


def test_a_title_that_matches_is_hashed_and_its_page_is_not():
    kept = discretion(hash=("My",)).fact(VISIT)
    assert hashed(kept.title)
    assert (kept.page, kept.site) == ("/account/17", "bank.example")


def test_all_of_a_site_that_matches_is_hashed():
    kept = discretion(hash=(r"bank\.example",)).fact(VISIT)
    assert hashed(kept.title)
    assert hashed(kept.page)
    assert kept.title != kept.page
    assert kept.site == "bank.example"


def test_a_hash_tells_the_same_from_another_and_nothing_else():
    rules = discretion(hash=("bank",))
    kept = rules.fact(VISIT)
    assert rules.fact(window("firefox", "My bank")).title == kept.title
    assert discretion(b"another home", hash=("bank",)).fact(VISIT).title != kept.title


def test_titles_and_pages_can_be_left_out():
    kept = discretion(titles=False, pages=False).fact(VISIT)
    assert (kept.title, kept.page, kept.site) == (None, None, "bank.example")
    assert discretion(titles=False).fact(window("xterm", "a shell")) == window("xterm", None)


def test_presence_carries_nothing_to_hide():
    row = Presence(
        start=NOON, end=NOON, device="d", source="presence/daemon", state=PresenceState.IDLE
    )
    assert discretion(drop=(".*",)).fact(row) is row
