"""An encounter as it was understood, and the line that says so."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from collectors.facts.social import Channel, Encounter, Initiator, Support
from disconnect.logbook.settling import LONGEST, spoken
from disconnect.logbook.words import SAID, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """One encounter; `what` is what was done, `start` and `end` are aware, in UTC."""

    what: str
    people: tuple[str, ...]
    start: dt.datetime
    end: dt.datetime
    zone: str
    channel: Channel = Channel.IN_PERSON
    place: str | None = None
    chance: bool = False
    initiator: Initiator | None = None
    meaning: int | None = None
    disclosure: int | None = None
    energy: int | None = None
    support: Support | None = None
    note: str | None = None

    @classmethod
    def of(cls, encounter: Encounter) -> "Understood":
        """An encounter as it was logged."""
        fields = {name: getattr(encounter, name) for name in encounter.__slots__}
        return cls(what="", **fields)

    def encounter(self) -> Encounter:
        """As a fact."""
        return Encounter(
            start=self.start,
            end=self.end,
            people=self.people,
            channel=self.channel,
            place=self.place,
            chance=self.chance,
            initiator=self.initiator,
            meaning=self.meaning,
            disclosure=self.disclosure,
            energy=self.energy,
            support=self.support,
            note=self.note,
            zone=self.zone,
        )

    def echo(self, today: dt.date | None = None) -> str:
        """What was understood, in one line that can itself be understood.

        Args:
            today: The local day; days of its year are told without the year.
        """
        who = f"with {listed(self.people)}" if self.people else ""
        parts = [
            " ".join(filter(None, (self.what, who))),
            SAID[self.channel],
            told(self.start, self.end, ZoneInfo(self.zone), today),
            f"at {quoted(self.place)}" if self.place else "",
            "by chance" if self.chance else "",
            f"begun by {self.initiator}" if self.initiator else "",
            f"meaning {self.meaning}" if self.meaning is not None else "",
            f"disclosure {self.disclosure}" if self.disclosure is not None else "",
            f"energy {self.energy:+}" if self.energy is not None else "",
            f"support {self.support}" if self.support else "",
            f"note: {self.note}" if self.note else "",
        ]
        return " · ".join(filter(None, parts))


def listed(names: tuple[str, ...]) -> str:
    """`Ana`, `Ana and Ben`, `Ana, Ben and Cleo`; a name that is no plain one in quotes."""
    shown = [quoted(name, name=True) for name in names]
    if len(shown) < 2:  # noqa: PLR2004 - one name needs no "and"
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def quoted(text: str, *, name: bool = False) -> str:
    """The text, in quotes unless each word of it reads as part of a name."""
    return text if plain(text, name=name) else f'"{text}"'


def told(start: dt.datetime, end: dt.datetime, zone: ZoneInfo, today: dt.date | None = None) -> str:
    """Day and times on the person's clock; the offset where the clock showed a time twice."""
    local = start.astimezone(zone)
    day = f"{local:%a} {local.day} {local:%b}"
    if not today or local.date() > today or local.year != today.year:
        day += f" {local.year}"
    if end - start == LONGEST:
        return f"{day} {_clock(start, zone)} for {spoken(end - start)}"
    return f"{day} {_clock(start, zone)}–{_clock(end, zone)}"


def _clock(instant: dt.datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    if local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset():
        return f"{local:%H:%M}"
    minutes = int((local.utcoffset() or dt.timedelta()).total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"{local:%H:%M} UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
