"""The report's chapters beyond hours: what they cost, what they bring, and what to try."""

import math
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from reports import alternatives, gallery, wording
from reports.charts.ties import reached
from reports.pdf.questions import Questions
from reports.pdf.shown import Shown
from reports.sentences import drain, references, returns, ties, turns
from reports.sentences import experiment as trial
from reports.sentences import load as loads
from reports.sentences import withdrawal as away

MOST_TIES = 5
DAYS_OF_A_WEEK = 7
"""What a relationship is like shows in no report of fewer days."""
MOST_CHANGES = 8
FEWEST_ANSWERS = 14
FEWEST_DAYS = 14
"""Of fewer known days, the days since a meeting are told, not drawn; what came of them waits."""
Table = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A part of a chapter: a heading of its own where it has one, sentences, a figure, a table."""

    sentences: list[str]
    heading: str = ""
    figure: tuple[str, Shown] | None = None
    table: Table | None = None
    notes: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Chapter:
    """What stands under one title; `short`: what of it the first page says, where it says any."""

    title: str
    parts: list[Part]
    short: str = ""


def chapters(asked: Questions, period: str) -> list[Chapter]:
    """Those chapters of which the period can say anything."""
    made = (
        _load(asked, period),
        _withdrawal(asked),
        _energy(asked),
        _returns(asked),
        _relationships(asked),
        _experiment(asked),
        _next(asked),
    )
    return [chapter for chapter in made if chapter]


def _load(asked: Questions, period: str) -> Chapter | None:
    if asked.load["load"].isna().all():
        return None
    now = asked.load_now
    whole = int(asked.load["load"].notna().sum()) >= FEWEST_DAYS or _weekly(asked.load)
    said = [loads.headline(now, period)]
    if math.isnan(now["load"]):
        known = asked.load.dropna(subset=["load"])
        newest = {str(name): float(value) for name, value in known.iloc[-1].items()}
        said.append(loads.last_known(newest, wording.day(pd.DatetimeIndex(known.index)[-1])))
    ends = ("its first day", "its last")
    change = loads.trend(asked.load_then, now, ends) if len(asked.load) > 1 else None
    said += [line for line in (change, loads.heaviest(now, asked.weights)) if line]
    table = {
        "head": ["What makes it up", "At the end", "Points", "Weight", "No load to full"],
        "rows": loads.printed(now, asked.weights, asked.ramps),
        "aligns": ["l", *"rrrr"],
        "none": "",
    }
    shown = Shown(
        gallery.draw("load", asked.load), _counted(asked.load), alternatives.load(asked.load)
    )
    part = Part(
        said,
        figure=("load", shown) if whole else None,
        table=None if math.isnan(now["load"]) else table,
    )
    return Chapter("The load", [part, Part([], notes=[*asked.aged, loads.LIMITS])], said[0])


def _counted(load: pd.DataFrame) -> str:
    known = int(load["load"].notna().sum())
    return loads.caption(known, len(load), "week" if _weekly(load) else "day")


def _weekly(load: pd.DataFrame) -> bool:
    return len(load) > 1 and load.index[1] - load.index[0] > pd.Timedelta(days=1)


def _withdrawal(asked: Questions) -> Chapter | None:
    days = asked.since[asked.since["kind"] == "day"]
    if days.empty or days["value"].isna().all():
        return None
    said = away.standing(asked.standing, asked.as_of)
    said += turns.turned(asked.changes, asked.grounds, MOST_CHANGES)
    said += away.watching(asked.watch, asked.grounds["met_share"])
    short = turns.newest(asked.changes) or said[0]
    known = int(days["value"].notna().sum())
    if known < FEWEST_DAYS:
        return Chapter("Withdrawal", [Part(said, notes=[*asked.aged, *asked.usual])], short)
    shown = Shown(
        gallery.draw("withdrawal", asked.since),
        away.caption(known, len(days), watched=bool((asked.since["kind"] == "watch").any())),
        alternatives.withdrawal(asked.since),
    )
    part = Part(said, figure=("withdrawal", shown), notes=[*asked.aged, *asked.usual])
    return Chapter("Withdrawal", [part], short)


def _energy(asked: Questions) -> Chapter | None:
    known = int(asked.daily["energy"].notna().sum())
    if known < FEWEST_ANSWERS:
        return None
    said = [drain.describing(asked.daily["energy"])]
    told = drain.all_told(asked.associations) or drain.alone(asked.daily["energy"])
    days, r = asked.findable
    notes = [drain.findable(days, r), drain.NOT_CAUSE] if days >= drain.FEW else []
    pairs, weeks, errors, supported = asked.calibration
    notes.append(drain.weighing(pairs, weeks, errors, supported=supported))
    shown = Shown(
        gallery.draw("energy", asked.daily),
        "Left: each answer, and the median of 28 days. Right: each answer beside the hours online"
        " of the day before, points a little apart; whether the two go together is said above."
        f" n = {wording.tally(known, 'answer')}.",
        alternatives.energy(asked.daily),
    )
    return Chapter(
        "Does it drain you?",
        [Part([*said, *told], figure=("energy", shown), notes=notes)],
        drain.first_told(asked.associations),
    )


def _returns(asked: Questions) -> Chapter | None:
    known = int(asked.daily["online_hours"].notna().sum())
    logs = asked.daily["in_person_hours"].notna().any()
    if not asked.returns["events"].sum() and (known < FEWEST_DAYS or not logs):
        return None  # who logs nothing has not said that nothing came
    shown = Shown(
        gallery.draw("returns", asked.returns),
        returns.caption(asked.returns, known, len(asked.daily)),
        alternatives.returns(asked.returns),
    )
    by_channel, by_origin = returns.lines(asked.returns), returns.lines(asked.origins)
    said = [line for line in by_origin[:-2] if line not in by_channel]
    parts = [
        Part(
            by_channel[:-2],
            figure=("returns", shown),
            notes=[*asked.aged, " ".join(by_channel[-2:])],
        ),
        Part(said, "By where the relationship began", notes=by_origin[-2:-1]),
        Part(asked.chances, "By chance"),
    ]
    return Chapter("What it brings", parts, returns.comparison(asked.returns))


def _relationships(asked: Questions) -> Chapter | None:
    if asked.grown["name"].nunique() < 2 or len(asked.daily) < DAYS_OF_A_WEEK:  # noqa: PLR2004
        return None
    lines = Shown(
        gallery.draw("ties", asked.grown),
        ties.caption(asked.grown, dashed=reached(asked.grown)),
        alternatives.ties(asked.grown),
    )
    reach = Shown(
        gallery.draw("funnel", asked.stages),
        ties.funnel_caption(asked.stages),
        alternatives.funnel(asked.stages),
    )
    parts = [
        Part(
            ties.lines(asked.ties),
            figure=("ties", lines),
            table=_ties(asked.ties),
            notes=asked.aged,
        ),
        Part(
            [ties.funnel(asked.stages)],
            "From reach to support",
            ("funnel", reach),
            notes=[references.layers()],
        ),
    ]
    return Chapter("The relationships", parts)


def _ties(frame: pd.DataFrame) -> Table:
    order = frame.sort_values("in_person_hours", ascending=False).head(MOST_TIES)
    rows = [
        [
            str(row["name"]),
            {"in_person": "in person", "online": "online"}.get(str(row["met"]), "–"),
            _cell(row["depth"], "{:.1f}"),
            _cell(row["line_hours"], "{:.0f} h"),
            _cell(row["rhythm_days"], "{:.0f} d"),
            _cell(row["overdue_days"], "{:.0f} d"),
            str(row["trend"]) if isinstance(row["trend"], str) else "–",
        ]
        for _, row in order.iterrows()
    ]
    head = ["Name", "Began", "Depth of 7", "Passed", "Meets every", "Overdue", "Trend"]
    return {"head": head, "rows": rows, "aligns": ["l", "l", *"rrrr", "l"], "none": ""}


def _cell(value: Any, form: str) -> str:
    number = float(value) if value is not None else math.nan
    return "–" if math.isnan(number) else form.format(number)


def _experiment(asked: Questions) -> Chapter | None:
    if asked.trial is None:
        return None
    about, row, rows = asked.trial
    shown = Shown(
        gallery.draw("experiment", rows),
        "Left: each day, B shaded, with the mean of each phase. Right: the difference under every"
        " calendar that could have been drawn; the line is the one that was."
        f" n = {wording.tally(row['a_days'] + row['b_days'], 'day')} with a value.",
        alternatives.experiment(rows),
    )
    part = Part(trial.result(about, row), figure=("experiment", shown))
    return Chapter(f"The experiment: {about.what}", [part])


def _next(asked: Questions) -> Chapter | None:
    if not len(asked.suggestions):
        return None
    parts = [
        Part(
            [str(one.reason)],
            str(one.suggestion)[:1].upper() + str(one.suggestion)[1:],
            commands=[str(one.command)],
        )
        for one in asked.suggestions.itertuples(index=False)
    ]
    first = Part(["From what goes together in your own data; what causes what, only trying tells."])
    short = "; ".join(asked.suggestions["suggestion"].astype(str))
    return Chapter("Worth a try", [first, *parts], f"{short[:1].upper()}{short[1:]}.")
