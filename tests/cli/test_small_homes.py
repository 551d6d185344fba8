"""Homes of a few days, with gaps and oddities: every answer about cost and returns stays sane."""

import contextlib
import datetime as dt
import json
import re

import numpy as np
import pytest
from click.testing import CliRunner

from collectors.facts.checkin import CheckIn
from collectors.facts.screen import Activity, Presence, PresenceState
from collectors.facts.social import Channel, Encounter, Opportunity, Person
from disconnect.cli.house import House
from disconnect.cli.main import commands
from disconnect.home import Home
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

LAST = dt.datetime(2026, 9, 30, tzinfo=dt.UTC)
NOW = LAST + dt.timedelta(hours=18)
SITES = ("linkedin.com", "mail.google.com", "web.whatsapp.com", "meet.google.com", None)
NAMES = ("Ana", "Ben", "A$ap_*R*", "小林", "דנה", "Ana Maria (work)")
QUESTIONS = (
    ("load",), ("load", "--explain"), ("load", "--by", "month", "--last", "1y"), ("drain",),
    *(("returns", "--by", by) for by in ("channel", "origin", "person", "chance")),
    ("returns", "--what", "support"), ("people",), ("people", "funnel"), ("next",),
    ("experiment", "list"), ("withdrawal",),
)  # fmt: skip
BROKEN = re.compile(r"\binf\b|\bnan\b|\bNone\b|\bNaN\b|−0\.0 |Traceback")
PAIR = re.compile(r"(?<![\d.])(\d[\d.]*) (?:to|and) (\d[\d.]*)(?= (?:times|in 100|points|of 10|%))")
GATE = re.compile(r"(\d+) of the (\d+) [a-z ]*it takes")


def lived(seed):
    """Facts of up to 150 days: what is recorded, logged and answered varies with the seed."""
    rng = np.random.default_rng(seed)
    days = int(rng.choice([1, 3, 20, 60, 150]))
    shares = rng.choice([0.0, 0.1, 0.5, 0.9, 1.0], 4)
    known = [str(name) for name in rng.choice(NAMES, int(rng.integers(0, 5)), replace=False)]
    silent = int(rng.choice([0, 0, 10, 30]))
    for name in known:
        yield Person(
            name=name,
            met=rng.choice(np.array([None, "in_person", "online"], dtype=object)),
            closeness=rng.choice(np.array([None, 2, 6], dtype=object)),
        )
    for back in range(days):
        start = LAST - dt.timedelta(days=back)
        recorded, met, asked, came = rng.random(4) < shares
        if recorded:
            yield from _screen(start, rng)
        if known and back >= silent:
            yield from _people(start, rng, known, met=met, came=came and back % 9 == 0)
        if asked:
            answers = (int(rng.integers(0, 11)), None if rng.random() < 0.2 else 3)
            at = start + dt.timedelta(hours=17)
            yield CheckIn(at=at, day=start.date(), instrument="daily", answers=answers)


def _screen(start, rng):
    begins = start + dt.timedelta(hours=float(rng.choice([8, 9])))
    ends = begins + dt.timedelta(hours=float(rng.choice([0.01, 4, 9])))
    here = {"device": "laptop", "zone": "UTC"}
    state = PresenceState.ACTIVE
    yield Presence(start=begins, end=ends, source="presence/daemon", state=state, **here)
    site = SITES[int(rng.integers(len(SITES)))]
    part = begins + (ends - begins) * float(rng.choice([0.1, 0.7, 1]))
    yield Activity(
        start=begins, end=part, source="desktop/x11", app="firefox", title="x", site=site, **here
    )


def _people(start, rng, known, *, met, came):
    name = known[int(rng.integers(len(known)))]
    begins = start + dt.timedelta(hours=12)
    if met:
        yield Encounter(
            start=begins,
            end=begins + dt.timedelta(minutes=int(rng.choice([5, 60, 240]))),
            people=(name,),
            channel=Channel.IN_PERSON if rng.random() < 0.7 else Channel.CALL,
            chance=bool(rng.random() < 0.3),
            support=rng.choice(np.array([None, "given", "received"], dtype=object)),
            meaning=rng.choice(np.array([None, 1, 7], dtype=object)),
            energy=rng.choice(np.array([None, -2, 2], dtype=object)),
            zone="UTC",
        )
    if came:
        via = rng.choice(np.array([None, Channel.CALL, Channel.EMAIL, Channel.IN_PERSON], object))
        yield Opportunity(day=start.date(), person=name, what="work", via=via)


@pytest.mark.parametrize("seed", range(8))
def test_every_answer_is_sane(seed, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    home = Home(tmp_path).prepare()
    with contextlib.closing(connect(home.database)) as connection:
        Writer(connection).write(lived(seed))
    for words in QUESTIONS:
        house = House(home, clock=lambda: NOW)
        result = CliRunner().invoke(commands, words, obj=house, env={"TZ": "UTC"})
        assert result.exit_code in {0, 3}, (words, result.output, result.exception)
        if result.exit_code:
            assert result.stdout == ""
            assert len(result.stderr.splitlines()) == 1
        said = result.output.replace("\N{NO-BREAK SPACE}", " ")
        assert not BROKEN.search(said), (words, said)
        for one, other in PAIR.findall(said):
            assert one != other, (words, said)
        for there, needed in GATE.findall(said):
            assert int(there) < int(needed), (words, said)


def test_the_load_of_somebody_who_stopped_logging_knows_nothing_of_company(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    home = Home(tmp_path).prepare()
    facts = []
    for back in range(70):
        start = LAST - dt.timedelta(days=back)
        facts += _screen(start, np.random.default_rng(3))
        if back >= 30:
            met = start + dt.timedelta(hours=12)
            end = met + dt.timedelta(hours=1)
            facts.append(Encounter(start=met, end=end, people=("Ana",), zone="UTC"))
    with contextlib.closing(connect(home.database)) as connection:
        Writer(connection).write(facts)
    house = House(home, clock=lambda: NOW)
    result = CliRunner().invoke(
        commands, ["load", "--format", "json"], obj=house, env={"TZ": "UTC"}
    )
    row = json.loads(result.output)[-1]
    assert row["covered_days"] == 28
    assert row["in_person_hours"] is None
    assert row["in_person_hours_days"] == 0
    assert row["in_person_hours_contribution"] is None
