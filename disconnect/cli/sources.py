"""Every source, live and importable, and whether it can work here."""

from typing import TYPE_CHECKING

import click

from disconnect.cli.house import House
from disconnect.cli.options import format_option
from disconnect.cli.output import records
from disconnect.errors import DisconnectError

if TYPE_CHECKING:
    from collectors.registry import Surveyed


@click.command(
    epilog="""Examples:

\b
  disconnect sources
  disconnect sources --format json
"""
)
@format_option
@click.pass_obj
def sources(_house: House, form: str) -> None:
    """List every source, live and importable, whether it can work here, and why not."""
    rows = [
        {
            "source": source.name,
            "kind": source.kind,
            "works": source.missing is None,
            "missing": source.missing,
        }
        for source in _surveyed()
    ]
    records(rows, ["source", "kind", "works", "missing"], form)


def _surveyed() -> "list[Surveyed]":
    from collectors.registry import survey

    try:
        return list(survey())
    except ValueError as error:
        raise DisconnectError(f"{error}; uninstall one of the packages") from error
