"""Which windows stand in front, by what the person is doing."""

from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from collectors.imports.made_up_life.words import ENDINGS, OPENINGS, SUBJECTS

BROWSER = "chromium"
FRESH = 0.125  # share of windows with a title never seen before
RECENT = 0.45  # up to this share: one of today's; the rest: the pages everybody has open


class Seen(NamedTuple):
    """What a window shows: its title, and for a browser the page's title, site and path."""

    app: str
    window_title: str
    title: str | None = None
    site: str | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One app or site: its usual windows, and how a new one is called."""

    app: str
    steady: tuple[Seen, ...]
    fresh_title: str
    site: str | None = None
    fresh_page: str = ""

    def fresh(self, rng: Random) -> Seen:
        """Something that was not in front before."""
        number = rng.getrandbits(20)
        phrase = (
            f"{OPENINGS[number % len(OPENINGS)]}"
            f" {SUBJECTS[(number >> 5) % len(SUBJECTS)]}"
            f" {ENDINGS[(number >> 10) % len(ENDINGS)]}"
        )
        title = self.fresh_title.replace("*", phrase).replace("#", str(number))
        page = self.fresh_page.replace("#", str(number))
        return _seen(self.app, title, self.site, page)


def _seen(app: str, title: str, site: str | None = None, page: str = "") -> Seen:
    if site is None:
        return Seen(app, title)
    return Seen(app, f"{title} - Chromium", title, site, page)


def _site(site: str, fresh_title: str, fresh_page: str, *steady: tuple[str, str]) -> Kind:
    pages = tuple(_seen(BROWSER, title, site, page) for title, page in steady)
    return Kind(BROWSER, pages, fresh_title, site, fresh_page)


def _app(app: str, fresh_title: str, *titles: str) -> Kind:
    return Kind(app, tuple(_seen(app, title) for title in titles), fresh_title)


_FEEDS = (
    _site(
        "linkedin.com",
        "* (#) | LinkedIn",
        "/posts/#/",
        ("Feed | LinkedIn", "/feed/"),
        ("Notifications | LinkedIn", "/notifications/"),
        ("My network | LinkedIn", "/mynetwork/"),
        ("Post activity | LinkedIn", "/in/me/recent-activity/all/"),
    ),
    _site(
        "x.com", "* #, on X / X", "/i/status/#", ("Home / X", "/home"), ("Explore / X", "/explore")
    ),
    _site(
        "reddit.com",
        "* : r/commons #",
        "/r/commons/comments/#/",
        ("Reddit - The heart of the internet", "/"),
        ("r/commons", "/r/commons/"),
        ("r/cohousing", "/r/cohousing/"),
    ),
    _site(
        "instagram.com",
        "* (#) • Instagram photos and videos",
        "/p/#/",
        ("Instagram", "/"),
        ("Explore • Instagram", "/explore/"),
        ("Reels • Instagram", "/reels/"),
    ),
    _site(
        "facebook.com",
        "* # | Facebook",
        "/groups/commons/posts/#/",
        ("Facebook", "/"),
        ("Groups | Facebook", "/groups/feed/"),
    ),
)
_MESSAGES = (
    _app(
        "slack",
        "Thread: * # - Quayside Commons - Slack",
        "general (Channel) - Quayside Commons - Slack",
        "neighbours (Channel) - Quayside Commons - Slack",
        "kitchen (Channel) - Quayside Commons - Slack",
        "Quinn Saltmarrow (DM) - Quayside Commons - Slack",
        "Sami Kettleford (DM) - Quayside Commons - Slack",
        "Threads - Quayside Commons - Slack",
    ),
    _site("web.whatsapp.com", "(#) WhatsApp", "/", ("WhatsApp", "/"), ("(2) WhatsApp", "/")),
    _app(
        "telegramdesktop",
        "* # – Telegram",
        "Telegram",
        "Choir – Telegram",
        "Market hall – Telegram",
    ),
    _app("signal", "Signal (#)", "Signal"),
)
_MAIL = (
    _app(
        "thunderbird",
        "Re: * (#) - Mozilla Thunderbird",
        "Inbox - Mozilla Thunderbird",
        "Sent - Mozilla Thunderbird",
        "Write: (no subject) - Thunderbird",
        "Drafts - Mozilla Thunderbird",
    ),
    _site(
        "mail.google.com",
        "* (#) - Gmail",
        "/mail/u/0/",
        ("Inbox - Gmail", "/mail/u/0/"),
        ("Compose - Gmail", "/mail/u/0/"),
    ),
)
_CALLS = (
    _app("zoom", "Zoom Meeting", "Zoom Meeting"),
    _site(
        "meet.google.com",
        "Meet – *",
        "/lookup/#",
        ("Meet – Weekly circle", "/weekly-circle"),
        ("Meet – Board", "/board"),
    ),
)
_WORK = (
    _app(
        "code",
        "* #.md - commons - Visual Studio Code",
        "planner.py - commons - Visual Studio Code",
        "README.md - commons - Visual Studio Code",
        "budget.csv - commons - Visual Studio Code",
        "members.py - commons - Visual Studio Code",
    ),
    _app(
        "libreoffice-writer",
        "* #.odt — LibreOffice Writer",
        "Handbook.odt — LibreOffice Writer",
        "Letter.odt — LibreOffice Writer",
    ),
    _app(
        "libreoffice-calc", "Accounts #.ods — LibreOffice Calc", "Accounts.ods — LibreOffice Calc"
    ),
    _site(
        "docs.google.com",
        "* # - Google Docs",
        "/document/d/#/edit",
        ("Handbook - Google Docs", "/document/d/handbook/edit"),
        ("Rota - Google Sheets", "/spreadsheets/d/rota/edit"),
    ),
    _site(
        "github.com",
        "* · Issue # · quayside/commons",
        "/quayside/commons/issues/#",
        ("quayside/commons", "/quayside/commons"),
        ("Pull requests", "/pulls"),
    ),
)
_REST = (
    _site(
        "youtube.com",
        "* # - YouTube",
        "/watch",
        ("YouTube", "/"),
        ("Subscriptions - YouTube", "/feed/subscriptions"),
    ),
    _site(
        "theguardian.com",
        "* | # | The Guardian",
        "/world/#",
        ("News, sport and opinion", "/international"),
        ("Environment", "/environment"),
    ),
    _site(
        "en.wikipedia.org",
        "* (#) - Wikipedia",
        "/wiki/#",
        ("Wikipedia, the free encyclopedia", "/wiki/Main_Page"),
        ("Commons - Wikipedia", "/wiki/Commons"),
    ),
    _app("org.gnome.nautilus", "Photos #", "Home", "Downloads", "Pictures"),
    _app("vlc", "* # - VLC media player", "VLC media player"),
)
_PHONE = {
    "feeds": (
        _app("instagram", "Instagram #", "Instagram"),
        _app("linkedin", "LinkedIn #", "LinkedIn"),
    ),
    "messages": (
        _app("whatsapp", "* (#)", "Chats", "Choir", "Edda"),
        _app("telegram", "Telegram #", "Telegram"),
    ),
}


@dataclass(frozen=True, slots=True)
class Mode:
    """One thing to do: its windows and how long one stays with it."""

    name: str
    kinds: tuple[Kind, ...]
    minutes: float
    alone: bool = False
    """Whether one window stays in front for the whole stretch, as in a call."""


MODES: dict[str, Mode] = {
    "feeds": Mode("feeds", _FEEDS, 16),
    "messages": Mode("messages", _MESSAGES, 9),
    "mail": Mode("mail", _MAIL, 11),
    "calls": Mode("calls", _CALLS, 34, alone=True),
    "work": Mode("work", _WORK, 22),
    "rest": Mode("rest", _REST, 14),
}
PHONE_MODES: dict[str, Mode] = {name: Mode(name, kinds, 4) for name, kinds in _PHONE.items()}


class Windows:
    """Picks what is in front next; remembers what this day has already shown."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.recent: dict[str, list[Seen]] = {}

    def next(self, mode: Mode) -> Seen:
        """A window of this mode: new, from earlier today, or one of the usual ones."""
        random = self.rng.random
        luck = random()
        recent = self.recent.get(mode.name)
        if luck >= FRESH and recent and luck < RECENT:
            return recent[int(random() * len(recent))]
        kinds = mode.kinds
        kind = kinds[int(random() * random() * len(kinds))]
        if luck >= FRESH:
            return kind.steady[int(random() * len(kind.steady))]
        seen = kind.fresh(self.rng)
        self.recent.setdefault(mode.name, []).append(seen)
        return seen
