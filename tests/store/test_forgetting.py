import contextlib
import datetime as dt
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.facts.checkin import CheckIn
from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.facts.social import Encounter, Opportunity
from disconnect.cli.main import commands
from disconnect.clock import milliseconds
from disconnect.errors import DisconnectError, UsageProblemError
from disconnect.store.entries import Meeting, add_encounter, start_meeting
from disconnect.store.forgetting import What, forget
from disconnect.store.opening import connect
from disconnect.store.retiring import retire
from disconnect.store.writing import Writer

MINUTE = dt.timedelta(minutes=1)
NOON = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)


def make_activity(minute, length):
    start = NOON + minute * MINUTE
    end = start + length * MINUTE
    return Activity(start=start, end=end, device="laptop", source="desktop/x11", app="slack")


def make_presence(minute, length):
    start = NOON + minute * MINUTE
    end = start + length * MINUTE
    return Presence(
        start=start, end=end, device="laptop", source="presence/daemon", state=PresenceState.ACTIVE
    )


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


def test_sums_made_of_it_go_and_those_of_other_days_stay(lived, make):
    day = make.noon.date().toordinal() - dt.date(1970, 1, 1).toordinal()
    lived.execute("INSERT INTO hour_sums (utc_day, rules, data) VALUES (?, '', x'00')", (day,))
    forget(lived, What(title="secret"))
    assert lived.execute("SELECT utc_day FROM hour_sums").fetchall() == [(1,)]


def test_the_number_of_a_forgotten_context_is_never_given_out_again(connection, make):
    writer = Writer(connection)
    writer.write([make.activity(0, title="kept"), make.activity(9, title="secret")])
    forget(connection, What(title="secret"))
    writer.write([make.activity(20, title="new")])
    assert connection.execute("SELECT id FROM context ORDER BY id").fetchall() == [(1,), (3,)]


def spans(connection, table):
    rows = connection.execute(f"SELECT start, start + length FROM {table} ORDER BY start")
    return [(start, end) for start, end in rows if end > start]


LENGTHS = st.lists(st.integers(1, 90), min_size=1, max_size=12)


@settings(deadline=None, max_examples=60)
@given(LENGTHS, st.integers(0, 400), st.integers(1, 300))
def test_a_period_is_cut_out_to_the_millisecond(lengths, since, minutes):
    until = since + minutes
    begins = [sum(lengths[:number]) for number in range(len(lengths))]
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(Path(folder) / "home" / "disconnect.sqlite")
        facts = [make_activity(at, length) for at, length in zip(begins, lengths, strict=True)]
        Writer(connection).write([*facts, make_presence(0, sum(lengths))])
        zero = milliseconds(NOON)
        period = What(since=NOON + since * MINUTE, until=NOON + until * MINUTE)
        forget(connection, period)
        left = spans(connection, "activity")
        there = spans(connection, "presence")
        longest = connection.execute("SELECT max(longest) FROM source").fetchone()[0]
        connection.close()
    first, last = zero + since * 60_000, zero + until * 60_000
    end = zero + sum(lengths) * 60_000
    whole = [(zero, min(first, end)), (min(last, end), end)]
    assert there == [(start, stop) for start, stop in whole if stop > start]
    assert sum(b - a for a, b in left) == sum(b - a for a, b in there)
    assert all(b <= first or a >= last for a, b in left)
    assert all(b - a <= longest for a, b in left)


def test_of_a_site_only_the_period_is_cut_out(connection, make):
    Writer(connection).write(
        [make.activity(0, 60, site="a.example"), make.activity(60, 60, site="b.example")]
    )
    hour = dt.timedelta(hours=1)
    what = What(site="a.example", since=make.noon + hour / 4, until=make.noon + hour / 2)
    assert forget(connection, what).activities == 1
    start = milliseconds(make.noon)
    quarter = 15 * 60_000
    assert spans(connection, "activity") == [
        (start, start + quarter),
        (start + 2 * quarter, start + 4 * quarter),
        (start + 4 * quarter, start + 8 * quarter),
    ]


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
    assert "Delete 1 activity, for good?" in refused.stderr
    assert CliRunner().invoke(commands, [*words, "--yes"]).stdout == "deleted 1 activity\n"
    assert CliRunner().invoke(commands, [*words, "--yes"]).exit_code == 3


def test_the_command_names_older_copies(tmp_path, make):
    with contextlib.closing(connect(tmp_path / "disconnect.sqlite")) as connection:
        Writer(connection).write([make.activity(site="x.com")])
    older = tmp_path / "disconnect.sqlite.before-restore"
    older.write_bytes(b"")
    words = ["--home", str(tmp_path), "forget", "--site", "x.com", "--yes"]
    assert str(older) in CliRunner().invoke(commands, words).stderr


def test_the_command_says_where_a_forgotten_name_still_stands(tmp_path):
    def call(*words):
        return CliRunner().invoke(commands, ["--home", str(tmp_path), *words])

    when = ["--start", "2026-10-05T16:00", "--for", "1h"]
    call("log", "--with", "Ana", "--with", "Wilhelmina", *when)
    call("opportunity", "a lead, thanks to wilhelmina", "--from", "Ana")
    gone = call("forget", "--person", "Wilhelmina", "--yes")
    assert gone.stdout == "deleted 1 person\n"
    assert gone.stderr == (
        "the name still stands in 1 of your texts about others:"
        " disconnect entries list and people list show them\n"
    )
    call("log", "--with", "Zeno", *when)
    assert call("forget", "--person", "Zeno", "--yes").stderr == ""


def test_check_ins_of_the_days_go_with_their_period(connection, make):
    day = make.noon.date()
    said = [
        CheckIn(
            at=make.noon + dt.timedelta(days=later),
            day=day + dt.timedelta(days=later),
            instrument="daily",
            answers=(5.0,),
        )
        for later in range(3)
    ]
    Writer(connection).write(said)
    one = dt.timedelta(days=1)
    period = What(since=make.noon - one / 2, until=make.noon + one / 2)
    assert forget(connection, period).checkins == 1
    assert connection.execute("SELECT count(*) FROM checkin").fetchone() == (2,)
