import contextlib
import datetime as dt

import pytest

from collectors.facts.screen import Activity, Presence, PresenceState
from disconnect.store.opening import connect

NOON = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)


def activity(minute: float = 0, length: float = 1, **parts: object) -> Activity:
    start = NOON + dt.timedelta(minutes=minute)
    known: dict[str, object] = {"device": "laptop", "source": "desktop/x11", "app": "slack"}
    return Activity(start=start, end=start + dt.timedelta(minutes=length), **(known | parts))  # type: ignore[arg-type]


def presence(minute: float = 0, length: float = 1, state: str = "active") -> Presence:
    start = NOON + dt.timedelta(minutes=minute)
    return Presence(
        start=start,
        end=start + dt.timedelta(minutes=length),
        device="laptop",
        source="presence/daemon",
        state=PresenceState(state),
    )


@pytest.fixture
def make():
    """Make facts: `make.activity(minute, length, app=…)`, `make.presence(…)`."""

    class Make:
        noon = NOON
        activity = staticmethod(activity)
        presence = staticmethod(presence)

    return Make


@pytest.fixture
def path(tmp_path):
    return tmp_path / "home" / "disconnect.sqlite"


@pytest.fixture
def connection(path):
    with contextlib.closing(connect(path)) as opened:
        yield opened
