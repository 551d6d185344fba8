"""What may stand in a call: texts that are texts, and folders that are named."""

from typing import Any

import click


class Text(click.types.StringParamType):
    """A text; bytes that are none are refused before anything is asked or written."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """As click does; a lone surrogate is how Python shows a byte that is no UTF-8."""
        text = str(super().convert(value, param, ctx))
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            self.fail(f"{text!r} has bytes that are no text in UTF-8.", param, ctx)
        return text


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
