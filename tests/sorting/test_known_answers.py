"""A table of known answers: what a person would say of these, read off by hand."""

import pytest

from disconnect.sorting.sorter import Sorter

SOCIAL, MESSAGE, EMAIL, CALL, FORUM = (
    f"communication/{name}" for name in ("social", "messaging", "email", "calls", "forums")
)

PAGES = {
    "linkedin.com/": SOCIAL,
    "linkedin.com/feed/": SOCIAL,
    "linkedin.com/in/somebody": SOCIAL,
    "linkedin.com/messaging/": MESSAGE,
    "linkedin.com/messaging/thread/2-abc/": MESSAGE,
    "linkedin.com/jobs/view/1": "work/jobs",
    "linkedin.com/learning/python": "learning",
    "x.com/home": SOCIAL,
    "x.com/messages": MESSAGE,
    "x.com/messages/12-34": MESSAGE,
    "x.com/messagesaboutnothing": SOCIAL,
    "twitter.com/someone/status/1": SOCIAL,
    "twitter.com/messages/1": MESSAGE,
    "mobile.twitter.com/messages": MESSAGE,
    "facebook.com/": SOCIAL,
    "facebook.com/messages/t/123": MESSAGE,
    "m.facebook.com/messages": MESSAGE,
    "facebook.com/marketplace/item/1": "shopping",
    "facebook.com/groups/knitting": SOCIAL,
    "messenger.com/t/1": MESSAGE,
    "instagram.com/": SOCIAL,
    "instagram.com/reels/1": SOCIAL,
    "instagram.com/direct/inbox/": MESSAGE,
    "reddit.com/r/python/comments/1/x": FORUM,
    "old.reddit.com/r/python": FORUM,
    "old.reddit.com/message/inbox/": MESSAGE,
    "reddit.com/message/messages": MESSAGE,
    "chat.reddit.com/room/1": MESSAGE,
    "youtube.com/watch": "media/video",
    "youtube.com/": "media/video",
    "m.youtube.com/watch": "media/video",
    "youtu.be/abc": "media/video",
    "youtube.com/post/abc": SOCIAL,
    "youtube.com/@someone/community": SOCIAL,
    "studio.youtube.com/channel/1/comments/inbox": SOCIAL,
    "music.youtube.com/watch": "media/music",
    "github.com/python/cpython": "work/coding",
    "github.com/python/cpython/issues/1": "work/coding",
    "github.com/python/cpython/discussions/5": FORUM,
    "github.com/orgs/python/discussions": FORUM,
    "gist.github.com/1": "work/coding",
    "discord.com/channels/1/2": MESSAGE,
    "discord.com/channels/@me": MESSAGE,
    "discord.com/developers/docs": "work/coding",
    "app.zoom.us/wc/team-chat": MESSAGE,
    "airbnb.com/guest/messages/1": MESSAGE,
    "upwork.com/messages/1": MESSAGE,
    "patreon.com/messages/1": MESSAGE,
    "app.slack.com/client/T1/C1": MESSAGE,
    "app.slack.com/huddle/T1/C1": CALL,
    "acme.slack.com/archives/C1": MESSAGE,
    "teams.microsoft.com/v2/": MESSAGE,
    "teams.microsoft.com/l/meetup-join/19": CALL,
    "teams.live.com/meet/123": CALL,
    "teams.cloud.microsoft/": MESSAGE,
    "teams.cloud.microsoft/meet/123": CALL,
    "meet.google.com/abc-defg-hij": CALL,
    "zoom.us/j/123": CALL,
    "us02web.zoom.us/wc/123/join": CALL,
    "app.zoom.us/wc/123": CALL,
    "whereby.com/room": CALL,
    "meet.jit.si/room": CALL,
    "acme.webex.com/meet/ana": CALL,
    "mail.google.com/mail/u/0/": EMAIL,
    "mail.google.com/chat/u/0/": MESSAGE,
    "chat.google.com/room/1": MESSAGE,
    "outlook.live.com/mail/0/": EMAIL,
    "outlook.office.com/mail/inbox": EMAIL,
    "outlook.office.com/calendar/view/week": "work/planning",
    "mail.proton.me/u/0/inbox": EMAIL,
    "mail.yahoo.com/d/folders/1": EMAIL,
    "app.fastmail.com/mail/Inbox": EMAIL,
    "webmail.some-company.example/": EMAIL,
    "web.whatsapp.com/": MESSAGE,
    "web.telegram.org/k/": MESSAGE,
    "t.me/s/channel": SOCIAL,
    "messages.google.com/web/conversations": MESSAGE,
    "app.element.io/": MESSAGE,
    "mattermost.some-company.example/team/channels/town": MESSAGE,
    "acme.zulipchat.com/": MESSAGE,
    "tinder.com/app/recs": "communication/dating",
    "threads.net/@someone": SOCIAL,
    "bsky.app/": SOCIAL,
    "bsky.app/messages/1": MESSAGE,
    "mastodon.social/home": SOCIAL,
    "mastodon.social/conversations": MESSAGE,
    "tiktok.com/foryou": SOCIAL,
    "tiktok.com/messages": MESSAGE,
    "vk.com/im": MESSAGE,
    "vk.com/feed": SOCIAL,
    "news.ycombinator.com/item": FORUM,
    "discourse.some-project.example/t/1": FORUM,
    "quora.com/What-is": FORUM,
    "substack.com/notes": SOCIAL,
    "someone.substack.com/p/post": "news",
    "stackoverflow.com/questions/1/x": "work/coding",
    "stackoverflow.com/questions/ask": FORUM,
    "chat.stackoverflow.com/rooms/1": MESSAGE,
    "en.wikipedia.org/wiki/Signal": "learning",
    "arxiv.org/abs/1": "learning",
    "netflix.com/watch/1": "media/video",
    "twitch.tv/someone": "media/video",
    "open.spotify.com/album/1": "media/music",
    "bbc.co.uk/news": "news",
    "bbc.co.uk/iplayer": "media/video",
    "bbc.co.uk/sounds": "media/podcasts",
    "nytimes.com/2026/": "news",
    "nytimes.com/games/wordle": "games",
    "spiegel.de/politik": "news",
    "amazon.de/dp/1": "shopping",
    "amazon.com/gp/video/detail": "media/video",
    "paypal.com/home": "finance",
    "google.com/search": "browsing",
    "google.com/maps/place": "travel",
    "google.com/travel/flights": "travel",
    "docs.google.com/document/d/1": "work/writing",
    "docs.google.com/spreadsheets/d/1": "work/documents",
    "calendar.google.com/calendar/u/0/r": "work/planning",
    "acme.atlassian.net/browse/A-1": "work/planning",
    "figma.com/file/1": "work/design",
    "duckduckgo.com/": "browsing",
    "booking.com/hotel": "travel",
    "lichess.org/abc": "games",
    "localhost/": "work/coding",
    "unheard-of.example/": "uncategorised",
}

