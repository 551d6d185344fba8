"""The settings: one TOML file in the home, every key checked, each with a default."""

import dataclasses
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from disconnect.errors import DisconnectError
from disconnect.settings_rules import kind_in_words, objection

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Collect:
    """What is collected, and how finely."""

    idle_after: float = 180.0
    """Seconds without input after which nobody counts as there."""
    sample_every: float = 5.0
    """Seconds between two looks when the desktop reports no event [1..5]."""
    titles: bool = True
    """Whether window and page titles are kept."""
    pages: bool = True
    """Whether the path of a visited page is kept (never its query)."""
    titles_without_history: tuple[str, ...] = ()
    """Browsers, such as `qutebrowser`, whose titles are kept although no history of theirs can be
    read: their private windows are then recorded, too."""
    browsers: bool = True
    """Whether the daemon reads browser histories."""
    browsers_every: float = 300.0
    """Seconds between two readings of browser histories."""
    drop: tuple[str, ...] = ()
    """Regular expressions: what matches app, title, site or page is not recorded."""
    hash: tuple[str, ...] = ()
    """Regular expressions: titles and pages that match are kept only as a hash."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who you are, where you want reference values of people like you; all of it optional."""

    birth_year: int = 0
    """Your year of birth; 0: not said."""
    age_band: str = ""
    """15-19, 20-24, 25-34, 35-44, 45-54, 55-64, 65-74 or 75+, instead of the year of birth."""
    sex: str = ""
    """female or male, as the survey behind the reference asked; empty: not said."""


@dataclass(frozen=True, slots=True)
class Report:
    """The report that the daemon makes by itself."""

    when: str = ""
    """Weekday and local time, such as `mon 08:00`; empty: never."""
    period: str = "last-week"
    """The period it covers, in the words of `--period`."""
    folder: str = ""
    """The folder it is written into; empty: `reports` in the home."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long rows are kept; 0: for ever."""

    activities_days: int = 0
    """Days after which activities and presence are deleted."""
    titles_days: int = 0
    """Days after which titles and pages are deleted, the hours kept."""


@dataclass(frozen=True, slots=True)
class Checkin:
    """What check-ins ask, and when they call."""

    notify_at: str = ""
    """Local time of at most one desktop notification a day, such as `20:30`; empty: never."""
    work: bool = True
    """Whether you work, and are asked how work burns you out once in four weeks."""


@dataclass(frozen=True, slots=True)
class Ramp:
    """How one input counts in the Recovery-Load Index."""

    weight: float = 0.0
    """Its weight; 0 leaves it out."""
    low: float = 0.0
    """The value at which its ramp begins."""
    high: float = 1.0
    """The value at which it is full."""


@dataclass(frozen=True, slots=True)
class Load:
    """The Recovery-Load Index: weights and bounds are expert guesses, and yours to change."""

    half_life: float = 7.0
    """Days after which a day weighs half as much."""
    home: tuple[str, ...] = ("home", "at home", "my place", "my home", "zuhause", "daheim")
    """Places where meeting somebody is no day out."""
    online_hours: Ramp = Ramp(20, 3, 12)
    """Online communication [h/day]."""
    long_day_share: Ramp = Ramp(8, 0, 0.5)
    """Share of days with 12 h of it or more."""
    late_night_hours: Ramp = Ramp(10, 0.25, 2)
    """Use of devices in the quiet hours [h/day]."""
    rest_window_hours: Ramp = Ramp(10, 5, 8)
    """Longest time without any use [h]; less is more load."""
    unbroken_share: Ramp = Ramp(7, 0.2, 0.8)
    """Share of online time in stretches over 90 min without a break of 10."""
    broadcast_share: Ramp = Ramp(5, 0.3, 0.9)
    """Share of feeds and posts in online communication."""
    in_person_hours: Ramp = Ramp(15, 0, 1)
    """Time with people [h/day]; less is more load."""
    days_since_met: Ramp = Ramp(10, 1, 7)
    """Days since anybody was met."""
    people_met_14d: Ramp = Ramp(6, 0, 5)
    """Different people met in 14 days; fewer is more load."""
    outing_share: Ramp = Ramp(4, 0, 4 / 7)
    """Share of days on which somebody was met away from home; less is more load."""
    support_per_week: Ramp = Ramp(5, 0, 2)
    """Times a week somebody gave support; less is more load."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person can set."""

    day_starts: str = "00:00"
    """Local time at which a new day begins."""
    week_starts: str = "mon"
    """First day of a week."""
    quiet_hours: str = "22:00-06:00"
    """Local hours meant for rest."""
    person: Person = field(default_factory=Person)
    collect: Collect = field(default_factory=Collect)
    report: Report = field(default_factory=Report)
    retention: Retention = field(default_factory=Retention)
    checkin: Checkin = field(default_factory=Checkin)
    load: Load = field(default_factory=Load)

    @property
    def day_starts_hour(self) -> int:
        """The local hour (0..23) at which a new day begins."""
        return int(self.day_starts[:2])

    @property
    def quiet_minutes(self) -> tuple[int, int]:
        """The minutes of the day (0..1439) at which quiet hours begin and end."""
        begins, ends = (int(at[:2]) * 60 + int(at[3:]) for at in self.quiet_hours.split("-"))
        return begins, ends


