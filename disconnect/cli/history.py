"""Bringing in history: read by a source, held against the person's rules, written once."""

import contextlib
import datetime as dt
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from collectors.facts.screen import Activity, BadRecord, Presence
from collectors.source import Fact, History
from disconnect.cli.house import House
from disconnect.daemon import memory
from disconnect.daemon.discretion import Discretion
from disconnect.errors import DisconnectError, NothingThereError, UsageProblemError
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

if TYPE_CHECKING:
    from collectors.browsers.profiles import Profile

KNOWN = ("browsers", "csv")
AT_ONCE = 5000
"""Facts a transaction: a stop in between loses none that were counted."""
MOST_SHOWN = 20
LOOK_BACK = dt.timedelta(days=1)
"""How far before the newest row a history is read again: open pages grow longer afterwards."""
LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(slots=True)
class Tally:
    """What became of the records of one source, or of all."""

    read: int = 0
    added: int = 0
    already_there: int = 0
    left_out: int = 0
    refused: list[BadRecord] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    """What stopped a source of others, in one line each."""

    def __str__(self) -> str:
        """All counts on one line."""
        left_out = f", left out by your settings {self.left_out}" if self.left_out else ""
        return (
            f"read {self.read}, added {self.added}, already there {self.already_there},"
            f" refused {len(self.refused)}{left_out}"
        )

    def take_in(self, other: "Tally") -> None:
        """Add another's counts."""
        self.read += other.read
        self.added += other.added
        self.already_there += other.already_there
        self.left_out += other.left_out
        self.refused += other.refused
        self.failed += other.failed


def bring_in(
    house: House, source: str, paths: tuple[Path, ...], *, dry_run: bool, ask: bool, brief: bool
) -> None:
    """Read every history asked for, write what is new, and say what became of it."""
    histories = _histories(house, source, paths)
    if source == "browsers" and not paths and ask:
        _confirm(histories)
    total, came = Tally(), False
    with _database(house, dry_run=dry_run) as connection:
        discretion = Discretion.of(house.settings.collect, memory.salt(connection))
        for history in histories:
            since = LONG_AGO if paths else _since(connection, history)
            tally = _one(connection, history, since, discretion)
            total.take_in(tally)
            came |= tally.added + tally.already_there + tally.left_out > 0 or not tally.refused
            if not brief:
                click.echo(f"{history.name}: {tally}")
    if brief or len(histories) > 1:
        click.echo(f"together: {total}" if not brief else str(total))
    _complain(total.refused)
    if total.failed:
        raise DisconnectError(f"{'; '.join(total.failed)}; what came before it is brought in")
    if dry_run:
        click.echo("nothing was written (--dry-run)", err=True)
    if not came:
        raise DisconnectError("nothing was brought in: all there was is refused, as told above")


def _since(connection: sqlite3.Connection, history: History) -> dt.datetime:
    """From when on a history is new; never from before something was forgotten."""
    newest = memory.newest(connection, history.name) - LOOK_BACK
    return max(newest, memory.forgotten_at(connection))


def _histories(house: House, source: str, paths: tuple[Path, ...]) -> list[History]:
    theirs = {} if source in KNOWN else _of_others(source)
    for path in paths:
        if not path.exists():
            raise DisconnectError(f"there is no file {path}")
    if theirs:
        (kind,) = theirs.values()
        return [_made(kind, path, house) for path in paths or (None,)]
    if source == "csv":
        if not paths:
            raise UsageProblemError(
                "import csv takes the files to read: disconnect import csv FILE"
            )
        return [_table(path, house) for path in paths]
    return _browsers(house, paths)


def _of_others(word: str) -> "dict[str, type[History]]":
    """The source of another package that goes by this name, or by the last part of it."""
    from collectors.registry import broken, importable

    try:
        every = importable()
    except ValueError as error:
        raise DisconnectError(f"{error}; uninstall one of the packages") from error
    meant = {name: one for name, one in every.items() if word in {name, name.partition("/")[2]}}
    if len(meant) == 1:
        return meant
    if word in broken():
        raise DisconnectError(f"the source {word} cannot be loaded: {broken()[word]}")
    known = ", ".join((*KNOWN, *every))
    raise UsageProblemError(f"there is no source {word!r} to import; known: {known}")


def _made(kind: "type[History]", path: Path | None, house: House) -> History:
    from collectors.registry import history

    try:
        return history(kind, path, zone=house.zone, device=_device())
    except ValueError as error:
        raise UsageProblemError(str(error)) from error
    except Exception as error:
        raise DisconnectError(f"{kind.name} {_stopped(error)}") from error


