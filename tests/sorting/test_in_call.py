"""What shows that a call goes on, and what is only a call program's window."""

import pytest

from disconnect.errors import DisconnectError
from disconnect.sorting.sorter import Sorter

SORTER = Sorter.load(None)
GOES_ON = [
    ("zoom", "Zoom Meeting"),
    ("zoom", "Zoom Meeting 40-Minutes"),
    ("zoom", "Réunion Zoom"),
    ("zoom", "Zoom 会议"),
    ("zoom", "Zoom ミーティング"),
    ("zoom", "Конференция Zoom"),
    ("cpthost", None),
    ("chromium", "Zoom Meeting - Chromium"),
    ("firefox", "Meet – abc-defg-hij — Mozilla Firefox"),
    ("firefox", "Meet – Weekly sync — Mozilla Firefox"),
    ("chromium", "Kitchen table | Jitsi Meet - Chromium"),
    ("chromium", "BigBlueButton - Seminar - Chromium"),
    ("slack", "Huddle with Ana - Acme - Slack"),
    ("chromium", "Huddle: general - Acme - Slack - Chromium"),
    ("teams-for-linux", "Meeting with Ana | Microsoft Teams"),
    ("teams-for-linux", "Besprechung mit Ana | Microsoft Teams"),
    ("teams-for-linux", "Réunion avec Ana | Microsoft Teams"),
    ("telegram-desktop", "Video call"),
]
DOES_NOT = [
    ("zoom", "Zoom"),
    ("zoom", "Zoom Workplace"),
    ("zoom", "Zoom - Licensed Account"),
    ("zoom", "Settings"),
    ("zoom", None),
    ("webex", "Webex"),
    ("jitsi meet", "Jitsi Meet"),
    ("chromium", "Jitsi Meet - Chromium"),
    ("chromium", "Google Meet - Chromium"),
    ("chromium", "Zoom - Chromium"),
    ("teams-for-linux", "Chat | Ana | Microsoft Teams"),
    ("teams-for-linux", "Calendar | Microsoft Teams"),
    ("teams-for-linux", "Calls | Microsoft Teams"),
    ("teams-for-linux", "Pre-join | Microsoft Teams"),
    ("slack", "general (Channel) - Acme - Slack"),
    ("linphone", "Linphone"),
    ("mumble", "Mumble"),
]
PAGES = {
    "meet.google.com/abc-defg-hij": True,
    "meet.google.com/landing": False,
    "meet.google.com/": False,
    "zoom.us/j/123": True,
    "us02web.zoom.us/wc/123/join": True,
    "zoom.us/profile": False,
    "app.zoom.us/wc/123/start": True,
    "app.zoom.us/wc/home": False,
    "teams.microsoft.com/l/meetup-join/19": True,
    "teams.live.com/meet/123": True,
    "teams.microsoft.com/v2/": False,
    "app.slack.com/huddle/T1/C1": True,
    "app.slack.com/client/T1/C1": False,
    "meet.jit.si/KitchenTable": True,
    "meet.jit.si/": False,
}


@pytest.mark.parametrize(("app", "title"), GOES_ON)
def test_a_meetings_window_shows_a_call_that_goes_on(app, title):
    found = SORTER.explain(app, title, None, None)
    assert (found.category, found.in_call) == ("communication/calls", True), found


@pytest.mark.parametrize(("app", "title"), DOES_NOT)
def test_a_call_programs_other_windows_show_none(app, title):
    assert not SORTER.explain(app, title, None, None).in_call


@pytest.mark.parametrize(("page", "goes_on"), PAGES.items())
def test_so_does_a_meetings_page(page, goes_on):
    host, slash, path = page.partition("/")
    assert SORTER.explain("chromium", None, host, slash + path).in_call is goes_on


def test_a_persons_own_rule_can_say_it(tmp_path):
    own = tmp_path / "rules.toml"
    own.write_text(
        '[[rule]]\ncategory = "communication/calls"\nin_call = true\nwindows = "vidu: In session*"\n'
    )
    sorter = Sorter.load(own)
    assert sorter.explain("vidu", "In session: Ana", None, None).in_call
    assert not sorter.explain("vidu", "Lobby", None, None).in_call


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ('category = "communication/calls"\nin_call = "yes"', "in_call: must be true or false"),
        ('category = "communication/email"\nin_call = true', "in_call: communication/email has"),
    ],
)
def test_a_wrong_word_about_it_is_told_with_its_line(tmp_path, rule, why):
    own = tmp_path / "rules.toml"
    own.write_text(f'[[rule]]\n{rule}\napps = "vidu"\n')
    with pytest.raises(DisconnectError, match=rf"line 3: {why}"):
        Sorter.load(own)
