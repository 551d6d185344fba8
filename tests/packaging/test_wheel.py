"""What a user installs: the wheel, in an empty environment."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("packaging")]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    return folder


def test_the_wheel_in_an_empty_environment_runs_the_demo(built, tmp_path):
    venv.create(tmp_path / "empty", with_pip=True)
    programs = tmp_path / "empty" / ("Scripts" if sys.platform == "win32" else "bin")
    (wheel,) = built.glob("*.whl")
    subprocess.run(
        [programs / "python", "-m", "pip", "install", "--quiet", wheel],
        check=True,
        capture_output=True,
    )
    done = subprocess.run(
        [programs / "disconnect", "demo", "-o", "story.pdf"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.stdout.strip() == str(tmp_path / "story.pdf")
    assert (tmp_path / "story.pdf").read_bytes().startswith(b"%PDF-")


def test_the_wheel_holds_the_three_packages_their_data_and_no_tests(built):
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if not name.startswith("digital_")} == {
        "disconnect",
        "collectors",
        "reports",
    }
    for ending in (".sql", ".typ", ".toml"):
        assert any(name.endswith(ending) for name in names), ending


def test_the_source_archive_holds_the_tests_too(built):
    import tarfile

    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = opened.getnames()
    assert any(name.endswith("tests/test_periods.py") for name in names)
