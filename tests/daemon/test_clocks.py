"""The wall clock set under the real daemon (libfaketime)."""

import os
import time
from pathlib import Path

import pytest

LIBRARY = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
pytestmark = [
    pytest.mark.desktop,
    pytest.mark.xdist_group("display"),
    pytest.mark.skipif(
        not LIBRARY.exists() and os.environ.get("CI") != "true", reason="needs libfaketime"
    ),
]


@pytest.mark.parametrize("hours", [1, -1])
def test_no_second_counts_twice_when_the_clock_is_set(desk, tmp_path, hours):
    said = tmp_path / "clock"
    said.write_text("+0")
    desk.watch(
        LD_PRELOAD=str(LIBRARY),
        FAKETIME_TIMESTAMP_FILE=str(said),
        FAKETIME_NO_CACHE="1",
        DONT_FAKE_MONOTONIC="1",
    )
    began = time.monotonic()
    time.sleep(3)
    said.write_text(f"{3600 * hours:+d}")
    time.sleep(4)
    desk.disconnect("stop")
    watched = time.monotonic() - began
    for table in ("presence", "activity"):
        before, after = desk.rows(table) if hours > 0 else desk.rows(table)[::-1]
        recorded = sum(end - start for start, end, _ in (before, after))
        assert watched - 4 <= recorded <= watched
        assert after[0] - before[1] == pytest.approx(3600 * hours, abs=3)


@pytest.mark.desktop
def test_a_minute_that_comes_again_is_recorded_once(desk, tmp_path):
    said = tmp_path / "clock"
    said.write_text("+0")
    desk.watch(
        LD_PRELOAD=str(LIBRARY),
        FAKETIME_TIMESTAMP_FILE=str(said),
        FAKETIME_NO_CACHE="1",
        DONT_FAKE_MONOTONIC="1",
    )
    time.sleep(5)
    said.write_text("-3")
    time.sleep(5)
    desk.disconnect("stop")
    for table in ("presence", "activity"):
        first, second = desk.rows(table)
        assert first[1] <= second[0]
