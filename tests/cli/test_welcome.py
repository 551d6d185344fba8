"""The first report, for somebody who has just arrived."""

import subprocess

import pytest
from click.testing import CliRunner

from disconnect.cli.main import commands


@pytest.fixture
def arrive(tmp_path, monkeypatch):
    """Run `disconnect` as a person whose home folder is new and who has no terminal."""
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    (tmp_path / "person").mkdir()

    def run(*words: str):
        return CliRunner().invoke(commands, ["--home", str(tmp_path / "home"), *words])

    return run


def words_of(pdf) -> str:
    return subprocess.run(
        ["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout


def test_with_nothing_of_their_own_it_is_the_made_up_year_marked_on_every_page(arrive, tmp_path):
    pdf = tmp_path / "first.pdf"
    result = arrive("welcome", "-o", str(pdf))
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip() == str(pdf)
    assert "disconnect start" in result.stderr.replace("  ", " ")
    pages = words_of(pdf).rstrip("\f").split("\f")
    assert len(pages) >= 5
    assert all("made-up" in page.lower() or "made up" in page.lower() for page in pages)
    assert not (tmp_path / "home" / "disconnect.sqlite").exists()


def test_the_demo_can_be_kept_and_asked(arrive, tmp_path):
    result = arrive("demo", "-o", str(tmp_path / "d.pdf"), "--keep", str(tmp_path / "kept"))
    assert result.exit_code == 0, result.stderr
    asked = CliRunner().invoke(
        commands, ["--home", str(tmp_path / "kept"), "contrast", "--last", "1y", "--by", "month"]
    )
    assert asked.exit_code == 0
    again = arrive("demo", "--keep", str(tmp_path / "kept"))
    assert again.exit_code == 1
    assert again.stderr.splitlines()[-1] == (
        f"disconnect: {tmp_path / 'kept'} is not empty; give --keep a new folder"
    )


def test_once_there_is_data_the_report_is_of_that(arrive, tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text(
        "start,end,app,title,site,page,device,zone\n"
        "2020-01-01T10:00:00+00:00,2020-01-01T11:00:00+00:00,slack,,,,laptop,Europe/Berlin\n"
    )
    assert arrive("import", "csv", str(table)).exit_code == 0
    result = arrive("welcome", "-o", str(tmp_path / "own.pdf"))
    assert result.exit_code == 0, result.stderr
    assert "made-up" not in result.stderr
    text = words_of(tmp_path / "own.pdf")
    assert "1 January 2020" in text
    assert "made-up" not in text.lower()
