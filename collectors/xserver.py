"""The way to the X server, for the sources that ask it."""

import os
from typing import Any

NAME = "x11"
"""By which sources that ask the same server are known: when it hangs, it hangs for all."""
LONGEST_PAUSE = 4.0
"""Seconds between two tries to connect: a server that comes back is found at the next look."""


def missing(address: str | None, seen: str) -> str | None:
    """Return what is missing for a source to work under X11 here; None if it works.

    Args:
        address: The display; that of the environment when None.
        seen: What X11 sees only a part of in a Wayland session.
    """
    try:
        import Xlib  # noqa: F401
    except ImportError:
        return "python-xlib is not installed"
    if address:
        return None
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland":
        return f"this is a Wayland session, where X11 sees only some {seen}; log in to Xorg"
    if not os.environ.get("DISPLAY"):
        return "DISPLAY is not set: start disconnect from within the graphical session"
    return None


def connect(address: str | None) -> Any:
    """Connect to the display.

    Raises:
        OSError: There is no X server, or it lets nobody in.
    """
    from Xlib import display, error

    try:
        return display.Display(address)
    except (error.DisplayError, error.ConnectionClosedError, OSError) as problem:
        raise OSError(f"cannot reach the X display: {problem}") from problem


def let_go(display: Any) -> None:
    """Close the socket alone: closing properly would ask a server that may be gone."""
    if display is not None:
        display.display.socket.close()
