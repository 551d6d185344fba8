"""Whatever small frames hold, no answer breaks its numbers or speaks against itself."""

import datetime as dt
import math
import random
import re
from itertools import pairwise

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from disconnect.analysis.load import components
from disconnect.pipeline.association import associations, detectable
from disconnect.pipeline.experiment import result
from disconnect.pipeline.load import index, inputs
from disconnect.pipeline.returns import GROUPS, returns
from disconnect.pipeline.ties import ties
from disconnect.settings import Settings
from disconnect.statistics.phases import drawn
from reports.sentences import checkin, drain, experiment, load, suggestions
from reports.sentences import returns as returned
from reports.sentences import ties as related

FEW = settings(deadline=None, max_examples=60)
SEEDS = st.integers(0, 100_000)
COMPONENTS = components(Settings())
BROKEN = re.compile(r"\b(?:inf|nan|None|NaN)\b|−0(?:\.0+)? |\(-|--")
PAIR = re.compile(
    r"(?P<a>[+−]?\d[\d.,]*(?: (?:%|h|min|points?))*) (?:to|and) (?P<b>[+−]?\d[\d.,]*(?: (?:%|h|min|points?))*)"
)
RANGE = re.compile(r"\((\d+)–(\d+)\)")
SHORT = re.compile(r"(\d+) of the (\d+) (?:days|weekly|paired)[^.;]*(?:takes|check-ins|known)")


def sane(lines):
    """Assert that no line holds a broken number, an equal pair, or a shortfall that is none."""
    for line in lines:
        plain = line.replace("\N{NO-BREAK SPACE}", " ")
        broken = BROKEN.search(plain)
        assert not broken, (broken, plain)
        for match in PAIR.finditer(plain):
            assert match["a"] != match["b"], plain
        for low, high in RANGE.findall(plain):
            assert int(low) < int(high), plain
        for there, needed in SHORT.findall(plain):
            assert int(there) < int(needed), plain
        assert not re.search(
            r"(?<![\d.,+−])1 (?:days|hours|people|points|opportunities)\b", plain
        ), plain
        assert plain[:1] == plain[:1].upper() or plain.startswith("  "), plain