TITLES = {
    "(3) Feed | LinkedIn - Chromium": SOCIAL,
    "LinkedIn - Google Chrome": SOCIAL,
    "(12) Messaging | LinkedIn - Chromium": MESSAGE,
    "Messages | LinkedIn - Brave": MESSAGE,
    "Jobs | LinkedIn — Mozilla Firefox": "work/jobs",
    "Inbox (2) - me@x.org - Gmail - Chromium": EMAIL,
    "Inbox - me@x.org - Gmail - Google Chrome - Ana": EMAIL,
    "Gmail — Work — Mozilla Firefox": EMAIL,
    "Gmail and 3 more pages - Personal - Microsoft\u200b Edge": EMAIL,
    "Inbox - ana@acme.org - Acme Mail - Chromium": EMAIL,
    "Mail - Ana - Outlook - Vivaldi": EMAIL,
    "Kalender - Ana - Outlook - Vivaldi": "work/planning",
    "Meet – abc-defg-hij - Chromium": CALL,
    "Meet - abc-defg-hij - Google Chrome": CALL,
    "Meet – Weekly planning - Chromium": CALL,
    "Google Meet - Chromium": CALL,
    "Zoom Meeting - Chromium": CALL,
    "WhatsApp Web - Chromium": MESSAGE,
    "(4) WhatsApp - Opera": MESSAGE,
    "WhatsApp": MESSAGE,
    "Telegram Web - Chromium": MESSAGE,
    "• Discord | #general | Some server - Chromium": MESSAGE,
    "general (Channel) - Acme - Slack - Chromium": MESSAGE,
    "huddle-planning (Channel) - Acme - Slack - Chromium": MESSAGE,
    "Huddle with Ana - Acme - Slack - Chromium": CALL,
    "Chat | Ana | Microsoft Teams - Microsoft Edge": MESSAGE,
    "Chat | Meeting notes | Microsoft Teams - Microsoft Edge": MESSAGE,
    "Meeting with Ana | Microsoft Teams - Microsoft Edge": CALL,
    "(2) Home / X — Mozilla Firefox": SOCIAL,
    "Messages / X — Mozilla Firefox": MESSAGE,
    "Facebook - Chromium": SOCIAL,
    "(1) Messenger | Facebook - Chromium": MESSAGE,
    "Instagram • Direct - Chromium": MESSAGE,
    "Inbox • Instagram - Chromium": MESSAGE,
    "How do I do it? : r/python - Chromium": FORUM,
    "Show HN: A thing | Hacker News — Mozilla Firefox ESR": FORUM,
    "A song - YouTube - Chromium": "media/video",
    "(7) A song - YouTube — Mozilla Firefox": "media/video",
    "python/cpython: The Python language · GitHub - Chromium": "work/coding",
    "GitHub - python/cpython - Chromium": "work/coding",
    "Issues · python/cpython - Chromium": "work/coding",
    "How to ask · python/cpython · Discussion #12 · GitHub - Chromium": FORUM,
    "Signal processing - Wikipedia - Chromium": "learning",
    "Signal - Wikipedia - Chromium": "learning",
    "Slack tide - Wikipedia – Mozilla Firefox": "learning",
    "Discord - Wikipedia — Mozilla Firefox": "learning",
    "Slack tide": "browsing",
    "Discord among friends — Mozilla Firefox": "browsing",
    "Why we left Slack - A small blog - Chromium": "browsing",
    "Element - Fire and water - A small blog - Chromium": "browsing",
    "Slack - how we left it - A small blog - Chromium": "browsing",
    "Element | General - Chromium": MESSAGE,
    "Malcolm - X - Chromium": "browsing",
    "How Gmail works - A small blog - Google Chrome": "browsing",
    "UK news - Daily Mail - Chromium": "news",
    "weather berlin - Google Search - Chromium": "browsing",
    "New Tab - Google Chrome": "browsing",
    "Chromium": "browsing",
    "Mozilla Firefox": "browsing",
    "": "browsing",
}

