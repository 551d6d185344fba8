"""What a report asks beyond hours: frames and plain values, as the analysis makes them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from reports.sentences.experiment import About


@dataclass(frozen=True)
class Questions:
    """What is asked beyond hours; frames as the analysis makes them.

    load: index `day`, as the chart of the load wants it; `load_now` and `load_then` its last row
        and that of the period's first day. weights, ramps: of the load's parts, as set; ramps
        from no load to full load.
    standing, as_of, changes, grounds, watch, since: of `withdrawal`.
    daily, associations: of `drain`; calibration: pairs, weeks, the errors with and without
        the load and the share of shifts that fit as well, and if supported; findable:
        paired days and the correlation they can find.
    returns, origins: by channel and by origin of the relationship; chances: in words.
    stages, grown, ties: of relationships. usual: what is usual elsewhere, in
        words. aged: how old the last entry is, where the diary is not kept.
    trial: of an experiment that is over: what it was about, its result and its rows.
    suggestions: `suggestion`, `reason`, `command`.
    """

    load: pd.DataFrame
    load_now: Mapping[str, float]
    load_then: Mapping[str, float]
    weights: Mapping[str, float]
    ramps: Mapping[str, tuple[float, float]]
    standing: Mapping[str, float]
    as_of: dt.date | None
    changes: pd.DataFrame
    watch: pd.DataFrame
    since: pd.DataFrame
    grounds: Mapping[str, float]
    daily: pd.DataFrame
    associations: pd.DataFrame
    calibration: tuple[int, int, tuple[float, float, float], bool]
    findable: tuple[int, float]
    returns: pd.DataFrame
    origins: pd.DataFrame
    chances: list[str]
    stages: pd.DataFrame
    grown: pd.DataFrame
    ties: pd.DataFrame
    usual: list[str]
    aged: list[str]
    trial: tuple[About, Mapping[str, float], pd.DataFrame] | None
    suggestions: pd.DataFrame
