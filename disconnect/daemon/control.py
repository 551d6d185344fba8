"""One daemon a home: started, found, asked how it is, and stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from disconnect.daemon import logs, status
from disconnect.errors import DisconnectError
from disconnect.home import Home
from disconnect.store.opening import is_damaged

try:
    import fcntl
except ImportError:  # Windows has no flock, and no daemon of ours yet
    fcntl = None  # type: ignore[assignment]

START_PATIENCE = 20.0
STOP_PATIENCE = 15.0
ANSWER_PATIENCE = 1.0
_BETWEEN_LOOKS = 0.05
_LOCK_TRIES = 40
_BETWEEN_TRIES = 0.02


class AlreadyRunningError(DisconnectError):
    """Another daemon holds this home."""


@contextmanager
def alone_in(home: Home) -> Iterator[Callable[[], bool]]:
    """Hold the home's lock; the kernel lets go of it when the process ends, however it ends.

    Yields:
        What tells whether the lock that is held is still the home's: not when it was deleted.

    Raises:
        AlreadyRunningError: Another daemon holds it.
        DisconnectError: The lock file cannot be written.
    """
    if fcntl is None:
        raise DisconnectError("the collector runs on Linux and macOS only as yet")
    try:
        descriptor = os.open(home.lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise DisconnectError(
            f"cannot write into the home {home.folder}: {error.strerror};"
            " choose another with --home"
        ) from error
    try:
        if not _locked(descriptor):
            raise AlreadyRunningError(f"already running, pid {running_pid(home)}")
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield lambda: _leads_to(home, descriptor)
    finally:
        os.close(descriptor)


def _leads_to(home: Home, descriptor: int) -> bool:
    try:
        return os.path.samestat(home.lock.stat(), os.fstat(descriptor))
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:  # a disk that cannot be asked now was not deleted
        return True


def running_pid(home: Home) -> int | None:
    """The pid of the daemon that holds the home; None when none does."""
    try:
        descriptor = os.open(home.lock, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        words = os.pread(descriptor, 20, 0).decode().strip()
        return int(words) if words.isdigit() else None
    finally:
        os.close(descriptor)
    return None


def start(home: Home) -> tuple[int, bool]:
    """Start the daemon in the background and wait until it says that it is ready.

    One that runs on a damaged database is asked to put the file aside, or begins anew.

    Returns:
        Its pid, and whether it was this call that started it.

    Raises:
        DisconnectError: It ended before it was ready, or did not become ready in time.
    """
    pid = running_pid(home)
    if pid is not None:
        if not is_damaged(home.database):
            return pid, False
        ask(home, pid)
        if not is_damaged(home.database):
            return pid, False
        stop(home)
    process = _spawned(home)
    give_up_at = time.monotonic() + START_PATIENCE
    while time.monotonic() < give_up_at:
        pid = running_pid(home)
        if pid is not None and status.read(home).get("pid") == pid:
            if pid != process.pid:
                # Somebody else was quicker. Ours, were it slow, would come up once that one stops.
                process.terminate()
                process.wait()
            return pid, pid == process.pid
        if process.poll() not in (None, 0):
            raise DisconnectError(f"it did not start: {logs.last_words(home.log)}")
        time.sleep(_BETWEEN_LOOKS)
    raise DisconnectError(f"it was not ready after {START_PATIENCE:g} s; see {home.log}")


def stop(home: Home) -> int | None:
    """Stop the daemon and wait until it has written what it holds.

    Returns:
        The pid it had; None when none was running.

    Raises:
        DisconnectError: It may not be stopped by us, or does not stop in time.
    """
    pid = running_pid(home)
    if pid is None:
        return None
    try:
        os.kill(pid, signal.SIGTERM)
        os.kill(pid, signal.SIGCONT)  # a daemon that was put to sleep must wake up to stop
    except ProcessLookupError:
        return pid
    except PermissionError as error:
        raise DisconnectError(f"pid {pid} belongs to somebody else; stop it as them") from error
    give_up_at = time.monotonic() + STOP_PATIENCE
    while running_pid(home) == pid:
        if time.monotonic() > give_up_at:
            raise DisconnectError(
                f"pid {pid} did not stop within {STOP_PATIENCE:g} s; end it with: kill -9 {pid}"
            )
        time.sleep(_BETWEEN_LOOKS)
    return pid


def ask(home: Home, pid: int) -> dict[str, Any]:
    """What the running daemon says of itself now; what it said last when it does not answer."""
    before = status.written_at(home)
    with suppress(OSError):
        os.kill(pid, signal.SIGUSR1)
        give_up_at = time.monotonic() + ANSWER_PATIENCE
        while status.written_at(home) == before and time.monotonic() < give_up_at:
            time.sleep(_BETWEEN_LOOKS / 5)
    said = status.read(home)
    return said if said.get("pid") == pid else {}


def _spawned(home: Home) -> "subprocess.Popen[bytes]":
    program = [sys.executable, "-m", "disconnect.daemon", str(home.folder)]
    try:
        log = os.open(home.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        raise DisconnectError(
            f"cannot write into the home {home.folder}: {error.strerror};"
            " choose another with --home"
        ) from error
    try:
        return subprocess.Popen(  # noqa: S603 - our own program
            program,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd="/",
        )
    finally:
        os.close(log)


def _locked(descriptor: int) -> bool:
    # Whoever asks whether a daemon runs holds the lock for a moment: hence more than one try.
    for _ in range(_LOCK_TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_BETWEEN_TRIES)
        else:
            return True
    return False
