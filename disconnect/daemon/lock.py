"""The home's lock: held by one collector, and the kernel, not the file, says by which.

Two locks lie on one file. flock(2) keeps a second collector out. A record lock (fcntl(2)) names its
holder: whoever asks is told the pid by the kernel. The pid that is written in the file is for people
to read; anybody could have written it, and it may be another process's by now.
"""

import os
import struct
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from disconnect.errors import DisconnectError
from disconnect.home import Home, refuse_foreign

try:
    import fcntl
except ImportError:  # Windows has no flock, and no daemon of ours yet
    fcntl = None  # type: ignore[assignment]

MODULE = "disconnect.daemon"
"""The module that every collector runs: `python -m disconnect.daemon HOME`."""
_TRIES = 40
_BETWEEN_TRIES = 0.02
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class AlreadyRunningError(DisconnectError):
    """Another daemon holds this home."""


@contextmanager
def alone_in(home: Home) -> Iterator[Callable[[], bool]]:
    """Hold the home's lock; the kernel lets go of it when the process ends, however it ends.

    Yields:
        What tells whether the lock that is held is still the home's: not when it was deleted.

    Raises:
        AlreadyRunningError: Another collector holds it.
        DisconnectError: The home is another user's, the lock is a link, cannot be written, or is
            held by another program.
    """
    if fcntl is None:
        raise DisconnectError("the collector runs on Linux and macOS only as yet")
    refuse_foreign(home.folder)
    descriptor = _opened(home, os.O_RDWR | os.O_CREAT)
    try:
        if not _locked(descriptor):
            raise _refused(home)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield lambda: _leads_to(home, descriptor)
    finally:
        os.close(descriptor)


def running_pid(home: Home) -> int | None:
    """Return the pid of the collector that holds the home; None if none does.

    A process counts only if the kernel says that it holds the lock, it is ours, and a collector.
    """
    if not hasattr(fcntl, "flock"):
        return None
    try:
        descriptor = os.open(home.lock, os.O_RDONLY | _NO_LINK)
    except OSError:
        return None
    try:
        pid = _holder(descriptor)
    finally:
        os.close(descriptor)
    return pid if pid and _is_collector(pid) else None


def is_held(home: Home) -> bool:
    """True if any process holds the lock, whatever it is."""
    if not hasattr(fcntl, "flock"):
        return False
    try:
        descriptor = os.open(home.lock, os.O_RDONLY | _NO_LINK)
    except OSError:
        return False
    try:
        if _holder(descriptor) is not None:
            return True
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _opened(home: Home, how: int) -> int:
    if home.lock.is_symlink():
        raise DisconnectError(
            f"{home.lock} is a link; it should be a file of ours: delete it and try again"
        )
    try:
        return os.open(home.lock, how | _NO_LINK, 0o600)
    except OSError as error:
        raise DisconnectError(
            f"cannot write into the home {home.folder}: {error.strerror};"
            " choose another with --home"
        ) from error


def _refused(home: Home) -> DisconnectError:
    pid = running_pid(home)
    if pid is not None:
        return AlreadyRunningError(f"already running, pid {pid}")
    return DisconnectError(
        f"another program holds {home.lock}, and it is no collector of yours; end it and try again"
    )


def _locked(descriptor: int) -> bool:
    # Whoever asks whether a daemon runs holds the lock for a moment: hence more than one try.
    for _ in range(_TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # BlockingIOError, and PermissionError on some systems
            time.sleep(_BETWEEN_TRIES)
        else:
            return True
    return False


def _leads_to(home: Home, descriptor: int) -> bool:
    try:
        return os.path.samestat(home.lock.stat(), os.fstat(descriptor))
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:  # a disk that cannot be asked now was not deleted
        return True


def _holder(descriptor: int) -> int | None:
    """Ask the kernel for the holder of the record lock; 0: a process that we cannot see."""
    asked = _packed(fcntl.F_WRLCK)
    kind, pid = _unpacked(fcntl.fcntl(descriptor, fcntl.F_GETLK, asked))
    return None if kind == fcntl.F_UNLCK else max(pid, 0)


def _packed(kind: int) -> bytes:
    """`struct flock` over the whole file."""
    if sys.platform == "darwin":
        return struct.pack("qqihh", 0, 0, 0, kind, os.SEEK_SET)
    return struct.pack("hhqqi", kind, os.SEEK_SET, 0, 0, 0)


def _unpacked(told: bytes) -> tuple[int, int]:
    if sys.platform == "darwin":
        _, _, pid, kind, _ = struct.unpack("qqihh", told)
    else:
        kind, _, _, _, pid = struct.unpack("hhqqi", told)
    return kind, pid


def _is_collector(pid: int) -> bool:
    """True if the process is ours by its user, and a collector by its words."""
    try:
        if sys.platform == "linux":
            folder = Path(f"/proc/{pid}")
            owner = folder.stat().st_uid
            words = [os.fsdecode(w) for w in (folder / "cmdline").read_bytes().split(b"\0")]
        else:
            owner, words = _asked(pid)
    except OSError:
        return False
    return owner == os.geteuid() and MODULE in words


def _asked(pid: int) -> tuple[int, list[str]]:
    import psutil

    try:
        process = psutil.Process(pid)
        return process.uids().effective, process.cmdline()
    except psutil.Error as error:
        raise OSError(str(error)) from error
