"""When browsers' histories are asked, and what becomes of the answer."""

import contextlib
import os
import sqlite3
import threading

import pytest

from disconnect.daemon.asking import BETWEEN, FIRST_AFTER, WITHOUT_HISTORY, Asking

WINDOW = "News - Chromium"


@pytest.fixture
def history(tmp_path):
    path = tmp_path / ".config/chromium/Default/History"
    path.parent.mkdir(parents=True)
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE urls (url, title, last_visit_time, hidden DEFAULT 0)")
        connection.execute(
            "INSERT INTO urls (url, title, last_visit_time) VALUES ('https://n.example/', 'News', 1)"
        )
    return path


@pytest.fixture
def asking(tmp_path):
    answered = threading.Event()
    made = Asking(answered.set, tmp_path)
    yield made, answered
    made.end()


def answer(asking):
    made, answered = asking
    assert answered.wait(30)
    answered.clear()
    return made.answer()


def waiting(*titles, browser="chromium", since=0.0):
    return {browser: dict.fromkeys(titles, since)}


def test_a_new_title_is_asked_for_after_a_moment(asking, history):
    made, _ = asking
    assert not made.ask(waiting(WINDOW), FIRST_AFTER - 1)
    assert made.ask(waiting(WINDOW), FIRST_AFTER)
    assert made.is_asking
    assert not made.ask(waiting("Another"), 1000)  # one at a time
    assert answer(asking)["chromium"]["found"] == {WINDOW: ["News", "n.example", "/"]}
    assert not made.is_asking
    assert made.answer() is None


def test_nothing_waiting_costs_nothing(asking, history):
    made, _ = asking
    assert not made.ask({}, 1000, at_once=True)


def test_it_is_not_asked_again_before_there_is_news(asking, history):
    made, _ = asking
    assert made.ask(waiting("Secret"), 100)
    assert answer(asking)["chromium"]["found"] == {}
    assert not made.ask(waiting("Secret"), 10_000)
    assert not made.ask(waiting("Secret"), 10_000, at_once=True)
    os.utime(history, (1, 1))
    assert not made.ask(waiting("Secret"), 100 + BETWEEN - 1)
    assert made.ask(waiting("Secret"), 10_000)
    answer(asking)
    assert made.ask(waiting("Secret", WINDOW), 20_000)  # the history stands, a title is new
    assert answer(asking)["chromium"]["found"] == {WINDOW: ["News", "n.example", "/"]}


def test_a_person_waits_for_no_pause(asking, history):
    made, _ = asking
    assert made.ask(waiting("Secret"), 0, at_once=True)
    answer(asking)
    assert made.ask(waiting("Secret", WINDOW), 0.1, at_once=True)
    answer(asking)


def test_what_was_costly_is_asked_for_less_often(asking, history):
    made, _ = asking
    assert made.ask(waiting("Secret"), 100)
    answer(asking)
    made._cost = 1.0
    os.utime(history, (1, 1))
    assert not made.ask(waiting("Secret"), 100 + 99)
    assert made.ask(waiting("Secret"), 100 + 101)
    answer(asking)


def test_a_browser_without_a_history_is_looked_for_now_and_then(asking):
    made, _ = asking
    assert made.ask(waiting("a page", browser="qutebrowser"), 100)
    assert answer(asking)["qutebrowser"]["problem"]
    more = waiting("a page", "another", browser="qutebrowser")
    assert not made.ask(more, 100 + WITHOUT_HISTORY - 1)
    assert made.ask(more, 100 + WITHOUT_HISTORY)
    answer(asking)


def test_a_child_that_fails_is_asked_again(asking, history, monkeypatch, caplog):
    made, _ = asking
    monkeypatch.setattr("disconnect.daemon.asking._PROGRAM", ["/no/such/program"])
    assert made.ask(waiting(WINDOW), 100)
    assert answer(asking) == {}
    assert "gave no answer" in caplog.text
    assert WINDOW not in caplog.text
    monkeypatch.undo()
    assert made.ask(waiting(WINDOW), 100 + BETWEEN)
    assert answer(asking)["chromium"]["found"]


def test_the_last_answer_is_waited_for(asking, history):
    made, _ = asking
    assert made.last_answer(waiting(WINDOW), 1)["chromium"]["found"]
    assert made.last_answer({}, 1) == {}


def test_one_that_is_being_asked_can_be_ended(asking, history):
    made, _ = asking
    assert made.ask(waiting(WINDOW), 100)
    made.end()
    assert not made.is_asking
