"""One live source under care: opened, sampled, and tried again when it fails."""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Literal, Protocol, TypeVar

from disconnect.daemon.deadline import NoAnswerError, within

State = Literal["ok", "unavailable", "failing"]
V_co = TypeVar("V_co", covariant=True)

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0
ANSWERS_WITHIN = 4.0
"""Seconds after which a source that says nothing hangs."""
OPENS_WITHIN = 2.0
"""The same while it connects, which a server that hangs accepts and never answers."""

_log = logging.getLogger(__name__)


class Live(Protocol[V_co]):
    """What a desktop and an attendance source have in common."""

    name: str

    def missing(self) -> str | None:
        """Say what is missing for it to work here."""

    def open(self) -> None:
        """Connect."""

    def fileno(self) -> int | None:
        """What to wait on."""

    def sample(self) -> V_co:
        """Say what is so now."""

    def close(self) -> None:
        """Let go."""


@dataclass(slots=True)
class Watched(Generic[V_co]):
    """A source, its state, and when it is tried again; a failure of it never leaves here."""

    source: Live[V_co]
    state: State = "unavailable"
    detail: str = "not tried yet"
    last_seen: datetime | None = None
    hangs: bool = False
    """True if what it asks did not answer in time."""
    _is_open: bool = field(default=False, init=False)
    _pause: float = field(default=FIRST_PAUSE, init=False)
    _try_at: float = field(default=float("-inf"), init=False)

    @property
    def name(self) -> str:
        """The source's name."""
        return self.source.name

    @property
    def server(self) -> str:
        """The server that the source shares with others (`x11`); empty: none."""
        return str(getattr(self.source, "server", ""))

    @property
    def waits_on(self) -> int | None:
        """The file descriptor to wait on; None while closed, or when it has none."""
        try:
            return self.source.fileno() if self._is_open else None
        except Exception:  # noqa: BLE001 - the next sample finds out what is wrong with it
            return None

    @property
    def unsettled(self) -> bool:
        """True if it asks to be sampled again soon, since no event will tell of the change."""
        return self._is_open and bool(getattr(self.source, "unsettled", False))

    @property
    def ending(self) -> bool:
        """True if it says that the person's session, or the machine, is about to end."""
        return bool(getattr(self.source, "ending", False))

    def sample(self, steady: float, wall: datetime) -> V_co | None:
        """What it says now; None while it does not work. Opens it when a try is due."""
        if not self._is_open and not self._opened(steady):
            return None
        try:
            with within(ANSWERS_WITHIN):
                value = self.source.sample()
        except Exception as error:  # noqa: BLE001 - one failing source must not stop the others
            self._fail(steady, "failing", error)
            return None
        self._pause = FIRST_PAUSE
        self.hangs = False
        if value is not None:
            self.last_seen = wall
        return value

    def doubt(self, steady: float, other: "Watched[Any]") -> None:
        """Give it up, too: what it asks has just left another source without an answer."""
        self._fail(steady, "failing", other.detail)
        self.hangs = True

    def close(self) -> None:
        """Let go of the source."""
        self._is_open = False
        try:
            self.source.close()
        except Exception as error:  # noqa: BLE001 - it is being let go of; the log says why
            _log.info("%s did not close cleanly: %s", self.name, type(error).__name__)

    def _opened(self, steady: float) -> bool:
        if steady < self._try_at:
            return False
        try:
            missing = self.source.missing()
            if missing:
                self._fail(steady, "unavailable", missing)
                return False
            with within(OPENS_WITHIN):
                self.source.open()
        except Exception as error:  # noqa: BLE001 - one failing source must not stop the others
            self._fail(steady, "failing", error)
            return False
        self._is_open = True
        self._note("ok", "working")
        return True

    def _fail(self, steady: float, state: State, why: Exception | str) -> None:
        self.hangs = isinstance(why, NoAnswerError)
        if self._is_open or self.hangs:
            self.close()
        detail = why if isinstance(why, str) else f"{type(why).__name__}: {why}"
        detail = str(why) if self.hangs else detail
        self._note(state, f"{detail.splitlines()[0][:200] if detail else 'no reason given'}")
        self._try_at = steady + self._pause
        longest = float(getattr(self.source, "longest_pause", LONGEST_PAUSE))
        self._pause = min(2 * self._pause, longest)

    def _note(self, state: State, detail: str) -> None:
        if (state, detail) != (self.state, self.detail):
            _log.log(
                logging.INFO if state == "ok" else logging.WARNING,
                "%s is %s: %s",
                self.name,
                state,
                detail,
            )
        self.state, self.detail = state, detail
