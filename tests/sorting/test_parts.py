"""Words that say what a part of any site is, programs inside others, and words in braces."""

import pytest

from disconnect.errors import DisconnectError
from disconnect.sorting.books import Categories, Entry, Inside
from disconnect.sorting.names import Vocabulary
from disconnect.sorting.rules import read
from disconnect.sorting.sorter import Sorter

OWN = """
[words]
letters = "Letters, Briefe"

[[rule]]
category = "village"
channel = "message"
sites = "village.example, =board.example, meadow.example/help/us"
titles = "{letters} | Village"
windows = "choir: {letters}"
commands = "postman"
buffers = '\\*post-'

[[rule]]
category = "village/papers"
channel = "other"
sites = "board.example meadow.example"
parts = "village: papers, /minutes, archive., */ledger, */*/*/register"
"""


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text(OWN, encoding="utf-8")
    return Sorter.load(path)


@pytest.mark.parametrize(
    ("address", "category"),
    {
        "village.example/": "village",
        "village.example/square": "village",
        "village.example/papers": "village/papers",
        "village.example/papers.html": "village/papers",
        "village.example/de/papers/1": "village/papers",
        "village.example/intl/pt-br/papers": "village/papers",
        "village.example/u/0/papers": "village/papers",
        "village.example/square/papers": "village",
        "village.example/Papers": "village",  # a name, and names begin large
        "papers.village.example/x": "village/papers",
        "old.papers.village.example/": "village/papers",
        "village.example/minutes": "village/papers",
        "minutes.village.example/": "village",
        "archive.village.example/": "village/papers",
        "village.example/archive": "village",
        "village.example/ana/ledger": "village/papers",
        "village.example/a/b/c/register": "village/papers",
        "village.example/a/b/register": "village",
        "board.example/x": "village",
        "www2.board.example/x": "village/papers",
        "meadow.example/help/us": "village",
    }.items(),
)
def test_parts_of_sites(own, address, category):
    host, slash, path = address.partition("/")
    assert own.categories[own.sort("chromium", None, host, slash + path)] == category


@pytest.mark.parametrize(
    ("app", "title", "category"),
    [
        ("chromium", "Briefe - Village - Chromium", "village"),
        ("chromium", "Letters | Village - Chromium", "village"),
        ("chromium", "Letter | Village - Chromium", "browsing"),
        ("choir", "Briefe - Choir", "village"),
        ("xterm", "ana@host: postman", "village"),
        ("xterm", "man postman", "work/terminal"),
        ("emacs", "*post-1* - GNU Emacs at host", "village"),
        ("emacs", "post-1 - GNU Emacs at host", "work/coding"),
    ],
)
def test_words_and_programs_of_ones_own(own, app, title, category):
    assert own.categories[own.sort(app, title, None, None)] == category


@pytest.mark.parametrize(
    "title",
    ["mutt", "ana@host: mutt", "[0] 0:bash- 1:mutt*", "user@host:~$ neomutt", "ana : aerc — Konsole"],
)  # fmt: skip
def test_a_terminal_is_what_runs_in_it_unless_the_person_says_what_it_is(tmp_path, title):
    own = tmp_path / "rules.toml"
    own.write_text('[[rule]]\ncategory = "work/coding"\napps = "xterm"\n', encoding="utf-8")
    plain, told = Sorter.load(None), Sorter.load(own)
    assert plain.categories[plain.sort("xterm", title, None, None)] == "communication/email"
    assert told.categories[told.sort("xterm", title, None, None)] == "work/coding"


@pytest.mark.parametrize("title", ["[0] 0:mutt- 1:vim*", "vim muttrc", "muttrc - VIM", "~/src/mutt",
                                   "less irssi.log", "grep -r mutt", "0:mutt 1:zsh"])  # fmt: skip
def test_a_name_where_no_command_stands_is_no_program(title):
    sorter = Sorter.load(None)
    assert sorter.categories[sorter.sort("xterm", title, None, None)] == "work/terminal"


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ('titles = "{nonsense} | A"', "no words are called {nonsense}"),
        ('windows = "a: {nonsense}"', "no words are called {nonsense}"),
        ('parts = "help, pricing"', "write categories, a colon, and words or paths"),
        ('parts = "news: */*"', "write a word that stands in paths"),
        ('buffers = "("', "is no regular expression"),
    ],
)
def test_a_wrong_rule_says_what_is_wrong(tmp_path, rule, why):
    text = f'[[rule]]\ncategory = "news"\nchannel = "other"\n{rule}\n'
    with pytest.raises(DisconnectError) as raised:
        read([(tmp_path / "own.toml", text)], Categories())
    assert why in str(raised.value)
    assert ", line 4: " in str(raised.value)


def test_words_are_a_table_of_texts(tmp_path):
    with pytest.raises(DisconnectError, match="words are written as a table of texts"):
        read([(tmp_path / "own.toml", "words = 3\n")], Categories())


def test_every_spelling_of_a_text():
    known = Vocabulary(a=("1", "2"), b=("x", "y"))
    assert known.spelled("{a}-{b}") == ["1-x", "1-y", "2-x", "2-y"]
    assert known.spelled("plain") == ["plain"]


def test_what_says_more_of_a_site_wins():
    outer, inner = Inside(), Inside()
    said = [Entry(number, "parts", "", "") for number in (1, 2)]
    for inside, entry in zip((outer, inner), said, strict=True):
        inside.add("help", entry)
        inside.add("*/more", entry)
    outer.update(inner)
    assert outer.words["help"] is said[1]
    assert [entry for _, entry in outer.patterns["more"]] == said[::-1]
