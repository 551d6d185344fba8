"""What was exported comes back: the same hours, in a home of its own."""

import csv
import datetime as dt
import io
import json
import zipfile

from click.testing import CliRunner

from collectors.facts.screen import Activity, Presence
from collectors.imports.made_up import MadeUpLife
from disconnect.cli.main import commands
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

FIRST = dt.date(2026, 10, 12)
SPAN = ["--from", "2026-10-12", "--to", "2026-10-18"]
SEEN = ("covered_hours", "screen_hours", "online_hours", "message_hours", "call_hours")


def run(home, *words):
    result = CliRunner().invoke(commands, ["--home", str(home), *map(str, words)])
    assert result.exit_code == 0, (words, result.output, result.exception)
    return result.stdout


def days(home):
    rows = json.loads(run(home, "contrast", *SPAN, "--format", "json"))
    return [[row[name] for name in SEEN] for row in rows]


def test_an_export_read_in_again_has_the_same_hours(tmp_path):
    connection = connect(tmp_path / "one" / "disconnect.sqlite")
    life = MadeUpLife(11, FIRST, 7, devices=2)
    facts = life.facts(dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    Writer(connection).write([fact for fact in facts if isinstance(fact, Activity | Presence)])
    connection.close()
    run(tmp_path / "one", "export", tmp_path / "everything.zip")
    with zipfile.ZipFile(tmp_path / "everything.zip") as archive:
        archive.extractall(tmp_path, ["activities.csv", "presences.csv"])
    run(tmp_path / "two", "import", "csv", tmp_path / "activities.csv", tmp_path / "presences.csv")
    found = days(tmp_path / "two")
    assert found == days(tmp_path / "one")
    assert all(day[1] > 1 for day in found)
    again = run(tmp_path / "two", "import", "csv", tmp_path / "presences.csv")
    assert "added 0" in again


def test_presence_of_a_table_says_what_counts(tmp_path):
    rows = [
        ("start", "end", "state", "device", "app"),
        ("2026-10-12T08:00Z", "2026-10-12T12:00Z", "", "old", "slack"),
        ("2026-10-12T08:00Z", "2026-10-12T10:00Z", "active", "old", ""),
        ("2026-10-12T10:00Z", "2026-10-12T13:00Z", "Idle", "old", ""),
        ("2026-10-12T13:00Z", "2026-10-12T14:00Z", "dozing", "old", ""),
        ("2026-10-12T13:00Z", "2026-10-12T14:00Z", "", "old", ""),
    ]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    (tmp_path / "old.csv").write_text(text.getvalue())
    words = ["--home", str(tmp_path / "home"), "import", "csv", str(tmp_path / "old.csv")]
    result = CliRunner().invoke(commands, words, env={"TZ": "UTC"})
    assert "read 5, added 3, already there 0, refused 2" in result.stdout
    assert "no such state: 'dozing'; there are active, idle, locked, asleep" in result.stderr
    assert "no app or state" in result.stderr
    (day,) = json.loads(
        run(tmp_path / "home", "contrast", "--period", "2026-10-12", "--format", "json")
    )
    assert (day["covered_hours"], day["screen_hours"], day["message_hours"]) == (5, 2, 2)
