"""What went wrong, in one line that says what to do."""

import contextlib
import os
import sys

import click

from disconnect.cli.house import House
from disconnect.errors import DisconnectError

_LONGEST = 1500
"""Letters of a message: it may show an endless text."""


def _sqlite_errors() -> tuple[type[Exception], ...]:
    """SQLite's own errors, where it was loaded at all: `--help` does without it."""
    sqlite3 = sys.modules.get("sqlite3")
    return (sqlite3.Error,) if sqlite3 else ()


def leave_unsaid() -> None:
    """Let what waits to be printed go nowhere: Python would complain of it once more at exit."""
    with contextlib.suppress(OSError, ValueError):  # there is no standard output to let go of
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def known(error: Exception, house: House | None) -> DisconnectError | None:
    """The error as a person can act on it; None where nobody foresaw it."""
    if isinstance(error, DisconnectError):
        return error
    if house is None or isinstance(error, OSError) or not _sqlite_errors():
        return None
    from disconnect.store import opening

    database = house.home.database
    if isinstance(error, _sqlite_errors()):
        return opening.explained(database, error)
    if not database.is_file():
        return None
    try:  # rows that make no sense are what a damaged file gives
        with contextlib.closing(opening.connect(database, read_only=True)) as connection:
            torn = opening.damage(connection)
    except DisconnectError as found:
        return found
    return opening.damaged(database, torn) if torn else None


def shortened(words: str) -> str:
    """A message without the middle of an endless text that it shows."""
    if len(words) <= _LONGEST:
        return words
    return f"{words[: _LONGEST // 2]} … {words[-_LONGEST // 2 :]}"


def in_one_line(error: click.UsageError) -> click.ClickException | click.exceptions.Exit:
    """What is wrong with the words of a call, said in one line; a call without any gets its help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error
    said = " ".join(error.format_message().split()).rstrip(".")
    said = shortened(f"{said[:1].lower()}{said[1:]}")
    where = f"{error.ctx.command_path if error.ctx else 'disconnect'} --help"
    more = f" See {where}" if said.endswith("?") else f"; see {where}"
    click.echo(f"disconnect: {said}{'' if where in said else more}", err=True)
    return click.exceptions.Exit(error.exit_code)


def unforeseen(error: Exception) -> str:
    """An error that no command explained, in one line."""
    words = " ".join(str(error).split())
    if isinstance(error, OSError) and error.strerror:
        what = (
            f" {os.fspath(error.filename)!s}" if isinstance(error.filename, str) else " the result"
        )
        return f"cannot read or write{what}: {error.strerror}; see to that and try again"
    return (
        f"this went wrong in disconnect itself ({type(error).__name__}: {words});"
        " disconnect --debug … shows where, disconnect doctor looks for a cause"
    )