APPS = {
    "slack": MESSAGE,
    "Slack.exe": MESSAGE,
    "C:\\Program Files\\Slack\\slack.exe": MESSAGE,
    "microsoft teams": MESSAGE,
    "ms-teams.exe": MESSAGE,
    "signal-desktop": MESSAGE,
    "org.telegram.desktop": MESSAGE,
    "com.whatsapp": MESSAGE,
    "whatsapp.root.exe": MESSAGE,
    "WhatsApp Business": MESSAGE,
    "com.apple.mobilephone": CALL,
    "Spark": EMAIL,
    "Messages": MESSAGE,
    "zoom": CALL,
    "zoom.us": CALL,
    "facetime": CALL,
    "mumble": CALL,
    "thunderbird": EMAIL,
    "OUTLOOK.EXE": EMAIL,
    "org.gnome.Evolution": EMAIL,
    "mail": EMAIL,
    "chrome-web.whatsapp.com__-default": MESSAGE,
    "chrome-mail.google.com__mail-default": EMAIL,
    "instagram": SOCIAL,
    "code": "work/coding",
    "Code.exe": "work/coding",
    "jetbrains-pycharm-ce": "work/coding",
    "xterm": "work/terminal",
    "alacritty": "work/terminal",
    "WindowsTerminal.exe": "work/terminal",
    "winword.exe": "work/writing",
    "libreoffice-writer": "work/writing",
    "obsidian": "work/writing",
    "evince": "work/documents",
    "gimp": "work/design",
    "vlc": "media/video",
    "spotify": "media/music",
    "steam": "games",
    "steam_app_12345": "games",
    "gimp-2.10": "work/design",
    "unheard-of-2.1": "uncategorised",
    "nautilus": "system",
    "explorer.exe": "system",
    "chromium": "browsing",
    "Google Chrome": "browsing",
    "unheard-of": "uncategorised",
}

