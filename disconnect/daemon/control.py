"""One daemon a home: started, found, asked how it is, and stopped."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

from disconnect.daemon import logs, status
from disconnect.daemon.lock import is_held, running_pid
from disconnect.errors import DisconnectError
from disconnect.home import Home
from disconnect.store import held
from disconnect.store.opening import connect, is_damaged

START_PATIENCE = 20.0
STOP_PATIENCE = 15.0
ANSWER_PATIENCE = 1.0
SETTLE_PATIENCE = 3.0
BY_THE_PERSON = signal.SIGINT
"""The signal of a person who stops the collector; SIGTERM comes from the session's end."""
_BETWEEN_LOOKS = 0.05


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
        DisconnectError: Another program holds the lock, or it does not stop in time.
    """
    pid = running_pid(home)
    if pid is None:
        if is_held(home):
            raise DisconnectError(
                f"another program holds {home.lock}, and it is no collector of yours;"
                " nothing was stopped"
            )
        return None
    # A daemon that was put to sleep must wake up to stop.
    if not _signalled(home, pid, (BY_THE_PERSON, signal.SIGCONT)):
        return pid
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
    if _signalled(home, pid, (signal.SIGUSR1,)):
        give_up_at = time.monotonic() + ANSWER_PATIENCE
        while status.written_at(home) == before and time.monotonic() < give_up_at:
            time.sleep(_BETWEEN_LOOKS / 5)
    said = status.read(home)
    return said if said.get("pid") == pid else {}


def left_behind(home: Home) -> str | None:
    """Say which rows a collector that ended could not write into the database; None: all were.

    Raises:
        DisconnectError: Rows are lost.
    """
    with suppress(DisconnectError):
        connect(home.database).close()  # takes it in, where that works by now
    left = held.read(home.held)
    if left and left.lost:
        raise DisconnectError(
            f"stopped, but {left.lost} rows are lost: neither the database nor {home.held} could"
            " be written; make room on the disk"
        )
    if not left or not left.rows:
        return None
    return (
        f"the database could not take the newest {len(left.rows)} rows: they wait in {home.held}"
        " for the next start"
    )


def _signalled(home: Home, pid: int, signals: tuple[signal.Signals, ...]) -> bool:
    """Signal the collector that holds the home; False if it has gone.

    The handle stays that process's own: a pid that was given to another one is never signalled.
    """
    opened = getattr(os, "pidfd_open", None)
    try:
        if opened is None:
            for number in signals:
                os.kill(pid, number)
            return True
        handle = opened(pid)
        try:
            if running_pid(home) != pid:
                return False
            for number in signals:
                signal.pidfd_send_signal(handle, number)
        finally:
            os.close(handle)
    except ProcessLookupError:
        return False
    return True


def settle(home: Home) -> None:
    """Have a running daemon write down what it knows by now; wait for that, but not for long."""
    pid = running_pid(home)
    before = status.read(home)
    if pid is None or before.get("pid") != pid or "questions_answered" not in before:
        return  # none runs, or one of an older version, which would end by the signal
    with suppress(OSError):
        if not _signalled(home, pid, (signal.SIGUSR2,)):
            return
        give_up_at = time.monotonic() + SETTLE_PATIENCE
        while time.monotonic() < give_up_at:
            said = status.read(home)
            if said.get("questions_answered", 0) != before["questions_answered"]:
                return
            time.sleep(_BETWEEN_LOOKS / 5)


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
