"""Every chart keeps the same promises; and each says with its artists what its frame says."""

import re
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.text import Text

from disconnect.pipeline.balance import rolling
from reports import alternatives, wording
from reports.charts import actogram, calendars
from reports.charts.balance import beside
from reports.charts.coverage import coverage
from reports.charts.mirrored import a_day, mirrored
from reports.charts.ties import apart
from reports.charts.withdrawal import withdrawal
from reports.drawing import steps_of
from reports.gallery import CHARTS, drawn
from reports.theme import DARK, LIGHT, ONLINE

EVERY = pytest.mark.parametrize("chart", CHARTS.values(), ids=lambda chart: chart.name)


def words_of(figure: Figure) -> str:
    return " ".join(text.get_text() for axes in figure.axes for text in axes.texts)


@EVERY
def test_an_empty_frame_says_that_there_is_nothing(chart, frames):
    figure = chart.draw(frames["a year"][chart.needs].iloc[:0])
    assert "N" in words_of(figure) or "needs" in words_of(figure)
    assert b"<svg" in drawn(figure, "svg")


@EVERY
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_one_row_can_be_drawn(chart, theme, frames):
    figure = chart.draw(frames["a year"][chart.needs].iloc[:1], theme=theme)
    assert b"<svg" in drawn(figure, "svg")


@EVERY
def test_all_unknown_can_be_drawn(chart, frames):
    frame = frames["ninety days"][chart.needs].copy()
    numbers = frame.select_dtypes("number").columns.difference(["hour"])
    frame[numbers] = frame[numbers].astype(float)
    frame.loc[:, numbers] = np.nan
    assert words_of(chart.draw(frame))


@EVERY
def test_ten_years_can_be_drawn_in_a_small_file(chart, frames):
    assert len(drawn(chart.draw(frames["ten years"][chart.needs]), "svg")) < 1_500_000


@EVERY
def test_the_frame_is_left_as_it_was(chart, frames):
    frame = frames["ninety days"][chart.needs]
    before = frame.copy(deep=True)
    chart.draw(frame)
    pd.testing.assert_frame_equal(frame, before)


@EVERY
def test_the_same_frame_gives_the_same_bytes(chart, frames):
    frame = frames["ninety days"][chart.needs]
    assert drawn(chart.draw(frame), "svg") == drawn(chart.draw(frame), "svg")


def test_both_sides_share_one_scale(frames):
    left, right = mirrored(frames["ninety days"]["periods"]).axes[0].get_xlim()
    assert left == -right


def test_online_reaches_left_as_far_as_its_channels_and_in_person_right(frames):
    weeks = frames["ninety days"]["periods"]
    spans = [
        patch.get_path().get_extents()
        for patch in mirrored(weeks).axes[0].patches
        if hasattr(patch, "get_path") and patch.get_zorder() == 2
    ]
    rates = a_day(weeks)
    farthest = rates[[f"{channel}_hours" for channel in ONLINE]].sum(axis=1).max()
    assert min(span.x0 for span in spans) == pytest.approx(-farthest)
    assert max(span.x1 for span in spans) == pytest.approx(rates["in_person_hours"].max())


def test_hours_a_day_divide_by_covered_days_only():
    week = pd.DataFrame(
        dict.fromkeys([*(f"{c}_hours" for c in ONLINE), "online_hours", "in_person_hours"], 6.0)
        | {"covered_days": 3, "logged_days": 2},
        index=pd.Index(["2026-W01"], name="period"),
    )
    assert a_day(week)["online_hours"].item() == 2.0
    assert a_day(week)["in_person_hours"].item() == 3.0


def test_a_balance_without_enough_known_days_stays_unknown(frames):
    days = frames["ninety days"]["days"].copy()
    days.iloc[:80, days.columns.get_indexer(["online_hours"])] = np.nan
    assert rolling(days)["balance"].isna().all()


def test_the_balance_of_three_to_one_is_a_quarter():
    days = pd.DataFrame(
        {"online_hours": 3.0, "in_person_hours": 1.0}, index=pd.date_range("2026-01-01", periods=28)
    )
    assert rolling(days)[["balance", "low", "high"]].iloc[-1].tolist() == [0.25] * 3


@EVERY
def test_every_chart_says_what_it_is_and_needs(chart, frames):
    assert chart.line.endswith(".")
    assert chart.needs in frames["a year"]


def test_the_difference_seen_stands_in_what_chance_makes(frames):
    rows = frames["ninety days"]["experiment"]
    figure = CHARTS["experiment"].draw(rows)
    days = rows[rows["kind"] == "day"].groupby("phase")["value"].mean()
    (seen,) = figure.axes[1].lines
    assert np.asarray(seen.get_xdata())[0] == pytest.approx(days["B"] - days["A"])
    heights = [bar.get_height() for bar in figure.axes[1].patches if isinstance(bar, Rectangle)]
    assert sum(heights) == (rows["kind"] == "assignment").sum()


