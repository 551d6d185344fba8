"""What every command is handed: the home, the clock, and the person's settings."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from disconnect import clock as clocks
from disconnect import settings as settings_file
from disconnect.clock import Clock
from disconnect.home import Home
from disconnect.settings import Settings


@dataclass
class House:
    """The home a command works in, and what time it is there."""

    home: Home
    clock: Clock = clocks.system
    debug: bool = False

    @cached_property
    def settings(self) -> Settings:
        """The person's settings, read once; all defaults where there is no file."""
        return settings_file.load(self.home.settings)

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
        local = instant.astimezone(ZoneInfo(self.zone))
        return (local - dt.timedelta(hours=self.settings.day_starts_hour)).date()
