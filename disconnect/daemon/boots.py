"""The machine's boots: this one's id and beginning, and how far an earlier one reached."""

import json
import os
import shutil
import struct
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from collectors.presence.logind import Logind
from disconnect.clock import Clock
from disconnect.daemon.offtime import Machine, Trace

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
WTMP = Path("/var/log/wtmp")
PATIENCE = 5.0
_RECORD = struct.Struct("<hxxi32s4s32s256shhiii4i20x")
"""utmp(5) on Linux."""
_RUN_LEVEL = 1
_NEWEST = 2000
"""Records of wtmp that are read, from its end."""


def boot_id() -> str:
    """Return the id of this boot; empty if the system has none."""
    try:
        return BOOT_ID.read_text().strip()
    except OSError:
        return ""


def this_machine(clock: Clock) -> Machine:
    """Ask the machine about its boot and the person's session."""
    counting = getattr(time, "CLOCK_BOOTTIME", None)
    booted = None
    if counting is not None:
        booted = clock() - timedelta(seconds=time.clock_gettime(counting))
    return Machine(boot_id(), booted, _session())


def trace(boot: str, after: datetime, before: datetime) -> Trace | None:
    """Find the latest sign that the machine was on between two instants, in an earlier boot.

    Args:
        boot: The earlier boot's id; empty: not known.
        after: The last look.
        before: When the machine booted anew.
    """
    found = [sign for sign in (_in_wtmp(after, before), _in_journal(boot)) if sign]
    ends = [sign for sign in found if sign.is_end]
    newest = max(ends or found, key=lambda sign: sign.at, default=None)
    return newest if newest and after < newest.at < before else None


def _session() -> datetime | None:
    source = Logind()
    if source.missing():
        return None
    try:
        source.open()
        return source.began()
    except OSError:
        return None
    finally:
        source.close()


def _in_wtmp(after: datetime, before: datetime) -> Trace | None:
    """The newest login, logout or shutdown that wtmp has between two instants."""
    newest: Trace | None = None
    for kind, user, at in _records():
        is_end = kind == _RUN_LEVEL and user == "shutdown"
        if after < at < before and (newest is None or at >= newest.at):
            newest = Trace(at, is_end)
    return newest


def _records() -> list[tuple[int, str, datetime]]:
    if sys.platform != "linux":
        return []
    try:
        with WTMP.open("rb") as file:
            size = file.seek(0, os.SEEK_END) // _RECORD.size
            file.seek(max(0, size - _NEWEST) * _RECORD.size)
            content = file.read(_NEWEST * _RECORD.size)
    except OSError:
        return []
    whole = len(content) // _RECORD.size * _RECORD.size
    found = []
    for kind, _, _, _, user, _, _, _, _, seconds, _, *_ in _RECORD.iter_unpack(content[:whole]):
        at = datetime.fromtimestamp(max(seconds, 0), UTC)
        found.append((kind, user.rstrip(b"\0").decode("ascii", "replace"), at))
    return found


def _in_journal(boot: str) -> Trace | None:
    """The newest entry of a boot in systemd's journal, as far as this user may read it."""
    program = shutil.which("journalctl")
    if not program or not boot:
        return None
    words = ["-q", "-b", boot.replace("-", ""), "-n", "1", "-o", "json"]
    try:
        said = subprocess.run(  # noqa: S603 - the system's own tool
            [program, *words], capture_output=True, timeout=PATIENCE, check=False
        )
        entry = json.loads(said.stdout.splitlines()[-1])
        at = datetime.fromtimestamp(int(entry["__REALTIME_TIMESTAMP"]) / 1e6, UTC)
    except (OSError, subprocess.TimeoutExpired, ValueError, LookupError, TypeError, OverflowError):
        return None
    # journald itself has the last word at a shutdown: "Journal stopped".
    return Trace(at, is_end=entry.get("SYSLOG_IDENTIFIER") == "systemd-journald")