def load(path: Path) -> Settings:
    """Read and check the settings file; a missing file means all defaults.

    Raises:
        DisconnectError: The file cannot be read, is no TOML, or has a wrong key or value;
            the message names line and key.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise DisconnectError(f"cannot read the settings {path}: {error}") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DisconnectError(f"{path}: not valid TOML: {error}") from error
    return _section(Settings(), table, "", _Place(path, text))


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    text: str

    def wrong(self, prefix: str, key: str, why: str) -> DisconnectError:
        line = self._line_of(prefix.rstrip("."), key)
        return DisconnectError(f"{self.path}, line {line}: {prefix}{key}: {why}")

    def _line_of(self, section: str, key: str) -> int:
        here = ""
        for number, line in enumerate(self.text.splitlines(), start=1):
            if line.strip().startswith("["):
                here = line.split("#")[0].strip().strip("[]").strip()
                if not section and here == key:
                    return number
            elif here == section and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
                return number
        return 1


def _section(default: S, table: dict[str, Any], prefix: str, place: _Place) -> S:
    """The default with what the table says in place of its values."""
    kinds = {f.name: f.type for f in dataclasses.fields(default)}  # type: ignore[arg-type]
    fields = list(kinds)
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in fields:
            import difflib

            near = difflib.get_close_matches(key, fields, n=1)
            hint = f"; did you mean {near[0]}?" if near else f"; known: {', '.join(fields)}"
            raise place.wrong(prefix, key, f"no such setting{hint}")
        usual = getattr(default, key)
        if kinds[key] is float:
            usual = float(usual)  # 3 stands for 3.0 among the defaults
        values[key] = _value(usual, value, (prefix, key), place)
    made = dataclasses.replace(default, **values)  # type: ignore[type-var]
    if isinstance(made, Ramp) and made.low >= made.high:
        section, _, key = prefix.rstrip(".").rpartition(".")
        raise place.wrong(f"{section}.", key, f"low must be less than high, not {made.low:g}")
    return made


def _value(default: Any, value: Any, where: tuple[str, str], place: _Place) -> Any:
    prefix, key = where
    kind = type(default)
    if dataclasses.is_dataclass(default):
        if not isinstance(value, dict):
            raise place.wrong(prefix, key, "a section, written [" + prefix + key + "]")
        return _section(default, value, f"{prefix}{key}.", place)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if kind is tuple:
        if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            raise place.wrong(prefix, key, "must be a list of texts")
        value = tuple(value)
    elif type(value) is not kind:
        raise place.wrong(prefix, key, f"must be {kind_in_words(kind)}, not {value!r}")
    why = objection(prefix + key, value)
    if why:
        raise place.wrong(prefix, key, why)
    return value
