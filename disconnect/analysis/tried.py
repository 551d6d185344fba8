"""What experiments on oneself say of trying something again."""

import sqlite3
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from disconnect.analysis.experiments import Finished, over
from disconnect.clock import Clock, local_zone
from disconnect.home import Home
from disconnect.logbook.adherence import rule_of
from disconnect.settings import Settings
from disconnect.store.experiments import Experiment, experiments

BETTER = {"energy": 1, "drained": -1, "in_person_hours": 1}
"""Outcomes of which it is known which way is good."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried to no good, and what is being tried now.

    running: An experiment that runs or is to come: one at a time is enough.
    words: What was tried, in lower case.
    hours: Channels with the hours of the day in which they were given up.
    """

    running: Experiment | None
    words: frozenset[str]
    hours: frozenset[tuple[str, int]]


def tried_in(
    connection: sqlite3.Connection, home: Home, settings: Settings, how: tuple[Clock, bool]
) -> Tried:
    """Gather what experiments say; `how`: the clock, and whether results may be kept.

    An experiment was to no good if its outcome was no better with what was tried than without,
    however uncertain: to suggest it again would go against what evidence there is.
    """
    clock, _ = how
    today = clock().astimezone(ZoneInfo(local_zone())).date()
    open_ones = [
        one for one in experiments(connection) if one.state(today) in {"running", "to come"}
    ]
    bad = [one for one in over(connection, home, settings, how) if _no_better(one)]
    hours = {place for one in bad for place in _given_up(one, settings.day_starts_hour)}
    words = frozenset(one.experiment.design.what.casefold() for one in bad)
    return Tried(open_ones[0] if open_ones else None, words, frozenset(hours))


def _no_better(one: Finished) -> bool:
    side = BETTER.get(one.experiment.design.outcome)
    return side is not None and side * one.result.row["difference"] <= 0


def _given_up(one: Finished, day_starts: int) -> set[tuple[str, int]]:
    """The channels and hours that its rule covers, where it is one of channels or all use."""
    words = one.experiment.design.rule
    rule = rule_of(words) if words else None
    if rule is None or any(name != "channel" for name, _ in rule.where):
        return set()
    channels = [value for _, value in rule.where] or ["broadcast", "message", "email"]
    return {
        (channel, hour)
        for channel in channels
        for hour in range(24)
        if rule.counts(hour * 60 + 30, day_starts)
    }
