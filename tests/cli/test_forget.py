"""What `forget` says of what it cannot delete, and what it offers."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from disconnect.cli.main import commands
from disconnect.store import marks
from disconnect.store.opening import connect


class Person:
    """Types commands into a home of her own."""

    def __init__(self, home):
        self.home = home

    def call(self, *words, typed=None):
        return CliRunner().invoke(commands, ["--home", str(self.home), *words], input=typed)

    def log(self, when, *people):
        names = [word for name in people for word in ("--with", name)]
        assert self.call("log", *names, "--start", when, "--for", "1h").exit_code == 0

    def knows(self):
        with contextlib.closing(connect(self.home / "disconnect.sqlite")) as connection:
            return [name for (name,) in connection.execute("SELECT name FROM person ORDER BY 1")]


@pytest.fixture
def person(tmp_path):
    someone = Person(tmp_path / "home")
    someone.log("2026-10-05T16:00", "Ana", "Zeno")
    someone.log("2026-10-07T16:00", "Zeno")
    return someone


PERIOD = ("forget", "--period", "2026-10-05")


def test_people_met_only_then_are_named(person):
    done = person.call(*PERIOD, "--yes")
    assert done.stdout == "deleted 1 encounter\n"
    assert done.stderr == (
        "met only then, and still known: Ana; disconnect forget --person 'Ana' deletes one\n"
    )
    assert person.knows() == ["Ana", "Zeno"]


def test_they_go_when_the_person_says_so(person):
    done = person.call(*PERIOD, typed="y\ny\n")
    assert "Met only then: Ana. Delete them, too?" in done.stderr
    assert done.stdout == "deleted 1 encounter, 1 person\n"
    assert person.knows() == ["Zeno"]
    assert b"Ana" not in (person.home / "disconnect.sqlite").read_bytes()


def test_an_option_says_so_too(person):
    assert person.call(*PERIOD, "--people", "--yes").stdout == "deleted 1 encounter, 1 person\n"
    assert person.knows() == ["Zeno"]


@pytest.mark.parametrize("typed", ["y\n", "y\nn\n"])
def test_no_answer_deletes_nobody(person, typed):
    done = person.call(*PERIOD, typed=typed)
    assert (done.exit_code, done.stdout) == (0, "deleted 1 encounter\n")
    assert person.knows() == ["Ana", "Zeno"]


def reports(home):
    (home / "reports").mkdir(parents=True, exist_ok=True)
    made = []
    for name in ("disconnect-2026-10-05-2026-10-11.pdf", "disconnect-2026-09-01-2026-09-30.pdf"):
        made.append(home / "reports" / name)
        made[-1].write_bytes(b"%PDF /Creator (Typst 0.15)")
    (home / "letter.pdf").write_bytes(b"%PDF /Creator (another program)")
    return made


def test_reports_of_that_time_are_named_and_others_are_not(person):
    then, before = reports(person.home)
    told = person.call(*PERIOD, "--yes").stderr
    assert f"made of your data, and may hold it; delete it, too: {then}\n" in told
    assert str(before) not in told
    assert "letter.pdf" not in told
    assert then.exists()


def test_they_are_deleted_when_the_person_says_so(person):
    made = reports(person.home)
    done = person.call("forget", "--person", "Ana", typed="y\ny\n")
    assert done.exit_code == 0
    assert not [path for path in made if path.exists()]
    assert (person.home / "letter.pdf").exists()


def test_a_real_report_a_real_chart_and_a_real_export_are_known(person):
    made = [person.home / name for name in ("a.pdf", "b.png", "c.pdf", "d.zip")]
    period = ("--from", "2026-10-01", "--to", "2026-10-10")
    assert person.call("report", *period, "-o", str(made[0])).exit_code == 0
    for chart in made[1:3]:
        assert person.call("chart", "people", *period, "-o", str(chart)).exit_code == 0
    assert person.call("export", str(made[3])).exit_code == 0
    told = person.call("forget", "--person", "Ana", "--yes").stderr
    assert [path for path in made if f"delete it, too: {path}\n" not in told] == []


def test_words_in_other_texts_of_the_home_are_named(person):
    rules = person.home / "rules.toml"
    rules.write_text("# ana writes here\n", "utf-8")
    told = person.call("forget", "--person", "Ana", "--yes").stderr
    assert f"the words stand in a file of yours, too: {rules}\n" in told


def test_a_name_in_titles_is_told_of(person, tmp_path):
    table = tmp_path / "life.csv"
    table.write_text(
        "start,end,app,title\n2026-10-05T10:00Z,2026-10-05T11:00Z,chrome,Chat with Ana\n", "utf-8"
    )
    assert person.call("import", "csv", str(table)).exit_code == 0
    told = person.call("forget", "--person", "Ana", "--yes").stderr
    assert "still stands in 1 title of windows and pages: disconnect forget --title 'Ana'" in told


def test_what_killed_commands_left_is_removed(person, monkeypatch, tmp_path):
    """A copy of the database for a backup, one for a dry run, and a draft of an older version."""
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "tmp"))
    for draft in (".all.zip.draft", ".disconnect.sqlite.0123456789abcdef.draft"):
        (person.home / draft).write_bytes(b"Ana")
    for folder, age in (("disconnect-dry-run-a", 3600), ("disconnect-dry-run-b", 0)):
        copy = tmp_path / "tmp" / folder / "disconnect.sqlite"
        copy.parent.mkdir(parents=True)
        copy.write_bytes(b"Ana")
        for path in (copy, copy.parent):
            os.utime(path, (time.time() - age,) * 2)  # noqa: TID251 - as files have it
    told = person.call("forget", "--person", "Ana", "--yes").stderr
    assert told.count("removed what a killed command left unfinished: ") == 3
    assert [path.name for path in person.home.iterdir()] == ["disconnect.sqlite"]
    assert [path.name for path in (tmp_path / "tmp").iterdir()] == ["disconnect-dry-run-b"]


def test_a_killed_backup_leaves_its_draft_where_forget_finds_it(person, tmp_path):
    script = (
        "import os, signal, sqlite3, sys\n"
        "from disconnect import files\n"
        "files.put_in_place = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from disconnect.cli.main import run\n"
        "run()"
    )
    words = ["--home", str(person.home), "backup", str(tmp_path / "copy.sqlite")]
    subprocess.run([sys.executable, "-c", script, *words], check=False)
    assert not (tmp_path / "copy.sqlite").exists()
    assert [path for path in person.home.iterdir() if path.suffix == ".draft"]
    person.call("forget", "--person", "Ana", "--yes")
    assert [path.name for path in person.home.iterdir()] == ["disconnect.sqlite"]


def test_doctor_says_that_a_deletion_waits(person):
    database = Path(person.home / "disconnect.sqlite")
    with contextlib.closing(connect(database)) as connection, marks.alone(connection):
        marks.note(connection, {"person": "Ana"})
        assert "a deletion is under way" in person.call("doctor").stdout
    assert "a deletion is under way" not in person.call("doctor").stdout
