"""What must hold of every command, whoever wrote it."""

import itertools
import re
import shlex
from pathlib import Path

import click
import pytest

from disconnect.cli.main import COMMANDS, commands
from disconnect.cli.manual import manual

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def every_command():
    root = click.Context(commands, info_name="disconnect")
    for name in COMMANDS:
        command = commands.get_command(root, name)
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", found) for inner, found in command.commands.items())


NAMED = dict(every_command())


@pytest.mark.parametrize("name", NAMED)
def test_a_command_says_what_it_does_and_shows_examples(name):
    command = NAMED[name]
    assert command.help
    assert command.epilog
    assert "Example" in command.epilog
    assert f"disconnect {name}" in command.epilog


def examples(name):
    """The calls of the program in a command's examples, each as its words."""
    for line in NAMED[name].epilog.splitlines():
        # What an example does stands beside it, some way off.
        for call in re.split(r"(?<=\S) {3,}", line)[0].split(" && "):
            words = shlex.split(call, comments=True)
            if "disconnect" in words[:2]:
                yield words[words.index("disconnect") + 1 :]


@pytest.mark.parametrize("name", NAMED)
def test_the_examples_are_two_or_more_and_calls_that_the_program_understands(name):
    found = list(examples(name))
    told = [line for line in NAMED[name].epilog.splitlines() if line.startswith("  ")]
    assert len(told) >= 2
    for words in found:
        plain = itertools.takewhile(lambda word: word not in {"|", ">"}, words)
        understood(commands, [*plain], None)


def understood(command, words, parent):
    """Parse the words, those of subcommands too, and run nothing."""
    with command.make_context("disconnect", list(words), parent=parent) as context:
        rest = [*context._protected_args, *context.args]
        if isinstance(command, click.Group) and rest:
            name, inner, others = command.resolve_command(context, rest)
            assert inner is not None, name
            understood(inner, others, context)


@pytest.mark.parametrize("name", NAMED)
def test_every_option_is_explained_or_names_itself(name):
    for option in NAMED[name].params:
        if isinstance(option, click.Option) and not option.hidden:
            assert option.help or option.type.name != "text", option.opts


@pytest.mark.parametrize("name", COMMANDS)
def test_the_short_help_in_the_list_ends_like_a_sentence(name):
    assert COMMANDS[name][1].endswith(".")


def test_the_page_of_commands_is_what_help_says():
    assert PAGE.read_text("utf-8") == manual(), (
        "run: python -m disconnect.cli.manual > docs/commands.md"
    )
