"""Any bytes in the file: told in one line, then recovered or put aside; `benchmarks.torn` has more."""

import pytest

from benchmarks import torn
from disconnect.home import Home

ROWS = 400


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "disconnect.sqlite"
    torn.life(path, ROWS)
    return path.read_bytes()


def test_torn_files_are_told_in_one_line_and_recovered(capsys):
    assert not torn.run(25, 7), capsys.readouterr().out


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, b"\xff\xff"),  # the name of the format
        (16, b"\x20\x00"),  # the size of a page
        (18, b"\x09\x09"),  # by which versions it can be written and read
        (20, b"\x07"),  # bytes left free on each page
        (44, b"\x00\x00\x00\xff"),  # the format of the description
        (60, b"\x00\x00\x00\x00"),  # the number of our schema: none,
        (60, b"\x00\x00\x00\x01"),  # an older one,
        (60, b"\x00\x00\x00\xc2"),  # one that might be newer,
        (60, b"\xff\xff\xff\xff"),  # one below none
    ],
)
def test_a_torn_header_costs_no_row(content, tmp_path, at, value):
    home = Home(tmp_path / "home").prepare()
    home.database.write_bytes(content[:at] + value + content[at + len(value) :])
    assert torn.wrong(home) == []
    assert torn.saved(home) == ROWS


def test_letters_that_are_no_text_in_the_description_cost_no_row(content, tmp_path):
    """SQLite quotes them in its error, and Python cannot read that."""
    home = Home(tmp_path / "home").prepare()
    at = content.index(b"CREATE TABLE activity")
    home.database.write_bytes(content[:at] + b"\xb5\x92\xaa" + content[at + 3 :])
    assert torn.wrong(home) == []
    assert torn.saved(home) == ROWS


def test_a_schema_that_is_truly_newer_is_left_alone(content, tmp_path):
    home = Home(tmp_path / "home").prepare()
    newer = content[:60] + b"\x00\x00\x00\x63" + content[64:]
    newer = newer.replace(b"CREATE TABLE reach", b"CREATE TABLE rEach")
    home.database.write_bytes(newer)
    (told,) = torn.wrong(home)
    assert told.startswith("start: ")
    assert told.endswith("update disconnect")
    assert home.database.read_bytes() == newer
