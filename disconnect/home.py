"""Where everything the program writes lives: settings, database, state, logs."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

from disconnect.errors import DisconnectError

_OURS = ("disconnect.sqlite", "settings.", "rules.", "daemon.", "status.", "reports", "forgetting.")
"""How the names begin of what the program writes into its home."""


@dataclass(frozen=True, slots=True)
class Home:
    """One folder (0700) that holds all of it; each file in it is 0600."""

    folder: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "disconnect.sqlite"

    @property
    def settings(self) -> Path:
        """The settings file (TOML)."""
        return self.folder / "settings.toml"

    @property
    def rules(self) -> Path:
        """The person's own sorting rules (TOML)."""
        return self.folder / "rules.toml"

    @property
    def lock(self) -> Path:
        """Held by the running daemon; its content is the daemon's pid."""
        return self.folder / "daemon.lock"

    @property
    def held(self) -> Path:
        """What the daemon holds and has not written into the database yet."""
        return self.folder / "daemon.held"

    @property
    def status(self) -> Path:
        """What the running daemon last said of itself (JSON)."""
        return self.folder / "status.json"

    @property
    def log(self) -> Path:
        """The daemon's log, rotated."""
        return self.folder / "daemon.log"

    @property
    def reports(self) -> Path:
        """Where scheduled reports go unless the settings say otherwise."""
        return self.folder / "reports"

    def prepare(self) -> "Home":
        """Make the folder, private to its owner; returns itself.

        A folder that holds other things, too, stays as open as it is: the files in it are private.

        Raises:
            DisconnectError: The folder cannot be made or entered, or is another user's.
        """
        refuse_foreign(self.folder)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise DisconnectError(
                f"cannot make the home {self.folder}: {error.strerror}; choose another with --home"
            ) from error
        with contextlib.suppress(OSError):  # not ours to change: opening will say so
            if all(one.name.lstrip(".").startswith(_OURS) for one in self.folder.iterdir()):
                self.folder.chmod(0o700)
        return self


def find(folder: str | os.PathLike[str] | None = None) -> Home:
    """The home: the folder given, else DISCONNECT_HOME, else the platform's data folder.

    Raises:
        DisconnectError: It cannot be told where that is, or it is another user's.
    """
    chosen = folder or os.environ.get("DISCONNECT_HOME")
    if not chosen:
        import platformdirs

        chosen = platformdirs.user_data_path("disconnect", appauthor=False)
    try:
        folder = Path(chosen).expanduser().absolute()
    except (OSError, RuntimeError) as error:  # no such user, or a working folder that is gone
        raise DisconnectError(
            f"cannot tell where the home {chosen} is: {error}; name a whole path with --home"
        ) from error
    refuse_foreign(folder)
    return Home(folder)


def refuse_foreign(folder: Path) -> None:
    """Refuse a home of another user: what is written there is theirs, and what lies there may be.

    Raises:
        DisconnectError: The folder belongs to somebody else.
    """
    if not hasattr(os, "geteuid"):
        return
    try:
        owner = folder.stat().st_uid
    except OSError:
        return  # opening says what is the matter
    if owner != os.geteuid():
        raise DisconnectError(
            f"the home {folder} belongs to another user; choose another with --home"
        )