def _browsers(house: House, paths: tuple[Path, ...]) -> list[History]:
    from collectors.browsers import profiles

    found = [_named(path) for path in paths] if paths else profiles.found(Path.home())
    if not found:
        raise NothingThereError(
            "no browser history was found; give its file: disconnect import browsers PATH"
        )
    return [cast("History", profiles.source(profile, _device(), house.zone)) for profile in found]


def _named(path: Path) -> "Profile":
    from collectors.browsers import profiles

    profile = profiles.of_file(path.absolute())
    if profile is None:
        raise UsageProblemError(
            f"{path} is no browser's history; those are called History or places.sqlite"
        )
    return profile


def _device() -> str:
    return platform.node() or "this-device"


def _table(path: Path, house: House) -> History:
    from collectors.imports.table import Table

    return cast("History", Table(path, house.zone, _device()))


def _confirm(histories: Iterable[History]) -> None:
    names = "\n".join(f"  {history.name}" for history in histories)
    if not sys.stdin.isatty():
        raise UsageProblemError(f"it would read these; say --yes to let it:\n{names}")
    click.echo(
        f"These browser histories are read, and copied into your own database:\n{names}", err=True
    )
    if not click.confirm("Read them?", default=True, err=True):
        raise DisconnectError("nothing was read")


@contextlib.contextmanager
def _database(house: House, *, dry_run: bool) -> Iterator[sqlite3.Connection]:
    """The database; for a dry run a copy of it that is thrown away."""
    with contextlib.ExitStack() as stack:
        path = house.home.database
        if dry_run:
            folder = Path(
                stack.enter_context(tempfile.TemporaryDirectory(prefix="disconnect-dry-run-"))
            )
            if path.exists():
                _copy(path, folder / path.name)
            path = folder / path.name
        else:
            house.home.prepare()
        yield stack.enter_context(contextlib.closing(connect(path)))


def _copy(source: Path, target: Path) -> None:
    with (
        contextlib.closing(connect(source, read_only=True)) as old,
        contextlib.closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


def _one(
    connection: sqlite3.Connection, history: History, since: dt.datetime, discretion: Discretion
) -> Tally:
    tally = Tally()
    missing = history.missing()
    if missing:
        tally.refused.append(BadRecord(history.name, missing))
        return tally
    writer = Writer(connection)
    for batch in _batches(_kept(_facts(history, since, tally), discretion, tally)):
        written = writer.write(batch)
        tally.added += written.added
        tally.already_there += written.extended + written.unchanged
    return tally


def _facts(history: History, since: dt.datetime, tally: Tally) -> Iterator[Fact | BadRecord]:
    """What it yields; where its own code fails, or it yields something else, that is told."""
    try:
        for fact in history.facts(since):
            yield _checked(fact, history.name)
    except (DisconnectError, sqlite3.Error):
        raise
    except Exception as error:  # noqa: BLE001 - it may be somebody else's code: one line, no more
        tally.failed.append(f"{history.name} {_stopped(error)}")


def _checked(fact: object, name: str) -> Fact | BadRecord:
    """What a source yields, unless it is no fact, or calls itself by another's name."""
    if isinstance(fact, Activity | Presence) and name != "imports/csv":  # a table may be our export
        if _room(fact.source) != _room(name):
            return BadRecord(name, f"a row that calls its source {fact.source}")
        return fact
    if isinstance(fact, Fact | BadRecord):
        return fact
    return BadRecord(name, f"a {type(fact).__name__}, which is no fact")


def _room(name: str) -> str:
    return name.partition("/")[0]


def _stopped(error: Exception) -> str:
    return f"stopped: {type(error).__name__}: {error}".splitlines()[0]


def _kept(
    facts: Iterable[Fact | BadRecord], discretion: Discretion, tally: Tally
) -> Iterator[Fact]:
    """The facts that may be written, the others counted; progress on a terminal only."""
    for fact in facts:
        tally.read += 1
        if isinstance(fact, BadRecord):
            tally.refused.append(fact)
            continue
        kept = discretion.fact(fact)
        if kept is None:
            tally.left_out += 1
        else:
            yield kept
        if tally.read % AT_ONCE == 0 and sys.stderr.isatty():
            click.echo(f"\r{tally.read} read …", err=True, nl=False)


def _batches(facts: Iterator[Fact]) -> Iterator[list[Fact]]:
    while batch := list(islice(facts, AT_ONCE)):
        yield batch


def _complain(refused: list[BadRecord]) -> None:
    for record in refused[:MOST_SHOWN]:
        click.echo(f"refused {record.where}: {record.why}", err=True)
    if len(refused) > MOST_SHOWN:
        click.echo(f"… and {len(refused) - MOST_SHOWN} more", err=True)
