"""What may stand in a call: texts that are texts, and folders that are named."""

from typing import Any

import click

from disconnect.store.texts import LONGEST, printable

WHOLE = click.IntRange(max=(1 << 53) - 1)
"""A whole number that the database, JSON and every table program can hold."""


class Text(click.types.StringParamType):
    """A text as it can be kept and printed: what is said back is what was written.

    Args:
        longest: Letters; a longer one is refused. None: any length, and every letter as it is.
    """

    def __init__(self, longest: int | None = LONGEST) -> None:
        self.longest = longest

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """As click does, without control and direction marks."""
        text = str(super().convert(value, param, ctx))
        # A lone surrogate is how Python shows a byte that is no UTF-8.
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            self.fail(f"{text[:40]!r} has bytes that are no text in UTF-8.", param, ctx)
        if self.longest is None:
            return text
        if len(text) > self.longest:
            self.fail(f"{len(text)} letters; {self.longest} are kept at most.", param, ctx)
        return printable(text)


class Folder(click.Path):
    """A folder by its name; an empty name, such as of a variable that is not set, is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """As click does, where there is a name."""
        if not str(value):
            self.fail("the name is empty; leave it out, or name a folder.", param, ctx)
        return super().convert(value, param, ctx)


def texts_only(command: click.Command) -> click.Command:
    """Let a command and those below it take texts that are texts; paths may be any bytes."""
    for parameter in command.params:
        if type(parameter.type) is click.types.StringParamType:
            parameter.type = Text()
    for below in getattr(command, "commands", {}).values():
        texts_only(below)
    return command
