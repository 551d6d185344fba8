"""Activities, presence, or counts of reach, from a table: a CSV file whose header says which."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from collectors.cells import unguarded
from collectors.facts.screen import Activity, BadRecord, Presence, PresenceState
from collectors.facts.social import Reach

SPAN = ("start", "end")
TOLD = ("app", "state")
"""At least one of these says what a row is of."""
REACH = ("day", "platform", "people")
_UNCLOSED = "unexpected end of data"
OPTIONAL = ("title", "site", "page", "device", "source", "zone")
_SOURCE = re.compile(r"(?:desktop|presence|processes|browsers|imports)/\S(?:.*\S)?")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file in UTF-8, separated by comma, semicolon or tab, its first line the header.

    A row is an activity (`start`, `end`, `app`, and what else is known), presence (`start`,
    `end`, `state`) or, where the header has these instead, how many a platform reached (`day`,
    `platform`, `people`). A header with both `app` and `state` has rows of either kind; one that
    says both is both. Times are ISO 8601; one without an offset is local in the row's `zone`. An
    apostrophe that keeps a spreadsheet from running a cell is no part of its text.

    Args:
        path: The file.
        zone: IANA name, for rows that name no zone.
        device: For rows that name no device.
    """

    path: Path | None = None
    zone: str = "UTC"
    device: str = "table"
    name = "imports/csv"

    def missing(self) -> str | None:
        """Say that the file is not there; None when it can be read, or none is named yet."""
        if self.path is not None and not self.path.is_file():
            return f"there is no file {self.path}"
        return None

    def facts(self, since: datetime) -> Iterator[Activity | Presence | Reach | BadRecord]:
        """Yield what ends after `since`, counts of any day, and each row that cannot be read."""
        if self.path is None:
            return
        # Bytes that are no UTF-8 spoil their own row only.
        with self.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
            for fact in self._rows(lines):
                if not isinstance(fact, Activity | Presence) or fact.end > since:
                    yield fact

    def _rows(self, lines: TextIO) -> Iterator[Activity | Presence | Reach | BadRecord]:
        rows = csv.reader(lines, delimiter=_separator(lines), strict=True)
        try:
            header = [name.strip().lower() for name in next(rows, [])]
        except csv.Error as error:
            yield BadRecord(self._place(1), _in_words(error))
            return
        counts = all(name in header for name in REACH)
        lacking = [name for name in SPAN if name not in header]
        if not any(name in header for name in TOLD):
            lacking.append(" or ".join(TOLD))
        if lacking and not counts:
            yield BadRecord(self._place(1), f"no column {', '.join(lacking)} in the header")
            return
        asked = " or ".join(name for name in TOLD if name in header)
        while True:
            line = rows.line_num + 1
            try:
                values = next(rows)
                if any(value.strip() for value in values):
                    told = _told(dict(zip(header, values, strict=False)))
                    yield from [_reach(told)] if counts else self._seen(told, asked)
            except StopIteration:
                return
            except (csv.Error, ValueError, OverflowError) as error:
                yield BadRecord(self._place(line), _in_words(error))

    def _seen(self, told: dict[str, str], words: str) -> list[Activity | Presence]:
        if not (told.get("app") or told.get("state")):
            raise ValueError(f"no {words}")
        found: list[Activity | Presence] = [self._activity(told)] if told.get("app") else []
        return [*found, self._presence(told)] if told.get("state") else found

    def _presence(self, told: dict[str, str]) -> Presence:
        state, zone = told["state"].lower(), told.get("zone") or self.zone
        if state not in tuple(PresenceState):
            raise ValueError(f"no such state: {state!r}; there are {', '.join(PresenceState)}")
        return Presence(
            start=instant(told.get("start", ""), zone),
            end=instant(told.get("end", ""), zone),
            device=told.get("device") or self.device,
            source=self._source(told),
            state=PresenceState(state),
            zone=zone,
        )

    def _source(self, told: dict[str, str]) -> str:
        """What an export of ours says of a row's source: what the row counts as hangs on it."""
        said = told.get("source", "")
        return said if _SOURCE.fullmatch(said) else self.name

    def _activity(self, told: dict[str, str]) -> Activity:
        zone = told.get("zone") or self.zone
        site, page = place(told.get("site", ""), told.get("page", ""))
        return Activity(
            start=instant(told.get("start", ""), zone),
            end=instant(told.get("end", ""), zone),
            device=told.get("device") or self.device,
            source=self._source(told),
            app=told["app"].lower(),
            title=told.get("title") or None,
            site=site,
            page=page,
            zone=zone,
        )

    def _place(self, line: int) -> str:
        return f"{self.path.name if self.path else 'table'}:{line}"


def _told(row: dict[str, str]) -> dict[str, str]:
    if any(not value.isascii() and not _is_text(value) for value in row.values()):
        raise ValueError("not UTF-8")
    return {name: unguarded(value.strip()) for name, value in row.items()}


def _reach(told: dict[str, str]) -> Reach:
    day, people = told.get("day", ""), told.get("people", "")
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise ValueError(f"not a day: {day!r}") from None
    if not (people.isascii() and people.isdigit()):
        raise ValueError(f"not a number of people: {people!r}")
    return Reach(day=when, platform=told.get("platform", ""), people=int(people))


def instant(text: str, zone: str) -> datetime:
    """A time of the table in UTC.

    Raises:
        ValueError: It is no time, the zone is unknown, or the clocks there skipped it.
    """
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"not a time: {text!r}") from None
    rules = _rules(zone)
    if told.tzinfo is not None:
        return told.astimezone(UTC)
    local = told.replace(tzinfo=rules)
    there = local.astimezone(UTC)
    if there.astimezone(rules).replace(tzinfo=None) != told:
        raise ValueError(f"{text} did not happen in {zone}: the clocks were set forward")
    return there


def place(site: str, page: str) -> tuple[str | None, str | None]:
    """Host and path of what may be a whole address: lower case, no `www.`, port or query."""
    address = urlsplit(site if "//" in site else f"//{site}")
    host = (address.hostname or "").removeprefix("www.")
    path = urlsplit(page or address.path).path
    return host or None, (path or None) if host else None


@cache
def _rules(zone: str) -> ZoneInfo:
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"no such zone: {zone!r}") from None


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _in_words(error: Exception) -> str:
    """What is wrong with a line; of `csv` itself one error says too little."""
    return "a quote is opened and never closed" if str(error) == _UNCLOSED else str(error)


def _separator(lines: TextIO) -> str:
    """The separator that the header uses most; the file is left at its beginning."""
    header = lines.readline()
    lines.seek(0)
    return max(",;\t", key=header.count)
