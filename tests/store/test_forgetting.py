import contextlib
import datetime as dt

import pytest
from click.testing import CliRunner

from collectors.facts.social import Encounter, Opportunity
from disconnect.cli.main import commands
from disconnect.errors import DisconnectError, UsageProblemError
from disconnect.store.entries import Meeting, add_encounter, start_meeting
from disconnect.store.forgetting import What, forget, retire
from disconnect.store.opening import connect
from disconnect.store.writing import Writer


def bytes_of(folder) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


@pytest.fixture
def lived(connection, make):
    Writer(connection).write(
        [
            make.activity(0, title="secret plan of mine", site="mail.example.org", page="/hush"),
            make.activity(10, title="weather", site="example.net", page="/today"),
            make.presence(0, 30),
        ]
    )
    for people, hour in ((("Ana",), 1), (("Ana", "Ben"), 3)):
        start = make.noon + dt.timedelta(hours=hour)
        encounter = Encounter(start=start, end=start + dt.timedelta(hours=1), people=people)
        add_encounter(connection, encounter, words="walk with Ana", now=start)
    Writer(connection).write([Opportunity(day=make.noon.date(), person="Ana", what="a job")])
    connection.execute("INSERT INTO hour_sums (utc_day, rules, data) VALUES (1, '', x'00')")
    return connection


@pytest.mark.parametrize(
    "what", [What(title="SECRET plan"), What(site="example.org"), What(site="mail.example.org")]
)
def test_what_is_forgotten_is_in_no_file_any_more(lived, path, what):
    assert b"secret plan" in bytes_of(path.parent)
    assert forget(lived, what).activities == 1
    left = bytes_of(path.parent)
    assert b"secret plan" not in left
    assert b"/hush" not in left
    assert b"weather" in left


def test_sums_made_of_it_go_too(lived):
    forget(lived, What(title="secret"))
    assert lived.execute("SELECT count(*) FROM hour_sums").fetchone() == (0,)


def test_a_person_goes_with_what_was_theirs_alone(lived, path):
    gone = forget(lived, What(person="Ana"))
    assert (gone.people, gone.encounters, gone.opportunities) == (1, 1, 1)
    assert lived.execute("SELECT people FROM encounters").fetchall() == [("Ben",)]
    assert b"Ana" not in bytes_of(path.parent)


def test_a_period_takes_everything_in_it(lived, make):
    gone = forget(lived, What(since=make.noon, until=make.noon + dt.timedelta(hours=12)))
    assert (gone.activities, gone.presences, gone.encounters) == (2, 1, 2)


def test_nothing_said_is_nothing_forgotten(lived):
    with pytest.raises(DisconnectError, match="say what to forget"):
        forget(lived, What())
    assert lived.execute("SELECT count(*) FROM activity").fetchone() == (2,)


@pytest.mark.parametrize(
    "what",
    [What(app=""), What(site=" "), What(title=""), What(person=""), What(person="Ana", app="x")],
)
def test_what_is_not_clear_deletes_nothing(lived, what):
    with pytest.raises(UsageProblemError):
        forget(lived, what)
    assert lived.execute("SELECT count(*) FROM activity").fetchone() == (2,)
    assert lived.execute("SELECT count(*) FROM encounter").fetchone() == (2,)


@pytest.mark.parametrize(
    ("what", "left"),
    [
        (What(site="www.Example.ORG"), 1),
        (What(site="%"), 2),
        (What(site="example_org"), 2),
        (What(site="ample.org"), 2),
        (What(app="Slack"), 0),
    ],
)
def test_names_are_taken_as_written_whatever_their_case(lived, what, left):
    forget(lived, what)
    assert lived.execute("SELECT count(*) FROM activity").fetchone() == (left,)


def test_letters_of_every_language_have_no_case(connection, make):
    Writer(connection).write([make.activity(title="ÜBER uns")])
    assert forget(connection, What(title="über")).activities == 1
    start = make.noon
    end = start + dt.timedelta(hours=1)
    Writer(connection).write([Encounter(start=start, end=end, people=("Ángel",))])
    assert forget(connection, What(person="ángel")).people == 1


def test_a_person_in_a_period_goes_from_that_period_alone(lived, make):
    later = make.noon + dt.timedelta(days=9)
    again = Encounter(start=later, end=later + dt.timedelta(hours=1), people=("Ana",))
    add_encounter(lived, again, words="", now=later)
    day = What(person="Ana", since=make.noon, until=make.noon + dt.timedelta(hours=12))
    gone = forget(lived, day)
    assert (gone.people, gone.encounters, gone.opportunities) == (0, 2, 1)
    left = lived.execute("SELECT people FROM encounters ORDER BY start").fetchall()
    assert left == [("Ben",), ("Ana",)]


def test_a_period_takes_the_opportunities_of_its_days(lived, make):
    day = dt.timedelta(days=1)
    assert forget(lived, What(since=make.noon + day)).opportunities == 0
    assert forget(lived, What(since=make.noon, until=make.noon + day)).opportunities == 1


def test_the_running_timer_forgets_the_person(lived, path, make):
    start_meeting(lived, Meeting(make.noon, "UTC", "with Ana"))
    forget(lived, What(person="ana"))
    assert b"with Ana" not in bytes_of(path.parent)


def test_a_reader_that_keeps_the_bytes_is_told_of(lived, path):
    lived.execute("PRAGMA busy_timeout = 20")
    with contextlib.closing(connect(path, read_only=True)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM activity").fetchone()
        with pytest.raises(DisconnectError, match="another program is reading"):
            forget(lived, What(title="secret"))
    assert lived.execute("SELECT title FROM activities").fetchall() == [("weather",)]


def test_old_titles_go_and_their_hours_stay(lived, path, make):
    changed = retire(
        lived, activities_before=None, titles_before=make.noon + dt.timedelta(minutes=5)
    )
    assert changed == (0, 1)
    assert lived.execute("SELECT title, site, hours > 0 FROM activities").fetchall() == [
        (None, "mail.example.org", 1),
        ("weather", "example.net", 1),
    ]
    assert b"secret plan" not in bytes_of(path.parent)


def test_old_activities_go_altogether(lived, make):
    gone = retire(lived, activities_before=make.noon + dt.timedelta(minutes=5), titles_before=None)
    assert gone == (1, 0)
    assert lived.execute("SELECT title FROM activities").fetchall() == [("weather",)]


def test_the_command_asks_first_and_says_what_went(tmp_path, make):
    with contextlib.closing(connect(tmp_path / "disconnect.sqlite")) as connection:
        Writer(connection).write([make.activity(site="x.com")])
    words = ["--home", str(tmp_path), "forget", "--site", "x.com"]
    refused = CliRunner().invoke(commands, words, input="n\n")
    assert refused.exit_code == 1
    assert "Delete 1 activities, for good?" in refused.stderr
    assert CliRunner().invoke(commands, [*words, "--yes"]).stdout == "deleted 1 activities\n"
    assert CliRunner().invoke(commands, [*words, "--yes"]).exit_code == 3


def test_the_command_names_older_copies(tmp_path, make):
    with contextlib.closing(connect(tmp_path / "disconnect.sqlite")) as connection:
        Writer(connection).write([make.activity(site="x.com")])
    older = tmp_path / "disconnect.sqlite.before-restore"
    older.write_bytes(b"")
    words = ["--home", str(tmp_path), "forget", "--site", "x.com", "--yes"]
    assert str(older) in CliRunner().invoke(commands, words).stderr
