from datetime import UTC, datetime

import pytest

from collectors.source import Window
from disconnect.daemon.watching import Watched

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
SEEN = Window("xterm", "a shell")


class Moody:
    """A source that works, is missing something, or breaks, as it is told."""

    name = "desktop/moody"

    def __init__(self):
        self.lacks = self.breaks = None
        self.opened = self.closed = self.asked = 0

    def missing(self):
        self.asked += 1
        return self.lacks

    def open(self):
        self.opened += 1
        if self.breaks:
            raise self.breaks

    def fileno(self):
        return 7

    def sample(self):
        if self.breaks:
            raise self.breaks
        return SEEN

    def close(self):
        self.closed += 1
        if self.breaks:
            raise self.breaks


def test_a_source_that_works_is_ok_and_waited_on():
    watched = Watched(Moody())
    assert watched.waits_on is None
    assert watched.sample(0, NOON) == SEEN
    assert (watched.state, watched.waits_on, watched.last_seen) == ("ok", 7, NOON)


def test_what_is_missing_is_said_and_asked_again():
    source = Moody()
    source.lacks = "no display"
    watched = Watched(source)
    assert watched.sample(0, NOON) is None
    assert (watched.state, watched.detail) == ("unavailable", "no display")
    source.lacks = None
    assert watched.sample(0.5, NOON) is None
    assert watched.sample(1.0, NOON) == SEEN


@pytest.mark.parametrize("error", [OSError("gone"), ValueError("a bug"), RuntimeError()])
def test_a_source_that_breaks_is_closed_and_tried_again_ever_more_rarely(error):
    source = Moody()
    watched = Watched(source)
    watched.sample(0, NOON)
    source.breaks = error
    for second in range(2000):
        assert watched.sample(second, NOON) is None
    assert watched.state == "failing"
    assert type(error).__name__ in watched.detail
    assert watched.waits_on is None
    # 1 + 2 + 4 … 256 s, then every 300 s
    assert source.opened == 1 + 9 + 4
    source.breaks = None
    assert watched.sample(2400, NOON) == SEEN
    assert watched.state == "ok"


def test_a_source_that_works_again_is_forgiven():
    source = Moody()
    watched = Watched(source)
    source.breaks = OSError("gone")
    for second in range(600):
        watched.sample(second, NOON)
    source.breaks = None
    watched.sample(1000, NOON)
    source.breaks = OSError("gone")
    watched.sample(1001, NOON)
    source.breaks = None
    assert watched.sample(1002, NOON) == SEEN
