"""A desktop of its own: a display, a window manager, and Chromium on a made-up internet."""

import contextlib
import http.server
import os
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

NEEDED = ("Xvfb", "openbox", "xterm", "xdotool", "chromium", "pdftotext", "openssl")

PAGES = {
    "www.linkedin.com/feed/": "(3) Feed | LinkedIn",
    "web.whatsapp.com/": "WhatsApp",
    "mail.google.com/mail/u/0/": "Inbox (2) - me@example.org - Gmail",
    "meet.google.com/abc-defg-hij": "Meet – abc-defg-hij",
    "en.wikipedia.org/wiki/Signal_processing": "Signal processing - Wikipedia",
}


def pytest_collection_modifyitems(items):
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if not missing or os.environ.get("CI") == "true":
        return  # under CI a test that cannot run fails
    reason = f"needs {', '.join(missing)}: see tests/system-packages.sh"
    for item in items:
        if "end_to_end" in str(item.path):
            item.add_marker(pytest.mark.skip(reason=reason))


@dataclass
class Desktop:
    """A running display; everything started on it is stopped with it."""

    environment: dict[str, str]
    home: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            words,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.running.append(process)
        return process

    def run(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(
            words, env=self.environment, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0 or not check, (words, done.stdout, done.stderr)
        return done.stdout

    def window(self, title: str) -> str:
        """The id of the window whose title has these words; waits until it is there."""
        for _ in range(200):
            found = self.run("xdotool", "search", "--onlyvisible", "--name", title, check=False)
            if found.split():
                return found.split()[-1]
            time.sleep(0.1)
        raise AssertionError(f"no window {title!r} came up")

    def activate(self, window: str) -> float:
        """Bring a window to the front; returns when it was there."""
        self.run("xdotool", "windowactivate", "--sync", window)
        return time.monotonic()

    def touch(self) -> None:
        """A hand on the mouse, over nothing that would react."""
        self.run("xdotool", "mousemove_relative", "--", "1", "0")
        self.run("xdotool", "mousemove_relative", "--", "-1", "0")

    def stop(self) -> None:
        for process in reversed(self.running):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 15)
        for process in self.running:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                process.wait(5)


@pytest.fixture
def desktop(tmp_path) -> Iterator[Desktop]:
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        display = f":{told.readline().strip()}"
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("XDG_", "DBUS_", "WAYLAND"))
    }
    person = tmp_path / "person"
    (person / "run").mkdir(parents=True, mode=0o700)
    environment |= {
        "DISPLAY": display,
        "HOME": str(person),
        "XDG_RUNTIME_DIR": str(person / "run"),
        "TZ": "Europe/Berlin",
        "DISCONNECT_HOME": str(tmp_path / "home"),
    }
    made = Desktop(environment, tmp_path / "home")
    try:
        made.start("openbox")
        yield made
    finally:
        made.stop()
        server.terminate()
        server.wait(10)


class _Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").partition(":")[0]
        title = PAGES.get(host + self.path, "Nothing here")
        body = f"<!doctype html><meta charset=utf-8><title>{title}</title><p>{title}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Be quiet."""


class _QuietServer(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address) -> None:
        """Chromium drops connections as it likes: nothing to report."""


@pytest.fixture
def internet(tmp_path) -> Iterator[int]:
    """A local server that answers for every host over TLS; yields its port."""
    certificate, key = tmp_path / "made-up.pem", tmp_path / "made-up.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=made-up", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = _QuietServer(("127.0.0.1", 0), _Pages)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture
def browse(desktop, internet):
    """Open a page of the made-up internet in a Chromium window of its own."""
    profile = Path(desktop.environment["HOME"]) / ".config" / "chromium"

    def open_page(page: str):
        desktop.start(
            "chromium", "--no-sandbox", f"--user-data-dir={profile}", "--no-first-run",
            "--no-default-browser-check", "--disable-gpu", "--disable-background-networking",
            "--disable-sync", "--disable-component-update", "--password-store=basic",
            "--ignore-certificate-errors", "--disable-quic", "--disable-infobars",
            f"--host-resolver-rules=MAP * 127.0.0.1:{internet}",
            "--new-window", f"https://{page}",
        )  # fmt: skip
        words = PAGES[page].replace("(", r"\(").replace(")", r"\)").replace("|", r"\|")
        return desktop.window(words)

    return open_page
