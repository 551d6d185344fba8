"""What no sentence of the program may say, and what the report must not hide."""

import ast
import re
from pathlib import Path

import pytest

from reports.pdf import tables

ROOT = Path(__file__).parents[2]
WRITERS = [
    *sorted((ROOT / "reports").rglob("*.py")),
    *sorted((ROOT / "disconnect/cli").glob("*.py")),
]
NEVER = re.compile(
    r"\b(sleep|slept|insomnia|depress\w*|addict\w*|patholog\w*|disorder|symptoms?"
    r"|early.warning|burnt? out because of feeds)\b",
    re.IGNORECASE,
)
CAUSAL = re.compile(
    r"\b(because of your|leads? to|makes? you|costs? you|due to your|thanks to)\b", re.IGNORECASE
)
# Of studies that were experiments, and of what only trying tells.
ALLOWED = ("which of the two leads to the other, only trying tells",)


def sentences(file):
    """Every text in a module that is no docstring and no name."""
    tree = ast.parse(file.read_text("utf-8"))
    doc = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in doc:
            yield node.value


@pytest.mark.parametrize("file", WRITERS, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_sentence_claims_what_hours_cannot_tell(file):
    for text in sentences(file):
        assert not NEVER.search(text), text
        for word in re.finditer(r"diagnos\w*", text, re.IGNORECASE):
            before = text[: word.start()]
            assert re.search(r"(\bno|Nothing here is a|never a) $", before), text
        if not any(allowed in text for allowed in ALLOWED):
            assert not CAUSAL.search(text), text


def test_the_words_are_looked_for_where_sentences_are():
    every = [text for file in WRITERS for text in sentences(file)]
    assert len(every) > 1000
    assert any("no diagnosis" in text for text in every)
    assert NEVER.search("You sleep too little")
    assert CAUSAL.search("Feeds make you tired")


@pytest.mark.parametrize(
    "study",
    ["Rajkumar", "Fernandez", "more connected", "no better supported", "Hancock", "Allcott"],
)
def test_the_report_does_not_hide_what_speaks_against_its_question(study):
    assert study in " ".join(tables.METHOD)


def test_the_report_says_that_it_diagnoses_nothing_and_finds_no_cause():
    said = " ".join(tables.METHOD)
    assert "Nothing here is a diagnosis, and nothing shows what causes what." in said
    assert "Hours do not measure how good a relationship is." in said
