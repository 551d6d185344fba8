"""What an option says is kept letter by letter, and shown so."""

import datetime as dt
import json
import sqlite3

import pytest
from click.testing import CliRunner

from disconnect.cli.house import House
from disconnect.cli.main import commands
from disconnect.cli.output import records
from disconnect.home import Home

NOW = dt.datetime(2026, 10, 26, 16, 30, tzinfo=dt.UTC)
AWKWARD = [
    "Blue Bottle (Mitte)", "St. Pancras!", "Café …", "(the) yard", "5 $ & $x^2$ bar", "A_b *c*",
    "#3 <north>", "@home?", r"C:\back", "דנה", "🎈 hall.", "with Ana at 16:00",
]  # fmt: skip


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


@pytest.fixture
def types(home):
    def run(*words):
        house = House(home, clock=lambda: NOW)
        result = CliRunner().invoke(commands, words, obj=house, env={"TZ": "Europe/Berlin"})
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


@pytest.fixture
def rows(home):
    def read(query):
        connection = sqlite3.connect(home.database)
        found = connection.execute(query).fetchall()
        connection.close()
        return found

    return read


@pytest.mark.parametrize("words", AWKWARD)
def test_options_are_kept_as_they_were_written(types, rows, words):
    times = ("--start", "16:00", "--end", "16:30")
    types("log", "--with", words, *times, "--at", words, "--note", words)
    assert rows("SELECT place, note FROM encounter") == [(words, words)]
    assert rows("SELECT name FROM person") == [(words,)]
    types("opportunity", words, "--from", words)
    assert rows("SELECT what FROM opportunity") == [(words,)]
    assert json.loads(types("people", "list", "--format", "json"))[0]["name"] == words


@pytest.mark.parametrize("words", AWKWARD)
def test_an_entry_is_edited_to_what_was_written(types, rows, words):
    types("log", "coffee with Ana 30m 15:00")
    types("entries", "edit", "1", "--at", words, "--note", words)
    assert rows("SELECT place, note FROM encounter") == [(words, words)]


def test_a_place_in_quotes_is_kept_and_one_in_a_sentence_loses_its_full_stop(types, rows):
    types("log", 'coffee with Ana 30m 15:00 at "The Bar (no. 3)!"')
    types("log", "coffee with Ana 30m 10:00 at the Red Lion.")
    places = [place for (place,) in rows("SELECT place FROM encounter")]
    assert places == ["The Bar (no. 3)!", "the Red Lion"]


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("A*b* [x](y) | $z$", r"A\*b\* \[x\](y) \| \$z\$"),
        ("<b> _c_ d_e #f", r"\<b> \_c\_ d_e \#f"),
        (r"a\b `c` &amp; ~d~", r"a\\b \`c\` \&amp; \~d\~"),
    ],
)
def test_markdown_shows_a_name_as_it_is(name, cell, capsys):
    records([{"name": name}], ["name"], "md")
    assert capsys.readouterr().out.splitlines()[2] == f"| {cell} |"
