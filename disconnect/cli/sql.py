"""Asking the database itself."""

import sqlite3
import sys
import time
from collections.abc import Iterator
from typing import Any

import click

from disconnect.cli.arguments import Text
from disconnect.cli.house import House
from disconnect.cli.options import format_option
from disconnect.cli.output import records
from disconnect.errors import DisconnectError, UsageProblemError

_SECONDS = 30.0
_STEPS = 100_000
"""Steps of SQLite's machine between two looks at the clock."""
_MOST_HELD = 1 << 27
_A_ROW, _A_CELL = 200, 20
"""Bytes that Python takes for a row and a cell besides what is in it."""
_LONGEST_VALUE = 1 << 24
_TOO_MUCH = {
    sqlite3.SQLITE_INTERRUPT: (
        f"the question takes longer than {_SECONDS:.0f} s: ask for a shorter period, or add LIMIT"
    ),
    sqlite3.SQLITE_TOOBIG: (
        f"a value of the answer has more than {_LONGEST_VALUE >> 20} MB: ask for less of it"
    ),
    sqlite3.SQLITE_NOMEM: "the question takes more memory than there is: ask for less",
}
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

    The rows are as recorded: the pipeline's rules (idle time, overlaps) are not applied. A question
    may take 30 s, and its answer 128 MB; ask for less, or add LIMIT.
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
    try:
        columns, rows = _answer(connection, question)
    finally:
        connection.close()
    records(rows, columns, form)


def _answer(
    connection: sqlite3.Connection, question: str
) -> tuple[list[str], list[dict[str, Any]]]:
    """Ask, within limits of time and memory; the columns and the rows."""
    connection.set_authorizer(_allowed)
    until = time.monotonic() + _SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    try:
        cursor = connection.execute(question)
        columns = [column[0] for column in cursor.description or ()]
        if not columns:
            raise UsageProblemError(_ONLY)
        if len(set(columns)) < len(columns):
            raise UsageProblemError("two columns have the same name; name them apart with AS")
        return columns, list(_within_memory(cursor, columns))
    except sqlite3.Error as error:
        if "authoriz" in str(error):
            raise UsageProblemError(_ONLY) from error
        raise DisconnectError(
            _TOO_MUCH.get(
                getattr(error, "sqlite_errorcode", 0),
                f"the database did not understand: {error}; see disconnect sql --views",
            )
        ) from error


def _within_memory(cursor: sqlite3.Cursor, columns: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the rows as records, as long as they are not too many to hold."""
    held = 0
    for row in cursor:
        held += _A_ROW + sum(_A_CELL + sys.getsizeof(cell) for cell in row)
        if held > _MOST_HELD:
            raise DisconnectError(
                f"the answer has more than {_MOST_HELD >> 20} MB: ask for fewer rows or columns,"
                " or add LIMIT"
            )
        yield dict(zip(columns, row, strict=True))


def _allowed(action: int, name: str | None, *_: str | None) -> int:
    """Refuse what writes files even where nothing may be written: ATTACH, and VACUUM INTO by it."""
    lists = str(name).endswith(("_info", "_list"))
    refused = action == sqlite3.SQLITE_ATTACH or (action == sqlite3.SQLITE_PRAGMA and not lists)
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK
