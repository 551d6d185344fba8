"""Real browsers, headless, on pages of a local server; and small histories made by hand."""

import contextlib
import http.server
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

PAGES = {
    "/feed": "<title>Feed</title><script>setTimeout(() => location.href = '/away', 1500)</script>",
    "/talk": "<title>Talk</title><script>setTimeout(() => location.href = '/last', 1500)</script>",
    "/thread": "<title>Thread</title><script>setTimeout(() =>"
    " history.pushState({}, '', '/thread/2'), 700)</script>",
    "/hop": "<title>Hop</title><script>location.replace('/talk')</script>",
    "/last": "<title>Last</title><iframe src='/frame'></iframe>",
    "/frame": "<title>Frame</title>",
    "/left": "<title>Left</title>",
    "/right": "<title>Right</title>",
    "/third": "<title>Third</title>",
}
CHROMIUM = [
    "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--no-first-run", "--disable-gpu",
    "--no-default-browser-check", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--password-store=basic",
]  # fmt: skip
FIREFOX_PREFERENCES = {
    "browser.places.interactions.saveInterval": 1000,
    "network.dns.localDomains": "www.friends.example",
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


def _needs(program: str) -> str:
    found = shutil.which(program)
    if found is None and os.environ.get("CI") != "true":  # under CI a test that cannot run fails
        pytest.skip(f"needs {program}; tests/system-packages.sh installs it")
    assert found is not None, f"{program} is not installed"
    return found


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Stop a browser with all the processes that it started."""
    with contextlib.suppress(ProcessLookupError):  # it has gone by itself
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class _Pages(http.server.BaseHTTPRequestHandler):
    asked: dict[str, float]

    def do_GET(self):
        path = self.path.partition("?")[0]
        type(self).asked.setdefault(path, time.time())  # noqa: TID251 - the browsers' own clock
        self.send_response(302 if path == "/away" else 200 if path in PAGES else 404)
        if path == "/away":
            self.send_header("Location", "/talk")
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGES.get(path, "").encode())

    def log_message(self, *_):
        """The test's output stays readable."""


@pytest.fixture(scope="session")
def pages() -> Iterator[tuple[str, dict[str, float]]]:
    """Where the pages are, and when each was first asked for."""
    handler = type("Pages", (_Pages,), {"asked": {}})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://www.friends.example:{server.server_port}", handler.asked  # type: ignore[attr-defined]
        server.shutdown()


class RunningChromium:
    """A Chromium that is told what to do over its debugging pipe, as a person would click."""

    def __init__(self, folder: Path) -> None:
        self.history = folder / "Default/History"
        its_reading, self._writing = os.pipe()
        self._reading, its_writing = os.pipe()
        script = f'exec "$@" 3<&{its_reading} 4>&{its_writing}'
        self.process = subprocess.Popen(
            ["bash", "-c", script, "bash", _needs("chromium"), *CHROMIUM,
             f"--user-data-dir={folder}", "--host-resolver-rules=MAP * 127.0.0.1"],
            pass_fds=[its_reading, its_writing], env={**os.environ, "HOME": str(folder)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        os.close(its_reading)
        os.close(its_writing)
        self._number, self._heard = 0, b""
        self._session = ""

    def attach(self) -> None:
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(one["targetId"] for one in targets if one["type"] == "page")
        self._session = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]

    def call(self, method: str, session: str | None = None, **params: Any) -> Any:
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        message |= {"sessionId": session} if session else {}
        os.write(self._writing, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self._heard:
                read = os.read(self._reading, 65536)
                assert read, "Chromium is gone"
                self._heard += read
            one, self._heard = self._heard.split(b"\0", 1)
            answer = json.loads(one)
            if answer.get("id") == self._number:
                return answer["result"]

    def visit(self, url: str) -> None:
        self.call("Page.navigate", self._session, url=url, transitionType="link")

    def open_and_close_behind(self, url: str) -> None:
        behind = self.call("Target.createTarget", url=url, background=True)["targetId"]
        time.sleep(0.5)
        self.call("Target.closeTarget", targetId=behind)

    def stop(self) -> None:
        _end(self.process)
        os.close(self._writing)
        os.close(self._reading)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory) -> Iterator[RunningChromium]:
    running = RunningChromium(tmp_path_factory.mktemp("chromium"))
    try:
        running.attach()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def firefox(tmp_path_factory, pages) -> Iterator[Path]:
    """The history of a Firefox that runs, and has begun at /feed."""
    folder = tmp_path_factory.mktemp("firefox")
    lines = [f'user_pref("{k}", {json.dumps(v)});' for k, v in FIREFOX_PREFERENCES.items()]
    (folder / "user.js").write_text("\n".join(lines))
    process = subprocess.Popen(
        [_needs("firefox-esr"), "--headless", "--no-remote", "--profile", str(folder),
         f"{pages[0]}/feed?secret=1"],
        env={**os.environ, "HOME": str(folder), "MOZ_HEADLESS": "1"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    yield folder / "places.sqlite"
    _end(process)


@pytest.fixture(scope="session")
def wait_for() -> Callable[[Callable[[], Any], float], Any]:
    def waiting(true: Callable[[], Any], seconds: float) -> Any:
        give_up_at = time.monotonic() + seconds
        while not (found := true()):
            assert time.monotonic() < give_up_at, f"not so after {seconds} s"
            time.sleep(0.2)
        return found

    return waiting


def microseconds(epoch: datetime, moment: datetime) -> int:
    return round((moment - epoch).total_seconds() * 1e6)


class Made:
    """A history made by hand, with the columns that matter."""

    epoch: datetime
    ddl: str

    def __init__(self, path: Path, ddl: str | None = None) -> None:
        self.path = path
        self.run(*(ddl or self.ddl).split(";"))

    def run(self, *statements: str, values: tuple[Any, ...] = ()) -> None:
        with closing(sqlite3.connect(self.path)) as connection, connection:
            for statement in statements:
                connection.execute(statement, values)

    def count(self, moment: object) -> object:
        if not isinstance(moment, datetime):
            return moment
        return microseconds(self.epoch, moment)


class MadeChromium(Made):
    epoch = datetime(1601, 1, 1, tzinfo=UTC)
    ddl = (
        "CREATE TABLE urls (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR,"
        " hidden INTEGER DEFAULT 0);"
        "CREATE TABLE visits (id INTEGER PRIMARY KEY, url INTEGER NOT NULL,"
        " visit_time INTEGER NOT NULL, from_visit INTEGER, transition INTEGER DEFAULT 0 NOT NULL,"
        " visit_duration INTEGER DEFAULT 0 NOT NULL, originator_cache_guid TEXT);"
        "CREATE TABLE context_annotations (visit_id INTEGER PRIMARY KEY,"
        " total_foreground_duration INTEGER NOT NULL)"
    )

    def visit(  # noqa: PLR0913 - one argument a column
        self, url: str, moment: object, *, seen: int | None = None, transition: int = 0x30000000,
        other_device: str = "", title: object = "Title", open_for: timedelta = timedelta(),
        after: int = 0,
    ) -> None:  # fmt: skip
        self.run("INSERT INTO urls (url, title) VALUES (?, ?)", values=(url, title))
        self.run(
            "INSERT INTO visits (url, visit_time, transition, visit_duration, from_visit)"
            " SELECT max(id), ?, ?, ?, ? FROM urls",
            values=(self.count(moment), transition, open_for // timedelta(microseconds=1), after),
        )
        if other_device:
            self.run("UPDATE visits SET originator_cache_guid = ?"
                     " WHERE id = (SELECT max(id) FROM visits)", values=(other_device,))  # fmt: skip
        if seen is not None:
            self.run("INSERT INTO context_annotations SELECT max(id), ? FROM visits",
                     values=(seen,))  # fmt: skip


class MadeFirefox(Made):
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    ddl = (
        "CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR,"
        " hidden INTEGER DEFAULT 0 NOT NULL);"
        "CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, from_visit INTEGER,"
        " place_id INTEGER, visit_date INTEGER, visit_type INTEGER);"
        "CREATE TABLE moz_places_metadata (id INTEGER PRIMARY KEY, place_id INTEGER NOT NULL,"
        " created_at INTEGER NOT NULL DEFAULT 0, updated_at INTEGER NOT NULL DEFAULT 0,"
        " total_view_time INTEGER NOT NULL DEFAULT 0)"
    )

    def place(self, url: str, *, hidden: int = 0) -> None:
        self.run("INSERT INTO moz_places (url, title, hidden) VALUES (?, 'Title', ?)",
                 values=(url, hidden))  # fmt: skip

    def visit(self, place: int, moment: object, *, kind: int = 1, after: int = 0) -> None:
        self.run(
            "INSERT INTO moz_historyvisits (from_visit, place_id, visit_date, visit_type)"
            " VALUES (?, ?, ?, ?)",
            values=(after, place, self.count(moment), kind),
        )

    def view(self, place: int, moment: datetime, seen: int, last: datetime | None = None) -> None:
        last = last or moment + timedelta(milliseconds=seen)
        times = [microseconds(self.epoch, one) // 1000 for one in (moment, last)]
        self.run(
            "INSERT INTO moz_places_metadata (place_id, created_at, updated_at, total_view_time)"
            " VALUES (?, ?, ?, ?)",
            values=(place, *times, seen),
        )


@pytest.fixture
def made_chromium(tmp_path) -> MadeChromium:
    return MadeChromium(tmp_path / "History")


@pytest.fixture
def made_firefox(tmp_path) -> MadeFirefox:
    return MadeFirefox(tmp_path / "places.sqlite")
