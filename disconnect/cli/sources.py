"""Every source, live and importable, and whether it can work here."""

import click

from disconnect.cli.house import House
from disconnect.cli.options import format_option
from disconnect.cli.output import records


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
    from collectors.registry import survey

    rows = [
        {
            "source": source.name,
            "kind": source.kind,
            "works": source.missing is None,
            "missing": source.missing,
        }
        for source in survey()
    ]
    records(rows, ["source", "kind", "works", "missing"], form)
