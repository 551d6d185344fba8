"""A time limit for calls that wait on other programs and know none themselves."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class NoAnswerError(Exception):
    """The other program did not answer in time.

    It is no OSError: libraries take those for a connection that broke, and go on.
    """


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Interrupt what runs inside after so many seconds, whatever it waits for.

    It is the main thread that is interrupted; in another thread, or without interval timers,
    nothing is limited. A timer that ran before runs on afterwards.

    Raises:
        NoAnswerError: It took longer.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(
        signal, "setitimer"
    ):
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise NoAnswerError(f"does not answer within {seconds:g} s")

    began = time.monotonic()
    handler = signal.signal(signal.SIGALRM, ring)
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if left:
            rest = max(left - (time.monotonic() - began), 0.001)
            signal.setitimer(signal.ITIMER_REAL, rest, interval)
