"""One look: what is in front, and whether anyone is there, from the sources that work."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from collectors.source import Attendance, Attended, Desktop, Window
from disconnect.daemon.sessionizer import Look, Moment, merged
from disconnect.daemon.watching import Watched

NO_WINDOW = "no window can be seen"
V = TypeVar("V")
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Looking:
    """The live sources: desktops in the order of trying, then programs where there is none.

    Args:
        desktops: What can tell the window in front; the first that works is asked.
        programs: What is asked when none of them works.
        attendances: What can tell whether anyone is there; all are asked.
    """

    desktops: list[Watched[Window | None]]
    programs: list[Watched[Window | None]]
    attendances: list[Watched[Attended]]
    _sees_windows: bool | None = field(default=None, init=False)

    @classmethod
    def over(
        cls, desktops: list[Desktop], programs: list[Desktop], attendances: list[Attendance]
    ) -> "Looking":
        """Watch over these sources."""
        return cls(
            [Watched(source) for source in desktops],
            [Watched(source) for source in programs],
            [Watched(source) for source in attendances],
        )

    def look(self, moment: Moment) -> Look:
        """Ask the sources once."""
        steady, wall = moment.steady, moment.wall
        hanging: dict[str, Watched[Any]] = {}
        readings = [_asked(one, steady, wall, hanging) for one in self.attendances]
        attended = merged(reading for reading in readings if reading)
        for watched in (*self.desktops, *self.programs):
            window = _asked(watched, steady, wall, hanging)
            if watched.state == "ok":
                self._note(sees=watched in self.desktops)
                return Look(window, watched.name, attended)
        self._note(sees=False)
        return Look(None, "", attended)

    def waits_on(self) -> list[int]:
        """The file descriptors on which the sources tell of changes."""
        return [fd for watched in self._all() if (fd := watched.waits_on) is not None]

    @property
    def unsettled(self) -> bool:
        """True if a source asks to be looked at again soon."""
        return any(watched.unsettled for watched in self._all())

    @property
    def ending(self) -> bool:
        """True if a source says that the session, or the machine, ends or has ended."""
        return any(watched.ending for watched in self._all())

    def states(self) -> list[dict[str, Any]]:
        """Each source's state, for `status`."""
        return [
            {
                "name": watched.name,
                "state": watched.state,
                "detail": watched.detail,
                "last_seen": watched.last_seen.isoformat() if watched.last_seen else None,
            }
            for watched in self._all()
            if watched not in self.programs or not self._sees_windows
        ]

    @property
    def note(self) -> str | None:
        """What a person should know about what is seen; None when all is seen."""
        if self._sees_windows:
            return None
        why = "; ".join(f"{one.name}: {one.detail}" for one in self.desktops) or "no desktop source"
        return f"{NO_WINDOW} ({why})"

    def close(self) -> None:
        """Let go of every source."""
        for watched in self._all():
            watched.close()

    def _all(self) -> Iterator[Watched[Any]]:
        yield from self.desktops
        yield from self.programs
        yield from self.attendances

    def _note(self, *, sees: bool) -> None:
        if sees is not self._sees_windows:
            self._sees_windows = sees
            if sees:
                _log.info("windows are seen")
            else:
                _log.warning("%s", self.note)


def _asked(
    watched: Watched[V], steady: float, wall: datetime, hanging: dict[str, Watched[Any]]
) -> V | None:
    """Ask a source; return None if its server left another one without an answer just now."""
    other = hanging.get(watched.server) if watched.server else None
    if other is not None:
        watched.doubt(steady, other)
        return None
    value = watched.sample(steady, wall)
    if watched.hangs:
        hanging[watched.server] = watched
    return value
