"""Asking the database itself."""

import sqlite3
import sys

import click

from disconnect.cli.arguments import Text
from disconnect.cli.house import House
from disconnect.cli.options import format_option
from disconnect.cli.output import records
from disconnect.errors import DisconnectError, UsageProblemError

_ONLY = "only questions (SELECT) are answered; nothing was changed"


@click.command(
    epilog="""Examples:

\b
  disconnect sql "SELECT app, sum(hours) FROM activities GROUP BY app ORDER BY 2 DESC LIMIT 9"
  disconnect sql "SELECT * FROM encounters" --format csv
  disconnect sql --views
"""
)
@click.argument("question", metavar="SELECT", required=False, type=Text(longest=None))
@click.option("--views", is_flag=True, help="List the documented views and their columns.")
@format_option
@click.pass_obj
def sql(house: House, question: str | None, views: bool, form: str) -> None:  # noqa: FBT001
    """Ask the database itself, read-only, over documented views.

    The rows are as recorded: the pipeline's rules (idle time, overlaps) are not applied.
    """
    from disconnect.store.opening import connect

    if views:
        question = (
            "SELECT v.name AS view, group_concat(c.name, ', ') AS columns"
            " FROM sqlite_schema v, pragma_table_info(v.name) c WHERE v.type = 'view'"
            " GROUP BY v.name"
        )
    if question in {None, "-"}:
        question = sys.stdin.read() if not sys.stdin.isatty() else ""
    if not question or not question.strip():
        raise UsageProblemError('give a question: disconnect sql "SELECT * FROM activities"')
    connection = connect(house.home.database, read_only=True)
    connection.set_authorizer(_allowed)
    try:
        cursor = connection.execute(question)
        columns = [column[0] for column in cursor.description or ()]
        if not columns:
            raise UsageProblemError(_ONLY)
        if len(set(columns)) < len(columns):
            raise UsageProblemError("two columns have the same name; name them apart with AS")
        rows = [dict(zip(columns, row, strict=True)) for row in cursor]
    except sqlite3.Error as error:
        if "authoriz" in str(error):
            raise UsageProblemError(_ONLY) from error
        raise DisconnectError(
            f"the database did not understand: {error}; see disconnect sql --views"
        ) from error
    finally:
        connection.close()
    records(rows, columns, form)


def _allowed(action: int, name: str | None, *_: str | None) -> int:
    """Refuse what writes files even where nothing may be written: ATTACH, and VACUUM INTO by it."""
    lists = str(name).endswith(("_info", "_list"))
    refused = action == sqlite3.SQLITE_ATTACH or (action == sqlite3.SQLITE_PRAGMA and not lists)
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK
