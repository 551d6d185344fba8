"""What is in front under X11, told by the X connection's own events."""

import os
import time
from pathlib import Path
from typing import Any

from collectors.source import Window

SETTLE_SECONDS = (0.005, 0.015, 0.03)
"""A window manager clears _NET_ACTIVE_WINDOW for about a millisecond at each switch, for longer
on a busy machine: so long is waited before the desktop counts as empty."""
LONGEST_TITLE = 4096
DEEPEST = 16
"""How many parents are asked for a class before a focused window counts as nameless."""
PRIVATE_ENDINGS = (
    "(incognito)", "(inkognito)", "(incógnito)", "(private)", "(private with tor)",
    "private browsing", "(private browsing)", "privater modus", "(privater modus)",
    "navigation privée", "(navigation privée)", "navegación privada", "(navegación privada)",
    "navigazione anonima", "(navigazione anonima)", "navegação privativa",
    "(navegação privativa)", "privénavigatie", "(privénavigatie)", "inprivate", "[inprivate]",
    "[inprivate] - microsoft edge", "inprivate - microsoft edge",
)  # fmt: skip
"""How titles of browsers' private windows end, in lower case."""


class X11:
    """The focused window's class, title and program (EWMH); waits on PropertyNotify."""

    name = "desktop/x11"

    def __init__(self, display: str | None = None) -> None:
        self._address = display
        self._display: Any = None
        self._watched: Any = None
        self._last: Window | None = None
        self._stale = True

    def missing(self) -> str | None:
        """Say what is missing for it to work here; None when it works."""
        try:
            import Xlib  # noqa: F401
        except ImportError:
            return "python-xlib is not installed"
        if self._address:
            return None
        if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland":
            return "this is a Wayland session, where X11 sees only some windows; log in to Xorg"
        if not os.environ.get("DISPLAY"):
            return "DISPLAY is not set: start disconnect from within the graphical session"
        return None

    def open(self) -> None:
        """Connect to the display.

        Raises:
            OSError: There is no X server, or it lets nobody in.
        """
        from Xlib import X, display, error

        self.close()
        if why := self.missing():
            raise OSError(why)
        try:
            self._display = display.Display(self._address)
        except (error.DisplayError, error.ConnectionClosedError, OSError) as problem:
            raise OSError(f"cannot reach the X display: {problem}") from problem
        self._atoms = {
            name: self._display.intern_atom(name)
            for name in ("_NET_ACTIVE_WINDOW", "_NET_WM_NAME", "_NET_WM_PID", "_NET_SUPPORTED")
        }
        self._root = self._display.screen().root
        self._root.change_attributes(event_mask=X.PropertyChangeMask)
        self._display.flush()
        self._watched = None
        self._last = None
        self._stale = True

    def fileno(self) -> int | None:
        """The connection's socket; None while closed."""
        return None if self._display is None else int(self._display.fileno())

    def sample(self) -> Window | None:
        """Drain the events and say what is in front now; None on an empty desktop.

        Raises:
            OSError: The X server has gone.
        """
        from Xlib import error

        if self._display is None:
            raise OSError("the X display is not open")
        try:
            self._drain()
            if self._stale:
                self._last = self._look()
                # The requests of the look may have brought in events of their own.
                self._drain()
        except (error.ConnectionClosedError, OSError) as problem:
            self.close()
            raise OSError(f"the X display has gone: {problem}") from problem
        return self._last

    def close(self) -> None:
        """Let go of the connection; safe to call twice."""
        opened, self._display = self._display, None
        if opened is not None:
            # Closing properly would ask a server that may be gone; the socket alone is ours.
            opened.display.socket.close()

    def _drain(self) -> None:
        from Xlib import X

        for _ in range(self._display.pending_events()):
            event = self._display.next_event()
            if event.type == X.DestroyNotify:
                self._watched = None  # its number may be given to the next window
                self._stale = True
            elif event.type == X.PropertyNotify:
                self._stale = True

    def _look(self) -> Window | None:
        self._stale = False
        window = self._front()
        if window is None:
            return None
        self._watch(window)
        title = self._title(window)
        app = self._class(window) or self._program(window)
        if not app or (title and is_private(title)):
            return None  # a private window is nobody's business: not even its time is recorded
        return Window(app, title)

    def _front(self) -> Any:
        """The active window; where no window manager tells it, the one with the input focus."""
        from Xlib import error

        number = self._active()
        for pause in SETTLE_SECONDS:
            if number != 0:
                break
            time.sleep(pause)
            number = self._active()
        if number is not None:
            return self._display.create_resource_object("window", number) if number else None
        self._stale = True  # nothing tells of a new focus: ask each time
        try:
            return self._focused()
        except (error.BadWindow, error.BadDrawable):
            return None

    def _active(self) -> int | None:
        """The active window's number, 0: none; None: no window manager says so."""
        from Xlib import X

        found = self._root.get_full_property(self._atoms["_NET_ACTIVE_WINDOW"], X.AnyPropertyType)
        if found is not None and len(found.value):
            return int(found.value[0])
        # A window manager that will set it has focused a window of its own until then.
        able = self._root.get_full_property(self._atoms["_NET_SUPPORTED"], X.AnyPropertyType)
        return 0 if able is not None and self._atoms["_NET_ACTIVE_WINDOW"] in able.value else None

    def _focused(self) -> Any:
        """Toolkits focus a nameless child: climb to the window that carries the class."""
        from Xlib import X

        focus = self._display.get_input_focus().focus
        if focus == X.PointerRoot:  # the keys go to whatever lies under the pointer
            focus = self._root.query_pointer().child
        window = focus
        for _ in range(DEEPEST):
            if isinstance(window, int) or window == self._root:
                return None if window == focus else focus
            if window.get_wm_class():
                return window
            window = window.query_tree().parent
        return focus

    def _watch(self, window: Any) -> None:
        """Be told when the title of the window in front changes."""
        from Xlib import X, error

        if self._watched is not None and self._watched.id == window.id:
            return
        caught = error.CatchError(error.BadWindow, error.BadDrawable)
        if self._watched is not None:
            self._watched.change_attributes(event_mask=0, onerror=caught)
        window.change_attributes(
            event_mask=X.PropertyChangeMask | X.StructureNotifyMask, onerror=caught
        )
        self._watched = window

    def _property(self, window: Any, atom: int) -> Any:
        """A property's value; None when it, or by now the window, is not there."""
        from Xlib import X, error

        try:
            found = window.get_full_property(atom, X.AnyPropertyType, LONGEST_TITLE)
        except (error.BadWindow, error.BadDrawable):
            self._watched = None
            self._stale = True
            return None
        return None if found is None else found.value

    def _title(self, window: Any) -> str | None:
        from Xlib import Xatom

        for atom in (self._atoms["_NET_WM_NAME"], Xatom.WM_NAME):
            value = self._property(window, atom)
            if isinstance(value, bytes) and value:
                return _text(value)
            if isinstance(value, str) and value:
                return value
        return None

    def _class(self, window: Any) -> str | None:
        """The class, not the instance: Chromium's instance holds its profile's path."""
        from Xlib import Xatom

        value = self._property(window, Xatom.WM_CLASS)
        if not value:
            return None
        parts = (_text(value) if isinstance(value, bytes) else str(value)).split("\0")
        named = [part for part in parts if part]
        return named[min(1, len(named) - 1)].lower() if named else None

    def _program(self, window: Any) -> str | None:
        """The executable's name, for a window without a class."""
        pid = self._pid(window)
        if not pid:
            return None
        import psutil

        try:
            return Path(psutil.Process(pid).exe()).name.lower() or None
        except (psutil.Error, OSError):
            return None

    def _pid(self, window: Any) -> int | None:
        value = self._property(window, self._atoms["_NET_WM_PID"])
        if value is not None and len(value):
            return int(value[0])
        if not self._display.has_extension("X-Resource"):
            return None
        from Xlib import error
        from Xlib.ext import res

        spec = [{"client": window.id, "mask": res.LocalClientPIDMask}]
        try:
            answers = self._display.res_query_client_ids(spec).ids
        except (error.BadValue, error.BadWindow):
            return None  # its client has gone
        for answer in answers:
            if answer.spec.mask == res.LocalClientPIDMask and answer.value:
                return int(answer.value[0])
        return None


def is_private(title: str) -> bool:
    """Whether a browser marked this title as that of a private window."""
    return title.rstrip().lower().endswith(PRIVATE_ENDINGS)


def _text(value: bytes) -> str:
    """UTF-8 where it is that, else Latin-1, as the older STRING type means."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
