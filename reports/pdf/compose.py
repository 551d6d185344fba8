"""The report: frames in, the bytes of a PDF out. The same content gives the same bytes."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typst

from reports import gallery, wording
from reports.pdf import figures, letters, tables
from reports.pdf.chapters import Part, chapters
from reports.pdf.content import ReportContent
from reports.pdf.shown import Shown
from reports.sentences.contrast import sentences
from reports.theme import FONTS

_TEMPLATE = Path(__file__).parent / "report.typ"


def compose(content: ReportContent) -> bytes:
    """Typeset the report as a tagged PDF (PDF/UA-1).

    Names in scripts that the bundled type lacks are set in the system's type; a question mark
    stands for a letter that no type has, and for no other.
    """
    data, drawings = _laid_out(content)
    data = _respelled(data, _one_line_each)
    tries: list[tuple[bool, Callable[[str], str]]] = [
        (True, str), (False, str), (False, letters.legible_here), (True, letters.legible_anywhere),
    ]  # fmt: skip
    for last, (bundled_only, spelling) in zip((False, False, False, True), tries, strict=True):
        files = {name: spelling(text) for name, text in drawings.items()}
        try:
            return _typeset(
                _respelled(data, spelling), files, content.made_on, ignore_system_fonts=bundled_only
            )
        except typst.TypstError as error:
            if last or "could not be displayed" not in str(error):
                raise
    raise AssertionError("the last try returns or raises")


def _typeset(
    data: Any, drawings: dict[str, str], made_on: dt.datetime, *, ignore_system_fonts: bool
) -> bytes:
    files: dict[str, str | bytes] = {"main.typ": _TEMPLATE.read_bytes()}
    files |= {name: text.encode() for name, text in drawings.items()}
    made: bytes = typst.compile(  # type: ignore[call-overload]  # the stub knows no dictionary of files
        files,
        font_paths=[str(FONTS)],
        ignore_system_fonts=ignore_system_fonts,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=["ua-1"],
        timestamp=int(made_on.timestamp()),
    )
    return made


def _laid_out(content: ReportContent) -> tuple[dict[str, Any], dict[str, str]]:
    """All the template is told, and the drawings (SVG) by their file's name."""
    drawn = figures.figures(content)
    when = "this period" if len(content.days) > 1 else "this day"
    by_month = len(content.days) > figures.DAYS_AS_ROWS and wording.covered(content.days) > 0
    files: dict[str, str] = {}
    data: dict[str, Any] = {
        "title": content.title,
        "made_up": content.made_up,
        "period": wording.span(content.period_first, content.period_last),
        "sentences": sentences(content.totals, f"{'In' if len(content.days) > 1 else 'On'} {when}"),
        "numbers": tables.numbers(content.totals, content.people),
        "scale": tables.scale(),
        "scale_note": tables.SCALE_NOTE,
        "channels": tables.channels(content.totals),
        "months": tables.months(content.months if by_month else content.months[:0], content.years),
        "months_note": tables.MONTHS_NOTE,
        "people_table": tables.people(content.people),
        "top": tables.top(content.top),
        "gaps": tables.gaps(content.days),
        "method": tables.METHOD,
        "made_on": f"made on {wording.day(content.made_on.date())}",
    }
    for name, shown in drawn.items():
        data[name] = None if shown is None else _figure(name, shown, files)
    told = chapters(content.asked, when) if content.asked else []
    data["chapters"] = [
        {
            "title": chapter.title,
            "short": chapter.short,
            "parts": [_part(part, files) for part in chapter.parts],
        }
        for chapter in told
    ]
    return data, files


def _figure(name: str, shown: Shown, files: dict[str, str]) -> dict[str, str]:
    """A figure as the template wants it; its drawing is laid beside it."""
    told = {"caption": shown.caption, "alt": shown.alt}
    if shown.figure is not None:
        told["file"] = f"{name}.svg"
        files[f"{name}.svg"] = gallery.drawn(shown.figure, "svg").decode()
    return told


def _part(part: Part, files: dict[str, str]) -> dict[str, Any]:
    return {
        "heading": part.heading,
        "sentences": part.sentences,
        "figure": _figure(*part.figure, files) if part.figure else None,
        "table": part.table,
        "notes": part.notes,
        "commands": part.commands,
    }


def _one_line_each(text: str) -> str:
    return "\n".join(wording.legible(line) for line in text.split("\n"))


def _respelled(told: Any, spelling: Callable[[str], str]) -> Any:
    """The same with every text in it spelled so; keys stay."""
    if isinstance(told, str):
        return spelling(told)
    if isinstance(told, list):
        return [_respelled(one, spelling) for one in told]
    if isinstance(told, dict):
        return {key: _respelled(one, spelling) for key, one in told.items()}
    return told
