"""What every command is handed: the home, the clock, and the person's settings.

`--help` needs none of them: settings and zones are imported when they are asked for.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from disconnect import clock as clocks
from disconnect.clock import Clock
from disconnect.home import Home

if TYPE_CHECKING:
    from disconnect.settings import Settings


@dataclass
class House:
    """The home a command works in, and what time it is there."""

    home: Home
    clock: Clock = clocks.system
    debug: bool = False

    @cached_property
    def settings(self) -> "Settings":
        """The person's settings, read once; all defaults where there is no file."""
        from disconnect.settings import load

        return load(self.home.settings)

    @cached_property
    def zone(self) -> str:
        """The IANA name of the zone this machine is in."""
        return clocks.local_zone()

    @property
    def today(self) -> dt.date:
        """The local day it is now, by the hour at which the person's days begin."""
        return self.day_of(self.clock())

    def day_of(self, instant: dt.datetime) -> dt.date:
        """The local day of an aware instant."""
        from zoneinfo import ZoneInfo

        local = instant.astimezone(ZoneInfo(self.zone))
        return (local - dt.timedelta(hours=self.settings.day_starts_hour)).date()
