"""A person's day in half a minute: real windows, the real daemon, their own contrast."""

import json
import re
import subprocess
import sys
import time

import pytest

TOLERANCE = 2.0
"""Seconds that a channel may differ from what the script did."""
SETTINGS = """
[collect]
idle_after = 4
sample_every = 1
browsers_every = 5
"""
OPENED = {
    "broadcast": "www.linkedin.com/feed/",
    "message": "web.whatsapp.com/",
    "email": "mail.google.com/mail/u/0/",
    "call": "meet.google.com/abc-defg-hij",
    "other": "en.wikipedia.org/wiki/Signal_processing",
}
WORDS = {"broadcast": "Feedsandposts", "message": "Messages", "email": "E-mail", "call": "Calls"}
CHANNELS = {page: channel for channel, page in OPENED.items()}
DISCONNECT = (sys.executable, "-m", "disconnect")

pytestmark = [pytest.mark.desktop, pytest.mark.xdist_group("display"), pytest.mark.timeout(180)]


class Script:
    """What the person does, with the seconds that each channel should have."""

    def __init__(self, desktop):
        self.desktop = desktop
        self._opened: tuple[str, float] | None = None
        self.seconds = dict.fromkeys(["broadcast", "message", "email", "call", "other"], 0.0)

    def open(self, browse, page: str) -> str:
        """Open a page before the collector runs: the browser's own history will tell of it."""
        window = browse(page)
        self.nothing_opened()
        self._opened = (page, time.monotonic())
        return window

    def nothing_opened(self) -> None:
        """Something else came to the front."""
        if self._opened:
            page, since = self._opened
            self.seconds[CHANNELS[page]] += time.monotonic() - since
        self._opened = None

    def look_at(self, window: str, channel: str, seconds: float) -> None:
        """Keep a window in front, a hand on the mouse."""
        start = self.desktop.activate(window)
        self.desktop.touch()
        while time.monotonic() - start < seconds:
            time.sleep(0.5)
            self.desktop.touch()
        self.seconds[channel] += time.monotonic() - start

    def walk_away(self, seconds: float) -> None:
        """Nobody touches anything."""
        time.sleep(seconds)


@pytest.fixture
def day(desktop, browse):
    """The day itself; afterwards the daemon is stopped and the home is left to be asked."""
    desktop.home.mkdir(mode=0o700)
    (desktop.home / "settings.toml").write_text(SETTINGS)
    script = Script(desktop)
    windows = {}
    for name, page in OPENED.items():
        windows[name] = script.open(browse, page)
    desktop.start("xterm", "-T", "a shell")
    windows["shell"] = desktop.window("a shell")
    desktop.activate(windows["shell"])
    script.nothing_opened()
    desktop.run(*DISCONNECT, "start")
    try:
        script.look_at(windows["shell"], "other", 3)
        script.look_at(windows["broadcast"], "broadcast", 7)
        script.look_at(windows["message"], "message", 5)
        script.walk_away(9)
        script.look_at(windows["email"], "email", 4)
        script.look_at(windows["call"], "call", 6)
        script.look_at(windows["other"], "other", 4)
        script.look_at(windows["broadcast"], "broadcast", 3)
        desktop.activate(windows["shell"])
        status = json.loads(desktop.run(*DISCONNECT, "status", "--format", "json"))
    finally:
        desktop.run(*DISCONNECT, "stop", check=False)
    desktop.run(*DISCONNECT, "import", "browsers", "--yes")
    return desktop, script, status


def hours_text(pdf) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout


def seconds_on(text: str, word: str) -> int:
    """The whole seconds that the table of channels has in its row of this word."""
    # Without white space: how much of it there is between two cells is the typesetter's matter.
    rows = ("".join(line.split()) for line in text.splitlines())
    (found,) = (row for row in rows if re.match(rf"{word}\d+s", row))
    return int(found.removeprefix(word).partition("s")[0])


def test_the_contrast_of_a_day_is_what_the_person_did(day, tmp_path):
    desktop, script, status = day
    assert status["running"] is True
    states = {row["name"]: row["state"] for row in status["collectors"]}
    assert states["desktop/x11"] == "ok"

    (today,) = json.loads(
        desktop.run(*DISCONNECT, "contrast", "--period", "today", "--format", "json")
    )
    for channel in ("broadcast", "message", "email", "call"):
        seconds = today[f"{channel}_hours"] * 3600
        assert seconds == pytest.approx(script.seconds[channel], abs=TOLERANCE), channel

    rows = json.loads(
        desktop.run(
            *DISCONNECT, "query", "--group", "channel", "--period", "today", "--format", "json"
        )
    )
    by_channel = {row["channel"]: row["hours"] * 3600 for row in rows}
    for channel, seconds in script.seconds.items():
        assert by_channel[channel] == pytest.approx(seconds, abs=TOLERANCE), (channel, by_channel)
    assert today["screen_hours"] * 3600 == pytest.approx(sum(by_channel.values()), abs=0.001)
    assert today["covered_hours"] * 3600 >= sum(script.seconds.values()) + 9 - TOLERANCE

    logged = desktop.run(
        *DISCONNECT, "log", "coffee with Ana 90m", "--start", "00:01", "--end", "00:03"
    )
    assert "Ana" in logged
    pdf = tmp_path / "today.pdf"
    said = desktop.run(*DISCONNECT, "report", "--period", "today", "-o", str(pdf))
    assert said.strip() == str(pdf)
    text = hours_text(pdf)
    for channel, word in WORDS.items():
        seconds = today[f"{channel}_hours"] * 3600
        # Paper has whole seconds and JSON a few decimals of hours: half a second rounds either way.
        assert seconds_on(text, word) == pytest.approx(seconds, abs=0.501), (channel, text)
