"""Lists of addresses and window titles, each with the channel that a sensible person expects."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from disconnect.sorting.sorter import Sorter

HERE = Path(__file__).parent
SORTER = Sorter.load(None)
Told = list[tuple[str, str, str]]


def lines(name: str) -> Iterator[tuple[str, str]]:
    """Each line of a list, with what stands above it in brackets."""
    above = ""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and ": " not in line:
            above = line[1:-1]
        elif line and not line.startswith("#"):
            yield above, line


def addresses() -> Told:
    told = []
    for channel, line in lines("addresses.txt"):
        for address in line.split():
            host, slash, path = address.partition("/")
            found = SORTER.sort("chromium", None, host, slash + path)
            told.append((channel, str(SORTER.channels[found]), address))
    return told


def titles() -> Told:
    told = []
    for app, line in lines("titles.txt"):
        channel, _, title = line.partition(": ")
        found = SORTER.sort(app, title, None, None)
        told.append((channel, str(SORTER.channels[found]), f"{app}: {title}"))
    return told


@pytest.mark.parametrize("told", [addresses(), titles()], ids=["addresses", "titles"])
def test_what_counts_as_communication_is_and_what_is_counts(told):
    assert len(told) > 600
    wrong = [one for one in told if one[0] != one[1]]
    said = [one for one in told if one[1] != "other"]
    true = [one for one in told if one[0] != "other"]
    right = sum(one[0] == one[1] for one in said)
    assert right >= 0.98 * len(said), wrong
    assert right >= 0.97 * len(true), wrong
