"""How long nobody has touched anything, from X11's screen saver extension."""

from typing import Any

from collectors import xserver
from collectors.source import Attended


class X11Idle:
    """Milliseconds since the last input (MIT-SCREEN-SAVER); asked each time."""

    name = "presence/x11"
    server = xserver.NAME
    longest_pause = xserver.LONGEST_PAUSE

    def __init__(self, display: str | None = None) -> None:
        self._address = display
        self._display: Any = None

    def missing(self) -> str | None:
        """Say what is missing for it to work here; None when it works."""
        return xserver.missing(self._address, "input")

    def open(self) -> None:
        """Connect to the display.

        Raises:
            OSError: There is no X server, or it has no screen saver extension.
        """
        self.close()
        if why := self.missing():
            raise OSError(why)
        self._display = xserver.connect(self._address)
        if not self._display.has_extension("MIT-SCREEN-SAVER"):
            self.close()
            raise OSError("the X server has no MIT-SCREEN-SAVER extension")
        self._root = self._display.screen().root

    def fileno(self) -> int | None:
        """Nothing to wait on: idleness is asked."""
        return None

    def sample(self) -> Attended:
        """Seconds since the last input.

        Raises:
            OSError: The X server has gone.
        """
        from Xlib import error

        if self._display is None:
            raise OSError("the X display is not open")
        try:
            told = self._root.screensaver_query_info()
        except (error.ConnectionClosedError, error.XError, OSError) as problem:
            self.close()
            raise OSError(f"the X display has gone: {problem}") from problem
        return Attended(idle_seconds=told.idle / 1000)

    def close(self) -> None:
        """Let go of the connection; safe to call twice."""
        opened, self._display = self._display, None
        xserver.let_go(opened)
