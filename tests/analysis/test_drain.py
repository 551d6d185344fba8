import datetime as dt

import pytest

from collectors.imports.made_up import MadeUpLife
from disconnect.analysis.drain import drain_of
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.settings import Settings
from disconnect.store.opening import connect
from disconnect.store.writing import Writer

FIRST = dt.date(2023, 10, 2)
DAYS = 800


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = Home(tmp_path_factory.mktemp("years")).prepare()
    connection = connect(made.database)
    life = MadeUpLife(4, FIRST, DAYS, activities_per_day=30)
    Writer(connection).write(life.facts(dt.datetime(1970, 1, 1, tzinfo=dt.UTC)))
    connection.close()
    return made


def asked(home, days):
    last = FIRST + dt.timedelta(days=DAYS - 1)

    def clock():
        return dt.datetime.combine(last, dt.time(23), tzinfo=dt.UTC)

    period = Period(last - dt.timedelta(days=days - 1), last)
    return drain_of(home, Settings(), period, clock).calibration


def test_more_years_have_more_days_to_weigh_the_load_by(home):
    year, two_and_more = asked(home, 365), asked(home, DAYS)
    assert two_and_more.pairs > year.pairs > 100
    assert two_and_more.error > 0
