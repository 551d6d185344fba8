"""The reminder on a real session bus, shown by a small notification service."""

import contextlib
import datetime as dt
import os
import shutil
import subprocess
import sys
import threading
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger

from collectors.facts.checkin import CheckIn
from disconnect.clock import system
from disconnect.daemon import jobs, reminding
from disconnect.errors import DisconnectError
from disconnect.home import Home
from disconnect.logbook.instruments import INSTRUMENTS
from disconnect.settings import Checkin, Settings
from disconnect.store.experiments import Design, add_experiment
from disconnect.store.opening import connect
from disconnect.store.sittings import add_sitting

BERLIN = "Europe/Berlin"
EVENING = dt.datetime(2026, 10, 26, 19, 30, tzinfo=dt.UTC)  # 20:30 in Berlin
AT_HALF_PAST_EIGHT = Settings(checkin=Checkin(notify_at="20:30"))


@pytest.fixture
def address(tmp_path, monkeypatch, until):
    """A session bus of its own."""
    if shutil.which("dbus-daemon") is None and os.environ.get("CI") != "true":
        pytest.skip("needs dbus-daemon")
    place = tmp_path / "bus"
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", f"--address=unix:path={place}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until(place.exists)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={place}")
    yield f"unix:path={place}"
    bus.kill()
    bus.wait()


class Shown(list):
    """What a notification service was asked to show: application, title, body, buttons, hints."""

    def serve(self, connection):
        from jeepney import HeaderFields, new_error, new_method_return

        number = 0
        with contextlib.suppress(OSError, EOFError):
            while True:
                message = connection.receive()
                if message.header.fields.get(HeaderFields.member) == "Refuse":
                    return
                if message.header.fields.get(HeaderFields.member) != "Notify":
                    if message.header.message_type.name == "method_call":
                        connection.send(new_error(message, "org.example.Unknown"))
                    continue
                application, _, icon, title, body, buttons, hints, _ = message.body
                self.append((application, icon, title, body, buttons, hints))
                number += 1
                connection.send(new_method_return(message, "u", (number,)))


@pytest.fixture
def shown(address):
    """A notification service: what it showed."""
    from jeepney import DBusAddress, message_bus, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    found = Shown()
    connection = open_dbus_connection(bus=address)
    connection.send_and_get_reply(message_bus.RequestName(reminding.BUS))
    name = connection.unique_name
    serving = threading.Thread(target=found.serve, args=(connection,))
    serving.start()
    yield found
    with contextlib.closing(open_dbus_connection(bus=address)) as other:
        other.send(new_method_call(DBusAddress("/", name, reminding.BUS), "Refuse"))
        serving.join(10)
    connection.close()


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "home").prepare()
    connect(made.database).close()
    return made


def remind(home, *, at=EVENING, settings=AT_HALF_PAST_EIGHT):
    return reminding.remind(home, settings, lambda: at, BERLIN)


def answer(home, *names):
    with contextlib.closing(connect(home.database)) as connection:
        add_sitting(
            connection,
            [
                CheckIn(
                    at=EVENING,
                    day=EVENING.date(),
                    instrument=one.name,
                    answers=(1.0,),
                    score=97.0,
                )
                for one in INSTRUMENTS
                if one.name in names or not names
            ],
            now=EVENING,
        )


def test_it_says_that_something_is_due_and_nothing_else(home, shown):
    answer(home, "cbi_personal")
    assert remind(home) == "told that a check-in is due"
    assert shown == [("disconnect", "", "A check-in is due", "disconnect checkin", [], {})]


def test_it_says_so_once_a_day(home, shown):
    remind(home)
    assert remind(home, at=EVENING + dt.timedelta(minutes=5)) == "told today already"
    assert len(shown) == 1
    assert remind(home, at=EVENING + dt.timedelta(days=1)) == "told that a check-in is due"
    assert len(shown) == 2


def test_it_says_nothing_when_nothing_is_due(home, shown):
    answer(home)
    assert remind(home) == "nothing is due"
    assert shown == []


@pytest.mark.parametrize("late", [-1, 60, 11 * 60])
def test_it_does_not_come_at_another_time_than_was_asked_for(home, shown, late):
    at = EVENING + dt.timedelta(minutes=late)
    assert remind(home, at=at) == "not the time for it"
    assert shown == []


def test_it_is_off_until_it_is_set(home, shown):
    assert remind(home, settings=Settings()) == "not the time for it"
    assert shown == []
    assert "checkin" not in {job.name for job in jobs.wanted(home, Settings(), system, BERLIN)}


def test_where_nobody_shows_it_that_is_one_line_and_it_counts_as_not_told(home, address):
    with pytest.raises(DisconnectError, match=r"^cannot notify: nobody shows notifications"):
        remind(home)
    with contextlib.closing(connect(home.database)) as connection:
        names = connection.execute("SELECT name FROM fact_of_home").fetchall()
    assert ("checkin_told_on",) not in names


def test_without_a_session_bus_it_says_so(home, monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with pytest.raises(DisconnectError, match=r"^cannot notify: there is no session bus$"):
        remind(home)


def test_the_job_of_the_daemon_shows_it_for_real(home, shown, monkeypatch):
    now = system().astimezone(ZoneInfo(BERLIN))
    home.settings.write_text(f'[checkin]\nnotify_at = "{now:%H:%M}"\n')
    settings = Settings(checkin=Checkin(notify_at=f"{now:%H:%M}"))
    (job,) = [one for one in jobs.wanted(home, settings, system, BERLIN) if one.name == "checkin"]
    assert not job.made_up  # one that was missed is not made up in the morning
    assert isinstance(job.trigger, CronTrigger)
    due = job.trigger.get_next_fire_time(None, system())
    assert due.astimezone(ZoneInfo(BERLIN)).strftime("%H:%M") == f"{now:%H:%M}"
    monkeypatch.setenv("TZ", BERLIN)
    done = subprocess.run(job.command(), capture_output=True, text=True, check=True)
    assert done.stdout == "told that a check-in is due\n"
    assert len(shown) == 1


def test_it_stays_light():
    check = (
        "import sys, disconnect.daemon.reminding;"
        "print(sorted({'pandas', 'numpy', 'click'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def test_it_tells_the_phase_of_an_experiment_that_runs(home, shown):
    answer(home)
    eve = EVENING.date() - dt.timedelta(days=1)
    design = Design(
        what="no feeds after 20:00",
        rule=None,
        outcome="energy",
        first=EVENING.date(),
        days=28,
        shortest=4,
        cuts=(7, 14, 21),
    )
    with contextlib.closing(connect(home.database)) as connection:
        add_experiment(connection, design, now=EVENING - dt.timedelta(days=1), today=eve)
    assert remind(home) == "told the phase of the experiment"
    ((_, _, title, body, _, _),) = shown
    assert title == "Today's experiment"
    assert "day 1 of 28, phase A" in body
