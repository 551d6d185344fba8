"""The rules of the house that no linter knows."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = [
    file
    for package in ("disconnect", "collectors", "reports")
    for file in sorted((ROOT / package).rglob("__init__.py"))
]


@pytest.mark.parametrize("file", ROOMS, ids=lambda file: str(file.parent.relative_to(ROOT)))
def test_a_package_says_what_it_is_and_does_nothing(file):
    body = ast.parse(file.read_text("utf-8")).body
    assert len(body) == 1, "code in a package is how circles start"
    assert isinstance(body[0], ast.Expr)
    assert isinstance(body[0].value, ast.Constant)


def test_there_are_rooms_to_look_into():
    assert len(ROOMS) > 15
