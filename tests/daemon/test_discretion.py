from datetime import UTC, datetime

import pytest

from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.source import Window
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


def test_without_rules_everything_is_kept():
    window = Window("xterm", "a shell")
    assert discretion().window(window) == window
    assert discretion().fact(VISIT) is VISIT


def test_what_is_to_be_dropped_is_nothing():
    assert discretion(drop=(r"(?i)bank",)).window(Window("firefox", "My Bank")) is None
    assert discretion(drop=("bank\\.example",)).fact(VISIT) is None
    assert discretion(drop=("keepassxc",)).window(Window("keepassxc", None)) is None


def test_a_hash_tells_the_same_from_another_and_nothing_else():
    rules = discretion(hash=("bank", "account"))
    kept = rules.fact(VISIT)
    assert kept.site == "bank.example"
    assert kept.title.startswith("#")
    assert "bank" not in kept.title
    assert kept.page != kept.title
    assert rules.window(Window("firefox", "My bank")).title == kept.title
    assert discretion(b"another home", hash=("bank",)).fact(VISIT).title != kept.title


def test_titles_and_pages_can_be_left_out():
    kept = discretion(titles=False, pages=False).fact(VISIT)
    assert (kept.title, kept.page, kept.site) == (None, None, "bank.example")
    assert discretion(titles=False).window(Window("xterm", "a shell")) == Window("xterm", None)


@pytest.mark.parametrize(
    "title",
    [
        "News — Mozilla Firefox Private Browsing",
        "News — Mozilla Firefox (Private Browsing)",
        "News - Google Chrome (Incognito)",
        "News - [InPrivate] - Microsoft Edge",
        "Nachrichten — Mozilla Firefox Privater Modus",
    ],
)
def test_private_windows_are_never_recorded(title):
    assert discretion().window(Window("firefox", title)) is None


def test_presence_carries_nothing_to_hide():
    row = Presence(
        start=NOON, end=NOON, device="d", source="presence/daemon", state=PresenceState.IDLE
    )
    assert discretion(drop=(".*",)).fact(row) is row
