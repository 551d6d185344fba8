"""Names and words of other people are shown as they are, in every renderer."""

import dataclasses
import html
import re
import unicodedata

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from reports.gallery import CHARTS, drawn
from reports.pdf.compose import compose
from reports.terminal_charts import in_terminal
from reports.wording import legible
from tests.reports.test_compose import content, read

QUIET = (22 * 60, 6 * 60)
PLAIN = [
    r"A$ap & $x^2$", "$x^2$ & co", "_Ben_ *bold*", "#let x", "@ana <b>", r"\frac{1}{2}", "$", "$$", "$\\",
    "a`b` ~c~", "[x](y) |", '"quoted" \'so\'', "// no comment", "/* nor this */", "{{ name }}",
    "100 % of it", "<!-- -->", "&amp;",
]  # fmt: skip
OTHER_SCRIPTS = ["דנה לוי", "سارة", "小林 さくら", "Zoë 🎈", "👩‍👩‍👧"]
CONTROL = ["A\x1b[31mna", "B\x07e\x00n", "C\u202eleo", "D\nan", "E\ufffeva\uffff"]


def renamed(frame, names):
    frame = frame.copy()
    old = list(dict.fromkeys(frame["name"]))
    new = {name: names[n % len(names)] + " " * (n // len(names)) for n, name in enumerate(old)}
    return frame.assign(name=frame["name"].map(new))


@pytest.mark.parametrize("name", ["people", "ties"])
@pytest.mark.parametrize("words", PLAIN + OTHER_SCRIPTS)
def test_a_chart_draws_a_name_letter_by_letter(name, words, frames):
    figure = CHARTS[name].draw(renamed(frames["ninety days"][CHARTS[name].needs], [words]))
    svg = html.unescape(drawn(figure, "svg").decode())
    assert words in svg
    assert drawn(figure, "png").startswith(b"\x89PNG")
    assert drawn(figure, "pdf").startswith(b"%PDF")
    FigureCanvasAgg(figure)


def test_a_number_stays_behind_a_name_that_is_read_from_right_to_left(frames):
    shown = CHARTS["ties"].draw(renamed(frames["ninety days"]["ties"], ["סבתא", "Ana"])).axes[0]
    labels = [text.get_text() for text in shown.texts if text.get_text()[-1:].isdigit()]
    turned = [label for label in labels if "סבתא" in label]
    assert turned
    assert all(re.search("סבתא *\u200e  \\d+$", label) for label in turned)
    assert not [label for label in labels if "Ana" in label and "\u200e" in label]


@pytest.mark.parametrize("name", ["people", "ties"])
@pytest.mark.parametrize("words", CONTROL)
def test_what_cannot_be_drawn_breaks_no_chart(name, words, frames):
    figure = CHARTS[name].draw(renamed(frames["ninety days"][CHARTS[name].needs], [words]))
    svg = drawn(figure, "svg").decode()
    assert html.escape(legible(words), quote=False) in svg
    assert all(unicodedata.category(letter) != "Cc" or letter == "\n" for letter in svg)
    assert drawn(figure, "png").startswith(b"\x89PNG")


def test_a_report_prints_names_letter_by_letter(frames, tmp_path):
    names = PLAIN[:12]
    asked = content(frames, "ninety days")
    asked = dataclasses.replace(asked, people=renamed(asked.people, names))
    text = read("pdftotext", compose(asked), tmp_path, "-layout")
    for words in names[: len(asked.people)]:
        assert words in text


@pytest.mark.parametrize("names", [OTHER_SCRIPTS, CONTROL])
def test_a_report_is_made_of_any_names(names, frames, tmp_path):
    asked = content(frames, "ninety days")
    asked = dataclasses.replace(asked, people=renamed(asked.people, names))
    assert "The people" in read("pdftotext", compose(asked), tmp_path)


@pytest.mark.parametrize("name", ["people", "ties"])
def test_a_terminal_shows_names_letter_by_letter(name, frames):
    frame = renamed(frames["ninety days"][CHARTS[name].needs], PLAIN)
    shown = in_terminal(name, frame, QUIET)
    assert any(words in shown for words in PLAIN[:4])
    hostile = in_terminal(name, renamed(frame, CONTROL), QUIET)
    assert all(unicodedata.category(letter) != "Cc" or letter == "\n" for letter in hostile)
    assert "\u202e" not in hostile


def test_a_letter_without_type_takes_no_other_letter_with_it(frames, tmp_path):
    asked = content(frames, "ninety days")
    nowhere = "\U0001fabe"  # unassigned: no type has it
    asked = dataclasses.replace(asked, people=renamed(asked.people, ["سارة", f"Zoë {nowhere}"]))
    text = read("pdftotext", compose(asked), tmp_path)
    assert "سارة" in unicodedata.normalize("NFKC", text)
    assert "Zoë ?" in text
