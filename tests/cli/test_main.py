import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from disconnect.cli.main import commands

LIGHT = """
import sys
from click.testing import CliRunner
from disconnect.cli.main import commands
result = CliRunner().invoke(commands, ["--help"])
assert result.exit_code == 0, result.output
heavy = {"pandas", "numpy", "matplotlib", "typst", "apscheduler", "psutil", "sqlite3", "Xlib"}
print(*sorted({m.split(".")[0] for m in sys.modules} & heavy))
"""


@pytest.fixture
def call(tmp_path):
    def run(*words: str, **options):
        return CliRunner().invoke(commands, ["--home", str(tmp_path / "home"), *words], **options)

    return run


def test_help_imports_nothing_heavy():
    heavy = subprocess.run(
        [sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True
    )
    assert heavy.stdout.strip() == ""


def test_help_groups_the_commands_by_what_a_person_wants(call):
    result = call("--help")
    heads = [line for line in result.output.splitlines() if line.endswith(":")]
    assert heads[-5:] == ["Collect:", "Log:", "Look:", "Tend:", "  Examples:"]


def test_a_misspelt_command_names_the_near_one(call):
    result = call("contrst")
    assert result.exit_code == 2
    assert "there is no command 'contrst'; did you mean contrast?" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("contrast", "--last", "soon"),
        ("contrast", "--from", "2026-02-30"),
        ("contrast", "--period", "2026-13"),
        ("contrast", "--last", "3d", "--period", "2026"),
        ("query", "--group", "mood"),
    ],
)
def test_words_that_are_wrong_exit_with_2_and_say_so(call, words):
    result = call(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.parametrize("command", ["contrast", "query", "today", "week", "report"])
def test_an_empty_home_answers_with_3_and_what_to_do(call, command):
    result = call(command)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "disconnect " in result.stderr.removeprefix("disconnect: ")


def test_a_wrong_setting_is_one_line_on_stderr(call, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.toml").write_text("quiet_hour = 3\n")
    result = call("contrast")
    assert result.exit_code == 1
    assert result.stderr == (
        f"disconnect: {tmp_path / 'home' / 'settings.toml'}, line 1: quiet_hour: no such setting;"
        " did you mean quiet_hours?\n"
    )


def test_the_version_is_printed(call):
    assert call("--version").output.startswith("disconnect, version ")


def test_settings_can_be_shown_found_and_edited(call, tmp_path):
    file = tmp_path / "home" / "settings.toml"
    assert call("settings", "path").stdout.strip() == str(file)
    assert (
        '"setting": "collect.idle_after", "value": "180"'
        in call("settings", "show", "--format", "json").stdout
    )
    edited = call(
        "settings", "edit", env={"VISUAL": "sed -i 's/^# week_starts.*/week_starts = \"sun\"/'"}
    )
    assert edited.exit_code == 0
    assert 'week_starts = "sun"' in file.read_text()


def test_a_bad_edit_leaves_the_settings_as_they_were(call, tmp_path):
    file = tmp_path / "home" / "settings.toml"
    file.parent.mkdir()
    file.write_text('week_starts = "mon"\n')
    result = call("settings", "edit", env={"VISUAL": "sed -i s/mon/moonday/"})
    assert result.exit_code == 1
    assert "the old settings stay" in result.stderr
    assert file.read_text() == 'week_starts = "mon"\n'


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands_and_options(shell, tmp_path):
    def asked(**more):
        environment = {"_DISCONNECT_COMPLETE": f"{shell}_complete", "PATH": os.environ["PATH"]}
        start = "import sys; from disconnect.cli.main import run; sys.argv[0] = 'disconnect'; run()"
        done = subprocess.run(
            [sys.executable, "-c", start],
            capture_output=True, text=True, check=False,
            env=environment | {"PYTHONPATH": os.pathsep.join(sys.path)} | more,
        )  # fmt: skip
        return done.stdout

    typed = {"COMP_WORDS": "disconnect con", "COMP_CWORD": "con" if shell == "fish" else "1"}
    assert "contrast" in asked(**typed)
    typed = {
        "COMP_WORDS": "disconnect contrast --by ",
        "COMP_CWORD": "" if shell == "fish" else "3",
    }
    assert "week" in asked(**typed)
    assert "disconnect" in asked(_DISCONNECT_COMPLETE=f"{shell}_source")


def test_status_says_wrong_settings_for_what_they_are(tmp_path):
    (tmp_path / "settings.toml").write_text("quiet_hour = 1\n")
    found = CliRunner().invoke(commands, ["--home", str(tmp_path), "status"])
    assert f"note: {tmp_path}/settings.toml, line 1: quiet_hour: no such setting" in found.stdout
    assert "the database cannot be read" not in found.stdout
