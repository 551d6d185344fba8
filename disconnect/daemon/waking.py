"""What wakes the loop: signals, other threads, and the sources' own descriptors."""

import os
import select
import signal
from collections.abc import Callable

STOP = (signal.SIGTERM, signal.SIGINT)
HEARD = (*STOP, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2)


class Waking:
    """One pipe, which the kernel writes signals' numbers into and threads a zero."""

    def __init__(self) -> None:
        self._read_end, self._write_end = os.pipe()
        os.set_blocking(self._read_end, False)
        os.set_blocking(self._write_end, False)

    def wake(self) -> None:
        """Wake the loop up; from any thread."""
        os.write(self._write_end, b"\0")

    def listen(self) -> Callable[[], None]:
        """Have signals wake the loop instead of ending it; returns what undoes that."""
        before = {number: signal.signal(number, lambda *_: None) for number in HEARD}
        old = signal.set_wakeup_fd(self._write_end, warn_on_full_buffer=False)

        def restore() -> None:
            signal.set_wakeup_fd(old)
            for number, handler in before.items():
                signal.signal(number, handler)

        return restore

    def wait(self, descriptors: list[int], seconds: float) -> tuple[bool, bool]:
        """Wait so long at most; whether the loop was woken, and whether a source has news.

        Where one of the descriptors is broken, all count as news, to find out which.
        """
        try:
            ready = set(select.select([self._read_end, *descriptors], [], [], seconds)[0])
        except (OSError, ValueError):
            return False, bool(descriptors)
        return self._read_end in ready, bool(ready - {self._read_end})

    def asked(self) -> set[int]:
        """Return the numbers of the signals that came since it was last called."""
        try:
            return set(os.read(self._read_end, 4096))
        except BlockingIOError:
            return set()
