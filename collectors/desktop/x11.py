"""What is in front under X11, told by the X connection's own events."""

import time
from typing import Any

from collectors import xserver
from collectors.programs import INTERPRETERS, program_of
from collectors.source import Window

SETTLE_SECONDS = (0.005, 0.015, 0.03)
"""A window manager clears _NET_ACTIVE_WINDOW for about a millisecond at each switch, for longer
on a busy machine: so long is waited before the desktop counts as empty."""
LONGEST_TITLE = 4096
MOST_LOOKS = 3
"""Looks in one sample: what arrives during a look sits in the library's queue, where nobody waits."""
CLASS_PATIENCE = 1.5
"""Seconds that a window without a class has for naming itself before its program's name is taken."""
SCRIPT_PATIENCE = 10.0
"""The same where the program is an interpreter, which says next to nothing."""
MOST_NAMELESS = 64
DEEPEST = 16
"""How many parents are asked for a class before a focused window counts as nameless."""


class X11:
    """The focused window's class, title and program (EWMH); waits on PropertyNotify."""

    name = "desktop/x11"
    server = xserver.NAME
    longest_pause = xserver.LONGEST_PAUSE

    def __init__(self, display: str | None = None) -> None:
        self._address = display
        self._display: Any = None
        self.ending = False
        """True once the X server has gone, and with it the session."""
        self._begin()

    def _begin(self) -> None:
        """Know nothing yet."""
        self.unsettled = False
        """True if the answer may be out of date soon and no event will tell: sample again."""
        self._watched: Any = None
        self._last: Window | None = None
        self._stale = True
        self._unannounced = False
        self._gone = False
        self._nameless: dict[int, float] = {}

    def missing(self) -> str | None:
        """Say what is missing for it to work here; None when it works."""
        return xserver.missing(self._address, "windows")

    def open(self) -> None:
        """Connect to the display.

        Raises:
            OSError: There is no X server, or it lets nobody in.
        """
        from Xlib import X

        self.close()
        if why := self.missing():
            raise OSError(why)
        self._display = xserver.connect(self._address)
        self._atoms = {
            name: self._display.intern_atom(name)
            for name in ("_NET_ACTIVE_WINDOW", "_NET_WM_NAME", "_NET_WM_PID", "_NET_SUPPORTED")
        }
        self._root = self._display.screen().root
        self._root.change_attributes(event_mask=X.PropertyChangeMask)
        self._display.flush()
        self.ending = False
        self._begin()

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
            self._settle()
        except (error.ConnectionClosedError, OSError) as problem:
            self.close()
            self.ending = True
            raise OSError(f"the X display has gone: {problem}") from problem
        return self._last

    def close(self) -> None:
        """Let go of the connection; safe to call twice."""
        opened, self._display = self._display, None
        xserver.let_go(opened)

    def _settle(self) -> None:
        """Look until a look drained nothing: events that came meanwhile wake nobody any more."""
        self.unsettled = False
        self._drain()
        self._stale |= self._unannounced
        for _ in range(MOST_LOOKS):
            if not self._stale:
                return
            self._last = self._look()
            self._drain()
        self.unsettled |= self._stale

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
        self._stale = self._gone = False
        window = self._front()
        if window is None:
            return None
        self._watch(window)
        title = self._title(window)
        app = self._named(window)
        if self._gone:  # a destroyed window is nothing; what comes after it is about to be told
            self._stale = True
            return None
        return Window(app, title) if app else None

    def _named(self, window: Any) -> str | None:
        """The class; for a window that has none in good time, its program's name."""
        app = self._class(window)
        if app or self._gone:
            self._nameless.pop(window.id, None)
            return app
        if len(self._nameless) >= MOST_NAMELESS:
            self._nameless.clear()
        now = time.monotonic()
        waited = now - self._nameless.setdefault(window.id, now)
        if waited >= CLASS_PATIENCE:
            program = self._program(window)
            if waited >= SCRIPT_PATIENCE or (program and program not in INTERPRETERS):
                return program
        self.unsettled = True
        return None

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
            self._unannounced = False
            return self._display.create_resource_object("window", number) if number else None
        self._unannounced = True  # nothing tells of a new focus: ask each time
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
            self._gone = True
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
        """The program's name, for a window without a class; the server knows it after the end."""
        from Xlib import error

        pid = self._pid(window)
        try:
            window.get_geometry()
        except (error.BadWindow, error.BadDrawable):
            self._watched = None
            self._gone = True
            return None
        return program_of(pid) if pid else None

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


def _text(value: bytes) -> str:
    """UTF-8 where it is that, else Latin-1, as the older STRING type means."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
