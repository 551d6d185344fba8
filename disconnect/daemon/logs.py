"""The daemon's log: small, rotated, its owner's alone; never a title or an address in it."""

import io
import logging
import os
import re
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

_SIZE = 1_000_000
_KEPT = 3
_PREFIX = re.compile(r"^(\d{4}-\S+ [A-Z]+ |disconnect: )")
_ADDRESS = re.compile(r"\b\w+://\S+")


class PrivateRotating(RotatingFileHandler):
    """A rotating log file that nobody else can read."""

    def _open(self) -> io.TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")


class WithoutAddresses(logging.Filter):
    """Takes addresses out of a message: some errors carry the address that caused them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without addresses."""
        record.msg = _ADDRESS.sub("<address>", record.getMessage())
        record.args = None
        return True


def begin(path: Path) -> None:
    """Log into the file, and onto standard error where somebody reads it."""
    shape = logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")
    handlers: list[logging.Handler] = [
        PrivateRotating(path, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8")
    ]
    if not _is_stderr(path):
        handlers.append(logging.StreamHandler(sys.stderr))
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    for handler in handlers:
        handler.setFormatter(shape)
        handler.addFilter(WithoutAddresses())
        root.addHandler(handler)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)


def last_words(path: Path) -> str:
    """The last line of the log without its time; says so when there is none."""
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return "it left no word"
    if not lines:
        return "it left no word"
    return _PREFIX.sub("", lines[-1])


def _is_stderr(path: Path) -> bool:
    """Whether standard error goes into the log already, as it does when `start` started us."""
    try:
        return os.path.samestat(os.fstat(sys.stderr.fileno()), path.stat())
    except (OSError, ValueError):
        return False
