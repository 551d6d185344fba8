"""Hours by category over two years: ActivityWatch's own query and ours, over the same events.

    python -m benchmarks.against_activitywatch [--events 1000000] [--storage sqlite|peewee]

ActivityWatch's library is installed into a virtual environment that is thrown away afterwards, and
asked with its own SQLite storage; no server, no network in between. Both are whole processes, from
the start of Python to the answer: ours is `disconnect query`. Where the two mean the same (apps
with one rule each, windows that do not overlap, somebody there or not) the hours must be equal.
"""

import argparse
import datetime as dt
import json
import random
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.processes import Took, beside, middle, once

FIRST = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
DAYS = 730
PRESENCES_A_DAY = 40
DAY_SECONDS = 15 * 3600
APPS = ("xterm", "gimp", "thunderbird", "spotify", "evince", "steam", "gnome-calculator")
LIMIT = 1 / 20
WRITE, THEIR_RUNS = "write", 3

Span = tuple[dt.datetime, int, str, str]  # start, seconds, what, title


def windows(events: int) -> Iterator[Span]:
    """Windows in front from 07:00 on, one behind the other; the same for the same number."""
    rng = random.Random(1)  # noqa: S311 - not for secrets
    for day in range(DAYS):
        count = events // DAYS + (day < events % DAYS)
        at = FIRST + dt.timedelta(days=day, hours=7)
        for _ in range(count):
            seconds = rng.randrange(1, 2 * DAY_SECONDS // count)
            yield at, seconds, rng.choice(APPS), f"Document {rng.randrange(20_000)}"
            at += dt.timedelta(seconds=seconds)


def presences() -> Iterator[Span]:
    """Somebody there and nobody there by turns, from 07:00 on."""
    rng = random.Random(2)  # noqa: S311 - not for secrets
    for day in range(DAYS):
        at = FIRST + dt.timedelta(days=day, hours=7)
        for number in range(PRESENCES_A_DAY):
            seconds = rng.randrange(600, 1600) if number % 2 == 0 else rng.randrange(60, 700)
            yield at, seconds, ("not-afk", "afk")[number % 2], ""
            at += dt.timedelta(seconds=seconds)


def theirs_written(events: int, storage: str) -> None:
    """Write; runs where ActivityWatch's library is."""
    from aw_core.models import Event  # type: ignore[import-not-found,unused-ignore]

    store = _store(storage)

    def fill(bucket: str, spans: Iterator[Span], data: Callable[[Span], dict[str, str]]) -> None:
        store.create_bucket(bucket, "benchmark", "benchmark", "here", FIRST)
        while some := list(islice(spans, 10_000)):
            made = [
                Event(timestamp=s[0], duration=dt.timedelta(seconds=s[1]), data=data(s))
                for s in some
            ]
            store[bucket].insert(made)

    fill("window", windows(events), lambda s: {"app": s[2], "title": s[3]})
    fill("afk", presences(), lambda s: {"status": s[2]})


def theirs(storage: str, rules: list[list[object]]) -> None:
    """Ask; runs where ActivityWatch's library is, and prints JSON."""
    from aw_query.query2 import query  # type: ignore[import-not-found,unused-ignore]

    asked = f"""
        there = query_bucket("afk");
        there = filter_keyvals(there, "status", ["not-afk"]);
        there = period_union(there, []);
        events = query_bucket("window");
        events = filter_period_intersect(events, there);
        events = categorize(events, {json.dumps(rules)});
        RETURN = merge_events_by_keys(events, ["$category"]);
    """
    found = query("hours", asked, FIRST, FIRST + dt.timedelta(days=DAYS), _store(storage))
    hours = {"/".join(e.data["$category"]): e.duration.total_seconds() / 3600 for e in found}
    print(json.dumps(hours))


def _store(storage: str) -> Any:
    from aw_datastore import (  # type: ignore[import-not-found,unused-ignore]
        Datastore,
        get_storage_methods,
    )

    return Datastore(get_storage_methods()[storage], testing=True)


def ours(events: int, folder: Path) -> tuple[Took, Took, dict[str, float]]:
    """What the command took from nothing and warm, and the hours by category."""
    from disconnect.home import Home

    _write(Home(folder).prepare().database, events)
    last = (FIRST + dt.timedelta(days=DAYS)).date().isoformat()
    words = [sys.executable, "-m", "disconnect", "--home", str(folder), "query"]
    words += [
        "--group",
        "category",
        "--from",
        FIRST.date().isoformat(),
        "--to",
        last,
        "--format",
        "json",
    ]
    answer = folder / "answer.json"
    nothing = once(words, answer)
    warm = middle([once(words, answer) for _ in range(7)])
    hours = {row["category"]: row["hours"] for row in json.loads(answer.read_text())}
    return nothing, warm, hours


def _write(database: Path, events: int) -> None:
    from collectors.facts.screen import Activity, Presence, PresenceState
    from disconnect.store.opening import connect
    from disconnect.store.writing import Writer

    states = {"not-afk": PresenceState.ACTIVE, "afk": PresenceState.IDLE}
    active = (
        Activity(
            start=start, end=start + dt.timedelta(seconds=seconds), device="here",
            source="desktop/x11", app=app, title=title,
        )
        for start, seconds, app, title in windows(events)
    )  # fmt: skip
    there = (
        Presence(
            start=start, end=start + dt.timedelta(seconds=seconds), device="here",
            source="presence/daemon", state=states[what],
        )
        for start, seconds, what, _ in presences()
    )  # fmt: skip
    connection = connect(database)
    writer = Writer(connection)
    for facts in (active, there):
        while some := list(islice(facts, 50_000)):
            writer.write(some)
    connection.close()


def rules() -> list[list[object]]:
    """ActivityWatch's rules that say of each app what ours say."""
    from disconnect.sorting.sorter import Sorter

    sorter = Sorter.load(None)
    return [
        [
            sorter.categories[sorter.sort(app, None, None, None)].split("/"),
            {"type": "regex", "regex": f"^{app}$", "select_keys": ["app"]},
        ]
        for app in APPS
    ]


def main() -> None:
    """Print the hours of both, and what each took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--storage", choices=("sqlite", "peewee"), default="sqlite")
    parser.add_argument("--theirs", metavar="RULES", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.theirs == WRITE:
        theirs_written(options.events, options.storage)
    elif options.theirs:
        theirs(options.storage, json.loads(options.theirs))
    else:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            other, hours = _asked_there(place, options.events, options.storage)
            _compare((other, hours), ours(options.events, place / "home"))


def _asked_there(place: Path, events: int, storage: str) -> tuple[Took, dict[str, float]]:
    venv.create(place / "venv", with_pip=True)
    python, answer = place / "venv" / "bin" / "python", place / "answer.json"
    pip = [python, "-m", "pip", "install", "--quiet", "aw-core", "peewee<4"]
    subprocess.run(pip, check=True, stderr=subprocess.DEVNULL)
    words = [python, __file__, "--events", str(events), "--storage", storage, "--theirs"]
    env = {"HOME": str(place), "XDG_DATA_HOME": str(place), "TZ": "UTC"}
    env["PYTHONPATH"] = str(Path(__file__).parents[1])
    once([*words, WRITE], env=env)
    took = [once([*words, json.dumps(rules())], answer, env) for _ in range(THEIR_RUNS)]
    return middle(took), json.loads(answer.read_text())


def _compare(
    other: tuple[Took, dict[str, float]], mine: tuple[Took, Took, dict[str, float]]
) -> None:
    (seconds, theirs), (nothing, warm, own) = other, mine
    print(f"{'hours':30} {'disconnect':>12} {'ActivityWatch':>14}")
    for name in sorted({*own, *theirs}):
        print(f"{name:30} {own.get(name, 0):12.4f} {theirs.get(name, 0):14.4f}")
    same = {name: round(value * 3600) for name, value in own.items()} == {
        name: round(value * 3600) for name, value in theirs.items()
    }
    print("the hours are equal" if same else "the hours DIFFER")
    beside("hours by category over two years, warm / ActivityWatch", warm, seconds, LIMIT)
    beside("the same from nothing", nothing, seconds, 1)
    print(
        f"{seconds.cpu / warm.cpu:.0f} times less processor time warm,"
        f" {seconds.cpu / nothing.cpu:.1f} times from nothing"
    )
    if not same:
        sys.exit(1)


if __name__ == "__main__":
    main()
