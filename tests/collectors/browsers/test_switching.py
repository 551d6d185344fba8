"""Two tabs of a real browser, switched by keyboard: each keeps the time that it was in view."""

import itertools
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from collectors.browsers.chromium import Chromium
from collectors.browsers.firefox import Firefox
from collectors.browsers.visits import EARLIEST
from collectors.facts.screen import Activity
from tests.collectors.browsers.conftest import CHROMIUM, FIREFOX_PREFERENCES, _end, _needs
from tests.collectors.conftest import Screen

NEVER = 0.0


class Person:
    """Somebody at a browser, who notes what is in front and for how long."""

    def __init__(self, screen: Screen, words: list[str], home: Path) -> None:
        self.screen = screen
        self.words = words
        self.environment = {**screen.environment, "HOME": str(home)}
        self.seen: dict[str, float] = {}
        self._front, self._since = "", NEVER
        self.process = self._run()

    def _run(self, *pages: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [*self.words, *pages], env=self.environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def opens(self, *words: str) -> None:
        opening = self._run(*words)
        opening.wait(timeout=30)

    def presses(self, key: str) -> None:
        self.screen.run("xdotool", "key", "--clearmodifiers", key)

    def looks_at(self, title: str, seconds: float, until) -> None:
        """Wait for a page to come to the front, and look at it."""
        until(lambda: self._title().startswith(title), 40)
        self.looks_away(title)
        time.sleep(seconds)

    def looks_away(self, to: str = "") -> None:
        now = time.monotonic()
        if self._front:
            self.seen[self._front] = self.seen.get(self._front, 0.0) + now - self._since
        self._front, self._since = to, now

    def _title(self) -> str:
        done = subprocess.run(
            ["xdotool", "getactivewindow", "getwindowname"], env=self.environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.stdout


def told(source: Chromium | Firefox, since: datetime) -> dict[str, float]:
    """Seconds in view by page, as a history tells: of two at one instant the later one is seen."""
    facts = [fact for fact in source.facts(since) if isinstance(fact, Activity)]
    edges = sorted({edge for fact in facts for edge in (fact.start, fact.end)})
    total: dict[str, float] = {}
    for start, end in itertools.pairwise(edges):
        shown = [fact for fact in facts if fact.start <= start and end <= fact.end]
        if shown:
            page = max(shown, key=lambda fact: fact.start).page or ""
            total[page] = total.get(page, 0.0) + (end - start).total_seconds()
    return total


@pytest.fixture
def chromium_person(screen, tmp_path, pages) -> Iterator[Person]:
    words = [
        _needs("chromium"),
        *(word for word in CHROMIUM if "headless" not in word and "debugging" not in word),
        f"--user-data-dir={tmp_path}", "--host-resolver-rules=MAP * 127.0.0.1",
    ]  # fmt: skip
    Path(tmp_path / "First Run").touch()
    person = Person(screen, [*words, f"{pages[0]}/left"], tmp_path)
    person.words = words
    yield person
    _end(person.process)


@pytest.fixture
def firefox_person(screen, tmp_path, pages) -> Iterator[Person]:
    lines = [f'user_pref("{k}", {json.dumps(v)});' for k, v in FIREFOX_PREFERENCES.items()]
    (tmp_path / "user.js").write_text("\n".join(lines))
    words = [_needs("firefox-esr"), "--profile", str(tmp_path)]
    person = Person(screen, [*words, f"{pages[0]}/left"], tmp_path)
    person.words = words
    yield person
    _end(person.process)


def goes_to_and_fro(person: Person, keys: tuple[str, str], until) -> None:
    person.looks_at("Right", 2, until)
    for key, title, seconds in (
        (keys[0], "Left", 3),
        (keys[1], "Right", 2),
        (keys[0], "Left", 3),
        (keys[1], "Right", 1),
        (keys[0], "Left", 2),
    ):
        person.presses(key)
        person.looks_at(title, seconds, until)


@pytest.mark.xdist_group("browsers")
@pytest.mark.timeout(180)
def test_chromium(chromium_person, tmp_path, pages, until):
    person = chromium_person
    person.looks_at("Left", 2, until)
    person.opens(f"{pages[0]}/right")
    goes_to_and_fro(person, ("ctrl+1", "ctrl+2"), until)
    person.presses("ctrl+w")  # the left one
    person.looks_at("Right", 1, until)
    person.looks_away()
    person.presses("ctrl+w")
    person.process.wait(timeout=40)
    history = Chromium(
        tmp_path / "Default/History", product="chromium", profile="p", device="d", zone="UTC"
    )
    found = told(history, EARLIEST)
    assert found["/left"] == pytest.approx(person.seen["Left"], abs=1.5)
    assert found["/right"] == pytest.approx(person.seen["Right"], abs=1.5)


@pytest.mark.xdist_group("browsers")
@pytest.mark.timeout(180)
def test_firefox(firefox_person, tmp_path, pages, until):
    person = firefox_person
    person.looks_at("Left", 2, until)
    person.opens("--new-tab", f"{pages[0]}/right")
    goes_to_and_fro(person, ("alt+1", "alt+2"), until)
    person.opens("--new-tab", f"{pages[0]}/third")  # which ends the record of the left one
    person.looks_at("Third", 3, until)
    person.looks_away()
    os.killpg(person.process.pid, signal.SIGTERM)
    person.process.wait(timeout=40)
    history = Firefox(
        tmp_path / "places.sqlite", product="firefox", profile="p", device="d", zone="UTC"
    )
    found = told(history, EARLIEST)
    assert found["/left"] == pytest.approx(person.seen["Left"], abs=1.5)
    assert found["/right"] == pytest.approx(person.seen["Right"], abs=1.5)
