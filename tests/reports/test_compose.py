"""The report: what a reader, a screen reader and a machine find in the PDF."""

import datetime as dt
import subprocess

import pytest

from reports.pdf.compose import compose
from reports.pdf.content import ReportContent

MADE_ON = dt.datetime(2026, 10, 6, 9, tzinfo=dt.UTC)


def content(frames, span, *, made_up=False, **changes):
    parts = {
        name: frames[span][name]
        for name in (
            "totals",
            "days",
            "weeks",
            "months",
            "years",
            "balance",
            "hours",
            "people",
            "top",
        )
    }
    days = parts["days"].index
    return ReportContent(
        title="Online and in the room",
        period_first=days[0].date(),
        period_last=days[-1].date(),
        made_on=MADE_ON,
        made_up=made_up,
        **parts | changes,
    )


def read(tool, data, tmp_path, *options):
    file = tmp_path / "report.pdf"
    file.write_bytes(data)
    return subprocess.run(
        [tool, *options, str(file), *(["-"] if tool == "pdftotext" else [])],
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@pytest.mark.parametrize("span", ["one day", "ninety days", "ten years"])
def test_it_is_tagged_titled_embedded_and_its_charts_are_text(span, frames, tmp_path):
    data = compose(content(frames, span))
    about = read("pdfinfo", data, tmp_path)
    assert "Tagged:          yes" in about
    assert "Title:           Online and in the room" in about
    fonts = read("pdffonts", data, tmp_path).splitlines()[2:]
    assert fonts
    assert all(" yes yes yes " in line for line in fonts)
    text = read("pdftotext", data, tmp_path)
    assert "feeds and posts" in text
    assert "Ana Ferreira" in text


def test_the_same_content_gives_the_same_bytes(frames):
    once = content(frames, "one day")
    assert compose(once) == compose(once)


def test_made_up_data_is_marked_on_every_page(frames, tmp_path):
    pages = read("pdftotext", compose(content(frames, "one day", made_up=True)), tmp_path)
    for page in pages.split("\f")[:-1]:
        assert "MADE-UP DATA" in page


def test_your_own_data_is_not_called_made_up(frames, tmp_path):
    text = read("pdftotext", compose(content(frames, "one day")), tmp_path)
    assert "made-up" not in text.lower()


def test_without_people_or_activity_a_sentence_stands_in_their_place(frames, tmp_path):
    nobody = frames["one day"]["people"].iloc[:0]
    nothing = frames["one day"]["top"].iloc[:0]
    data = compose(content(frames, "one day", people=nobody, top=nothing))
    text = read("pdftotext", data, tmp_path)
    assert "No time with people has been logged" in text
    assert "No activity was recorded" in text


def test_a_period_nobody_recorded_still_makes_a_report(frames, sum_up, tmp_path):
    days = frames["one day"]["days"].copy()
    days = days * float("nan")
    nothing = {"days": days, "totals": sum_up(days)}
    text = read("pdftotext", compose(content(frames, "one day", **nothing)), tmp_path)
    assert "nothing was recorded" in text


def test_a_name_in_any_script_does_not_stop_it(frames):
    people = frames["one day"]["people"].copy()
    people["name"] = ["李小龍 😀", "Жанна #[x] $y$"]
    assert compose(content(frames, "one day", people=people)).startswith(b"%PDF")


def test_a_figure_stands_on_the_page_of_its_heading(frames, tmp_path):
    pages = read("pdftotext", compose(content(frames, "ninety days")), tmp_path).split("\f")
    for title, caption in (
        ("The contrast", "bars start at zero"),
        ("The rhythm of the day", "Minutes of each hour"),
        ("The people", "Hours in person in this period"),
        ("What this stands on", "Hours recorded each day"),
    ):
        (page,) = [page for page in pages if f"{title}\n" in page]
        assert caption in page


def test_only_people_logged_makes_no_page_of_empty_charts(frames, sum_up, tmp_path):
    days = frames["ninety days"]["days"].copy()
    screen = [name for name in days.columns if name not in ("in_person_hours", "encounters")]
    days[screen] = float("nan")
    logged = {"days": days, "weeks": frames["ninety days"]["weeks"], "totals": sum_up(days)}
    logged["weeks"] = logged["weeks"].assign(online_hours=float("nan"))
    text = read("pdftotext", compose(content(frames, "ninety days", **logged)), tmp_path)
    assert "nothing was recorded at a screen" in " ".join(text.split())
    assert "The rhythm of the day" not in text
    assert "Month by month" not in text
    assert "Ana Ferreira" in text
