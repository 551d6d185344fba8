"""The report's pages beyond hours, made of a life and read back from the PDF."""

import contextlib
import datetime as dt
import re
import shutil
import sqlite3
import subprocess

import pytest

from collectors.imports.made_up import MadeUpLife
from disconnect.analysis.load import load_of
from disconnect.analysis.report import content_for
from disconnect.cli.demo import fill
from disconnect.home import Home
from disconnect.periods import Period
from disconnect.settings import Settings
from disconnect.store.opening import connect
from disconnect.store.writing import Writer
from reports.pdf.chapters import chapters
from reports.pdf.compose import compose

FIRST = dt.date(2026, 1, 1)
DAYS = 150
LAST = FIRST + dt.timedelta(days=DAYS - 1)


def clock():
    return dt.datetime(2026, 6, 10, 12, tzinfo=dt.UTC)


def home_of(folder, life):
    home = Home(folder).prepare()
    connection = connect(home.database)
    Writer(connection).write(life.facts(dt.datetime(1970, 1, 1, tzinfo=dt.UTC)))
    connection.close()
    return home


def read(home, period, folder, clock=clock):
    content = content_for(home, Settings(), period, clock, "Europe/Berlin")
    file = folder / "report.pdf"
    file.write_bytes(compose(content))
    said = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    return content, re.sub(r"\s+", " ", said.stdout.decode())


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    folder = tmp_path_factory.mktemp("year")
    home = home_of(folder / "home", MadeUpLife(5, FIRST, DAYS, activities_per_day=80))
    content, text = read(home, Period(FIRST, LAST), folder)
    return home, content, text


def test_every_question_has_its_page(paper):
    text = paper[2]
    for title in ("The load", "Withdrawal", "Does it drain you?", "What it brings"):
        assert title in text
    assert "The relationships" in text
    assert "no diagnosis" in text
    assert "need not be cause and effect" in text


def test_the_first_page_says_in_short_what_the_chapters_come_to_and_where(paper, tmp_path):
    content = paper[1]
    file = tmp_path / "report.pdf"
    file.write_bytes(compose(content))
    said = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    pages = [" ".join(page.split()) for page in said.stdout.decode().split("\f")]
    short = [one for one in chapters(content.asked, "this period") if one.short]
    assert {one.title for one in short} >= {"The load", "Withdrawal", "What it brings"}
    for chapter in short:
        plain = " ".join(chapter.short.split())
        first, *more = plain.split()
        # The column with the page stands at the end of the first line.
        found = re.search(rf"{re.escape(chapter.title)} {re.escape(first)} .*?p\. (\d+)", pages[0])
        assert found, (chapter.title, pages[0])
        assert all(word in pages[0] for word in more)
        assert chapter.title in pages[int(found[1]) - 1]


def test_the_load_on_paper_is_that_of_the_command(paper):
    home, _, text = paper
    found = load_of(home, Settings(), Period(FIRST, LAST), "day", clock).iloc[-1]
    number = f"{found['load']:.0f} of 100 ({found['low']:.0f}–{found['high']:.0f})"
    assert number in text


def test_a_change_on_paper_has_the_means_that_were_worked_out(paper):
    _, content, text = paper
    assert content.asked is not None
    changes = content.asked.changes
    assert len(changes)
    for row in changes.itertuples():
        day = row.day - dt.timedelta(days=row.day.weekday())
        assert f"the week of {day.day} {day:%B} {day.year}" in text


def test_counts_on_paper_are_those_that_came(paper):
    _, content, text = paper
    assert content.asked is not None
    events = int(content.asked.returns["events"].sum())
    hours = float(content.asked.returns.loc["in_person", "hours"])
    assert events > 0
    assert f"in {hours:.0f} h in person" in text


def test_people_of_any_script_with_and_without_a_date_are_on_its_pages(paper, tmp_path):
    shutil.copy(paper[0].database, tmp_path / paper[0].database.name)
    with contextlib.closing(sqlite3.connect(tmp_path / paper[0].database.name)) as connection:
        connection.execute(
            "UPDATE person SET name = '王小明 (' || name || ')', since = '2020-02-29' WHERE id ="
            " (SELECT person FROM encounter_person GROUP BY person ORDER BY count(*) DESC LIMIT 1)"
        )
        connection.commit()
    content, text = read(Home(tmp_path), Period(FIRST, LAST), tmp_path)
    assert content.asked is not None
    name = next(name for name in content.asked.ties["name"] if name.startswith("王小明"))
    relationships = text[text.rindex("The relationships") :]
    assert name[3:] in relationships


def test_a_load_that_is_unknown_at_the_end_is_that_of_the_last_day_it_is_known(paper, tmp_path):
    later = dt.timedelta(days=60)
    longer = Period(FIRST, LAST + later)
    _, text = read(paper[0], longer, tmp_path, lambda: clock() + later)
    assert "No load can be said of the end of this period" in text
    assert "The last that can be said is of" in text
    assert f"last known day, {LAST.day} May 2026" in text


def test_a_single_day_has_no_page_that_it_cannot_fill(tmp_path):
    home = home_of(tmp_path / "home", MadeUpLife(5, FIRST, 1))
    _, text = read(home, Period(FIRST, FIRST), tmp_path)
    assert "The contrast" in text
    assert "In short" not in text  # one chapter alone speaks for itself
    assert "The load" not in text
    assert "drain" not in text
    assert "What it brings" not in text


def test_a_week_says_what_is_too_early(tmp_path):
    home = home_of(tmp_path / "home", MadeUpLife(5, FIRST, 14))
    last = FIRST + dt.timedelta(days=13)
    _, text = read(home, Period(last - dt.timedelta(days=6), last), tmp_path)
    assert "Too early to tell from this period if your time with people changed" in text
    assert "The weekly watch begins after nine known weeks" in text


def test_an_earlier_period_knows_nothing_of_what_came_after_it(paper):
    home = paper[0]
    period = Period(FIRST, FIRST + dt.timedelta(days=44))
    asked = content_for(home, Settings(), period, clock, "Europe/Berlin").asked
    assert asked
    hours = asked.ties.set_index("name")["in_person_hours"]
    until_then = asked.grown.groupby("name")["total_hours"].max()
    assert len(until_then)
    assert hours[until_then.index].tolist() == pytest.approx(until_then.tolist())
    assert asked.calibration[1] <= 7  # weekly check-ins in six weeks and a half


def test_a_day_says_of_two_weeks_what_two_weeks_hold(paper):
    home = paper[0]
    day = FIRST + dt.timedelta(days=100)
    alone = content_for(home, Settings(), Period(day, day), clock, "Europe/Berlin").asked
    weeks = Period(day - dt.timedelta(days=40), day)
    whole = content_for(home, Settings(), weeks, clock, "Europe/Berlin").asked
    assert alone
    assert whole
    assert alone.standing == whole.standing
    assert alone.standing["known_days_14d"] > 1
    assert alone.grounds["in_person_weeks"] == 0


def test_every_report_of_a_made_up_home_says_so(paper, tmp_path):
    period = Period(FIRST, FIRST + dt.timedelta(days=2))
    home = Home(tmp_path / "home").prepare()
    fill(home, period)
    made_up, text = read(home, period, tmp_path)
    assert made_up.made_up
    assert "MADE-UP DATA" in text
    assert not paper[1].made_up