def test_an_experiment_shades_the_phases_in_which_something_is_tried(frames):
    axes = CHARTS["experiment"].draw(frames["ninety days"]["experiment"]).axes[0]
    shaded = [one for one in axes.patches if isinstance(one, Rectangle) and one.get_alpha()]
    start = pd.Timestamp("2026-09-07").toordinal() - 0.5
    assert [patch.get_x() - start for patch in shaded] == [6, 20]
    assert [patch.get_width() for patch in shaded] == [7, 8]


def test_a_missing_day_of_an_experiment_is_no_point(frames):
    axes = CHARTS["experiment"].draw(frames["ninety days"]["experiment"]).axes[0]
    points = [line for line in axes.lines if line.get_marker() == "o"]
    assert sum(np.size(line.get_xdata()) for line in points) == 26


def test_returns_draw_a_hollow_dot_at_zero_where_nothing_came(frames):
    axes = CHARTS["returns"].draw(frames["ninety days"]["returns"]).axes[0]
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert [np.asarray(dot.get_xdata())[0] for dot in dots] == [15.28, 9.86, 1.3, 0]
    hollow = [dot.get_markerfacecolor() == LIGHT.paper for dot in dots]
    assert hollow == [False, False, False, True]
    said = [text.get_text() for text in axes.texts]
    assert said == [
        "9 in 60 h",
        "1 in 12 h",
        "4 in 320 h",
        "0 in 210 h",
        "1, no hours known",
    ]


def test_an_interval_that_runs_far_is_cut_and_its_end_is_written():
    rows = {"events": [9, 1], "hours": [60.0, 0.2], "rate_per_100h": [15.3, 590.0]}
    frame = pd.DataFrame(rows | {"low": [7.4, 54.0], "high": [27.4, 2300.0]}, ["in_person", "call"])
    frame.loc["call", ["events", "rate_per_100h", "low"]] = [0, 114.0, 0.0]
    axes = CHARTS["returns"].draw(frame).axes[0]
    assert axes.get_xlim()[1] < 70
    assert axes.texts[1].get_text() == "0 in 12 min (to 2300)"


def test_the_funnel_draws_what_is_known_and_writes_the_rest():
    stages = ["reached", "conversed", "met", "supported"]
    frame = pd.DataFrame({"stage": stages, "people": [np.nan, 1240.0, 5.0, 0.0]})
    axes = CHARTS["funnel"].draw(frame).axes[0]
    assert axes.get_xscale() == "log"
    assert [text.get_text() for text in axes.texts] == ["not noted", "1 240", "5", "nobody"]
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert [np.asarray(dot.get_xdata())[0] for dot in dots] == [1240, 5]


def test_names_stay_apart_within_the_room_and_in_order():
    places = apart([0, 0, 1, 1, 50, 99, 100], 5, 100)
    assert places == sorted(places)
    assert min(b - a for a, b in pairwise(places)) >= 5 - 1e-9
    assert (min(places) >= 0, max(places) <= 100, places[4]) == (True, True, 50)


def test_ties_draw_the_lines_that_are_within_reach(frames):
    def levels(span):
        axes = CHARTS["ties"].draw(frames[span]["ties"]).axes[0]
        dashed = [line for line in axes.lines if line.get_linestyle() == "--"]
        return [np.asarray(line.get_ydata())[0] for line in dashed]

    assert levels("one day") == []
    assert levels("ninety days") == [50]
    assert levels("a year") == [50, 90, 200]


def test_the_balance_beside_a_reference_is_of_ones_own_hours_online():
    days = pd.DataFrame(
        {"online_hours": 3.0, "in_person_hours": 1.0}, index=pd.date_range("2026-01-01", periods=28)
    )
    assert beside(rolling(days), 1.0).iloc[-1] == 0.25
    days.iloc[:20, 0] = np.nan
    assert beside(rolling(days), 1.0).isna().all()


def test_a_little_is_a_step_above_nothing_and_much_is_the_last_step():
    values = np.array([np.nan, 0.0, 0.1, 1.0, 1.1, 8.0, 8.1])
    assert steps_of(values, calendars.BOUNDS).tolist() == [-1, 0, 1, 1, 2, 4, 5]
    assert steps_of(np.array([0.05, 1.0]), actogram.BOUNDS).tolist() == [1, 4]
    assert len(calendars.STEP_WORDS) == len(LIGHT.online_steps) == len(calendars.BOUNDS) + 2
    assert len(actogram.STEP_WORDS) == len(actogram.BOUNDS) + 2


