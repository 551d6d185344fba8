"""Starting the collector at login, in each system's own way.

Linux: a systemd user unit, and an XDG autostart entry for desktops without systemd. macOS: a
launchd agent. Windows: a scheduled task. The last two have not been run on such a machine yet.
"""

import os
import plistlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from disconnect.errors import DisconnectError
from disconnect.files import fresh
from disconnect.home import Home

NAME = "disconnect"
LABEL = "org.disconnect.collector"
FOLDER = 0o755
READABLE = 0o644
"""The mode of the files, whatever the umask: the system's own programs read them."""

_UNIT = """\
[Unit]
Description=disconnect: what screen time stands against
PartOf=graphical-session.target
After=graphical-session.target

[Service]
Type=notify
NotifyAccess=main
ExecStart={command}
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=5
WatchdogSec=60
TimeoutStopSec=20
Nice=5
UMask=0077

[Install]
WantedBy=graphical-session.target
"""

_AUTOSTART = """\
[Desktop Entry]
Type=Application
Name=disconnect
Comment=See what screen time stands against
Exec={command}
Terminal=false
NoDisplay=true
X-GNOME-Autostart-enabled=true
X-systemd-skip=true
"""

_TASK = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>disconnect</Description></RegistrationInfo>
  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>3</Count></RestartOnFailure>
  </Settings>
  <Actions><Exec><Command>{program}</Command><Arguments>{arguments}</Arguments></Exec></Actions>
</Task>
"""


@dataclass(frozen=True, slots=True)
class ServiceFile:
    """One file that makes the collector start at login."""

    path: Path
    content: bytes


def files(home: Home, *, platform: str = sys.platform) -> list[ServiceFile]:
    """The files for this system, with the paths they belong at."""
    words = [sys.executable, "-m", "disconnect", "--home", str(home.folder), "start"]
    foreground = [sys.executable, "-m", "disconnect.daemon", str(home.folder)]
    if platform == "darwin":
        path = Path.home() / "Library/LaunchAgents" / f"{LABEL}.plist"
        return [ServiceFile(path, launchd(foreground, home.log))]
    if platform == "win32":
        return [ServiceFile(home.folder / f"{NAME}.task.xml", scheduled_task(foreground))]
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    unit = _UNIT.format(command=" ".join(_quoted_for_systemd(word) for word in foreground))
    entry = _AUTOSTART.format(command=" ".join(_quoted_for_desktop(word) for word in words))
    return [
        ServiceFile(config / "systemd/user" / f"{NAME}.service", unit.encode()),
        ServiceFile(config / "autostart" / f"{NAME}.desktop", entry.encode()),
    ]


def launchd(command: list[str], log: Path) -> bytes:
    """A launchd agent's property list."""
    return plistlib.dumps(
        {
            "Label": LABEL,
            "ProgramArguments": command,
            "RunAtLoad": True,
            "KeepAlive": {"SuccessfulExit": False},
            "ProcessType": "Background",
            "StandardErrorPath": str(log),
        }
    )


def scheduled_task(command: list[str]) -> bytes:
    """A task for the Windows Task Scheduler, run at logon."""
    arguments = subprocess.list2cmdline(command[1:])
    text = _TASK.format(program=escape(command[0]), arguments=escape(arguments))
    return text.encode("utf-16")


def install(home: Home) -> list[str]:
    """Write the files and tell the system; returns what was done, a line each.

    Raises:
        DisconnectError: A file cannot be written, or a link or somebody else's file stands there.
    """
    done = []
    for file in files(home):
        try:
            _make_folder(file.path.parent)
            with fresh(file.path) as target:
                target.write(file.content)
            file.path.chmod(READABLE)
        except OSError as error:
            raise DisconnectError(f"cannot write {file.path}: {error.strerror}") from error
        done.append(f"wrote {file.path}")
    return [*done, _told(_enabling(home), "it starts at the next login")]


def remove(home: Home) -> list[str]:
    """Take the files away again; returns what was done, a line each.

    Raises:
        DisconnectError: A file cannot be removed.
    """
    present = [file.path for file in files(home) if file.path.exists()]
    if not present:
        return ["nothing is installed"]
    done = [_told(_disabling(), "it no longer starts at login")]
    for path in present:
        try:
            path.unlink()
        except OSError as error:
            raise DisconnectError(f"cannot remove {path}: {error.strerror}") from error
        done.append(f"removed {path}")
    return done


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it that only their owner can write to, whatever the umask."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    folder.chmod(FOLDER)


def _enabling(home: Home) -> list[str]:
    path = str(files(home)[0].path)
    return {
        "darwin": ["launchctl", "load", "-w", path],
        "win32": ["schtasks", "/Create", "/F", "/TN", NAME, "/XML", path],
    }.get(sys.platform, ["systemctl", "--user", "enable", f"{NAME}.service"])


def _disabling() -> list[str]:
    return {
        "darwin": ["launchctl", "remove", LABEL],
        "win32": ["schtasks", "/Delete", "/F", "/TN", NAME],
    }.get(sys.platform, ["systemctl", "--user", "disable", f"{NAME}.service"])


def _told(command: list[str], effect: str) -> str:
    """Tell the system; where that fails, say what to run instead."""
    program = shutil.which(command[0])
    if program:
        told = subprocess.run([program, *command[1:]], capture_output=True, check=False)  # noqa: S603 - the system's own tool
        if told.returncode == 0:
            return effect
    return (
        f"the system was not told (the desktop's autostart still works); run: {' '.join(command)}"
    )


def _quoted_for_systemd(word: str) -> str:
    safe = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{safe}"' if safe != word or " " in word else word


def _quoted_for_desktop(word: str) -> str:
    safe = word.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`").replace("$", "\\$")
    quoted = f'"{safe}"' if safe != word or " " in word else word
    # The value of a key is unescaped once more before it is read as a command line.
    return quoted.replace("\\", "\\\\").replace("%", "%%")
