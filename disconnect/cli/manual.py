"""Every command's help as one page: `python -m disconnect.cli.manual > docs/commands.md`."""

from collections.abc import Iterator

import click

from disconnect.cli.main import FAMILIES, commands


def manual() -> str:
    """The page: the words of `--help` for each command, in the order of the families."""
    parts = [
        "# Commands",
        "",
        "What `--help` says, all on one page; made from it, not by hand.",
        "",
    ]
    root = commands.make_context("disconnect", [], resilient_parsing=True, terminal_width=88)
    parts += ["```text", commands.get_help(root).rstrip(), "```", ""]
    for family, names in FAMILIES.items():
        parts += [f"## {family.capitalize()}", ""]
        for name in names:
            command = commands.get_command(root, name)
            if command is not None:
                parts += _pages(command, root, name, level=3)
    return "\n".join(parts).rstrip() + "\n"


def _pages(command: click.Command, parent: click.Context, name: str, level: int) -> Iterator[str]:
    context = click.Context(command, parent=parent, info_name=name, terminal_width=88)
    yield from (f"{'#' * level} {context.command_path}", "", "```text")
    yield from (command.get_help(context).rstrip(), "```", "")
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None:
                yield from _pages(found, context, inner, level + 1)


if __name__ == "__main__":
    click.echo(manual(), nl=False)