@pytest.mark.parametrize(
    ("quiet", "edges", "words"),
    [((22 * 60, 6 * 60), {6, 22}, "22–6"), ((30, 7 * 60 + 30), {0.5, 7.5}, "0:30–7:30")],
)
def test_late_night_is_marked_where_the_person_says_it_is(quiet, edges, words, frames):
    hours = frames["ninety days"]["hours"]
    figure = actogram.actogram(hours, quiet=quiet)
    ends = [np.asarray(line.get_xdata()) for line in figure.axes[0].lines]
    dashed = {float(end[0]) for end in ends if end[0] == end[1]}
    assert dashed == edges
    assert any(words in text.get_text() for text in figure.texts)


def test_what_is_heard_of_late_night_follows_the_same_hours(frames):
    hours = frames["ninety days"]["hours"]
    assert "between 22:00 and 6:00" in alternatives.actogram(hours, (22 * 60, 6 * 60))
    noon = hours.loc[hours["hour"].isin([12, 13]), "screen_hours"].sum()
    share = wording.percent(noon / hours["screen_hours"].sum())
    assert f"{share} of screen time fell between 12:00 and 14:00" in alternatives.actogram(
        hours, (12 * 60, 14 * 60)
    )


@pytest.mark.parametrize(
    ("span", "first", "second"),
    [("ninety days", "29 Jun 2026", "6 Jul"), ("a year", "Oct 2025", "Nov"), ("ten years", "2017", "2018")],
)  # fmt: skip
def test_weeks_and_months_are_named_by_their_dates(span, first, second, frames):
    labels = [
        text.get_text() for text in mirrored(frames[span]["periods"]).axes[0].get_yticklabels()
    ]
    assert labels[:2] == [first, second]


def test_a_day_of_which_too_little_is_known_is_hatched_beneath_its_bar(frames):
    days = frames["ninety days"]["days"].copy()
    before = hatched_corners(coverage(days))
    days.loc[days.index[30], "screen_hours"] = np.nan
    assert hatched_corners(coverage(days)) == before + 5  # of one rectangle more


def hatched_corners(figure: Figure) -> int:
    patches = [artist for artist in figure.axes[0].artists if isinstance(artist, PathPatch)]
    patches += [artist for artist in figure.axes[0].patches if isinstance(artist, PathPatch)]
    return sum(np.shape(patch.get_path().vertices)[0] for patch in patches if patch.get_hatch())


@pytest.mark.parametrize("days", [1, 3, 40, 90, 100, 365, 800, 2000])
def test_no_date_runs_off_either_edge(days, frames):
    frame = frames["ten years"]["days"].iloc[-days:]
    figure = coverage(frame)
    FigureCanvasAgg(figure).draw()
    for label in figure.axes[0].get_xticklabels():
        box = label.get_window_extent()
        assert box.x0 >= 0
        assert box.x1 <= figure.bbox.x1


def golden(name: str, span: str, frames: dict[str, dict[str, pd.DataFrame]]) -> Figure:
    return CHARTS[name].draw(frames[span][CHARTS[name].needs])


@pytest.mark.mpl_image_compare(baseline_dir="golden", tolerance=4)
@pytest.mark.parametrize("name", list(CHARTS))
def test_ninety_days_look_as_agreed(name, frames) -> Figure:
    return golden(name, "ninety days", frames)


@pytest.mark.mpl_image_compare(baseline_dir="golden", tolerance=4)
@pytest.mark.parametrize("name", ["mirrored", "balance", "calendars", "actogram"])
def test_ninety_days_look_as_agreed_on_a_dark_ground(name, frames) -> Figure:
    return CHARTS[name].draw(frames["ninety days"][CHARTS[name].needs], theme=DARK)


@pytest.mark.mpl_image_compare(baseline_dir="golden", tolerance=4)
@pytest.mark.parametrize("name", ["mirrored", "calendars", "actogram"])
def test_ten_years_look_as_agreed(name, frames) -> Figure:
    return golden(name, "ten years", frames)


@EVERY
def test_no_chart_prints_a_correlation_without_its_interval(chart, frames):
    figure = chart.draw(frames["a year"][chart.needs])
    said = [text.get_text() for text in figure.findobj(Text)]
    assert not [words for words in said if re.search(r"\br\s*=|correlation", words)]


def test_a_load_without_parts_is_not_said_to_lack_days(frames):
    index = frames["ninety days"]["load"].copy()
    index["load"] = np.nan
    for days, words in ((28.0, "parts"), (6.0, "7 recorded days")):
        assert words in words_of(CHARTS["load"].draw(index.assign(covered_days=days)))


def test_the_key_names_the_watch_that_is_drawn_and_no_other(frames):
    rows = frames["a year"]["withdrawal"]
    alone = rows[(rows["kind"] == "day") | (rows["measure"] == "in_person_hours")]
    both, one = (withdrawal(part) for part in (rows, alone))
    said = [{text.get_text() for text in figure.texts} for figure in (both, one)]
    assert any("more online than before" in text for text in said[0])
    assert not any("more online than before" in text for text in said[1])
    assert "less with people than before (standard deviations, summed)" in said[1]