WINDOWS = {
    ("slack", "general (Channel) - Acme - Slack"): MESSAGE,
    ("slack", "Huddle: #general - Acme - Slack"): CALL,
    ("teams-for-linux", "Chat | Ana | Microsoft Teams"): MESSAGE,
    ("teams-for-linux", "Meeting in General | Microsoft Teams"): CALL,
    ("teams-for-linux", "Chat | Meeting notes | Microsoft Teams"): MESSAGE,
    ("microsoft teams", "Call with Ana | Microsoft Teams"): CALL,
    ("whatsapp", "Video call with Ana"): CALL,
    ("telegram-desktop", "(3) Telegram"): MESSAGE,
    ("code", "Huddle.py - project - Visual Studio Code"): "work/coding",
    ("xterm", "Messaging | LinkedIn"): "work/terminal",
}


@pytest.fixture(scope="module")
def sorter() -> Sorter:
    return Sorter.load(None)


def test_the_table_is_long_enough():
    assert len(PAGES) + len(TITLES) + len(APPS) + len(WINDOWS) >= 150


@pytest.mark.parametrize(("address", "category"), PAGES.items())
def test_pages(sorter, address, category):
    host, slash, path = address.partition("/")
    found = sorter.sort("chromium", None, host, slash + path)
    assert sorter.categories[found] == category


@pytest.mark.parametrize(("title", "category"), TITLES.items())
def test_titles_of_browser_windows(sorter, title, category):
    assert sorter.categories[sorter.sort("chromium", title, None, None)] == category


@pytest.mark.parametrize(("app", "category"), APPS.items())
def test_apps(sorter, app, category):
    assert sorter.categories[sorter.sort(app, None, None, None)] == category


@pytest.mark.parametrize(("window", "category"), WINDOWS.items())
def test_windows_of_apps(sorter, window, category):
    assert sorter.categories[sorter.sort(*window, None, None)] == category


def test_the_title_tells_a_huddle_on_a_page_of_chats(sorter):
    page = ("app.slack.com", "/client/T1/C1")
    chat = sorter.sort("chromium", "general (Channel) - Acme - Slack", *page)
    huddle = sorter.sort("chromium", "Huddle with Ana - Acme - Slack", *page)
    assert (sorter.categories[chat], sorter.categories[huddle]) == (MESSAGE, CALL)


@pytest.mark.parametrize(
    ("app", "family"),
    {
        "chromium-browser": "chromium",
        "Chromium": "chromium",
        "google-chrome-stable": "google-chrome",
        "google chrome": "google-chrome",
        "chrome.exe": "google-chrome",
        "brave-browser": "brave-browser",
        "msedge.exe": "microsoft-edge",
        "vivaldi-stable": "vivaldi",
        "firefox-esr": "firefox",
        "navigator": "firefox",
        "org.mozilla.firefox": "firefox",
        "safari": "safari",
        "xterm": None,
        "unheard-of": None,
    }.items(),
)
def test_browser_families(sorter, app, family):
    assert sorter.browser(app) == family


@pytest.mark.parametrize(
    ("host", "domain"),
    {
        "news.bbc.co.uk": "bbc.co.uk",
        "acme.slack.com": "slack.com",
        "mail.google.com": "google.com",
        "somebody.github.io": "somebody.github.io",
        "a.b.unheard-of.example": "unheard-of.example",
        "localhost": "localhost",
        "192.168.0.1": "192.168.0.1",
    }.items(),
)
def test_registrable_domains(sorter, host, domain):
    assert sorter.domain(host) == domain
