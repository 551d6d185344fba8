"""Private windows of real browsers leave nothing; the same page in a normal one is known soon."""

import contextlib
import http.server
import json
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

DISCONNECT = (sys.executable, "-m", "disconnect")
SETTINGS = "[collect]\nsample_every = 1\n"
WORD = "Zephyrine-7f3a"
PUBLIC = "Harbour walks"
CHROMIUM = (
    "--no-sandbox", "--no-first-run", "--no-default-browser-check", "--disable-gpu",
    "--disable-background-networking", "--disable-sync", "--disable-component-update",
    "--password-store=basic",
)  # fmt: skip
FIREFOX = {
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "intl.locale.requested": "ja",  # where its language pack is installed, else English
}

pytestmark = [pytest.mark.desktop, pytest.mark.xdist_group("display"), pytest.mark.timeout(240)]


class _Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        title = PUBLIC if self.path == "/walks" else f"{WORD} plans"
        body = f"<!doctype html><meta charset=utf-8><title>{title}</title><p>{title}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """The test's output stays readable."""


@pytest.fixture
def pages() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


@pytest.fixture
def collecting(desktop):
    """A home with a collector that runs."""
    desktop.home.mkdir(mode=0o700)
    (desktop.home / "settings.toml").write_text(SETTINGS)
    desktop.run(*DISCONNECT, "start")
    try:
        yield desktop
    finally:
        desktop.run(*DISCONNECT, "stop", check=False)


def chromium(desktop, *words):
    profile = Path(desktop.environment["HOME"]) / ".config" / "chromium"
    desktop.start("chromium", *CHROMIUM, f"--user-data-dir={profile}", *words)


def firefox(desktop, *words):
    profile = Path(desktop.environment["HOME"]) / ".mozilla" / "firefox" / "me.default"
    if not profile.exists():
        profile.mkdir(parents=True)
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in FIREFOX.items()]
        (profile / "user.js").write_text("\n".join(lines))
    desktop.start("firefox-esr", "--profile", str(profile), *words)


def traces(home: Path) -> list[str]:
    """The files of a home that hold the secret, as text of any encoding that is usual."""
    words = [WORD.encode(), WORD.encode("utf-16-le"), quote(WORD).encode()]
    words += [word.lower() for word in words]
    files = [path for path in home.rglob("*") if path.is_file()]
    assert files
    return [str(path) for path in files if any(word in path.read_bytes() for word in words)]


def titled(home: Path) -> set[tuple[str, str, str]]:
    """App, title and site of the rows that the collector itself wrote."""
    with contextlib.closing(sqlite3.connect(home / "disconnect.sqlite")) as connection:
        return set(
            connection.execute(
                "SELECT app.name, coalesce(title.name, ''), coalesce(site.name, '') FROM activity"
                " JOIN context ON context.id = context JOIN app ON app.id = context.app"
                " LEFT JOIN title ON title.id = context.title"
                " LEFT JOIN site ON site.id = context.site"
                " JOIN source ON source.id = activity.source WHERE source.name = 'desktop/x11'"
            )
        )


def sites(desktop) -> dict[str, float]:
    said = desktop.run(
        *DISCONNECT, "query", "--group", "site", "--period", "today", "--format", "json",
        check=False,
    )  # fmt: skip
    return {row["site"]: row["hours"] for row in json.loads(said or "[]")}


def until_known(desktop, app: str) -> float:
    """Ask for hours until the page in front is in them; returns how many seconds that took."""
    begun = time.monotonic()
    while "localhost" not in sites(desktop):
        assert time.monotonic() - begun < 60, (titled(desktop.home), sites(desktop))
        time.sleep(1)
    assert (app, PUBLIC, "localhost") in titled(desktop.home)
    return time.monotonic() - begun


def look_around_privately(desktop, window: str) -> None:
    """A page, its new tab, a typed address, the page's information and its source."""
    desktop.activate(window)
    time.sleep(2)
    for keys in ("ctrl+i", "ctrl+u", "ctrl+t", "ctrl+shift+i"):
        desktop.run("xdotool", "key", "--clearmodifiers", keys)
        time.sleep(2)


@pytest.mark.parametrize(
    ("browser", "app", "privately"),
    [(chromium, "chromium", "--incognito"), (firefox, "firefox-esr", "--private-window")],
)
def test_a_private_window_leaves_no_word(collecting, pages, browser, app, privately):
    desktop, home = collecting, collecting.home
    browser(desktop, f"{pages}/walks")
    normal = desktop.window(PUBLIC)
    until_known(desktop, app)

    browser(desktop, privately, f"{pages}/{WORD}/plans?token={WORD}")
    private = desktop.window(f"{WORD} plans")
    look_around_privately(desktop, private)
    time.sleep(15)  # as long as a history takes to write a page down, and to be asked
    desktop.run(*DISCONNECT, "today", check=False)
    assert traces(home) == []

    desktop.activate(normal)
    time.sleep(2)
    desktop.run(*DISCONNECT, "status")
    desktop.run(*DISCONNECT, "import", "browsers", "--yes")
    desktop.run(*DISCONNECT, "stop")
    assert traces(home) == []
    assert {row[0] for row in titled(home)} >= {app}
    assert (app, PUBLIC, "localhost") in titled(home)
    assert (app, "", "") in titled(home)  # the private window's time, as a browser's


def test_a_known_page_in_a_private_window_of_firefox_is_not_written(collecting, pages):
    desktop = collecting
    firefox(desktop, f"{pages}/walks")
    until_known(desktop, "firefox-esr")
    normal = desktop.window(PUBLIC)
    firefox(desktop, "--private-window", f"{pages}/walks")
    private = ""
    while private in {"", normal}:
        time.sleep(0.5)
        private = desktop.window(PUBLIC)
    desktop.activate(private)
    time.sleep(1)
    before = sites(desktop)
    for _ in range(8):
        desktop.touch()
        time.sleep(1)
    after = sites(desktop)
    assert (after["(no site)"] - before["(no site)"]) * 3600 > 5
    assert (after["localhost"] - before["localhost"]) * 3600 < 2
