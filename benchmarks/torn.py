"""Whether any bytes in the database's file stop a command with more than one clear line.

    python -m benchmarks.torn [--files 2000] [--seed 0]

Each file is a small life, torn in one of several ways – many of them in the pages that describe
its tables. `start`'s opening, `status`, `doctor`, `today`, `log`, `export` and `sql` are run on it,
within this process; then it is opened as the collector does, which saves what can be read.
"""

import argparse
import contextlib
import datetime as dt
import random
import shutil
import sqlite3
import tempfile
import traceback
from collections import Counter
from pathlib import Path

from click.testing import CliRunner

from collectors.facts.screen import Activity, Presence, PresenceState
from disconnect import clock
from disconnect.cli.main import commands
from disconnect.daemon.foreground import Opening
from disconnect.errors import DisconnectError
from disconnect.home import Home
from disconnect.store.opening import connect, damage
from disconnect.store.writing import Writer

PAGE = 4096
CALLS: tuple[tuple[str, ...], ...] = (
    ("status",),
    ("doctor",),
    ("today",),
    ("log", "--with", "Ana", "--start", "2026-10-05T16:00", "--for", "1h"),
    ("export", "{folder}/all.zip"),
    ("sql", "SELECT count(*) FROM activities"),
)
_NOON = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)


def life(path: Path, rows: int = 400) -> None:
    """Write a small life."""
    minute = dt.timedelta(minutes=1)
    with contextlib.closing(connect(path)) as connection:
        writer = Writer(connection)
        for first in range(0, rows, 50):
            writer.write(
                Activity(
                    start=_NOON + number * minute,
                    end=_NOON + (number + 1) * minute,
                    device="laptop",
                    source="desktop/x11",
                    app=f"app {number % 7}",
                    title=f"title {number}",
                )
                for number in range(first, first + 50)
            )
        there = Presence(
            start=_NOON,
            end=_NOON + rows * minute,
            device="laptop",
            source="presence/daemon",
            state=PresenceState.ACTIVE,
        )
        writer.write([there])
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def tear(content: bytes, dice: random.Random) -> bytes:  # noqa: C901 - one way after another
    """The bytes of a file, torn in one way."""
    data = bytearray(content)
    pages = len(data) // PAGE
    # Half of the tears are where the tables are described: on the first page and its children.
    page = dice.choice([0, *_schema(content), dice.randrange(pages)])
    at, end = page * PAGE, (page + 1) * PAGE
    way = dice.randrange(8)
    if way == 0:
        for _ in range(dice.randint(1, 40)):
            data[dice.randrange(at, end)] = dice.randrange(256)
    elif way == 1:
        data[at:end] = dice.randbytes(PAGE)
    elif way == 2:
        first = dice.randrange(at, end)
        last = min(end, first + dice.randint(1, 400))
        data[first:last] = dice.randbytes(last - first)
    elif way == 3:
        other = dice.randrange(pages) * PAGE
        data[at:end], data[other : other + PAGE] = data[other : other + PAGE], data[at:end]
    elif way == 4:
        del data[dice.randrange(len(data)) :]
    elif way == 5:
        data[at:end] = bytes(PAGE)
    elif way == 6:
        data[dice.randrange(100)] = dice.randrange(256)
    else:
        for found in range(dice.randint(1, 6)):
            place = content.find(dice.choice([b"CREATE", b"TABLE", b"activity", b"INTEGER"]), found)
            place = max(place, 0) + dice.randrange(12)
            data[place] = dice.randrange(128, 256)
    return bytes(data)


def _schema(content: bytes) -> list[int]:
    """The pages, counted from 0, on which tables are described, the first one left out."""
    if content[100] != 0x05:
        return []
    count = int.from_bytes(content[103:105], "big")
    cells = [int.from_bytes(content[112 + 2 * n : 114 + 2 * n], "big") for n in range(count)]
    children = [int.from_bytes(content[cell : cell + 4], "big") for cell in cells]
    return [page - 1 for page in (*children, int.from_bytes(content[108:112], "big"))]


def wrong(home: Home) -> list[str]:
    """What went worse than one clear line, for each call and then for the collector's opening."""
    found = []
    for call in CALLS:
        words = [word.format(folder=home.folder.parent) for word in call]
        done = CliRunner().invoke(commands, ["--home", str(home.folder), *words])
        told = done.stderr.strip().splitlines()
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            found.append(f"{call[0]}: {''.join(traceback.format_exception(done.exception))}")
        elif "went wrong in disconnect itself" in done.stderr or (
            done.exit_code and call[0] != "doctor" and len(told) != 1
        ):
            found.append(f"{call[0]}: {done.stderr}")
    try:
        with contextlib.closing(Opening(home, clock.system)()) as connection:
            torn = damage(connection)
            connection.execute("SELECT count(*) FROM activities").fetchone()
            if torn:
                found.append(f"start: still damaged: {torn}")
    except DisconnectError as error:
        found.append(f"start: {error}")
    except Exception:  # noqa: BLE001 - any other is what is looked for
        found.append(f"start: {traceback.format_exc()}")
    return found


def saved(home: Home) -> int:
    with contextlib.closing(sqlite3.connect(home.database)) as connection:
        return int(connection.execute("SELECT count(*) FROM activity").fetchone()[0])


def run(files: int, seed: int, *, show: int = 3) -> Counter[str]:
    """Tear so many files; how many were worse than one line, by call."""
    worse: Counter[str] = Counter()
    kept = 0
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole" / "disconnect.sqlite"
        life(whole)
        content = whole.read_bytes()
        for number in range(files):
            home = Home(Path(folder) / "torn").prepare()
            home.database.write_bytes(tear(content, random.Random(f"{seed}/{number}")))  # noqa: S311
            found = wrong(home)
            for one in found:
                call = one.partition(":")[0]
                worse[call] += 1
                if worse[call] <= show:
                    print(f"--- file {seed}/{number}, {one}")
            kept += saved(home) if not found else 0
            shutil.rmtree(home.folder)
    print(
        f"{files} files: {sum(worse.values())} calls told more or less than one line {dict(worse)}"
    )
    print(f"{kept / files / 400:.1%} of the rows of a file were saved on average")
    return worse


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_known_args()[0]
    run(wanted.files, wanted.seed)


if __name__ == "__main__":
    main()
