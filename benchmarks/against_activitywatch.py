"""Hours by category over two years: ActivityWatch's own query and ours, over the same events.

    python -m benchmarks.against_activitywatch [--events 1000000] [--storage peewee|memory]

ActivityWatch's library is installed into a virtual environment that is thrown away afterwards,
and asked in its process: no server, no network in between. Where the two mean the same (apps with
one rule each, windows that do not overlap, somebody there or not) the hours must be equal.
"""

import argparse
import datetime as dt
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

FIRST = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
DAYS = 730
PRESENCES_A_DAY = 40
DAY_SECONDS = 15 * 3600
APPS = ("xterm", "gimp", "thunderbird", "spotify", "evince", "steam", "gnome-calculator")
LIMIT = 1 / 100

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


def theirs(events: int, storage: str, rules: list[list[object]]) -> None:
    """Write and ask; runs where ActivityWatch's library is, and prints JSON."""
    from aw_core.models import Event  # type: ignore[import-not-found,unused-ignore]
    from aw_datastore import (  # type: ignore[import-not-found,unused-ignore]
        Datastore,
        get_storage_methods,
    )
    from aw_query.query2 import query  # type: ignore[import-not-found,unused-ignore]

    store = Datastore(get_storage_methods()[storage], testing=True)

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
    asked = f"""
        there = query_bucket("afk");
        there = filter_keyvals(there, "status", ["not-afk"]);
        there = period_union(there, []);
        events = query_bucket("window");
        events = filter_period_intersect(events, there);
        events = categorize(events, {json.dumps(rules)});
        RETURN = merge_events_by_keys(events, ["$category"]);
    """
    began = time.perf_counter()
    found = query("hours", asked, FIRST, FIRST + dt.timedelta(days=DAYS), store)
    took = time.perf_counter() - began
    hours = {"/".join(e.data["$category"]): e.duration.total_seconds() / 3600 for e in found}
    print(json.dumps({"seconds": took, "hours": hours}))


def ours(events: int, folder: Path) -> tuple[float, float, dict[str, float]]:
    """Seconds from nothing and warm, and the hours by category."""
    from disconnect.analysis.query import query_of
    from disconnect.home import Home
    from disconnect.periods import Period
    from disconnect.settings import Settings

    home = Home(folder).prepare()
    _write(home.database, events)
    last = FIRST + dt.timedelta(days=DAYS)
    later = last + dt.timedelta(days=2)
    period = Period(FIRST.date(), last.date())

    def asked() -> tuple[float, dict[str, float]]:
        began = time.perf_counter()
        frame = query_of(home, Settings(), period, None, "category", (), lambda: later)
        took = time.perf_counter() - began
        return took, dict(zip(frame["category"], frame["hours"], strict=True))

    nothing, _ = asked()
    warm = [asked() for _ in range(7)]
    return nothing, statistics.median(took for took, _ in warm), warm[0][1]


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
    """Print the hours of both, and the ratio of their times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--storage", choices=("peewee", "memory"), default="peewee")
    parser.add_argument("--theirs", metavar="RULES", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.theirs:
        theirs(options.events, options.storage, json.loads(options.theirs))
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        other = _asked_there(place, options.events, options.storage)
        nothing, warm, mine = ours(options.events, place / "home")
    _compare(other, mine, (nothing, warm))


def _asked_there(place: Path, events: int, storage: str) -> dict[str, object]:
    venv.create(place / "venv", with_pip=True)
    python = place / "venv" / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "aw-core", "peewee<4"]
    subprocess.run(pip, check=True, stderr=subprocess.DEVNULL)
    words = ["--events", str(events), "--storage", storage, "--theirs", json.dumps(rules())]
    answer = subprocess.run(
        [python, __file__, *words],
        check=True,
        stdout=subprocess.PIPE,
        env={"HOME": str(place), "XDG_DATA_HOME": str(place)},
    )
    found: dict[str, object] = json.loads(answer.stdout)
    return found


def _compare(other: dict[str, object], mine: dict[str, float], took: tuple[float, float]) -> None:
    from benchmarks.processes import line

    hours, seconds = other["hours"], other["seconds"]
    assert isinstance(hours, dict)
    assert isinstance(seconds, float)
    print(f"{'hours':30} {'disconnect':>12} {'ActivityWatch':>14}")
    for name in sorted({*mine, *hours}):
        print(f"{name:30} {mine.get(name, 0):12.4f} {hours.get(name, 0):14.4f}")
    same = {name: round(value * 3600) for name, value in mine.items()} == {
        name: round(value * 3600) for name, value in hours.items()
    }
    print("the hours are equal" if same else "the hours DIFFER")
    nothing, warm = took
    line("hours by category over two years, warm / ActivityWatch", warm, seconds, LIMIT)
    line("the same from nothing", nothing, seconds, 1)
    print(f"{seconds / warm:.0f} times as fast warm, {seconds / nothing:.1f} times from nothing")
    if not same:
        sys.exit(1)


if __name__ == "__main__":
    main()