@FEW
@given(SEEDS, st.integers(1, 80), st.floats(0, 0.95), st.integers(1, 6))
def test_of_energy(seed, size, missing, steps):
    rng = np.random.default_rng(seed)
    names = ("online_hours", "broadcast_hours", "in_person_hours", "late_night_hours")
    index_ = pd.date_range("2026-01-01", periods=size)
    days = pd.DataFrame({name: rng.integers(0, steps, size) / 3 for name in names}, index_)
    days["energy"] = rng.integers(0, steps, size) * 1.0
    days = days.mask(rng.random(days.shape) < missing)
    found = associations(days)
    told = drain.all_told(found)
    tested = found["paired_days"][found["coefficient"].notna()]
    extra = (
        [drain.findable(int(tested.max()), detectable(int(tested.max())))] if len(tested) else []
    )
    waits = drain.weighing(size, size // 7, (math.nan,) * 3, supported=False)
    sane([drain.describing(days["energy"]), *told, *extra, waits])
    if len(tested):
        assert not any(line.startswith("Too early") for line in told)


@FEW
@given(SEEDS, st.integers(1, 60), st.floats(0, 0.9), st.sampled_from([0.0, 0.05, 1.0, 4.0]))
def test_of_the_load(seed, size, missing, scale):
    rng = np.random.default_rng(seed)
    steady = dict.fromkeys(inputs.INPUTS, 1.0) | {"online_hours": 6.0, "rest_window_hours": 6.0}
    days = pd.DataFrame({name: scale * value * rng.random(size) for name, value in steady.items()})
    days = days.mask(rng.random(days.shape) < missing)
    ends = {str(n): n for n in range(size)}
    found = index.load(days, rng.random(size), ends, COMPONENTS, 7.0, np.random.default_rng(seed))
    rows = [{str(name): float(cell) for name, cell in row.items()} for _, row in found.iterrows()]
    weights = {one.name: one.weight for one in COMPONENTS}
    ramps = {one.name: one.ends for one in COMPONENTS}
    for row in rows[:: max(1, size // 5)]:
        lines = [line.strip() for line in load.lines(row, weights, "June")]
        lines[1:] = [line[:1].upper() + line[1:] for line in lines[1:]]
        heaviest = load.heaviest(row, weights)
        printed = [" ".join(cells) for cells in load.printed(row, weights, ramps)]
        sane([*lines[:-1], *([heaviest] if heaviest else []), *printed])
        if not math.isnan(row["load"]):
            number = re.search(r"; (\d+) of the last 28", lines[0])
            assert number is not None
            assert int(number[1]) == row["covered_days"]
    for first, last in pairwise(rows):
        change = load.trend(first, last, ("May", "June"))
        sane([change] if change else [])


CELL = st.tuples(
    st.integers(0, 400), st.integers(0, 5), st.sampled_from([math.nan, 0.0, 1e-3, 0.5, 8.0, 4e4])
)


@FEW
@given(
    st.lists(CELL, min_size=5, max_size=5),
    st.sampled_from(["channel", "origin", "chance"]),
    st.sampled_from(["opportunities", "support"]),
    st.integers(0, 3),
)
def test_of_returns(cells, by, what, unsaid):
    names = GROUPS[by]
    counts = pd.DataFrame([cell[:2] for cell in cells[: len(names)]], index=list(names))
    counts.columns = pd.Index(["events", "left_out"])
    if unsaid:
        counts = pd.concat([counts, pd.DataFrame({"events": unsaid, "left_out": 0}, index=[None])])
    hours = dict(zip(names, (cell[2] for cell in cells), strict=False))
    frame = returns(counts, hours, names).rename_axis("began" if by == "chance" else by)
    lines = returned.lines(frame, what)
    sane(lines)
    said = " ".join(lines)
    others = int(frame.iloc[1 : len(names)]["events"].sum())
    if "which brought none" in said:
        assert not others
    if re.search(r"brought none; at most", said):
        assert not frame["events"].iloc[0]
    if "Nothing came of either side" in said:
        assert not frame.iloc[: len(names)]["events"].sum()


@FEW
@given(SEEDS, st.integers(1, 4), st.integers(0, 40), st.integers(0, 400))
def test_of_relationships(seed, people, meetings, later):
    rng = np.random.default_rng(seed)
    known = pd.DataFrame(
        {"person": range(people), "name": [f"P{n}" for n in range(people)], "met": None}
    )
    channels = np.array(["in_person", "call"])
    rows = pd.DataFrame(
        {
            "encounter": range(meetings),
            "person": rng.integers(0, people, meetings),
            "day": np.sort(rng.integers(0, 200, meetings)),
            "channel": channels[rng.integers(0, 2, meetings)],
            "hours": rng.choice([0.1, 1.0, 30.0], meetings),
            "meaning": rng.choice([math.nan, 1.0, 7.0], meetings),
            "disclosure": math.nan,
        }
    )
    end = int(rows["day"].max()) if meetings else 0
    found = ties(known, rows, end + later)
    sane(related.lines(found))
    for _, row in found.iterrows():
        tie = {str(name): value for name, value in row.items()}
        sane(related.about(tie, float(row["in_person_hours"]), int(rng.integers(0, 3))))


@FEW
@given(SEEDS, st.sampled_from([(28, 4), (42, 7)]), st.floats(0, 0.5), st.integers(1, 4))
def test_of_an_experiment(seed, size, missing, steps):
    days, shortest = size
    rng = np.random.default_rng(seed)

    cuts = drawn(days, shortest, random.Random(seed))  # noqa: S311 - a lot for a test
    phases = ["AB"[sum(n >= cut for cut in cuts) % 2] for n in range(days)]
    value = rng.integers(0, steps, days).astype(float)
    value[rng.random(days) < missing] = math.nan
    frame = pd.DataFrame(
        {"phase": phases, "value": value, "rule_minutes": rng.random(days) * 60, "kept": 1.0}
    )
    found = result(frame, cuts, shortest)
    if found is None:
        return
    for outcome in ("energy", "online_hours"):
        about = experiment.About("no feeds", outcome, "channel=broadcast", days)
        lines = experiment.result(about, found.row)
        sane(lines)
        if "no difference" in lines[0]:
            assert "no effect at all does not" not in lines[1]


@given(st.floats(0, 100), st.floats(0, 100))
def test_of_a_check_in(now, then):
    said = checkin.before(then, dt.date(2026, 10, 29), now)
    assert ("the same" in said) == (f"{now:.3g}" == f"{then:.3g}")


@FEW
@given(
    st.tuples(st.floats(0, 10), st.integers(7, 90)),
    st.tuples(st.floats(0, 10), st.integers(7, 90)),
    st.floats(0, 3),
    st.integers(0, 120),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_of_what_is_next(more, less, width, days, low, high):
    middle = more[0] - less[0]
    company = (min(3, days), days)
    sane(
        [
            suggestions.energy(more, less, middle - width, middle + width),
            suggestions.hour(21, "message", 0.5, max(days, 14), company),
            suggestions.no_energy(days, 28),
            suggestions.somebody("Ana", (None, 5.0), 1 + days, None),
            suggestions.weekday(2, min(low, high), (min(low, high), max(low, high)), 9, 0.995),
        ]
    )
    sane([suggestions.nothing((days, 14), (days, days // 2, 56)).capitalize()])
